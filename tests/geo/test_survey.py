"""A check of map files names every broken area, with its kind, and only those; a clean copy has nothing to say."""

import numpy as np
import pytest

from console.domain.boundary import Columns
from console.domain.datum import from_wgs84
from console.domain.frame import Frame, belt, frame_of
from console.domain.place import Point, rings_of
from console.geo import frames
from console.geo.esri import write_shapefile
from console.geo.layers import read_layer
from console.geo.naming import Known
from console.geo.shapes import shape_of
from console.geo.survey import Wanted, check
from tests.geo.mapfiles import broken_copy, county, feature, known, mapped, town_grids, write


def said(checked):
    found = {}
    for one in checked.findings:
        found.setdefault(one.code, set()).add(one.problem)
    return found


def checked(path, ground=None, wanted=None):
    return check([read_layer(path)], ground or known(), wanted or Wanted())


def belted(features, frame: Frame):
    def turn(lon, lat):
        return frames.from_wgs84(np.array([[lon, lat]]), frame)[0].tolist()

    return mapped(features, turn)


def test_a_broken_copy_of_the_grids_is_reported_grid_by_grid(tmp_path):
    broken = broken_copy()

    found = checked(write(tmp_path / "grids.geojson", broken.features))

    assert said(found) == broken.expected
    numbers = {one.code: one.feature for one in found.findings if one.problem != "not_in_file"}
    codes = [each["properties"]["code"] for each in broken.features]
    assert all(codes[number - 1] == code for code, number in numbers.items())
    assert found.features == len(broken.features)
    assert [change.code for change in found.changes] == [broken.mended]  # all else that changed is broken


def test_a_clean_copy_has_nothing_to_say(tmp_path):
    found = checked(write(tmp_path / "grids.geojson", list(town_grids().values())))

    assert (found.findings, found.changes, found.held) == ((), (), ())
    assert found.unchanged == found.features == len(town_grids())


def test_the_whole_goes_out_as_a_shapefile_and_comes_back_unchanged(tmp_path):
    land = county()
    areas = [({"code": grid.code, "name": grid.name, "parent": grid.division}, grid.rings) for grid in land.grids]
    areas += [({"code": one.code, "name": one.name, "parent": one.parent}, one.rings) for one in land.divisions if one.rings]
    write_shapefile(tmp_path / "all.shp", areas)

    found = checked(tmp_path / "all.shp")

    assert (found.findings, found.changes) == ((), ())
    assert found.unchanged == len(areas)


def test_a_first_import_takes_every_grid(tmp_path):
    ground = Known(known().divisions, {})

    found = checked(write(tmp_path / "grids.geojson", list(town_grids().values())), ground)

    assert found.findings == ()
    assert {change.code for change in found.changes} == set(town_grids())
    assert all(change.is_new for change in found.changes)


def test_two_grids_that_share_a_border_anew_are_a_change(tmp_path):
    """The border between two neighbours is moved: both change, together they hold what they held."""
    village = next(code for code in known().divisions if code.startswith("410922100") and known().divisions[code].level == 5)
    grids = [grid for grid in county().grids if grid.division == village]
    shapes = [shape_of(grid.rings) for grid in grids]
    first, second = next((a, b) for a in range(len(grids)) for b in range(a) if shapes[a].intersection(shapes[b]).length > 0)
    whole = shapes[first].union(shapes[second])
    if whole.geom_type != "Polygon" or whole.interiors:
        pytest.fail("the two were to make one plain area")
    west, south, east, north = whole.bounds
    middle = (west + east) / 2
    left = whole.intersection(shape_of(rings_of([[(west, south), (middle, south), (middle, north), (west, north), (west, south)]])))
    right = whole.difference(left)
    features = []
    for grid, shape in ((grids[first], left), (grids[second], right)):
        rings = [list(map(list, part.exterior.coords)) for part in getattr(shape, "geoms", [shape])]
        one = feature(grid.code, grid.name, grid.division, rings_of([[(0, 0), (0, 1), (1, 1), (0, 0)]]))
        one["geometry"] = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
        features.append(one)

    found = checked(write(tmp_path / "two.geojson", features))

    assert found.findings == ()
    assert {change.code for change in found.changes} == {grids[first].code, grids[second].code}
    assert all(change.before and change.rings != change.before for change in found.changes)


def test_a_name_alone_may_change(tmp_path):
    grids = town_grids()
    code = next(iter(grids))
    grids[code]["properties"]["name"] = "东关第一网格"

    found = checked(write(tmp_path / "grids.geojson", [grids[code]]))

    (change,) = found.changes
    assert (change.name, change.was_name) == ("东关第一网格", known().grids[code].name)
    assert change.rings == change.before


def test_of_a_village_with_a_broken_grid_nothing_is_taken_and_the_sound_ones_are_named_as_held(tmp_path):
    ground = Known(known().divisions, {})
    grids = town_grids()
    village = next(iter(grids))[:12]
    own = [code for code in grids if code.startswith(village)]
    grids[own[0]]["geometry"]["coordinates"] = [[[0, 0], [1, 1], [0, 0]]]

    found = checked(write(tmp_path / "grids.geojson", list(grids.values())), ground)

    assert set(found.held) | {own[0]} == set(own)
    assert {change.code for change in found.changes} == set(grids) - set(own)


