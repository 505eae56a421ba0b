"""What a query means to the cases and to names, and when a case has to be written into the index anew."""

import itertools
from dataclasses import replace

import pytest

from console.domain.case import Case
from console.domain.search import case_query, entries_of, is_told_otherwise, name_query
from tests.make import START

CASE = Case(
    1, "SJ410923-20261123-000031", "井盖缺失/破损", "井盖缺失，电话13800001234", "0601", "01", "P1", "",
    "10", None, START, "仓颉路小学西门",
    None, None, None, "", "410923102204", "410923102204001", 2, 9,
)  # fmt: skip


def texts(entries):
    return [text for chain in (*entries.chains, entries.alone) for text in chain]


def nothing(_letters: str) -> tuple[str, ...]:
    return ()


def test_a_case_is_found_by_title_category_address_content_state_and_number():
    entries = texts(entries_of(CASE, ("井盖缺失/破损", "Manhole cover missing")))

    assert {"h井盖", "hmanhole", "p小学", "b缺失", "mo", "mc0601", "mn130000"} <= set(entries)
    assert not [entry for entry in entries if "1234" in entry]


def test_a_title_that_is_the_categorys_name_is_written_once():
    entries = texts(entries_of(CASE, ("井盖缺失/破损", "")))

    assert entries.count("h井盖") == 1


def test_sections_do_not_run_into_one_another():
    entries = entries_of(replace(CASE, title="路口", address="积水", content="严重"), ("", ""))
    places = [place for _, place in entries.placed()]

    assert sorted(places) == places
    assert all(later - earlier > 1 for earlier, later in itertools.pairwise(places))


@pytest.mark.parametrize(
    ("change", "must"),
    [({"title": "路灯"}, True), ({"category": "0602"}, True), ({"address": "别处"}, True), ({"close_text": "已修"}, True),
    ({"state": "90"}, True),
     ({"state": "50"}, False), ({"acked_by": 1}, False)],
)  # fmt: skip
def test_only_what_can_be_found_or_ranked_is_written_anew(change, must):
    assert is_told_otherwise(CASE, replace(CASE, **change)) is must


@pytest.mark.parametrize(
    "typed",
    ["SJ410923-20261123-000031", "sj410923-20261123-000031", "410923-20261123-000031", "SJ41092320261123000031",
     " ＳＪ410923-20261123-000031 "],
)  # fmt: skip
def test_a_whole_number_is_known_however_it_is_typed(typed):
    assert case_query(typed, nothing).number == "SJ410923-20261123-000031"


@pytest.mark.parametrize(
    ("typed", "tail"),
    [("031", "031"), ("000031", "000031"), ("３１１", "311"), ("31", ""), ("1234567", ""), ("G342", ""), ("031号", "")],
)  # fmt: skip
def test_three_to_six_digits_may_be_the_end_of_a_number(typed, tail):
    assert case_query(typed, nothing).tail == tail


def test_letters_may_be_the_initials_of_a_category():
    query = case_query("jg 仓颉", lambda letters: ("0601",) if letters == "jg" else ())

    assert [word.categories for word in query.words] == [("0601",), ()]


def test_names_are_asked_for_in_one_form():
    assert name_query("  Ｃ３01 ").text == "c301"
    assert name_query("C301").letters == "c301"
    assert name_query("仓颉 路").letters == ""
