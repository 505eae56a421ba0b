"""Signing in and out: passwords, server-side sessions, tokens of devices."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.domain.clock import Clock
from console.domain.errors import Denied
from console.domain.journal import Entry
from console.domain.people import Actor
from console.domain.texts import is_storable
from console.net import secrets
from console.store import sessions
from console.store.sessions import SessionRow
from console.store.store import Store

LASTS = {"seat": timedelta(hours=12), "desk": timedelta(hours=12), "phone": timedelta(days=30), "device": timedelta(days=180)}


@dataclass(frozen=True)
class Session:
    """A signed-in person or device. The token is shown once and never kept in clear."""

    actor: Actor
    token: str = field(repr=False)
    csrf: str = field(repr=False)
    expires_at: datetime
    kind: str
    centre: str = ""
    leader: str = ""


class People:
    """Who is there, and by which token."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def sign_in(self, login: str, password: str, *, seat: str = "", kind: str = "seat") -> Session:
        """Open a session. Raises Denied("bad_sign_in") without telling which of the two was wrong."""
        with self._store.read() as unit:
            known = sessions.secret_of(unit, login) if is_storable(login) else None
        is_right = secrets.is_password(known[1] if known else secrets.nobody(), password)
        if known is None or not is_right:
            raise Denied("bad_sign_in", "password")
        return self._open(known[0].id, seat, kind)

    def _open(self, user_id: int, seat: str, kind: str) -> Session:
        token, csrf, now = secrets.new_token(), secrets.new_token(), self._clock.now()
        row = SessionRow(secrets.token_hash(token), user_id, csrf, seat[:40], kind, now, now + LASTS[kind])
        with self._store.write() as unit:
            sessions.open_session(unit, row)
            found = sessions.find(unit, row.token_hash, now)
            assert found is not None
            unit.log([_line("sign_in", found[1], now, kind)])
            centre, leader = sessions.seat_words(unit, found[1])
        return Session(found[1], token, csrf, row.expires_at, kind, centre, leader)

    def session(self, token: str) -> Session:
        """The session of a token. Raises Denied("signed_out") for an unknown, ended or expired one."""
        with self._store.read() as unit:
            found = sessions.find(unit, secrets.token_hash(token), self._clock.now())
        if found is None:
            raise Denied("signed_out")
        row, actor = found
        return Session(actor, token, row.csrf, row.expires_at, row.kind)

    def device_token(self, actor: Actor, name: str) -> Session:
        """A token for a program of the actor's (a phone app, a sensor gateway); it needs no CSRF word."""
        return self._open(actor.user_id, name, "device")

    def sign_out(self, session: Session) -> None:
        """End a session; its token is worth nothing from now on."""
        now = self._clock.now()
        with self._store.write() as unit:
            sessions.close(unit, secrets.token_hash(session.token), now)
            unit.log([_line("sign_out", session.actor, now, session.kind)])

    def set_password(self, user_id: int, password: str) -> None:
        """Give a user a password (setting up; changing one's own comes with the account rules)."""
        hashed = secrets.hash_password(password)
        with self._store.write() as unit:
            sessions.set_secret(unit, user_id, hashed)


def _line(op: str, actor: Actor, now: datetime, kind: str) -> Entry:
    return Entry(0, 0, 0, now, actor.user_id, actor.seat, op, "session", actor.user_id, 0, "", "", {"kind": kind})
