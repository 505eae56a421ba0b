"""Codes, names and parents of features against the ground that is known."""

import pytest

from console.domain.boundary import Columns
from console.domain.place import Division
from console.geo.drawn import Drawn, Layer
from console.geo.naming import Known, Register, children, finding
from tests.make import DIVISIONS, GRIDS, TOWN, VILLAGE

KNOWN = Known({one.code: one for one in DIVISIONS}, {one.code: one for one in GRIDS})


def named(*rows, known=KNOWN, columns=None):
    drawn = tuple(Drawn(number, row) for number, row in enumerate(rows, start=1))
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    register = Register(known, columns or {})
    found = register.named([Layer("a.shp", drawn, names)])
    return found, [(one.feature, one.problem) for one in register.found]


def row(code, name="名", **more):
    return {"code": code, "name": name, **more}


def test_a_known_grid_is_named_with_its_place():
    (one,), said = named(row(f"{VILLAGE}001", ""))
    assert said == []
    assert (one.level, one.parent, one.name, one.path) == (6, VILLAGE, "仓颉村第一网格", DIVISIONS[4].path)


def test_a_new_grid_and_a_new_village_in_one_file_know_each_other():
    new = "410923102205"
    found, said = named(row(new), row(f"{new}001"))
    assert said == []
    assert [one.path for one in found] == [f"{DIVISIONS[3].path}{new}/"] * 2


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (row(""), "code_missing"), (row(None), "code_missing"), (row("41092"), "bad_area_code"), (row(f"{VILLAGE}000"), "bad_area_code"),
        (row("420923102204001"), "unknown_parent"), (row(f"{TOWN}001"), "unknown_parent"), (row("410923103001"), "unknown_parent"),
        (row(f"{VILLAGE}001", parent=TOWN), "parent_differs"), (row(VILLAGE, parent=VILLAGE), "parent_differs"),
        (row(f"{VILLAGE}009", ""), "area_without_name"), (row(f"{VILLAGE}009", "长" * 81), "name_long"),
        (row(f"{VILLAGE}009", "坏\x00名"), "name_unreadable"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_name_is_said(given, problem):
    found, said = named(given)
    assert found == ()
    assert said == [(1, problem)]


def test_of_a_code_that_stands_twice_neither_is_taken():
    found, said = named(row(f"{VILLAGE}001"), row(f"{VILLAGE}002"), row(f"{VILLAGE}001"))
    assert [one.code for one in found] == [f"{VILLAGE}002"]
    assert said == [(3, "code_twice")]


def test_outside_the_reach_nothing_is_taken():
    elsewhere = Known(KNOWN.divisions, KNOWN.grids, DIVISIONS[2].path)
    assert named(row(f"{VILLAGE}001"), known=elsewhere)[1] == [(1, "not_your_area")]


def test_a_division_lies_where_it_is_known_to_lie_whatever_its_digits_say():
    zone = Division("410971000000", 3, "开发区", "410902000000", "/410900000000/410902000000/410971000000/")
    known = Known({**KNOWN.divisions, zone.code: zone}, {})
    (one,), said = named(row("410971"), known=known)
    assert (one.parent, one.path, said) == ("410902000000", zone.path, [])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (Columns("编号", "name"), [(0, "no_such_column"), (0, "no_code_column")]),
        (Columns("code"), [(0, "no_name_column")]),
        (Columns("code", "name", "上"), [(0, "no_such_column")]),
    ],
)
def test_columns_that_are_not_there_are_said_with_those_that_are(columns, said):
    assert named(row(f"{VILLAGE}001"), columns={"a.shp": columns})[1] == said


def test_the_areas_in_a_division_are_known():
    found = children(KNOWN)
    assert [one.code for one in found[VILLAGE]] == [grid.code for grid in GRIDS]
    assert [one.code for one in found[TOWN]] == [VILLAGE]
    assert KNOWN.area(VILLAGE).name == "仓颉村"


def test_a_finding_names_its_place():
    (one,), _ = named(row(f"{VILLAGE}001"))
    assert finding(one, "noted", "ring_open", count=1) == finding(("a.shp", 1, f"{VILLAGE}001"), "noted", "ring_open", count=1)
