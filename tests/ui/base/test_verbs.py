"""Verbs as buttons and menus: what cannot be done says why, focus stays, nothing is red."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.ui.base.colours import THEMES
from console.ui.base.verbs import Verb, VerbBar, verb_menu

DISPATCH = Verb("dispatch", "派遣", "F5", is_primary=True)
ACK = Verb("ack", "接警", "F4")
LOCATE = Verb("locate", "定位", "F7", is_enabled=False, why_not="没有位置")


def bar_of(qtbot, *verbs):
    bar = VerbBar()
    qtbot.addWidget(bar)
    bar.resize(420, 120)
    bar.show_verbs(verbs)
    bar.show()
    return bar


def test_a_click_tells_which_verb(qtbot):
    bar, chosen = bar_of(qtbot, DISPATCH, ACK), []
    bar.chosen.connect(chosen.append)
    qtbot.mouseClick(bar.button("ack"), Qt.MouseButton.LeftButton)
    assert chosen == ["ack"]


def test_the_primary_verb_goes_across_the_top(qtbot):
    bar = bar_of(qtbot, ACK, LOCATE, DISPATCH)
    primary, other = bar.button("dispatch"), bar.button("ack")
    assert primary.y() < other.y()
    assert primary.width() > 2 * other.width()


def test_a_verb_that_cannot_be_done_says_why(qtbot):
    bar = bar_of(qtbot, LOCATE)
    assert not bar.button("locate").isEnabled()
    assert "没有位置" in bar.button("locate").toolTip()


def test_a_button_that_stays_keeps_the_focus(qtbot):
    bar = bar_of(qtbot, DISPATCH, ACK)
    bar.button("ack").setFocus()
    qtbot.waitUntil(bar.button("ack").hasFocus)
    bar.show_verbs((ACK, LOCATE))
    assert bar.button("ack").hasFocus()
    assert bar.button("dispatch") is None


def test_no_button_is_red(qtbot, look):
    for name, tokens in THEMES.items():
        look.wear(name)
        image = bar_of(qtbot, DISPATCH, ACK, LOCATE).grab().toImage()
        reds = {chip.ground for chip in tokens.chips} | {tokens.alarm}
        seen = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
        assert seen.isdisjoint(reds)


def test_a_menu_offers_the_same_verbs(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    menu = verb_menu((ACK, LOCATE), host)
    assert [action.data() for action in menu.actions()] == ["ack", "locate"]
    assert menu.actions()[0].text() == "接警\tF4"
    assert not menu.actions()[1].isEnabled()
    assert menu.actions()[1].text() == "定位（没有位置）\tF7"
