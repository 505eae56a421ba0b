"""Group commit on SQLite: who is told what, in which order, and what a failing act takes with it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, event, func, insert, select

from console.domain.errors import Unavailable
from console.store import tables
from console.store.store import Store
from tests.waiting import until

N = tables.numbers


def put(store: Store, name: str) -> None:
    with store.write() as unit:
        unit.run(insert(N).values(series=name, next=1))


def names(store: Store) -> set[str]:
    with store.read() as unit:
        return {str(row[0]) for row in unit.rows(select(N.c.series))}


def queued(store: Store, count: int) -> None:
    until(lambda: len(store._writer._queue) >= count, what=f"{count} acts in the queue")


class Group:
    """Holds the writer until a group of acts has queued up behind it, in order."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.pool = ThreadPoolExecutor(20)
        self._go = threading.Event()
        inside = threading.Event()

        def hold() -> None:
            with store.write():
                inside.set()
                assert self._go.wait(30)

        self.pool.submit(hold)
        assert inside.wait(30)
        self._count = 0

    def add(self, work: Callable[[], None]) -> "Future[None]":
        self._count += 1
        promise = self.pool.submit(work)
        queued(self.store, self._count)
        return promise

    def run(self) -> None:
        """Let the holder go; it belongs to the group itself and shares its fate."""
        self._go.set()


@pytest.fixture
def commits():
    """How many commits the engines have made."""
    made: list[int] = []

    def count(_connection: object) -> None:
        made.append(1)

    event.listen(Engine, "commit", count)
    yield made
    event.remove(Engine, "commit", count)


def test_acts_that_queue_up_share_one_commit(sqlite, commits):
    group = Group(sqlite)
    promises = [group.add(lambda n=n: put(sqlite, f"act {n}")) for n in range(5)]

    group.run()
    for promise in promises:
        promise.result(30)

    assert len(commits) == 1
    assert names(sqlite) == {f"act {n}" for n in range(5)}


def test_a_failing_act_takes_nothing_of_its_group_with_it(sqlite):
    def fail() -> None:
        with sqlite.write() as unit:
            unit.run(insert(N).values(series="half done", next=1))
            raise ValueError("thought better of it")

    group = Group(sqlite)
    before, failing, after = group.add(lambda: put(sqlite, "before")), group.add(fail), group.add(lambda: put(sqlite, "after"))

    group.run()

    with pytest.raises(ValueError, match="thought better"):
        failing.result(30)
    before.result(30)
    after.result(30)
    assert names(sqlite) == {"before", "after"}


def test_nobody_is_told_done_before_the_commit(sqlite):
    told, inside, go = threading.Event(), threading.Event(), threading.Event()

    def early() -> None:
        put(sqlite, "early")
        told.set()

    def late() -> None:
        with sqlite.write() as unit:
            unit.run(insert(N).values(series="late", next=1))
            inside.set()
            assert go.wait(30)

    group = Group(sqlite)
    promises = [group.add(early), group.add(late)]
    group.run()
    assert inside.wait(30)

    assert not told.is_set(), "the first act of the group was told before the group's commit"
    assert names(sqlite) == set()
    go.set()
    for promise in promises:
        promise.result(30)
    assert names(sqlite) == {"early", "late"}


def test_turns_come_in_the_order_of_asking(sqlite):
    order: list[int] = []

    def act(n: int) -> None:
        with sqlite.write():
            order.append(n)

    group = Group(sqlite)
    promises = [group.add(lambda n=n: act(n)) for n in range(12)]
    group.run()
    for promise in promises:
        promise.result(30)

    assert order == list(range(12))


def test_sixteen_writers_at_once_lose_nothing(sqlite):
    def many(writer: int) -> None:
        for n in range(25):
            put(sqlite, f"{writer}/{n}")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(many, range(16)))

    assert names(sqlite) == {f"{writer}/{n}" for writer in range(16) for n in range(25)}


def test_a_commit_that_fails_is_told_to_the_whole_group(sqlite):
    def broken() -> None:
        with sqlite.write() as unit:
            unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            unit.run(insert(tables.secret).values(user_id=404, argon2="of nobody"))  # noticed at the commit

    group = Group(sqlite)
    promises = [group.add(lambda: put(sqlite, "before")), group.add(broken), group.add(lambda: put(sqlite, "after"))]
    group.run()

    for promise in promises:
        with pytest.raises(Unavailable):
            promise.result(30)
    assert names(sqlite) == set()
    put(sqlite, "next")
    assert names(sqlite) == {"next"}


def test_a_full_disk_lies_to_nobody_and_the_next_act_works(sqlite):
    def fill() -> None:
        with sqlite.write() as unit:
            pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar()
            unit.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 3}")
            for n in range(2_000):
                unit.run(insert(tables.setting).values(name=f"{n}", value="x" * 4_000))

    group = Group(sqlite)
    promises = {"before": group.add(lambda: put(sqlite, "before")), "fill": group.add(fill)}
    promises["after"] = group.add(lambda: put(sqlite, "after"))
    group.run()

    with pytest.raises(Unavailable) as refused:
        promises["fill"].result(30)
    assert refused.value.code == "disk_full"
    done = {name for name in ("before", "after") if promises[name].exception(30) is None}
    assert names(sqlite) == done
    put(sqlite, "next")
    assert "next" in names(sqlite)
    with sqlite.read() as unit:
        assert unit.scalar(select(func.count()).select_from(tables.setting)) == 0


def test_a_transaction_undone_by_the_engine_fails_its_whole_group(sqlite):
    """SQLite may roll everything back by itself (full disk, failed write); the acts before must not be told "done"."""

    def undone() -> None:
        with sqlite.write() as unit:
            unit.connection.connection.driver_connection.execute("ROLLBACK")
            raise ValueError("the act fails too")

    group = Group(sqlite)
    before, failing = group.add(lambda: put(sqlite, "before")), group.add(undone)
    group.run()

    with pytest.raises(Unavailable):
        before.result(30)
    with pytest.raises(ValueError, match="fails too"):
        failing.result(30)
    assert names(sqlite) == set()
    put(sqlite, "next")
    assert names(sqlite) == {"next"}


def test_an_act_queued_behind_the_close_is_refused_instead_of_hanging(sqlite):
    def too_late() -> None:
        with sqlite._writer.turn():
            pass

    group = Group(sqlite)
    waiting = group.add(lambda: put(sqlite, "in time"))
    closing = group.add(sqlite.close)
    late = group.add(too_late)
    group.run()

    waiting.result(30)
    closing.result(30)
    with pytest.raises(Unavailable) as refused:
        late.result(30)
    assert refused.value.code == "database_closed"
    with pytest.raises(Unavailable):
        put(sqlite, "much too late")
