"""Base maps as an administrator sets them: named refusals, a sealed key, one version for all."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from console.domain.basemap import MAPS_MAX, Basemap
from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.people import Actor
from console.net.vault import Vault
from console.service.basemaps import Basemaps, KeptMap
from console.store import settings, tables
from tests.plugins.halls import ADMIN

OTHERS = Actor(1, "值班员", 2, 2, "/1/2/", frozenset({"R02", "R04", "R17", "R19"}), "A1", "person", "x", level=3)
STREETS = Basemap("街道", ("https://tiles.example/vec_w/wmts?tk={key}",))
PLAIN = Basemap("影像", ("https://tiles.example/{z}/{x}/{y}.jpg",), night="dim", datum="gcj02", least=3, most=16)


@pytest.fixture
def service(town, tmp_path):
    return Basemaps(town.desk, Vault.in_file(tmp_path))


def test_what_was_set_is_there_for_everybody_without_its_key(service, town):
    shelf = service.save(ADMIN, 0, KeptMap(0, STREETS), "tk-123")
    shelf = service.save(ADMIN, shelf.version, KeptMap(0, PLAIN), "")
    found = service.listed(OTHERS)
    assert found == shelf and [one.basemap.name for one in found.maps] == ["街道", "影像"]
    assert found.maps[1].basemap == PLAIN
    assert service.key_of(OTHERS, found.maps[0]) == "tk-123" and service.key_of(OTHERS, found.maps[1]) == ""
    with town.store.read() as unit:
        assert "tk-123" not in str(settings.value(unit, "basemaps"))


def test_an_empty_key_stays_what_it_is_and_a_map_without_a_place_for_it_forgets_it(service):
    first = service.save(ADMIN, 0, KeptMap(0, STREETS), "tk-123")
    kept = replace(first.maps[0], basemap=replace(first.maps[0].basemap, name="道路"))
    second = service.save(ADMIN, 1, kept, "")
    assert (second.maps[0].id, second.maps[0].basemap.name, service.key_of(ADMIN, second.maps[0])) == (kept.id, "道路", "tk-123")
    third = service.save(ADMIN, 2, replace(kept, basemap=PLAIN), "")
    assert third.maps[0].sealed == "" and not third.maps[0].lacks_key
    assert KeptMap(1, STREETS).lacks_key


def test_what_is_wrong_is_named_and_nothing_is_written(service, tmp_path):
    service.save(ADMIN, 0, KeptMap(0, STREETS), "k")
    for kept, key, field, code in [
        (KeptMap(0, replace(PLAIN, name="街道")), "", "map_name", "name_taken"),
        (KeptMap(0, replace(PLAIN, layers=("http://h/{z}",))), "", "map_layers", "no_numbers"),
        (KeptMap(0, replace(PLAIN, layers=(str(tmp_path / "no.mbtiles"),))), "", "map_layers", "no_map_file"),
        (KeptMap(0, PLAIN), "a b", "map_key", "plain_letters"),
    ]:
        with pytest.raises(Invalid) as said:
            service.save(ADMIN, 1, kept, key)
        assert (said.value.field, said.value.code) == (field, code)
    with pytest.raises(Stale):
        service.save(ADMIN, 0, KeptMap(0, PLAIN), "")
    for wrong in (lambda: service.save(ADMIN, 1, KeptMap(7, PLAIN), ""), lambda: service.remove(ADMIN, 1, 7)):
        with pytest.raises(Missing):
            wrong()
    assert service.listed(ADMIN).version == 1


def test_only_the_administrator_sets_them(service):
    assert service.may(ADMIN) and not service.may(OTHERS)
    for wrong in (lambda: service.save(OTHERS, 0, KeptMap(0, PLAIN), ""), lambda: service.remove(OTHERS, 0, 1)):
        with pytest.raises(Denied):
            wrong()


def test_there_is_a_most_and_what_is_removed_is_gone(service):
    for number in range(MAPS_MAX):
        service.save(ADMIN, number, KeptMap(0, replace(PLAIN, name=f"图 {number}")), "")
    with pytest.raises(Refused) as said:
        service.save(ADMIN, MAPS_MAX, KeptMap(0, PLAIN), "")
    assert said.value.code == "too_many_maps"
    shelf = service.remove(ADMIN, MAPS_MAX, 1)
    assert [one.id for one in shelf.maps] == list(range(2, MAPS_MAX + 1))


def test_one_that_was_removed_comes_back_with_its_key(service):
    gone = service.save(ADMIN, 0, KeptMap(0, STREETS), "tk-123").maps[0]
    service.remove(ADMIN, 1, gone.id)
    back = service.save(ADMIN, 2, replace(gone, id=0), "").maps[0]
    assert (back.basemap.name, service.key_of(ADMIN, back)) == ("街道", "tk-123")


def test_each_act_leaves_its_journal_line_without_an_address(service, town):
    service.save(ADMIN, 0, KeptMap(0, STREETS), "tk-123")
    service.remove(ADMIN, 1, 1)
    with town.store.read() as unit:
        j = tables.journal.c
        lines = unit.rows(select(j.op, j.actor, j.ref, j.version, j.facts).where(j.kind == "basemap").order_by(j.id))
    assert [tuple(line) for line in lines] == [("set", 20, 1, 1, {"name": "街道"}), ("remove", 20, 1, 2, {"name": "街道"})]
