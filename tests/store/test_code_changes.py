"""Changes of code tables in the store: what stands, whose turn has come, who may see which."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.code_change import CodeChange
from console.store import code_changes, tables
from console.store.find import code_changes as find
from console.store.scope import Scope
from tests.make import START, Town

LATER = START + timedelta(days=1)
CHANGE = CodeChange(0, "stage_limits", "accept", 2, {"P1": "2M"}, {"P1": "1M"}, 3, START, LATER, "试行")


@pytest.fixture
def kept(town: Town) -> Town:
    """A proposal of the county, an approved one, one in force, one refused; and one each of the city and the other county."""
    with town.store.write() as unit:
        for state in ("proposed", "approved", "in_force", "refused"):
            unit.add(tables.code_change, replace(CHANGE, code=state, state=state))
        unit.add(tables.code_change, replace(CHANGE, code="city", centre_id=1, state="approved", effective_from=START))
        unit.add(tables.code_change, replace(CHANGE, code="other", centre_id=3, decided_by=4))
    return town


def test_a_change_comes_back_as_it_was_written(town):
    with town.store.write() as unit:
        written = unit.add(tables.code_change, CHANGE)
    with town.store.read() as unit:
        assert unit.get(tables.code_change, CodeChange, written.id) == written


def test_approved_ones_and_those_in_force_stand(kept):
    with kept.store.read() as unit:
        assert [one.code for one in code_changes.standing(unit)] == ["approved", "in_force", "city"]


def test_due_are_the_approved_ones_whose_instant_has_come(kept):
    with kept.store.read() as unit:
        assert code_changes.due(unit, START - timedelta(seconds=1)) == ()
        assert code_changes.due(unit, START) == (5,)
        assert code_changes.due(unit, LATER) == (5, 2)


def test_a_chain_leads_from_the_root_to_the_centre(town):
    with town.store.read() as unit:
        chains = code_changes.chains(unit)
    assert (chains[1], chains[3], chains[5]) == ((1,), (1, 3), (1, 2, 4, 5))


@pytest.mark.parametrize(("login", "codes"), [
    ("director", {"proposed", "approved", "in_force", "refused", "city"}), ("stranger", {"other", "city"}), ("duty", set()), ("d10", set()),
])
def test_a_centre_knows_its_own_changes_and_those_above(kept, login, codes):
    with kept.store.read() as unit:
        seen = find.changes(unit, Scope(kept.actor(login)))
    assert {row.change.code for row in seen} == codes


def test_a_list_is_newest_first_with_names_and_can_be_narrowed(kept):
    with kept.store.read() as unit:
        scope = Scope(kept.actor("director"))
        rows = find.changes(unit, scope)
        assert [row.change.id for row in rows] == [5, 4, 3, 2, 1]
        assert (rows[0].centre, rows[0].proposer, rows[0].decider) == ("濮阳市综治中心", "值班长丙", "")
        assert [row.change.code for row in find.changes(unit, scope, only="waiting")] == ["proposed"]
        assert [row.change.code for row in find.changes(unit, scope, only="ahead")] == ["city", "approved"]
        assert [row.change.code for row in find.changes(unit, scope, table="stage_limits", code="refused")] == ["refused"]
        assert find.changes(unit, scope, table="reasons") == ()


def test_a_change_out_of_sight_cannot_be_locked(kept):
    with kept.store.write() as unit:
        assert code_changes.locked(unit, Scope(kept.actor("director")), 6) is None
        assert code_changes.locked(unit, Scope(kept.actor("director")), 1) is not None
