"""Past cases go as cases go in a real city: three in four in time, uneven by unit, county and month, some sent back or left lying."""

from collections import Counter, defaultdict

import pytest
from sqlalchemy import select

from console.domain.case import Case
from console.domain.limits import CHINA
from console.domain.task import Task
from console.store import tables
from console.store.store import Store
from tests.demo import years
from tests.demo.years import UNTIL
from tests.make import CODES

COUNT = 5_000


@pytest.fixture(scope="module")
def cases(whole_city, tmp_path_factory):
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('year') / 'year.db'}")
    years.fill(store, whole_city)
    years.write(store, years.plan_of(whole_city, "sqlite", COUNT))
    with store.read() as unit:
        found = unit.records(Case, unit.rows(select(tables.case))), unit.records(Task, unit.rows(select(tables.task)))
    store.close()
    return found


def in_time(cases):
    """按期处置率 of handbook 4.2 over the whole year, in hundredths."""
    need = [case for case in cases if (case.due_handle and case.due_handle < UNTIL) or (case.done_handle and case.done_handle < UNTIL)]
    good = [case for case in need if case.done_handle and case.due_handle and case.done_handle <= case.due_handle]
    return 100 * len(good) / len(need)


def by(cases, key):
    found = defaultdict(list)
    for case in cases:
        found[key(case)].append(case)
    return {name: in_time(some) for name, some in found.items() if len(some) >= 150}


def test_three_in_four_are_handled_in_time(cases):
    assert in_time(cases[0]) == pytest.approx(74, abs=2.5)


def test_units_counties_and_months_differ(cases):
    for key in (
        lambda case: CODES.categories[case.category].lead,
        lambda case: case.number[2:8],
        lambda case: case.reported_at.astimezone(CHINA).month,
    ):
        rates = by(cases[0], key)
        assert len(rates) >= 5
        assert max(rates.values()) - min(rates.values()) > 7
        assert max(rates.values()) < 97


def test_hours_and_weekdays_are_those_of_people(cases):
    hours = Counter(case.reported_at.astimezone(CHINA).hour for case in cases[0])
    days = Counter(case.reported_at.astimezone(CHINA).weekday() for case in cases[0])
    assert hours[9] > 8 * hours[3]
    assert days[0] > 1.3 * days[6]


def test_some_are_sent_back_reworked_late_and_still_open(cases):
    found, tasks = cases
    assert 0.02 < sum(case.returned for case in found) / COUNT < 0.07
    assert 0.02 < sum(case.reworked for case in found) / COUNT < 0.07
    assert sum(task.state == "returned" for task in tasks) == sum(case.returned for case in found)
    states = Counter(case.state for case in found)
    assert states["90"] > 0.9 * COUNT
    assert set(states) >= {"40", "50", "60", "80", "90"}  # intake lasts minutes: whether one of so few is in it at the end is chance
    overdue = [case for case in found if case.state == "50" and case.due_handle and case.due_handle < UNTIL]
    assert overdue
    assert not [case for case in overdue if case.priority in ("P1", "P2") and (UNTIL - case.reported_at).days > 14]


def test_nothing_lies_after_the_year_and_acts_follow_one_another(cases):
    stages = ("reported_at", "done_accept", "done_file", "done_dispatch", "done_sign", "done_handle", "done_check", "done_close")
    for case in cases[0]:
        passed = [at for stage in stages if (at := getattr(case, stage)) is not None]
        assert passed == sorted(passed)
        assert passed[-1] <= UNTIL


def test_all_main_classes_come_up(cases):
    groups = Counter(case.category[:2] for case in cases[0])
    assert set(groups) >= {f"{number:02d}" for number in range(1, 14)} | {"15", "16", "99"}


def test_who_checks_did_not_handle_and_urgent_ones_have_a_photo(cases):
    for case in cases[0]:
        assert len(case.handler_ids) == len(set(case.handler_ids))
        assert case.lead_org is None or case.done_dispatch is not None
