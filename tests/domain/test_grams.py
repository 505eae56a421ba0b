"""Text in pairs: what a word of the search finds, and what may never be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.grams import Entries, entries, terms


def finds(query: str, text: str, section: str = "p") -> bool:
    """Whether every word of a query stands in a text, by the entries alone."""
    found = entries(section, text)
    return all(term_stands(term, section, found) for term in terms(query))


def term_stands(term, section, found: Entries) -> bool:
    if section not in term.sections:
        return False
    *first, last = [section + part for part in term.chain]
    placed = list(found.placed())
    ends = [place for text, place in placed if (text.startswith(last) if term.is_prefix else text == last)]
    if not first:
        return bool(ends) or any(text.startswith(last) if term.is_prefix else text == last for text in found.alone)
    at = set(placed)
    return any(all((part, end - len(first) + n) in at for n, part in enumerate(first)) for end in ends)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("井盖", "路口井盖缺失"), ("盖缺", "路口井盖缺失"), ("路", "仓颉路小学"), ("3号楼", "阳光小区3号楼东"), ("Ｇ342", "沿g342国道"),
        ("G342", "沿G342国道"),
        ("g34", "沿G342国道"), ("342", "沿G342国道"), ("国道", "沿G342国道"), ("井盖 路口", "路口的井盖"), ("井盖，路口", "路口的井盖"),
        ("atm", "ATM机旁"),
        ("仓颉路", "元村镇仓颉路"), ("𬭼", "𬭼庄"), ("𬭼庄", "𬭼庄"),
    ],
)  # fmt: skip
def test_a_word_is_found(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("3号楼", "13号楼"), ("井缺", "井盖缺失"), ("仓颉路", "仓颉，颉路"), ("42", "沿G342国道"), ("号楼", "3号 楼下"),
    ("路口", "路，口"), ("井盖 水管", "井盖缺失")],
)
def test_what_is_not_there_is_not_found(query, text):
    assert not finds(query, text)


def test_one_sign_is_kept_in_short_texts_only():
    assert finds("井", "井盖", "h")
    assert not finds("井", "井盖", "b")
    assert finds("井盖", "井盖", "b")
    assert terms("井")[0].sections == ("h", "p")


@pytest.mark.parametrize("text", ["请回电13800001234", "身份证410923199001011234", "座机0393-4611234", "车牌豫J12345", "电话4611234"])
@pytest.mark.parametrize("query", ["13800001234", "1234", "0000", "001234", "410923", "19900101", "4611234", "豫J12345", "12345", "豫J"])
def test_no_personal_number_gets_into_the_index(query, text):
    assert not (terms(query) and finds(query, text, "b"))


@pytest.mark.parametrize("query", ["", "   ", "，。！", "%_\\", "\x00", "''\"\"", "-- ;", "\ud800", "13800001234"])
def test_a_query_without_a_word_asks_for_nothing(query):
    assert terms(query) == ()


@given(st.text(max_size=300))
def test_entries_hold_nothing_an_engine_could_misread(text):
    found = entries("b", text)
    said = [*(text for text, _ in found.placed()), *found.alone] + [part for term in terms(text) for part in term.chain]

    assert all(sign.isalnum() or "\U00020000" <= sign < "\U00040000" for entry in said for sign in entry)


@given(st.text(alphabet="井盖缺失路口东西", min_size=2, max_size=4), st.text(alphabet="井盖缺失路口东西，1", max_size=30))
def test_a_chinese_word_is_found_just_where_it_stands(word, text):
    assert finds(word, text, "b") == (word in text)


def test_a_query_is_bounded():
    assert len(terms("一二 三四 五六 七八 九十 甲乙 丙丁 戊己 庚辛 壬癸")) == 8
    assert len(terms("路" * 10_000)[0].chain) == 99


def test_signs_letters_and_digits_are_links_of_one_chain():
    assert entries("b", "沿G342国道") == Entries((("b沿g", "bg342", "b342国", "b国道"),), ("bg", "b342"))
    assert entries("h", "井盖，路") == Entries((("h井盖",),), ("h井", "h盖", "h路"))


def test_long_digits_stand_for_nobody_and_end_a_chain():
    assert entries("b", "编号7654321路口2号") == Entries((("b编号",), ("b路口", "b口2", "b2号")), ("b2",))


def test_chains_keep_their_distance():
    assert list(entries("b", "井盖缺，路口").placed()) == [("b井盖", 1), ("b盖缺", 2), ("b路口", 4)]
