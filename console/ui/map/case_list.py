"""The window of cases round a place: what happened there in a year, or what is open there or inside a drawn area.

It stands beside the map, not in a dock: it belongs to one question and is gone with Esc.
What it shows is the answer of the moment it names; asking again is one key.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.limits import CHINA
from console.domain.vicinity import HISTORY_RADII_M, OPEN_RADII_M, Area, CaseHere, Circle, Gathering
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.panel import Head
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.table import RowsView
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import language, told, tr
from console.ui.map.case_rows import CaseRows
from console.ui.map.ruler import length_words
from console.ui.memory import Memory
from console.ui.seat import Seat

Kind = Literal["history", "open"]
SIZE, LEAST = QSize(760, 520), QSize(520, 260)
RADII: dict[Kind, tuple[int, ...]] = {"history": HISTORY_RADII_M, "open": OPEN_RADII_M}


class CaseList(QWidget):
    """Cases of an area, newest first. Enter takes one in hand, Ctrl+C copies the numbers, Ctrl+R asks again, Esc closes.

    The seat's keys go on working beside it: F5 dispatches the case that was taken here.
    """

    def __init__(self, seat: Seat, kind: Kind, area: Area, parent: QWidget | None = None, *, memory: Memory | None = None) -> None:
        """Make it for an area and ask; `memory` knows how large it was last."""
        super().__init__(parent, Qt.WindowType.Tool)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._seat, self._kind, self._area, self._memory = seat, kind, area, memory
        self.setWindowTitle(tr("History of this place") if kind == "history" else tr("Open cases here"))
        self.head = Head(tr("Last 12 months") if kind == "history" else tr("Open cases"), self)
        self.chips = Chips()
        self.chips.setVisible(isinstance(area, Circle))
        self.chips.show_chips(tuple((str(metres), length_words(metres)) for metres in RADII[kind]))
        if isinstance(area, Circle):
            self.chips.choose(str(area.radius_m))
        self.chips.chosen.connect(self._choose)
        self.model: RowsModel[CaseHere] = RowsModel(lambda row: row.id, self)
        self.view: RowsView[CaseHere] = RowsView(self.model, CaseRows(lambda: seat.services.codes))
        self.view.setAccessibleName(self.windowTitle())
        self.view.installEventFilter(self)
        self.view.opened.connect(self._take)
        self.view.picked.connect(self._offer)
        self.take = VerbButton(Verb("take", tr("Take in hand"), "Enter", is_primary=True))
        self.copy = VerbButton(Verb("copy", tr("Copy the numbers"), "Ctrl+C"))
        self.take.clicked.connect(lambda: self._take(self.view.current))
        self.copy.clicked.connect(self._copy)
        self._lay_out()
        kept = memory.size("case_list") if memory is not None else None
        self.resize(QSize(*kept) if kept is not None else QSize(theme.px(SIZE.width()), theme.px(SIZE.height())))
        self.setMinimumSize(theme.px(LEAST.width()), theme.px(LEAST.height()))
        self.setFocusProxy(self.view)
        seat.locked.connect(self.close)
        self.ask()

    def ask(self) -> None:
        """Ask for the cases of the area, as they are now."""
        self.view.empty_text = tr("Reading …")
        self.view.show_rows(())
        self.head.set_counters()
        self._offer(None)
        self._seat.work.ask(self, self._question(), self._show, failed=self._fail)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window behind, whose keys reach into this one."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the window's keys before the rows do: a list searches by digits and copies a cell."""
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+C copies, Ctrl+R asks again, digits choose a radius."""
        if not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        number, is_control = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif is_control and event.key() == Qt.Key.Key_C:
            self._copy()
        elif is_control and event.key() == Qt.Key.Key_R:
            self.ask()
        elif self.chips.isVisibleTo(self) and number.isascii() and number.isdigit() and 0 < int(number) <= len(RADII[self._kind]):
            self.chips.choose(str(RADII[self._kind][int(number) - 1]))
        else:
            return False
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how large it was."""
        if self._memory is not None:
            self._memory.keep_size("case_list", (self.width(), self.height()))
        super().closeEvent(event)

    def _lay_out(self) -> None:
        verbs = QHBoxLayout()
        verbs.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(10))
        verbs.setSpacing(theme.px(theme.GUTTER))
        verbs.addWidget(self.take, 2)
        verbs.addWidget(self.copy, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.chips)
        column.addWidget(self.view, 1)
        column.addLayout(verbs)

    def _question(self) -> Callable[[], Gathering]:
        vicinity, actor, area = self._seat.services.ask.vicinity, self._seat.actor, self._area
        if self._kind == "history" and isinstance(area, Circle):
            return lambda: vicinity.history(actor, area, self._seat.services.clock.now())
        return lambda: vicinity.open_cases(actor, area)

    @Slot(object)
    def _show(self, found: Gathering) -> None:
        self.view.empty_text = self._nothing()
        self.view.show_rows(found.rows)
        self.head.set_counters(*self._counters(found))
        if found.rows:
            self.view.select(found.rows[0].id)
        self._offer(self.view.current)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.view.empty_text = told(error)
        self.view.viewport().update()

    def _counters(self, found: Gathering) -> list[str]:
        priorities = self._seat.services.codes.priorities
        parts = [tr("{n} cases", n=found.total)]
        for code, count in found.counts:
            name = priorities[code].named(language()) if code in priorities else code
            parts.append(tr("{priority} {n}", priority=name, n=count))
        if found.total > len(found.rows):
            parts.append(tr("newest {n} shown", n=len(found.rows)))
        at = self._seat.services.clock.now().astimezone(CHINA)
        return [*parts, tr("as of {time} (Ctrl+R: again)", time=f"{at:%H:%M}")]

    def _nothing(self) -> str:
        if self._kind == "history":
            return tr("No case within this circle in the last 12 months.")
        return tr("No open case within this circle.") if isinstance(self._area, Circle) else tr("No open case inside this area.")

    @Slot(str)
    def _choose(self, key: str) -> None:
        if isinstance(self._area, Circle):
            self._area = replace(self._area, radius_m=int(key))
            self.ask()

    @Slot(object)
    def _offer(self, row: CaseHere | None) -> None:
        nothing = tr("No case is selected.")
        self.take.show_verb(replace(self.take.verb, is_enabled=row is not None, why_not=nothing))
        self.copy.show_verb(replace(self.copy.verb, is_enabled=bool(self.model.rows), why_not=nothing))

    @Slot(object)
    def _take(self, row: CaseHere | None) -> None:
        if row is not None:
            self._seat.take(row.id)

    def _copy(self) -> None:
        if self.model.rows:
            QGuiApplication.clipboard().setText("\n".join(row.number for row in self.model.rows))
            self._seat.said.emit(tr("{n} case numbers copied", n=len(self.model.rows)))
