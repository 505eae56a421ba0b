"""Rows read in order to be changed: only visible ones, one act at a time, in the order of asking."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from console.domain.task import Task
from console.store import lock
from console.store.scope import Scope
from tests.waiting import until

WAITING = text("select count(*) from pg_locks where not granted and locktype = 'advisory'")


def test_what_the_actor_may_not_know_of_is_not_locked(town):
    case, (task, *_) = town.sent()
    with town.store.write() as unit:
        for login, found in (("duty", True), ("d10", True), ("d30", False), ("stranger", False), ("grid002", False)):
            scope = Scope(town.actor(login))
            assert (lock.case(unit, scope, case.id) is not None) is found, login
            assert (lock.task(unit, scope, task.id) is not None) is found, login


def test_the_tasks_of_a_case_come_in_the_order_they_were_given(town):
    case, tasks = town.sent(co=True)

    with town.store.write() as unit:
        assert unit.records(Task, lock.tasks_of(unit, case.id)) == tasks


def test_who_asks_first_is_served_first(town):
    case_id = town.report().case_id
    order: list[int] = []

    def take(number: int) -> None:
        with town.store.write() as unit:
            lock.case(unit, Scope(town.actor("duty")), case_id)
            order.append(number)

    may_go, inside = threading.Event(), threading.Event()

    def hold() -> None:
        with town.store.write() as unit:
            lock.case(unit, Scope(town.actor("duty")), case_id)
            inside.set()
            assert may_go.wait(30)

    with ThreadPoolExecutor(7) as pool:
        pool.submit(hold)
        assert inside.wait(30)
        for number in range(5):
            pool.submit(take, number)
            until(lambda number=number: waiting(town) == number + 1, what="one more waits")
        may_go.set()

    assert order == [0, 1, 2, 3, 4]


def waiting(town) -> int:
    if town.store.dialect == "sqlite":
        return len(town.store._writer._queue)
    with town.store.read() as unit:
        return int(str(unit.scalar(WAITING)))
