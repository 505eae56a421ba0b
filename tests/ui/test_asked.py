"""What waits for a decision stands in the strip; an emergency is said and sounds at once, wherever the officer is (G26)."""

from dataclasses import replace

import pytest

from console.service.video_leaves import VideoLeaves
from console.ui.asked import Asked
from console.ui.seat import Seat
from console.ui.strip import SeatWords, Strip
from tests.service.recording import APPROVER, wish

pytest_plugins = ("tests.ui.stage",)


class Desk:
    """A strip that follows the requests of a town."""

    def __init__(self, stage):
        self.stage, self.town, self.leaves = stage, stage.town, VideoLeaves(stage.town.desk)
        self.said, self.went, self.tones = [], [], []
        stage.feed.listen(lambda entries: stage.work.post(frozenset(entry.kind for entry in entries)))
        stage.sounds.played.connect(self.tones.append)

    def sit(self, actor):
        seat = Seat(actor, replace(self.stage.services, leaves=self.leaves), self.stage.work)
        seat.said.connect(self.said.append)
        self.strip = Strip(SeatWords("南乐县综治中心", "A1", actor.name), self.town.clock.now)
        self.stage.qtbot.addWidget(self.strip)
        self.follower = Asked(seat, self.strip, self.stage.sounds, lambda: self.went.append(1))
        if self.follower._seat.services.leaves is not None:
            self.stage.work.ask(self.follower, lambda: None, lambda _: self.tones.append("ready"))
            self.stage.until(lambda: "ready" in self.tones)
        return self.strip

    def emergency(self):
        case_id = self.town.report("0401").case_id
        self.leaves.break_glass(self.town.actor("duty"), wish(1, purpose="V1", case_id=case_id))
        return self.town.case(case_id).number


@pytest.fixture
def desk(stage):
    return Desk(stage)


def test_a_request_stands_in_the_strip_until_it_is_decided(desk):
    strip = desk.sit(APPROVER)
    assert strip.asked.isHidden()
    (made,) = desk.leaves.ask(desk.town.actor("duty"), "playback", wish(1))
    desk.stage.until(lambda: strip.asked.text() == "录像待审批 1")
    desk.stage.until(lambda: desk.said == ["值班员甲申请调阅录像，待审批。"])
    strip.asked.click()
    assert desk.went == [1]
    desk.leaves.grant(APPROVER, made.id, made.version)
    desk.stage.until(strip.asked.isHidden)


def test_an_emergency_is_said_and_sounds_at_once(desk):
    strip = desk.sit(desk.town.actor("director"))
    number = desk.emergency()
    desk.stage.until(lambda: strip.asked.text() == "紧急调阅待复核 1")
    assert strip.asked.property("badge") == "alarm"
    desk.stage.until(lambda: "fault" in desk.tones)
    assert desk.said == [f"值班员甲未经批准紧急调阅案件 {number} 的录像，请在 24 小时内复核。"]


def test_what_waited_before_is_shown_and_not_told_again(desk):
    desk.emergency()
    strip = desk.sit(desk.town.actor("director"))
    desk.stage.until(lambda: not strip.asked.isHidden())
    assert desk.said == []


def test_who_decides_on_nothing_is_told_nothing(desk):
    strip = desk.sit(desk.town.actor("leader"))
    desk.emergency()
    desk.stage.until(lambda: desk.leaves.waiting(desk.town.actor("director")).total)
    assert strip.asked.isHidden()
    assert desk.said == []
