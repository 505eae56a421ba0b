"""North up: cameras north of a place hang above, east right; by hand for the shapes a wall takes."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.video.compass import north_up
from console.video.wall import COLUMN, LAYOUTS, Slot, Wall, arrange, turned

SQUARE, FLAT, TALL = (1240, 760), (1240, 200), (300, 900)


def hung(bearings, size=SQUARE, wall=None):
    """The cameras of a wall in reading order, None where a tile is empty."""
    ways = {camera: (bearing, 100.0) if bearing is not None else None for camera, bearing in bearings.items()}
    made = (wall or Wall()).for_event(list(bearings), north_up(ways, size))
    return [None if slot is None else slot.camera_id for slot in made.slots[: made.count]]


def test_the_four_corners_hang_in_the_four_corners():
    assert hung({1: 225.0, 2: 135.0, 3: 45.0, 4: 315.0}) == [4, 3, 1, 2]


def test_two_by_two_of_north_east_south_and_west_by_hand():
    """East takes a right tile and west the left one it faces; north stays above, south below."""
    found = hung({1: 0.0, 2: 90.0, 3: 180.0, 4: 270.0})
    assert (found.index(1) < 2, found.index(3) >= 2) == (True, True)
    assert (found.index(2) % 2, found.index(4) % 2) == (1, 0)


def test_three_by_three_is_a_compass():
    """Eight winds round the camera that stands at the place."""
    winds = {1: 315.0, 2: 0.0, 3: 45.0, 4: 270.0}
    assert hung(winds, wall=Wall("9")) == [1, 2, 3, 4, None, None, None, None, None]
    assert hung({5: 90.0, 6: 225.0, 7: 180.0, 8: 135.0}, wall=Wall("9")) == [None, None, None, None, None, 5, 6, 7, 8]
    assert hung({1: None}, wall=Wall("9")) == [None] * 4 + [1] + [None] * 4


def test_one_row_reads_from_west_to_east_and_one_column_from_north_to_south():
    around = {1: 80.0, 2: 170.0, 3: 350.0, 4: 260.0}
    assert hung(around, FLAT) == [4, 3, 2, 1]
    assert hung(around, TALL) == [3, 1, 4, 2]


def test_the_event_column_reads_from_north_to_south_and_the_large_tile_stays_free():
    assert hung({1: 180.0, 2: 100.0, 3: 0.0, 4: 60.0}, wall=Wall(COLUMN)) == [None, 3, 4, 2, 1]


def test_tiles_filled_by_hand_stay_and_the_others_hang_as_near_to_their_side_as_they_can():
    wall = Wall("9").into(2, 99)  # the north-east corner is the officer's
    found = hung({1: 45.0, 2: 225.0}, wall=wall)
    assert found[2] == 99
    assert found.index(1) in (1, 5)
    assert found[6] == 2


def test_a_camera_the_officer_hung_stays_where_it_is():
    assert hung({1: 0.0, 2: 180.0}, wall=Wall().into(3, 1))[3] == 1


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_in_every_layout_nothing_of_the_officer_s_is_touched(name):
    count = LAYOUTS[name].count
    full = Wall(name, tuple(Slot(at + 1, "hand") if at < count else None for at in range(64)))
    assert full.for_event([101, 102, 103, 104], north_up({101: (0.0, 50.0)}, SQUARE)).slots[:count] == full.slots[:count]


@given(st.sampled_from(["4", "9", "16", "1+5", COLUMN]), st.lists(st.floats(0, 359.9), min_size=2, max_size=4, unique=True))
def test_no_two_cameras_would_rather_change_places(name, bearings):
    """Every pair hangs the right way round: changing them would bring neither nearer to its side."""
    wall = Wall(name).for_event(range(len(bearings)), north_up({at: (way, 80.0) for at, way in enumerate(bearings)}, SQUARE))
    boxes = arrange(name, SQUARE)[LAYOUTS[name].column_from :]
    middles = [(box.x + box.width / 2, box.y + box.height / 2) for box in boxes]
    reach = [max(values) - min(values) for values in zip(*middles, strict=True)]
    at = [middles[wall.place_of(camera) - LAYOUTS[name].column_from] for camera in range(len(bearings))]
    for one, bearing in enumerate(bearings):
        for other in range(one):
            east, south = sin(radians(bearing)) - sin(radians(bearings[other])), cos(radians(bearings[other])) - cos(radians(bearing))
            moved = [(a - b) / side if side else 0.0 for a, b, side in zip(at[one], at[other], reach, strict=True)]
            assert moved[0] * east + moved[1] * south >= -1e-6


def test_of_cameras_that_all_stand_to_the_west_the_farthest_hangs_leftmost():
    ways = {1: (270.0, 200.0), 2: (270.0, 900.0), 3: (270.0, 400.0)}
    wall = Wall().for_event(list(ways), north_up(ways, FLAT))
    assert [wall.place_of(camera) for camera in (2, 3, 1)] == [0, 1, 2]


def test_when_the_wall_takes_another_shape_north_stays_up_and_the_officer_s_tile_where_it_is():
    """Flat, four corners read west to east; in a square the northern ones stand above."""
    ways = {1: (225.0, 100.0), 2: (135.0, 100.0), 3: (45.0, 100.0), 4: (315.0, 100.0)}
    flat = Wall().for_event(list(ways), north_up(ways, FLAT)).choose(0)
    seen = flat.slots[0].camera_id
    square = turned(flat, ways, north_up(ways, SQUARE))
    assert [slot.camera_id for slot in square.slots[:4]] == [4, 3, 1, 2]
    assert square.slots[square.chosen].camera_id == seen
    by_hand = flat.into(3, 99)
    assert turned(by_hand, ways, north_up(ways, SQUARE)).slots[3] == Slot(99, "hand")
