"""The pad beside a picture whose camera is held: eight directions, zoom, home and the presets by number. It asks, it turns nothing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from console.domain.ptz import Move, Preset
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.text import PlainLabel, label_text, one_line, tip
from console.ui.base.words import tr
from console.ui.wall.tile import BAND

SPEED = 0.5
SIDE, LIST_WIDE = 34, 150
HOME = "0"
WAYS = (("↖", -1, 1), ("↑", 0, 1), ("↗", 1, 1), ("←", -1, 0), ("", 0, 0), ("→", 1, 0), ("↙", -1, -1), ("↓", 0, -1), ("↘", 1, -1))
LARGE = 3  # pads that a picture must hold to give room to one
NUMBER = Qt.ItemDataRole.UserRole


class Pad(QFrame):
    """Stands over the wall; the keys stay with the tiles."""

    pushed = Signal(object)  # a Move while a button is down, a still one when it is let go
    numbered = Signal(str)  # a preset is chosen; it is gone to with `confirmed`
    confirmed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAutoFillBackground(True)
        self.title = PlainLabel(size=theme.SMALL, dim=True, elide=True)
        self.buttons: dict[str, QToolButton] = {}
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Presets"))
        self.list.itemClicked.connect(self._choose)
        self.list.itemDoubleClicked.connect(self._go)
        self.go = QToolButton()
        self.go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.go.clicked.connect(self.confirmed)
        self._lay_out()
        self.hide()

    def show_presets(self, presets: Mapping[str, Preset] | None) -> None:
        """List the presets by their numbers; None while they are being asked for."""
        self.list.clear()
        self._row(HOME, tr("Home"))
        for number, preset in (presets or {}).items():
            self._row(number, preset.name or preset.id)
        self.title.setText(tr("Arrows turn, + and - zoom, {key} lets go", key=shown("wall_turn")))
        self.choose("")

    def choose(self, number: str) -> None:
        """Show which preset Enter would go to."""
        rows = [self.list.item(at) for at in range(self.list.count())]
        row = next((row for row in rows if row.data(NUMBER) == number), None)
        self.list.setCurrentItem(row)
        if row is None:
            self.list.clearSelection()
            self.list.scrollToTop()
            self.go.setText(label_text(tr("No preset {number}", number=number) if number else tr("Number: preset")))
        else:
            self.go.setText(label_text(tr("Go to {number} (Enter)", number=number)))
        self.go.setEnabled(row is not None)

    def place(self, picture: QRect, room: QSize, others: Sequence[QRect]) -> None:
        """Stand in the upper right corner of a large picture, where cameras seldom write; beside a small one, hiding little of others."""
        size = self.sizeHint()
        inside = QRect(QPoint(picture.right() - size.width(), picture.top()), size)
        if picture.width() * picture.height() >= LARGE * size.width() * size.height():
            self.setGeometry(inside)
            return
        gap = theme.px(6)
        corners = (
            (picture.right() + gap, picture.top()), (picture.left() - size.width() - gap, picture.top()),
            (picture.left(), picture.bottom() + gap), (picture.left(), picture.top() - size.height() - theme.px(BAND) - gap),
        )  # fmt: skip
        spots = [_clamped(QRect(QPoint(*corner), size), room) for corner in corners]
        self.setGeometry(min(spots, key=lambda spot: sum(_shared(spot, other) for other in (picture, *others))))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(2)
        for at, (sign, pan, tilt) in enumerate(WAYS):
            if sign:
                grid.addWidget(self._button(sign, tr("Turn {way}", way=sign), Move(pan * SPEED, tilt * SPEED)), at // 3, at % 3)
        for row, sign, says, zoom in ((0, "＋", tr("Zoom in"), SPEED), (2, "－", tr("Zoom out"), -SPEED)):
            grid.addWidget(self._button(sign, says, Move(zoom=zoom)), row, 3)
        home = self._button("⌂", tr("Home"), None)
        home.clicked.connect(lambda: self.numbered.emit(HOME))
        grid.addWidget(home, 1, 1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.list, 1)
        right.addWidget(self.go)
        for widget in (self.list, self.go):
            widget.setFixedWidth(theme.px(LIST_WIDE))
        self.list.setFixedHeight(theme.px(2 * SIDE) + 2)
        self.go.setFixedHeight(theme.px(SIDE))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addLayout(grid)
        row.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(6), theme.px(4), theme.px(6), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        column.addLayout(row)

    def _button(self, sign: str, says: str, move: Move | None) -> QToolButton:
        made = QToolButton()
        made.setText(sign)
        made.setProperty("quiet", True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFixedSize(theme.px(SIDE), theme.px(SIDE))
        made.setAccessibleName(says)
        tip(made, says)
        if move is not None:
            made.pressed.connect(lambda: self.pushed.emit(move))
            made.released.connect(lambda: self.pushed.emit(Move()))
        self.buttons[sign] = made
        return made

    def _row(self, number: str, name: str) -> None:
        row = QListWidgetItem(one_line(f"{number} {name}"))
        row.setData(NUMBER, number)
        self.list.addItem(row)

    @Slot(QListWidgetItem)
    def _choose(self, row: QListWidgetItem) -> None:
        self.numbered.emit(row.data(NUMBER))

    @Slot(QListWidgetItem)
    def _go(self, row: QListWidgetItem) -> None:
        self.numbered.emit(row.data(NUMBER))
        self.confirmed.emit()


def _clamped(spot: QRect, room: QSize) -> QRect:
    left, top = min(spot.left(), room.width() - spot.width()), min(spot.top(), room.height() - spot.height())
    return QRect(QPoint(max(0, left), max(0, top)), spot.size())


def _shared(one: QRect, other: QRect) -> int:
    """The area both cover."""
    both = one & other
    return max(0, both.width()) * max(0, both.height())


def by_number(presets: Sequence[Preset]) -> dict[str, Preset]:
    """Presets under the camera's own numbers, or where it has names only, counted from 1."""
    if all(preset.id.isascii() and preset.id.isdecimal() for preset in presets):
        return {preset.id: preset for preset in presets}
    return {str(at): preset for at, preset in enumerate(presets, 1)}
