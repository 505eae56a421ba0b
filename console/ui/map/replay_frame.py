"""What makes a replayed map unmistakable: a frame round it, and a plate that says which moment it shows and that it is not now."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.base import draw, theme

EDGE, PAD = 5, 10


class ReplayFrame(QWidget):
    """Lies over the whole map and lets every press through; hidden until it is given words."""

    def __init__(self, over: QWidget) -> None:
        """Lie over a map and stay as large as it is."""
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words, self.more = "", ""
        over.installEventFilter(self)
        self.hide()

    def show_words(self, words: str, more: str) -> None:
        """Say what the map shows, large, and below what else must be known."""
        if (words, more) != (self.words, self.more):
            self.words, self.more = words, more
            self.setAccessibleName(words)
            self.update()
        if self.isHidden():
            self.setGeometry(self.parentWidget().rect())
            self.show()
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the map."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame and the plate in the colour of what is late."""
        painter, shade = QPainter(self), theme.tokens()
        amber, edge = theme.colour(shade.amber), theme.px(EDGE)
        wide, high = self.width(), self.height()
        for side in ((0, 0, wide, edge), (0, high - edge, wide, edge), (0, 0, edge, high), (wide - edge, 0, edge, high)):
            painter.fillRect(QRect(*side), amber)
        large, small = QFontMetrics(theme.font(theme.TITLE, bold=True)), QFontMetrics(theme.font(bold=True))
        needs = max(large.horizontalAdvance(self.words), small.horizontalAdvance(self.more)) + 3 * theme.px(PAD)
        plate = QRect(0, 0, min(wide, needs), large.height() + small.height() + theme.px(PAD))
        plate.moveLeft((wide - plate.width()) // 2)
        painter.fillRect(plate, amber)
        upper = QRect(plate.left() + theme.px(PAD), theme.px(PAD) // 2, plate.width() - 2 * theme.px(PAD), large.height())
        draw.text(painter, upper, self.words, size=theme.TITLE, bold=True, ink=shade.on_amber, centre=True)
        lower = QRect(upper.left(), upper.bottom() + 1, upper.width(), small.height())
        draw.text(painter, lower, self.more, bold=True, ink=shade.on_amber, centre=True)
        painter.end()
