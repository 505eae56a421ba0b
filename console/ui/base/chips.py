"""A line of filter chips, one of which is on: 全部 · 未接 7 · 我的."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from console.ui.base import theme
from console.ui.base.text import label_text


class _Chip(QToolButton):
    """A chip that never takes less room than its words."""

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()


class Chips(QFrame):
    """Chooses one of a few filters; Left and Right walk, the choice is told at once."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, is_in_head: bool = False) -> None:
        """Make an empty line; in a panel's head it takes no margins of its own."""
        super().__init__(parent)
        self.setFixedHeight(theme.px(30 if is_in_head else 44))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        side = 0 if is_in_head else theme.px(10)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(theme.px(6))
        self._row.addStretch(1)

    def show_chips(self, chips: tuple[tuple[str, str], ...]) -> None:
        """Show these filters as (key, words); a chip that stays keeps focus and choice."""
        for key, words in chips:
            if key not in self._buttons:
                self._add(key)
            self._buttons[key].setText(label_text(words))

    @property
    def current(self) -> str:
        """The key of the filter that is on."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Put a filter on, as if it was pressed."""
        if key != self.current:
            self._buttons[key].setChecked(True)
            self.chosen.emit(key)

    def _add(self, key: str) -> None:
        button = _Chip(self)
        button.setCheckable(True)
        button.setChecked(not self._buttons)
        button.setFont(theme.font(theme.SMALL))
        button.setFixedHeight(theme.px(26 if self.height() < theme.px(40) else 28))
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._row.insertWidget(self._row.count() - 1, button)
        self._buttons[key] = button


class WrappedChips(Chips):
    """Chips that take as many lines as their width asks for; `lined` tells the height that makes."""

    lined = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty line for a panel's head."""
        super().__init__(parent, is_in_head=True)
        self._line = self.height()
        self._row.setEnabled(False)  # the chips are placed here, one line under the other
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All chips in one line."""
        gap = self._row.spacing()
        return QSize(sum(button.sizeHint().width() + gap for button in self._buttons.values()), self.height())

    def minimumSizeHint(self) -> QSize:
        """The widest chip."""
        return QSize(max((button.sizeHint().width() for button in self._buttons.values()), default=0), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill line after line."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left = top = 0
        for button in self._buttons.values():
            size = QSize(button.sizeHint().width(), button.height())
            if left and left + size.width() > self.width():
                left, top = 0, top + self._line
            button.setGeometry(QRect(QPoint(left, top + (self._line - size.height()) // 2), size))
            left += size.width() + self._row.spacing()
        if top + self._line != self.height():
            self.setFixedHeight(top + self._line)
            self.lined.emit(self.height())
