"""Initials: what an officer types for a unit without the input method."""

import pytest

from console.service.pinyin import initials, initials_of_person


@pytest.mark.parametrize(("name", "typed"), [("住建", "zj"), ("通信", "tx"), ("12345", "12345"), ("D10 水气热", "d10sqr"), ("", "")])
def test_a_name_is_typed_by_its_initials(name, typed):
    assert initials(name) == typed


def test_a_character_with_two_readings_follows_its_word():
    assert initials("重庆路") == "cql"


def test_a_local_place_is_typed_as_its_people_say_it():
    assert initials("南乐县") == "nlx"


@pytest.mark.parametrize(
    ("name", "typed"),
    [("濮阳市", "pys"), ("南乐县", "nlx"), ("单拐村", "sgc"), ("北仇庄村", "bqzc"), ("翟固一村", "zgyc"), ("曾小邱村", "zxqc"),
    ("太行村社区", "thcsq"),
     ("朝阳社区", "cysq"), ("长庆路街道", "cqljd"), ("长乐亭村", "cltc"), ("柳行头东街", "lhtdj"), ("南乜城村", "nncc"),
     ("仓颉路", "cjl"), ("解庄村", "xzc")],
)  # fmt: skip
def test_places_of_puyang_are_typed_as_their_people_say_them(name, typed):
    assert initials(name) == typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [("单小芳", "sxf"), ("曾国强", "zgq"), ("尉迟恭", "ycg"), ("王长乐", "wcl"), ("欧阳雪", "oyx"), ("", "")],
)  # fmt: skip
def test_a_person_is_typed_by_the_surname_as_it_is_said(name, typed):
    assert initials_of_person(name) == typed
