"""Filling a database with the demo: once, whole, and never over somebody's real data."""

import functools
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from console.demo import prepare as preparing
from console.demo.city import build_city
from console.demo.prepare import WHOLE, Plan, prepare, tell_cameras
from console.domain.clock import HandClock, SystemClock
from console.domain.errors import Refused
from console.domain.people import OrgUnit
from console.net import totp
from console.service.people import People
from console.store import migrate, settings, tables
from console.store.files import Files
from console.store.store import Store
from tests import retold
from tests.make import CODES, ROOT, START, Town

RESOURCES = ROOT / "resources"
CITY_OF = functools.cache(lambda seed, scale: build_city(RESOURCES, CODES, seed, scale))


@pytest.fixture
def store(engine_url):
    opened = Store.open(engine_url)
    migrate.upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def make(store, tmp_path):
    said = []

    def make(seed=7, reports=6, scale="county", cases=40):
        plan = Plan(seed, "demo", reports=reports, scale=scale, cases=cases)
        return prepare(store, RESOURCES, CODES, Files(tmp_path / "files"), plan, say=lambda *told: said.append(told))

    make.said = said
    return make


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    """The county takes a second to build; every test here may have the same one."""
    monkeypatch.setattr(preparing, "build_city", lambda resources, codes, seed, scale, tick: CITY_OF(seed, scale))


def broken_off():
    raise KeyboardInterrupt


def count(store, table):
    with store.read() as unit:
        return unit.scalar(select(func.count()).select_from(table))


def test_it_fills_an_empty_database_and_says_what_it_does(store, make):
    assert make()
    assert count(store, tables.grid) > 1_000
    assert count(store, tables.case) == 6
    shares = [share for _, share in make.said]
    assert shares == sorted(shares)
    assert (shares[0], make.said[-1]) == (0.0, ("Ready", WHOLE))


def test_the_second_time_it_does_nothing(store, make):
    make()
    make.said.clear()
    before = [count(store, table) for table in (tables.case, tables.user, tables.journal)]
    assert not make()
    assert [count(store, table) for table in (tables.case, tables.user, tables.journal)] == before
    assert make.said == []


def test_what_is_added_afterwards_gets_ids_of_its_own(store, make):
    make(reports=0)
    with store.write() as unit:
        org = unit.add(tables.org, OrgUnit(0, "410923-NEW", "department", 3, "410923000000", None, "新单位", "13800000999", 1))
    assert org.id == count(store, tables.org)


def test_a_real_halls_database_is_refused_and_left_as_it_is(store, make):
    Town(store)
    before = [count(store, table) for table in (tables.centre, tables.user, tables.setting)]
    with pytest.raises(Refused) as refused:
        make()
    assert refused.value.code == "not_a_demo"
    assert [count(store, table) for table in (tables.centre, tables.user, tables.setting)] == before


def test_a_demo_of_another_seed_is_refused_with_its_seed(make):
    make(seed=7, reports=0)
    with pytest.raises(Refused) as refused:
        make(seed=8)
    assert (refused.value.code, refused.value.facts["seed"]) == ("other_demo", 7)


def test_a_county_broken_off_leaves_nothing_behind(store, make, monkeypatch):
    write = preparing._write
    monkeypatch.setattr(preparing, "_write", lambda *given: (write(*given), broken_off()))
    with pytest.raises(KeyboardInterrupt):
        make()
    assert count(store, tables.org) == 0
    monkeypatch.setattr(preparing, "_write", write)
    assert make(reports=0)


def test_a_start_broken_off_before_its_morning_gets_it_the_next_time(store, make):
    make(reports=0)
    with store.write() as unit:
        unit.run(tables.setting.delete().where(tables.setting.c.name == "demo_morning"))
    assert make(reports=6)
    assert count(store, tables.case) == 6
    assert not make()


