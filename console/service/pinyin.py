"""Pinyin initials of Chinese names (住建 → zj), so that a unit can be typed without the input method.

The one home of pypinyin. Characters with several readings give the reading of the word they stand in; how the
people of a place say its names stands in `resources/names/readings.toml` (乐 alone is read yue in 南乐县).
The tables are read when the first name is spelled: they take a tenth of a second, and no start waits for them.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

READINGS = Path(__file__).resolve().parents[2] / "resources" / "names" / "readings.toml"
_read = tomllib.loads(READINGS.read_text(encoding="utf-8"))
SURNAMES: dict[str, str] = _read["surnames"]


@cache
def _speller(style: str) -> Callable[[str], list[str]]:
    from pypinyin import Style, lazy_pinyin, load_phrases_dict

    load_phrases_dict({word: [[syllable] for syllable in said.split()] for word, said in _read["places"].items()})
    return lambda name: lazy_pinyin(name, style=Style[style], errors=list)


def _in_latin(name: str, style: str) -> str:
    return "".join(sign for part in _speller(style)(name) for sign in part if sign.isascii() and sign.isalnum()).lower()


def initials(name: str) -> str:
    """The first letters of a name's syllables, lower case; letters and digits stay, all else is left out."""
    return _in_latin(name, "FIRST_LETTER")


def spelled(name: str) -> str:
    """A name's syllables in a row, lower case and without tones (南乐县 → nanlexian)."""
    return _in_latin(name, "NORMAL")


def initials_of_person(name: str) -> str:
    """The same for a person, whose surname may be read otherwise than the word (单 shan, 曾 zeng)."""
    surname = next((known for known in sorted(SURNAMES, key=len, reverse=True) if name.startswith(known)), "")
    return "".join(syllable[0] for syllable in SURNAMES[surname].split()) + initials(name[len(surname):]) if surname else initials(name)
