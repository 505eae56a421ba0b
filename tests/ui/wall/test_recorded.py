"""Recordings from the wall and the case: prefilled, asked for, granted live, opened under their rows, broken into once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from console.domain.video_leave import PLAYBACK
from console.service.feed import Feed
from console.service.walls import Walls
from console.store import tables
from console.ui.seat import Seat
from console.ui.wall.looks import Why
from console.ui.wall.panel import WallPanel
from console.video.pool import Pool
from tests.make import CAMERAS, START
from tests.service.recording import APPROVER, recorded
from tests.ui.wall.conftest import MORE, Hall

FIRST, LAST = START - timedelta(minutes=30), START + timedelta(minutes=30)


class Desk:
    """A wall whose recorder runs, and what was opened for review."""

    def __init__(self, hall, parts, work, qtbot, *, has_player=True):
        self.town, self.parts, self.qtbot, self.reviewed = hall.town, parts, qtbot, []
        services = replace(hall.seat.services, leaves=parts.leaves, recordings=parts.recordings, walls=Walls(hall.town.desk))
        self.seat = Seat(hall.town.actor("duty"), services, work)
        self.said = []
        self.seat.said.connect(self.said.append)
        self.panel = WallPanel(self.seat, review=self.reviewed.append if has_player else None)
        qtbot.addWidget(self.panel)
        self.panel.resize(1240, 760)
        self.panel.show()
        self.card = self.panel.recorded.card

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def open_for(self, case_id):
        self.seat.take(case_id)
        self.seat.recorded.emit(case_id)
        self.until(lambda: not self.card.isHidden())

    def press(self, button):
        self.until(button.isVisible)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def grant(self):
        self.until(lambda: self.parts.leaves.waiting(APPROVER).total)
        leave = self.parts.leaves.waiting(APPROVER).rows[0].leave
        return self.parts.leaves.grant(APPROVER, leave.id, leave.version)

    def rows(self):
        v = tables.video_access.c
        with self.town.store.read() as unit:
            return [tuple(row) for row in unit.rows(select(v.kind, v.camera_id, v.case_id, v.decision).where(v.kind == PLAYBACK))]


@pytest.fixture
def desk(town, work, qtbot, tmp_path):
    hall = Hall(town, work, Pool(workers=0), tmp_path, cameras=[one for one in MORE if one.code != "C303"])
    feed = Feed(town.store)
    town.desk.wake = feed.wake
    feed.listen(lambda entries: work.post(frozenset(entry.kind for entry in entries)))
    feed.start()
    with recorded(town, tmp_path) as parts:
        yield Desk(hall, parts, work, qtbot)
    feed.stop()


def test_from_a_case_everything_is_prefilled(desk):
    case = desk.town.case(desk.parts.urgent())
    desk.open_for(case.id)

    typed = desk.card.typed
    assert (typed.starts_at, typed.ends_at, typed.purpose) == (FIRST, LAST, "V1")
    assert typed.reason == f"案件 {case.number}"
    assert set(typed.numbers) >= {CAMERAS[0].code, CAMERAS[1].code}
    assert case.number in desk.card.title.text()
    assert not desk.card.play.isVisible()


def test_before_anybody_asks_the_card_says_what_is_recorded(desk):
    desk.open_for(desk.parts.urgent())
    desk.card.cameras.setText("301 302")
    desk.until(lambda: desk.card.recorded.text() == "有录像：C301 09:30–09:50、10:00–10:30 · 没有录像：C302")
    assert desk.card.recorded.isVisible()
    assert desk.rows() == []  # knowing that there is a recording is no look at it

    desk.card.cameras.setText("999")
    desk.until(lambda: desk.card.recorded.text() == "")


def test_asked_granted_elsewhere_and_played_here(desk):
    desk.open_for(desk.parts.urgent())
    desk.card.cameras.setText("301")
    desk.press(desk.card.ask)
    desk.until(lambda: "待审批人" in desk.card.state.text())
    assert desk.card.ask.isHidden()

    desk.grant()

    desk.until(desk.card.play.isVisible)
    assert "审批人甲已批准" in desk.card.state.text()
    desk.press(desk.card.play)
    desk.until(lambda: desk.reviewed)
    (parts,) = desk.reviewed
    assert [part.starts_at for part in parts] == [FIRST, START]
    assert desk.card.isHidden()
    assert [row[:2] for row in desk.rows()] == [(PLAYBACK, 1)]


def test_a_refusal_arrives_too(desk):
    desk.open_for(desk.parts.urgent())
    desk.card.cameras.setText("C301")
    desk.press(desk.card.ask)
    desk.until(lambda: desk.parts.leaves.waiting(APPROVER).total)
    leave = desk.parts.leaves.waiting(APPROVER).rows[0].leave
    desk.parts.leaves.refuse(APPROVER, leave.id, leave.version)
    desk.until(lambda: "审批人甲未批准" in desk.card.state.text())
    assert desk.card.ask.isVisible()


def test_the_polices_cameras_are_waited_for_apart(desk):
    desk.open_for(desk.parts.urgent())
    desk.card.cameras.setText("301 303")
    desk.press(desk.card.ask)
    desk.grant()
    desk.until(lambda: "审批人甲已批准" in desk.card.state.text())
    assert "待公安联络员审批" in desk.card.state.text()


def test_what_was_granted_stands_there_when_the_card_comes_back(desk):
    case_id = desk.parts.urgent()
    desk.open_for(case_id)
    desk.card.cameras.setText("C301")
    desk.card.reason.setText("追查逃逸车辆去向")
    desk.press(desk.card.ask)
    desk.grant()
    desk.card.hide()
    desk.open_for(case_id)

    assert (desk.card.typed.numbers, desk.card.typed.reason) == (("C301",), "追查逃逸车辆去向")
    assert desk.card.play.isVisible()


def test_an_emergency_plays_at_once_and_is_offered_once(desk):
    case_id = desk.parts.urgent()
    desk.open_for(case_id)
    desk.card.cameras.setText("301")
    for _ in range(2):
        desk.press(desk.card.emergency)
    desk.until(lambda: desk.reviewed)
    assert desk.rows() == [(PLAYBACK, 1, case_id, "broken")]
    desk.open_for(case_id)
    desk.until(lambda: "待中心主任复核" in desk.card.state.text())
    assert desk.card.emergency.isHidden()


def test_in_a_low_wall_the_card_is_whole_and_the_tiles_get_their_room_back(desk):
    desk.panel.resize(700, 226)
    desk.open_for(desk.parts.urgent())
    desk.until(lambda: desk.card.height() >= desk.card.sizeHint().height())
    assert desk.card.reason.geometry().top() >= desk.card.cameras.geometry().bottom()
    desk.card.hide()
    assert desk.panel.tiles.minimumHeight() == 116


def test_an_ordinary_case_offers_no_emergency(desk):
    desk.open_for(desk.town.report("0602").case_id)
    assert desk.card.emergency.isHidden()


def test_a_camera_without_a_recording_is_named(desk):
    desk.open_for(desk.parts.urgent())
    desk.card.cameras.setText("301 302")
    desk.press(desk.card.ask)
    desk.grant()
    desk.press(desk.card.play)
    desk.until(lambda: desk.reviewed)
    assert desk.said[-1] == "302 在这段时间没有录像。"


@pytest.mark.parametrize(("numbers", "said"), [("999", "没有编号 999"), ("", "1 至 32 路"), ("30", "没有编号 30")])
def test_what_cannot_be_asked_is_said_on_the_card(desk, numbers, said):
    desk.open_for(desk.parts.urgent())
    desk.card.cameras.setText(numbers)
    desk.press(desk.card.ask)
    desk.until(lambda: said in desk.card.state.text())
    assert desk.parts.leaves.waiting(APPROVER).total == 0


def test_the_walls_key_asks_for_the_chosen_camera(desk, qtbot):
    desk.panel.know(CAMERAS)
    desk.panel.hang(desk.panel.wall.by_hand(2), Why("V5", "检查镜头是否清晰"))
    qtbot.keyClick(desk.panel.tiles, Qt.Key.Key_B)
    desk.until(lambda: not desk.card.isHidden())
    assert (desk.card.typed.numbers, desk.card.typed.reason) == (("C302",), "")
    assert desk.card.typed.ends_at == START


def test_without_a_player_there_is_leave_and_nothing_to_play(desk, work, qtbot):
    bare = Desk(desk, desk.parts, work, qtbot, has_player=False)
    bare.open_for(desk.parts.urgent())
    assert bare.card.emergency.isHidden()
    bare.press(bare.card.ask)
    bare.grant()
    bare.until(lambda: "已批准" in bare.card.state.text())
    assert bare.card.play.isHidden()
