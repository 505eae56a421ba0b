"""Questions about accounts, for those who administer, audit or lead: pages of people, units, wishes for roles, sessions, rosters."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select

from console.domain.duty import Duty, DutyRow
from console.domain.errors import Missing
from console.domain.people import OpenSession, OrgUnit, User
from console.domain.place import Centre
from console.domain.rolechange import RoleChange, RoleWish
from console.store import sessions, tables
from console.store.scope import Scope
from console.store.unit import Unit

PAGE = 200
P, O, S, F = tables.user.c, tables.org.c, tables.secret.c, tables.second_factor.c  # noqa: E741


@dataclass(frozen=True)
class Wanted:
    """Which people a page shows: words anywhere in login, name or phone, and exact filters; empty asks for all."""

    words: str = ""
    org_id: int = 0
    centre_id: int = 0
    role: str = ""
    employment: str | None = None
    status: str = ""


@dataclass(frozen=True)
class UserRow:
    """A person in a list, with the unit and how the account stands; no word anybody signs in with."""

    user: User
    unit_code: str
    unit: str
    centre: str
    locked_at: datetime | None
    last_sign_in: datetime | None
    has_password: bool
    has_factor: bool


@dataclass(frozen=True)
class UserPage:
    """One page of people, and how many there are in all."""

    rows: tuple[UserRow, ...]
    total: int


@dataclass(frozen=True)
class UnitRow:
    """A unit in the tree of a centre, with how many active people it has."""

    unit: OrgUnit
    people: int


def users(unit: Unit, scope: Scope, wanted: Wanted, start: int = 0, limit: int = PAGE) -> UserPage:
    """A page of people by login; counting is one question more, in the same snapshot."""
    where = and_(scope.accounts(), *_filters(wanted))
    total = unit.scalar(select(func.count()).select_from(tables.user).where(where))
    # The page is cut before the joins: twenty thousand people are not joined to be thrown away.
    page = select(P.id).where(where).order_by(P.login).limit(limit).offset(start).subquery()
    rows = unit.rows(_user_columns().join(page, page.c.id == P.id).order_by(P.login))
    return UserPage(tuple(_user_row(unit, row) for row in rows), int(str(total)))


def user_row(unit: Unit, scope: Scope, user_id: int) -> UserRow:
    """One person with how the account stands. Raises Missing, also for one the actor may not know of."""
    row = unit.row(_user_columns().where(P.id == user_id, scope.accounts()))
    if row is None:
        raise Missing("user", user_id)
    return _user_row(unit, row)


def units(unit: Unit, scope: Scope, centre_id: int) -> tuple[UnitRow, ...]:
    """All units of a centre by code, closed ones last."""
    count = select(func.count()).where(P.org_id == O.id, P.status == "active").scalar_subquery().label("people")
    question = select(tables.org, count).where(O.centre_id == centre_id, scope.units()).order_by(O.closed, O.code)
    rows = unit.rows(question)
    found = unit.records(OrgUnit, rows)
    return tuple(UnitRow(one, int(row._mapping["people"])) for one, row in zip(found, rows, strict=True))


def org_by_id(unit: Unit, scope: Scope, org_id: int) -> OrgUnit:
    """One unit. Raises Missing, also for one the actor may not know of."""
    found = unit.record(OrgUnit, unit.row(select(tables.org).where(O.id == org_id, scope.units())))
    if found is None:
        raise Missing("unit", org_id)
    return found


def org_by_code(unit: Unit, scope: Scope, code: str) -> OrgUnit:
    """The unit with a code. Raises Missing, also for one the actor may not know of."""
    found = unit.record(OrgUnit, unit.row(select(tables.org).where(O.code == code, scope.units())))
    if found is None:
        raise Missing("unit", code)
    return found


def centres(unit: Unit, scope: Scope, parent_id: int | None = None, limit: int = 500) -> tuple[Centre, ...]:
    """The centres right below one, by code; without one, the actor's own."""
    c = tables.centre.c
    place = c.id == scope.actor.centre_id if parent_id is None else and_(c.parent_id == parent_id, scope.centres())
    return unit.records(Centre, unit.rows(select(tables.centre).where(place).order_by(c.code).limit(limit)))


def role_wishes(unit: Unit, scope: Scope, limit: int = PAGE) -> tuple[RoleWish, ...]:
    """Wishes for guarded roles nobody has decided yet, oldest first."""
    r, asker = tables.role_change, tables.user.alias("asker")
    joined = r.join(tables.user, P.id == r.c.user_id).outerjoin(asker, asker.c.id == r.c.asked_by)
    question = select(r, P.login, P.name, asker.c.name.label("asker_name")).select_from(joined)
    rows = unit.rows(question.where(r.c.state == "asked", scope.accounts()).order_by(r.c.id).limit(limit))
    found = unit.records(RoleChange, rows)
    return tuple(
        RoleWish(one, row._mapping["login"], row._mapping["name"], row._mapping["asker_name"] or "")
        for one, row in zip(found, rows, strict=True)
    )


def sessions_of(unit: Unit, scope: Scope, user_id: int, now: datetime) -> tuple[OpenSession, ...]:
    """Where a person is signed in. Raises Missing for one the actor may not know of."""
    user_row(unit, scope, user_id)
    return sessions.open_ones(unit, user_id, now)


def roster(unit: Unit, scope: Scope, centre_id: int, since: datetime, until: datetime) -> tuple[DutyRow, ...]:
    """Who is on duty at a centre within a span, in the order of time."""
    d = tables.duty.c
    question = select(tables.duty, P.name, P.work_phone).join_from(tables.duty, tables.user, P.id == d.user_id)
    question = question.where(scope.rosters(), d.centre_id == centre_id, d.starts_at < until, d.ends_at > since)
    rows = unit.rows(question.order_by(d.starts_at, d.part, d.id).limit(PAGE))
    found = unit.records(Duty, rows)
    return tuple(DutyRow(one, row._mapping["name"], row._mapping["work_phone"]) for one, row in zip(found, rows, strict=True))


def _user_columns() -> Select[tuple[object, ...]]:
    joined = tables.user.join(tables.org, O.id == P.org_id).join(tables.centre, tables.centre.c.id == P.centre_id)
    joined = joined.outerjoin(tables.secret, S.user_id == P.id).outerjoin(tables.second_factor, F.user_id == P.id)
    more = (O.code.label("unit_code"), O.name.label("unit_name"), tables.centre.c.name.label("centre_name"), S.locked_at, S.last_sign_in)
    return select(tables.user, *more, S.user_id.label("has_secret"), F.confirmed_at).select_from(joined)


def _user_row(unit: Unit, row: object) -> UserRow:
    user = unit.record(User, row)  # type: ignore[arg-type]
    assert user is not None
    v = row._mapping  # type: ignore[attr-defined]
    has = (v["has_secret"] is not None, v["confirmed_at"] is not None)
    return UserRow(user, v["unit_code"], v["unit_name"], v["centre_name"], v["locked_at"], v["last_sign_in"], *has)


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in wanted.words.split()[:5]:
        found.append(or_(*(column.contains(word, autoescape=True) for column in (P.login, P.name, P.work_phone))))
    exact = ((P.org_id, wanted.org_id), (P.centre_id, wanted.centre_id), (P.status, wanted.status))
    found += [column == value for column, value in exact if value]
    if wanted.employment is not None:
        found.append(P.employment == wanted.employment)
    if wanted.role:
        # Roles are kept as the text of a list: ["R06", "R07"].
        found.append(cast(P.roles, Text).contains(f'"{wanted.role}"', autoescape=True))
    return found
