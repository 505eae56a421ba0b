"""Looking closer: what part is seen, and that it never leaves the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.video.zoom import MOST, STEP, Zoom


def test_three_steps_closer_see_about_half_of_each_side():
    zoom = Zoom(1).closer(3)
    # 1.25 × 1.25 × 1.25 = 1.953125; its half stands in the middle.
    assert zoom.factor == pytest.approx(1.953125)
    assert (zoom.x, zoom.y) == (pytest.approx((1 - 0.512) / 2), pytest.approx((1 - 0.512) / 2))


def test_what_is_under_the_pointer_stays_there():
    zoom = Zoom(1).closer(4, (0.75, 0.25))
    assert zoom.x + 0.75 * zoom.side == pytest.approx(0.75)
    assert zoom.y + 0.25 * zoom.side == pytest.approx(0.25)


def test_as_many_steps_back_show_the_whole_picture():
    assert Zoom(1).closer(5, (0.9, 0.9)).closer(-5).is_whole


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(0, 1), st.floats(0, 1), st.floats(-3, 3)), max_size=12))
def test_the_part_never_leaves_the_picture(moves):
    zoom = Zoom(1)
    for steps, x, y, far in moves:
        zoom = zoom.closer(steps, (x, y)).moved(far, -far)
        assert 1 <= zoom.factor <= MOST
        assert -1e-9 <= zoom.x <= 1 - zoom.side + 1e-9
        assert -1e-9 <= zoom.y <= 1 - zoom.side + 1e-9


def test_a_step_is_a_quarter():
    assert Zoom(1).closer(1).factor == STEP == 1.25
