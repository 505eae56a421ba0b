"""Cases held back from deletion: which, why, by whom and until when; the director looks into one, or lifts its hold."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from console.domain.paging import Leaf
from console.service.administration import Administration
from console.service.retention import HOLDERS, REASON_MAX, HeldCase, Holds
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.listing import Listing
from console.ui.settings.staff import StaffPage, button, line, moment
from console.ui.settings.table import Column


class HoldsPage(StaffPage):
    """Holds in force of the seat's area."""

    kinds = frozenset({"case"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, holds: Holds, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._holds = holds
        columns: tuple[Column[HeldCase], ...] = (
            Column(tr("Case"), lambda row: row.number, 240, "number"),
            Column(tr("Category"), lambda row: self._category(row.category), 260, "category"),
            Column(tr("Reason"), lambda row: row.hold.reason, 420, "reason"),
            Column(tr("Held by"), lambda row: row.holder or "—", 120, "holder"),
            Column(tr("Held since"), lambda row: moment(row.hold.held_at), 150, "held_at"),
            Column(tr("Held until"), lambda row: moment(row.hold.until), 150, "until"),
        )  # fmt: skip
        self.listing: Listing[HeldCase] = Listing(columns, lambda row: row.hold.id, kept, "holds")
        self.reason = line(tr("Why the hold is lifted"), longest=REASON_MAX, hint=tr("Why the hold is lifted"))
        self.look, self.lift = button(tr("Show the case"), self.show_case), button(tr("Lift the hold"), self.lift_hold, is_primary=True)
        for part in (self.reason, self.look, self.lift):
            part.setVisible(seat.actor.holds_any(HOLDERS))
            self.listing.line.addWidget(part, 2 if part is self.reason else 0)
        self.column.addWidget(self.listing, 1)
        self.column.addWidget(self.message)
        self.listing.asked.connect(self.refresh)
        self.listing.table.picked.connect(lambda _: self._show_state())
        self.listing.table.opened.connect(lambda _: self.show_case())
        self.reason.entered.connect(lambda _: self.lift_hold())
        self.setFocusProxy(self.listing)
        self._show_state()

    def refresh(self) -> None:
        """Ask for the page that is shown."""
        self.ask(self._holds.in_force, self._show, self.listing.turn)

    def submit(self) -> bool:
        """Ctrl+Enter lifts the chosen hold."""
        self.lift_hold()
        return True

    def show_case(self) -> None:
        """Take the case of the chosen hold in hand."""
        row = self.listing.table.current
        if row is not None and self.seat.actor.holds_any(HOLDERS):
            self.seat.take(row.hold.case_id)
            self.seat.said.emit(tr("Case {number} is in hand.", number=row.number))

    def lift_hold(self) -> None:
        """Lift the chosen hold, with the reason typed."""
        row = self.listing.table.current
        if row is None:
            self.say(tr("Choose a case first."))
        else:
            self.act(self._holds.lift, self._lifted, row.hold.case_id, row.version, self.reason.text())

    def _lifted(self, _case: object) -> None:
        self.reason.clear()
        self.refresh()
        self.say(tr("The hold is lifted; the case's own day of deletion counts again."), is_good=True)

    def _show(self, leaf: Leaf[HeldCase]) -> None:
        self.listing.show_leaf(leaf, tr("No case is held back from deletion. The director holds one from the menu of the case."))
        self._show_state()
        self.answered.emit()

    def _show_state(self) -> None:
        is_chosen = self.listing.table.current is not None
        for part in (self.reason, self.look, self.lift):
            part.setEnabled(is_chosen)

    def _category(self, code: str) -> str:
        entry = self.seat.services.codes.categories.get(code)
        return entry.named(language()) if entry is not None else code
