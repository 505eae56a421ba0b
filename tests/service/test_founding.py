"""The first start of a real hall: its ground and three administrators apart, all of it or nothing, once."""

import threading
from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from console.domain.account import Rules
from console.domain.clock import HandClock
from console.domain.errors import ConsoleError, Denied, Invalid, Refused
from console.domain.people import Actor
from console.net import totp
from console.service.accounts import Accounts, Person
from console.service.desk import Desk
from console.service.founding import Administrator, Founding
from console.service.people import People
from console.store import atlas, migrate, tables
from console.store.store import Store
from tests.make import CODES, ROOT, START

COUNTY, TOWN, VILLAGE, PARK_TOWN = "410923000000", "410923102000", "410923102204", "410971001000"
WORD = "Hongqi7-Lu-Deng"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
THREE = (
    Administrator("R22", "sysadmin", "赵系统", WORD, "13800000001", (SECRET, totp.step_of(START))),
    Administrator("R17", "security", "钱安全", f"{WORD}2"), Administrator("R19", "audit", "孙审计", f"{WORD}3", must_change=True),
)  # fmt: skip


class Empty:
    """A database nobody has used, with what a first start needs."""

    def __init__(self, store):
        migrate.upgrade(store)
        self.store, self.clock = store, HandClock(START)
        self.desk = Desk(store, CODES, self.clock)
        self.founding = Founding(self.desk, Rules(), ROOT / "resources" / "geo")

    def count(self, table):
        with self.store.read() as unit:
            return unit.scalar(select(func.count()).select_from(table))

    def users(self):
        u, c = tables.user.c, tables.centre.c
        with self.store.read() as unit:
            question = select(u.login, u.roles, c.division).join(tables.centre, c.id == u.centre_id)
            return {login: (tuple(held), division) for login, held, division in unit.rows(question)}


@pytest.fixture
def empty(engine_url):
    with closing(Store.open(engine_url)) as store:
        yield Empty(store)


def test_a_county_begins_with_its_ground_and_three_administrators_and_nobody_else(empty):
    founded = empty.founding.found(COUNTY, THREE)

    with empty.store.read() as unit:
        centres, divisions, grids = atlas.centres(unit), atlas.divisions(unit), atlas.grids(unit)
    assert Counter(centre.level for centre in centres) == {2: 1, 3: 1, 4: 12, 5: 329}
    assert [centre.division for centre in centres if centre.intake] == [COUNTY]
    assert (founded.centre.name, founded.centres, founded.grids) == ("南乐县综治中心", 343, len(grids))
    assert {grid.division[:6] for grid in grids} == {"410923"}
    assert len(divisions) == 343
    assert empty.users() == {"sysadmin": (("R22",), COUNTY), "security": (("R17",), COUNTY), "audit": (("R19",), COUNTY)}
    assert [empty.count(table) for table in (tables.camera, tables.case, tables.report, tables.key_site)] == [0, 0, 0, 0]


def test_what_was_made_stands_in_the_journal(empty):
    empty.founding.found(COUNTY, THREE)

    j = tables.journal.c
    with empty.store.read() as unit:
        told = [tuple(row) for row in unit.rows(select(j.op, j.kind, j.ref, j.seat).order_by(j.id))]
    assert told == [
        ("found", "centre", 2, "setup"), ("add", "user", 1, "setup"), ("factor_set", "account", 1, "setup"), ("add", "user", 2, "setup"),
        ("add", "user", 3, "setup"),
    ]  # fmt: skip


def test_who_has_a_factor_signs_in_and_the_others_are_led_to_what_they_lack(empty):
    empty.founding.found(COUNTY, THREE)
    people = People(empty.store, empty.clock)

    with pytest.raises(Denied, match="needs_enrolment"):
        people.sign_in("security", f"{WORD}2")
    with pytest.raises(Denied, match="must_change_password"):
        people.sign_in("audit", f"{WORD}3")
    with pytest.raises(Denied, match="bad_code"):
        people.sign_in("sysadmin", WORD, code=totp.code_now(SECRET, START))  # that code was used to set it up
    empty.clock.at += timedelta(minutes=1)
    session = people.sign_in("sysadmin", WORD, code=totp.code_now(SECRET, empty.clock.now()))
    assert session.centre == "南乐县综治中心"


def test_recovery_codes_open_the_door_once(empty):
    founded = empty.founding.found(COUNTY, THREE)
    assert list(founded.recovery) == ["sysadmin"]
    people = People(empty.store, empty.clock)
    first = founded.recovery["sysadmin"][0]

    assert people.sign_in("sysadmin", WORD, code=first).actor.login == "sysadmin"
    with pytest.raises(Denied, match="bad_code"):
        people.sign_in("sysadmin", WORD, code=first)


def test_the_system_administrator_makes_a_grid_worker_of_a_village(empty):
    empty.founding.found(COUNTY, THREE)
    o = tables.org.c
    with empty.store.read() as unit:
        village = unit.scalar(select(o.id).where(o.division == VILLAGE))
    admin = Actor(1, "赵系统", 2, 2, "/1/2/", frozenset({"R22"}), level=3)

    begun, waits = Accounts(empty.desk).add(admin, "grid001", Person("李网格", "", village, f"{VILLAGE}001"), ("R01",))

    assert (begun.user.id, waits) == (4, False)


