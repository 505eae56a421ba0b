"""What was found as lines: grouped, counted out so that all fit, told in the seat's language."""

import pytest

from console.domain.search import CaseHit, Found, PlaceHit
from console.domain.spot_text import spots_in
from console.ui.found import MOST, Deed, Item, counted_out, items
from tests.make import CAMERAS, CODES, START

HIT = CaseHit(7, "SJ410923-20261123-000031", "井盖缺失/破损", "0601", "元村镇仓颉路", "P1", "50", START, "title")


def deed(label: str, press: str = "") -> Deed:
    return Deed("x", label, press, lambda: None)


def many(group: str, count: int) -> list[Item]:
    return [Item(group, deed(str(n)), str(n), "", "") for n in range(count)]


def shares(*counts: int) -> list[int]:
    groups = ("cases", "places", "cameras", "people", "commands")
    shown = [item.group for item in counted_out([many(group, count) for group, count in zip(groups, counts, strict=True)])]
    return [shown.count(group) for group in groups]


@pytest.mark.parametrize(
    ("found", "shown"),
    [((0, 0, 0, 0, 0), [0, 0, 0, 0, 0]), ((20, 0, 0, 0, 0), [14, 0, 0, 0, 0]), ((20, 6, 6, 6, 5), [6, 2, 2, 2, 2]),
     ((20, 6, 0, 0, 0), [12, 2, 0, 0, 0]), ((1, 6, 1, 1, 1), [1, 6, 1, 1, 1])],
)  # fmt: skip
def test_every_group_has_room_and_no_more_than_fit_are_shown(found, shown):
    assert shares(*found) == shown
    assert sum(shown) <= MOST


def test_a_case_says_what_where_how_far_when_and_its_number():
    (item,) = items(Found("井盖", cases=(HIT,)), (), CODES)

    assert item.spoken == "井盖缺失/破损  元村镇仓颉路  处置中 · 2026-11-23 · 000031"
    assert (item.priority, item.group) == ("P1", "cases")


def test_a_case_named_by_its_category_is_named_in_english_too(english):
    (item,) = items(Found("manhole", cases=(HIT,)), (), CODES)

    assert item.title == CODES.categories["0601"].en
    assert item.side.startswith(CODES.statuses["50"].en)


def test_places_cameras_and_commands_say_what_they_are():
    found = Found("x", places=(PlaceHit("1", "仓颉村", 5, "元村镇"), PlaceHit("2", "第一网格", 6, "仓颉村")), cameras=CAMERAS[:1])

    spoken = [item.spoken for item in items(found, (deed("x光", "F1"),), CODES)]

    assert spoken == [f"仓颉村  元村镇  {CODES.levels['5'].zh}", "第一网格  仓颉村  网格", "C301  仓颉路西", "x光  F1"]


def test_a_position_is_offered_once_for_each_datum_before_other_places():
    text = "115.029, 35.762"
    found = Found(text, places=(PlaceHit("1", "仓颉村", 5, "元村镇"),), spots=spots_in(text))

    spoken = [item.spoken for item in items(found, (), CODES)]

    assert spoken[:3] == [
        "115.029000, 35.762000  WGS-84、国家2000、天地图  坐标", "115.029000, 35.762000  GCJ-02：高德、腾讯  坐标",
        "115.029000, 35.762000  BD-09：百度  坐标",
    ]  # fmt: skip
    assert spoken[3].startswith("仓颉村")


@pytest.mark.parametrize(
    ("words", "fits"),
    [("派遣台", True), ("遣", True), ("pqt", True), ("PQ", True), ("ctrl+3", True), ("qt", False), ("", False), ("地图", False)],
)
def test_a_command_is_meant_by_its_label_initials_or_key(words, fits):
    assert deed("派遣台", "Ctrl+3").fits(words) is fits
