"""The plain-text door: hostile text is shown as it is written, at once, bounded."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.ui.base.text import PlainLabel, PlainView, label_text, one_line, plain, tip, tip_text

NESTED = "<table><tr><td>" * 20 + "x"
IMAGE = "<img src=file:///etc/hostname>"


def test_the_nested_report_has_the_size_it_is_known_for():
    assert len(NESTED.encode()) == 301


@pytest.mark.timeout(30)  # as rich text the nested report takes 44 s
@pytest.mark.parametrize("hostile", [NESTED, IMAGE, "<b>bold</b>", "&lt;i&gt;"])
def test_a_label_shows_tags_literally_and_at_once(qtbot, hostile):
    label = PlainLabel(wrap=True)
    qtbot.addWidget(label)
    label.resize(400, 300)

    label.setText(hostile)
    label.show()
    label.grab()

    assert label.text() == hostile
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_label_painted_with_tags_looks_like_its_letters(qtbot):
    plain_label, rich = PlainLabel("<b>hi</b>"), QLabel("<b>hi</b>")
    qtbot.addWidget(plain_label)
    qtbot.addWidget(rich)
    assert plain_label.sizeHint().width() > 2 * rich.sizeHint().width()


@pytest.mark.timeout(30)
def test_a_view_shows_tags_literally_and_at_once(qtbot):
    view = PlainView()
    qtbot.addWidget(view)
    view.resize(400, 300)

    view.show_text(NESTED + IMAGE)
    view.show()
    view.grab()

    assert view.toPlainText() == NESTED + IMAGE
    assert view.isReadOnly()


def test_a_tooltip_escapes_what_it_shows(qtbot):
    label = PlainLabel("x")
    qtbot.addWidget(label)
    tip(label, IMAGE)
    assert label.toolTip() == "<span>&lt;img src=file:///etc/hostname&gt;</span>"
    tip(label, "")
    assert label.toolTip() == ""
    assert "<img" not in tip_text(NESTED + IMAGE)


def test_text_cannot_turn_its_direction():
    assert plain("gpj.\u202eexe\u2066 a\u200f") == "gpj.exe a"


def test_control_characters_vanish_but_lines_stay():
    assert plain("a\x00b\x1b[31mc\r\nd\te") == "ab[31mc\nd\te"
    assert one_line("a\n  b\tc") == "a b c"


def test_towers_of_marks_are_cut_after_four():
    assert plain("e" + "\u0301" * 50) == "e" + "\u0301" * 4


def test_text_is_bounded():
    assert plain("长" * 2000) == "长" * 2000
    assert plain("长" * 2001) == "长" * 2000 + "…"
    assert len(plain("\x00" * 10_000_000 + "x")) <= 2001


def test_an_ampersand_on_a_button_stays():
    assert label_text("A&B") == "A&&B"


def test_a_cut_label_offers_the_whole_text(qtbot):
    label = PlainLabel("元村镇仓颉路与文化路口东北角第三个井盖", elide=True)
    qtbot.addWidget(label)
    label.resize(60, 24)
    label.show()
    assert "第三个井盖" in label.toolTip()
    label.resize(900, 24)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() == 0
