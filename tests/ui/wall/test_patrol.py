"""A patrol on the wall: what counts, what does not, what becomes of a camera without a picture, and what a restart keeps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.patrol import PlanStop
from console.service.patrol_plans import PlanWish
from tests.ui.wall.walls import shown

WITHIN_MS = 15_000


def keep(hall, *stops, name="校园周边"):
    return hall.seat.services.patrols.plans.keep(hall.town.actor("leader"), PlanWish(name, "1", stops))


def lines(hall):
    """The coverage of this shift, as its leader reads it."""
    patrols, leader = hall.seat.services.patrols, hall.town.actor("leader")
    return patrols.coverage(leader, patrols.shift(leader))


def outcome(hall):
    return [(line.code, line.state, line.why) for line in lines(hall)]


class Watch:
    """A clock turned by hand."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch(hall, panel):
    """A patrol over three cameras that send nothing, and its clock."""
    made = Watch()
    panel.patrols.patrol._clock = made
    panel.patrols.patrol._timer.setInterval(3_600_000)
    plan = keep(hall, PlanStop(1, 15), PlanStop(2, 15), PlanStop(3, 15))
    panel.patrols.patrol.begin(plan)
    return made


def after(panel, watch, seconds):
    watch.now += seconds
    panel.patrols.patrol.look()


def started(panel, qtbot):
    qtbot.waitUntil(lambda: panel.wall.place_of(1) == 0)


@pytest.fixture
def live(live_hall, street, qtbot):
    """A wall with real cameras and a patrol of two, three seconds each."""
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    return panel


def test_a_camera_is_seen_for_its_seconds_and_then_the_next_comes(live_hall, live, qtbot):
    live.patrols.patrol.begin(keep(live_hall, PlanStop(1, 3), PlanStop(2, 3, "大门")))
    qtbot.waitUntil(lambda: live.wall.place_of(1) == 0)
    live_hall.town.wait(60)
    qtbot.waitUntil(lambda: live.wall.place_of(2) == 0, timeout=WITHIN_MS)
    assert "预置位 大门" in live.patrols.patrol.bar.where.text()
    # The clock of the second camera must not be used up by the last proof of the first.
    qtbot.waitUntil(lambda: lines(live_hall)[0].state == "shown", timeout=WITHIN_MS)
    live_hall.town.wait(60)
    qtbot.waitUntil(lambda: any("2/2 路" in words for words in live_hall.said), timeout=WITHIN_MS)
    assert [(line.code, line.state, 3 <= line.shown_s <= 4) for line in lines(live_hall)] == [
        ("C301", "shown", True), ("C302", "shown", True),
    ]  # fmt: skip
    assert [row[:3] for row in live_hall.looks()] == [(1, "V3", "按计划巡查：校园周边"), (2, "V3", "按计划巡查：校园周边")]
    assert live.wall.cameras == frozenset()


@pytest.mark.parametrize("hindered", ["locked", "minimised", "hidden", "out of sight", "paused"])
def test_what_nobody_can_see_does_not_count(live_hall, live, qtbot, hindered):
    patrol = live.patrols.patrol
    patrol.begin(keep(live_hall, PlanStop(1, 600)))
    qtbot.waitUntil(lambda: patrol.walk is not None and patrol.walk.stops[0].shown_ms > 0, timeout=WITHIN_MS)
    if hindered == "locked":
        live_hall.seat.set_locked(True)
    elif hindered == "minimised":
        live.window().showMinimized()
    elif hindered == "hidden":
        live.tiles.hide()
    elif hindered == "out of sight":
        live.hang(live.wall.choose(2).toggle_maximised())
    else:
        QTest.keyClick(live.tiles, Qt.Key.Key_P)
    before = patrol.walk.stops[0].shown_ms
    patrol.look()
    for _ in range(4):
        with qtbot.waitSignal(patrol._timer.timeout, timeout=5_000):
            pass
    assert patrol.walk.stops[0].shown_ms == before
    assert patrol.walk.stops[0].tries == 0
    assert "不计时" in patrol.bar.state.text()


def test_a_camera_without_a_picture_comes_again_at_the_end_and_is_then_missed(hall, panel, watch, qtbot):
    started(panel, qtbot)
    after(panel, watch, 9.9)
    assert panel.wall.place_of(1) == 0
    after(panel, watch, 0.2)
    assert panel.wall.place_of(2) == 0
    assert "1 路无图像，最后补看" in panel.patrols.patrol.bar.state.text()
    for camera in (3, 1, 2, 3):
        after(panel, watch, 10.1)
        assert panel.wall.place_of(camera) == 0
    after(panel, watch, 10.1)
    qtbot.waitUntil(lambda: outcome(hall) == [(f"C30{n}", "missed", "offline") for n in (1, 2, 3)])
    qtbot.waitUntil(lambda: hall.said[-1:] == ["巡查“校园周边”结束：已看 0/3 路，0/45 秒"])


