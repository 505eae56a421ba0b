"""The card that asks for recordings: what it reads, what a purpose adds, an emergency only at the second press."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from console.domain.errors import Invalid
from console.domain.limits import CHINA
from console.ui.wall.recorded_card import RecordedCard, Typed
from tests.make import CODES

FIRST, LAST = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA), datetime(2026, 11, 23, 10, 30, tzinfo=CHINA)
TYPED = Typed(("C301", "C302"), FIRST, LAST, "V1", "案件 SJ1")


@pytest.fixture
def card(qtbot):
    made = RecordedCard(CODES.video_purposes)
    qtbot.addWidget(made)
    made.fill("录像回放", TYPED)
    made.offer(asks=True, plays=False, breaks=True)
    made.open()
    return made


def test_what_is_filled_in_is_read_back(card):
    assert card.typed == TYPED


@pytest.mark.parametrize("said", ["2026-11-23 09:30", "2026/11/23 09:30", "２０２６-11-23 09：30", "2026-11-23 09:30:00"])
def test_times_are_read_as_people_write_them(card, said):
    card.first.setText(said)
    assert card.typed.starts_at == FIRST


@pytest.mark.parametrize("said", ["", "yesterday", "2026-13-01 00:00", "09:30"])
def test_what_is_no_time_is_said(card, said):
    card.last.setText(said)
    with pytest.raises(Invalid) as refused:
        assert card.typed
    assert (refused.value.field, refused.value.code) == ("period", "not_a_minute")


def test_a_resident_and_an_organ_are_asked_for_more(card):
    assert card.relation.isHidden()
    assert card.letter.isHidden()
    card.purpose.setCurrentIndex(card.purpose.findData("V6"))
    assert not card.relation.isHidden()
    assert not card.seen.isHidden()
    assert (card.typed.relation, card.typed.is_identity_seen) == ("self", False)
    card.purpose.setCurrentIndex(card.purpose.findData("V7"))
    assert not card.letter.isHidden()
    assert card.relation.isHidden()


def test_an_emergency_takes_two_presses_and_is_explained_between(card, qtbot):
    told = []
    card.broken.connect(lambda: told.append(1))
    qtbot.mouseClick(card.emergency, Qt.MouseButton.LeftButton)
    assert told == []
    assert card.state.text().startswith("将未经批准先行调阅")
    qtbot.mouseClick(card.emergency, Qt.MouseButton.LeftButton)
    assert told == [1]


def test_enter_asks_or_plays_and_esc_puts_it_away_with_its_text(card, qtbot):
    told = []
    card.wanted.connect(lambda: told.append("ask"))
    card.played.connect(lambda: told.append("play"))
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    card.offer(asks=True, plays=True, breaks=False)
    qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    assert told == ["ask", "play"]
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert card.reason.text() == "案件 SJ1"
