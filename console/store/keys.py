"""Keys of acts already done, with the answer given then; doing a thing twice is harmless."""

from dataclasses import dataclass
from datetime import datetime

from console.store import tables
from console.store.unit import Unit


@dataclass(frozen=True)
class Seen:
    """A key, the SHA-256 of the body it came with, and the answer it got."""

    key: str
    body_hash: str
    answer: dict[str, object]
    at: datetime


def answer(unit: Unit, key: str) -> Seen | None:
    """What this key was answered before, or none."""
    return unit.get(tables.seen, Seen, key)


def remember(unit: Unit, seen: Seen) -> None:
    """Keep an answer; two at once collide on the primary key and one is done again."""
    unit.add(tables.seen, seen)
