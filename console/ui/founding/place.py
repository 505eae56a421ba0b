"""The page that asks which division the hall is of: found by name, code, pinyin or initials."""

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.place import CITY, COUNTY, TOWN
from console.service.founding import Place
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.settings.table import MOST, Column, Table


class PlacePage(QWidget):
    """Search line and list; the row that is chosen is the hall to be."""

    chosen = Signal()  # Enter: go on with it
    picked = Signal()  # another row, or none

    def __init__(self, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page; `show_places` fills it."""
        super().__init__(parent)
        self._places: tuple[Place, ...] = ()
        self.search = LineEdit(hint=tr("Name, code, pinyin or initials, such as 南乐, 410923, nanle, nlx"), longest=60)
        self.search.setAccessibleName(tr("Find the division"))
        columns: tuple[Column[Place], ...] = (
            Column(tr("Division"), lambda row: row.name, 200), Column(tr("Level"), lambda row: level_words(row.level), 110),
            Column(tr("Lies in"), lambda row: row.above or "—", 230), Column(tr("Code"), lambda row: row.code, 130),
        )  # fmt: skip
        self.table: Table[Place] = Table(columns, lambda row: row.code, kept, "places")
        self.table.setAccessibleName(tr("Divisions"))
        self.table.empty_text = tr("Reading …")
        self.told = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        words = tr("Which division is this hall of? Its centre is made, with all centres, towns, villages and grids below it.")
        column.addWidget(PlainLabel(words, wrap=True))
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        self.search.textChanged.connect(lambda _: self._find())
        self.search.entered.connect(lambda _: self.chosen.emit())
        self.table.opened.connect(lambda _: self.chosen.emit())
        self.table.picked.connect(lambda _: self.picked.emit())
        self.setFocusProxy(self.search)

    @property
    def place(self) -> Place | None:
        """The division that is chosen."""
        return self.table.current

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Offer these divisions."""
        self._places = places
        self._find()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the list while the search line keeps the focus."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        step = steps.get(Qt.Key(event.key()))
        count = len(self.table.cells.rows)
        if step is None or not count:
            super().keyPressEvent(event)
            return
        at = min(count - 1, max(0, self.table.currentIndex().row() + step))
        self.table.setCurrentIndex(self.table.cells.index(at, 0))

    def _find(self) -> None:
        sought = self.search.text().strip()
        found = tuple(place for place in self._places if place.matches(sought))
        self.table.empty_text = tr("No division is called so. Try fewer letters.") if self._places else tr("Reading …")
        self.table.forget()  # a row chosen for other words must not be taken by Enter
        self.table.show_rows(found)
        if found:
            self.table.setCurrentIndex(self.table.cells.index(0, 0))
        told = tr("{n} divisions", n=len(found))
        if len(found) > MOST:
            told = tr("{n} divisions, the first {most} are shown: type more letters", n=len(found), most=MOST)
        self.told.setText(told if self._places else "")


def level_words(level: int) -> str:
    """What a division of a level is called."""
    return {CITY: tr("City level"), COUNTY: tr("County level"), TOWN: tr("Town level")}.get(level, tr("Village level"))
