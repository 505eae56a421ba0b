"""Wall mode: while visitors can see the screen, no name, phone, exact door or free text stands on it (handbook G23).

The plain-text door asks here, so labels and painters need not know. Numbers and
doors are found by their shape, names because somebody told them (`know`); what
is personal as a whole, free words above all, is marked so and hidden whole.
The state outlives the widgets, as language and look do.
"""

import re

from console.domain.masking import mask_doors, mask_name, mask_text

HIDDEN = "•••"
MOST_NAMES = 500


class _State:
    """Whether the mode is on, and the names the screen has been told."""

    def __init__(self) -> None:
        self.is_on = False
        self.names: dict[str, None] = {}  # the oldest first
        self.pattern: re.Pattern[str] | None = None
        self.learned = 0


_state = _State()


def is_on() -> bool:
    """Whether personal details are hidden now."""
    return _state.is_on


def version() -> int:
    """Changes with everything that makes the same text look otherwise; who keeps painted pictures puts it into their key."""
    return _state.learned + 1 if _state.is_on else 0


def turn(on: bool) -> None:
    """Hide or show; the caller has every widget painted anew."""
    _state.is_on = on


def know(*names: str) -> None:
    """Names that must be hidden wherever they stand."""
    fresh = [name for name in (each.strip() for each in names) if len(name) > 1 and name not in _state.names]
    if fresh:
        _state.names |= dict.fromkeys(fresh)
        for old in list(_state.names)[: max(0, len(_state.names) - MOST_NAMES)]:
            del _state.names[old]
        longest_first = sorted(_state.names, key=len, reverse=True)
        _state.learned += 1
        _state.pattern = re.compile("|".join(map(re.escape, longest_first)))


def veiled(text: str) -> str:
    """The text as it may be seen now."""
    if not _state.is_on or not text:
        return text
    shown = mask_doors(mask_text(text))
    return _state.pattern.sub(lambda hit: mask_name(hit.group()), shown) if _state.pattern is not None else shown


def hidden(text: str) -> str:
    """Words that are personal as a whole, as they may be seen now."""
    return HIDDEN if _state.is_on and text else text
