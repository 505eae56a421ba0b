"""An act sent twice at the same moment is done once, and both senders hear that it was done."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import text

from console.domain.errors import KeyReused, Stale
from console.service.tasks import Answer
from console.store import lock, tables
from console.store.scope import Scope
from console.store.store import Store
from tests.make import Town
from tests.waiting import until

WAITING = text("select count(*) from pg_locks where not granted and locktype = 'advisory'")


@pytest.fixture
def town(engine_url):
    store = Store.open(engine_url)
    yield Town(store)
    store.close()


def at_once(town, task, *answers):
    """Let answers run into the same locked case together; what each of them got."""

    def give(number, answer):
        try:
            return town.tasks.answer(town.actor("d10"), task.id, task.version, answer, key=keys[number])
        except (KeyReused, Stale) as refusal:
            return refusal

    keys = [str(uuid4())] * len(answers)
    with ThreadPoolExecutor(len(answers)) as threads:
        with town.store.write() as unit:
            lock.case(unit, Scope(town.actor("duty")), task.case_id)
            given = [threads.submit(give, number, answer) for number, answer in enumerate(answers)]
            if unit.dialect == "postgresql":
                until(lambda: unit.scalar(WAITING) == len(answers), what="all wait for the case")
        return [one.result(30) for one in given]


def test_the_same_answer_twice_at_once_is_signed_once_and_nobody_is_refused(town):
    _, (task, *_) = town.sent()
    first, second = at_once(town, task, Answer("sign"), Answer("sign"))
    assert first == second
    assert first.state == "handling"
    with town.store.read() as unit:
        assert len(unit.rows(tables.reply.select())) == 1


def test_another_answer_under_the_same_key_at_once_is_refused(town):
    _, (task, *_) = town.sent()
    got = at_once(town, task, Answer("sign"), Answer("sign", "马上到"))
    assert sorted(type(one).__name__ for one in got) == ["KeyReused", "Task"]
