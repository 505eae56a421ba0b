"""Kept walls as words: single cameras, carousels, and whatever somebody's hand has made of them."""

import pytest

from console.domain.errors import Invalid
from console.domain.saved_wall import Step, WallTour, check_dwell, read_steps, read_tiles, write_steps, write_tiles


def test_tiles_are_written_and_read_alike():
    tiles = ((Step(301),), (), (Step(7, 10), Step(8, 20)), ())
    assert write_tiles(tiles) == "301 0 7:10,8:20 0"
    assert read_tiles("301 0 7:10,8:20 0") == tiles


def test_a_preset_is_written_with_its_step_whatever_its_name():
    steps = (Step(7, 10, "大门 , @:2"), Step(8, 0, "3"))
    assert "," not in write_steps(steps[:1])
    assert read_tiles(write_tiles((steps,))) == (steps,)
    assert read_steps("301:30@大门") == (Step(301, 30, "大门"),)


@pytest.mark.parametrize(
    ("text", "refs"),
    [("", []), ("x ² -3", [[], [], []]), ("5 5 6:9,5:9", [[5], [], [6]]), ("7:x", [[7]]), (" ".join(["0"] * 99), [[]] * 64)],
)
def test_what_cannot_be_read_is_empty_and_a_camera_hangs_once(text, refs):
    assert [[step.ref for step in steps] for steps in read_tiles(text)] == refs


def test_a_tour_names_its_walls():
    assert WallTour(1, 2, 3, "夜巡", "4:20 9:30").walls == (Step(4, 20), Step(9, 30))
    assert write_steps(read_steps("4:20,9:30")) == "4:20,9:30"


@pytest.mark.parametrize("steps", [(Step(1, 2),), (Step(1, 601),), (Step(1, 0),), tuple(Step(n, 10) for n in range(1, 22))])
def test_a_step_stays_between_three_seconds_and_ten_minutes_and_there_are_twenty_at_most(steps):
    with pytest.raises(Invalid):
        check_dwell(steps)
    check_dwell((Step(1, 3), Step(2, 600)))
