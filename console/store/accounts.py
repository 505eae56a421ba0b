"""What people sign in with, as rows: hashes, failures, locks, second factors, recovery codes, passwords of before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from console.domain.people import User
from console.domain.rolechange import ASKED, RoleChange
from console.store import tables
from console.store.unit import Unit

P, S, F, R, O = tables.user.c, tables.secret.c, tables.second_factor.c, tables.recovery.c, tables.password_past.c  # noqa: E741


@dataclass(frozen=True)
class Account:
    """A user with what guards the account; `factor` is empty until a second factor was confirmed."""

    user: User
    argon2: str = field(repr=False)
    failures: int
    locked_at: datetime | None
    must_change: bool
    changed_at: datetime | None
    factor: str = field(repr=False)


def is_anybody_there(unit: Unit) -> bool:
    """Whether the database knows anybody at all."""
    return unit.row(select(P.id).limit(1)) is not None


def account(unit: Unit, login: str) -> Account | None:
    """The account of a login that has a password, whatever its state, or none."""
    joined = tables.user.join(tables.secret, S.user_id == P.id).outerjoin(tables.second_factor, F.user_id == P.id)
    columns = (S.argon2, S.failures, S.locked_at, S.must_change, S.changed_at, F.secret, F.confirmed_at)
    row = unit.row(select(tables.user, *columns).select_from(joined).where(P.login == login))
    user = unit.record(User, row)
    if user is None or row is None:
        return None
    v = row._mapping
    factor = str(v["secret"]) if v["confirmed_at"] is not None else ""
    return Account(user, v["argon2"], v["failures"], v["locked_at"], v["must_change"], v["changed_at"], factor)


def fail(unit: Unit, user_id: int, now: datetime, lock_after: int) -> bool:
    """Count a wrong try; whether it locked the account."""
    unit.run(update(tables.secret).where(S.user_id == user_id).values(failures=S.failures + 1))
    locks = update(tables.secret).where(S.user_id == user_id, S.failures >= lock_after).values(failures=0, locked_at=now)
    return unit.run(locks) == 1


def succeed(unit: Unit, user_id: int, now: datetime) -> None:
    """A right try: nothing is counted any more, and when it was is noted."""
    unit.run(update(tables.secret).where(S.user_id == user_id).values(failures=0, locked_at=None, last_sign_in=now))


def unlock(unit: Unit, user_id: int) -> bool:
    """Open a locked account; whether it was locked."""
    opens = update(tables.secret).where(S.user_id == user_id, S.locked_at.is_not(None)).values(failures=0, locked_at=None)
    return unit.run(opens) == 1


def set_password(unit: Unit, user_id: int, hashed: str, now: datetime | None, *, must_change: bool) -> None:
    """Give an account a password; the one it had is remembered as used before."""
    old = unit.scalar(select(S.argon2).where(S.user_id == user_id))
    values = {"argon2": hashed, "failures": 0, "locked_at": None, "must_change": must_change, "changed_at": now}
    if old is None:
        unit.run(insert(tables.secret).values(user_id=user_id, **values))
        return
    if now is not None:
        unit.run(insert(tables.password_past).values(user_id=user_id, argon2=old, at=now))
    unit.run(update(tables.secret).where(S.user_id == user_id).values(**values))


def past_passwords(unit: Unit, user_id: int, count: int) -> tuple[str, ...]:
    """The hashes of the last passwords of before, newest first."""
    rows = unit.rows(select(O.argon2).where(O.user_id == user_id).order_by(O.id.desc()).limit(count))
    return tuple(str(row[0]) for row in rows)


def forget_past(unit: Unit, user_id: int, keep: int) -> None:
    """Forget the passwords of before but for the last few."""
    newest = select(O.id).where(O.user_id == user_id).order_by(O.id.desc()).limit(keep).subquery()
    unit.run(delete(tables.password_past).where(O.user_id == user_id, O.id.not_in(select(newest.c.id))))


def offer_factor(unit: Unit, user_id: int, secret: str) -> None:
    """Keep a second factor that is not confirmed yet, in place of an older offer."""
    unit.run(delete(tables.second_factor).where(F.user_id == user_id, F.confirmed_at.is_(None)))
    unit.run(insert(tables.second_factor).values(user_id=user_id, secret=secret))


def offered_factor(unit: Unit, user_id: int) -> str:
    """The second factor that waits for its first code, or nothing."""
    return str(unit.scalar(select(F.secret).where(F.user_id == user_id, F.confirmed_at.is_(None))) or "")


def confirm_factor(unit: Unit, user_id: int, now: datetime, step: int, hashes: Sequence[str]) -> None:
    """Make an offered factor the account's, with recovery codes of its own."""
    unit.run(update(tables.second_factor).where(F.user_id == user_id).values(confirmed_at=now, last_step=step))
    unit.run(delete(tables.recovery).where(R.user_id == user_id))
    unit.run(insert(tables.recovery), [{"user_id": user_id, "code_hash": one} for one in hashes])


def forget_factor(unit: Unit, user_id: int) -> bool:
    """Take an account's second factor and recovery codes away; whether there was one."""
    unit.run(delete(tables.recovery).where(R.user_id == user_id))
    return unit.run(delete(tables.second_factor).where(F.user_id == user_id)) == 1


def use_step(unit: Unit, user_id: int, step: int) -> bool:
    """Use up a code's half minute; false when it, or a later one, was used before."""
    return unit.run(update(tables.second_factor).where(F.user_id == user_id, F.last_step < step).values(last_step=step)) == 1


def use_recovery(unit: Unit, user_id: int, code_hash: str, now: datetime) -> bool:
    """Use up a recovery code; false when there is none such left."""
    uses = update(tables.recovery).where(R.user_id == user_id, R.code_hash == code_hash, R.used_at.is_(None)).values(used_at=now)
    return unit.run(uses) == 1


def taken(unit: Unit, logins: Sequence[str]) -> frozenset[str]:
    """Which of these logins somebody has: a login is one person's in the whole database."""
    return frozenset(str(row[0]) for row in unit.rows(select(P.login).where(P.login.in_(logins))))


def waiting_change(unit: Unit, user_id: int) -> RoleChange | None:
    """The wish for guarded roles that waits for a decision about a person, or none."""
    c = tables.role_change.c
    return unit.record(RoleChange, unit.row(select(tables.role_change).where(c.user_id == user_id, c.state == ASKED)))
