"""What a typed command means, said before it is sent."""

from types import SimpleNamespace

import pytest

from console.domain.case import CASE_FLOW
from console.ui.grammar import SELECTED, Choice, Command
from console.ui.typed import MORE_VERBS, WITH_WORDS, dispatched_words, unit_choices, verb_words
from console.ui.wording import name_units
from tests.make import CODES, ORGS

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def units():
    return name_units(ORGS, 2, CODES)


def test_every_verb_can_be_typed_in_pinyin_in_chinese_and_as_a_digit():
    spelled = {verb.action: verb.spellings for verb in verb_words()}
    assert {action: spelled[action] for action in ("acknowledge", "dispatch", "cameras", "locate")} == {
        "acknowledge": ("jj", "接警", "1"), "dispatch": ("pq", "派遣", "2"), "cameras": ("tx", "调像", "3"), "locate": ("dw", "定位", "4"),
    }  # fmt: skip


def test_every_typed_act_is_one_of_the_cases_table_and_no_two_are_spelled_alike():
    acts = {step.action for step in CASE_FLOW.steps}
    said = [spelling for verb in verb_words() for spelling in verb.spellings]

    assert set(MORE_VERBS) <= acts
    assert len(set(said)) == len(said)
    assert set(MORE_VERBS) >= WITH_WORDS


def test_an_act_with_words_is_carried_out_as_it_is_typed(stage):
    hall = stage.sit("leader")
    case, _ = stage.town.worked()
    hall.typed.run(Command("urge", case.number[-6:], (), "群众多次来电"))
    stage.until(lambda: stage.town.case(case.id).urged == 1)
    assert stage.desk(case.id).supervisions[0].text == "群众多次来电"


def test_a_unit_can_be_named_by_its_short_name(units):
    choice = next(each for each in unit_choices(units) if each.value == "2")
    assert choice.label == "住建"
    assert choice.spellings


def test_the_preview_names_the_first_unit_as_lead_and_the_others_as_helpers(stage, units):
    hall = stage.sit()
    hall.typed.units = units
    hall.typed.set_selected("031")
    named = {each.value: each for each in unit_choices(units)}
    said = hall.typed.describe(Command("dispatch", SELECTED, (named["2"], named["4"]), "现场设围挡"))
    assert "031" in said
    assert "住建（主）、通信（协）" in said
    assert "现场设围挡" in said


def test_without_units_the_proposal_is_meant(stage):
    hall = stage.sit()
    assert "按建议" in hall.typed.describe(Command("dispatch", SELECTED, (), ""))


def test_what_was_sent_names_three_units_and_counts_the_rest(units):
    case = SimpleNamespace(number="SJ410923-20261123-000031")
    said = dispatched_words(case, (2, 3, 4, 1, 7), units)
    assert "000031" in said
    assert "住建" in said
    assert "2" in said.rpartition("通信")[2]


def test_a_choice_is_what_the_grammar_expects(units):
    assert all(isinstance(each, Choice) for each in unit_choices(units))
