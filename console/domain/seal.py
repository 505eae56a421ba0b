"""Seals over the journal: what a seal is, and what a walk along entries and seals finds wrong.

A seal is SHA-256(previous seal ‖ digests of its range), signed. It says what a
row's own digest cannot: that no row was added, taken away, or changed together
with its digest. What it cannot say by itself is that the newest seals were not
cut off with their entries; for that one compares with a head printed earlier.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from console.domain.errors import Invalid
from console.domain.journal import Entry, digest_of

NO_SEAL = "0" * 64
FAULTS_KEPT = 100

FaultKind = Literal["entry", "range", "order", "signature", "signer", "head", "entries_gone"]


@dataclass(frozen=True)
class Seal:
    """One signed link: the entries from `first_id` to (`last_xid`, `last_id`), in commit order, `count` of them."""

    id: int
    at: datetime
    first_id: int
    last_xid: int
    last_id: int
    count: int
    head: str
    signer: str
    signature: str = ""

    @property
    def text(self) -> bytes:
        """What the signature is over."""
        at = self.at.astimezone(UTC).isoformat()
        parts = (self.id, at, self.first_id, self.last_xid, self.last_id, self.count, self.head, self.signer)
        return "|".join(map(str, parts)).encode()

    def signed(self, signature: str) -> "Seal":
        """The same seal carrying its signature, in hexadecimal."""
        return replace(self, signature=signature)

    @property
    def printed(self) -> str:
        """The head as paper carries it: HEX:ID."""
        return f"{self.head}:{self.id}"


@dataclass(frozen=True)
class Signer:
    """A public key that has sealed, from its first seal on; `id` is the start of the key's SHA-256."""

    id: str
    public_key: str
    first_seal: int
    at: datetime


@dataclass(frozen=True)
class Fault:
    """One thing a walk found wrong: an entry by its id, or a seal's range from `first` to `last`."""

    kind: FaultKind
    first: int
    last: int
    seal: int = 0


@dataclass(frozen=True)
class Verdict:
    """What a walk found: how much it saw, what is wrong (the first hundred), and how many entries no seal covers yet."""

    entries: int
    seals: int
    unsealed: int
    faults: tuple[Fault, ...]
    fault_count: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault_count == 0


def head_of(previous: str, digests: Iterable[str]) -> str:
    """SHA-256 of the previous head and the digests of a range, in commit order."""
    link = hashlib.sha256(previous.encode())
    for digest in digests:
        link.update(digest.encode())
    return link.hexdigest()


def signer_id(public_key: bytes) -> str:
    """The short name of a public key."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def parse_head(text: str) -> tuple[str, int]:
    """A printed head as its parts. Raises Invalid for anything but 64 hexadecimal signs, a colon and a number."""
    head, _, number = text.strip().lower().partition(":")
    is_hex = len(head) == 64 and all(sign in "0123456789abcdef" for sign in head)
    if not is_hex or not number.isascii() or not number.isdigit():
        raise Invalid("head", "bad_head", value=text[:100])
    return head, int(number)


class Walk:
    """Follows entries in commit order and the seals over them; feed it with `take`, then ask for the `verdict`.

    A range whose seal does not fit is named once: the walk goes on from the
    head that seal carries. `start` is the seal before the first entry taken.
    """

    def __init__(self, seals: Iterator[Seal], is_signed: Callable[[Seal], FaultKind | None], start: Seal | None = None) -> None:
        self._seals = seals
        self._is_signed = is_signed
        self._before = start
        self._faults: list[Fault] = []
        self._fault_count = self._entries = self._sealed = self._unsealed = 0
        self._seal = next(seals, None)
        self._clear()

    def _clear(self) -> None:
        self._link = hashlib.sha256((self._before.head if self._before is not None else NO_SEAL).encode())
        self._count = 0

    def take(self, entry: Entry) -> None:
        """The next entry in commit order."""
        if digest_of(entry) != entry.digest:
            self._fault(Fault("entry", entry.id, entry.id))
        self._entries += 1
        while self._seal is not None and (self._seal.last_xid, self._seal.last_id) < (entry.xid, entry.id):
            self._close(self._seal)
        if self._seal is None:
            self._unsealed += 1
            return
        self._link.update(entry.digest.encode())
        self._count += 1

    def verdict(self) -> Verdict:
        """What was found, after the last entry."""
        while self._seal is not None:
            self._close(self._seal)
        return self.so_far()

    def so_far(self) -> Verdict:
        """What was found up to here, when the walk ends early."""
        return Verdict(self._entries, self._sealed, self._unsealed, tuple(self._faults), self._fault_count)

    def _close(self, seal: Seal) -> None:
        before = self._before
        if seal.id != (before.id if before is not None else 0) + 1:
            self._fault(Fault("order", seal.first_id, seal.last_id, seal.id))
        if self._count == 0:
            self._fault(Fault("entries_gone", seal.first_id, seal.last_id, seal.id))
        elif self._count != seal.count or self._link.hexdigest() != seal.head:
            self._fault(Fault("range", seal.first_id, seal.last_id, seal.id))
        wrong = self._is_signed(seal)
        if wrong is not None:
            self._fault(Fault(wrong, seal.first_id, seal.last_id, seal.id))
        self._sealed += 1
        self._before, self._seal = seal, next(self._seals, None)
        self._clear()

    def _fault(self, fault: Fault) -> None:
        self._fault_count += 1
        if len(self._faults) < FAULTS_KEPT:
            self._faults.append(fault)


def with_fault(verdict: Verdict, fault: Fault) -> Verdict:
    """The verdict with one more thing wrong; what concerns the whole stands first."""
    return replace(verdict, faults=(fault, *verdict.faults), fault_count=verdict.fault_count + 1)
