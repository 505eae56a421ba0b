"""Red and black plates somebody has not taken note of yet: each director and supervisor is told for himself (CT-12)."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import String, exists, literal, select

from console.domain.case import OPEN_STATES
from console.domain.paging import Leaf, Turn
from console.domain.supervision import BLACK, NOTED, RED, SUPERVISE, Supervision
from console.store import tables
from console.store.leaves import Question, leaf
from console.store.scope import Scope
from console.store.unit import Unit

S, C, O = tables.supervision.c, tables.case.c, tables.org.c  # noqa: E741


@dataclass(frozen=True)
class Plate:
    """A plate with what tells its case apart; `unit` is who was pressed, empty where no unit leads yet."""

    supervision: Supervision
    number: str
    category: str
    priority: str
    unit: str


def to_note(unit: Unit, scope: Scope, turn: Turn) -> Leaf[Plate]:
    """Plates of open cases the actor knows of and has neither hung up nor taken note of, the newest first."""
    noted = exists().where(tables.seen.c.key == literal(f"{scope.actor.user_id}:{NOTED}") + S.id.cast(String))
    joined = tables.supervision.join(tables.case, C.id == S.case_id).outerjoin(tables.org, O.id == S.to_org)
    question = select(tables.supervision, C.number, C.category.label("kind"), C.priority, O.name.label("unit")).select_from(joined)
    question = question.where(
        S.category == SUPERVISE, S.card.in_((RED, BLACK)), S.by_user != scope.actor.user_id, C.state.in_(OPEN_STATES), ~noted,
        scope.cases(),
    )  # fmt: skip
    orders = {"number": C.number, "category": C.category, "priority": C.priority, "unit": O.name, "at": S.at, "card": S.card}
    rows, total = leaf(unit, cast(Question, question), turn, orders, S.id)
    found = [(cast(Supervision, unit.record(Supervision, row)), row._mapping) for row in rows]
    return Leaf(tuple(Plate(one, v["number"], v["kind"], v["priority"], v["unit"] or "") for one, v in found), total)
