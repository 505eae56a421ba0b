"""Initials: what an officer types for a unit without the input method."""

import pytest

from console.service.pinyin import initials


@pytest.mark.parametrize(("name", "typed"), [("住建", "zj"), ("通信", "tx"), ("12345", "12345"), ("D10 水气热", "d10sqr"), ("", "")])
def test_a_name_is_typed_by_its_initials(name, typed):
    assert initials(name) == typed


def test_a_character_with_two_readings_follows_its_word():
    assert initials("重庆路") == "cql"


def test_a_local_place_is_typed_as_its_people_say_it():
    assert initials("南乐县") == "nlx"
