"""Text as the search index keeps it: overlapping pairs of signs, so that a word is found without a dictionary.

A unit is one Chinese sign, a run of letters or a run of digits: 「3号楼」 has three, "G342" two. Neighbours make
a pair ("3号", "号楼"), and a word of several units is the chain of its pairs, so 「3号楼」 never finds 「13号楼」.
Single units are kept beside the pairs: letters and digits everywhere, Chinese signs only where texts are short.
Personal numbers never get here: they are taken out first, and long digits with them.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from console.domain.masking import personal_numbers

Section = Literal["h", "p", "b"]
SECTIONS: tuple[Section, ...] = ("h", "p", "b")  # head (title, category), place (address), body (content, closing words)
MARK = "m"  # what is not text: open, category, tail of the number
SIGNS_ALONE = frozenset({"h", "p"})
UNIT_MAX, DIGITS_MAX, TERMS_MAX, QUERY_MAX = 40, 6, 8, 100
PREFIX_FROM = 3  # letters or digits typed before the rest of a word is guessed


_SIGNS = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{_SIGNS}]|\d+|[^\W\d_{_SIGNS}]+")
_RUN = re.compile(rf"(?:[^\W_]|[{_SIGNS}])+")
# What every Chinese text is full of; without it a text is mostly normal already, and told so without being written anew.
_COMMON = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；！？（）")
_ONLY_SIGNS = re.compile(rf"[{_SIGNS}]+")


class Entries(NamedTuple):
    """What a text is found by: chains of neighbours, none of which leads into the next, and what stands by itself."""

    chains: tuple[tuple[str, ...], ...] = ()
    alone: tuple[str, ...] = ()

    def placed(self) -> Iterator[tuple[str, int]]:
        """The links of all chains with their places: neighbours differ by one, chains by more."""
        place = 0
        for chain in self.chains:
            for place, text in enumerate(chain, place + 1):  # noqa: B020 - goes on from where the last chain ended
                yield text, place
            place += 1


@dataclass(frozen=True)
class Term:
    """One word asked for: a chain of pairs, or a single unit; `is_prefix` leaves the end of its last entry open."""

    chain: tuple[str, ...]
    is_prefix: bool = False
    is_sign: bool = False  # one Chinese sign: kept in short texts only

    @property
    def sections(self) -> tuple[Section, ...]:
        """Where such a word can be found, best place first."""
        return tuple(section for section in SECTIONS if not self.is_sign or section in SIGNS_ALONE)


def folded(text: str) -> str:
    """Full-width forms, case and compatibility signs made alike."""
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text).casefold()


def entries(section: Section, text: str) -> Entries:
    """What a text in a section is found by; personal numbers and long digits are left out."""
    chains: list[tuple[str, ...]] = []
    alone: dict[str, None] = {}
    for run in _runs(_without_persons(text)):
        if section in SIGNS_ALONE:
            alone |= dict.fromkeys(run)
        elif not isinstance(run, str):
            alone |= dict.fromkeys(unit for unit in run if not _is_sign(unit))
        if len(run) > 1:
            chains.append(tuple([f"{section}{left}{right}" for left, right in itertools.pairwise(run)]))
    return Entries(tuple(chains), tuple([section + unit for unit in alone]))


def terms(query: str) -> tuple[Term, ...]:
    """The words of a query, every one of which must be found; empty for a query without any letter, sign or digit."""
    found = [_term(run) for run in _runs(query[:QUERY_MAX])]
    return tuple(dict.fromkeys(found))[:TERMS_MAX]


def _term(run: Sequence[str]) -> Term:
    last = run[-1]
    is_open = not _is_sign(last) and sum(map(len, run[-2:])) >= PREFIX_FROM
    if len(run) == 1:
        return Term((last,), is_open, is_sign=_is_sign(last))
    return Term(tuple(left + right for left, right in itertools.pairwise(run)), is_open)


def _without_persons(text: str) -> str:
    parts, last = [], 0
    for one in personal_numbers(text):
        parts += [text[last:one.start], " "]
        last = one.end
    return "".join([*parts, text[last:]])


def _runs(text: str) -> Iterator[Sequence[str]]:
    """Units that stand side by side; a run of nothing but Chinese signs comes as the text it is, which is most of them."""
    for match in _RUN.finditer(folded(text)):
        run = match.group()
        if _ONLY_SIGNS.fullmatch(run):
            yield run
        else:
            yield from _mixed_runs(run)


def _mixed_runs(text: str) -> Iterator[list[str]]:
    """Long digits stand for nobody and end a run."""
    run: list[str] = []
    for unit in _UNIT.findall(text):
        if unit[0].isdigit() and len(unit) > DIGITS_MAX:
            if run:
                yield run
            run = []
        else:
            run.append(unit[:UNIT_MAX])
    if run:
        yield run


def _is_sign(unit: str) -> bool:
    return len(unit) == 1 and ("\u3400" <= unit <= "\u9fff" or unit == "\u3007" or "\U00020000" <= unit < "\U00040000")
