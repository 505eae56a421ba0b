"""Proving who one is: password, lock, second factor; changing and enrolling what one proves it with.

Every step proves anew from login, password and code, so there is no half-open
session between them: who must change a password or enrol a second factor has
nothing yet but the way to do so.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.domain.account import Rules, is_over, needs_second_factor
from console.domain.clock import Clock
from console.domain.errors import Denied, Invalid
from console.domain.journal import Entry
from console.domain.texts import is_storable
from console.net import secrets, totp
from console.papers import qr
from console.store import accounts, sessions
from console.store.accounts import Account
from console.store.store import Store

ISSUER = "command-console"
STRANGERS = 10_000


@dataclass(frozen=True)
class Proof:
    """What somebody types to prove who it is; `code` is of the second factor, or a recovery code."""

    login: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


@dataclass(frozen=True)
class Enrolment:
    """A second factor to put into an app: by hand, or by its picture (rows of "1" dark and "0" light)."""

    secret: str = field(repr=False)
    address: str = field(repr=False)
    picture: tuple[str, ...] = field(repr=False)


class Strangers:
    """Counts wrong tries at logins nobody has, so that a lock tells no outsider which logins exist. Safe between threads."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, tuple[int, datetime | None]] = OrderedDict()

    def fail(self, login: str, now: datetime) -> datetime | None:
        """Count a try; until when this login is "locked", or none."""
        with self._lock:
            count, locked_at = self._tries.pop(login, (0, None))
            opens = self._rules.locked_until(locked_at, now)
            if opens is None:
                count += 1
                is_full = count >= self._rules.lock_after
                count, locked_at = (0, now) if is_full else (count, None)
            self._tries[login] = (count, locked_at)
            while len(self._tries) > STRANGERS:
                self._tries.popitem(last=False)
            return opens


class Credentials:
    """Checks and changes what people sign in with."""

    def __init__(self, store: Store, clock: Clock, rules: Rules) -> None:
        self._store = store
        self._clock = clock
        self.rules = rules
        self._strangers = Strangers(rules)

    def prove(self, proof: Proof) -> Account:
        """The account of a full proof, whatever it still has to do.

        Raises Denied: "bad_sign_in" without telling which part was wrong,
        "account_locked" with the minutes to wait, "account_blocked" and
        "account_over" to who knows the password, "needs_code", "bad_code".
        """
        found = self.prove_password(proof.login, proof.password)
        if found.factor:
            self._check_code(found, proof.code)
        return found

    def prove_password(self, login: str, password: str) -> Account:
        """The account of a login and its password; whether that is proof enough, the caller knows. Raises Denied as `prove`."""
        now = self._clock.now()
        found = self._find(login)
        if found is None:
            opens = self._strangers.fail(login.lower(), now)
            if opens is None:
                secrets.is_password(secrets.nobody(), password)
                raise Denied("bad_sign_in", "password")
            raise _locked(opens, now)
        opens = self.rules.locked_until(found.locked_at, now)
        if opens is not None:
            raise _locked(opens, now)
        if not secrets.is_password(found.argon2, password):
            self._fail(found, "password")
            raise Denied("bad_sign_in", "password")
        if found.user.status != "active":
            raise Denied("account_blocked", "login")
        if is_over(found.user.valid_to, now):
            raise Denied("account_over", "login")
        return found

    def check_ready(self, account: Account) -> None:
        """Refuse a session to who has something to do first. Raises Denied("must_change_password"), Denied("needs_enrolment")."""
        if account.must_change or self.rules.is_old(account.changed_at, self._clock.now()):
            raise Denied("must_change_password", "password")
        if needs_second_factor(account.user.roles) and not account.factor:
            raise Denied("needs_enrolment", "code")

    def change_password(self, proof: Proof, new: str) -> None:
        """Change one's own password; every session of the person ends. Raises as `prove`, and Invalid for a word the rules refuse."""
        account = self.prove(proof)
        self.rules.check_password(new, account.user.login)
        if not is_storable(new):
            raise Invalid("password", "bad_characters")
        with self._store.read() as unit:
            past = accounts.past_passwords(unit, account.user.id, self.rules.kept - 1)
        if any(secrets.is_password(one, new) for one in (account.argon2, *past)):
            raise Invalid("password", "password_used", count=self.rules.kept)
        hashed, now = secrets.hash_password(new), self._clock.now()
        with self._store.write() as unit:
            accounts.set_password(unit, account.user.id, hashed, now, must_change=False)
            accounts.forget_past(unit, account.user.id, self.rules.kept)
            sessions.close_all(unit, account.user.id, now)
            unit.log([line("password", account.user.id, account.user.id, now)])

    def enrol(self, proof: Proof) -> Enrolment:
        """Offer a second factor; it counts once its first code was said. Raises as `prove`, Denied("has_factor") when there is one."""
        account = self.prove(proof)
        if account.factor:
            raise Denied("has_factor", "code")
        secret = totp.new_secret()
        with self._store.write() as unit:
            accounts.offer_factor(unit, account.user.id, secret)
        return offered(secret, account.user.login)

    def confirm_factor(self, proof: Proof, code: str) -> tuple[str, ...]:
        """Say an offered factor's first code: from now on it is asked for. The recovery codes, told this once."""
        account, now = self.prove(proof), self._clock.now()
        words = totp.new_words(totp.RECOVERY_CODES)
        with self._store.write() as unit:
            offered = accounts.offered_factor(unit, account.user.id)
            step = totp.matching_step(offered, code, now) if offered else None
            if step is None:
                raise Denied("bad_code", "code")
            accounts.confirm_factor(unit, account.user.id, now, step, [secrets.token_hash(totp.folded(word)) for word in words])
            unit.log([line("factor_set", account.user.id, account.user.id, now)])
        return words

    def _find(self, login: str) -> Account | None:
        if not is_storable(login):
            return None
        with self._store.read() as unit:
            return accounts.account(unit, login)

    def _check_code(self, account: Account, code: str) -> None:
        if not code.strip():
            raise Denied("needs_code", "code")
        now, user_id = self._clock.now(), account.user.id
        step = totp.matching_step(account.factor, code, now)
        with self._store.write() as unit:
            if step is not None:
                is_right = accounts.use_step(unit, user_id, step)
            else:
                is_right = totp.is_word(code) and accounts.use_recovery(unit, user_id, secrets.token_hash(totp.folded(code)), now)
                if is_right:
                    unit.log([line("recovery_used", user_id, user_id, now)])
        if not is_right:
            self._fail(account, "code")
            raise Denied("bad_code", "code")

    def _fail(self, account: Account, part: str) -> None:
        now = self._clock.now()
        with self._store.write() as unit:
            is_locked = accounts.fail(unit, account.user.id, now, self.rules.lock_after)
            unit.log([line("sign_in_failed", 0, account.user.id, now, part=part, locked=is_locked)])


def offered(secret: str, login: str) -> Enrolment:
    """A secret as it is put into an app, for an account."""
    address = totp.address(secret, login, ISSUER)
    return Enrolment(secret, address, qr.squares(address))


def line(op: str, actor: int, user_id: int, now: datetime, **facts: object) -> Entry:
    """A journal line about an account; it holds no word anybody typed."""
    return Entry(0, 0, 0, now, actor, "", op, "account", user_id, 0, "", "", facts)


def _locked(opens: datetime, now: datetime) -> Denied:
    return Denied("account_locked", "login", minutes=max(1, -(-(opens - now) // timedelta(minutes=1))))
