"""Personal numbers in free words are asked about before they are stored (G12)."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from console.ui.base.personal import PersonalPrompt

# All made up: a birth date that exists and a check digit by hand; Luhn by hand.
IDENTITY, CARD, PHONE = "410923199001010013", "4111111111111111", "13800000099"


@pytest.fixture
def prompt(qtbot):
    made = PersonalPrompt()
    qtbot.addWidget(made)
    made.answers = []
    made.answered.connect(lambda: made.answers.append(1))
    return made


@pytest.fixture
def field(qtbot):
    made = QPlainTextEdit()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("text", ["", "井盖已修好", "案件 SJ410923-20261122-000031", "网格 410923102204001"])
def test_ordinary_words_go_through(prompt, field, text):
    field.setPlainText(text)

    assert prompt.clears(field)
    assert not prompt.isVisible()


@pytest.mark.parametrize(("number", "kind"), [(IDENTITY, "身份证号"), (CARD, "银行卡号"), (PHONE, "电话号码"), ("豫JA0012", "车牌号")])
def test_a_personal_number_is_named_by_its_kind(prompt, field, number, kind):
    field.setPlainText(f"联系人 {number} 已告知")

    assert not prompt.clears(field)
    assert prompt.isVisible()
    assert kind in prompt.words.text()


def test_masking_changes_the_words_and_goes_on(prompt, field):
    field.setPlainText(f"身份证 {IDENTITY} 电话 {PHONE}")
    prompt.clears(field)

    prompt.mask.click()

    assert field.toPlainText() == "身份证 410*************** 电话 138****0099"
    assert prompt.answers == [1]
    assert prompt.clears(field)


def test_keeping_goes_on_with_these_words_and_no_others(prompt, field):
    field.setPlainText(PHONE)
    prompt.clears(field)

    prompt.keep.click()

    assert prompt.answers == [1]
    assert prompt.clears(field)
    field.setPlainText(f"{PHONE} {IDENTITY}")
    assert not prompt.clears(field)


def test_every_field_is_looked_at(prompt, qtbot):
    fields = [QPlainTextEdit("井盖"), QPlainTextEdit(PHONE)]
    for each in fields:
        qtbot.addWidget(each)

    assert not prompt.clears(*fields)
    prompt.mask.click()
    assert [each.toPlainText() for each in fields] == ["井盖", "138****0099"]
