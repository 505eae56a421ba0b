"""What a text from outside may be: short enough, and made of characters every database keeps."""

import re

from console.domain.errors import Invalid

# NUL and lone halves of a pair cannot be stored; the other controls mean nothing in words. Tab and line ends do.
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether every database keeps this text as it is."""
    return _BAD.search(text) is None


def check_text(field: str, text: str, most: int) -> str:
    """The text itself. Raises Invalid("too_long") and Invalid("bad_characters")."""
    if len(text) > most:
        raise Invalid(field, "too_long", length=len(text), most=most)
    if not is_storable(text):
        raise Invalid(field, "bad_characters")
    return text
