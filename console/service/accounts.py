"""What administrators do with people's accounts: add, change, roles, lock and unlock, reset, end sessions.

Nobody does any of it to himself. Guarded roles are asked for by one and granted
by another; a password is reset by the administrator and a second factor by the
director, so that no single person can sign in as somebody else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from console.domain import roles
from console.domain.account import EMPLOYMENTS, STATUSES
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.people import Actor, User
from console.domain.place import Centre
from console.domain.rolechange import ASKED, GRANTED, OVERTAKEN, REFUSED, RoleChange
from console.domain.texts import check_text
from console.net import secrets, totp
from console.service.desk import Act, Desk, Facts
from console.store import accounts, sessions, tables
from console.store.find import accounts as find

T = TypeVar("T")
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
GRID = re.compile(r"(\d{15})?")
PHONE = re.compile(r"[0-9+() -]{0,30}")


@dataclass(frozen=True)
class Person:
    """What an administrator writes about a person; roles are given apart."""

    name: str
    work_phone: str
    org_id: int
    grid: str = ""
    employment: str = ""
    valid_to: datetime | None = None
    trained_at: datetime | None = None


@dataclass(frozen=True)
class Begun:
    """An account somebody can sign in to: its start word is told this once, and must be changed with the first sign-in."""

    user: User
    word: str = field(repr=False)


@dataclass(frozen=True)
class Given:
    """What became of new roles: the person as he is now, and whether guarded ones wait for somebody else's decision."""

    user: User
    waits: bool


