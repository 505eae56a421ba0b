"""Names as people there would say them; people and telephones nobody has."""

import random

import pytest

from console.demo.names import called, person, phone


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("光明路居委会", "光明路社区"), ("林海社区居民委员会", "林海社区"), ("佛堂村村委会", "佛堂村"), ("齐庄村委会", "齐庄村"),
        ("元村镇", "元村镇"), ("老城第一类似居委会", "老城第一社区"),
    ],
)  # fmt: skip
def test_a_village_has_the_name_people_call_it(official, short):
    assert called(official) == short


def test_the_same_hand_names_the_same_people():
    assert [person(random.Random(3)) for _ in range(2)] == [person(random.Random(3))] * 2


def test_telephones_are_of_the_series_nobody_has():
    assert phone(12_345) == "13800002345"
    assert phone(7) == "13800000007"
