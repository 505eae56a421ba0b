"""A box to choose one of a few words, with an arrow that can be seen in both themes."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QComboBox, QWidget

from console.ui.base import theme


class Pick(QComboBox):
    """A combo box in the console's plain look; typing a code or a first letter finds the entry."""

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        """Make the box; `entries` are (code, words), `name` is for screen readers."""
        super().__init__(parent)
        self.setFont(theme.font())
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self.setStyleSheet(f"QComboBox::drop-down {{ border: 0; width: {theme.px(26)}px; }} QComboBox::down-arrow {{ image: none; }}")
        for code, words in entries:
            self.addItem(words, code)

    @property
    def code(self) -> str:
        """The code that is chosen; empty when none is."""
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Choose an entry by its code."""
        self.setCurrentIndex(self.findData(code))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then the arrow: the style's own is lost in dark colours."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tokens().text if self.isEnabled() else theme.tokens().dim))
        side, middle = theme.px(5), QPointF(self.width() - theme.px(16), self.height() / 2 + 1)
        corners = ((-side, -side / 2), (side, -side / 2), (0, side / 2 + 1))
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
