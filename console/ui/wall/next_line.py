"""The line of proposals: the next cameras on the way after a mark, each opened by its number."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.domain.sighting import Ahead
from console.ui.base import theme
from console.ui.base.card import Inset
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.winds import wind_letters
from console.ui.base.words import tr
from console.ui.wall.grounds import metres


class NextLine(Inset):
    """Stands inside the panel while the way is followed; the numbers work while it has the keys."""

    wanted = Signal(object)  # an Ahead

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = PlainLabel(bold=True, elide=True)
        self.back = QPushButton(label_text(tr("Back")))
        self.buttons: list[QToolButton] = []
        self._found: tuple[Ahead, ...] = ()
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.px(12))
        self._rows.setVerticalSpacing(theme.px(2))
        self._rows.setColumnStretch(5, 1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._rows)
        self.back.clicked.connect(self.hide)
        self.hide()

    def offer(self, title: str, found: tuple[Ahead, ...]) -> None:
        """Offer cameras; the keys come here."""
        self.title.setText(title)
        self._found = found
        self._clear()
        for row, one in enumerate(found):
            self._add(row, one)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number opens its camera, Esc closes the line."""
        text = event.text()
        number = int(text) if text.isascii() and text.isdigit() else 0
        if 1 <= number <= len(self._found):
            self.wanted.emit(self._found[number - 1])
        else:
            super().keyPressEvent(event)

    def _add(self, row: int, one: Ahead) -> None:
        button = QToolButton(self)
        button.setText(str(row + 1))
        button.setFont(theme.font(theme.SMALL, bold=True))
        button.setAccessibleName(tr("Open {code} {name}", code=one.camera.code, name=one.camera.name))
        button.clicked.connect(lambda _=False: self.wanted.emit(one))
        self.buttons.append(button)
        name = PlainLabel(f"{one.camera.code}  {one.camera.name}", size=theme.SMALL, bold=True)
        far = tr("{wind} {metres}", wind=wind_letters(one.bearing_deg), metres=metres(one.distance_m))
        times = tr("by car {from_} to {to}", **_span(one.vehicle_s)), tr("on foot {from_} to {to}", **_span(one.walking_s))
        labels = [name, *(PlainLabel(words, size=theme.SMALL, dim=True) for words in (far, *times))]
        for column, widget in enumerate((button, *labels)):
            self._rows.addWidget(widget, row, column)

    def _clear(self) -> None:
        self.buttons = []
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _span(seconds: tuple[float, float]) -> dict[str, str]:
    soonest, latest = (f"{round(one) // 60}:{round(one) % 60:02d}" for one in seconds)
    return {"from_": soonest, "to": latest}
