"""A card asks inside a panel: Esc and Back put it away and free the keys, what is wrong stands below."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.ui.base.card import Card
from console.ui.base.line import LineEdit


def made(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    line = LineEdit()
    card = Card("为什么", (line,), "保存", room)
    room.show()
    card.show()
    return room, card, line


def test_esc_and_back_put_it_away_and_free_the_keys(qtbot):
    _room, card, line = made(qtbot)
    with qtbot.waitSignal(card.left):
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert card.isHidden()
    card.show()
    with qtbot.waitSignal(card.left):
        card.back.click()


def test_what_is_wrong_stands_there_until_it_is_right(qtbot):
    _room, card, line = made(qtbot)
    line.setText("写到一半")
    card.say("请填写名称")
    assert (card.problem.isHidden(), line.text()) == (False, "写到一半")
    card.say("")
    assert card.problem.isHidden()
