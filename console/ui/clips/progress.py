"""How far something is that takes its time, and the button that calls it off."""

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.ui.base import draw, theme
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr
from console.video.cutting import Stop, Watch


class _Bar(QWidget):
    """A thin bar."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedHeight(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is done."""
        draw.bar(QPainter(self), QRectF(0, 0, self.width(), theme.px(6)), self.share, "")


class ProgressLine(QWidget):
    """Hidden until something begins."""

    _moved = Signal(float)  # from the thread that works

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it."""
        super().__init__(parent)
        self._stop: Stop | None = None
        self._words = ""
        self.label, self.bar = PlainLabel(size=theme.SMALL), _Bar()
        self.cancel = QPushButton(label_text(tr("Call off")))
        column = QVBoxLayout()
        column.setSpacing(theme.px(3))
        column.addWidget(self.label)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addLayout(column, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.call_off)
        self._moved.connect(self._move)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._stop is not None

    def begin(self, words: str) -> Watch:
        """Show it for something that begins now; what is returned tells it how far that is."""
        self._words, self._stop = words, Stop()
        self.cancel.setEnabled(True)
        self._move(0.0)
        self.show()
        return Watch(self._moved.emit, self._stop)

    def end(self) -> None:
        """It is over, one way or the other."""
        self._stop = None
        self.hide()

    @Slot()
    def call_off(self) -> None:
        """End what is under way; what becomes of it is told as any other end."""
        if self._stop is not None:
            self._stop.call()
            self.cancel.setEnabled(False)

    @Slot(float)
    def _move(self, share: float) -> None:
        self.bar.share = share
        self.bar.update()
        self.label.setText(tr("{what}: {n} %", what=self._words, n=round(100 * share)))
