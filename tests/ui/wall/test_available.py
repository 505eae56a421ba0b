"""What recorders have, in the words of the card: whole, in parts, nothing; a recorder that is silent is not an empty one."""

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from console.domain.errors import Unavailable
from console.domain.footage import Stretch
from console.ui.wall.available import Available, words
from console.ui.wall.recorded_card import RecordedCard, Typed
from tests.make import CAMERAS, CODES, START

TEN = timedelta(minutes=10)
END = START + TEN * 6
ONE, TWO = replace(CAMERAS[0], id=1), replace(CAMERAS[1], id=2)


def part(camera_id, first, last):
    return Stretch(camera_id, START + TEN * first, START + TEN * last)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((), "没有录像：C301、C302"),
        ((part(1, 0, 6), part(2, 0, 6)), "有录像：C301；C302"),
        ((part(1, 0, 6), part(2, 1, 2)), "有录像：C301；C302 10:10–10:20"),
        (tuple(part(1, at, at + 0.5) for at in range(5)), "有录像：C301 10:00–10:05、10:10–10:15、10:20–10:25、… · 没有录像：C302"),
    ],
)
def test_what_there_is_in_words(parts, told):
    assert words((ONE, TWO), parts, START, END) == told


class Asked:
    """A card whose recorder answers when it is told to."""

    def __init__(self, work, qtbot):
        self.card, self.go, self.numbers, self.fault = RecordedCard(CODES.video_purposes), Event(), [], None
        qtbot.addWidget(self.card)
        self.available = Available(self.card, work, self.find)

    def find(self, typed):
        self.numbers.append(typed.numbers)
        assert self.go.wait(10)
        if self.fault is not None:
            raise self.fault
        return (ONE,), (part(1, 0, 6),)

    def type(self, *numbers):
        self.card.fill("", Typed(numbers, START, END, "V5", ""))


@pytest.fixture
def asked(work, qtbot):
    return Asked(work, qtbot)


def test_one_question_at_a_time_and_the_last_words_count(asked, qtbot):
    asked.type("C301")
    qtbot.waitUntil(lambda: len(asked.numbers) == 1)
    asked.type("C302")
    asked.type("C303")
    qtbot.waitUntil(lambda: asked.available._asks_again)
    assert len(asked.numbers) == 1
    asked.go.set()
    qtbot.waitUntil(lambda: asked.card.recorded.text() == "有录像：C301")
    assert asked.numbers == [("C301",), ("C303",)]


def test_a_recorder_that_does_not_answer_is_said(asked, qtbot):
    asked.fault = Unavailable("plugin_silent", seconds=20)
    asked.go.set()
    asked.type("C301")
    qtbot.waitUntil(lambda: "20 秒没有回答" in asked.card.recorded.text())


def test_nothing_is_asked_while_the_words_mean_nothing(asked, qtbot):
    asked.go.set()
    asked.type("C301")
    qtbot.waitUntil(lambda: bool(asked.card.recorded.text()))
    asked.card.last.setText("明天")
    qtbot.waitUntil(lambda: not asked.card.recorded.text())
    assert asked.numbers == [("C301",)]
