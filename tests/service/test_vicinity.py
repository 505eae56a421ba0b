"""Cases round a place: exact distances, a year back, the newest 200 with the count of all, open ones inside an outline."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from console.domain.errors import Invalid
from console.domain.place import Point
from console.domain.vicinity import Circle, Outline
from console.store import tables
from console.store.find import vicinity
from tests.make import SPOT

NORTH = 1 / 111_195  # degrees of a metre


def report(town, metres, category="0601"):
    return town.report(category, lon=SPOT.lon, lat=SPOT.lat + metres * NORTH).case_id


def change(town, case_id, **values):
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(**values))


def history(town, radius_m, login="duty"):
    return town.ask.vicinity.history(town.actor(login), Circle(SPOT, radius_m), town.clock.now())


def test_the_history_of_a_place_ends_at_its_radius(town):
    at, near = report(town, 0), report(town, 49)
    report(town, 51)

    found = history(town, 50)

    assert {(row.id, round(row.distance_m)) for row in found.rows} == {(at, 0), (near, 49)}
    assert found.total == 2


def test_the_history_tells_of_ended_cases_and_reaches_back_a_year(town):
    ended, old = report(town, 1), report(town, 2)
    now = town.clock.now()
    change(town, ended, state="90", reported_at=now - timedelta(days=365))
    change(town, old, reported_at=now - timedelta(days=365, seconds=1))

    found = history(town, 50)

    assert [(row.id, row.state) for row in found.rows] == [(ended, "90")]


def test_the_newest_come_first_and_only_200_of_them_while_all_are_counted(town, monkeypatch):
    monkeypatch.setattr(vicinity, "PAGE", 3)  # read in many pages
    monkeypatch.setattr("console.service.vicinity.MOST", 2)
    made = []
    for metres in range(7):
        made.append(report(town, metres, "0601" if metres < 3 else "0602"))
        town.wait(60)

    found = history(town, 50)

    assert [row.id for row in found.rows] == [made[6], made[5]]
    assert (found.total, dict(found.counts)) == (7, {"P1": 3, town.case(made[6]).priority: 4})


def test_open_cases_inside_an_outline_have_no_distance(town):
    inside, ended = report(town, 100), report(town, 100)
    report(town, 600)
    change(town, ended, state="90")
    corners = tuple(Point(SPOT.lon + x, SPOT.lat + y) for x, y in ((-0.001, -0.001), (0.001, -0.001), (0.0, 0.004)))

    found = town.ask.vicinity.open_cases(town.actor("duty"), Outline(corners))

    assert [(row.id, row.distance_m) for row in found.rows] == [(inside, None)]
    assert found.counts == (("P1", 1),)


def test_open_cases_of_a_circle_are_told_with_their_metres(town):
    case_id = report(town, 250)
    found = town.ask.vicinity.open_cases(town.actor("duty"), Circle(SPOT, 300))
    assert [(row.id, round(row.distance_m)) for row in found.rows] == [(case_id, 250)]


def test_another_county_finds_nothing_at_the_same_place(town):
    report(town, 0)
    assert history(town, 500, "stranger").total == 0


def test_a_circle_wider_than_the_widest_is_refused(town):
    with pytest.raises(Invalid):
        history(town, 3001)
