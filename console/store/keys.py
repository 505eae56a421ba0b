"""Keys of acts already done, with the answer given then; doing a thing twice is harmless."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

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
    return answers(unit, [key]).get(key)


def answers(unit: Unit, sought: Sequence[str]) -> dict[str, Seen]:
    """What these keys were answered before, by key; those not seen yet are absent."""
    rows = unit.rows(select(tables.seen).where(tables.seen.c.key.in_(sought)))
    return {seen.key: seen for seen in unit.records(Seen, rows)}


def remember(unit: Unit, *seen: Seen) -> None:
    """Keep answers; two at once collide on the primary key and one is done again."""
    unit.add_many(tables.seen, seen)
