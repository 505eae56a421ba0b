"""Who is to blame where areas do not tile: the one that changed."""

from console.domain.place import rings_of
from console.geo.tiling import Family, blames


def box(west, south, east, north):
    return rings_of([[(west, south), (east, south), (east, north), (west, north), (west, south)]])


PARENT = box(115.2, 36.1, 115.22, 36.11)
WEST, EAST = box(115.2, 36.1, 115.21, 36.11), box(115.21, 36.1, 115.22, 36.11)
WIDE, NARROW, OUT = box(115.2, 36.1, 115.211, 36.11), box(115.2, 36.1, 115.209, 36.11), box(115.199, 36.1, 115.21, 36.11)


def told(areas, changed, parent=PARENT, *, is_whole=True):
    return [(one.code, one.problem, one.others) for one in blames([Family("P", parent, areas, is_whole)], changed)]


def test_areas_that_tile_are_to_blame_for_nothing():
    assert told({"1": WEST, "2": EAST}, {"1", "2", "P"}) == []


def test_the_one_that_changed_overlaps_the_other():
    assert told({"1": WIDE, "2": EAST}, {"1"}) == [("1", "areas_overlap", ("2",))]
    assert told({"1": WIDE, "2": EAST}, {"2"}) == [("2", "areas_overlap", ("1",))]


def test_a_gap_and_a_reach_over_the_border_are_laid_at_its_door():
    assert told({"1": NARROW, "2": EAST}, {"1"}) == [("1", "area_gap", ("2",))]
    assert told({"1": OUT, "2": EAST}, {"1"}) == [("1", "area_outside", ())]


def test_where_the_parent_changed_it_is_the_parent():
    small = box(115.2, 36.1, 115.215, 36.11)
    assert told({"1": WEST, "2": EAST}, {"P"}, small) == [("P", "area_outside", ("2",))]


def test_what_was_wrong_before_is_not_told():
    assert told({"1": WIDE, "2": EAST, "3": WEST}, set()) == []


def test_a_family_of_which_some_have_no_outline_has_no_gaps():
    assert told({"1": NARROW, "2": EAST}, {"1"}, is_whole=False) == []


def test_reaches_of_one_area_are_summed():
    both = rings_of([[(115.199, 36.1), (115.221, 36.1), (115.221, 36.11), (115.199, 36.11), (115.199, 36.1)]])
    (one,) = blames([Family("P", PARENT, {"1": both}, True)], {"1"})
    assert round(one.area_m2 / (2 * 89.84 * 1111.95), 2) == 1.0


def test_the_check_hears_how_far_it_is():
    heard = []
    blames([Family("P", PARENT, {"1": WEST, "2": EAST}, True)] * 4, {"1"}, heard.append, count=4)
    assert heard == [0.25, 0.5, 0.75, 1.0]
