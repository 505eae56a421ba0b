"""What falls due: ended cases past their day that nobody holds; and small things of the deletion report."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.retention import Hold
from console.store import retention, tables
from console.store.unit import IntegrityError
from tests.domain.test_flow import a_case

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def filled(town):
    """One case a line: closed and due, closed and not due, still open, closed without a day."""
    made = [("80", NOW - DAY), ("80", NOW + DAY), ("50", NOW - DAY), ("80", None)]
    with town.store.write() as unit:
        for number, (state, day) in enumerate(made, 1):
            case = replace(a_case(state, "P4"), id=number, number=str(number), delete_after=day, owner_centre=2, lead_org=None)
            unit.add(tables.case, replace(case, content="words"))
    return town.store


def test_due_are_ended_cases_past_their_day(filled):
    with filled.read() as unit:
        assert retention.due_cases(unit, NOW, 0) == (1,)
        assert retention.due_cases(unit, NOW, 1) == ()
        assert retention.due_cases(unit, NOW + 2 * DAY, 0) == (1, 2)
        assert retention.without_a_day(unit) == (4,)


@pytest.mark.parametrize(("until", "lifted", "is_due"), [(DAY, None, False), (-DAY, None, True), (DAY, NOW, True)])
def test_a_hold_keeps_a_case_while_it_lasts(filled, until, lifted, is_due):
    with filled.write() as unit:
        hold = unit.add(tables.hold, Hold(0, 1, "reason", 4, NOW - DAY, NOW + until, None, lifted))

    with filled.read() as unit:
        assert retention.due_cases(unit, NOW, 0) == ((1,) if is_due else ())
        assert retention.held(unit, 1, NOW) == (None if is_due else hold)
        assert retention.holds_of(unit, 1) == (hold,)


def test_a_hold_that_is_lifted_says_by_whom(filled):
    with filled.write() as unit:
        hold = unit.add(tables.hold, Hold(0, 1, "reason", 4, NOW - DAY, NOW + DAY))
        retention.lift(unit, [hold], 5, NOW)
        assert retention.holds_of(unit, 1) == (replace(hold, lifted_by=5, lifted_at=NOW),)


def test_a_night_has_one_report(store):
    with store.write() as unit:
        report = retention.begin(unit, "2026-11-23", NOW)
        retention.end(unit, report, NOW + DAY, 3)
    with pytest.raises(IntegrityError), store.write() as unit:
        retention.begin(unit, "2026-11-23", NOW)

    with store.read() as unit:
        assert retention.report_of(unit, "2026-11-23") == replace(report, ended_at=NOW + DAY, files=3)
        assert retention.report_of(unit, "2026-11-24") is None
