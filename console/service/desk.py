"""The frame every operation runs in: one transaction, its guards, its journal lines, its repeats."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from console.domain import retention
from console.domain.application import Application
from console.domain.case import Case
from console.domain.clip import KEPT_AFTER
from console.domain.clock import Clock
from console.domain.codes import Book, Codes
from console.domain.errors import KeyReused, Missing, Refused, Stale, Unavailable
from console.domain.flow import Step
from console.domain.journal import Entry
from console.domain.limits import Limit, due, edges
from console.domain.meeting import Meeting
from console.domain.people import Actor
from console.domain.remark import Remark
from console.domain.replay import told
from console.domain.search import entries_of, is_told_otherwise
from console.domain.supervision import Supervision
from console.domain.task import Task
from console.domain.texts import check_text
from console.store import clips, keys, lock, search, serials, tables
from console.store.homes import HOMES
from console.store.scope import Scope
from console.store.store import Store
from console.store.unit import IntegrityError, Unit

T = TypeVar("T")
R = TypeVar("R", Case, Task, Application, Supervision)
P = TypeVar("P", Application, Supervision)
Facts = dict[str, object]
TRIES = 3
KEY_MAX, TEXT_MAX = 80, 2_000


@dataclass
class Act:
    """An operation in progress: the open transaction, who acts, and the instant it all carries."""

    unit: Unit
    actor: Actor
    now: datetime
    book: Book
    entries: list[Entry] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        """What the actor may see."""
        return Scope(self.actor)

    @property
    def codes(self) -> Codes:
        """The code tables of the actor's centre."""
        return self.book.of(self.actor.centre_id)

    def codes_of(self, case: Case) -> Codes:
        """The code tables that count for a case: those of the centre that owns it, whoever acts."""
        return self.book.of(case.owner_centre)

    def note(self, op: str, kind: str, ref: int, version: int, facts: Facts, *, states: tuple[str, str] = ("", "")) -> None:
        """Add a journal line; it is written with the transaction."""
        entry = Entry(0, 0, 0, self.now, self.actor.user_id, self.actor.seat, op, kind, ref, version, *states, facts)
        self.entries.append(entry)

    def born(self, record: R, op: str, facts: Facts, *, before: str = "") -> R:
        """Insert a new record with its first journal line."""
        kind, table = HOMES[type(record)]
        if isinstance(record, Case):
            record = self._timed(record)
        stored = self.unit.add(table, record)
        if isinstance(stored, Case):
            self._make_findable(stored)
        self.note(op, kind, stored.id, stored.version, {**facts, "set": told(None, stored)}, states=(before, stored.state))
        return stored

    def all_born(self, new: Sequence[tuple["Act", Case, str, Facts]], *, before: str = "") -> list[Case]:
        """Insert new cases, each with its first journal line by the act that brings it; one statement for all."""
        ids = serials.new_ids(self.unit, tables.case, len(new))
        stored = [replace(act._timed(case), id=id_) for id_, (act, case, _, _) in zip(ids, new, strict=True)]
        self.unit.add_many(tables.case, stored)
        self._make_findable(*stored)
        for case, (act, _, op, facts) in zip(stored, new, strict=True):
            act.note(op, "case", case.id, case.version, {**facts, "set": told(None, case)}, states=(before, case.state))
        return stored

    def move(self, record: R, op: str, facts: Facts, **changes: object) -> R:
        """Write a changed record and its journal line. Raises Stale."""
        kind, table = HOMES[type(record)]
        changed: R = replace(record, **changes)  # type: ignore[arg-type]
        if isinstance(record, Case) and isinstance(changed, Case):
            changed = self._timed(replace(changed, **retention.kept(changed, record.state, self.now)), record)  # type: ignore[arg-type]
        stored: R = self.unit.save(table, record, changed)
        if isinstance(record, Case) and isinstance(stored, Case) and is_told_otherwise(record, stored):
            self._make_findable(stored)
        if isinstance(stored, Case) and (is_over := retention.ends_for_good(record.state, stored.state)) is not None:
            clips.set_day(self.unit, clips.with_merged(self.unit, stored.id), self.now + KEPT_AFTER if is_over else None)
        self.note(op, kind, stored.id, stored.version, {**facts, "set": told(record, stored)}, states=(record.state, stored.state))
        return stored

    def _make_findable(self, *cases: Case) -> None:
        search.put(self.unit, {case.id: entries_of(case, self.codes_of(case).category_names(case.category)) for case in cases})

    def _timed(self, case: Case, before: Case | None = None) -> Case:
        """The case with the instant its lamp changes next; a clock that starts or moves begins unlit."""
        clock = case.running
        same = before is not None and before.running == clock
        if same and before is not None and (before.category, before.priority) == (case.category, case.priority):
            return case
        if clock is None:
            return replace(case, lamp="", lamp_at=None)
        stage, end = clock
        codes = self.codes_of(case)
        limit = codes.stage_limit(stage, case.category, case.priority)
        return replace(case, lamp="", lamp_at=edges(end, limit, codes.calendar)[0])

    def take(self, record: R, step: Step, facts: Facts | None = None, **changes: object) -> R:
        """Carry out one row of a flow table on a record."""
        if step.target:
            changes["state"] = step.target
        return self.move(record, step.action, {"step": step.id, "codes": list(step.codes), **(facts or {})}, **changes)

    def say(self, case: Case, action: str, text: str, field: str = "reason") -> Facts:
        """Keep the words of an act beside the journal; what its line carries of them, nothing when there are none."""
        words = text.strip()
        check_text(field, words, TEXT_MAX)
        if not words:
            return {}
        kept = self.unit.add(tables.remark, Remark(0, case.id, self.now, self.actor.user_id, action, words))
        return {"remark": kept.id}

    def met(self, meeting: Meeting) -> Meeting:
        """Keep a meeting; the case's own line tells of it."""
        return self.unit.add(tables.meeting, meeting)

    def case(self, case_id: int, version: int | None = None, *, own: bool = False) -> Case:
        """A visible case, locked until the end of the act; `own`: also one the actor only brought in. Raises Missing, Stale."""
        found = self.unit.record(Case, lock.case(self.unit, self.scope, case_id, own=own))
        if found is None:
            raise Missing("case", case_id)
        if version is not None and found.version != version:
            raise self.unit.stale("case_file", case_id)
        return found

    def task(self, task_id: int, version: int | None = None) -> Task:
        """A visible task, locked until the end of the act; lock its case first. Raises Missing, Stale."""
        found = self.unit.record(Task, lock.task(self.unit, self.scope, task_id))
        if found is None:
            raise Missing("task", task_id)
        if version is not None and found.version != version:
            raise self.unit.stale("task", task_id)
        return found

    def part(self, kind: type[P], record_id: int, case: Case, version: int) -> P:
        """An application or a supervision of a locked case, locked too. Raises Missing, Stale."""
        name, table = HOMES[kind]
        found = self.unit.record(kind, lock.of_case(self.unit, table, record_id, case.id))
        if found is None:
            raise Missing(name, record_id)
        if found.version != version:
            raise self.unit.stale(name, record_id)
        return found

    def after(self, limit: Limit, case: Case) -> datetime:
        """When a limit that starts now ends, by the calendar that counts for a case."""
        return due(self.now, limit, self.codes_of(case).calendar)

    def limit_from(self, start: datetime, stage: str, case: Case) -> datetime:
        """When a stage of a case that starts then is due."""
        codes = self.codes_of(case)
        return due(start, codes.stage_limit(stage, case.category, case.priority), codes.calendar)


