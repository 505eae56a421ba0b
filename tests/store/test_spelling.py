"""Initials beside names: what is missing, what is kept, and how well a name fits."""

from console.domain.search import name_query
from console.store import atlas, spelling
from tests.make import GRIDS


def test_names_without_initials_are_missing_until_they_are_kept(town):
    with town.store.write() as unit:
        names = dict.fromkeys((name for name, _ in spelling.missing(unit, 100)), "x")
        assert "仓颉村" in names
        spelling.keep(unit, names)
        spelling.keep(unit, names)
        following = {name for name, _ in spelling.missing(unit, 100)}

    assert following == {grid.name for grid in GRIDS}


def test_persons_are_told_from_places(town):
    with town.store.write() as unit:
        while (found := spelling.missing(unit, 100)) and not found[0][1]:
            spelling.keep(unit, dict.fromkeys((name for name, _ in found), "x"))

    assert ("值班员甲", True) in found


def test_the_best_fit_stands_first(town):
    with town.store.write() as unit:
        spelling.keep(unit, {"仓颉村": "cjc", "元村镇": "ycz"})
        by_letters = atlas.named(unit, name_query("cj"))
        by_name = atlas.named(unit, name_query("村"))

    assert [place.name for place in by_letters] == ["仓颉村"]
    assert [place.name for place in by_name] == ["元村镇", "仓颉村", "仓颉村第一网格", "仓颉村第二网格"]


def test_no_more_than_wanted(town):
    with town.store.read() as unit:
        assert len(atlas.named(unit, name_query("村"), 3)) == 3
