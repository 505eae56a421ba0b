"""Changes of boundaries in the store: written apart, seen when proposed, taken over whole."""

from dataclasses import replace

import pytest

from console.domain.boundary import AreaChange
from console.domain.boundary_change import BoundaryChange
from console.domain.place import Grid, Point
from console.store import atlas, boundaries, tables
from console.store.find import boundaries as find
from console.store.scope import Scope
from tests.make import DIVISIONS, GRIDS, START, TOWN, VILLAGE, Town

CHANGE = BoundaryChange(0, 4, 16, START, "调整", "grids.shp", 3, 2)
RINGS = (tuple(Point(*spot) for spot in ((115.2, 36.1), (115.205, 36.1), (115.205, 36.11), (115.2, 36.1))),)
PATH = DIVISIONS[4].path
KNOWN = AreaChange(GRIDS[0].code, 6, VILLAGE, PATH, "新名", RINGS, GRIDS[0].name, GRIDS[0].rings)
NEW = AreaChange(f"{VILLAGE}901", 6, VILLAGE, PATH, "学校网格", RINGS)
DIVISION = AreaChange("410923102205", 5, TOWN, f"{DIVISIONS[3].path}410923102205/", "新村", RINGS)


@pytest.fixture
def kept(town: Town) -> Town:
    """A proposal of the town with a changed grid, a new grid and a new village."""
    with town.store.write() as unit:
        change = unit.add(tables.boundary_change, CHANGE)
        boundaries.stage(unit, change.id, [KNOWN, NEW, DIVISION])
    return town


def test_areas_come_back_as_they_were_written(kept):
    with kept.store.read() as unit:
        assert find.areas(unit, Scope(kept.actor("town")), 1) == (KNOWN, NEW, DIVISION)
        assert find.areas(unit, Scope(kept.actor("stranger")), 1) == ()
        assert find.areas(unit, Scope(kept.actor("village")), 1) == ()


def test_what_is_taken_over_is_the_ground(kept):
    with kept.store.write() as unit:
        assert boundaries.moved_since(unit, 1) == ()
        assert boundaries.codes(unit, 1, 2) == (KNOWN.code, NEW.code)
        boundaries.take_over(unit, 1)
    with kept.store.read() as unit:
        new = Grid(NEW.code, "E", 6, VILLAGE, NEW.name, RINGS)
        assert atlas.grids(unit) == (replace(GRIDS[0], name="新名", rings=RINGS), GRIDS[1], new)
        village = next(area for area in atlas.divisions(unit) if area.code == DIVISION.code)
        assert (village.level, village.parent, village.path, village.rings) == (5, TOWN, DIVISION.path, RINGS)
        assert boundaries.moved_since(unit, 1) == (KNOWN.code, NEW.code, DIVISION.code)


def test_an_area_that_has_gone_has_moved(kept):
    with kept.store.write() as unit:
        unit.run(tables.grid.delete().where(tables.grid.c.code == KNOWN.code))
        assert boundaries.moved_since(unit, 1) == (KNOWN.code,)


def test_families_are_the_divisions_whose_borders_are_touched(kept):
    assert boundaries.families([KNOWN, NEW, DIVISION]) == {VILLAGE, TOWN, DIVISION.code}
    with kept.store.read() as unit:
        assert boundaries.waiting_families(unit) == {VILLAGE: 1, TOWN: 1, DIVISION.code: 1}


def test_only_what_never_became_a_proposal_is_forgotten(kept):
    with kept.store.write() as unit:
        staging = unit.add(tables.boundary_change, replace(CHANGE, state="staging"))
        boundaries.stage(unit, staging.id, [NEW])
        for change_id in (1, staging.id):
            boundaries.sweep(unit, change_id)
    with kept.store.read() as unit:
        rows = unit.rows(tables.boundary_area.select().with_only_columns(tables.boundary_area.c.change_id).distinct())
        assert [row[0] for row in rows] == [1]


def test_the_mark_grows_with_every_approved_change(kept):
    with kept.store.write() as unit:
        before = boundaries.mark(unit)
        unit.add(tables.boundary_change, replace(CHANGE, state="approved"))
        assert boundaries.mark(unit) == before + 1


@pytest.mark.parametrize(("login", "seen"), [
    ("town", [1]), ("director", [1]), ("city", [1]), ("village", []), ("stranger", []), ("duty", []),
])
def test_a_change_is_seen_at_its_centre_and_above(kept, login, seen):
    with kept.store.read() as unit:
        assert [row.change.id for row in find.changes(unit, Scope(kept.actor(login)))] == seen


def test_a_list_can_be_narrowed_and_a_change_be_locked(kept):
    with kept.store.write() as unit:
        scope = Scope(kept.actor("town"))
        boundaries.lock(unit)
        assert boundaries.locked(unit, scope, 1) is not None
        assert boundaries.locked(unit, Scope(kept.actor("stranger")), 1) is None
        assert [len(find.changes(unit, scope, only=only)) for only in ("waiting", "approved", "all")] == [1, 0, 1]
        assert [len(find.changes(unit, scope, code=code)) for code in (KNOWN.code, GRIDS[1].code)] == [1, 0]


def test_the_reach_of_a_centre_is_its_division(town):
    with town.store.read() as unit:
        assert find.reach(unit, Scope(town.actor("village"))).path == PATH
        assert find.reach(unit, Scope(replace(town.actor("village"), centre_path="/9/"))) is None
