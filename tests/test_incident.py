"""A hit-and-run is followed over live and recorded pictures by keys alone: cameras round it, a minute ago, marks, clip, playback (AC-1)."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from console.net import totp
from tests.servers import Display
from tests.stage import Stage
from tests.test_road import WORD, Road, opened, report_by_phone, sign_and_finish, sit_down

FACTOR = "DEMODEMODEMODEMODEMODEMODEMODEMO"  # of the demo's people
RECORDED_S = 150  # the recorder closes a file after a minute


@pytest.fixture
def incident(engine_url: str, display: Display, tmp_path) -> Iterator[Road]:
    with opened(engine_url, display, tmp_path / "data", "incident") as road:
        yield road


def in_review(stage: Stage) -> bool:
    return bool(stage.widgets("ReviewWindow"))


def watch(stage: Stage, pictures: int = 100) -> None:
    """Until each of four cameras has shown so many pictures: a key frame is then among what is kept."""
    seen: Counter[str] = Counter()

    def enough() -> bool:
        seen.update(stage.ask("pace")["painted"])  # type: ignore[call-overload, index]
        return len(seen) == 4 and min(seen.values()) >= pictures

    stage.until(enough, 30, "some seconds of each camera")


def mark(road: Road, camera: str, way: str, count: int) -> None:
    """M, then the way it left; a mark needs no words."""
    stage = road.stage
    stage.press(camera, "m")
    stage.until(lambda: stage.widgets("SeenLine"), what="the line that asks which way")
    stage.press(way)
    stage.until(lambda: road.one("select count(*) from sighting") == (count,), what="the mark")


def keep_clip(road: Road, camera: str, count: int) -> None:
    """C, then Enter: the marked part of this camera is evidence (AC-1 line 5)."""
    stage = road.stage
    stage.press(camera, "c")
    stage.until(lambda: stage.widgets("SaveLine"), what="what is to be saved")
    stage.press("Return")
    stage.until(lambda: road.one("select count(*) from video_clip") == (count,), what="the clip in the case")
    stage.until(lambda: not stage.widgets("SaveLine"), what="the line put away")


@pytest.mark.timeout(400)
def test_a_hit_and_run_is_followed_from_camera_to_camera(incident: Road, browser: Browser) -> None:
    road, stage = incident, incident.stage
    sit_down(road)
    report_by_phone(browser, road, "1", category="0401")
    stage.until(lambda: stage.hall()["rows"], what="the row")
    stage.press("F3")
    case_id = stage.until(lambda: stage.hall()["case"], what="the case in hand")
    stage.press("F4")
    stage.until(lambda: stage.hall()["acked"], what="acknowledged")
    stage.press("F6")
    stage.until(lambda: len(stage.hall()["pictures"]) == 4, what="four live cameras round it")  # type: ignore[arg-type]

    watch(stage)
    stage.press("F6")
    stage.until(lambda: stage.ask("reviewed") == 4, 40, "the same cameras a minute ago")
    stage.press("space")
    mark(road, "1", "6", 1)
    mark(road, "2", "3", 2)  # from C302 to the south-east: there stands C303
    stage.press("Home", "i", "End", "o")
    for count, camera in enumerate("123", start=1):
        keep_clip(road, camera, count)
    road.shot("1-a-minute-ago")
    stage.press("F6")
    stage.until(lambda: not in_review(stage), what="the live wall again")
    follow_on_the_wall(road)

    stage.press("ctrl+F6")
    stage.until(lambda: stage.widgets("RecordedCard"), what="the form for recordings")
    road.shot("2-asked")
    for words in ("紧急调阅", "确认：未经批准先行调阅"):
        stage.click(stage.until(lambda words=words: stage.widgets("QPushButton", words), what=words)[0])  # type: ignore[index]
    broken = "select count(*) from video_leave where state = 'broken'"
    stage.until(lambda: road.one(broken) == (1,), what="the emergency, for the director to review")

    def played() -> bool:
        buttons = [] if in_review(stage) else stage.widgets("QPushButton", "播放")
        if buttons:
            stage.click(buttons[0])
        return in_review(stage)

    stage.until(played, RECORDED_S, "the recording")
    stage.until(lambda: stage.ask("reviewed") == 4, 40, "recorded pictures of all four")
    road.shot("3-played-back")
    stage.click(stage.widgets("Pictures")[0])  # a screen without a window manager gives the keys to whom was clicked
    stage.press("Escape")
    stage.until(lambda: not in_review(stage), what="the hall again")
    ask_the_police(road, browser, int(str(case_id)))
    assert_register(road, int(str(case_id)))
    check_and_close(road, int(str(case_id)))


def ask_the_police(road: Road, browser: Browser, case_id: int) -> None:
    """The letter goes to the police, transport and ambulance beside them; all answer, the case waits to be checked (AC-1 line 6)."""
    stage = road.stage
    stage.press("F5")
    stage.until(lambda: stage.hall()["can_send"], what="the strip, filled")
    stage.press("ctrl+Return")
    stage.until(lambda: stage.hall()["state"] == "40", what="dispatched")
    joined = "select o.department, t.kind from task t join org o on o.id = t.org_id where t.case_id = :id order by t.id"
    assert road.all(joined, id=case_id) == [("D02", "lead"), ("D12", "co"), ("D39", "co")]
    for department, words in (("D39", "伤者已送医。"), ("D12", "路口已恢复通行。"), ("D02", "嫌疑人已到案。")):
        sign_and_finish(road, browser, department, words)
    stage.until(lambda: stage.hall()["state"] == "60", what="the case waiting to be checked")
    told = road.all("select text from task_reply where case_id = :id order by id", id=case_id)
    assert [words for (words,) in told if words] == ["伤者已送医。", "路口已恢复通行。", "嫌疑人已到案。"]
    road.shot("4-answered")


def check_and_close(road: Road, case_id: int) -> None:
    """The seat changes hands: somebody who had no part in it checks, the director closes what was urgent (AC-1 line 6)."""
    stage = road.stage
    (number,) = road.one("select number from case_file where id = :id", id=case_id)
    change_officer(road, "checker")
    stage.press("F2")
    stage.type(f"hc {number[-6:]} : Seen at the crossing: the road is open")
    stage.press("Return")
    stage.until(lambda: road.one("select state from case_file where id = :id", id=case_id) == ("70",), what="found done")
    change_officer(road, "director")
    stage.press("F2")
    stage.type(f"ja {number[-6:]}")
    stage.press("Return")
    notes = stage.until(lambda: [box for box in stage.widgets("Note") if box["box"][3]], what="the form of the closing")  # type: ignore[index]
    for note, words in zip(notes, ("Driver found and handed over", "The driver was found, thank you"), strict=True):  # type: ignore[call-overload]
        stage.click(note)
        stage.type(words)
    road.shot("5-closing")
    stage.press("ctrl+Return")
    stage.until(lambda: road.one("select state from case_file where id = :id", id=case_id) == ("80",), what="closed")
    road.shot("6-closed")


def change_officer(road: Road, login: str) -> None:
    """Ctrl+L, one click, and another officer signs in; a director with a code."""
    stage = road.stage
    stage.press("ctrl+l")
    stage.click(stage.until(lambda: stage.widgets("QPushButton", "换人值守"), what="the cover")[0])  # type: ignore[index]
    stage.until(lambda: stage.widgets("QPushButton", "登录"), what="the page that asks who sits down")
    fields = sorted(stage.widgets("LineEdit"), key=lambda box: box["box"][1])  # type: ignore[index]
    for field, words in zip(fields, (login, WORD), strict=True):
        stage.click(field)
        stage.type(words)
    stage.press("Return")
    if login == "director":
        stage.until(lambda: len(stage.widgets("LineEdit")) == 3, what="the field for the code")
        stage.type(totp.code_now(FACTOR, datetime.now(UTC)))
        stage.press("Return")
    stage.until(lambda: stage.widgets("QueuePanel"), what="the hall")


def follow_on_the_wall(road: Road) -> None:
    """What was marked a minute ago is followed on: the cameras ahead are offered, each with its way and times (AC-1 line 4)."""
    stage = road.stage
    stage.until(lambda: stage.widgets("NextLine"), what="the next cameras on the way")
    assert stage.widgets("PlainLabel", "C302 ")
    assert stage.widgets("PlainLabel", "C303 文化路口")
    road.shot("2-followed")
    stage.click(stage.widgets("QToolButton", "1")[0])
    stage.click(stage.widgets("QPushButton", "返回")[0])
    stage.until(lambda: not stage.widgets("NextLine"), what="the line put away")


def assert_register(road: Road, case_id: int) -> None:
    """Every look stands there with its case, reason, operator and unit, and has ended but for the live ones (AC-1 line 7)."""
    left_open = "select kind from video_access where case_id = :id and closed_at is null order by id"
    road.stage.until(lambda: road.all(left_open, id=case_id) == [("live",)] * 4, what="every look but the live ones ended")
    rows = road.all("select kind, reason, user_name, org_id from video_access where case_id = :id", id=case_id)
    assert len(rows) >= 8
    assert {kind for kind, *_ in rows} >= {"live", "playback", "clip"}
    assert all(reason and name and org for _, reason, name, org in rows)
    marks = road.all("select code, heading_deg from sighting where case_id = :id order by id", id=case_id)
    assert marks == [("C301", 90.0), ("C302", 135.0)]
    clips = "select c.code, v.user_name, v.sha256, v.watermark from video_clip v join camera c on c.id = v.camera_id"
    clips = road.all(f"{clips} where v.case_id = :id", id=case_id)
    assert sorted(code for code, *_ in clips) == ["C301", "C302", "C303"]
    assert all(name and len(sha) == 64 and name in mark for _, name, sha, mark in clips)
