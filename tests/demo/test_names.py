"""People and telephones nobody has."""

import random

from console.demo.names import person, phone


def test_the_same_hand_names_the_same_people():
    assert [person(random.Random(3)) for _ in range(2)] == [person(random.Random(3))] * 2


def test_telephones_are_of_the_series_nobody_has():
    assert phone(12_345) == "13800002345"
    assert phone(7) == "13800000007"
