"""The frame of an operation: all or nothing, told once, repeated when a race was lost, woken after the commit."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from console.domain.errors import Invalid, KeyReused, Missing, Refused, Unavailable
from console.service.desk import TRIES, Act
from console.store import tables

N = tables.numbers


def count(town, table) -> int:
    with town.store.read() as unit:
        return int(str(unit.scalar(select(func.count()).select_from(table))))


def test_an_act_that_refuses_leaves_neither_rows_nor_entries(town):
    def work(act: Act) -> None:
        act.unit.run(insert(N).values(series="half", next=1))
        act.note("act", "case", 1, 1, {})
        raise Refused("wrong_state")

    with pytest.raises(Refused):
        town.desk.run(town.actor("duty"), work)

    assert (count(town, N), count(town, tables.journal)) == (0, 0)


def test_an_act_carries_one_instant_and_its_actor_into_every_entry(town):
    at = datetime(2026, 11, 23, 3, 4, 5, 6, tzinfo=UTC)
    town.clock.at = at

    def work(act: Act) -> datetime:
        town.clock.at += timedelta(hours=1)
        act.note("one", "case", 1, 1, {"a": 1}, states=("10", "20"))
        act.note("two", "case", 1, 2, {})
        return act.now

    assert town.desk.run(town.actor("leader"), work) == at
    with town.store.read() as unit:
        j = tables.journal.c
        rows = unit.rows(select(j.op, j.at, j.actor, j.seat, j.from_state, j.to_state, j.facts).order_by(j.id))
    assert rows == [("one", at, 3, "A1", "10", "20", {"a": 1}), ("two", at, 3, "A1", "", "", {})]


def test_the_feed_is_woken_after_the_commit_and_only_then(town):
    woken: list[int] = []
    town.desk.wake = lambda: woken.append(count(town, N))

    town.desk.run(town.actor("duty"), lambda act: act.unit.run(insert(N).values(series="a", next=1)))
    with pytest.raises(Missing):
        town.desk.run(town.actor("duty"), lambda act: act.case(99))

    assert woken == [1]


def test_an_act_that_lost_a_race_is_done_again(town):
    turns: list[int] = []

    def work(act: Act) -> str:
        turns.append(1)
        act.unit.run(insert(N).values(series=f"turn {len(turns)}", next=1))
        if len(turns) < TRIES:
            raise Unavailable("try_again")
        return "done"

    assert town.desk.run(town.actor("duty"), work) == "done"
    assert len(turns) == TRIES
    with town.store.read() as unit:
        assert [row[0] for row in unit.rows(select(N.c.series))] == [f"turn {TRIES}"]


@pytest.mark.parametrize("code", ["database_gone", "database_locked", "disk_full"])
def test_what_may_have_happened_is_not_done_again(sqlite_town, code):
    """A lost connection may have committed; whoever asked tries again with the same key."""
    turns: list[int] = []

    def work(_act: Act) -> None:
        turns.append(1)
        raise Unavailable(code)

    with pytest.raises(Unavailable):
        sqlite_town.desk.run(sqlite_town.actor("duty"), work)

    assert len(turns) == 1


def test_a_row_that_can_never_be_written_is_an_error_not_a_loop(town):
    turns: list[int] = []

    def work(act: Act) -> None:
        turns.append(1)
        act.unit.run(insert(tables.secret).values(user_id=404, argon2="of nobody"))

    with pytest.raises(IntegrityError):
        town.desk.run(town.actor("duty"), work)

    assert len(turns) == TRIES


def test_a_key_is_answered_again_without_doing_it_again(town):
    done: list[int] = []

    def work(_act: Act) -> dict[str, object]:
        done.append(1)
        return {"answer": 42, "list": ["a"]}

    ask = [town.desk.once(town.actor("duty"), "k", {"body": 1}, work) for _ in range(3)]

    assert ask == [{"answer": 42, "list": ["a"]}] * 3
    assert len(done) == 1


def test_a_key_with_another_body_is_refused_and_not_done(town):
    town.desk.once(town.actor("duty"), "k", {"body": 1}, lambda _: {})

    with pytest.raises(KeyReused):
        town.desk.once(town.actor("duty"), "k", {"body": 2}, lambda _: {})


def test_keys_of_two_people_do_not_meet(town):
    town.desk.once(town.actor("duty"), "k", {"body": 1}, lambda _: {"who": "duty"})

    assert town.desk.once(town.actor("leader"), "k", {"body": 2}, lambda _: {"who": "leader"}) == {"who": "leader"}


def test_a_key_whose_act_failed_is_free(town):
    def fail(_act: Act) -> dict[str, object]:
        raise Refused("wrong_state")

    with pytest.raises(Refused):
        town.desk.once(town.actor("duty"), "k", {}, fail)

    assert town.desk.once(town.actor("duty"), "k", {"other": 1}, lambda _: {"done": True}) == {"done": True}


@pytest.mark.parametrize("key", ["x" * 81, "a\x00b", "\ud800"])
def test_a_key_nobody_can_keep_is_refused_by_name(town, key):
    with pytest.raises(Invalid) as refused:
        town.desk.once(town.actor("duty"), key, {}, lambda _: {})

    assert refused.value.field == "key"
