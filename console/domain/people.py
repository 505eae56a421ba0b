"""Who acts: users, their units, and the actor a door hands to every operation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ActorKind = Literal["person", "device", "system"]


@dataclass(frozen=True)
class OrgUnit:
    """A centre's office, a department, a town office: whoever may hold a task.

    `department` is the CT-04 code of a department, empty for the others;
    `centre_id` is the centre the unit answers to.
    """

    id: int
    code: str
    kind: str
    level: int
    division: str
    parent_id: int | None
    name: str
    duty_phone: str
    centre_id: int
    department: str = ""
    closed: bool = False
    version: int = 1


@dataclass(frozen=True)
class User:
    """A person who may sign in; no home address, no identity number (handbook 2.3).

    `status` is active, blocked or left; `valid_to` ends an account by itself,
    `trained_at` is the day of the last training (handbook G8).
    """

    id: int
    login: str
    name: str
    work_phone: str
    org_id: int
    centre_id: int
    roles: tuple[str, ...]
    status: str = "active"
    grid: str = ""
    employment: str = ""
    valid_to: datetime | None = None
    trained_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class Actor:
    """Who does an act, from which seat, with which rights; passed to every operation.

    `centre_path` is the stored path of the actor's centre ("/1/4/"): its
    subtree is what the actor may see by place. `level` is that centre's (CT-01);
    0 where no level limits the actor, as for the program itself.
    """

    user_id: int
    name: str
    org_id: int
    centre_id: int
    centre_path: str
    roles: frozenset[str]
    seat: str = ""
    kind: ActorKind = "person"
    login: str = ""
    grid: str = ""
    level: int = 0

    def holds(self, *roles: str) -> bool:
        """Whether the actor has every one of these roles."""
        return self.roles.issuperset(roles)

    def holds_any(self, roles: frozenset[str]) -> bool:
        """Whether the actor has at least one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class OpenSession:
    """A session that has not ended, with whose it is: what lists of sessions show."""

    name: str
    user_id: int
    login: str
    person: str
    seat: str
    kind: str
    address: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime


def system_actor(name: str) -> Actor:
    """The program itself, for automatic steps; it acts at the root centre."""
    return Actor(0, name, 0, 0, "/", frozenset({"SYSTEM"}), seat=name, kind="system")
