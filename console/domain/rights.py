"""Who may do what at which centre: the handbook's table 3.5, in one place.

A step of a flow names the roles it takes (3.2); this table says at which level
of centre a role may use it, and where the actor stands to the case: at the
centre that owns it, above it, or anywhere. A step the table does not know is
for the owner centre alone. Reading has its own file, `store/scope.py`.
"""

from collections.abc import Mapping

from console.domain.flow import Stateful, Step
from console.domain.people import Actor

GRID, VILLAGE, TOWN, COUNTY, CITY, DEPARTMENT, SUPERVISOR = "grid", "village", "town", "county", "city", "dept", "supervisor"
_AT = {6: GRID, 5: VILLAGE, 4: TOWN, 3: COUNTY, 2: CITY}
# Some roles stand in a column of their own, whatever centre they belong to.
_OF = {"R01": GRID, "R02": GRID, "R03": GRID, "R09": DEPARTMENT, "R10": DEPARTMENT, "R13": DEPARTMENT, "R18": SUPERVISOR}
_HALLS = frozenset({TOWN, COUNTY, CITY})
_ALL_CENTRES = _HALLS | {VILLAGE}

# The rows of 3.5; a column that is missing may not.
TABLE: Mapping[str, frozenset[str]] = {
    "report": _ALL_CENTRES | {GRID, DEPARTMENT},
    "accept": _ALL_CENTRES,
    "self_handle": frozenset({GRID, VILLAGE}),
    "file": _HALLS,
    "dispatch": _HALLS,
    "answer": frozenset({GRID, VILLAGE, TOWN, DEPARTMENT}),
    "ask_co": _HALLS | {DEPARTMENT},
    "escalate": frozenset({GRID, VILLAGE, TOWN, COUNTY}),
    "send_down": _ALL_CENTRES,
    "delay_first": _HALLS,
    "delay_second": frozenset({COUNTY, CITY}),
    "suspend": frozenset({COUNTY, CITY}),
    "urge": _ALL_CENTRES | {SUPERVISOR},
    "supervise_yellow": _HALLS | {SUPERVISOR},
    "supervise_red": frozenset({COUNTY, CITY, SUPERVISOR}),
    "supervise_all": frozenset({CITY, SUPERVISOR}),
    "check": _ALL_CENTRES | {GRID, SUPERVISOR},
    "close": _HALLS,
    "close_urgent": frozenset({COUNTY, CITY}),
    "mediation": frozenset({VILLAGE, TOWN, COUNTY, DEPARTMENT}),
    "conference": _HALLS,
    "live_video": _ALL_CENTRES,
    "playback": _ALL_CENTRES,
    "playback_approve": frozenset({COUNTY, CITY}),
    "emergency": frozenset({COUNTY, CITY, SUPERVISOR}),
}
# Which row a step of 3.2 belongs to. Steps of no row (call-back, reopen, archive) go by their roles alone.
ROW: Mapping[str, str] = {
    "T01": "report", "T03": "report", "ACK": "accept", "T04": "accept", "T05": "accept", "T06": "accept", "T10": "file", "T11": "file",
    "T12": "file", "T13": "dispatch", "T14": "answer", "T15": "answer", "T16": "dispatch", "T18": "ask_co", "T19": "answer",
    "T20": "answer", "T21": "escalate", "T23": "accept", "T24": "accept", "T25": "send_down", "T28": "urge", "T30": "check", "T31": "check",
    "T32": "close", "T33": "file", "T36": "self_handle", "T39": "conference", "T40": "mediation", "T42": "dispatch", "T43": "dispatch",
    "REL": "dispatch",
}  # fmt: skip
OWN, WITHIN, ABOVE, ANYWHERE = "own", "within", "above", "anywhere"
# Where the actor stands to the case: at the owner centre unless said otherwise; at it or below it (a village's
# checker or asked unit); at it or above it; or anywhere, where task, authorship or supervision binds instead of place.
WHERE: Mapping[str, str] = {
    "T01": ANYWHERE, "T02": ANYWHERE, "T03": ANYWHERE, "T07": WITHIN, "T08": WITHIN, "T14": ANYWHERE, "T15": ANYWHERE, "T17": WITHIN,
    "T18": ANYWHERE, "T19": ANYWHERE, "T20": ANYWHERE, "T22": ANYWHERE, "T23": ABOVE, "T24": ABOVE, "T26": WITHIN, "T27": WITHIN,
    "T28": ANYWHERE, "T29": ANYWHERE, "T30": WITHIN, "T31": WITHIN, "T34": ANYWHERE, "T36": ANYWHERE, "T40": WITHIN,
}  # fmt: skip

# What is decided on an application is no act of the unit that asked: it has rows of its own, and is for the owner
# centre. But a town's suspension and second delay are decided above, for the table lets no town do so.
DECIDED: Mapping[str, str] = {"T15": "dispatch", "T26": "delay_first", "T27": "suspend"}
DECIDED_ABOVE = ("delay_second", "suspend")


def column(role: str, level: int) -> str:
    """The column of 3.5 a role stands in at a centre of a level; empty when no level limits it."""
    return _OF.get(role) or _AT.get(level, "")


def allows(row: str, role: str, level: int) -> bool:
    """Whether the table lets a role of that level do what a row says."""
    stands_in = column(role, level)
    return not stands_in or stands_in in TABLE[row]


def is_at_owner(record: object, actor: Actor) -> bool:
    """Whether the actor sits at the centre that owns the record; the program itself sits everywhere."""
    owner = getattr(record, "owner_centre", None)
    return actor.kind == "system" or owner is None or owner == actor.centre_id


def stands(where: str, record: object, actor: Actor) -> bool:
    """Whether the actor sits where a step wants it, seen from the record's owner centre."""
    owner = getattr(record, "owner_centre", None)
    if where == ANYWHERE or is_at_owner(record, actor):
        return True
    is_below = f"/{owner}/" in actor.centre_path
    return is_below if where == WITHIN else where == ABOVE and not is_below


def fits(step: Step, record: Stateful, actor: Actor) -> bool:
    """Whether the table lets the actor take a step on this record, at the actor's level and place."""
    if actor.kind == "system":
        return True
    number, is_decision = step.id[:3], step.via == "application"
    row = (DECIDED if is_decision else ROW).get(number)
    if row == "delay_first" and getattr(record, "delayed", 0):
        row = "delay_second"
    place = (ABOVE if row in DECIDED_ABOVE else OWN) if is_decision else WHERE.get(number, OWN)
    if not stands(place, record, actor):
        return False
    if row == "close" and getattr(record, "priority", "") in ("P1", "P2"):
        row = "close_urgent"
    if row is None:
        return True
    return any(held <= actor.roles and all(allows(row, role, actor.level) for role in held) for held in step.holders)
