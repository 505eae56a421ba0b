"""A wish to give somebody guarded roles: asked by one, decided by another."""

from dataclasses import dataclass
from datetime import datetime

ASKED, GRANTED, REFUSED, OVERTAKEN = "asked", "granted", "refused", "overtaken"


@dataclass(frozen=True)
class RoleChange:
    """The roles before and after, who asked, who decided."""

    id: int
    user_id: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    asked_by: int
    asked_at: datetime
    state: str
    decided_by: int | None = None
    decided_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class RoleWish:
    """A wish in a list, with what people call those it is about."""

    change: RoleChange
    login: str
    name: str
    asker: str
