"""Guards of units and rosters, on both engines."""

from datetime import timedelta

from console.domain.duty import Duty
from console.store import offices, tables
from tests.make import START

HOUR = timedelta(hours=1)


def test_a_units_burden_is_its_active_people_and_open_tasks(town):
    town.sent()
    with town.store.read() as unit:
        assert offices.burden(unit, 2) == (2, 1)
        assert offices.burden(unit, 3) == (2, 0)
        assert offices.is_code_taken(unit, "410923-D10")
        assert not offices.is_code_taken(unit, "410923-D99")


def test_duties_that_touch_do_not_meet(town):
    with town.store.write() as unit:
        row = unit.add(tables.duty, Duty(0, 2, 1, START, START + HOUR, "officer"))
        assert offices.is_on_duty(unit, 1, START + HOUR / 2, START + 2 * HOUR)
        assert not offices.is_on_duty(unit, 1, START + HOUR, START + 2 * HOUR)
        assert not offices.is_on_duty(unit, 2, START, START + HOUR)
        offices.remove_duty(unit, row.id)
        assert not offices.is_on_duty(unit, 1, START, START + HOUR)


def test_a_colleague_is_active_and_of_the_centre(town):
    with town.store.read() as unit:
        assert offices.colleague(unit, 2, "duty").id == 1
        assert offices.colleague(unit, 3, "duty") is None
        assert offices.colleague(unit, 2, "nobody") is None
