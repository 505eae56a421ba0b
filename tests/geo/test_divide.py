"""Areas are cut into irregular parts that tile them, the same for the same seed."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.errors import Invalid
from console.domain.place import Point, rings_of
from console.geo.coverage import check_tiling
from console.geo.divide import divide
from console.geo.shapes import area_m2, shape_of

# A county with a bay in the east: its parts may consist of two pieces.
BAY = rings_of(
    [[(115.0, 36.0), (115.2, 36.0), (115.2, 36.08), (115.05, 36.1), (115.2, 36.12), (115.2, 36.2), (115.0, 36.2), (115.0, 36.0)]]
)


@given(count=st.integers(1, 40), seed=st.integers(0, 2**31))
@settings(max_examples=25)
def test_the_parts_tile_the_area(count, seed):
    parts = divide(BAY, count, seed)
    assert len(parts) == count
    check_tiling("parts", {str(number): rings for number, rings in enumerate(parts)}, BAY)


def test_the_same_seed_gives_the_same_parts_and_another_gives_others():
    assert divide(BAY, 7, 5) == divide(BAY, 7, 5)
    assert divide(BAY, 7, 5) != divide(BAY, 7, 6)


def test_another_process_gives_the_same_parts():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.geo.test_divide import BAY\nfrom console.geo.divide import divide\nprint(hash(repr(divide(BAY, 9, 3)).encode()))"
    )
    said = {
        subprocess.run([sys.executable, "-c", code, "."], env={"PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(said) == 1


def test_parts_round_the_dense_spot_are_smaller():
    middle = Point(115.03, 36.1)
    parts = [shape_of(rings) for rings in divide(BAY, 30, 1, dense_at=middle)]
    parts.sort(key=lambda part: (part.centroid.x - middle.lon) ** 2 + (part.centroid.y - middle.lat) ** 2)
    near, far = (sum(area_m2(part) for part in some) / 5 for some in (parts[:5], parts[-5:]))
    assert near < far / 2


def test_one_part_is_the_area_itself():
    assert divide(BAY, 1, 0) == (BAY,)


@pytest.mark.parametrize(
    ("rings", "count"),
    [
        ((), 3),
        (rings_of([[(115.0, 36.0), (115.1, 36.0), (115.2, 36.0), (115.0, 36.0)]]), 3),
        (BAY, 0),
        (BAY, -1),
    ],
)
def test_what_cannot_be_cut_is_refused_and_not_tried_for_ever(rings, count):
    with pytest.raises(Invalid) as refused:
        divide(rings, count, 0)
    assert refused.value.code == "cannot_divide"
