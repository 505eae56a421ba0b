"""The bar over covered pictures: what is open, while, and what cannot be done."""

import pytest
from PySide6.QtCore import QRectF

from console.domain.limits import CHINA
from console.ui.review.cover import Cover
from console.ui.review.cover_bar import CoverBar
from console.ui.review.keys import COVER_KEYS


@pytest.fixture
def bar(qtbot, deck):
    made = CoverBar(Cover(deck.timeline.length_s), deck, may_write=True)
    qtbot.addWidget(made)
    return made


def test_what_is_open_is_told_with_its_time(bar, deck, begin):
    assert bar.state.text() == "未放开任何区域"
    bar._cover.open(0)
    bar._cover.begin(5.0)
    assert f"第 1 处（共 1 处），放开时段 {begin.astimezone(CHINA):%H:%M}" in bar.state.text()
    bar._cover.choose(None)
    assert "已放开 1 处" in bar.state.text()


def test_only_what_can_be_done_can_be_pressed(bar):
    there = {action for action, button in bar.buttons.items() if button.isEnabled()}
    assert there == {"cover_open", "cover_write"}
    bar._cover.open(0)
    assert all(button.isEnabled() for button in bar.buttons.values())


def test_what_is_refused_stands_there_until_something_else_is_done(bar):
    bar._cover.open(0, QRectF(0, 0, 1, 1))
    assert "75%" in bar.problem.text()
    bar._cover.open(0)
    assert bar.problem.isHidden()


def test_buttons_press_what_keys_press(bar):
    heard = []
    bar.wished.connect(heard.append)
    bar._cover.open(0)
    for button in bar.buttons.values():
        button.click()
    assert heard == list(bar.buttons)
    assert set(heard) <= {key.action for key in COVER_KEYS}


def test_a_resident_s_look_gives_no_file(qtbot, deck):
    made = CoverBar(Cover(deck.timeline.length_s), deck)
    qtbot.addWidget(made)
    assert "cover_write" not in made.buttons
    assert "群众查阅" in made.what.text()
