"""People: found by words and filters, a page at a time; added, changed, blocked, reset."""

from dataclasses import replace

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.account import EMPLOYMENTS, STATUSES
from console.domain.errors import ConsoleError
from console.domain.people import Actor, OrgUnit, User
from console.service.accounts import Begun, Given, Person
from console.service.administration import Administration, UserPage, UserRow, Wanted
from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import language, refusal, tr
from console.ui.seat import Seat
from console.ui.settings.person import Filled, PersonForm, employment_words
from console.ui.settings.staff import StaffPage, button, choice, line, moment, side_by_side
from console.ui.settings.table import Column, Table

PAGE = 200
TYPING_MS = 250


class UsersPage(StaffPage):
    """The list of people and the form of one."""

    kinds = frozenset({"user", "unit", "role_change", "account", "session"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page; it asks when it is first shown."""
        super().__init__(seat, admin, kept, parent)
        codes = seat.services.codes
        self._start = 0
        self._row: UserRow | None = None
        self.words = line(tr("Search people"), hint=tr("login, name or phone"))
        roles = tuple((code, f"{code} {role.named(language())}") for code, role in codes.roles.items())
        self.role = choice(tr("Role"), (("", tr("every role")), *roles))
        self.status = choice(tr("State"), (("", tr("every state")), *((code, status_words(code)) for code in STATUSES)))
        every = ("*", tr("every employment"))
        self.employment = choice(tr("Employment"), (every, *((code, employment_words(code)) for code in EMPLOYMENTS)))
        self.count = PlainLabel(size=theme.SMALL, dim=True)
        self.back, self.on = button("←", lambda: self._turn(-1)), button("→", lambda: self._turn(1))
        for turn, name in ((self.back, tr("Page before")), (self.on, tr("Next page"))):
            turn.setAccessibleName(name)
        self.table: Table[UserRow] = Table(self._columns(), lambda row: row.user.id, kept, "users")
        self.form = PersonForm(codes)
        self._soon = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self._soon.timeout.connect(self._begin)
        self.words.textChanged.connect(lambda _: self._soon.start())
        self.words.entered.connect(lambda _: self._begin())
        for box in (self.role, self.status, self.employment):
            box.currentIndexChanged.connect(lambda _: self._begin())
        self.table.picked.connect(self._pick)
        self.form.sent.connect(self.save)
        self._pick(None)

    def refresh(self) -> None:
        """Ask for the page of people the filters want."""
        employment = str(self.employment.currentData())
        wanted = Wanted(
            self.words.text(), role=str(self.role.currentData()), status=str(self.status.currentData()),
            employment=None if employment == "*" else employment,
        )  # fmt: skip
        self.ask(self.admin.people, self._show, wanted, self._start)

    def new(self) -> None:
        """An empty form for a new person."""
        self.table.forget()
        self.form.show_person(None)
        self.form.login.setFocus()

    def save(self) -> None:
        """Write the form: a new person, or the changed one and the changed roles."""
        if not self.may("edit"):
            return
        try:
            filled = self.form.filled()
        except ConsoleError as wrong:
            self.say(refusal(wrong))
            return
        if self._row is None:
            self.act(self._add, self._added, filled)
        else:
            self.act(self._change, self._changed, self._row.user, filled)

    def submit(self) -> bool:
        """Ctrl+Enter saves the form."""
        self.save()
        return self.may("edit")

    def _add(self, actor: Actor, filled: Filled) -> tuple[Begun, bool]:
        org = self._unit(actor, filled.unit_code)
        return self.admin.accounts.add(actor, filled.login, _at(filled, org), filled.roles)

    def _change(self, actor: Actor, user: User, filled: Filled) -> Given:
        person = _at(filled, self._unit(actor, filled.unit_code))
        if any(getattr(user, name) != value for name, value in vars(person).items()):
            user = self.admin.accounts.change(actor, user.id, user.version, person)
        if set(filled.roles) != set(user.roles):
            return self.admin.accounts.set_roles(actor, user.id, user.version, filled.roles)
        return Given(user, False)

    def _unit(self, actor: Actor, code: str) -> OrgUnit:
        return self.admin.unit(actor, code)

    def _added(self, answer: tuple[Begun, bool]) -> None:
        begun, waits = answer
        words = tr("{name} is added. Start word, shown this once:", name=begun.user.name)
        if waits:
            words = tr("{name} is added; guarded roles wait for the director. Start word, shown this once:", name=begun.user.name)
        self.refresh()
        self.tell_word(words, begun.word)

    def _changed(self, given: Given) -> None:
        self.refresh()
        self.say(tr("Saved; the guarded roles wait for the director.") if given.waits else tr("Saved."), is_good=True)

    def _set_status(self, status: str) -> None:
        if self._row is not None:
            user = self._row.user
            self.act(self.admin.accounts.set_status, self._done, user.id, user.version, status)

    def _reset_password(self) -> None:
        if self._row is not None:
            self.act(self.admin.accounts.reset_password, self._reset, self._row.user.id)

    def _reset(self, begun: Begun) -> None:
        self.refresh()
        self.tell_word(tr("New start word of {name}, shown this once:", name=begun.user.name), begun.word)

    def _on(self, operation: str) -> None:
        if self._row is not None:
            self.act(getattr(self.admin.accounts, operation), self._done, self._row.user.id)

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.say(tr("Done."), is_good=True)

    def _begin(self) -> None:
        self._start = 0
        self.refresh()

    def _turn(self, pages: int) -> None:
        self._start = max(0, self._start + pages * PAGE)
        self.refresh()

    def _show(self, page: UserPage) -> None:
        first = self._start + 1 if page.rows else 0
        self.count.setText(tr("{first}–{last} of {total}", first=first, last=self._start + len(page.rows), total=page.total))
        self.back.setEnabled(self._start > 0)
        self.on.setEnabled(self._start + len(page.rows) < page.total)
        self.table.empty_text = tr("Nobody fits. Take a filter off, or add somebody with “New”.")
        self.table.show_rows(page.rows)
        self.answered.emit()

    def _pick(self, row: UserRow | None) -> None:
        before, self._row = self._row, row
        is_other = (row.user.id if row else 0) != (before.user.id if before else 0)
        # News of the same version must not wipe what is being typed.
        if is_other or (row is not None and before is not None and row.user.version != before.user.version):
            self.form.show_person(row)
        if is_other:
            self.say("")
        edits, is_there = self.may("edit"), row is not None
        self.form.set_open(edits)
        status = row.user.status if row is not None else ""
        self.acts["save"].setVisible(edits)
        self.acts["new"].setVisible(edits)
        self.acts["block"].setVisible(edits and status == "active")
        self.acts["open"].setVisible(edits and is_there and status != "active")
        self.acts["leave"].setVisible(edits and status == "active")
        self.acts["password"].setVisible(edits and is_there)
        self.acts["unlock"].setVisible(edits and row is not None and row.locked_at is not None)
        self.acts["sessions"].setVisible(edits and is_there)
        self.acts["factor"].setVisible(self.may("reset_factor") and row is not None and row.has_factor)

    def _columns(self) -> tuple[Column[UserRow], ...]:
        return (
            Column(tr("Login"), lambda row: row.user.login, 96), Column(tr("Name"), lambda row: row.user.name, 96),
            Column(tr("Unit"), lambda row: row.unit, 190), Column(tr("Roles"), lambda row: " ".join(row.user.roles), 130),
            Column(tr("State"), _state, 80), Column(tr("Last sign-in"), lambda row: moment(row.last_sign_in), 140),
            Column(tr("Second factor"), lambda row: tr("set") if row.has_factor else "—", 90),
        )  # fmt: skip

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.px(theme.GUTTER))
        top.addWidget(self.words, 1)
        for box in (self.role, self.status, self.employment, self.back, self.count, self.on):
            top.addWidget(box)
        self.acts = {
            "save": button(tr("Save (Ctrl+Enter)"), self.save, is_primary=True), "new": button(tr("New"), self.new),
            "block": button(tr("Block"), lambda: self._set_status("blocked")),
            "open": button(tr("Let in again"), lambda: self._set_status("active")),
            "leave": button(tr("Has left"), lambda: self._set_status("left")),
            "password": button(tr("Reset password"), self._reset_password),
            "factor": button(tr("Reset second factor"), lambda: self._on("reset_factor")),
            "unlock": button(tr("Unlock"), lambda: self._on("unlock")),
            "sessions": button(tr("End all sessions"), lambda: self._on("end_sessions")),
        }  # fmt: skip
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.px(8), 0, 0, 0)
        column.addWidget(self.form, 1)
        column.addWidget(self.message)
        column.addWidget(self.word)
        for names in (("save", "new", "unlock", "factor"), ("block", "open", "leave", "password", "sessions")):
            row = QHBoxLayout()
            for name in names:
                row.addWidget(self.acts[name])
            column.addLayout(row)
        self.column.addLayout(top)
        self.column.addWidget(side_by_side(self.kept, "users", (self.table, 10), (side, 6)), 1)
        self.setFocusProxy(self.words)


def _at(filled: Filled, org: OrgUnit) -> Person:
    return replace(filled.person, org_id=org.id)


def _state(row: UserRow) -> str:
    return tr("locked") if row.locked_at is not None and row.user.status == "active" else status_words(row.user.status)


def status_words(code: str) -> str:
    """What a state of an account is called."""
    return {"active": tr("active"), "blocked": tr("blocked"), "left": tr("left")}.get(code, code)


