"""The staging table of an import on both engines: nothing of it counts before the switch."""

from sqlalchemy import func, select

from console.domain.people import Actor
from console.store import imports, sessions, tables
from console.store.imports import Staged
from console.store.scope import Scope
from tests.make import START

ADMIN = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}))
ONE = Staged(2, "w1", "网格员一", "", 7, 5, ("R01",), "", "contract", None)


def test_staged_people_are_nobody_until_the_switch(town):
    with town.store.write() as unit:
        number = imports.begin(unit, 90, START, 1, "d")
        imports.stage(unit, number, [(ONE, "$start$x")])
        count = select(func.count()).select_from(tables.user).where(tables.user.c.login == "w1")
        assert (imports.staged_count(unit), unit.scalar(count)) == (1, 0)
        assert not imports.clashes(unit, number)
        assert imports.units_stand(unit, number)

        imports.switch(unit, number)
        assert unit.scalar(count) == 1
        assert imports.clashes(unit, number), "a second switch would meet them"
        imports.sweep(unit, number)
        assert imports.staged_count(unit) == 0
        secret = select(tables.secret.c.argon2, tables.secret.c.must_change, tables.secret.c.failures)
        user = select(tables.user.c.id).where(tables.user.c.login == "w1").scalar_subquery()
        assert unit.row(secret.where(tables.secret.c.user_id == user)) == ("$start$x", True, 0)
        sessions.set_secrets(unit, [7], "hash")


def test_a_closed_unit_stops_the_switch(town):
    with town.store.write() as unit:
        number = imports.begin(unit, 90, START, 1, "d")
        imports.stage(unit, number, [(ONE, "$start$x")])
        unit.run(tables.org.update().where(tables.org.c.id == 7).values(closed=True))
        assert not imports.units_stand(unit, number)


def test_the_units_of_an_administrator_are_those_below_and_open(town):
    with town.store.write() as unit:
        unit.run(tables.org.update().where(tables.org.c.id == 4).values(closed=True))
        found = imports.open_units(unit, Scope(ADMIN))

    assert set(found) == {"410923-ZZ", "410923-D10", "410923-D30", "410923102-ZZ", "410923102204-ZZ"}
    assert found["410923102204-ZZ"][1].level == 5


def test_many_logins_are_asked_for_in_parts(town):
    with town.store.read() as unit:
        assert imports.taken(unit, [f"x{number}" for number in range(1_100)] + ["duty"]) == frozenset({"duty"})
