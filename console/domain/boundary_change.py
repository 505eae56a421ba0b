"""A change of boundaries: proposed by one person with the areas as they shall be, taken over when another has approved it.

Who: grid planning is the grid offices' (handbook SYS-12). Platform clerks, village duty
clerks, directors and administrators (R04, R05, R17, R22) may propose for their own
area; a platform clerk or director (R04, R17) of that centre or one above approves, from
the town upwards: what a village draws, its town decides. Nobody approves an own proposal.

The areas stand in rows of their own, each with the outline it had; those rows of approved
changes are the older versions of an area.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import has_reason
from console.domain.errors import Refused
from console.domain.flow import Facts, Flow, Stateful, Step, any_of
from console.domain.people import Actor
from console.domain.place import TOWN

STAGING = "staging"  # its areas are still being written; nobody sees it
PROPOSED, APPROVED, REFUSED, WITHDRAWN = "proposed", "approved", "refused", "withdrawn"
PROPOSERS = frozenset({"R04", "R05", "R17", "R22"})
APPROVERS = frozenset({"R04", "R17"})
READERS = PROPOSERS | {"R02", "R16", "R18", "R19", "R23"}
EXPORTERS = PROPOSERS | {"R16", "R18"}


@dataclass(frozen=True)
class BoundaryChange:
    """One proposal: whose, why, from which files, how many areas it changes and how many of them are grids."""

    id: int
    centre_id: int
    proposed_by: int
    proposed_at: datetime
    note: str
    files: str
    areas: int
    grids: int
    state: str = PROPOSED
    decided_by: int | None = None
    decided_at: datetime | None = None
    answer: str = ""
    version: int = 1


@dataclass(frozen=True)
class BoundaryRow:
    """A change as a list shows it: with the names of the centre and of those who spoke."""

    change: BoundaryChange
    centre: str
    proposer: str
    decider: str


@dataclass(frozen=True)
class Offer:
    """Something an actor may do with a change, or why not."""

    action: str
    why_not: Refused | None = None


def is_another(change: Stateful, facts: Facts) -> None:
    """Who proposed a change does not decide on it (invariant 3: approver is not applicant)."""
    if getattr(change, "proposed_by", 0) == facts.get("actor"):
        raise Refused("own_proposal", "approved_by")


def sits_above_villages(_change: Stateful, actor: Actor) -> bool:
    """A town or a centre above it decides, a village does not."""
    return actor.level <= TOWN


def is_own_or_approvers(change: Stateful, actor: Actor) -> bool:
    """A proposal is withdrawn by its applicant or by who might approve it."""
    return getattr(change, "proposed_by", 0) == actor.user_id or (actor.holds_any(APPROVERS) and actor.level <= TOWN)


def _step(number: int, action: str, target: str, who: Iterable[str], **more: tuple) -> Step:
    return Step(f"BC{number}", action, (f"BC{number}",), frozenset({PROPOSED}), target, any_of(*sorted(who)), **more)


BOUNDARY_FLOW = Flow(
    "boundary", (PROPOSED, APPROVED, REFUSED, WITHDRAWN), PROPOSED,
    (
        _step(1, "approve", APPROVED, APPROVERS, relations=(sits_above_villages,), needs=(is_another,)),
        _step(2, "refuse", REFUSED, APPROVERS, relations=(sits_above_villages,), needs=(is_another, has_reason)),
        _step(3, "withdraw", WITHDRAWN, PROPOSERS, relations=(is_own_or_approvers,)),
    ),
)  # fmt: skip


def offers(change: BoundaryChange, actor: Actor) -> tuple[Offer, ...]:
    """What this actor may do with a change now; what only a rule forbids is named with its reason."""
    found = []
    for step in BOUNDARY_FLOW.verbs(change, actor):
        try:
            BOUNDARY_FLOW.step(change, actor, step.action, {"actor": actor.user_id, "reason": "?"})
        except Refused as reason:
            found.append(Offer(step.action, reason))
        else:
            found.append(Offer(step.action))
    return tuple(found)
