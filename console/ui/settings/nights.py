"""The nightly deletions: each night and what it took away, with the hashes that prove it; nothing can be changed here."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from console.domain.paging import Leaf
from console.domain.retention import DeletionItem, DeletionReport
from console.service.administration import Administration
from console.service.retention import Holds
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.listing import Listing
from console.ui.settings.staff import StaffPage, moment, side_by_side
from console.ui.settings.table import Column


class NightsPage(StaffPage):
    """Nights on the left, the things of the chosen one on the right."""

    kinds = frozenset({"case"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, holds: Holds, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._holds = holds
        self._night = 0
        nights: tuple[Column[DeletionReport], ...] = (
            Column(tr("Night"), lambda row: row.day, 120, "day"), Column(tr("Cases"), lambda row: str(row.cases), 80, "cases"),
            Column(tr("Rows"), lambda row: str(row.rows), 80, "rows"), Column(tr("Files"), lambda row: str(row.files), 80, "files"),
            Column(tr("Ended"), lambda row: moment(row.ended_at) if row.ended_at is not None else tr("not ended"), 150),
        )  # fmt: skip
        items: tuple[Column[DeletionItem], ...] = (
            Column(tr("Kind"), lambda row: kind_words(row.kind), 160, "kind"),
            Column(tr("Case"), lambda row: row.number or "—", 240, "number"),
            Column(tr("Record"), lambda row: str(row.ref), 90, "ref"), Column("SHA-256", lambda row: row.sha256, 500, "sha256"),
        )  # fmt: skip
        self.nights: Listing[DeletionReport] = Listing(nights, lambda row: row.id, kept, "nights")
        self.items: Listing[DeletionItem] = Listing(items, lambda row: row.id, kept, "deleted")
        self.column.addWidget(side_by_side(kept, "nights", (self.nights, 2), (self.items, 3)), 1)
        self.column.addWidget(self.message)
        self.nights.asked.connect(self.refresh)
        self.items.asked.connect(self._ask_items)
        self.nights.table.picked.connect(self._pick)
        self.setFocusProxy(self.nights)

    def refresh(self) -> None:
        """Ask for the nights, and for what the chosen one took away."""
        self.ask(self._holds.nights, self._show_nights, self.nights.turn)

    def _show_nights(self, leaf: Leaf[DeletionReport]) -> None:
        self.nights.show_leaf(leaf, tr("No night has deleted anything yet. The first begins at two in the morning."))
        if leaf.rows and self.nights.table.current is None:
            self.nights.table.choose(leaf.rows[0].id)
        if not leaf.rows:
            self.items.show_leaf(Leaf((), 0), "")
        self._ask_items()
        self.answered.emit()

    def _pick(self, night: DeletionReport | None) -> None:
        if night is not None and night.id != self._night:
            self._night = night.id
            self.items.begin()
            self._ask_items()

    def _ask_items(self) -> None:
        if self._night:
            self.ask(self._holds.items, self._show_items, self._night, self.items.turn)

    def _show_items(self, leaf: Leaf[DeletionItem]) -> None:
        self.items.show_leaf(leaf, tr("This night nothing was due."))


def kind_words(kind: str) -> str:
    """What was taken away, in words."""
    return {
        "case": tr("a case's words"), "report": tr("a report"), "reply": tr("an answer"), "remark": tr("a remark"),
        "attachment": tr("a picture's record"), "file": tr("a file"),
        "sighting": tr("a mark on a camera"), "clip": tr("a clip"), "still": tr("a camera's picture"),
    }.get(kind, kind)  # fmt: skip
