"""What the journal alone tells of a record: its entries folded in the order of its versions (handbook 3.2, invariant 5).

Every line carries in `set` what it changed: codes, times, counts and ids, never names or words.
So state, flags, limits and lamp of any past moment are a fold over lines, and no table is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import get_args, get_type_hints

from console.domain.application import Application
from console.domain.case import ENDED_STATES, Case, running
from console.domain.codes import Codes
from console.domain.journal import Entry
from console.domain.limits import LampCode, lamp
from console.domain.supervision import Supervision
from console.domain.task import Task

KINDS: Mapping[type, str] = {Case: "case", Task: "task", Application: "application", Supervision: "supervision"}
# Never told: words and names, what may be personal, and what the line itself carries (id, version, state).
UNTOLD = frozenset({
    "id", "version", "state", "number", "title", "content", "address", "lon", "lat", "accuracy_m", "coord_source", "occurred_at",
    "reporter_id", "close_text", "public_reply", "right_body", "shield", "instruction", "refuse_reason", "text", "advice", "reply_text",
})  # fmt: skip
_TOLD = {kind: tuple(f.name for f in fields(kind) if f.name not in UNTOLD) for kind in KINDS}
_EMPTY = {
    kind: {f.name: f.default for f in fields(kind) if f.name in _TOLD[kind] and not callable(f.default)} for kind in KINDS
}  # fmt: skip
# A field told as text is a time when the record says so.
_TIMES = {kind: frozenset(name for name, type_ in get_type_hints(kind).items() if datetime in (type_, *get_args(type_))) for kind in KINDS}


@dataclass(frozen=True)
class Past:
    """A record as its lines tell it; told fields read like those of the record itself."""

    kind: str
    ref: int
    version: int = 0
    state: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __getattr__(self, name: str) -> object:
        """A told field; one no line spoke of is absent."""
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None


def told(old: object | None, new: object) -> dict[str, object]:
    """What a line must carry: the told fields that differ, as JSON values; of a new record all that are not empty."""
    kind = type(new)
    before = _EMPTY[kind] if old is None else None
    found: dict[str, object] = {}
    for name in _TOLD.get(kind, ()):
        value = getattr(new, name)
        was = before.get(name, _NOTHING) if before is not None else getattr(old, name)
        if value != was:
            found[name] = _as_json(value)
    return found


def fold(entries: Iterable[Entry]) -> Past:
    """One record as its entries tell it, whatever order they come in. Raises ValueError for lines of two records."""
    *_, (_, last) = after_each(entries)
    return last


def after_each(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Past]]:
    """The entries of one record in the order of its versions, each with the record as it stood then. Raises ValueError as `fold` does."""
    lines = sorted(entries, key=lambda entry: entry.version)
    if not lines or len({(line.kind, line.ref) for line in lines}) != 1:
        raise ValueError("a fold needs the lines of one record")
    kind = next(known for known, word in KINDS.items() if word == lines[0].kind)
    values: dict[str, object] = {"reported_at": None, **_EMPTY[kind]} if kind is Case else dict(_EMPTY[kind])
    for line in lines:
        changed = line.facts.get("set")
        if isinstance(changed, dict):
            values = values | {name: _from_json(value, is_time=name in _TIMES[kind]) for name, value in changed.items()}
        yield line, Past(line.kind, line.ref, line.version, line.to_state, values)


def as_told(record: object, version: int, state: str) -> Past:
    """A stored record cut down to what the journal tells, to compare a fold with."""
    kind = type(record)
    values = {name: getattr(record, name) for name in _TOLD[kind]}
    return Past(KINDS[kind], int(getattr(record, "id", 0)), version, state, values)


def case_lamp(case: Case | Past, now: datetime, codes: Codes) -> LampCode:
    """The lamp of a case, stored or replayed (CT-11)."""
    if case.state in ENDED_STATES:
        return "D"
    if getattr(case, "suspended_at", None) is not None:
        return "S"
    clock = running(case)
    if clock is None:
        return "G"
    stage, end = clock
    limit = codes.stage_limit(stage, str(getattr(case, "category", "")), str(getattr(case, "priority", "")))
    return lamp(end, now, limit, codes.calendar)


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _from_json(value: object, *, is_time: bool) -> object:
    if isinstance(value, list):
        return tuple(value)
    return datetime.fromisoformat(value) if is_time and isinstance(value, str) else value


_NOTHING = object()
