"""What stays clear in covered pictures: the whole picture is covered, and somebody opens the parts without faces and plates.

It is this way round because what is forgotten stays covered. Nothing looks for faces or plates (handbook G6, G7, 7.1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from console.domain.errors import Invalid

MOST = 40  # parts of one clip
MOST_SHARE = 0.75  # of any one picture: opening it all would be turning the cover off
LEAST_SIDE = 0.01


@dataclass(frozen=True)
class Clear:
    """A part of the picture that stays clear between two seconds; sides are shares of the picture, 0 is left and top."""

    left: float
    top: float
    right: float
    bottom: float
    from_s: float
    to_s: float

    def is_at(self, at_s: float) -> bool:
        """Whether it is open at a second."""
        return self.from_s <= at_s < self.to_s


def clear_share(parts: Iterable[Clear]) -> float:
    """Which share of the picture these parts leave clear together, 0 to 1; where they overlap counts once."""
    there = tuple(parts)
    across = sorted({x for one in there for x in (one.left, one.right)})
    down = sorted({y for one in there for y in (one.top, one.bottom)})
    found = 0.0
    for left, right in pairwise(across):
        for top, bottom in pairwise(down):
            if any(one.left <= left and right <= one.right and one.top <= top and bottom <= one.bottom for one in there):
                found += (right - left) * (bottom - top)
    return found


def check_clear(parts: Sequence[Clear]) -> None:
    """Refuse parts that lie outside the picture, never begin, are too many, or would leave next to nothing covered. Raises Invalid."""
    if len(parts) > MOST:
        raise Invalid("clear", "too_many_clear", most=MOST)
    for one in parts:
        if not all(0 <= side <= 1 for side in (one.left, one.top, one.right, one.bottom)):
            raise Invalid("clear", "outside_picture")
        if min(one.right - one.left, one.bottom - one.top) < LEAST_SIDE or not one.from_s < one.to_s:
            raise Invalid("clear", "outside_picture")
    for begin in {one.from_s for one in parts}:  # the share only grows where a part begins
        if clear_share(one for one in parts if one.is_at(begin)) > MOST_SHARE + 1e-9:
            raise Invalid("clear", "too_much_clear", most=round(100 * MOST_SHARE))
