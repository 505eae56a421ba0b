"""The append-only list of who did what to which record, when; one entry, one line of it."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime


@dataclass(frozen=True)
class Entry:
    """One act on one record at one version.

    `facts` hold states, codes, due times, unit ids, grid and rounded
    position: no names, phones or free text, so that retention may delete
    personal rows and the journal stays whole. `xid` orders commits on
    PostgreSQL and is 0 on SQLite.
    """

    id: int
    xid: int
    epoch: int
    at: datetime
    actor: int
    seat: str
    op: str
    kind: str
    ref: int
    version: int
    from_state: str
    to_state: str
    facts: dict[str, object]
    digest: str = ""

    def sealed(self) -> "Entry":
        """The same entry carrying the digest of its canonical form."""
        return replace(self, digest=digest_of(self))


def digest_of(entry: Entry) -> str:
    """SHA-256 over what the act was; id and xid belong to the store and stay out."""
    form = [
        entry.epoch, entry.at.astimezone(UTC).isoformat(), entry.actor, entry.seat, entry.op, entry.kind, entry.ref, entry.version,
        entry.from_state, entry.to_state, entry.facts,
    ]  # fmt: skip
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
