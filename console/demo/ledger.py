"""The book a past is written into: its rows by table, its journal entries in the order of time, and one record as it goes along.

What `service/desk.py` does for an operation (a line for every change, carrying in
`set` what differs), this does without the database; `past.py` says which acts
there are. Facts are written as compact JSON with sorted keys, which is both what
is stored and what the digest is taken of.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime

from console.domain.case import Case
from console.domain.codes import Codes
from console.domain.grams import Entries
from console.domain.limits import due
from console.domain.replay import UNTOLD
from console.domain.supervision import Supervision
from console.domain.task import Task
from console.store import bulk, search

Values = dict[str, object]
Row = tuple[object, ...]
TABLES = ("case_file", "report", "task", "task_reply", "attachment", "access", "delivery", "supervision", "remark", "case_words")
_KINDS = {"case": ("case_file", Case), "task": ("task", Task), "supervision": ("supervision", Supervision)}
_COLUMNS = {kind: bulk.columns(table) for kind, (table, _) in _KINDS.items()}
_BLANK: Mapping[str, Values] = {
    kind: {one.name: one.default for one in fields(of) if one.default is not MISSING} for kind, (_, of) in _KINDS.items()
}
_TOLD = {kind: tuple(one.name for one in fields(of) if one.name not in UNTOLD) for kind, (_, of) in _KINDS.items()}
_TOLD_LATER = {kind: frozenset(names) for kind, names in _TOLD.items()}


def _as_json(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_json, check_circular=False)


@dataclass(frozen=True)
class Person:
    """Who acts, as far as rows and entries name somebody: id, name, unit, seat."""

    id: int
    name: str
    org: int
    seat: str


SWEEP, TIMERS = Person(0, "sweep", 0, "sweep"), Person(0, "timers", 0, "timers")


@dataclass(frozen=True)
class Picture:
    """A photo that lies in the store already."""

    sha256: str
    size: int
    width: int
    height: int


@dataclass(frozen=True)
class Matter:
    """What is reported, where, by whose number, to which centre (with its path)."""

    number: str
    key: str
    category: str
    text: str
    address: str
    lon: float
    lat: float
    accuracy_m: float
    grid: str
    division: str
    centre: int
    path: str
    source: str = "01"


@dataclass
class Ledger:
    """Collects rows by table, and entries by the order of time; ids go up from where they start, by `step`."""

    codes: Codes
    as_words: Callable[[int, Entries], str] = search.as_tokens  # what a case is found by, as its engine keeps it
    next_id: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 1))
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})
    entries: list[Row] = field(default_factory=list)
    step: int = 1

    def number(self, table: str) -> int:
        """The next id of a table."""
        found = self.next_id[table]
        self.next_id[table] = found + self.step
        return found

    def limit(self, stage: str, start: datetime, category: str, priority: str) -> datetime:
        """When a stage that starts then is due."""
        return due(start, self.codes.stage_limit(stage, category, priority), self.codes.calendar)

    def note(self, at: datetime, who: Person, act: tuple[str, str, int, int], states: tuple[str, str], facts: Values) -> None:
        """Add an entry: op, kind, ref, version; the journal id comes when all entries of a stretch are in order."""
        op, kind, ref, version = act
        told = _JSON.encode(facts)
        form = (
            f'[0,"{at.isoformat()}",{who.id},"{who.seat}","{op}","{kind}",{ref},{version},"{states[0]}","{states[1]}",{told}]'
        )  # fmt: skip
        digest = hashlib.sha256(form.encode()).hexdigest()
        self.entries.append((0, 0, at, who.id, who.seat, op, kind, ref, version, *states, told, digest))


class PastRecord:
    """A case, a task or a supervision as it goes along; each change of it is an entry."""

    def __init__(self, ledger: Ledger, kind: str, values: Values) -> None:
        self._ledger, self.kind = ledger, kind
        self.values = _BLANK[kind] | values
        self.values["id"] = self.id = ledger.number(_KINDS[kind][0])

    @property
    def state(self) -> str:
        """The state it stands in."""
        return str(self.values["state"])

    def born(self, at: datetime, who: Person, op: str, facts: Values, *, before: str = "") -> None:
        """Its first entry, with everything that is not empty."""
        blank, values = _BLANK[self.kind], self.values
        facts["set"] = {name: values[name] for name in _TOLD[self.kind] if name not in blank or values[name] != blank[name]}
        self._ledger.note(at, who, (op, self.kind, self.id, 1), (before, self.state), facts)

    def move(self, at: datetime, who: Person, op: str, facts: Values, changes: Values) -> None:
        """Change it, with an entry that carries what differs."""
        before, values, told = self.state, self.values, _TOLD_LATER[self.kind]
        version = int(str(values["version"])) + 1
        facts["set"] = {name: value for name, value in changes.items() if name in told and value != values[name]}
        values |= changes
        values["version"] = version
        self._ledger.note(at, who, (op, self.kind, self.id, version), (before, self.state), facts)

    def end(self) -> None:
        """Write its row as it stands."""
        found = [self.values[name] for name in _COLUMNS[self.kind]]
        self._ledger.rows[_KINDS[self.kind][0]].append(tuple([json.dumps(one) if type(one) is tuple else one for one in found]))
