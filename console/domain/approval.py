"""Asking somebody else's leave for an act, and the record of what was exported (handbook G5, G17, 7.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from console.domain.errors import Denied, Refused
from console.domain.people import Actor

ApprovalState = Literal["asked", "granted", "refused", "used"]
VALID = timedelta(hours=24)
APPROVERS = frozenset({"R17"})


@dataclass(frozen=True)
class Approval:
    """One request for leave: asked by whom and why, decided by whom, good until when and once."""

    id: int
    kind: str
    reason: str
    asked_by: int
    centre_id: int
    asked_at: datetime
    state: str = "asked"
    decided_by: int | None = None
    decided_at: datetime | None = None
    valid_until: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class ExportRecord:
    """What left the hall as a file: how much, masked or not, why, for whom, and the SHA-256 of the file."""

    id: int
    kind: str
    rows: int
    masked: bool
    purpose: str
    receiver: str
    approval_id: int | None
    sha256: str
    user_id: int
    user_name: str
    seat: str
    at: datetime


def check_decider(actor: Actor, approval: Approval) -> None:
    """Only R17 decides, and never on a request of one's own (invariant 3)."""
    if not actor.holds_any(APPROVERS):
        raise Denied("role")
    if actor.user_id == approval.asked_by:
        raise Denied("own_request")
    if approval.state != "asked":
        raise Refused("decided_already")


def check_usable(actor: Actor, approval: Approval, kind: str, now: datetime) -> None:
    """A leave is used once, by who asked for it, for what it was asked for, before it ends."""
    is_mine = approval.asked_by == actor.user_id and approval.kind == kind
    if not is_mine or approval.state != "granted" or approval.valid_until is None or approval.valid_until < now:
        raise Denied("no_leave")
