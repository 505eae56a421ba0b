"""What may be done at a place of the map beside what the panel offers itself: its history, and the open cases round it."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.case import REPORTERS
from console.domain.place import Point
from console.domain.search import PersonHit
from console.domain.vicinity import Area, Circle, Outline
from console.ui.base.reaching import call_note
from console.ui.base.text import label_text, one_line
from console.ui.base.words import tr
from console.ui.case.new_case import NewCase
from console.ui.map.case_list import CaseList, Kind
from console.ui.map.ruler import Ruler
from console.ui.memory import Memory
from console.ui.seat import Seat

FIRST_HISTORY_M, FIRST_OPEN_M = 100, 500


class PlaceVerbs(QObject):
    """Adds its verbs to the menu of a place and opens their windows over the map."""

    def __init__(self, seat: Seat, parent: QWidget, memory: Memory | None = None) -> None:
        """Make them for a seat; windows belong to `parent`."""
        super().__init__(parent)
        self._seat, self._parent, self._memory = seat, parent, memory
        self.new_case: NewCase | None = None  # made when it is first asked for; it keeps its words
        seat.reporting.connect(self.write_anywhere)

    def add_to(self, menu: QMenu, spot: Point, ruler: Ruler | None, words: str = "") -> None:
        """Offer what can be asked about a spot, and about the area that is being measured when it is closed; `words` say where it is."""
        if ruler is not None and len(ruler.spots) >= 3:
            area = Outline(ruler.spots)
            menu.addAction(label_text(tr("Open cases inside the measured area …")), lambda: self.open("open", area))
        menu.addAction(label_text(tr("Open cases round this place …")), lambda: self.open("open", Circle(spot, FIRST_OPEN_M)))
        menu.addAction(label_text(tr("History of this place …")), lambda: self.open("history", Circle(spot, FIRST_HISTORY_M)))

        if self._seat.actor.holds_any(REPORTERS):
            menu.addAction(label_text(tr("New case here …")), lambda: self.write(spot, words))

    def add_workers(self, menu: QMenu, grid: str) -> None:
        """Say who works in a grid, as soon as that is known; choosing one says how to reach him."""
        asked = menu.addAction(label_text(tr("Grid worker: looking …")))
        asked.setEnabled(False)

        def show(found: tuple[PersonHit, ...]) -> None:
            if not found:
                asked.setText(label_text(tr("No grid worker is known here")))
                return
            for person in found:
                words = tr("Grid worker {name}  {phone}", name=one_line(person.name, 20), phone=person.masked_phone or "—")
                made = QAction(label_text(words), menu)
                made.triggered.connect(lambda _=False, person=person: self._seat.said.emit(call_note(person)))
                menu.insertAction(asked, made)
            menu.removeAction(asked)

        self._seat.work.ask(menu, self._seat.services.ask.search.workers, show, self._seat.actor, grid)

    @Slot()
    def write_anywhere(self) -> None:
        """Ctrl+N: open the form of a new case without a place; one that is open keeps its place."""
        if self.new_case is None or not self.new_case.isVisible():
            self.write(None, tr("No position yet: right-click the map and choose New case here; the words stay"))
        else:
            self.new_case.activateWindow()

    def write(self, spot: Point | None, words: str) -> None:
        """Open the form of a new case for a place, or for none yet."""
        if self.new_case is None:
            self.new_case = NewCase(self._seat, self._parent)
        self.new_case.open(spot, words)

    def open(self, kind: Kind, area: Area) -> CaseList:
        """Open the list of an area; an older one gives way."""
        for older in self._parent.findChildren(CaseList):
            older.close()
        made = CaseList(self._seat, kind, area, self._parent, memory=self._memory)
        made.show()
        made.activateWindow()
        made.view.setFocus()
        return made
