"""What a tile says: age as a number, words and next step, and never an old picture without its veil."""

import time
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from console.domain.camera import LiveView
from console.domain.errors import Invalid
from console.ui.wall.faces import age_words, clock, clock_words, face, fact_words, veil
from console.ui.wall.looks import Look, Why
from console.video.facts import Facts
from console.video.frames import FrameReader, FrameWriter
from console.video.health import Health
from console.video.wall import Slot
from tests.make import CAMERAS

LOOK = Look(CAMERAS[0], Why("V3", "夜间例行巡查"), LiveView(1, CAMERAS[0], "rtsp://x/1", ""))


@pytest.fixture
def frame(tmp_path):
    writer = FrameWriter(tmp_path / "one", 64 * 36 * 4)
    writer.write(memoryview(bytes(64 * 36 * 4)), 64, 36, 256, time.monotonic_ns())
    return FrameReader(tmp_path / "one").newest()


@pytest.mark.parametrize(
    ("age", "words"), [(None, "—"), (0.04, "0.0 s"), (1.94, "1.9 s"), (2.0, "2 s"), (12.9, "12 s"), (119.9, "119 s"), (185, "3 min")]
)
def test_the_age_of_a_picture_is_a_short_number(age, words):
    assert age_words(age) == words


def test_the_clock_is_the_time_in_china_whatever_the_machine_thinks():
    at = datetime(2026, 11, 23, 3, 0, 7, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert clock(int(at.timestamp()) * 1_000_000_000) == "03:00:07"


def test_a_live_picture_has_no_veil():
    assert veil(LOOK, Health("live", 0.1), has_picture=True) is None


def test_a_stall_is_said_at_once_and_veiled_after_five_seconds(frame):
    young = face(0, Slot(1, "hand"), LOOK, frame=frame, health=Health("stalled-network", 4.9), is_chosen=False)
    assert (young.veil, young.warning, young.is_late) == (None, "摄像机无数据", True)
    old = veil(LOOK, Health("stalled-network", 12.4, 3.2), has_picture=True)
    assert old.headline == "画面停止 12 秒"
    assert old.words == "摄像机无数据"
    assert old.next_step == "请检查摄像机网络，正在自动重连"
    assert old.retry == "4 秒后重连"
    assert not old.is_offline


def test_a_lowered_picture_says_so_and_stays_unveiled(frame):
    def lowered(heat):
        return face(0, Slot(1, "hand"), LOOK, frame=frame, health=Health("live", 1.4, heat=heat), is_chosen=False)

    said = {heat: (lowered(heat).note, lowered(heat).mark, lowered(heat).veil) for heat in ("live", "half", "keys")}
    assert said["live"] == ("", "", None)
    assert said["half"] == ("", "半帧率", None)  # the head of the wall says why; a strip would hide more than is lost
    assert said["keys"] == ("仅显示关键帧：处理器已满", "关键帧", None)


@pytest.mark.parametrize("state", ["live", "connecting", "stalled-network", "stalled-decoder", "frozen", "black", "refused", "offline"])
def test_no_picture_older_than_five_seconds_is_without_a_veil(state):
    assert veil(LOOK, Health(state, 5.1), has_picture=True) is not None


@pytest.mark.parametrize(("state", "words"), [("frozen", "画面静止"), ("black", "画面全黑"), ("unauthorised", "用户名或密码错误")])
def test_a_frozen_black_or_forbidden_camera_is_veiled_however_young_its_picture(state, words):
    assert veil(LOOK, Health(state, 0.1), has_picture=True).headline == words


def test_after_minutes_the_headline_counts_minutes():
    assert veil(LOOK, Health("offline", 601), has_picture=True).headline == "画面停止 10 分钟"
    assert veil(LOOK, Health("offline", 601), has_picture=True).is_offline


def test_a_camera_without_a_picture_yet_says_what_it_does():
    assert veil(LOOK, Health("connecting"), has_picture=False).headline == "正在连接"
    assert veil(Look(CAMERAS[0], LOOK.why), None, has_picture=False).headline == "正在登记调阅"


def test_a_refused_look_says_why():
    refused = Look(CAMERAS[0], LOOK.why, refusal=Invalid("reason", "reason_length", least=6, most=200))
    shown = veil(refused, None, has_picture=False)
    assert shown.headline == "未能打开"
    assert "6" in shown.words


def test_an_empty_tile_says_how_to_fill_it():
    assert face(2, None, None, frame=None, health=None, is_chosen=True).hint == "输入编号后回车，或从列表选择"


def test_words_in_english(english):
    assert veil(LOOK, Health("stalled-network", 12.4, 3.2), has_picture=True).headline == "Picture stopped 12 s"


@pytest.mark.parametrize(
    ("offset_s", "words"),
    [
        (0.0, ""), (0.4, ""), (-0.4, ""), (75.5, "时钟快 0:01:16"), (-3661.0, "时钟慢 1:01:01"), (172_799, "时钟快 47:59:59"),
        (-172_800, "时钟慢 2 天"), (-1_767_225_600.0, "时钟慢 20454 天"),
    ],
)  # fmt: skip
def test_a_clock_that_is_off_is_said_with_its_way(offset_s, words):
    assert clock_words(offset_s) == words


def test_the_facts_name_a_clock_that_is_off_and_say_nothing_of_one_that_is_right():
    facts = Facts("H.264", 640, 360, 25.0, 700.0)
    right = ("640×360  H.264", "25 帧/秒  700 kbit/s", "子码流")
    assert fact_words(facts, LOOK) == right
    assert fact_words(facts, replace(LOOK, camera=replace(CAMERAS[0], clock_offset_s=60))) == (*right, "时钟快 0:01:00")
    assert fact_words(replace(facts, behind_s=6.0), LOOK) == (*right, "约滞后 6 秒")
