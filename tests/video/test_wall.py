"""Which camera stands in which tile: the officer's choice, the case's cameras, layouts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.video.wall import COLUMN, LAYOUTS, NONE, Box, Slot, Wall, arrange, chosen_camera, one_more, stream_for


def placed(wall):
    return [None if slot is None else slot.camera_id for slot in wall.slots[: wall.count]]


def filled(*cameras, layout="4", origin="hand"):
    slots = [Slot(camera, origin) if camera else None for camera in cameras]
    return Wall(layout, (*slots, *NONE[len(slots) :]))


def test_a_new_wall_is_two_by_two_and_empty():
    assert placed(Wall()) == [None, None, None, None]


def test_a_camera_by_hand_takes_the_chosen_tile_then_the_first_empty_one_then_the_chosen():
    wall = Wall().choose(2).by_hand(7)
    assert placed(wall) == [None, None, 7, None]
    wall = wall.by_hand(8)
    assert placed(wall) == [8, None, 7, None]
    assert wall.chosen == 0
    full = filled(1, 2, 3, 4).choose(3).by_hand(9)
    assert placed(full) == [1, 2, 3, 9]


def test_a_camera_that_is_open_is_chosen_and_not_opened_twice():
    wall = filled(1, 2).by_hand(2)
    assert placed(wall) == [1, 2, None, None]
    assert wall.chosen == 1


def test_a_camera_hung_into_a_tile_replaces_what_stood_there_and_leaves_its_old_one():
    assert placed(filled(1, 2).into(1, 7)) == [1, 7, None, None]
    assert placed(filled(1, 2).into(0, 2)) == [2, 1, None, None]
    assert placed(filled(1, 2).into(3, 1)) == [None, 2, None, 1]


def test_event_cameras_fill_the_wall():
    wall = Wall().for_event([5, 6, 7, 8])
    assert placed(wall) == [5, 6, 7, 8]
    assert {slot.origin for slot in wall.slots if slot} == {"event"}


def test_event_cameras_never_take_what_the_officer_opened():
    wall = filled(1).for_event([5, 6, 7, 8])
    assert wall.count == 9
    assert placed(wall)[:5] == [1, 5, 6, 7, 8]


def test_the_next_event_takes_the_place_of_the_last_one():
    wall = filled(1).for_event([5, 6, 7, 8]).for_event([6, 11, 12, 13])
    assert sorted(camera for camera in placed(wall) if camera) == [1, 6, 11, 12, 13]


def test_a_camera_the_officer_has_open_stays_where_it_is():
    wall = filled(None, 6).for_event([5, 6])
    assert placed(wall) == [5, 6, None, None]
    assert wall.slots[1].origin == "hand"


def test_a_full_wall_of_hand_tiles_takes_what_fits():
    wall = filled(1, 2, 3, 4, 5, 6, 7, layout="9").for_event([11, 12, 13, 14])
    assert placed(wall) == [1, 2, 3, 4, 5, 6, 7, 11, 12]


def test_an_event_tile_the_officer_calls_becomes_the_officer_s():
    wall = Wall().for_event([5, 6]).by_hand(5).for_event([8])
    assert sorted(camera for camera in placed(wall) if camera) == [5, 8]


def test_a_smaller_layout_closes_gaps_and_keeps_the_rest_out_of_sight():
    wall = filled(1, None, 3, None, 5, 6, layout="9").choose(2).with_layout("4")
    assert placed(wall) == [1, 3, 5, 6]
    assert wall.chosen == 1
    small = wall.with_layout("1")
    assert placed(small) == [1]
    assert (small.waiting, small.seen) == (3, {1})
    assert placed(small.with_layout("4")) == [1, 3, 5, 6]


def test_a_waiting_camera_called_by_hand_comes_into_sight_and_none_is_lost():
    wall = filled(1, 2).with_layout("1").by_hand(2)
    assert placed(wall) == [2]
    assert wall.cameras == {1, 2}


def test_only_the_chosen_tile_is_seen_while_it_is_maximised():
    wall = filled(1, 2).choose(1).toggle_maximised()
    assert wall.seen == {2}
    assert wall.toggle_maximised().seen == {1, 2}
    assert not wall.without(1).is_maximised


def test_a_tile_that_is_not_there_cannot_be_chosen():
    assert Wall().choose(7).chosen == 0


@pytest.mark.parametrize(
    ("count", "size", "columns"),
    [(4, (1920, 1080), 2), (4, (940, 230), 4), (4, (300, 900), 1), (9, (1920, 1080), 3), (1, (700, 500), 1)],
)
def test_tiles_stand_as_the_panel_s_shape_allows_the_largest_pictures(count, size, columns):
    boxes = arrange(str(count), size)
    assert len({box.x for box in boxes}) == columns


def test_two_by_two_in_a_full_hd_window_by_hand():
    # Width 1920: (1920 - 2) / 2 = 959; height 1080: 539 high minus a band of 26 leaves 513: 912 = 57 × 16 wide. The height decides.
    assert arrange("4", (1920, 1080), band=26)[0] == Box((1920 - 912 * 2 - 2) // 2, 0, 912, 539)


@given(st.sampled_from(sorted(LAYOUTS)), st.integers(800, 4000), st.integers(600, 2200))
def test_pictures_are_16_to_9_inside_the_area_and_apart(name, width, height):
    band = 26
    boxes = arrange(name, (width, height), band=band)
    assert len(boxes) == LAYOUTS[name].count
    for box in boxes:
        assert (box.height - band) * 16 == box.width * 9
        assert box.x >= 0 and box.y >= 0
        assert box.x + box.width <= width and box.y + box.height <= height
    for at, box in enumerate(boxes):
        apart = [
            box.x + box.width <= other.x or other.x + other.width <= box.x or box.y + box.height <= other.y
            or other.y + other.height <= box.y for other in boxes[at + 1 :]
        ]  # fmt: skip
        assert all(apart)


@pytest.mark.parametrize(("name", "times"), [("1+5", 2), ("1+7", 3), (COLUMN, 4)])
def test_the_large_tile_is_as_wide_as_the_small_ones_beside_it(name, times):
    large, small, *_ = arrange(name, (1920, 1080))
    # Two pixels stand between tiles, and widths are whole sixteenths.
    assert times * small.width <= large.width <= times * small.width + 2 * (times - 1)


def test_from_nine_tiles_on_a_wall_is_an_overview():
    assert [name for name in LAYOUTS if LAYOUTS[name].is_overview] == ["9", "16", "25", "36", "49", "64"]


def test_in_a_layout_with_a_large_tile_the_chosen_camera_comes_into_it():
    wall = filled(1, 2, 3, 4).choose(2).with_layout("1+5")
    assert placed(wall)[:4] == [3, 2, 1, 4]
    assert (wall.chosen, wall.large) == (0, 0)


def test_a_case_s_cameras_come_into_the_column_and_never_into_the_large_tile():
    wall = Wall(COLUMN).for_event([5, 6, 7, 8])
    assert placed(wall) == [None, 5, 6, 7, 8]
    assert placed(wall.into(0, 1).for_event([9])) == [1, 9, None, None, None]


def test_what_the_officer_hung_into_the_column_stays_and_the_layout_too():
    wall = Wall(COLUMN).into(2, 1).for_event([5, 6, 7, 8])
    assert placed(wall) == [None, 5, 1, 6, 7]
    assert wall.layout == COLUMN


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_in_every_layout_a_case_leaves_what_was_opened_by_hand(name):
    count = LAYOUTS[name].count
    before = filled(*range(1, count + 1), layout=name)
    after = before.for_event([101, 102, 103, 104])
    assert after.slots[:count] == before.slots[:count]


def test_two_tiles_change_places_and_the_moved_one_is_the_officer_s():
    wall = Wall().for_event([5, 6, 7, 8]).swap(0, 3)
    assert placed(wall) == [8, 6, 7, 5]
    assert wall.chosen == 3
    assert [slot.origin for slot in wall.slots[:4]] == ["event", "event", "event", "hand"]
    assert placed(wall.for_event([])) == [None, None, None, 5]


@pytest.mark.parametrize(
    ("height", "is_large", "now", "wanted"),
    [
        (600, True, "sub", "main"), (200, True, "main", "sub"), (245, True, "main", "main"), (245, True, "sub", "sub"),
        (600, False, "main", "sub"), (120, False, "sub", "sub"),
    ],
)  # fmt: skip
def test_the_high_stream_is_for_one_large_picture(height, is_large, now, wanted):
    assert stream_for(height, is_large=is_large, now=now) == wanted


def test_one_more_camera_of_a_case_takes_a_free_tile_and_is_chosen():
    wall = one_more(Wall().for_event([5, 6]), 7, ())
    assert placed(wall) == [5, 6, 7, None]
    assert (wall.chosen, wall.slots[2].origin) == (2, "event")
    assert one_more(wall, 5, ()).chosen == 0


def test_on_a_full_wall_it_takes_the_last_event_tile_that_need_not_stay():
    wall = one_more(filled(1).for_event([5, 6, 7]), 8, {7})
    assert placed(wall) == [1, 5, 8, 7]


def test_where_all_must_stay_the_wall_grows_and_then_nothing_happens():
    wall = one_more(filled(1).for_event([5, 6, 7]), 8, {5, 6, 7})
    assert (wall.count, placed(wall)[:5]) == (9, [1, 5, 6, 7, 8])
    full = filled(*range(1, 10), layout="9")
    assert one_more(full, 10, ()) == full
    assert placed(one_more(filled(1, layout=COLUMN), 8, ())) == [1, 8, None, None, None]


def test_a_case_camera_that_waits_out_of_sight_comes_into_sight_once():
    wall = one_more(filled(5, 6, origin="event").with_layout("1"), 6, ())
    assert placed(wall) == [6]
    assert sorted(slot.camera_id for slot in wall.slots if slot) == [5, 6]


def test_the_chosen_camera_is_the_one_in_the_chosen_tile():
    assert chosen_camera(filled(1, 2).choose(1)) == 2
    assert chosen_camera(filled(1, 2).choose(3)) is None