@pytest.mark.parametrize("said_as", ["gcj02", "bd09"])
def test_a_file_in_another_datum_than_it_says_is_found_out_and_the_right_one_named(tmp_path, said_as):
    def turn(lon, lat):
        spot = from_wgs84(Point(lon, lat), said_as)
        return spot.lon, spot.lat

    path = write(tmp_path / "grids.geojson", mapped(list(town_grids().values()), turn))

    wrong = checked(path)
    right = checked(path, wanted=Wanted(frame_of(said_as)))

    assert [(one.problem, one.feature, one.facts) for one in wrong.findings] == [("wrong_datum", 0, {"known": "wgs84", "fits": said_as})]
    assert wrong.changes == ()
    assert (right.findings, right.changes) == ((), ())


def test_a_first_import_in_another_datum_is_found_out_by_the_villages(tmp_path):
    def turn(lon, lat):
        spot = from_wgs84(Point(lon, lat), "gcj02")
        return spot.lon, spot.lat

    path = write(tmp_path / "grids.geojson", mapped(list(town_grids().values()), turn))
    found = checked(path, Known(known().divisions, {}))
    assert [(one.problem, one.facts["fits"]) for one in found.findings] == [("wrong_datum", "gcj02")]


@pytest.mark.parametrize("frame", [belt(114), belt(114, with_zone=True), belt(117), belt(117, with_zone=True)])
def test_survey_belts_with_and_without_their_zone_are_read(tmp_path, frame):
    path = write(tmp_path / "grids.geojson", belted(list(town_grids().values()), frame), crs=f"urn:ogc:def:crs:EPSG::{frame.code[5:]}")

    found = checked(path)

    assert (found.findings, found.changes) == ((), ())
    assert found.frames == {"grids.geojson": frame.code}


def test_a_belt_whose_eastings_name_another_zone_is_refused(tmp_path):
    path = write(tmp_path / "grids.geojson", belted(list(town_grids().values()), belt(114, with_zone=True)), crs="")
    found = checked(path, wanted=Wanted(belt(117)))
    assert [(one.problem, one.facts) for one in found.findings] == [("belt_differs", {"value": "38 (114°E)", "known": "117°E"})]


def test_the_wrong_belt_is_found_out(tmp_path):
    path = write(tmp_path / "grids.geojson", belted(list(town_grids().values()), belt(114)), crs="")
    found = checked(path, wanted=Wanted(belt(117)))
    assert ("wrong_datum", {"known": "epsg:4548", "fits": "epsg:4547"}) in [(one.problem, one.facts) for one in found.findings]


@pytest.mark.parametrize(
    ("crs", "problem"), [("", "datum_unsaid"), ("EPSG:2382", "unknown_frame"), ("EPSG:4547", "degrees_not_metres")]
)
def test_a_file_of_unsaid_unknown_or_impossible_numbers_is_refused(tmp_path, crs, problem):
    found = checked(write(tmp_path / "grids.geojson", list(town_grids().values()), crs=crs))
    assert [(one.problem, one.severity, one.feature) for one in found.findings] == [(problem, "refused", 0)]
    assert found.features == len(town_grids())


def test_metres_that_are_said_to_be_degrees_are_refused(tmp_path):
    found = checked(write(tmp_path / "grids.geojson", belted(list(town_grids().values()), belt(114))))
    assert [one.problem for one in found.findings] == ["metres_not_degrees"]


def test_swapped_eastings_and_northings_are_put_right(tmp_path):
    turned = [
        {**one, "geometry": {**one["geometry"], "coordinates": [[[y, x] for x, y in ring] for ring in one["geometry"]["coordinates"]]}}
        for one in belted(list(town_grids().values()), belt(114))
    ]
    found = checked(write(tmp_path / "grids.geojson", turned, crs="EPSG:4547"))
    assert {one.problem for one in found.findings} == {"swapped_axes"}
    assert (found.changes, found.unchanged) == ((), len(town_grids()))


def test_columns_may_be_named_by_hand(tmp_path):
    features = list(town_grids().values())
    for one in features:
        one["properties"] = {"甲": one["properties"]["code"], "乙": one["properties"]["name"]}
    path = write(tmp_path / "grids.geojson", features)

    guessed = checked(path)
    named = checked(path, wanted=Wanted(columns={"grids.geojson": Columns("甲", "乙")}))

    assert [(one.problem, one.facts) for one in guessed.findings] == [("no_code_column", {"known": "甲, 乙"})]
    assert named.findings == ()
    assert guessed.columns == {"grids.geojson": ("甲", "乙")}


def test_only_areas_within_reach_are_taken(tmp_path):
    village = next(iter(town_grids()))[:12]
    ground = Known(known().divisions, known().grids, known().divisions[village].path)
    found = checked(write(tmp_path / "grids.geojson", list(town_grids().values())), ground)
    assert {one.problem for one in found.findings} == {"not_your_area"}
    assert found.unchanged == sum(code.startswith(village) for code in town_grids())


def test_a_check_hears_how_far_it_is_and_may_be_stopped(tmp_path):
    layer = read_layer(write(tmp_path / "grids.geojson", list(town_grids().values())))
    heard = []
    check([layer], Known(known().divisions, {}), Wanted(), heard.append)
    assert heard == sorted(heard)
    assert 0.9 < heard[-1] <= 1

    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check([layer], known(), Wanted(), stop)
