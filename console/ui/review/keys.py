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
# Over covered pictures these come first.
COVER_KEYS = (
    Key("cover_open", "N", "open a part"),
    Key("cover_next", "P", "next part"),
    Key("cover_begin", "I", "open from here on"),
    Key("cover_end", "O", "open until here"),
    Key("cover_left", "Ctrl+Left", "move it left"),
    Key("cover_right", "Ctrl+Right", "move it right"),
    Key("cover_up", "Ctrl+Up", "move it up"),
    Key("cover_down", "Ctrl+Down", "move it down"),
    Key("cover_narrow", "Ctrl+Shift+Left", "narrower"),
    Key("cover_broad", "Ctrl+Shift+Right", "broader"),
    Key("cover_low", "Ctrl+Shift+Up", "lower"),
    Key("cover_high", "Ctrl+Shift+Down", "higher"),
    Key("cover_remove", "Del", "cover it again"),
    Key("cover_undo", "Ctrl+Z", "undo"),
    Key("cover_write", "Ctrl+Return", "write the file"),
)
_SHOWN = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


def pressed(press: str, keys: tuple[Key, ...] = KEYS) -> str:
    """The act a key starts, or an empty string."""
    return next((key.action for key in keys if key.press == press), "")


def shown(action: str) -> str:
    """The key of an act as it stands on a keyboard."""
    press = next(key.press for key in (*KEYS, *COVER_KEYS) if key.action == action)
    return "+".join(_SHOWN.get(part, part) for part in press.split("+")) if len(press) > 1 else press


def says(action: str) -> str:
    """What a key does (English source)."""
    return next(key.says for key in (*KEYS, *COVER_KEYS) if key.action == action)
