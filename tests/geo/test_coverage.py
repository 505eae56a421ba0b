"""Areas that should tile their parent: what overlaps, reaches out or is left over is named."""

import pytest

from console.domain.errors import Invalid
from console.domain.place import rings_of
from console.geo.coverage import check_tiling, faults


def box(west, south, east, north):
    return rings_of([[(west, south), (east, south), (east, north), (west, north), (west, south)]])


PARENT = box(115.2, 36.1, 115.22, 36.11)
WEST, EAST = box(115.2, 36.1, 115.21, 36.11), box(115.21, 36.1, 115.22, 36.11)


def refusal(areas, **more):
    with pytest.raises(Invalid) as refused:
        check_tiling("grids.geojson", areas, PARENT, **more)
    assert refused.value.field == "grids.geojson"
    return refused.value


def test_two_halves_tile_their_parent():
    check_tiling("grids.geojson", {"001": WEST, "002": EAST}, PARENT)


def test_halves_that_only_touch_do_not_overlap():
    check_tiling("grids.geojson", {"001": WEST, "002": EAST}, PARENT, tolerance_m2=0.0)


def test_an_overlap_names_both_areas_and_its_size():
    # 0.001° by 0.01° at 36.105° N are 89.84 m by 1 111.95 m.
    found = refusal({"001": box(115.2, 36.1, 115.211, 36.11), "002": EAST})
    assert found.code == "overlapping_areas"
    assert {found.facts["first"], found.facts["second"]} == {"001", "002"}
    assert found.facts["area_m2"] == pytest.approx(89.84 * 1_111.95, rel=1e-3)


def test_the_largest_overlap_is_named_first():
    found = refusal({"001": box(115.2, 36.1, 115.2105, 36.11), "002": EAST, "003": box(115.215, 36.1, 115.22, 36.11)})
    assert {found.facts["first"], found.facts["second"]} == {"002", "003"}


def test_a_reach_over_the_border_names_the_area():
    found = refusal({"001": WEST, "002": box(115.21, 36.1, 115.221, 36.11)})
    assert (found.code, found.facts["area"]) == ("areas_outside", "002")


@pytest.mark.parametrize("areas", [{"001": WEST}, {}])
def test_what_no_area_covers_is_said(areas):
    assert refusal(areas).code == "uncovered_area"


def test_one_square_metre_is_forgiven_and_a_hundred_are_not():
    one_m, hundred_m = 0.01 / 1_111.95 / 1_111.95, 0.01 * 100 / 1_111.95 / 1_111.95  # strips along the middle, 0.01° long
    check_tiling("grids.geojson", {"001": box(115.2, 36.1, 115.21 + one_m * 0.9, 36.11), "002": EAST}, PARENT)
    assert refusal({"001": box(115.2, 36.1, 115.21 + hundred_m, 36.11), "002": EAST}).code == "overlapping_areas"


def test_every_fault_is_listed_with_who_is_to_blame():
    areas = {"001": box(115.2, 36.1, 115.2105, 36.11), "002": box(115.21, 36.1, 115.2195, 36.11)}
    areas["003"] = box(115.2198, 36.1, 115.221, 36.11)
    found = faults(areas, PARENT)
    assert [(fault.problem, fault.areas) for fault in found] == [
        ("overlapping_areas", ("001", "002")), ("areas_outside", ("003",)), ("uncovered_area", ("002", "003")),
    ]  # fmt: skip
    # 0.0005°, 0.001° and 0.0003° wide, 0.01° high: 89.84 m a thousandth of a degree by 1 111.95 m.
    assert [fault.area_m2 for fault in found] == pytest.approx([44.92 * 1_111.95, 89.84 * 1_111.95, 26.95 * 1_111.95], rel=1e-3)


def test_a_whole_tiling_has_no_fault():
    assert faults({"001": WEST, "002": EAST}, PARENT, tolerance_m2=0.0) == ()


def test_many_small_gaps_count_together():
    parts = {}
    for number in range(100):
        west = 115.2 + number * 0.0002
        parts[f"{number:03d}"] = box(west, 36.1, west + 0.0002 - 2e-10, 36.11)  # 0.02 m² left free beside each
    found = faults(parts, PARENT)
    assert {fault.problem for fault in found} == {"uncovered_area"}
    assert sum(fault.area_m2 for fault in found) == pytest.approx(100 * 2e-10 * 89_837 * 1_111.95, rel=0.05)
