"""Server-side sessions: only the hash of a token is kept, and ending one is a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from console.domain.people import Actor, User
from console.store import tables
from console.store.unit import Unit

S, P = tables.session.c, tables.user.c


@dataclass(frozen=True)
class SessionRow:
    """A session as the store keeps it."""

    token_hash: str
    user_id: int
    csrf: str
    seat: str
    kind: str
    opened_at: datetime
    expires_at: datetime
    closed_at: datetime | None = None


def secret_of(unit: Unit, login: str) -> tuple[User, str] | None:
    """An active user and the hash of the password, or none."""
    question = select(tables.user, tables.secret.c.argon2).join_from(tables.user, tables.secret, tables.secret.c.user_id == P.id)
    row = unit.row(question.where(P.login == login, P.status == "active"))
    user = unit.record(User, row)
    return None if user is None or row is None else (user, str(row._mapping["argon2"]))


def set_secret(unit: Unit, user_id: int, hashed: str) -> None:
    """Give a user a password, kept as its hash."""
    if unit.run(update(tables.secret).where(tables.secret.c.user_id == user_id).values(argon2=hashed)) == 0:
        unit.run(insert(tables.secret).values(user_id=user_id, argon2=hashed))


def set_secrets(unit: Unit, user_ids: Sequence[int], hashed: str) -> None:
    """Give many users without a password the same one."""
    unit.run(insert(tables.secret), [{"user_id": user_id, "argon2": hashed} for user_id in user_ids])


def open_session(unit: Unit, session: SessionRow) -> None:
    """Keep a new session."""
    unit.add(tables.session, session)


def find(unit: Unit, token_hash: str, now: datetime) -> tuple[SessionRow, Actor] | None:
    """An open session and the actor it stands for, or none."""
    live = (S.token_hash == token_hash, S.closed_at.is_(None), S.expires_at > now, P.status == "active")
    question = select(tables.session, P.login, P.name, P.org_id, P.centre_id, P.roles, P.grid, tables.centre.c.path)
    question = question.join_from(tables.session, tables.user, P.id == S.user_id)
    row = unit.row(question.join(tables.centre, tables.centre.c.id == P.centre_id).where(*live))
    session = unit.record(SessionRow, row)
    if session is None or row is None:
        return None
    v = row._mapping
    actor = Actor(
        session.user_id,
        v["name"],
        v["org_id"],
        v["centre_id"],
        v["path"],
        frozenset(v["roles"]),
        session.seat,
        "person",
        v["login"],
        v["grid"],
    )
    return session, actor


def close(unit: Unit, token_hash: str, now: datetime) -> None:
    """End a session; ending it twice changes nothing."""
    unit.run(update(tables.session).where(S.token_hash == token_hash, S.closed_at.is_(None)).values(closed_at=now))


def seat_words(unit: Unit, actor: Actor) -> tuple[str, str]:
    """The name of the actor's centre, and of who may lead its shifts (R16), the first by login; empty when nobody."""
    centre = unit.scalar(select(tables.centre.c.name).where(tables.centre.c.id == actor.centre_id))
    mates = unit.rows(select(P.name, P.roles).where(P.org_id == actor.org_id, P.status == "active").order_by(P.login))
    leader = next((str(row[0]) for row in mates if isinstance(row[1], tuple) and "R16" in row[1]), "")
    return str(centre or ""), leader
