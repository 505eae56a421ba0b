"""What may stay clear in covered pictures: parts of the picture, for a while, never next to all of it."""

import pytest

from console.domain.errors import Invalid
from console.domain.redaction import MOST, Clear, check_clear, clear_share

LEFT_HALF = Clear(0, 0, 0.5, 1, 0, 10)


def refusal(*parts):
    with pytest.raises(Invalid) as wrong:
        check_clear(parts)
    return wrong.value.code


def test_a_part_is_open_from_its_first_second_until_before_its_last():
    part = Clear(0, 0, 0.5, 0.5, 2.0, 4.0)
    assert [part.is_at(at) for at in (1.99, 2.0, 3.99, 4.0)] == [False, True, True, False]


def test_where_parts_overlap_counts_once():
    assert clear_share((LEFT_HALF, Clear(0.25, 0, 0.75, 0.5, 0, 10))) == pytest.approx(0.5 + 0.125)
    assert clear_share((LEFT_HALF, LEFT_HALF)) == pytest.approx(0.5)
    assert clear_share(()) == 0


@pytest.mark.parametrize(
    "part",
    [
        Clear(-0.01, 0, 0.5, 0.5, 0, 1), Clear(0, 0, 1.01, 0.5, 0, 1), Clear(0.5, 0, 0.5, 0.5, 0, 1), Clear(0.6, 0, 0.4, 0.5, 0, 1),
        Clear(0, 0.5, 0.5, 0.505, 0, 1), Clear(0, 0, 0.5, 0.5, 3, 3), Clear(0, 0, 0.5, 0.5, 3, 2), Clear(float("nan"), 0, 0.5, 0.5, 0, 1),
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_picture_or_of_the_time_is_refused(part):
    assert refusal(part) == "outside_picture"


def test_next_to_all_may_not_stay_clear_at_any_moment():
    check_clear((Clear(0, 0, 0.75, 1, 0, 10),))
    assert refusal(Clear(0, 0, 0.76, 1, 0, 10)) == "too_much_clear"
    right = Clear(0.5, 0, 1, 1, 10, 20)
    check_clear((LEFT_HALF, right))  # one after the other
    assert refusal(LEFT_HALF, Clear(0.5, 0, 1, 1, 9.9, 20)) == "too_much_clear"


def test_so_many_parts_and_no_more():
    many = tuple(Clear(0, 0, 0.1, 0.1, number, number + 1) for number in range(MOST))
    check_clear(many)
    assert refusal(*many, LEFT_HALF) == "too_many_clear"
