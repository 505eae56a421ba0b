"""Cameras of villages by hand: six are enough, sums add up to the county, a group's cameras are its village's."""

from console.domain.cover import covers
from console.domain.place import Division
from tests.make import COUNTY, DIVISIONS, TOWN, VILLAGE

OTHER = "410923102205"
GROUP = Division("410923102204001", 6, "一组", VILLAGE, f"/410900000000/{COUNTY}/{TOWN}/{VILLAGE}/410923102204001/")
MORE = (Division(OTHER, 5, "西街村", TOWN, f"/410900000000/{COUNTY}/{TOWN}/{OTHER}/"), GROUP)


def found(cameras, divisions=(*DIVISIONS, *MORE)):
    return {one.code: one for one in covers(divisions, cameras)}


def test_six_cameras_are_enough_and_five_lack_one():
    covered = found({VILLAGE: 6, OTHER: 5})
    assert (covered[VILLAGE].cameras, covered[VILLAGE].lacking) == (6, 0)
    assert (covered[OTHER].cameras, covered[OTHER].lacking) == (5, 1)
    assert (covered[VILLAGE].town, covered[VILLAGE].county) == ("元村镇", "南乐县")


def test_sums_add_villages_and_what_stands_in_the_town_itself():
    covered = found({VILLAGE: 6, OTHER: 5, TOWN: 2})
    for code in (TOWN, COUNTY, "410900000000"):
        assert (covered[code].cameras, covered[code].villages, covered[code].short) == (13, 2, 1)
        assert covered[code].is_sum
        assert covered[code].lacking == 0


def test_a_group_s_cameras_count_for_its_village():
    covered = found({VILLAGE: 4, GROUP.code: 2})
    assert covered[VILLAGE].lacking == 0
    assert GROUP.code not in covered


def test_a_division_without_villages_is_no_sum():
    assert "410922000000" not in found({})


def test_nothing_above_the_area_is_summed():
    assert set(found({VILLAGE: 1}, DIVISIONS[-1:])) == {VILLAGE}
