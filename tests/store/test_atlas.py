"""Boundaries, grids and centres come back as they were put in."""

from console.store import atlas
from tests.make import CENTRES, DIVISIONS, GRIDS


def test_the_town_comes_back_whole_and_in_order(town):
    with town.store.read() as unit:
        assert atlas.centres(unit) == CENTRES
        assert atlas.divisions(unit) == tuple(sorted(DIVISIONS, key=lambda area: area.code))
        assert atlas.grids(unit) == GRIDS


def test_putting_nothing_is_nothing(store):
    with store.write() as unit:
        atlas.put_divisions(unit, ())
        atlas.put_grids(unit, ())
        atlas.put_centres(unit, ())

    with store.read() as unit:
        assert (atlas.centres(unit), atlas.divisions(unit), atlas.grids(unit)) == ((), (), ())
