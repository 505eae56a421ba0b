"""Server-side sessions: only the hash of a token is kept, and ending one is a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from console.domain.duty import LEADS
from console.domain.people import Actor, OpenSession
from console.store import tables
from console.store.unit import Unit

S, P = tables.session.c, tables.user.c
NAME = 16


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
    address: str = ""
    seen_at: datetime | None = None

    @property
    def name(self) -> str:
        """What a session is called in lists and journal lines: the head of its hash, worth nothing to sign in with."""
        return self.token_hash[:NAME]


def set_secrets(unit: Unit, user_ids: Sequence[int], hashed: str) -> None:
    """Give many users without a password the same one."""
    unit.run(insert(tables.secret), [{"user_id": user_id, "argon2": hashed} for user_id in user_ids])


def open_session(unit: Unit, session: SessionRow) -> None:
    """Keep a new session."""
    unit.add(tables.session, session)


def find(unit: Unit, token_hash: str, now: datetime) -> tuple[SessionRow, Actor] | None:
    """An open session and the actor it stands for, or none."""
    return find_all(unit, [token_hash], now).get(token_hash)


def find_all(unit: Unit, hashes: Sequence[str], now: datetime) -> dict[str, tuple[SessionRow, Actor]]:
    """Those of these sessions that are open, with the actors they stand for, by hash."""
    live = (S.token_hash.in_(hashes), *_live(now), P.status == "active", or_(P.valid_to.is_(None), P.valid_to > now))
    place = (tables.centre.c.path, tables.centre.c.level)
    question = select(tables.session, P.login, P.name, P.org_id, P.centre_id, P.roles, P.grid, *place)
    question = question.join_from(tables.session, tables.user, P.id == S.user_id)
    found = {}
    for row in unit.rows(question.join(tables.centre, tables.centre.c.id == P.centre_id).where(*live)):
        session = unit.record(SessionRow, row)
        assert session is not None
        v = row._mapping
        found[session.token_hash] = session, Actor(
            session.user_id, v["name"], v["org_id"], v["centre_id"], v["path"], frozenset(v["roles"]), session.seat, "person",
            v["login"], v["grid"], v["level"],
        )  # fmt: skip
    return found


def close(unit: Unit, token_hash: str, now: datetime) -> None:
    """End a session; ending it twice changes nothing."""
    unit.run(update(tables.session).where(S.token_hash == token_hash, S.closed_at.is_(None)).values(closed_at=now))


def close_named(unit: Unit, user_id: int, name: str, now: datetime) -> bool:
    """End a person's session by its name; whether there was one open."""
    ends = update(tables.session).where(S.user_id == user_id, S.token_hash.startswith(name, autoescape=True), S.closed_at.is_(None))
    return len(name) == NAME and unit.run(ends.values(closed_at=now)) == 1


def close_all(unit: Unit, user_id: int, now: datetime, but: str = "") -> int:
    """End every session of a person, but for the one with this hash; how many there were."""
    ends = update(tables.session).where(S.user_id == user_id, S.closed_at.is_(None), S.expires_at > now, S.token_hash != but)
    return unit.run(ends.values(closed_at=now))


def touch(unit: Unit, token_hash: str, now: datetime) -> None:
    """Note that a session was used."""
    unit.run(update(tables.session).where(S.token_hash == token_hash).values(seen_at=now))


def open_ones(unit: Unit, user_id: int, now: datetime, limit: int = 200) -> tuple[OpenSession, ...]:
    """The sessions of a person that have not ended, last used first."""
    seen = func.coalesce(S.seen_at, S.opened_at)
    question = select(S.token_hash, S.user_id, P.login, P.name, S.seat, S.kind, S.address, S.opened_at, seen.label("seen"), S.expires_at)
    question = question.join_from(tables.session, tables.user, P.id == S.user_id).where(S.user_id == user_id, *_live(now))
    rows = unit.rows(question.order_by(seen.desc(), S.token_hash).limit(limit))
    return tuple(OpenSession(str(row[0])[:NAME], *row[1:]) for row in rows)


def _live(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return S.closed_at.is_(None), S.expires_at > now


def seat_words(unit: Unit, actor: Actor, now: datetime) -> tuple[str, str]:
    """The name of the actor's centre, and of who leads its shift: by the roster, else the first who may (R16), else nobody."""
    centre = unit.scalar(select(tables.centre.c.name).where(tables.centre.c.id == actor.centre_id))
    d = tables.duty.c
    on_duty = select(P.name).join_from(tables.duty, tables.user, P.id == d.user_id)
    on_duty = on_duty.where(d.centre_id == actor.centre_id, d.part == LEADS, d.starts_at <= now, d.ends_at > now, P.status == "active")
    rostered = unit.scalar(on_duty.order_by(d.starts_at.desc(), d.id).limit(1))
    if rostered:
        return str(centre or ""), str(rostered)
    mates = unit.rows(select(P.name, P.roles).where(P.org_id == actor.org_id, P.status == "active").order_by(P.login))
    leader = next((str(row[0]) for row in mates if isinstance(row[1], tuple) and "R16" in row[1]), "")
    return str(centre or ""), leader
