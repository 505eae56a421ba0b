"""Pinyin initials of Chinese names (住建 → zj), so that a unit can be typed without the input method.

The one home of pypinyin. Characters with several readings give the reading of the word they stand in.
"""

from pypinyin import Style, lazy_pinyin, load_phrases_dict

# Place names whose everyday reading is another one (乐 alone is read yue in 南乐县).
PLACES = {"南乐": [["nán"], ["lè"]]}
load_phrases_dict(PLACES)


def initials(name: str) -> str:
    """The first letters of a name's syllables, lower case; letters and digits stay, all else is left out."""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=list)
    return "".join(sign for part in parts for sign in part if sign.isascii() and sign.isalnum()).lower()
