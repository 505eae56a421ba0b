"""The keys of the review window in one place; it is a window of its own, so they may be the seat's elsewhere."""

from console.ui.base.keys import Key

KEYS = (
    Key("review_run", "Space", "play, pause"),
    Key("review_slower", "[", "slower"),
    Key("review_faster", "]", "faster"),
    Key("review_picture_back", ",", "picture back"),
    Key("review_picture_forth", ".", "picture on"),
    Key("review_back10", "Left", "10 s back"),
    Key("review_forth10", "Right", "10 s on"),
    Key("review_home", "Home", "beginning"),
    Key("review_last", "End", "end"),
    Key("review_jump", "T", "to a time"),
    Key("review_begin", "I", "part begins"),
    Key("review_end", "O", "part ends, repeat it"),
    Key("review_unmark", "U", "no part"),
    Key("review_enlarge", "Return", "this camera alone"),
    Key("review_closer", "+", "closer (Shift+arrows move)"),
    Key("review_wider", "-", "wider"),
    Key("review_sound", "A", "sound"),
    Key("review_shot", "S", "picture into the case"),
    Key("review_seen", "M", "seen here"),
    Key("review_clip", "C", "clip of the part"),
    Key("review_minute", "F6", "back to the live wall"),
    Key("review_close", "Esc", "back, close"),
)
_SHOWN = {"Left": "←", "Right": "→", "Return": "Enter"}


def pressed(press: str) -> str:
    """The act a key starts, or an empty string."""
    return next((key.action for key in KEYS if key.press == press), "")


def shown(action: str) -> str:
    """The key of an act as it stands on a keyboard."""
    press = next(key.press for key in KEYS if key.action == action)
    return _SHOWN.get(press, press)


def says(action: str) -> str:
    """What a key does (English source)."""
    return next(key.says for key in KEYS if key.action == action)
