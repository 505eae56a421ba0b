"""One page of a question's rows, in an order asked for by name; counting is one question more, in the same snapshot."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Row, Select, func, select

from console.domain.errors import Invalid
from console.domain.paging import PAGE, Turn
from console.store.unit import Unit

Question = Select[tuple[object, ...]]


def leaf(
    unit: Unit, question: Question, turn: Turn, orders: Mapping[str, ColumnElement[object]], newest: ColumnElement[int],
) -> tuple[Sequence[Row[tuple[object, ...]]], int]:  # fmt: skip
    """The rows of a page and the count of all; the usual order, and the last word in every other, is `newest` first.

    Raises Invalid for an order nobody has named.
    """
    if turn.order and turn.order not in orders:
        raise Invalid("order", "unknown_code", value=turn.order[:40])
    total = unit.scalar(select(func.count()).select_from(question.subquery()))
    first = [orders[turn.order].desc() if turn.is_down else orders[turn.order].asc()] if turn.order else []
    rows = unit.rows(question.order_by(*first, newest.desc()).limit(PAGE).offset(max(0, turn.start)))
    return rows, int(str(total))
