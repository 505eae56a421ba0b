"""Units in the dispatch strip: one row each with its part, and a line that finds any other by a few letters."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr
from console.ui.case.plan import find_units
from console.ui.wording import Named


class _UnitRow(QWidget):
    """One unit: leads, helps, or does not take part."""

    def __init__(self, unit: Named) -> None:
        super().__init__()
        self.unit = unit
        self.lead = QRadioButton(label_text(tr("lead")))
        self.co = QCheckBox(label_text(tr("co")))
        self.lead.setAutoExclusive(False)
        for part, words in ((self.lead, tr("{unit} leads", unit=unit.name)), (self.co, tr("{unit} helps", unit=unit.name))):
            part.setFont(theme.font())
            part.setAccessibleName(words)
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.name = PlainLabel(elide=True)
        self.name.setText(unit.short if unit.short == unit.name else tr("{short} · {name}", short=unit.short, name=unit.name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self.lead)
        row.addWidget(self.co)
        row.addWidget(self.name, 1)


class UnitRows(QWidget):
    """The units of a plan. Exactly one may lead."""

    led = Signal(int)
    helped = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it without rows."""
        super().__init__(parent)
        self.rows: dict[int, _UnitRow] = {}
        self.row_height = theme.px(30)
        self._group = QButtonGroup(self)
        self._none = PlainLabel(tr("No unit yet: name one below"), dim=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._none)
        self._column.addStretch(1)

    def show_parts(self, parts: tuple[tuple[int, str], ...], units: Mapping[int, Named]) -> None:
        """Show these units with their parts; rows that stay keep the focus."""
        listed = dict(parts)
        for unit in [unit for unit in self.rows if unit not in listed]:
            gone = self.rows.pop(unit)
            self._group.removeButton(gone.lead)
            gone.hide()
            gone.deleteLater()
        for place, (unit, part) in enumerate(parts):
            row = self.rows.get(unit)
            if row is None:
                row = self._add(units.get(unit) or Named(unit, tr("unit {n}", n=unit), tr("unit {n}", n=unit), ()))
            self._column.insertWidget(place, row)
            # Exclusive groups refuse to let go of their last button, and a plan may be without a lead.
            self._group.setExclusive(False)
            row.lead.setChecked(part == "lead")
            self._group.setExclusive(True)
            row.co.setChecked(part == "co")
            row.co.setEnabled(part != "lead")
            row.name.set_dim(not part)
        self._none.setVisible(not parts)

    def _add(self, unit: Named) -> _UnitRow:
        row = self.rows[unit.id] = _UnitRow(unit)
        row.setFixedHeight(self.row_height)
        self._group.addButton(row.lead)
        row.lead.clicked.connect(lambda: self.led.emit(unit.id))
        row.co.clicked.connect(lambda is_on: self.helped.emit(unit.id, is_on))
        return row


class UnitSearch(QWidget):
    """Finds a unit by code, name or initials: Enter takes the first, Down walks, a click takes any."""

    found = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it with nothing to find."""
        super().__init__(parent)
        self._units: Mapping[int, Named] = {}
        self._left_out: frozenset[int] = frozenset()
        self._hits: tuple[Named, ...] = ()
        self.line = LineEdit(hint=tr("Add a unit: code, name or initials"))
        self.line.setAccessibleName(tr("Add a unit: code, name or initials"))
        self.line.textChanged.connect(self._search)
        self.line.entered.connect(self._take_first)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.line)
        column.addLayout(self._list)
        self.buttons: list[QToolButton] = []

    def set_units(self, units: Mapping[int, Named], left_out: frozenset[int]) -> None:
        """Say what can be found and what is already there."""
        self._units, self._left_out = units, left_out
        self._search(self.line.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc first empties the line; Down goes into what was found."""
        if event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
            self.line.setFocus()
        elif event.key() == Qt.Key.Key_Down and self._hits:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up and self._hits:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _search(self, typed: str) -> None:
        self._hits = find_units(typed, self._units, self._left_out)
        while len(self.buttons) < len(self._hits):
            button = QToolButton()
            button.setFont(theme.font())
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(self._take_pressed)
            self._list.addWidget(button)
            self.buttons.append(button)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self._hits))
            if place < len(self._hits):
                unit = self._hits[place]
                words = unit.short if unit.short == unit.name else tr("{short} · {name}", short=unit.short, name=unit.name)
                button.setText(label_text(words))

    def _take_first(self, _typed: str) -> None:
        if self._hits:
            self._take(self._hits[0])

    def _take_pressed(self) -> None:
        place = self.buttons.index(self.sender())
        if place < len(self._hits):
            self._take(self._hits[place])

    def _take(self, unit: Named) -> None:
        self.line.clear()
        self.line.setFocus()
        self.found.emit(unit.id)