class Desk:
    """Runs operations: opens the transaction, writes the journal, wakes the feed."""

    def __init__(self, store: Store, book: Book, clock: Clock) -> None:
        self.store = store
        self.book = book
        self.clock = clock
        self.wake: Callable[[], None] = lambda: None

    def run(self, actor: Actor, work: Callable[[Act], T]) -> T:
        """Do the work in one transaction; all of it is durable when this returns, or none of it.

        A transaction that lost a race (deadlock, the same key at the same
        moment) is done again, at most three times.
        """
        for turn in range(TRIES):
            try:
                with self.store.write() as unit:
                    act = Act(unit, actor, self.clock.now(), self.book)
                    result = work(act)
                    unit.log(act.entries)
            except IntegrityError:
                if turn == TRIES - 1:
                    raise
            except Unavailable as fault:
                if turn == TRIES - 1 or fault.code != "try_again":
                    raise
            else:
                self.wake()
                return result
        raise AssertionError("the last turn returns or raises")

    def once(self, actor: Actor, key: str, body: Mapping[str, object], work: Callable[[Act], Facts]) -> Facts:
        """Do the work unless this actor's key was used before; then give the answer given then.

        The same key with another body raises KeyReused. Answers are JSON
        facts. Raises Invalid for a key that is too long.
        """
        name, digest = key_of(actor, key), body_digest(body)

        def before(unit: Unit) -> Facts | None:
            known = keys.answer(unit, name)
            if known is not None and known.body_hash != digest:
                raise KeyReused(key)
            return known.answer if known is not None else None

        def guarded(act: Act) -> Facts:
            given = before(act.unit)
            if given is not None:
                return given
            answer = work(act)
            keys.remember(act.unit, keys.Seen(name, digest, answer, act.now))
            return answer

        try:
            return self.run(actor, guarded)
        except (Refused, Stale):
            # Sent twice at the same moment, one waits for the other's record and finds it moved, by itself.
            with self.store.read() as unit:
                given = before(unit)
            if given is None:
                raise
            return given


def key_of(actor: Actor, key: str) -> str:
    """What a key of an actor's is known by among everybody's. Raises Invalid for one that is too long."""
    check_text("key", key, KEY_MAX)
    return f"{actor.user_id}:{key}"


def body_digest(body: Mapping[str, object]) -> str:
    """SHA-256 of what came with a key."""
    form = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(form.encode()).hexdigest()
