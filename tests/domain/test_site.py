"""A key site knows when it is due and how its years compare."""

from datetime import UTC, datetime, timedelta

from console.domain.site import KeySite

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def site(last=None, **incidents):
    years = {name[1:]: count for name, count in incidents.items()}
    return KeySite(1, "ZD1", "加油站", "07", 115.0, 36.0, "", "", 1, "", "", "", "", 15, last, years)


def test_a_cycle_ends_so_many_days_after_the_last_inspection():
    assert site(NOON - timedelta(days=15)).due() == NOON
    assert not site(NOON - timedelta(days=15)).is_overdue(NOON)
    assert site(NOON - timedelta(days=15, seconds=1)).is_overdue(NOON)


def test_one_never_inspected_is_due_at_once():
    assert site().due() is None
    assert site().is_overdue(NOON)


def test_years_compare_as_a_share_of_the_year_before():
    assert site(y2025=4, y2026=3).change(2026) == -0.25
    assert site(y2025=0, y2026=3).change(2026) is None
    assert site(y2025=2).change(2026) == -1.0
