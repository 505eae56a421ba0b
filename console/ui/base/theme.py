"""The look in force: palette, fonts, sizes and the short style sheet, changed at run time.

Painting code asks `tokens()`, `px()` and `font()`; only `Theme` changes what they answer,
as only QApplication changes the palette. `styleHints().setColorScheme()` does nothing on
plain X11, so the palette is always set here.
"""

from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from console.ui.base.colours import DAY, THEMES, Tokens

Look = Literal["day", "night"]

# The order is explicit: "Sans Serif" gives tofu or Japanese shapes on bare machines.
FAMILIES = ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "Noto Sans", "DejaVu Sans")
FIXED_FAMILIES = ("Noto Sans Mono CJK SC", "WenQuanYi Micro Hei Mono", "DejaVu Sans Mono")

CLOCK, TITLE, BODY, SMALL = 24, 21, 16, 14
GUTTER, HEAD, ROW, LINE_ROW, BUTTON = 6, 34, 44, 40, 36
SCALES = (90, 100, 110, 125, 150, 175, 200)
SMALLEST_TEXT = 14

_tokens: Tokens = DAY
_scale = 100


def tokens() -> Tokens:
    """The colours in force; ask again at every paint, they change by a key."""
    return _tokens


def px(size: float) -> int:
    """A length of the design in pixels of this seat's scale."""
    return round(size * _scale / 100)


def font(size: int = BODY, *, bold: bool = False, fixed: bool = False) -> QFont:
    """A font of the type scale (24/21/16/14), never below 14 px whatever the scale."""
    return QFont(_font(max(SMALLEST_TEXT, px(size)), bold, fixed))


@lru_cache
def _font(pixels: int, bold: bool, fixed: bool) -> QFont:
    # Copies share what Qt found out about the family; that takes longer than painting a word.
    made = QFont()
    made.setFamilies(list(FIXED_FAMILIES if fixed else FAMILIES))
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setStyleHint(QFont.StyleHint.Monospace if fixed else QFont.StyleHint.SansSerif)
    return made


def colour(value: str) -> QColor:
    """A token's value as Qt knows it."""
    return QColor(value)


class Theme(QObject):
    """Dresses the application: day or night, and a scale of 90 to 200 percent."""

    changed = Signal()

    def __init__(self, app: QApplication, folder: Path) -> None:
        """Take over the application's looks; `folder` holds `console.qss`."""
        super().__init__(app)
        self._app = app
        self._sheet = Template((folder / "console.qss").read_text(encoding="utf-8"))
        app.setStyle(QStyleFactory.create("Fusion"))
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))

    def wear(self, look: Look, scale: int = 0) -> None:
        """Put on a look; a scale of 0 keeps the one in force."""
        global _tokens, _scale
        _tokens = THEMES[look]
        _scale = min(SCALES[-1], max(SCALES[0], scale or _scale))
        self._app.setPalette(_palette(_tokens))
        self._app.setFont(font())
        self._app.setStyleSheet(self._sheet.substitute(_tokens.colours() | _sizes()))
        self.changed.emit()

    def toggle(self) -> Look:
        """Change between day and night; only ever by the officer's hand."""
        self.wear("night" if _tokens.name == "day" else "day")
        return _tokens.name

    def zoom(self, steps: int) -> int:
        """Step the scale up or down and return the percentage now in force."""
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - _scale))
        self.wear(_tokens.name, SCALES[min(len(SCALES) - 1, max(0, nearest + steps))])
        return _scale

    @property
    def look(self) -> Look:
        """The look in force."""
        return _tokens.name

    @property
    def scale(self) -> int:
        """The scale in force, in percent."""
        return _scale


def _sizes() -> dict[str, str]:
    """The sizes the style sheet names, in pixels."""
    sizes = {"gutter": GUTTER, "head_h": HEAD, "row_h": LINE_ROW, "button_h": BUTTON}
    found = {name: str(px(size)) for name, size in sizes.items()}
    texts = {"small": SMALL, "body": BODY, "title": TITLE}
    found |= {name: str(max(SMALLEST_TEXT, px(size))) for name, size in texts.items()}
    return found | {f"p{n}": str(max(1, px(n))) for n in (1, 2, 4, 6, 8, 10, 12, 16, 24)}


def _palette(from_tokens: Tokens) -> QPalette:
    """The palette of a look, complete, so that no widget falls back to the desktop's."""
    role = QPalette.ColorRole
    by_role = {
        role.Window: from_tokens.panel, role.WindowText: from_tokens.text,
        role.Base: from_tokens.field, role.AlternateBase: from_tokens.panel, role.Text: from_tokens.text,
        role.Button: from_tokens.head, role.ButtonText: from_tokens.text,
        role.BrightText: from_tokens.on_accent, role.PlaceholderText: from_tokens.dim,
        role.Highlight: from_tokens.accent, role.HighlightedText: from_tokens.on_accent,
        role.ToolTipBase: from_tokens.head, role.ToolTipText: from_tokens.text,
        role.Link: from_tokens.accent, role.LinkVisited: from_tokens.accent, role.Accent: from_tokens.accent,
        role.Light: from_tokens.head, role.Midlight: from_tokens.head, role.Mid: from_tokens.line,
        role.Dark: from_tokens.edge, role.Shadow: from_tokens.ground,
    }
    palette = QPalette()
    for each, value in by_role.items():
        palette.setColor(each, QColor(value))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(from_tokens.edge))
    return palette
