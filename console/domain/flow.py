"""The life cycle of one kind of record, as one table of steps.

Buttons, menus, command words, HTTP verbs and tests all read this table;
nothing else decides what may be done. A step says from where, to where and
who; `relations` tie the actor to the record (own unit, not the handler),
`needs` check what the act brings along. Source: handbook 3.2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from console.domain.errors import Denied, Refused
from console.domain.people import Actor


class Stateful(Protocol):
    """A record with a life cycle."""

    @property
    def state(self) -> str:
        """The code of the state it stands in."""
        ...


Facts = Mapping[str, object]
Relation = Callable[[Stateful, Actor], bool]
Need = Callable[[Stateful, Facts], None]


@dataclass(frozen=True)
class Step:
    """One row of the table.

    `holders`: role sets, any one of which, held whole, is enough. `target`
    empty: the state stays. `codes`: the CT-10 actions it writes, in order.
    `via` names the record whose act carries this step; such a step is never
    offered on the record itself. `when_frozen`: it may be taken while the
    record is suspended, which stops all others.
    """

    id: str
    action: str
    codes: tuple[str, ...]
    sources: frozenset[str]
    target: str
    holders: tuple[frozenset[str], ...]
    relations: tuple[Relation, ...] = ()
    needs: tuple[Need, ...] = ()
    via: str = ""
    when_frozen: bool = False

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor's roles are enough."""
        return any(held <= actor.roles for held in self.holders)


@dataclass(frozen=True)
class Flow:
    """All states and steps of one kind of record; `fits` says what holds for all of them (the rights of 3.5)."""

    kind: str
    states: tuple[str, ...]
    start: str
    steps: tuple[Step, ...]
    fits: Callable[[Step, Stateful, Actor], bool] | None = None
    _by_action: dict[str, tuple[Step, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the rows and refuse a table that names unknown states."""
        known = set(self.states)
        for step in self.steps:
            strange = (step.sources | ({step.target} if step.target else set())) - known
            if strange:
                raise ValueError(f"{self.kind} {step.id} names unknown states {sorted(strange)}")
            self._by_action[step.action] = (*self._by_action.get(step.action, ()), step)

    def verbs(self, record: Stateful, actor: Actor) -> tuple[Step, ...]:
        """Every step this actor may take on this record now, in table order."""
        return tuple(step for step in self.steps if not step.via and self._fits(step, record, actor))

    def step(self, record: Stateful, actor: Actor, action: str, facts: Facts) -> Step:
        """The row that allows this act.

        Raises Refused("wrong_state") when no row starts from the record's
        state, Refused("suspended") when its clocks stand still,
        Denied("role") when a row starts there but not for this actor, and
        what the row's needs raise.
        """
        rows = [row for row in self._by_action.get(action, ()) if record.state in row.sources]
        if not rows:
            raise Refused("wrong_state", kind=self.kind, state=record.state, action=action)
        if is_frozen(record) and not any(row.when_frozen for row in rows):
            raise Refused("suspended", "state", kind=self.kind, action=action)
        fitting = [row for row in rows if self._fits(row, record, actor)]
        if not fitting:
            raise Denied("role", kind=self.kind, action=action)
        refusals: list[tuple[int, Refused]] = []
        for row in fitting:
            met = 0
            try:
                for need in row.needs:
                    need(record, facts)
                    met += 1
            except Refused as reason:
                refusals.append((met, reason))
            else:
                return row
        # Of two rows for one action (T42, T43) the one that came further tells what is really lacking.
        raise max(refusals, key=lambda refusal: refusal[0])[1]

    def _fits(self, step: Step, record: Stateful, actor: Actor) -> bool:
        if record.state not in step.sources or not step.open_to(actor) or (is_frozen(record) and not step.when_frozen):
            return False
        if self.fits is not None and not self.fits(step, record, actor):
            return False
        return all(relation(record, actor) for relation in step.relations)


def is_frozen(record: Stateful) -> bool:
    """Whether the record is suspended: its clocks stand still, and so does the matter."""
    return getattr(record, "suspended_at", None) is not None


def any_of(*roles: str) -> tuple[frozenset[str], ...]:
    """Holders for "one of these roles"."""
    return tuple(frozenset({role}) for role in roles)
