"""Departments that are proposed: each with its tick, its name and duty phone to be changed, made all at once."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from console.service.units import NewUnit
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr
from console.ui.settings.staff import button

CODE, NAME, PHONE = range(3)
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Proposal(QWidget):
    """A list to strike out from. `wanted` hands over the units as they stand, `left` is the way back."""

    wanted = Signal(tuple)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty; `show_units` fills it."""
        super().__init__(parent)
        self._units: tuple[NewUnit, ...] = ()
        words = tr("Space strikes one out; typing over a name or phone changes it.")
        self.told = PlainLabel(words, size=theme.SMALL, dim=True, wrap=True)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([tr("Unit code"), tr("Unit name"), tr("Duty phone")])
        self.table.setAccessibleName(tr("Proposed departments"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW))
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for place, wide in ((CODE, 150), (PHONE, 140)):
            head.resizeSection(place, theme.px(wide))
        self.make = button("", self.submit, is_primary=True)
        self.none = button(tr("Strike out all"), self._turn_all)
        self.back = button(tr("Step back"), self.left.emit)
        row = QHBoxLayout()
        for part in (self.make, self.none, self.back):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.GUTTER))
        for part in (self.told, self.table):
            column.addWidget(part)
        column.addLayout(row)
        self.table.itemChanged.connect(lambda _item: self._show_count())
        self.setFocusProxy(self.table)

    def show_units(self, units: tuple[NewUnit, ...]) -> None:
        """Propose these, all of them chosen."""
        self._units = units
        self.table.blockSignals(True)
        self.table.setRowCount(len(units))
        for at, unit in enumerate(units):
            tick = QTableWidgetItem(unit.code)
            tick.setFlags(_SHOWN | Qt.ItemFlag.ItemIsUserCheckable)
            tick.setCheckState(Qt.CheckState.Checked)
            for place, item in ((CODE, tick), (NAME, QTableWidgetItem(unit.name)), (PHONE, QTableWidgetItem(unit.duty_phone))):
                self.table.setItem(at, place, item)
        self.table.blockSignals(False)
        self.table.setCurrentCell(0, CODE)
        self._show_count()

    @property
    def units(self) -> tuple[NewUnit, ...]:
        """What is left, as it stands in the list."""
        return tuple(
            replace(unit, name=self._text(at, NAME), duty_phone=self._text(at, PHONE))
            for at, unit in enumerate(self._units)
            if self._is_on(at)
        )

    def submit(self) -> None:
        """Make what is left."""
        self.table.setFocus()  # an open cell hands over what was typed
        if self.units:
            self.wanted.emit(self.units)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _text(self, at: int, place: int) -> str:
        item = self.table.item(at, place)
        return item.text().strip() if item is not None else ""

    def _is_on(self, at: int) -> bool:
        item = self.table.item(at, CODE)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def _turn_all(self) -> None:
        state = Qt.CheckState.Unchecked if self.units else Qt.CheckState.Checked
        for at in range(len(self._units)):
            item = self.table.item(at, CODE)
            if item is not None:
                item.setCheckState(state)

    def _show_count(self) -> None:
        count = len(self.units)
        self.make.setText(label_text(tr("Make {n} departments {key}", n=count, key=shown("submit"))))
        self.make.setEnabled(bool(count))
        self.none.setText(label_text(tr("Strike out all") if count else tr("Choose all")))
