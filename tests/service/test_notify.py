"""Hints between processes: what one writes, the other hears of long before its poll."""

import pytest

from console.service.notify import Notifier
from console.store.store import Store
from tests.make import Town
from tests.waiting import until


@pytest.fixture
def other_process(postgresql_town, postgres):
    store = Store.open(postgresql_town.store.engine.url.render_as_string(hide_password=False))
    yield store
    store.close()


def test_a_report_in_one_process_wakes_the_other(postgresql_town, other_process):
    woken: list[int] = []
    notifiers = [Notifier(postgresql_town.store, lambda: None), Notifier(other_process, lambda: woken.append(1))]
    for notifier in notifiers:
        notifier.start()
    try:
        until(lambda: woken, what="the elected one has given its first hint")
        woken.clear()
        postgresql_town.report()
        until(lambda: woken, what="the hint of the report")
    finally:
        for notifier in notifiers:
            notifier.stop()


def test_when_the_elected_one_leaves_the_next_gives_the_hints(postgresql_town, other_process):
    woken: list[int] = []
    first, second = Notifier(postgresql_town.store, lambda: None), Notifier(other_process, lambda: woken.append(1))
    first.start()
    second.start()
    first.stop()
    try:
        def report_and_hear() -> bool:
            postgresql_town.report()
            return bool(woken)

        until(report_and_hear, 20, what="a hint of the second")
    finally:
        second.stop()


def test_on_sqlite_there_is_nobody_to_tell(sqlite_town: Town):
    notifier = Notifier(sqlite_town.store, lambda: None)
    notifier.start()
    notifier.stop()

    assert notifier._threads == []
