"""The eight winds in words."""

from console.ui.base.words import tr

# Single letters mean other things elsewhere, so these have keys of their own.
_SHORT = tuple(f"wind.{letters}" for letters in ("n", "ne", "e", "se", "s", "sw", "w", "nw"))
_LONG = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
COUNT = len(_SHORT)


def wind(bearing_deg: float) -> str:
    """The wind a compass direction belongs to, in a word."""
    return tr(_LONG[_at(bearing_deg)])


def wind_letters(bearing_deg: float) -> str:
    """The same in one or two letters."""
    return tr(_SHORT[_at(bearing_deg)])


def _at(bearing_deg: float) -> int:
    return round(bearing_deg / 45) % COUNT