class Accounts:
    """Operations on accounts. Every one raises Missing, Denied, Refused, Invalid and, where a version is given, Stale."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def add(self, actor: Actor, login: str, person: Person, wanted: tuple[str, ...]) -> tuple[Begun, bool]:
        """A new person with a start word; whether guarded roles among the wanted wait for a decision."""
        word = totp.new_words(1)[0]
        check_login(login)

        def work(act: Act) -> tuple[User, bool]:
            centre = self._unit_centre(act, person.org_id)
            check_person(person)
            check_training(person, act.now)
            if accounts.taken(act.unit, [login]):
                raise Refused("login_taken", "login", value=login)
            self._check_roles(act, wanted, centre)
            at_once = tuple(role for role in wanted if role not in roles.GUARDED)
            if not roles.may_touch(act.actor, wanted):
                raise Denied("guarded_role", "roles")
            user = User(0, login, person.name, person.work_phone, person.org_id, centre.id, at_once, "active", person.grid)
            user = replace(user, employment=person.employment, valid_to=person.valid_to, trained_at=person.trained_at)
            user = act.unit.add(tables.user, user)
            accounts.set_password(act.unit, user.id, secrets.start_hash(word), None, must_change=True)
            act.note("add", "user", user.id, 1, {"org": user.org_id, "roles": list(at_once)}, states=("", "active"))
            return user, self._ask(act, user, wanted)

        user, waits = self.desk.run(actor, work)
        return Begun(user, word), waits

    def change(self, actor: Actor, user_id: int, version: int, person: Person) -> User:
        """Write what is known of a person anew; moving to another centre needs the right at both."""

        def work(act: Act, user: User) -> User:
            centre = self._unit_centre(act, person.org_id)
            check_person(person)
            check_training(person, act.now)
            roles.check_level(user.roles, centre.level, act.codes.roles)
            changes = {name: getattr(person, name) for name in Person.__dataclass_fields__} | {"centre_id": centre.id}
            return self._save(act, user, "change", **changes)

        return self._on(actor, user_id, version, work)

    def set_roles(self, actor: Actor, user_id: int, version: int, wanted: tuple[str, ...]) -> Given:
        """Give and take roles. Taking is done at once; with guarded ones among the new, all of the new wait for a decision."""

        def work(act: Act, user: User) -> Given:
            self._check_roles(act, wanted, self._centre(act, user.centre_id))
            new = set(wanted) - set(user.roles)
            if roles.GUARDED.isdisjoint(new):
                self._overtake(act, user.id)
                after = tuple(sorted(wanted))
                return Given(self._save(act, user, "roles", roles=after) if after != user.roles else user, False)
            if not roles.may_touch(act.actor, new):
                raise Denied("guarded_role", "roles")
            kept = tuple(sorted(set(wanted) & set(user.roles)))
            if kept != tuple(sorted(user.roles)):
                user = self._save(act, user, "roles", roles=kept)
            return Given(user, self._ask(act, user, wanted))

        return self._on(actor, user_id, version, work)

    def decide(self, actor: Actor, change_id: int, version: int, *, grant: bool) -> RoleChange:
        """Grant or refuse guarded roles somebody else asked for, for somebody else."""

        def work(act: Act) -> RoleChange:
            change = act.unit.get(tables.role_change, RoleChange, change_id)
            user = act.unit.get(tables.user, User, change.user_id) if change is not None else None
            if change is None or user is None:
                raise Missing("role_change", change_id)
            find.user_row(act.unit, act.scope, user.id)
            self._check_right(act, "decide", self._centre(act, user.centre_id))
            if act.actor.user_id in (user.id, change.asked_by):
                raise Refused("own_role_request", "roles")
            if change.state != ASKED or change.version != version:
                raise act.unit.stale("role_change", change_id)
            if grant:
                after = tuple(sorted(set(change.after) | set(user.roles)))
                self._check_roles(act, after, self._centre(act, user.centre_id))
                self._save(act, user, "roles", roles=after)
            state = GRANTED if grant else REFUSED
            decided = replace(change, state=state, decided_by=act.actor.user_id, decided_at=act.now)
            told: Facts = {"user": user.id, "roles": list(change.after), "asked_by": change.asked_by}
            act.note("decide", "role_change", change.id, change.version + 1, told, states=(ASKED, state))
            return act.unit.save(tables.role_change, change, decided)

        return self.desk.run(actor, work)

    def set_status(self, actor: Actor, user_id: int, version: int, status: str) -> User:
        """Block, let back in, or note that somebody has left; who is not active has no session from now on."""
        if status not in STATUSES:
            raise Invalid("status", "unknown_code", value=status)

        def work(act: Act, user: User) -> User:
            if status == user.status:
                raise Refused("same_status", "status")
            if status != "active":
                sessions.close_all(act.unit, user.id, act.now)
            return self._save(act, user, "status", status=status)

        return self._on(actor, user_id, version, work)

    def reset_password(self, actor: Actor, user_id: int) -> Begun:
        """Give a new start word, open a lock, end every session."""
        word = totp.new_words(1)[0]

        def work(act: Act, user: User) -> User:
            accounts.set_password(act.unit, user.id, secrets.start_hash(word), None, must_change=True)
            sessions.close_all(act.unit, user.id, act.now)
            act.note("reset", "user", user.id, user.version, {"part": "password"})
            return user

        return Begun(self._on(actor, user_id, None, work), word)

    def reset_factor(self, actor: Actor, user_id: int) -> User:
        """Take a second factor away, to be set anew with the next sign-in: the director's act, never the administrator's."""

        def work(act: Act, user: User) -> User:
            if not accounts.forget_factor(act.unit, user.id):
                raise Refused("no_factor", "code")
            sessions.close_all(act.unit, user.id, act.now)
            act.note("reset", "user", user.id, user.version, {"part": "factor"})
            return user

        return self._on(actor, user_id, None, work, right="reset_factor")

    def unlock(self, actor: Actor, user_id: int) -> User:
        """Open an account that wrong tries have locked."""

        def work(act: Act, user: User) -> User:
            if not accounts.unlock(act.unit, user.id):
                raise Refused("not_locked", "login")
            act.note("unlock", "user", user.id, user.version, {})
            return user

        return self._on(actor, user_id, None, work)

    def end_session(self, actor: Actor, user_id: int, name: str) -> None:
        """End one session of a person, a seat, a page or a program. Raises Missing for one that is not open."""

        def work(act: Act, user: User) -> None:
            if not sessions.close_named(act.unit, user.id, name, act.now):
                raise Missing("session", name)
            act.note("session_end", "session", user.id, 0, {"session": name})

        self._on(actor, user_id, None, work)

    def end_sessions(self, actor: Actor, user_id: int) -> int:
        """End every session of a person; how many there were."""

        def work(act: Act, user: User) -> int:
            count = sessions.close_all(act.unit, user.id, act.now)
            act.note("session_end", "session", user.id, 0, {"sessions": count})
            return count

        return self._on(actor, user_id, None, work)

    def _on(self, actor: Actor, user_id: int, version: int | None, work: Callable[[Act, User], T], *, right: str = "edit") -> T:
        """Do the work on an account the actor may edit, in one transaction; never on the actor's own."""

        def guarded(act: Act) -> T:
            user = find.user_row(act.unit, act.scope, user_id).user
            self._check_right(act, right, self._centre(act, user.centre_id))
            if user.id == act.actor.user_id:
                raise Refused("own_account", "login")
            if right == "edit" and not roles.may_touch(act.actor, user.roles):
                raise Denied("guarded_role", "roles")
            if version is not None and user.version != version:
                raise act.unit.stale("person", user_id)
            return work(act, user)

        return self.desk.run(actor, guarded)

    def _save(self, act: Act, user: User, op: str, **changes: object) -> User:
        """Write a changed person; the journal line names the fields, and the values only of what is not personal."""
        changed = {name: value for name, value in changes.items() if getattr(user, name) != value}
        facts: Facts = {"fields": sorted(changed)}
        if "roles" in changed:
            facts |= {"before": list(user.roles), "after": list(replace(user, **changed).roles)}  # type: ignore[arg-type]
        if "org_id" in changed:
            facts |= {"from_org": user.org_id, "to_org": changed["org_id"]}
        stored = act.unit.save(tables.user, user, replace(user, **changed))  # type: ignore[arg-type]
        act.note(op, "user", user.id, stored.version, facts, states=(user.status, stored.status))
        return stored

    def _ask(self, act: Act, user: User, wanted: tuple[str, ...]) -> bool:
        self._overtake(act, user.id)
        if set(wanted) <= set(user.roles):
            return False
        change = RoleChange(0, user.id, user.roles, tuple(sorted(wanted)), act.actor.user_id, act.now, ASKED)
        change = act.unit.add(tables.role_change, change)
        told: Facts = {"user": user.id, "before": list(user.roles), "after": list(change.after)}
        act.note("ask", "role_change", change.id, 1, told, states=("", ASKED))
        return True

    def _overtake(self, act: Act, user_id: int) -> None:
        older = accounts.waiting_change(act.unit, user_id)
        if older is not None:
            act.unit.save(tables.role_change, older, replace(older, state=OVERTAKEN))
            act.note("overtake", "role_change", older.id, older.version + 1, {"user": user_id}, states=(ASKED, OVERTAKEN))

    def _check_roles(self, act: Act, wanted: tuple[str, ...], centre: Centre) -> None:
        roles.check_level(wanted, centre.level, act.codes.roles)
        roles.check_together(wanted)

    def _check_right(self, act: Act, right: str, centre: Centre) -> None:
        if not roles.may_at(act.actor, right, centre.id, centre.path):
            raise Denied("role", kind="user", action=right)

    def _centre(self, act: Act, centre_id: int) -> Centre:
        centre = act.unit.get(tables.centre, Centre, centre_id)
        if centre is None:
            raise Missing("centre", centre_id)
        return centre

    def _unit_centre(self, act: Act, org_id: int) -> Centre:
        org = find.org_by_id(act.unit, act.scope, org_id)
        if org.closed:
            raise Refused("unit_closed", "org_id")
        centre = self._centre(act, org.centre_id)
        self._check_right(act, "edit", centre)
        return centre


def check_login(login: str) -> None:
    """Refuse a login that is no plain word. Raises Invalid."""
    if not LOGIN.fullmatch(login):
        raise Invalid("login", "bad_login", value=login[:60])


def check_training(person: Person, now: datetime) -> None:
    """Refuse a training that is still to come: recordings would be open before it. Raises Invalid."""
    if person.trained_at is not None and person.trained_at - now > timedelta(days=1):  # kept as the end of its day
        raise Invalid("trained_at", "training_to_come")


def check_person(person: Person) -> None:
    """Refuse what cannot stand in a person's record. Raises Invalid."""
    if not person.name.strip():
        raise Invalid("name", "needs_text")
    check_text("name", person.name, 40)
    if not PHONE.fullmatch(person.work_phone):
        raise Invalid("work_phone", "bad_phone", value=person.work_phone[:40])
    if not GRID.fullmatch(person.grid):
        raise Invalid("grid", "bad_grid", value=person.grid[:40])
    if person.employment not in EMPLOYMENTS:
        raise Invalid("employment", "unknown_code", value=person.employment[:40])


