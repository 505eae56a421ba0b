"""Icons from the icon font, by what they mean; no emoji and no pictures.

Static icons only: animated ones of the font library crash at exit on Qt 6.
"""

from typing import Literal

import qtawesome
from PySide6.QtGui import QIcon, QPixmap

from console.ui.base import theme

Meaning = Literal["menu", "sound", "muted", "no_sound", "camera", "lock", "prompt", "drill", "person", "image"]

_NAMES: dict[str, str] = {
    "menu": "mdi6.menu",
    "sound": "mdi6.volume-high",
    "muted": "mdi6.volume-mute",
    "no_sound": "mdi6.volume-off",
    "camera": "mdi6.cctv",
    "lock": "mdi6.lock-outline",
    "prompt": "mdi6.chevron-right",
    "drill": "mdi6.school-outline",
    "person": "mdi6.account-outline",
    "image": "mdi6.image-outline",
}


def icon(meaning: Meaning, ink: str = "text") -> QIcon:
    """The icon for a meaning in the colour of a token."""
    return qtawesome.icon(_NAMES[meaning], color=getattr(theme.tokens(), ink))


def pixmap(meaning: Meaning, ink: str = "text", size: int = 18) -> QPixmap:
    """The icon as a picture of a size of the design."""
    return icon(meaning, ink).pixmap(theme.px(size), theme.px(size))
