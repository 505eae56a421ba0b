"""Plans are taken away by their version alone; stops are written where they changed."""

from dataclasses import replace

from console.domain.patrol import PatrolPlan, PatrolRun, PatrolStop
from console.store import patrols, tables
from tests.make import START


def test_only_the_known_version_of_a_plan_is_taken_away(town):
    with town.store.write() as unit:
        plan = unit.add(tables.patrol_plan, PatrolPlan(0, 2, "校园周边", "1", ((1, 15, ""),), 1, START))
        assert not patrols.remove_plan(unit, plan.id, 2)
        assert patrols.remove_plan(unit, plan.id, 1)


def test_stops_come_back_as_they_were_written(town):
    with town.store.write() as unit:
        run = unit.add(tables.patrol_run, PatrolRun(0, 1, 2, "校园周边", "1", START, 1, "值班员甲", "A1", START, START))
        patrols.add_stops(unit, [PatrolStop(0, run.id, 0, 1, 15, "大门"), PatrolStop(0, run.id, 1, 2, 10)])
        first, second = patrols.stops_of(unit, run.id)
        patrols.save_stops(unit, [replace(first, shown_ms=15_000, state="shown")])
        patrols.save_stops(unit, [])
        assert patrols.stops_of(unit, run.id) == (replace(first, shown_ms=15_000, state="shown"), second)
        assert (first.preset, second.preset, second.state) == ("大门", "", "waiting")