def test_cameras_get_the_addresses_of_today(store, make):
    make(reports=0)
    for port in (1, 2):
        tell_cameras(store, {"C301": (f"rtsp://127.0.0.1:{port}/C301/sub", f"rtsp://127.0.0.1:{port}/C301/main"), "none": ("", "")})
    with store.read() as unit:
        rows = unit.rows(select(tables.camera_address))
        assert settings.value(unit, "demo") == {"version": preparing.VERSION, "seed": 7, "scale": "county"}
    assert [(row.sub, row.main) for row in rows] == [("rtsp://127.0.0.1:2/C301/sub", "rtsp://127.0.0.1:2/C301/main")]


def test_a_demo_of_another_size_or_an_older_program_is_refused(store, make):
    make(reports=0)
    with pytest.raises(Refused) as refused:
        make(scale="city")
    assert (refused.value.code, refused.value.facts["scale"]) == ("other_scale", "county")
    with store.write() as unit:
        settings.keep(unit, "demo", {"version": 1, "seed": 7})
    with pytest.raises(Refused) as refused:
        make()
    assert refused.value.code == "other_scale"


def test_the_city_has_its_year_its_morning_and_its_registers(store, make):
    assert make(scale="city")
    assert count(store, tables.grid) == 16_385
    assert count(store, tables.camera) == 20_000
    assert count(store, tables.key_site) == 715
    assert count(store, tables.case) == pytest.approx(46, abs=6)
    retold.check(SimpleNamespace(store=store, clock=SystemClock()))
    with store.read() as unit:
        assert settings.value(unit, "demo_year")["made"] == 27
    assert not make(scale="city")


def test_a_year_broken_off_goes_on_where_it_stopped(store, make, monkeypatch):
    put, stretch = preparing.bulk.put, []

    def broken(unit, block):
        stretch.append(block.table)
        if stretch.count("journal") == 9:
            broken_off()
        put(unit, block)

    monkeypatch.setattr(preparing.bulk, "put", broken)
    with pytest.raises(KeyboardInterrupt):
        make(scale="city", reports=0)
    with store.read() as unit:
        known = settings.value(unit, "demo_year")
    assert known["made"] == 8
    monkeypatch.setattr(preparing.bulk, "put", put)
    assert make(scale="city", reports=0, cases=9_999), "the first wish holds"
    retold.check(SimpleNamespace(store=store, clock=SystemClock()))
    with store.read() as unit:
        assert settings.value(unit, "demo_year") == {**known, "made": 27}
    assert count(store, tables.case) == pytest.approx(40, abs=6)


def test_a_year_begun_by_a_program_that_made_another_one_is_not_gone_on_with(store, make, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(preparing, "_play_morning", lambda *_: broken_off())
        with pytest.raises(KeyboardInterrupt):
            make(scale="city", reports=0)
    with store.write() as unit:
        known = settings.value(unit, "demo_year")
        settings.keep(unit, "demo_year", {**{name: known[name] for name in known if name != "parts"}, "made": 8})
    with pytest.raises(Refused) as refused:
        make(scale="city", reports=0)
    assert refused.value.code == "other_scale"


def test_photos_of_the_year_lie_in_the_store(store, make, tmp_path):
    make(scale="city", reports=0)
    with store.read() as unit:
        names = {row[0] for row in unit.rows(select(tables.attachment.c.sha256))}
    assert names
    assert all(Files(tmp_path / "files").path(name).is_file() for name in names)


def test_the_county_has_no_year(store, make):
    make(reports=0)
    assert count(store, tables.case) == 0


def test_those_who_need_a_second_factor_have_the_one_of_the_notes(store, tmp_path):
    secret = "DEMODEMODEMODEMODEMODEMODEMODEMO"
    plan = Plan(7, "demo", reports=0, factor=secret)
    prepare(store, RESOURCES, CODES, Files(tmp_path / "files"), plan, say=lambda *_: None)
    people = People(store, HandClock(START))

    for login, role in (("director", "R17"), ("admin", "R22"), ("auditor", "R19"), ("approver", "R15")):
        assert people.sign_in(login, "demo", code=totp.code_now(secret, START)).actor.roles == frozenset({role})
    assert people.sign_in("duty", "demo").actor.login == "duty"
