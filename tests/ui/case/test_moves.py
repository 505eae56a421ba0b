"""The table of acts: every step of the flow an officer may press has its words, and every form its deed."""

import pytest

from console.domain.case import CASE_FLOW
from console.ui.case.choices import ELSEWHERE
from console.ui.case.deeds import Deeds
from console.ui.case.moves import AT_ONCE, MAIN, MOVES, NAMES, Answers, act_words, has_form, plain_action

pytest_plugins = ("tests.ui.stage",)
PRESSED = {step.action for step in CASE_FLOW.steps if not step.via} - ELSEWHERE


def test_every_step_that_can_be_pressed_has_its_words():
    assert PRESSED - set(MOVES) == set()
    assert set(MAIN) <= PRESSED
    assert {name for move in MOVES.values() for name in move.asks} <= set(NAMES)


@pytest.mark.parametrize("action", sorted(PRESSED))
def test_an_act_is_done_at_once_or_says_before_what_it_does(action):
    assert has_form(action) != (action in AT_ONCE)
    assert act_words(action) != action


def test_an_act_on_something_of_a_case_is_known_by_its_kind():
    assert plain_action("grant:12") == "grant"
    assert act_words("grant:12") == act_words("grant")
    assert has_form("refuse:7")


def test_every_form_has_its_deed(stage):
    deeds = Deeds(stage.services)
    asked = {"ask_void", "ask_suspend", "ask_reclassify", "ask_call_back"}
    for action in {action for action in PRESSED if has_form(action)} - asked:
        assert callable(deeds._operation(action, stage.town.actor("duty"), Answers()))
