"""The sound of the enlarged camera through a real libvlc: heard with its picture, ended by every way out, its absence said in words."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.store import video
from tests.ui.wall.walls import picture_of, shown
from tests.video.talking import TO_OTHERS, TO_PLAYERS, TalkingCamera

K = Qt.Key
LOUDSPEAKER = "pcm.!default { type null }\nctl.!default { type null }\n"


@pytest.fixture
def loudspeaker(monkeypatch, tmp_path):
    """A sound card that takes everything and plays nothing; without its file, none at all."""
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    (tmp_path / "asound.conf").write_text(LOUDSPEAKER)
    return tmp_path / "asound.conf"


def hung(hall, qtbot, address):
    with hall.town.store.write() as unit:
        video.set_addresses(unit, {1: (address, "")})
    panel = shown(hall, qtbot)
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    qtbot.waitUntil(lambda: panel.looks.get(1) is not None and panel.looks.get(1).view is not None)
    panel.tiles.setFocus()
    return panel


def sees(panel, qtbot, level):
    def is_painted():
        image = picture_of(panel, "C301")
        return abs(image.getpixel((image.width // 2, image.height // 2))[0] - level) < 8

    qtbot.waitUntil(is_painted, timeout=20_000)


def press(panel, key=K.Key_E):
    QTest.keyClick(panel.tiles, key)


def lives(process):
    return process and os.path.exists(f"/proc/{process}")


def test_a_camera_is_heard_enlarged_with_its_picture_until_the_key_is_pressed_again(live_hall, qtbot, loudspeaker):
    with TalkingCamera() as camera:
        panel = hung(live_hall, qtbot, camera.url)
        sees(panel, qtbot, TO_OTHERS)

        press(panel)

        assert panel.wall.is_maximised
        qtbot.waitUntil(lambda: panel.hearing.playing.sound == "heard", timeout=20_000)
        sees(panel, qtbot, TO_PLAYERS)
        qtbot.waitUntil(lambda: panel.tiles._faces[0].mark == "声音")
        process = panel.looks.heard[1].process_id
        assert lives(process)
        assert len(live_hall.looks()) == 1  # the look that was open answers for it

        press(panel)

        assert panel.tiles._faces[0].mark == ""
        sees(panel, qtbot, TO_OTHERS)
        qtbot.waitUntil(lambda: not lives(process))
        panel.leave()


def test_what_is_not_enlarged_any_more_is_not_heard(live_hall, qtbot, loudspeaker):
    with TalkingCamera() as camera:
        panel = hung(live_hall, qtbot, camera.url)
        for ends in (lambda: press(panel, K.Key_Return), lambda: press(panel, K.Key_Delete)):
            press(panel)
            assert panel.hearing.playing is not None
            ends()
            assert panel.hearing.playing is None
            assert not panel.looks.heard
        panel.leave()


def test_a_camera_without_sound_says_so_and_shows_its_own_picture_again(live_hall, qtbot, loudspeaker):
    with TalkingCamera(has_sound=False) as camera:
        panel = hung(live_hall, qtbot, camera.url)
        press(panel)
        qtbot.waitUntil(lambda: "C301 没有声音：摄像机不发送声音" in live_hall.said, timeout=20_000)
        assert panel.hearing.playing is None
        sees(panel, qtbot, TO_OTHERS)
        panel.leave()


def test_a_seat_without_a_loudspeaker_says_so_and_goes_on(live_hall, qtbot, loudspeaker):
    loudspeaker.write_text("")
    with TalkingCamera() as camera:
        panel = hung(live_hall, qtbot, camera.url)
        press(panel)
        qtbot.waitUntil(lambda: "C301 没有声音：本席位没有可用的声音输出设备" in live_hall.said, timeout=20_000)
        sees(panel, qtbot, TO_PLAYERS)
        panel.leave()


def test_a_camera_that_is_not_there_is_said_to_be_silent(live_hall, qtbot, loudspeaker):
    panel = hung(live_hall, qtbot, "http://127.0.0.1:9/live.ts")
    press(panel)
    qtbot.waitUntil(lambda: "C301 没有声音：摄像机没有应答，正在重试" in live_hall.said, timeout=20_000)
    panel.leave()


def test_only_cameras_reached_by_http_can_be_heard(hall, qtbot):
    panel = hung(hall, qtbot, "rtsp://10.0.0.1/live")
    press(panel)
    assert hall.said[-1] == "C301 没有声音：只能收听以 HTTP 接入的摄像机"
    assert not panel.wall.is_maximised
    assert panel.hearing.playing is None


def test_without_a_picture_there_is_no_sound(panel, hall):
    press(panel)
    assert hall.said[-1] == "请先选中一个有图像的画面"
