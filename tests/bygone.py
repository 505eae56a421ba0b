"""What a map showed at a moment, added up by hand from the raw rows of the journal: no line of it is the program's own fold."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from console.domain.limits import lamp
from console.store import tables
from console.store.store import Store
from console.ui.map.reel import Reel
from tests.make import CODES

OPEN = ("10", "15", "20", "30", "40", "50", "55", "60", "70", "80")
STAGES = {"10": "accept", "55": "accept", "15": "verify", "20": "file", "30": "dispatch", "40": "sign", "50": "handle", "60": "check",
          "70": "close", "80": "evaluate"}  # fmt: skip
Look = tuple[str, str, bool, str]  # state, priority, acknowledged, lamp


class Lines:
    """The raw rows, read once: which cases have a position, and every line of every case in the order of its versions."""

    def __init__(self, store: Store) -> None:
        c, j = tables.case.c, tables.journal.c
        with store.read() as unit:
            self.placed = {row[0] for row in unit.rows(select(c.id).where(c.lon.is_not(None)))}
            self.rows = list(unit.rows(select(j.ref, j.to_state, j.facts, j.at).where(j.kind == "case").order_by(j.ref, j.version)))


def by_hand(lines: Lines, moment: datetime) -> dict[int, Look]:
    """How every open case with a position looked at a moment."""
    states: dict[int, str] = {}
    fields: defaultdict[int, dict] = defaultdict(dict)
    for ref, state, facts, at in lines.rows:
        if at <= moment:
            states[ref] = state
            fields[ref] |= facts.get("set", {})
    found = {}
    for ref in (ref for ref, state in states.items() if state in OPEN and ref in lines.placed):
        now, stage = fields[ref], STAGES[states[ref]]
        due = now.get(f"due_{stage}")
        colour = "S" if now.get("suspended_at") else "G"
        if colour == "G" and due:
            limit = CODES.categories[now["category"]].limit if stage == "handle" else CODES.stage_limits.of(stage, now["priority"])
            colour = lamp(datetime.fromisoformat(due), moment, limit, CODES.calendar)
        found[ref] = (states[ref], now["priority"], bool(now.get("acked_at")), colour)
    return found


def replayed(reel: Reel, moment: datetime) -> dict[int, Look]:
    """The same of a replay."""
    return {pin.id: (pin.state, pin.priority, pin.acked, pin.lamp) for pin in reel.pins_at(moment)}
