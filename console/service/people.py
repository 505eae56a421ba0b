"""Signing in and out: server-side sessions, tokens of devices, and who sits where."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.domain.account import Rules
from console.domain.clock import Clock
from console.domain.errors import Denied, Missing, Unavailable
from console.domain.journal import Entry
from console.domain.people import Actor, OpenSession
from console.net import secrets
from console.service.credentials import Credentials, Proof
from console.store import accounts, sessions
from console.store.sessions import SessionRow
from console.store.store import Store

log = logging.getLogger(__name__)
LASTS = {"seat": timedelta(hours=12), "desk": timedelta(hours=12), "phone": timedelta(days=30), "device": timedelta(days=180)}
TOUCH = timedelta(minutes=5)  # how exactly "last seen" is kept; every call noting it would be a write each


@dataclass(frozen=True)
class Session:
    """A signed-in person or device. The token is shown once and never kept in clear; `name` is what lists call it."""

    actor: Actor
    token: str = field(repr=False)
    csrf: str = field(repr=False)
    expires_at: datetime
    kind: str
    centre: str = ""
    leader: str = ""
    name: str = ""


class People:
    """Who is there, and by which token."""

    def __init__(self, store: Store, clock: Clock, rules: Rules | None = None) -> None:
        self._store = store
        self._clock = clock
        self.credentials = Credentials(store, clock, rules or Rules())

    def sign_in(self, login: str, password: str, *, seat: str = "", kind: str = "seat", code: str = "", address: str = "") -> Session:
        """Open a session. Raises Denied with what is wrong or still to do; see `Credentials`."""
        account = self.credentials.prove(Proof(login, password, code))
        self.credentials.check_ready(account)
        return self._open(account.user.id, seat, kind, address)

    def confirm(self, session: Session, password: str) -> None:
        """Prove again who sits at an open session (a locked seat); its second factor was said when it was opened.

        Raises Denied as signing in does, and "signed_out" when the session has ended.
        """
        self.session(session.token)
        self.credentials.prove_password(session.actor.login, password)

    def _open(self, user_id: int, seat: str, kind: str, address: str = "") -> Session:
        token, csrf, now = secrets.new_token(), secrets.new_token(), self._clock.now()
        row = SessionRow(secrets.token_hash(token), user_id, csrf, seat[:40], kind, now, now + LASTS[kind], None, address[:45], now)
        with self._store.write() as unit:
            sessions.open_session(unit, row)
            if kind != "device":
                accounts.succeed(unit, user_id, now)
            found = sessions.find(unit, row.token_hash, now)
            if found is None:
                raise Denied("account_blocked", "login")
            unit.log([_line("sign_in", found[1], now, {"kind": kind})])
            centre, leader = sessions.seat_words(unit, found[1], now)
        return Session(found[1], token, csrf, row.expires_at, kind, centre, leader, row.name)

    def session(self, token: str) -> Session:
        """The session of a token. Raises Denied("signed_out") for an unknown, ended or expired one."""
        found = self.sessions([token])[0]
        if isinstance(found, Denied):
            raise found
        return found

    def sessions(self, tokens: Sequence[str]) -> list[Session | Denied]:
        """The sessions of many tokens, asked in one go and answered in the same order."""
        now = self._clock.now()
        hashes = [secrets.token_hash(token) for token in tokens]
        with self._store.read() as unit:
            known = sessions.find_all(unit, hashes, now)
        for row, _ in known.values():
            if now - (row.seen_at or row.opened_at) >= TOUCH:
                self._touch(row.token_hash, now)
        asked = zip(tokens, hashes, strict=True)
        return [_session(token, *known[each]) if each in known else Denied("signed_out") for token, each in asked]

    def _touch(self, token_hash: str, now: datetime) -> None:
        try:
            with self._store.write() as unit:
                sessions.touch(unit, token_hash, now)
        except Unavailable as away:
            log.warning("when a session was last seen could not be noted: %s", away)  # no reason to refuse the call itself

    def device_token(self, actor: Actor, name: str, address: str = "") -> Session:
        """A token for a program of the actor's (a phone app, a sensor gateway); it needs no CSRF word."""
        return self._open(actor.user_id, name, "device", address)

    def sign_out(self, session: Session) -> None:
        """End a session; its token is worth nothing from now on."""
        now = self._clock.now()
        with self._store.write() as unit:
            sessions.close(unit, secrets.token_hash(session.token), now)
            unit.log([_line("sign_out", session.actor, now, {"kind": session.kind})])

    def own_sessions(self, session: Session) -> tuple[OpenSession, ...]:
        """Where the person is signed in: seats, pages and programs, last used first."""
        with self._store.read() as unit:
            return sessions.open_ones(unit, session.actor.user_id, self._clock.now())

    def end_own(self, session: Session, name: str) -> None:
        """End another session of one's own. Raises Missing."""
        now = self._clock.now()
        with self._store.write() as unit:
            if not sessions.close_named(unit, session.actor.user_id, name, now):
                raise Missing("session", name)
            unit.log([_line("session_end", session.actor, now, {"session": name})])

    def set_password(self, user_id: int, password: str) -> None:
        """Give a user a password without asking the rules: for setting up, by who may write the database anyway."""
        hashed = secrets.hash_password(password)
        with self._store.write() as unit:
            accounts.set_password(unit, user_id, hashed, None, must_change=False)


def _session(token: str, row: SessionRow, actor: Actor) -> Session:
    return Session(actor, token, row.csrf, row.expires_at, row.kind, name=row.name)


def _line(op: str, actor: Actor, now: datetime, facts: dict[str, object]) -> Entry:
    return Entry(0, 0, 0, now, actor.user_id, actor.seat, op, "session", actor.user_id, 0, "", "", facts)
