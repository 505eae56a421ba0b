"""What leaves the hall as files: who asks for leave to export in plain, and the log of every export."""

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from console.domain.approval import APPROVERS, Approval, ExportRecord
from console.domain.paging import Leaf
from console.service.administration import Administration
from console.service.exports import Exports, Request
from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.listing import Listing
from console.ui.settings.staff import StaffPage, button, moment
from console.ui.settings.table import Column


class OutgoingPage(StaffPage):
    """Requests that wait above, the log below."""

    kinds = frozenset({"approval", "export"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._exports: Exports = seat.services.exports
        waiting: tuple[Column[Request], ...] = (
            Column(tr("Asked at"), lambda row: moment(row.approval.asked_at), 150, "at"),
            Column(tr("Asked by"), lambda row: row.asker or "—", 130, "asker"),
            Column(tr("Reason"), lambda row: row.approval.reason, 600, "reason"),
        )  # fmt: skip
        log: tuple[Column[ExportRecord], ...] = (
            Column(tr("Exported at"), lambda row: moment(row.at), 150, "at"), Column(tr("Who"), lambda row: row.user_name, 110, "user"),
            Column(tr("Seat"), lambda row: row.seat or "—", 70), Column(tr("Rows"), lambda row: str(row.rows), 70, "rows"),
            Column(tr("Persons"), lambda row: tr("masked") if row.masked else tr("in plain"), 90, "masked"),
            Column(tr("Purpose"), lambda row: row.purpose, 300, "purpose"),
            Column(tr("For whom"), lambda row: row.receiver, 180, "receiver"), Column("SHA-256", lambda row: row.sha256, 300),
        )  # fmt: skip
        self.waiting: Listing[Request] = Listing(waiting, lambda row: row.approval.id, kept, "leave")
        self.log: Listing[ExportRecord] = Listing(log, lambda row: row.id, kept, "exports")
        self.grant = button(tr("Allow once, for a day"), lambda: self._decide(self._exports.grant), is_primary=True)
        self.refuse = button(tr("Refuse"), lambda: self._decide(self._exports.refuse))
        for act in (self.refuse, self.grant):
            act.setVisible(seat.actor.holds_any(APPROVERS))
            self.waiting.line.addWidget(act)
        self.column.addWidget(PlainLabel(tr("Waiting for leave: plain lists"), bold=True))
        self.column.addWidget(self.waiting, 2)
        self.column.addWidget(self.message)
        self.column.addSpacing(theme.px(6))
        self.column.addWidget(PlainLabel(tr("Exported"), bold=True))
        self.column.addWidget(self.log, 3)
        self.waiting.asked.connect(self._ask_waiting)
        self.log.asked.connect(self._ask_log)
        self.waiting.table.picked.connect(lambda _: self._show_state())
        self.setFocusProxy(self.waiting)
        self._show_state()

    def refresh(self) -> None:
        """Ask for both."""
        self._ask_waiting()
        self._ask_log()

    def _ask_waiting(self) -> None:
        self.ask(self._exports.requests, self._show_waiting, self.waiting.turn)

    def _ask_log(self) -> None:
        self.ask(self._exports.records, self._show_log, self.log.turn)

    def _show_waiting(self, leaf: Leaf[Request]) -> None:
        self.waiting.show_leaf(leaf, tr("Nobody waits for leave."))
        self._show_state()

    def _show_log(self, leaf: Leaf[ExportRecord]) -> None:
        self.log.show_leaf(leaf, tr("Nothing has left the hall yet."))
        self.answered.emit()

    def _decide(self, verdict: Callable[..., Approval]) -> None:
        row = self.waiting.table.current
        if row is not None:
            self.act(verdict, self._decided, row.approval.id, row.approval.version)

    def _decided(self, approval: Approval) -> None:
        self.refresh()
        self.say(tr("Allowed.") if approval.state == "granted" else tr("Refused."), is_good=True)

    def _show_state(self) -> None:
        for act in (self.grant, self.refuse):
            act.setEnabled(self.waiting.table.current is not None)
