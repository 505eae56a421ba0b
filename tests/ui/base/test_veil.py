"""Wall mode: what the plain-text door lets through while visitors look (G23)."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from console.ui.base import draw, veil
from console.ui.base.text import PlainLabel, PlainView, tip_text

TEXT = "值班员甲 13800000099 新华里3号楼2单元501室"
SHOWN = "值*** 138****0099 新华里3号楼***"


@pytest.fixture(autouse=True)
def uncovered():
    yield
    veil.turn(False)


def test_without_the_mode_everything_is_as_it_was():
    veil.know("值班员甲")

    assert veil.veiled(TEXT) == TEXT
    assert veil.hidden(TEXT) == TEXT
    assert not veil.is_on()


def test_names_numbers_and_doors_are_hidden_and_words_stay():
    veil.know("值班员甲", "", "王")
    veil.turn(True)

    assert veil.veiled(TEXT) == SHOWN
    assert veil.veiled("井盖缺失 王庄村") == "井盖缺失 王庄村"
    assert veil.hidden(TEXT) == veil.HIDDEN
    assert veil.hidden("") == ""


def test_the_longer_name_goes_first():
    veil.know("李小", "李小明")
    veil.turn(True)

    assert veil.veiled("李小明到场") == "李**到场"


def test_not_more_names_are_kept_than_can_be_looked_for():
    veil.know(*(f"名字{n:04}" for n in range(veil.MOST_NAMES + 50)))
    veil.turn(True)

    assert len(veil._state.names) == veil.MOST_NAMES
    assert veil.veiled("名字0549") == "名*****"


def test_labels_views_and_tips_follow(qtbot):
    veil.know("值班员甲")
    label, private, view = PlainLabel(TEXT), PlainLabel(TEXT), PlainView(TEXT)
    private.is_private = True
    for widget in (label, private, view):
        qtbot.addWidget(widget)
    veil.turn(True)
    for widget in (label, private, view):
        widget.say_again()

    assert (label.text(), private.text(), view.toPlainText()) == (SHOWN, veil.HIDDEN, SHOWN)
    assert "13800000099" not in tip_text(TEXT)
    veil.turn(False)
    for widget in (label, private, view):
        widget.say_again()
    assert (label.text(), private.text(), view.toPlainText()) == (TEXT, TEXT, TEXT)


def test_painted_lines_follow(qapp):
    def painted() -> QImage:
        image = QImage(400, 40, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        draw.text(painter, QRect(0, 0, 400, 40), "13800000099", ink="#ffffff")
        painter.end()
        return image

    plain = painted()
    veil.turn(True)

    assert painted() != plain
