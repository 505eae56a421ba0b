"""Who outside the hall hears of what, while it happens: the subject of an entry, and the subjects somebody may hear of.

The same rule as `store/scope.py`, told for single entries of the journal: a
department hears of its tasks from their release on, a reporter of the cases of
the reports he sent. What is said is a hint; the row is asked for by scope.
"""

from typing import Literal

from console.domain.journal import Entry
from console.domain.people import Actor
from console.domain.task import HELD
from console.service.ask import Ask
from console.store.scope import Scope

Subject = tuple[Literal["unit", "case"], int]


def subject(entry: Entry) -> Subject | None:
    """What an entry is about, or none when nobody outside the hall hears of such entries."""
    if entry.kind == "case":
        return "case", entry.ref
    unit = entry.facts.get("org")
    has_left = entry.to_state != HELD and (entry.from_state != HELD or entry.op == "released")
    if entry.kind == "task" and has_left and isinstance(unit, int):
        return "unit", unit
    return None


def subjects(ask: Ask, actor: Actor) -> frozenset[Subject]:
    """What an actor may hear of now; a report sent later adds its case (`adds`)."""
    own: set[Subject] = {("case", sent.report.case_id) for sent in ask.my_reports(actor)}
    if Scope(actor).answers_for_unit:
        own.add(("unit", actor.org_id))
    return frozenset(own)


def adds(entry: Entry) -> tuple[int, Subject] | None:
    """The user who may hear of one subject more from this entry on, and the subject; none for most entries."""
    return (entry.actor, ("case", entry.ref)) if entry.kind == "case" and entry.op == "submit" else None
