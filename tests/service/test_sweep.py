"""The sweeper: what is due is released once, however many sweep, and one bad case keeps nobody else in the hall."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from console.domain.errors import Missing, Unavailable
from console.domain.people import Actor
from console.domain.task import Order, Task
from console.service.sweep import Sweep
from console.service.tasks import Tasks
from console.store import tables
from tests.make import Town
from tests.waiting import until


def dispatched(town: Town, count: int = 1) -> list[int]:
    cases = [town.report().case_id for _ in range(count)]
    for case_id in cases:
        town.cases.send(town.actor("duty"), case_id, 1, [Order(2, "lead"), Order(3, "co")])
    return cases


def releases(town: Town) -> int:
    with town.store.read() as unit:
        j = tables.journal.c
        return int(str(unit.scalar(select(func.count()).where(j.op == "released", j.kind == "task"))))


def test_nothing_is_released_within_the_window_and_all_after_it(town):
    dispatched(town)
    town.wait(2.9)
    early = town.sweep.round()
    town.wait(0.1)

    assert (early, town.sweep.round(), town.sweep.round()) == (0, 2, 0)


def test_two_sweepers_at_once_release_once(town):
    dispatched(town, 6)
    town.wait(3)
    sweepers = [town.sweep, *(Sweep(town.desk, town.tasks) for _ in range(3))]

    with ThreadPoolExecutor(4) as pool:
        released = sum(pool.map(lambda sweep: sweep.round(), sweepers))

    assert released == releases(town) == 12


def test_what_passed_while_nobody_swept_is_found_after_a_restart(town):
    dispatched(town)
    town.wait(86_400)

    assert Sweep(town.desk, town.tasks).round() == 2


def test_a_case_recalled_and_sent_again_keeps_its_new_window(town):
    """The sweeper saw the old dispatch due; by the time it acts, there is a new one with a window of its own."""
    case_id = dispatched(town)[0]
    duty = town.actor("duty")
    town.cases.recall(duty, case_id, town.case(case_id).version, "派错单位")
    town.cases.dispatch(duty, case_id, town.case(case_id).version, [Order(4, "lead")])
    town.wait(2.9)

    assert town.sweep._release(case_id) == 0
    town.wait(0.1)
    assert town.sweep.round() == 1


def test_a_shielded_case_is_released_too(town):
    case_id = dispatched(town)[0]
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(shield="检举"))
    town.wait(3)

    assert town.sweep.round() == 2


def test_the_sweeper_rests_until_the_next_window_ends_but_never_long(town):
    assert town.sweep.pause_s() == 0.5
    dispatched(town)
    assert town.sweep.pause_s() == 0.5  # three seconds are left
    town.wait(2.75)
    assert town.sweep.pause_s() == pytest.approx(0.25)
    town.wait(0.25)
    assert town.sweep.pause_s() == 0.1
    town.sweep.round()
    assert town.sweep.pause_s() == 0.5


class Stubborn(Tasks):
    """Tasks of which one case refuses to be released, for whatever reason."""

    def __init__(self, town: Town, case_id: int) -> None:
        super().__init__(town.desk)
        self._case_id = case_id

    def release(self, actor: Actor, case_id: int) -> tuple[Task, ...]:
        if case_id == self._case_id:
            raise Missing("case", case_id)
        return super().release(actor, case_id)


@pytest.mark.expects_errors("a case that cannot be released is logged")
def test_one_case_that_refuses_does_not_keep_the_others(sqlite_town):
    town = sqlite_town
    broken, good = dispatched(town, 2)
    town.wait(3)

    assert Sweep(town.desk, Stubborn(town, broken)).round() == 2
    assert [row.task.case_id for row in town.ask.desk_inbox(town.actor("d10"))] == [good]


def test_an_unavailable_database_ends_the_round_not_the_sweeper(sqlite_town):
    sqlite_town.store.close()

    with pytest.raises(Unavailable):
        sqlite_town.sweep.round()


def test_the_thread_releases_by_itself_and_ends(town):
    dispatched(town)
    town.sweep.start()
    try:
        town.wait(3)
        until(lambda: releases(town) == 2, what="both tasks released")
    finally:
        town.sweep.stop()

    assert town.sweep._thread is not None
    assert not town.sweep._thread.is_alive()


def test_the_thread_does_the_chores_of_others_as_the_program(sqlite_town):
    asked = []
    sweep = Sweep(sqlite_town.desk, sqlite_town.tasks, (lambda actor: asked.append(actor.kind) or 0,))
    sweep.start()
    try:
        until(lambda: asked, what="a chore")
    finally:
        sweep.stop()
    assert set(asked) == {"system"}
