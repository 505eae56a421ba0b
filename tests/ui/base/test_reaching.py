"""How to reach a colleague: masked where it is his own, whole and on the clipboard where it is his unit's."""

from PySide6.QtWidgets import QApplication

from console.domain.search import PersonHit
from console.ui.base.reaching import call_note


def test_the_unit_s_number_is_copied_and_the_own_one_stays_masked(qapp):
    words = call_note(PersonHit(1, "网格员甲", "元村镇网格", "138****0001", "0393-8800001"))
    assert "138****0001" in words and "0393-8800001" in words
    assert QApplication.clipboard().text() == "0393-8800001"


def test_without_a_number_of_the_unit_nothing_is_copied(qapp):
    QApplication.clipboard().setText("before")
    assert "138****0001" in call_note(PersonHit(1, "网格员甲", "元村镇网格", "138****0001", ""))
    assert QApplication.clipboard().text() == "before"
