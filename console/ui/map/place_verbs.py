"""What may be done at a place of the map beside what the panel offers itself: its history, and the open cases round it."""

from PySide6.QtWidgets import QMenu, QWidget

from console.domain.place import Point
from console.domain.vicinity import Area, Circle, Outline
from console.ui.base.text import label_text
from console.ui.base.words import tr
from console.ui.map.case_list import CaseList, Kind
from console.ui.map.ruler import Ruler
from console.ui.memory import Memory
from console.ui.seat import Seat

FIRST_HISTORY_M, FIRST_OPEN_M = 100, 500


class PlaceVerbs:
    """Adds its verbs to the menu of a place and opens their windows over the map."""

    def __init__(self, seat: Seat, parent: QWidget, memory: Memory | None = None) -> None:
        """Make them for a seat; windows belong to `parent`."""
        self._seat, self._parent, self._memory = seat, parent, memory

    def add_to(self, menu: QMenu, spot: Point, ruler: Ruler | None) -> None:
        """Offer what can be asked about a spot, and about the area that is being measured when it is closed."""
        if ruler is not None and len(ruler.spots) >= 3:
            area = Outline(ruler.spots)
            menu.addAction(label_text(tr("Open cases inside the measured area …")), lambda: self.open("open", area))
        menu.addAction(label_text(tr("Open cases round this place …")), lambda: self.open("open", Circle(spot, FIRST_OPEN_M)))
        menu.addAction(label_text(tr("History of this place …")), lambda: self.open("history", Circle(spot, FIRST_HISTORY_M)))

    def open(self, kind: Kind, area: Area) -> CaseList:
        """Open the list of an area; an older one gives way."""
        for older in self._parent.findChildren(CaseList):
            older.close()
        made = CaseList(self._seat, kind, area, self._parent, memory=self._memory)
        made.show()
        made.activateWindow()
        made.view.setFocus()
        return made
