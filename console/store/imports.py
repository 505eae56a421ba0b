"""The staging table of an import of people, and the one switch that makes it valid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, insert, literal, null, select, true

from console.domain.people import OrgUnit
from console.domain.place import Centre
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

I, R, P, O = tables.user_import.c, tables.user_import_row.c, tables.user.c, tables.org.c  # noqa: E741
SOME = 500


@dataclass(frozen=True)
class Staged:
    """A person that waits to come in."""

    line: int
    login: str
    name: str
    work_phone: str
    org_id: int
    centre_id: int
    roles: tuple[str, ...]
    grid: str
    employment: str
    valid_to: datetime | None


def open_units(unit: Unit, scope: Scope) -> dict[str, tuple[OrgUnit, Centre]]:
    """Every unit the actor administers, by code, with its centre."""
    units = unit.records(OrgUnit, unit.rows(select(tables.org).where(scope.units(), ~O.closed)))
    centres = {one.id: one for one in unit.records(Centre, unit.rows(select(tables.centre).where(scope.centres())))}
    return {one.code: (one, centres[one.centre_id]) for one in units if one.centre_id in centres}


def taken(unit: Unit, logins: Sequence[str]) -> frozenset[str]:
    """Which of many logins somebody has."""
    found: set[str] = set()
    for start in range(0, len(logins), SOME):
        found |= {str(row[0]) for row in unit.rows(select(P.login).where(P.login.in_(logins[start : start + SOME])))}
    return frozenset(found)


def begin(unit: Unit, user_id: int, now: datetime, total: int, digest: str) -> int:
    """Open an import; its number."""
    values = {"user_id": user_id, "at": now, "state": "staging", "total": total, "digest": digest}
    new = unit.connection.execute(insert(tables.user_import), values).inserted_primary_key
    assert new is not None
    return int(new[0])


def stage(unit: Unit, number: int, people: Sequence[tuple[Staged, str]]) -> None:
    """Put some people, each with the hash of the start word, into the staging table."""
    unit.run(insert(tables.user_import_row), [{"import_id": number, "start_hash": hashed, **vars(one)} for one, hashed in people])


def clashes(unit: Unit, number: int) -> bool:
    """Whether somebody got one of the staged logins meanwhile."""
    return unit.row(select(R.line).join(tables.user, P.login == R.login).where(R.import_id == number).limit(1)) is not None


def units_stand(unit: Unit, number: int) -> bool:
    """Whether every staged person's unit is still open."""
    lost = select(R.line).join(tables.org, O.id == R.org_id).where(R.import_id == number, O.closed).limit(1)
    return unit.row(lost) is None


def switch(unit: Unit, number: int) -> None:
    """Make the staged people real, with their start words: two statements, whatever their number."""
    same = ("login", "name", "work_phone", "org_id", "centre_id", "roles", "grid", "employment", "valid_to")
    rows = select(*(R[name] for name in same), literal("active"), literal(1)).where(R.import_id == number).order_by(R.line)
    unit.run(insert(tables.user).from_select([*same, "status", "version"], rows))
    unit.run(insert(tables.secret).from_select(["user_id", "argon2", "failures", "must_change", "changed_at"], _secrets(number)))
    unit.run(tables.user_import.update().where(I.id == number).values(state="valid"))


def _secrets(number: int) -> Select[tuple[object, ...]]:
    joined = select(P.id, R.start_hash, literal(0), true(), null()).join_from(tables.user_import_row, tables.user, P.login == R.login)
    return joined.where(R.import_id == number)


def sweep(unit: Unit, number: int) -> None:
    """Empty an import's staging; one that did not become valid is forgotten whole."""
    unit.run(delete(tables.user_import_row).where(R.import_id == number))
    unit.run(delete(tables.user_import).where(I.id == number, I.state != "valid"))


def staged_count(unit: Unit) -> int:
    """How many people stand in the staging table."""
    return int(str(unit.scalar(select(func.count()).select_from(tables.user_import_row))))
