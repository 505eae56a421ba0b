"""Setting up a second factor at the door: picture, first code, recovery codes told once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from console.service.credentials import Enrolment
from console.ui.base.line import LineEdit
from console.ui.enrol import EnrolCard, Squares

OFFER = Enrolment("GEZDGNBVGY3TQOJQ", "otpauth://totp/x", ("0000", "0110", "0110", "0000"))


@pytest.fixture
def card(qtbot):
    made = EnrolCard(OFFER)
    qtbot.addWidget(made)
    made.said = []
    made.confirmed.connect(made.said.append)
    made.show()
    return made


def test_the_picture_is_black_on_white_in_whole_squares(qtbot):
    squares = Squares(OFFER.picture)
    qtbot.addWidget(squares)
    image = squares.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}

    assert colours == {QColor("white").name(), QColor("black").name()}
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor("black")
    assert image.pixelColor(2, 2) == QColor("white")


def test_the_secret_can_be_read_for_typing(card):
    assert "GEZD GNBV GY3T QOJQ" in [field.text() for field in card.findChildren(LineEdit)]


def test_a_code_is_sent_once_and_again_after_a_refusal(qtbot, card):
    qtbot.keyClicks(card.code, "081804")
    qtbot.keyClick(card.code, Qt.Key.Key_Return)
    card.enter.click()
    assert card.said == ["081804"]

    card.refuse("验证码不对")

    assert card.refusal.isVisible()
    qtbot.keyClick(card.code, Qt.Key.Key_Return)
    assert card.said == ["081804", "081804"]


def test_recovery_codes_take_the_place_of_the_picture(qtbot, card):
    done = []
    card.finished.connect(lambda: done.append(1))

    card.show_codes(("aaaaa-bbbbb-ccccc", "ddddd-eeeee-fffff"))

    shown = [field.text() for field in card.findChildren(LineEdit) if field.isVisible()]
    assert shown == ["aaaaa-bbbbb-ccccc", "ddddd-eeeee-fffff"]
    assert not card.code.isVisible()
    qtbot.keyClick(card.focusWidget(), Qt.Key.Key_Space)
    assert done == [1]
