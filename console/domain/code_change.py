"""A change of one row of a code table at one centre: proposed by one person, approved by another, in force from its instant on.

Whose word counts: the handbook lets limits and categories differ per centre (2.2, 3.3) and names
no one for it. Shift leaders, directors and administrators (R16, R17, R22) may propose; only a
director (R17) of that centre or one above approves, for a limit is what the centre promises and
an administrator keeps the system, not the promise (CT-03). Nobody approves an own proposal.

A change counts for its centre and all below it; of two centres the nearer one wins, at one
centre the change that came into force last. What is in force is read from `effective_from`
and the clock alone. The state `in_force` only records that the moment has passed, so that
the journal tells every screen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from console.domain.case import has_reason
from console.domain.codes import parse_day
from console.domain.errors import Invalid, Refused
from console.domain.flow import Facts, Flow, Stateful, Step, any_of
from console.domain.limits import CHINA
from console.domain.people import Actor

PROPOSED, APPROVED, IN_FORCE, REFUSED, WITHDRAWN = "proposed", "approved", "in_force", "refused", "withdrawn"
STANDING = (APPROVED, IN_FORCE)
PROPOSERS = frozenset({"R16", "R17", "R22"})
APPROVERS = frozenset({"R17"})
READERS = PROPOSERS | {"R18", "R19"}  # the supervisor and the auditor look on


@dataclass(frozen=True)
class CodeChange:
    """One row as it was and as it shall be. An empty `after` lets the centre follow the one above again."""

    id: int
    table_name: str
    code: str
    centre_id: int
    before: Mapping[str, object]
    after: Mapping[str, object]
    proposed_by: int
    proposed_at: datetime
    effective_from: datetime
    note: str = ""
    state: str = PROPOSED
    decided_by: int | None = None
    decided_at: datetime | None = None
    answer: str = ""
    version: int = 1

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of the values that differ, in the order of the row."""
        names = dict.fromkeys([*self.before, *self.after])
        return tuple(name for name in names if self.before.get(name) != self.after.get(name))


@dataclass(frozen=True)
class ChangeRow:
    """A change as a list shows it: with the names of the centre and of those who spoke."""

    change: CodeChange
    centre: str
    proposer: str
    decider: str


@dataclass(frozen=True)
class Offer:
    """Something an actor may do with a change, or why not now."""

    action: str
    why_not: Refused | None = field(default=None, compare=False)


def is_another(change: Stateful, facts: Facts) -> None:
    """Who proposed a change does not decide on it (invariant 3: approver is not applicant)."""
    if getattr(change, "proposed_by", 0) == facts.get("actor"):
        raise Refused("own_proposal", "approved_by")


def is_ahead(change: Stateful, facts: Facts) -> None:
    """A change begins after it was decided, never before: what was already computed stays as it was."""
    begins, now = getattr(change, "effective_from", None), facts.get("now")
    if isinstance(begins, datetime) and isinstance(now, datetime) and begins <= now:
        raise Refused("day_passed", "effective_from", value=begins.isoformat())


def is_not_yet_in_force(change: Stateful, facts: Facts) -> None:
    """What has begun is changed back by a new proposal, not by withdrawing the old one."""
    if change.state == APPROVED:
        is_ahead(change, facts)


def is_own_or_director(change: Stateful, actor: Actor) -> bool:
    """A proposal is withdrawn by its applicant or by a director."""
    return getattr(change, "proposed_by", 0) == actor.user_id or actor.holds_any(APPROVERS)


def _step(number: int, action: str, sources: Iterable[str], target: str, who: Iterable[str], **more: tuple) -> Step:
    return Step(f"CC{number}", action, (f"CC{number}",), frozenset(sources), target, any_of(*sorted(who)), **more)


CODE_FLOW = Flow(
    "code_change", (PROPOSED, APPROVED, IN_FORCE, REFUSED, WITHDRAWN), PROPOSED,
    (
        _step(1, "approve", {PROPOSED}, APPROVED, APPROVERS, needs=(is_another, is_ahead)),
        _step(2, "refuse", {PROPOSED}, REFUSED, APPROVERS, needs=(is_another, has_reason)),
        _step(3, "withdraw", {PROPOSED, APPROVED}, WITHDRAWN, PROPOSERS, relations=(is_own_or_director,), needs=(is_not_yet_in_force,)),
        _step(4, "take_effect", {APPROVED}, IN_FORCE, {"SYSTEM"}),
    ),
)  # fmt: skip


def offers(change: CodeChange, actor: Actor, now: datetime) -> tuple[Offer, ...]:
    """What this actor may do with a change now; what only a rule forbids is named with its reason."""
    found = []
    for step in CODE_FLOW.verbs(change, actor):
        facts = {"actor": actor.user_id, "now": now, "reason": "?"}
        try:
            CODE_FLOW.step(change, actor, step.action, facts)
        except Refused as reason:
            found.append(Offer(step.action, reason))
        else:
            found.append(Offer(step.action))
    return tuple(found)


def standing_at(changes: Iterable[CodeChange], chain: Sequence[int], at: datetime) -> tuple[CodeChange, ...]:
    """The changes that count at a centre at an instant, the root's first; `chain` holds the centres from the root down to it."""
    depth = {centre: place for place, centre in enumerate(chain)}
    last: dict[tuple[int, str, str], CodeChange] = {}
    for change in sorted(changes, key=lambda one: (one.effective_from, one.id)):
        if change.centre_id in depth and change.state in STANDING and change.effective_from <= at:
            last[depth[change.centre_id], change.table_name, change.code] = change
    return tuple(last[key] for key in sorted(last) if last[key].after)


def next_turn(changes: Iterable[CodeChange], chain: Sequence[int], at: datetime) -> datetime | None:
    """When the tables of a centre change next, as far as it is decided."""
    ahead = [one.effective_from for one in changes if one.centre_id in chain and one.state in STANDING and one.effective_from > at]
    return min(ahead, default=None)


def parse_begin(text: str) -> datetime:
    """An instant written as day and hour of China, such as "2026-11-24 08:00"; a day alone begins at midnight.

    Raises Invalid of the field "effective_from": "day_without_year", "bad_day" or "bad_hour".
    """
    written, _, hour = text.strip().partition(" ")
    day = parse_day(written, "effective_from")
    try:
        at = datetime.strptime(hour.strip() or "00:00", "%H:%M").replace(tzinfo=CHINA)
    except ValueError as wrong:
        raise Invalid("effective_from", "bad_hour", value=text.strip()) from wrong
    return at.replace(day.year, day.month, day.day).astimezone(UTC)