def test_a_camera_is_left_out_for_a_reason_by_keyboard(hall, panel, watch, qtbot):
    started(panel, qtbot)
    panel.tiles.setFocus()
    QTest.keyClick(panel.tiles, Qt.Key.Key_K)
    line = panel.patrols.patrol.skip_line
    QTest.keyClick(line.why, Qt.Key.Key_Return)
    assert "请填写跳过原因" in line.problem.text()
    line.why.setText("树枝遮挡")
    QTest.keyClick(line.why, Qt.Key.Key_Return)
    assert panel.wall.place_of(2) == 0
    qtbot.waitUntil(lambda: outcome(hall)[0] == ("C301", "skipped", "树枝遮挡"))


def test_while_somebody_writes_the_camera_stays(panel, watch, qtbot):
    started(panel, qtbot)
    panel.patrols.patrol.ask_finding()
    after(panel, watch, 60)
    assert panel.wall.place_of(1) == 0


def test_a_finding_is_reported_by_one_key(hall, panel, watch, qtbot):
    started(panel, qtbot)
    panel.tiles.setFocus()
    QTest.keyClick(panel.tiles, Qt.Key.Key_R)
    line = panel.patrols.patrol.finding_line
    line.words.setText("井盖缺失")
    line.category.choose("0601")
    QTest.keyClick(line.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("已上报" in words for words in hall.said))
    case = hall.town.case(1)
    assert (case.source, case.content, case.lon) == ("06", "C301 仓颉路西：井盖缺失", 115.2005)
    assert line.isHidden()
    panel.patrols.patrol.look()
    assert panel.patrols.patrol.findings == 1


def test_a_finding_that_is_refused_keeps_its_words(panel, watch, qtbot):
    started(panel, qtbot)
    line = panel.patrols.patrol.finding_line
    panel.patrols.patrol.ask_finding()
    line.given.emit("0601", "  ")
    qtbot.waitUntil(lambda: bool(line.problem.text()))
    assert not line.isHidden()


def test_a_camera_that_hangs_for_a_case_gets_a_look_of_the_patrol_s_own(hall, panel, qtbot):
    receipt = hall.town.report()
    hall.seat.take(receipt.case_id)
    panel.reasons.take("V1", "查看井盖周边情况")
    panel.call(hall.cameras()["C301"], into=2)
    qtbot.waitUntil(lambda: len(hall.looks()) == 1)
    panel.choose(0)
    panel.patrols.patrol.begin(keep(hall, PlanStop(1, 15), PlanStop(2, 15)))
    qtbot.waitUntil(lambda: len(hall.looks()) == 2)
    assert [row[:2] for row in hall.looks()] == [(1, "V1"), (1, "V3")]
    assert panel.wall.place_of(1) == 2
    panel.patrols.patrol._skip("树枝遮挡")
    assert (panel.wall.place_of(1), panel.wall.place_of(2)) == (2, 0)
    qtbot.waitUntil(lambda: [(row[0], row[1], row[4]) for row in hall.looks()][:2] == [(1, "V1", False), (1, "V3", True)])


def test_closing_the_patrol_s_tile_makes_it_wait(panel, watch, qtbot):
    started(panel, qtbot)
    panel._close_tile(0)
    after(panel, watch, 1)
    assert panel.patrols.patrol.is_paused
    panel.patrols.patrol.pause_or_go_on()
    assert panel.wall.place_of(1) == 0


def test_a_broken_off_patrol_waits_for_one_key_after_a_restart(hall, panel, watch, qtbot):
    started(panel, qtbot)
    panel.patrols.patrol._skip("树枝遮挡")
    panel.leave()
    again = shown(hall, qtbot)
    qtbot.waitUntil(lambda: again.patrols.patrol.walk is not None)
    assert (again.patrols.patrol.is_paused, again.patrols.patrol.camera.code) == (True, "C302")
    assert again.wall.cameras == frozenset()
    again.tiles.setFocus()
    QTest.keyClick(again.tiles, Qt.Key.Key_P)
    assert again.wall.place_of(2) == 0


def test_another_language_goes_on_where_the_patrol_was(hall, panel, watch, qtbot):
    started(panel, qtbot)
    panel.patrols.patrol._skip("树枝遮挡")
    other = shown(hall, qtbot)
    other.resume(panel)
    assert panel.patrols.patrol.walk is None
    assert (other.patrols.patrol.is_paused, other.patrols.patrol.camera.code) == (False, "C302")


def test_ending_misses_the_rest_and_empties_the_tile(hall, panel, watch, qtbot):
    started(panel, qtbot)
    panel.patrols.patrol.bar.end.click()
    qtbot.waitUntil(lambda: outcome(hall) == [(f"C30{n}", "missed", "ended") for n in (1, 2, 3)])
    assert panel.wall.cameras == frozenset()
    assert panel.patrols.patrol.bar.isHidden()
