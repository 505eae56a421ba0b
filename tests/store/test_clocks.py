"""The program's own questions about passed limits."""

from datetime import timedelta

from console.service.applications import Wish
from console.store import clocks
from tests.make import START


def test_a_case_is_found_when_its_lamp_turns_and_not_before(town):
    """0601 is P1: two minutes of intake, yellow after 80 seconds."""
    case_id = town.report("0601").case_id
    with town.store.read() as unit:
        at = clocks.clock_of(unit, case_id)
        assert at == START + timedelta(seconds=80)
        assert clocks.lamps_due(unit, at) == (case_id,)
        assert clocks.lamps_due(unit, at - timedelta(seconds=1)) == ()
        assert clocks.clock_of(unit, 777) is None


def test_what_waits_for_a_decision_is_known_by_its_type(town):
    case_id = town.report("0602").case_id
    town.applications.ask_on_case(town.actor("duty"), case_id, 1, "ask_void", Wish("2"))
    with town.store.read() as unit:
        assert clocks.pending(unit, case_id, "6")
        assert not clocks.pending(unit, case_id, "3")
        assert not clocks.answered(unit, case_id)


def test_a_pause_is_found_when_it_is_to_be_looked_at(town):
    case, tasks = town.worked()
    asked = town.applications.ask_on_task(town.actor("d10head"), tasks[0].id, tasks[0].version, "ask_suspend", Wish("1"))
    town.applications.decide(town.actor("director"), asked.id, asked.version, grant=True)
    with town.store.read() as unit:
        review = clocks.review_of(unit, case.id)
        assert review is not None
        assert clocks.reviews_due(unit, review) == (case.id,)
        assert clocks.reviews_due(unit, review - timedelta(seconds=1)) == ()
        assert clocks.unreached(unit, review) == ()
