"""Guards of units and rosters: what must hold before they change, asked without a scope because it binds everybody."""

from datetime import datetime

from sqlalchemy import delete, func, select

from console.domain.people import User
from console.domain.task import LIVE_STATES
from console.store import tables
from console.store.unit import Unit

O, P, T, D = tables.org.c, tables.user.c, tables.task.c, tables.duty.c  # noqa: E741


def is_code_taken(unit: Unit, code: str) -> bool:
    """Whether a unit has this code."""
    return unit.scalar(select(O.id).where(O.code == code)) is not None


def name_of(unit: Unit, org_id: int) -> str:
    """How a unit is called."""
    return str(unit.scalar(select(O.name).where(O.id == org_id)) or "")


def burden(unit: Unit, org_id: int) -> tuple[int, int]:
    """How many active people and open tasks a unit has."""
    people = unit.scalar(select(func.count()).where(P.org_id == org_id, P.status == "active"))
    tasks = unit.scalar(select(func.count()).where(T.org_id == org_id, T.state.in_(LIVE_STATES)))
    return int(str(people)), int(str(tasks))


def colleague(unit: Unit, centre_id: int, login: str) -> User | None:
    """The active person of a centre with a login, or none."""
    found = select(tables.user).where(P.login == login, P.centre_id == centre_id, P.status == "active")
    return unit.record(User, unit.row(found))


def is_on_duty(unit: Unit, user_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody is on duty at any moment of a span."""
    return unit.row(select(D.id).where(D.user_id == user_id, D.starts_at < ends_at, D.ends_at > starts_at).limit(1)) is not None


def remove_duty(unit: Unit, duty_id: int) -> None:
    """Take a duty off its roster."""
    unit.run(delete(tables.duty).where(D.id == duty_id))
