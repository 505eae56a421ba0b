"""What a search finds, and which texts of a case it may look into: never a reporter's name or phone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.domain import grams
from console.domain.camera import Camera
from console.domain.case import OPEN_STATES, Case
from console.domain.grams import MARK, Entries, Term
from console.domain.spot_text import SpotHit

FoundIn = Literal["number", "title", "address", "text"]
FOUND_IN: tuple[FoundIn, ...] = ("title", "address", "text")  # by how many sections it took
FORM = 1  # of the entries; another one makes every console write the index anew
SEARCHED = ("title", "category", "address", "content", "close_text")
OPEN = f"{MARK}o"
TAIL_LEAST, TAIL_MOST = 3, 6
_NUMBER = re.compile(r"(?:SJ)?([0-9]{6})-?([0-9]{8})-?([0-9]{6})")


@dataclass(frozen=True)
class CaseHit:
    """A case that was found, and by what."""

    id: int
    number: str
    title: str
    category: str
    address: str
    priority: str
    state: str
    reported_at: datetime
    found_in: FoundIn

    @property
    def is_open(self) -> bool:
        """Whether it is still under way."""
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class Word:
    """One word of a query, and the categories whose initials it may be."""

    term: Term
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseQuery:
    """What is wanted of the cases: `number` is a whole case number, `tail` the last digits of one; empty for neither."""

    words: tuple[Word, ...]
    number: str = ""
    tail: str = ""


@dataclass(frozen=True)
class NameQuery:
    """What is wanted of names: the text as typed, folded, and its letters and digits when it has nothing else."""

    text: str
    letters: str = ""


@dataclass(frozen=True)
class PlaceHit:
    """A division or a grid; `within` is the name of the division above."""

    code: str
    name: str
    level: int
    within: str


@dataclass(frozen=True)
class PersonHit:
    """A colleague with unit; the own number is masked, the unit's is nobody's own."""

    user_id: int
    name: str
    unit: str
    masked_phone: str
    unit_phone: str


@dataclass(frozen=True)
class Found:
    """Everything a query found, best first in each group."""

    text: str
    cases: tuple[CaseHit, ...] = ()
    places: tuple[PlaceHit, ...] = ()
    cameras: tuple[Camera, ...] = ()
    people: tuple[PersonHit, ...] = ()
    spots: tuple[SpotHit, ...] = ()


def entries_of(case: Case, category: tuple[str, str]) -> Entries:
    """Everything a case can be found by; `category` holds its names in both languages.

    Its number is found by the end of it: the last digits stand reversed, so that an end is a beginning.
    """
    head = grams.entries("h", "\n".join(dict.fromkeys((case.title, *category))))
    place = grams.entries("p", case.address)
    body = grams.entries("b", f"{case.content}\n{case.close_text}")
    return Entries(head.chains + place.chains + body.chains, (*head.alone, *place.alone, *body.alone, *_marks(case)))


def is_told_otherwise(before: Case, after: Case) -> bool:
    """Whether a case must be written into the index anew."""
    is_other = (before.state in OPEN_STATES) != (after.state in OPEN_STATES)
    return is_other or any(getattr(before, name) != getattr(after, name) for name in SEARCHED)


def _marks(case: Case) -> Iterator[str]:
    if case.state in OPEN_STATES:
        yield OPEN
    yield category_mark(case.category)
    yield tail_mark(case.number[-TAIL_MOST:])


def category_mark(code: str) -> str:
    """What stands in the index for a category."""
    return f"{MARK}c{code}"


def tail_mark(digits: str) -> str:
    """What stands in the index for the last digits of a number; fewer digits are the beginning of it."""
    return f"{MARK}n{digits[::-1]}"


def case_query(text: str, categories: Callable[[str], tuple[str, ...]]) -> CaseQuery:
    """A query as the cases understand it; `categories` says whose initials some letters are."""
    words = tuple(Word(term, categories(term.chain[0]) if _is_letters(term) else ()) for term in grams.terms(text))
    bare = grams.folded(text).strip().upper()
    number = _NUMBER.fullmatch(bare)
    tail = bare if TAIL_LEAST <= len(bare) <= TAIL_MOST and bare.isascii() and bare.isdigit() else ""
    return CaseQuery(words, "SJ" + "-".join(number.groups()) if number else "", tail)


def name_query(text: str) -> NameQuery:
    """A query as names understand it."""
    bare = " ".join(grams.folded(text[: grams.QUERY_MAX]).split())
    return NameQuery(bare, bare if bare.isascii() and bare.isalnum() else "")


def _is_letters(term: Term) -> bool:
    return len(term.chain) == 1 and term.chain[0].isascii() and term.chain[0].isalpha()
