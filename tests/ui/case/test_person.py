"""The case desk shows a reporter for a reason, and masks again as soon as another case is in hand."""

import pytest

from console.ui.case.person import PersonReveal, person_words

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def reveal(stage, qtbot):
    made = PersonReveal(stage.seat("duty"))
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def look(stage, reveal):
    reveal.ask()
    reveal.reason.setText("回拨核实井盖位置")
    reveal.accept.click()
    stage.until(lambda: reveal.is_plain or reveal.problem.isVisible())


def test_name_phone_and_words_are_shown_for_a_reason(stage, reveal):
    reveal.follow(stage.town.report(text="井盖缺失，联系 13800000099").case_id)

    look(stage, reveal)

    assert reveal.plain.text() == "网格员壬 · 13800000009\n井盖缺失，联系 13800000099"


def test_another_case_masks_at_once(stage, reveal):
    first, second = stage.town.report().case_id, stage.town.report().case_id
    reveal.follow(first)
    look(stage, reveal)

    reveal.follow(first)
    assert reveal.is_plain
    reveal.follow(second)
    assert not reveal.is_plain
    reveal.follow(0)
    assert not reveal.isVisible()


def test_an_answer_that_comes_too_late_is_not_shown(stage, reveal):
    first, second = stage.town.report().case_id, stage.town.report().case_id
    reveal.follow(first)
    plain = stage.town.unmask.case(stage.town.actor("duty"), first, "回拨核实井盖位置")
    reveal.follow(second)

    reveal._show(plain)

    assert not reveal.is_plain


def test_a_refusal_is_said(stage, qtbot):
    made = PersonReveal(stage.seat("leader"))
    qtbot.addWidget(made)
    made.show()
    made.follow(stage.town.report(protected=True).case_id)

    look(stage, made)

    assert "要求保护" in made.problem.text()
    assert not made.is_plain


def test_who_may_not_look_is_offered_nothing(stage, qtbot):
    made = PersonReveal(stage.seat("viewer"))
    qtbot.addWidget(made)
    made.follow(stage.town.report().case_id)

    assert not made.isVisibleTo(made.parentWidget())


def test_a_person_without_a_phone_has_no_dot():
    assert person_words("张三", "") == "张三"
