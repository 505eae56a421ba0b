"""Red and black plates a director or supervisor is told of: each waits until he has taken note of it."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from console.domain.paging import Leaf
from console.service.administration import Administration
from console.service.supervision import TOLD_ROLES, Plate, Supervisions
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.listing import Listing
from console.ui.settings.page import Page
from console.ui.settings.staff import StaffPage, button, moment
from console.ui.settings.table import Column


class PlatesPage(StaffPage):
    """Plates of the seat's area that wait for its officer."""

    kinds = frozenset({"supervision", "plate", "case"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._plates: Supervisions = seat.services.supervisions
        columns: tuple[Column[Plate], ...] = (
            Column(tr("Plate"), lambda row: self._plate(row.supervision.card), 110, "card", ink=lambda _: "alarm"),
            Column(tr("Case"), lambda row: row.number, 230, "number"),
            Column(tr("Category"), lambda row: self._category(row.category), 260, "category"),
            Column(tr("Priority"), lambda row: row.priority, 80, "priority"),
            Column(tr("Unit"), lambda row: row.unit or "—", 220, "unit"),
            Column(tr("Hung up at"), lambda row: moment(row.supervision.at), 150, "at"),
        )  # fmt: skip
        self.listing: Listing[Plate] = Listing(columns, lambda row: row.supervision.id, kept, "plates")
        self.look, self.take = button(tr("Show the case"), self.show_case), button(tr("Take note"), self.take_note, is_primary=True)
        for part in (self.look, self.take):
            self.listing.line.addWidget(part)
        self.column.addWidget(self.listing, 1)
        self.column.addWidget(self.message)
        self.listing.asked.connect(self.refresh)
        self.listing.table.picked.connect(lambda _: self._show_state())
        self.listing.table.opened.connect(lambda _: self.show_case())
        self.setFocusProxy(self.listing)
        self._show_state()

    def refresh(self) -> None:
        """Ask for the page that is shown."""
        self.ask(self._plates.to_note, self._show, self.listing.turn)

    def submit(self) -> bool:
        """Ctrl+Enter takes note of the chosen plate."""
        self.take_note()
        return True

    def show_case(self) -> None:
        """Take the case of the chosen plate in hand."""
        row = self.listing.table.current
        if row is not None:
            self.seat.take(row.supervision.case_id)
            self.seat.said.emit(tr("Case {number} is in hand.", number=row.number))

    def take_note(self) -> None:
        """Take note of the chosen plate."""
        row = self.listing.table.current
        if row is not None:
            self.act(self._plates.note, lambda _nothing: self.refresh(), row.supervision.id)

    def _show(self, leaf: Leaf[Plate]) -> None:
        self.listing.show_leaf(leaf, tr("No red or black plate waits for you. One is hung up when a limit is exceeded twice over."))
        if leaf.rows and self.listing.table.current is None:
            self.listing.table.choose(leaf.rows[0].supervision.id)
        self._show_state()
        self.answered.emit()

    def _show_state(self) -> None:
        for part in (self.look, self.take):
            part.setEnabled(self.listing.table.current is not None)

    def _plate(self, card: str) -> str:
        entry = self.seat.services.codes.supervision["plate"].get(card)
        return entry.named(language()) if entry is not None else card

    def _category(self, code: str) -> str:
        entry = self.seat.services.codes.categories.get(code)
        return entry.named(language()) if entry is not None else code


def plate_pages(seat: Seat, kept: QSettings) -> tuple[tuple[str, Page], ...]:
    """The page for whom CT-12 has told; none for the others."""
    admin = seat.services.admin
    if admin is None or not seat.actor.holds_any(TOLD_ROLES):
        return ()
    return ((tr("Plates"), PlatesPage(seat, admin, kept)),)
