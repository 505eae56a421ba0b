"""LISTEN and NOTIFY: a hint is heard by every process, and one of them is elected to give it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.domain.errors import Unavailable
from console.store import hints
from console.store.store import Store
from tests.waiting import until


@pytest.fixture
def other(postgresql_url):
    opened = Store.open(postgresql_url)
    yield opened
    opened.close()


def test_a_hint_is_heard_by_another_process(postgresql, other):
    heard, stop = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        listening = pool.submit(hints.hear, other, heard.set, stop)

        def give_again() -> bool:
            hints.give(postgresql)  # the first may come before the listener is there
            return heard.is_set()

        until(give_again, what="the hint is heard")
        stop.set()
        listening.result(10)


def test_one_of_two_is_elected_and_the_next_when_it_leaves(postgresql, other):
    with hints.election(postgresql) as first, hints.election(other) as second:
        assert (first, second) == (True, False)
    with hints.election(other) as third:
        assert third


def test_a_cut_connection_is_told_as_unavailable(postgresql_url, postgres):
    opened = Store.open(postgresql_url)
    postgres.drop(postgresql_url)

    with pytest.raises(Unavailable):
        hints.give(opened)
    opened.close()
