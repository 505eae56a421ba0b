"""The sheet of keys (F1): what every key does on this screen, closed by the next key."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.keys import GROUPS, KEYS, TOLD, Key
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr

COLUMNS = (("case", "seat"), ("screen", "table", "map"), ("wall",))  # the short groups share one

VERBS_MOST = 18  # in a column: as many as stand on the smallest screen


class KeyOverlay(QWidget):
    """Lists the keys that do something now, in groups; it covers the seat but stops nothing."""

    def __init__(self, host: QWidget) -> None:
        """Make a hidden overlay over the host."""
        super().__init__(host)
        self._card: QFrame | None = None
        host.installEventFilter(self)
        self.hide()

    def toggle(self, actions: frozenset[str], verbs: tuple[tuple[str, str], ...]) -> None:
        """Show the keys of these acts and the verbs of the command line, or go away."""
        if self.isVisible():
            self.hide()
            return
        self.setGeometry(self.parentWidget().rect())
        if self._card is not None:
            self._card.deleteLater()
        keys = tuple(key for key in (*KEYS, *TOLD) if key.action in actions)
        self._card = self._make(keys, verbs, is_close=False)
        wanted = self._card.sizeHint()
        if wanted.height() > self.height() or wanted.width() > self.width():  # closer together, so that all stand on the screen
            self._card.deleteLater()
            self._card = self._make(keys, verbs, is_close=True)
            self._card.setFixedWidth(self.width())
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key closes; nothing typed here reaches the seat."""
        self.hide()

    def mousePressEvent(self, event: QEvent) -> None:
        """A click closes."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies below, so that it is clear what the keys belong to."""
        shade = theme.colour(theme.tokens().ground)
        shade.setAlpha(190)
        QPainter(self).fillRect(self.rect(), shade)

    def _make(self, keys: tuple[Key, ...], verbs: tuple[tuple[str, str], ...], *, is_close: bool) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        side, gap = theme.px(14 if is_close else 24), theme.px(8 if is_close else 16)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(gap)
        column.addWidget(PlainLabel(tr("Keys of this screen"), size=theme.TITLE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(20 if is_close else 40))
        for groups in COLUMNS:
            stack = QVBoxLayout()
            stack.setSpacing(gap)
            for group in groups:
                lines = tuple((key.press.replace("Return", "Enter"), tr(key.says)) for key in keys if key.group == group)
                if lines:
                    stack.addLayout(self._group(tr(GROUPS[group]), lines, is_close=is_close, is_cut=is_close))
            stack.addStretch(1)
            row.addLayout(stack, 1)
        for start in range(0, len(verbs), VERBS_MOST):
            title = tr("Command line") if start == 0 else ""
            row.addLayout(self._group(title, verbs[start : start + VERBS_MOST], is_close=is_close, is_cut=False))
        column.addLayout(row)
        return card

    def _group(self, title: str, lines: tuple[tuple[str, str], ...], *, is_close: bool, is_cut: bool) -> QGridLayout:
        grid, size = QGridLayout(), theme.SMALL if is_close else theme.BODY
        grid.setHorizontalSpacing(theme.px(8 if is_close else 14))
        grid.setVerticalSpacing(theme.px(0 if is_close else 6))
        grid.addWidget(PlainLabel(title, size=theme.SMALL, dim=True), 0, 0, 1, 2)
        for place, (press, says) in enumerate(lines, 1):
            grid.addWidget(PlainLabel(press, size=size, bold=True), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(says, size=size, elide=is_cut), place, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(lines) + 1, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _place(self) -> None:
        if self._card is None:
            return
        self._card.setMaximumWidth(self.width())
        self._card.adjustSize()
        self._card.show()
        self._card.move((self.width() - self._card.width()) // 2, max(0, (self.height() - self._card.height()) // 2))