def test_roles_that_do_not_sit_in_a_town_sit_at_its_county(empty):
    founded = empty.founding.found(TOWN, THREE)

    assert founded.centre.name == "元村镇综治中心"
    assert empty.users() == {"sysadmin": (("R22",), COUNTY), "security": (("R17",), TOWN), "audit": (("R19",), COUNTY)}
    with empty.store.read() as unit:
        centres, grids = atlas.centres(unit), atlas.grids(unit)
    assert [centre.level for centre in centres[:3]] == [2, 3, 4]
    assert [centre.division for centre in centres if centre.intake] == [TOWN]
    assert {grid.division[:9] for grid in grids} == {TOWN[:9]}


def test_a_town_of_the_park_stands_below_the_urban_district(empty):
    empty.founding.found(PARK_TOWN, THREE)
    with empty.store.read() as unit:
        divisions = [centre.division for centre in atlas.centres(unit)]
    assert divisions[:3] == ["410900000000", "410902000000", PARK_TOWN]


def test_a_hall_begins_once(empty):
    empty.founding.found(VILLAGE, THREE)
    assert not empty.founding.is_open()
    with pytest.raises(Refused, match="hall_exists"):
        empty.founding.found(TOWN, THREE)


def test_of_two_machines_at_once_one_makes_the_hall(engine_url):
    with closing(Store.open(engine_url)) as store:
        one = Empty(store)
        others = store if store.dialect == "sqlite" else Store.open(engine_url)
        machines, start = (one, Empty(others)), threading.Barrier(2)
        ends = []

        def begin(machine, division):
            def meet(share):
                if share == 0.6:  # the ground is cut, nothing is written yet
                    start.wait(30)

            try:
                ends.append(machine.founding.found(division, THREE, meet).centre.division)
            except ConsoleError as refused:
                ends.append(refused.code)

        threads = [threading.Thread(target=begin, args=pair) for pair in zip(machines, (VILLAGE, TOWN), strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        others.close()
        assert len(ends) == 2
        assert "hall_exists" in ends
        assert {VILLAGE, TOWN} & set(ends)


@pytest.mark.parametrize("at", [0.3, 0.7, 0.95, 1.0])
def test_who_stops_leaves_nothing_behind(empty, at):
    def stop(share):
        if share >= at:
            raise Refused("stopped")

    with pytest.raises(Refused, match="stopped"):
        empty.founding.found(VILLAGE, THREE, stop)

    assert empty.founding.is_open()
    assert [empty.count(table) for table in (tables.division, tables.grid, tables.org, tables.journal, tables.setting)] == [0] * 5


@pytest.mark.parametrize(
    ("wanted", "field", "code"),
    [
        (THREE[:2], "roles", "administrators_three"), ((*THREE[:2], THREE[0]), "roles", "administrators_three"),
        ((*THREE[:2], Administrator("R19", "sysadmin", "甲", f"{WORD}3")), "login", "administrators_apart"),
        ((*THREE[:2], Administrator("R19", "Audit", "甲", f"{WORD}3")), "login", "bad_login"),
        ((*THREE[:2], Administrator("R19", "audit", " ", f"{WORD}3")), "name", "needs_text"),
        ((*THREE[:2], Administrator("R19", "audit", "甲", "short")), "password", "password_short"),
        ((*THREE[:2], Administrator("R19", "auditor", "甲", "auditor123")), "password", "password_login"),
    ],
)  # fmt: skip
def test_administrators_who_cannot_be_are_named(empty, wanted, field, code):
    with pytest.raises(ConsoleError) as refused:
        empty.founding.found(COUNTY, wanted)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert empty.founding.is_open()


@pytest.mark.parametrize("division", ["410971000000", "110000000000", ""])
def test_a_division_that_has_no_hall_is_refused(empty, division):
    with pytest.raises(Invalid, match="unknown_code"):
        empty.founding.found(division, THREE)


@pytest.mark.parametrize("sought", ["南乐", "410923", "nlx", "nanlexian", "濮阳 nlx", "NLX"])
def test_a_place_is_found_by_name_code_and_pinyin(sqlite_empty, sought):
    found = [place for place in sqlite_empty.founding.places() if place.matches(sought) and place.level == 3]
    assert [(place.code, place.above) for place in found] == [(COUNTY, "濮阳市")]


def test_every_division_but_the_park_may_have_a_hall(sqlite_empty):
    places = sqlite_empty.founding.places()
    assert Counter(place.level for place in places) == {2: 1, 3: 7, 4: 89, 5: 3_197}


def test_an_offered_factor_is_taken_with_its_first_code(sqlite_empty):
    offer = sqlite_empty.founding.offer("sysadmin")
    assert offer.address.startswith("otpauth://totp/command-console:sysadmin?")
    assert sqlite_empty.founding.first_code(offer.secret, totp.code_now(offer.secret, START)) == totp.step_of(START)
    with pytest.raises(Denied, match="bad_code"):
        sqlite_empty.founding.first_code(offer.secret, "12345")


@pytest.fixture
def sqlite_empty(tmp_path):
    with closing(Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")) as store:
        yield Empty(store)
