"""The full-text index of cases: the same entries as FTS5 on SQLite and as a tsvector under GIN on PostgreSQL.

Every entry was made by `domain/grams.py`, so neither engine's own idea of a word matters: FTS5 reads plain tokens
between spaces, and PostgreSQL is handed the vector ready made. Both answer a chain of pairs as a phrase.
FTS5 walks its lists from the newest case down and stops when it has enough. GIN has no order, so each case there
carries the number of its block of 8192 cases as an entry too: a common word is looked for in the newest blocks first,
and one that stands in every tenth case never makes PostgreSQL fetch a hundred thousand of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from sqlalchemy import BigInteger, Column, MetaData, Row, Select, Table, any_, bindparam, column, func, select, table, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from console.domain.grams import MARK, Entries, Section, Term
from console.store import tables
from console.store.unit import Unit

# Apart from `tables.metadata`: on SQLite it is a virtual table, and on both it can be made again from the cases.
words = Table("case_words", MetaData(), Column("case_id", BigInteger, primary_key=True), Column("lexemes", TSVECTOR, nullable=False))
GAP = "x"  # no entry begins with it; keeps chains apart where only order counts
BLOCK = 8192
WINDOW = 2  # blocks that are looked into first
FEW, CHUNK = 1_000, 250
MERGED = 500  # pages written in one step of tidying: some hundredths of a second
_fts = table("case_words", column("rowid"))
PLACE_MOST = 16_000  # a tsvector counts no further
_PUT = text("INSERT OR REPLACE INTO case_words (rowid, lexemes) VALUES (:case_id, :lexemes)")
_MERGE = text("INSERT INTO case_words (case_words, rank) VALUES ('merge', :pages)")
_PUT_ALL = text(
    "INSERT INTO case_words (case_id, lexemes) SELECT unnest(CAST(:ids AS bigint[])), CAST(unnest(CAST(:lexemes AS text[])) AS tsvector) "
    "ON CONFLICT (case_id) DO UPDATE SET lexemes = excluded.lexemes"
)


def put(unit: Unit, found: Mapping[int, Entries]) -> None:
    """Write the entries of some cases, whether they had any or not."""
    if unit.dialect == "postgresql":
        unit.run(_PUT_ALL, [{"ids": list(found), "lexemes": [as_vector(key, entries) for key, entries in found.items()]}])
    else:
        unit.run(_PUT, [{"case_id": key, "lexemes": as_tokens(key, entries)} for key, entries in found.items()])


def forget(unit: Unit, case_ids: Sequence[int]) -> None:
    """Take cases out of the index."""
    key = "rowid" if unit.dialect == "sqlite" else "case_id"
    unit.run(text(f"DELETE FROM case_words WHERE {key} = :case_id"), [{"case_id": each} for each in case_ids])


def tidy(unit: Unit, *, begins: bool) -> bool:
    """One step of writing the lists anew without the entries that were taken out; whether there is more to do.

    FTS5 keeps the words of a deleted case in its lists until they are merged,
    and merges them all when a step that `begins` says so. PostgreSQL's
    autovacuum does the same by itself.
    """
    if unit.dialect != "sqlite":
        return False
    changes = select(func.total_changes())
    before = int(cast(int, unit.scalar(changes)))
    unit.run(_MERGE, [{"pages": -MERGED if begins else MERGED}])
    return int(cast(int, unit.scalar(changes))) - before > 1


def forget_lost(unit: Unit) -> int:
    """Take out what belongs to no case any more; how many entries that were."""
    key = "rowid" if unit.dialect == "sqlite" else "case_id"
    lost = unit.rows(text(f"SELECT {key} FROM case_words WHERE {key} NOT IN (SELECT id FROM case_file)"))
    forget(unit, [int(cast(int, row[0])) for row in lost])
    return len(lost)


def as_tokens(_case_id: int, found: Entries) -> str:
    """Entries as FTS5 reads them: in order, with something between what are no neighbours."""
    parts: list[str] = []
    for chain in (*found.chains, found.alone):
        parts += (*chain, GAP)
    return " ".join(parts[:-1])


def as_vector(case_id: int, found: Entries) -> str:
    """Entries as a tsvector; they hold letters, digits and signs only, so nothing in them needs an escape."""
    parts = [f"'{text}':{place}" for text, place in found.placed() if place < PLACE_MOST]
    return " ".join([*parts, *map(_quoted, found.alone), _quoted(_block(case_id // BLOCK))])


def _block(number: int) -> str:
    return f"{MARK}b{number}"


class Wanted:
    """A question put to the index, as either engine writes it; parts are joined by "and", choices by "or"."""

    def __init__(self, dialect: str) -> None:
        self._is_fts = dialect == "sqlite"

    def term(self, term: Term, sections: Sequence[Section]) -> str:
        """A word in any of these sections; empty when it can stand in none of them."""
        return self.any_of(self._phrase([section + part for part in term.chain], term.is_prefix) for section in sections
                           if section in term.sections)

    def entry(self, entry: str, *, is_prefix: bool = False) -> str:
        """A single entry, such as a mark."""
        return self._phrase([entry], is_prefix)

    def any_of(self, parts: Iterable[str]) -> str:
        """What fits one of these."""
        return self._joined(parts, " OR " if self._is_fts else " | ")

    def all_of(self, parts: Iterable[str]) -> str:
        """What fits all of these."""
        return self._joined(parts, " AND " if self._is_fts else " & ")

    def _joined(self, parts: Iterable[str], word: str) -> str:
        known = [part for part in parts if part]
        return f"({word.join(known)})" if len(known) > 1 else "".join(known)

    def _phrase(self, chain: Sequence[str], is_prefix: bool) -> str:
        if self._is_fts:
            return f'"{" ".join(chain)}"' + (" *" if is_prefix else "")
        quoted = [_quoted(part) for part in chain]
        if is_prefix:
            quoted[-1] += ":*"
        return f"({' <-> '.join(quoted)})" if len(quoted) > 1 else quoted[0]


def newest_first(unit: Unit, question: Select[tuple[object, ...]], wanted: str, most: int) -> Iterator[Row[tuple[object, ...]]]:
    """The rows of a question about cases that fit what is wanted, newest case first, at most so many."""
    if unit.dialect == "sqlite":
        yield from unit.rows(_matched(question).limit(most), {"wanted": wanted})
        return
    # In two steps: told to join, the planner guesses thousands of hits where there are ten, and walks through every case.
    few = question.where(tables.case.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))).order_by(tables.case.c.id.desc())
    for ids in _newest_ids(unit, wanted):
        found = unit.rows(few.limit(most), {"ids": ids})
        yield from found
        most -= len(found)
        if most <= 0:
            return


def _matched(question: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    joined = _fts.join(tables.case, tables.case.c.id == _fts.c.rowid)
    return question.select_from(joined).where(text("case_words MATCH :wanted")).order_by(_fts.c.rowid.desc())


def _newest_ids(unit: Unit, wanted: str) -> Iterator[list[int]]:
    """The ids of cases that fit, newest first, some at a time."""
    found = _ids(unit, wanted, FEW + 1)
    if len(found) > FEW:  # a common word: not all of its cases, but those of the newest blocks
        for blocks in _windows(unit):
            yield from _chunks(_ids(unit, f"{wanted} & ({' | '.join(_quoted(_block(number)) for number in blocks)})"))
    else:
        yield from _chunks(found)


def _ids(unit: Unit, wanted: str, most: int | None = None) -> list[int]:
    fits = select(words.c.case_id).where(text("case_words.lexemes @@ CAST(:wanted AS tsquery)"))
    return sorted((int(cast(int, row[0])) for row in unit.rows(fits.limit(most), {"wanted": wanted})), reverse=True)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _windows(unit: Unit) -> Iterator[range]:
    """All blocks, the newest two first, then four times as many at a time."""
    following = int(cast(int, unit.scalar(select(func.coalesce(func.max(words.c.case_id), 0))))) // BLOCK + 1
    count = WINDOW
    while following > 0:
        first = max(0, following - count)
        yield range(first, following)
        following, count = first, count * 4


def _quoted(entry: str) -> str:
    return f"'{entry}'"
