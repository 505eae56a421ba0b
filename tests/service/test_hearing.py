"""Who outside the hall hears of what."""

from dataclasses import replace

import pytest

from console.domain.journal import Entry
from console.service.hearing import adds, subject, subjects
from console.store.store import Store
from tests.make import START, Town

ORDER = Entry(1, 0, 0, START, 1, "A1", "order", "task", 7, 1, "", "held", {"case": 3, "org": 2})


@pytest.mark.parametrize(
    ("op", "before", "after", "heard"),
    [
        ("order", "", "held", None), ("recall", "held", "recalled", None), ("released", "held", "awaiting", ("unit", 2)),
        ("sign", "awaiting", "handling", ("unit", 2)), ("recall", "awaiting", "recalled", ("unit", 2)),
        ("recall", "replied", "recalled", ("unit", 2)),
        ("rework", "finished", "handling", ("unit", 2)),
    ],
)  # fmt: skip
def test_a_unit_hears_of_a_task_only_once_it_has_left_the_hall(op, before, after, heard):
    assert subject(replace(ORDER, op=op, from_state=before, to_state=after)) == heard


@pytest.mark.parametrize("kind", ["session", "video", "report", "user"])
def test_nobody_outside_hears_of_anything_else(kind):
    assert subject(replace(ORDER, op="look", kind=kind, from_state="x", to_state="y")) is None


def test_a_reporter_hears_of_his_cases_and_a_unit_of_its_tasks(engine_url):
    store = Store.open(engine_url)
    town = Town(store)
    case_id = town.report().case_id
    assert subjects(town.ask, town.actor("grid001")) == {("case", case_id), ("unit", 7)}  # its village may be sent to look (T06)
    assert subjects(town.ask, town.actor("d10")) == {("unit", 2)}
    assert subjects(town.ask, town.actor("grid002")) == {("unit", 7)}
    assert subjects(town.ask, town.actor("viewer")) == frozenset()
    store.close()


def test_a_report_adds_its_case_to_its_reporter_alone():
    assert adds(replace(ORDER, op="submit", kind="case", ref=9, actor=12)) == (12, ("case", 9))
    assert adds(replace(ORDER, op="ack", kind="case", ref=9)) is None
