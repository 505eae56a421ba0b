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
        if self._card is not None:
            self._card.deleteLater()
        self._card = self._make(tuple(key for key in (*KEYS, *TOLD) if key.action in actions), verbs)
        self.setGeometry(self.parentWidget().rect())
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

    def _make(self, keys: tuple[Key, ...], verbs: tuple[tuple[str, str], ...]) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        side = theme.px(24)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(16))
        column.addWidget(PlainLabel(tr("Keys of this screen"), size=theme.TITLE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(40))
        for groups in COLUMNS:
            stack = QVBoxLayout()
            stack.setSpacing(theme.px(16))
            for group in groups:
                lines = tuple((key.press.replace("Return", "Enter"), tr(key.says)) for key in keys if key.group == group)
                if lines:
                    stack.addLayout(self._group(tr(GROUPS[group]), lines))
            stack.addStretch(1)
            row.addLayout(stack)
        for start in range(0, len(verbs), VERBS_MOST):
            title = tr("Command line") if start == 0 else ""
            row.addLayout(self._group(title, verbs[start : start + VERBS_MOST]))
        column.addLayout(row)
        return card

    def _group(self, title: str, lines: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(6))
        grid.addWidget(PlainLabel(title, size=theme.SMALL, dim=True), 0, 0, 1, 2)
        for place, (press, says) in enumerate(lines, 1):
            grid.addWidget(PlainLabel(press, bold=True), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(says), place, 1, Qt.AlignmentFlag.AlignTop)
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
