"""A hit-and-run is followed over live and recorded pictures by keys alone: cameras round it, a minute ago, marks, clip, playback (AC-1)."""

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.servers import Display
from tests.stage import Stage
from tests.test_road import Road, opened, report_by_phone, sit_down

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


@pytest.mark.timeout(300)
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
    mark(road, "2", "6", 2)
    stage.press("Home", "i", "End", "o", "c")
    stage.until(lambda: stage.widgets("SaveLine"), what="what is to be saved")
    stage.press("Return")
    stage.until(lambda: road.one("select count(*) from video_clip") == (1,), what="the clip in the case")
    road.shot("1-a-minute-ago")
    stage.press("F6")
    stage.until(lambda: not in_review(stage), what="the live wall again")

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
    assert_register(road, int(str(case_id)))


def assert_register(road: Road, case_id: int) -> None:
    """Every look stands there with its case, reason, operator and unit, and has ended but for the live ones (AC-1 line 7)."""
    left_open = "select kind from video_access where case_id = :id and closed_at is null order by id"
    road.stage.until(lambda: road.all(left_open, id=case_id) == [("live",)] * 4, what="every look but the live ones ended")
    rows = road.all("select kind, reason, user_name, org_id from video_access where case_id = :id", id=case_id)
    assert len(rows) >= 8
    assert {kind for kind, *_ in rows} >= {"live", "playback", "clip"}
    assert all(reason and name and org for _, reason, name, org in rows)
    assert {heading for (heading,) in road.all("select heading_deg from sighting where case_id = :id", id=case_id)} == {90.0}
    clip, sha = road.one("select user_name, sha256 from video_clip where case_id = :id", id=case_id)
    assert clip and len(sha) == 64
