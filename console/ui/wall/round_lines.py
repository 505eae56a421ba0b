"""The lines that ask for rounds: cameras that take turns in a tile, walls that follow one another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QListWidget, QListWidgetItem, QSpinBox, QWidget

from console.domain.saved_wall import DWELL, DWELL_MAX, DWELL_MIN, NAME_MAX, SavedWall, Step, Steps
from console.ui.base import theme
from console.ui.base.card import Card
from console.ui.base.line import LineEdit
from console.ui.base.text import label_text, one_line
from console.ui.base.words import tr


class _Line(Card):
    """A card whose steps stay a while each."""

    def __init__(self, title: str, parts: tuple[QWidget, ...], parent: QWidget | None) -> None:
        self.dwell = dwell_box()
        super().__init__(title, (*parts, self.dwell), tr("Start"), parent, narrow=(self.dwell,))


class CarouselLine(_Line):
    """Asks for the numbers of cameras that take turns in the chosen tile."""

    given = Signal(str, int)  # numbers, each perhaps with :seconds and @preset; the seconds of the others

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        self.numbers = LineEdit(hint=tr("Camera numbers, e.g. 301 302:30 305:20@gate"), longest=200)
        self.numbers.setAccessibleName(tr("Camera numbers"))
        super().__init__(tr("Cameras that take turns in the chosen tile"), (self.numbers,), parent)
        self.numbers.entered.connect(lambda _: self._give())
        self.done.clicked.connect(self._give)

    def ask(self) -> None:
        """Stand there and take the keys."""
        self.say("")
        self.show()
        self.numbers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        self.given.emit(self.numbers.text(), self.dwell.value())


class _Order(QListWidget):
    """Lines that are put into order by dragging, or by Ctrl and the arrows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and an arrow move the line; all else is the list's own."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        row = self.currentRow()
        if steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier and 0 <= row + steps < self.count():
            self.insertItem(row + steps, self.takeItem(row))
            self.setCurrentRow(row + steps)
        else:
            super().keyPressEvent(event)


class TourLine(_Line):
    """Asks which kept walls a tour leads over, and in which order."""

    given = Signal(str, object)  # name, Steps

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        self.name = LineEdit(hint=tr("Name of the tour"), longest=NAME_MAX)
        self.name.setAccessibleName(tr("Name of the tour"))
        self.walls = _Order()
        self.walls.setAccessibleName(tr("Walls of the tour"))
        self.walls.setFixedHeight(theme.px(96))
        self.walls.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        super().__init__(tr("A tour over kept walls: tick them, order them by dragging or Ctrl+arrows"), (self.name, self.walls), parent)
        self.name.entered.connect(lambda _: self._give())
        self.done.clicked.connect(self._give)

    def ask(self, walls: tuple[SavedWall, ...]) -> None:
        """Offer these walls, all ticked."""
        self.walls.clear()
        for wall in walls:
            item = QListWidgetItem(one_line(wall.name))
            item.setData(Qt.ItemDataRole.UserRole, wall.id)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked)
            self.walls.addItem(item)
        self.say("")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        items = [self.walls.item(row) for row in range(self.walls.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        steps: Steps = tuple(Step(int(item.data(Qt.ItemDataRole.UserRole)), self.dwell.value()) for item in ticked)
        self.given.emit(self.name.text().strip() or tr("Tour"), steps)


def dwell_box() -> QSpinBox:
    """A field for the seconds each step stays, typed or turned by the arrow keys."""
    box = QSpinBox()
    box.setRange(DWELL_MIN, DWELL_MAX)
    box.setValue(DWELL)
    box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    box.setSuffix(label_text(tr(" s each")))
    box.setAccessibleName(tr("Seconds each one stays"))
    return box
