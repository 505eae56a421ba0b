"""Everything the administration screens ask and do, joined: accounts, units, rosters, imports, and the questions about them."""

from collections.abc import Mapping
from datetime import datetime

from console.domain import roles
from console.domain.duty import DutyRow
from console.domain.errors import Missing
from console.domain.people import Actor, OpenSession, OrgUnit
from console.domain.place import Centre
from console.domain.rolechange import RoleWish
from console.service.accounts import Accounts
from console.service.departments import Departments
from console.service.desk import Act, Desk
from console.service.people_import import Imports
from console.service.roster import Roster
from console.service.units import Units
from console.store import sessions
from console.store.find import accounts as find
from console.store.find.accounts import UnitRow, UserPage, UserRow, Wanted
from console.store.scope import Scope


class Administration:
    """Operations stand in `accounts`, `units`, `departments`, `roster`, `imports`; the methods here are questions."""

    def __init__(self, desk: Desk, offices: Mapping[str, str] | None = None) -> None:
        """`offices` says what departments are usually called, by CT-04 code."""
        self.departments = Departments(desk, offices or {})
        self.accounts = Accounts(desk)
        self.units = Units(desk)
        self.roster = Roster(desk)
        self.imports = Imports(desk)
        self._desk = desk
        self._store = desk.store
        self._clock = desk.clock

    def may(self, actor: Actor, what: str) -> bool:
        """Whether the actor may do this with any account at all; the operation itself decides about one."""
        return roles.may(actor, what)

    def people(self, actor: Actor, wanted: Wanted, start: int = 0) -> UserPage:
        """A page of people."""
        with self._store.read() as unit:
            return find.users(unit, Scope(actor), wanted, start)

    def person(self, actor: Actor, user_id: int) -> UserRow:
        """One person. Raises Missing."""
        with self._store.read() as unit:
            return find.user_row(unit, Scope(actor), user_id)

    def offices(self, actor: Actor, centre_id: int) -> tuple[UnitRow, ...]:
        """The units of a centre."""
        with self._store.read() as unit:
            return find.units(unit, Scope(actor), centre_id)

    def centres(self, actor: Actor, parent_id: int | None = None) -> tuple[Centre, ...]:
        """The centres right below one; without one, the actor's own."""
        with self._store.read() as unit:
            return find.centres(unit, Scope(actor), parent_id)

    def wishes(self, actor: Actor) -> tuple[RoleWish, ...]:
        """Wishes for guarded roles that wait."""
        with self._store.read() as unit:
            return find.role_wishes(unit, Scope(actor))

    def sessions(self, actor: Actor, user_id: int) -> tuple[OpenSession, ...]:
        """Where a person is signed in. Raises Missing."""
        with self._store.read() as unit:
            return find.sessions_of(unit, Scope(actor), user_id, self._clock.now())

    def unit(self, actor: Actor, code: str) -> OrgUnit:
        """The unit with a code. Raises Missing."""
        with self._store.read() as unit:
            return find.org_by_code(unit, Scope(actor), code)

    def own_sessions(self, actor: Actor) -> tuple[OpenSession, ...]:
        """Where the actor is signed in: seats, pages and programs, last used first."""
        with self._store.read() as unit:
            return sessions.open_ones(unit, actor.user_id, self._clock.now())

    def end_own(self, actor: Actor, name: str) -> None:
        """End a session of the actor's own. Raises Missing."""

        def work(act: Act) -> None:
            if not sessions.close_named(act.unit, actor.user_id, name, act.now):
                raise Missing("session", name)
            act.note("session_end", "session", actor.user_id, 0, {"session": name})

        self._desk.run(actor, work)

    def now(self) -> datetime:
        """The instant now, for pages that speak of days."""
        return self._clock.now()

    def on_duty(self, actor: Actor, centre_id: int, since: datetime, until: datetime) -> tuple[DutyRow, ...]:
        """Who is on duty at a centre within a span."""
        with self._store.read() as unit:
            return find.roster(unit, Scope(actor), centre_id, since, until)


__all__ = ["Administration", "UnitRow", "UserPage", "UserRow", "Wanted"]
