"""The full-text index on each engine: what is written is found, in order, and hostile words are only words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from console.domain.grams import SECTIONS, Entries, entries, terms
from console.store import search, tables
from console.store.search import Wanted
from tests.make import Town

CASE = tables.case.c


def write(town: Town, texts: dict[int, str]) -> None:
    with town.store.write() as unit:
        search.put(unit, {key: entries("h", text) for key, text in texts.items()})


def found(town: Town, query: str, most: int = 20) -> list[int]:
    with town.store.read() as unit:
        wanted = Wanted(unit.dialect)
        asked = wanted.all_of(wanted.term(term, SECTIONS) for term in terms(query))
        return [row[0] for row in search.newest_first(unit, select(CASE.id), asked, most)] if asked else []


@pytest.fixture
def three(town):
    """Three cases with words of their own, the ones of their reports overwritten."""
    ids = [town.report().case_id for _ in range(3)]
    write(town, {ids[0]: "仓颉路井盖缺失", ids[1]: "3号楼井盖破损", ids[2]: "13号楼路灯不亮"})
    return ids


def test_the_newest_stand_first_and_no_more_than_wanted(town, three):
    assert found(town, "井盖") == [three[1], three[0]]
    assert found(town, "井盖", 1) == [three[1]]


@pytest.mark.parametrize(
    ("query", "which"),
    [("3号楼", [1]), ("号楼", [2, 1]), ("路", [2, 0]), ("井盖 仓颉", [0]), ("楼井盖破", [1]), ("井破", [])],
)  # fmt: skip
def test_a_chain_is_a_phrase(town, three, query, which):
    assert found(town, query) == [three[place] for place in which]


def test_what_is_written_again_is_found_by_its_new_words_only(town, three):
    write(town, {three[0]: "路灯不亮"})

    assert found(town, "井盖") == [three[1]]
    assert found(town, "路灯") == [three[2], three[0]]


def test_what_is_forgotten_is_not_found(town, three):
    with town.store.write() as unit:
        search.forget(unit, three[:2])

    assert found(town, "井盖") == []
    assert found(town, "路灯") == [three[2]]


def test_entries_of_no_case_are_taken_out(town, three):
    write(town, {9_001: "井盖", 9_002: "井盖"})

    with town.store.write() as unit:
        assert search.forget_lost(unit) == 2
        assert search.forget_lost(unit) == 0
    assert found(town, "井盖") == [three[1], three[0]]


def test_what_is_undone_is_not_in_the_index(town, three):
    with pytest.raises(RuntimeError), town.store.write() as unit:
        search.put(unit, {three[2]: entries("h", "井盖")})
        raise RuntimeError

    assert found(town, "井盖") == [three[1], three[0]]


@pytest.mark.parametrize("few", [1, 1_000])
def test_old_blocks_are_looked_into_as_well_for_common_words_too(town, three, monkeypatch, few):
    monkeypatch.setattr(search, "FEW", few)
    far = [three[0] + search.BLOCK * blocks for blocks in (1, 3, 9, 40, 90)]
    with town.store.write() as unit:
        row = dict(unit.row(select(tables.case).where(CASE.id == three[0]))._mapping)
        unit.run(tables.case.insert(), [{**row, "id": key, "number": f"N{key}"} for key in far])
    write(town, dict.fromkeys(far, "仓颉路井盖"))

    assert found(town, "仓颉") == [*reversed(far), three[0]]
    assert found(town, "仓颉", 3) == list(reversed(far))[:3]


HOSTILE = [
    '"', "'", "a-b", "NEAR(", "col:x", "*", "井盖*", '"井盖', "井盖' | 'x", "AND", "NOT 井盖", "^a", "h:井盖", "{h}", "\\", ":*", "<->",
    "!井盖", "%", "_", "\x00", "\ud83d", "井" * 500,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(town, three, words):
    assert set(found(town, words)) <= set(three)


def test_whatever_is_asked_is_answered(town, three):
    @given(st.text(max_size=60))
    def ask(words: str) -> None:
        assert set(found(town, words)) <= set(three)

    ask()


def test_tokens_keep_chains_apart():
    assert search.as_tokens(1, Entries((("hab", "hbc"), ("hde",)), ("ha",))) == "hab hbc x hde x ha"


def test_a_vector_names_its_block():
    assert search.as_vector(8192, Entries((("hab", "hbc"), ("hde",)), ("ha",))) == "'hab':1 'hbc':2 'hde':4 'ha' 'mb1'"


def test_words_of_a_forgotten_case_leave_the_lists_when_they_are_tidied(town, three):
    write(town, {three[0]: "琉璃瓦 zq4711x"})
    with town.store.write() as unit:
        search.forget(unit, [three[0]])
    begins = True
    while tidied(town, begins=begins):
        begins = False

    assert not is_kept(town, "zq4711x")
    assert found(town, "3号楼") == [three[1]]


def tidied(town: Town, *, begins: bool) -> bool:
    with town.store.write() as unit:
        return search.tidy(unit, begins=begins)


def is_kept(town: Town, word: str) -> bool:
    """Whether the index holds these letters anywhere, in rows that nobody is shown, too."""
    table, column = ("case_words_data", "block") if town.store.dialect == "sqlite" else ("case_words", "lexemes")
    with town.store.read() as unit:
        kept = [row[0] for row in unit.rows(text(f"SELECT {column} FROM {table}"))]
    return any(word.encode() in (one if isinstance(one, bytes) else str(one).encode()) for one in kept)
