"""Column types of our own: instants and tuples mean the same on both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from console.store import tables
from console.store.keys import Seen

S = tables.seen


def keep(store, at: datetime) -> datetime:
    with store.write() as unit:
        unit.run(S.delete())
        unit.add(S, Seen("k", "h", {}, at))
    with store.read() as unit:
        return unit.scalar(select(S.c.at))


@given(
    micros=st.integers(0, 32_472_144_000_000_000),  # 1970 to 2999
    zone=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_instant_comes_back_to_the_microsecond_in_utc(store, micros, zone):
    instant = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).astimezone(zone)

    found = keep(store, instant)

    assert found == instant
    assert found.utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_a_programming_error(store):
    with pytest.raises(StatementError, match="zone"):
        keep(store, datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None))


def test_instants_sort_as_time_does(store):
    later = datetime(2026, 11, 23, 2, 0, 1, tzinfo=UTC)
    earlier = datetime(2026, 11, 23, 10, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=8)))
    with store.write() as unit:
        unit.add(S, Seen("later", "h", {}, later))
        unit.add(S, Seen("earlier", "h", {}, earlier))

    with store.read() as unit:
        assert [row[0] for row in unit.rows(select(S.c.key).order_by(S.c.at))] == ["earlier", "later"]
