"""The only door through which strangers' text reaches the screen: always plain, bounded, in its own order.

Qt guesses rich text in labels, tooltips and message boxes; a report of nested tables would
hang the hall and an image tag would read a file. So: no QLabel, setToolTip or QMessageBox
with outside text anywhere else.
"""

import html
import unicodedata

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget

from console.ui.base import theme
from console.ui.base.veil import hidden, veiled

LIMIT = 2000
# Overrides, embeddings and isolates can make "exe.gpj" look like "jpg.exe" and turn a place name round.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t")
_MARKS_IN_A_ROW = 4


def plain(text: str, limit: int = LIMIT) -> str:
    """The text without control or direction characters, at most `limit` characters and an ellipsis.

    Towers of combining marks are cut after four, line ends become `\\n`.
    """
    kept: list[str] = []
    marks = 0
    for char in text[: limit * 2].replace("\r\n", "\n").replace("\r", "\n"):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if char in _BIDI or marks > _MARKS_IN_A_ROW or (kind in ("Cc", "Cs", "Co") and char not in _KEPT):
            continue
        kept.append(" " if char in "\u2028\u2029" else char)
    short = "".join(kept)
    return short if len(short) <= limit and len(text) <= limit * 2 else short[:limit] + "…"


def one_line(text: str, limit: int = 200) -> str:
    """The text on a single line, for rows, titles and tickers."""
    return " ".join(plain(text, limit).split())


def label_text(text: str) -> str:
    """Text for buttons and menus, where Qt would eat an ampersand."""
    return one_line(text).replace("&", "&&")


def tip_text(text: str) -> str:
    """What to hand to a tooltip so that it shows exactly this text, tags and all."""
    shown = html.escape(veiled(plain(text, 600))).replace("\n", "<br>")
    return f"<span>{shown}</span>" if shown else ""


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows exactly this text."""
    widget.setToolTip(tip_text(text))


class PlainLabel(QLabel):
    """A label that can only show plain text; elided to one line, or wrapped.

    `is_private` marks words that are personal as a whole: in wall mode they are hidden, not masked.
    """

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *,
        size: int = theme.BODY, bold: bool = False, dim: bool = False, ink: str = "",
        wrap: bool = False, elide: bool = False, selectable: bool = False,
    ) -> None:
        """Make the label; `ink` names a colour token, `elide` shows the full text as a tooltip when it is cut."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, bold=bold))
        self.setWordWrap(wrap)
        self._said = ""
        self.is_private = False
        self._ink = ink or ("dim" if dim else "text")
        self._badge = ""
        self._elide = elide
        self.elide_mode = Qt.TextElideMode.ElideRight
        self._limit = LIMIT if wrap else 400
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text, literally, or as wall mode allows."""
        self._said = text
        self.say_again()

    def say_again(self) -> None:
        """Show the same text as wall mode now allows."""
        clean = plain(self._said, self._limit) if self.wordWrap() else one_line(self._said, self._limit)
        clean = hidden(clean) if self.is_private else veiled(clean)
        if clean != self.text():
            super().setText(clean)
            self._tell_cut()

    def set_dim(self, dim: bool) -> None:
        """Show the text as secondary, or as primary again."""
        self._ink = "dim" if dim else "text"
        self.update()

    def set_badge(self, token: str) -> None:
        """Put the text on a colour that means something (`amber`, `alarm`), or on none again."""
        self._badge = token
        side = theme.px(8) if token else 0
        self.setContentsMargins(side, 0, side, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint in the token's colour; elided labels paint themselves."""
        name = f"on_{self._badge}" if self._badge else self._ink
        shade = theme.colour(getattr(theme.tokens(), name))
        palette = self.palette()
        if palette.color(self.foregroundRole()) != shade:
            palette.setColor(self.foregroundRole(), shade)
            self.setPalette(palette)
        if self._badge:
            QPainter(self).fillRect(self._badge_box(), theme.colour(getattr(theme.tokens(), self._badge)))
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(palette.color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, self._shown())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the full text as a tooltip while it does not fit."""
        super().resizeEvent(event)
        self._tell_cut()

    def minimumSizeHint(self) -> QSize:
        """An elided label may shrink to nothing; others keep their need."""
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def _badge_box(self) -> QRect:
        """The ground of the badge: as wide as the words when they stand on one line."""
        box = self.rect()
        if self.wordWrap():
            return box
        wide = QFontMetrics(self.font()).horizontalAdvance(self._shown()) + 2 * theme.px(8)
        high = min(box.height(), theme.px(28))
        left = box.right() + 1 - wide if self.alignment() & Qt.AlignmentFlag.AlignRight else box.left()
        return QRect(max(box.left(), left), box.top() + (box.height() - high) // 2, min(wide, box.width()), high)

    def _shown(self) -> str:
        metrics = QFontMetrics(self.font())
        if not self._elide:
            return self.text()
        shown = metrics.elidedText(self.text(), self.elide_mode, self.contentsRect().width())
        return "" if shown == "…" else shown  # dots alone tell nothing

    def _tell_cut(self) -> None:
        if self._elide:
            tip(self, self.text() if self._shown() != self.text() else "")


class PlainView(QPlainTextEdit):
    """Longer text to read and copy, never to change and never as anything but text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Make the view with its text."""
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFont(theme.font())
        self.setTabChangesFocus(True)
        self.show_text(text)

    def show_text(self, text: str, limit: int = 20_000) -> None:
        """Show this text, literally, cut at `limit` characters."""
        self._said = (text, limit)
        self.say_again()

    def say_again(self) -> None:
        """Show the same text as wall mode now allows."""
        text, limit = self._said
        self.setPlainText(veiled(plain(text, limit)))
