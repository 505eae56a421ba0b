"""Wishes for guarded roles that wait for a director, and where somebody is signed in."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.people import OpenSession
from console.domain.rolechange import RoleWish
from console.service.administration import Administration
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.staff import StaffPage, button, moment
from console.ui.settings.table import Column, Table


class WishesPage(StaffPage):
    """What waits for a decision; those who may decide do it here."""

    kinds = frozenset({"role_change", "user"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        columns: tuple[Column[RoleWish], ...] = (
            Column(tr("Asked at"), lambda row: moment(row.change.asked_at), 150), Column(tr("Asked by"), lambda row: row.asker, 110),
            Column(tr("For"), lambda row: f"{row.name} ({row.login})", 200),
            Column(tr("Roles now"), lambda row: self._named(row.change.before), 240),
            Column(tr("Roles wanted"), lambda row: self._named(row.change.after), 300),
        )  # fmt: skip
        self.table: Table[RoleWish] = Table(columns, lambda row: row.change.id, kept, "wishes")
        self.grant = button(tr("Grant"), lambda: self._decide(True), is_primary=True)
        self.refuse = button(tr("Refuse"), lambda: self._decide(False))
        row = QHBoxLayout()
        row.addStretch(1)
        for act in (self.refuse, self.grant):
            act.setVisible(self.may("decide"))
            row.addWidget(act)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.message)
        self.column.addLayout(row)
        self.table.picked.connect(lambda _: self._show_state())
        self.setFocusProxy(self.table)
        self._show_state()

    def refresh(self) -> None:
        """Ask for what waits."""
        self.ask(self.admin.wishes, self._show)

    def _show_state(self) -> None:
        for act in (self.grant, self.refuse):
            act.setEnabled(self.table.current is not None)

    def _show(self, rows: tuple[RoleWish, ...]) -> None:
        self.table.empty_text = tr("Nothing waits for a decision.")
        self.table.show_rows(rows)
        self._show_state()
        self.answered.emit()

    def _decide(self, is_granted: bool) -> None:
        wish = self.table.current
        if wish is not None:
            decide = self.admin.accounts.decide
            self.act(lambda actor: decide(actor, wish.change.id, wish.change.version, grant=is_granted), self._done)

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.say(tr("Decided."), is_good=True)

    def _named(self, roles: tuple[str, ...]) -> str:
        known = self.seat.services.codes.roles
        return tr(", ").join(known[code].named(language()) for code in roles) or "—"


class SessionsPage(StaffPage):
    """Where the officer is signed in: seats, pages and programs, each with its way out."""

    kinds = frozenset({"session"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        columns: tuple[Column[OpenSession], ...] = (
            Column(tr("Kind"), lambda row: kind_words(row.kind), 110), Column(tr("Place"), lambda row: row.seat or "—", 140),
            Column(tr("Address"), lambda row: row.address or tr("this hall"), 150),
            Column(tr("Since"), lambda row: moment(row.opened_at), 150),
            Column(tr("Last seen"), lambda row: moment(row.seen_at), 150), Column(tr("Until"), lambda row: moment(row.expires_at), 150),
        )  # fmt: skip
        self.table: Table[OpenSession] = Table(columns, lambda row: row.name, kept, "sessions")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr("End the session"), self.end))
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.message)
        self.column.addLayout(row)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Ask for the own sessions."""
        self.ask(self.admin.own_sessions, self._show)

    def end(self) -> None:
        """End the chosen session; ending the one of this seat leaves it."""
        row = self.table.current
        if row is not None:
            self.act(self.admin.end_own, lambda _: self.refresh(), row.name)

    def _show(self, rows: tuple[OpenSession, ...]) -> None:
        self.table.empty_text = tr("You are signed in nowhere else.")
        self.table.show_rows(rows)
        self.answered.emit()


def kind_words(kind: str) -> str:
    """What a kind of session is called."""
    return {"seat": tr("seat"), "desk": tr("department page"), "phone": tr("phone page"), "device": tr("program")}.get(kind, kind)
