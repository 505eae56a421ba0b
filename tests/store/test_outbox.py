"""What has to leave the hall: held until its window ends, oldest first, and recalled without a trace outside."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from console.domain.task import Order
from console.store import outbox, tables

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def dispatch(town, category: str = "0601") -> int:
    receipt = town.report(category)
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead"), Order(3, "co")])
    return receipt.case_id


def test_a_case_is_due_once_when_its_window_ends_and_not_before(town):
    case_id = dispatch(town)

    with town.store.read() as unit:
        assert outbox.due_cases(unit, START + timedelta(seconds=2.999)) == ()
        assert outbox.due_cases(unit, START + timedelta(seconds=3)) == (case_id,)
        assert outbox.next_release(unit) == START + timedelta(seconds=3)


def test_who_waited_longest_leaves_first(town):
    late, early = dispatch(town, "0602"), dispatch(town, "0601")  # 8 s and 3 s

    with town.store.read() as unit:
        assert outbox.due_cases(unit, START + timedelta(seconds=9)) == (early, late)
        assert outbox.due_cases(unit, START + timedelta(seconds=9), limit=1) == (early,)


def test_what_is_marked_is_no_longer_held(town):
    dispatch(town)
    with town.store.write() as unit:
        for task_id in (1, 2):
            outbox.mark(unit, task_id, "recalled")

    with town.store.read() as unit:
        assert outbox.due_cases(unit, START + timedelta(days=1)) == ()
        assert outbox.next_release(unit) is None
        assert {row[0] for row in unit.rows(select(tables.delivery.c.state))} == {"recalled"}


def test_every_unit_of_a_dispatch_has_its_own_delivery(town):
    dispatch(town)

    with town.store.read() as unit:
        d = tables.delivery.c
        rows = unit.rows(select(d.task_id, d.recipient, d.channel, d.state).order_by(d.task_id))
    assert rows == [(1, 2, "desk", "held"), (2, 3, "desk", "held")]


def test_an_empty_outbox_has_no_next_release(store):
    with store.read() as unit:
        assert outbox.next_release(unit) is None
