"""One row a camera says who turns it."""

from datetime import timedelta

from console.domain.ptz import Lease
from console.store import ptz
from tests.make import START

LEASE = Lease(1, 7, 1, "值班员甲", "A1", START, START + timedelta(seconds=30))


def test_a_lease_is_put_replaced_and_dropped(town):
    other = Lease(1, 8, 2, "乙", "A2", START, START)
    with town.store.write() as unit:
        assert ptz.locked(unit, 1) is None
        ptz.put(unit, LEASE)
        assert ptz.locked(unit, 1) == LEASE
        ptz.put(unit, other)
    with town.store.read() as unit:
        assert ptz.lease_of(unit, 1) == other
    with town.store.write() as unit:
        ptz.drop(unit, 1)
        assert ptz.lease_of(unit, 1) is None
