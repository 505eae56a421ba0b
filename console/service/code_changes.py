"""Changing a centre's own code tables: propose, approve, refuse, withdraw, and the moment a change comes into force."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.code_change import APPROVED, CODE_FLOW, IN_FORCE, PROPOSED, PROPOSERS, ChangeRow, CodeChange
from console.domain.code_rows import checked, row_of
from console.domain.codes import Codes
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.people import Actor
from console.domain.texts import check_text
from console.service.code_book import CodeBook
from console.service.desk import Act, Desk, Facts
from console.store import code_changes as store
from console.store import tables
from console.store.find import code_changes as find
from console.store.scope import Scope

log = logging.getLogger(__name__)
NOTE_MAX = 500
MOST_AT_ONCE = 400


@dataclass(frozen=True)
class Wish:
    """A row as somebody wants it; empty values ask to follow the centre above again."""

    table: str
    code: str
    after: Mapping[str, object]


@dataclass(frozen=True)
class Plan:
    """From when wishes shall count, why, and for which centre (0: the actor's own)."""

    effective_from: datetime
    note: str
    centre_id: int = 0


class CodeChanges:
    """Operations on code changes. Each raises Missing, Stale, Denied, Refused and Invalid; nothing half done stays."""

    def __init__(self, desk: Desk, book: CodeBook) -> None:
        self.desk = desk
        self.book = book

    def propose(self, actor: Actor, wishes: Sequence[Wish], plan: Plan) -> tuple[CodeChange, ...]:
        """Propose rows; all of them or none. Somebody else decides each."""
        centre = self._centre(actor, plan.centre_id)
        if not actor.holds_any(PROPOSERS):
            raise Denied("role", kind="code_change", action="propose")
        if not wishes:
            raise Invalid("rows", "no_rows")
        if len(wishes) > MOST_AT_ONCE:
            raise Invalid("rows", "too_many", count=len(wishes), most=MOST_AT_ONCE)
        if not plan.note.strip():
            raise Invalid("note", "needs_reason")
        check_text("note", plan.note, NOTE_MAX)
        self._check_begin(plan.effective_from)
        self.book.reload()

        def work(act: Act) -> tuple[CodeChange, ...]:
            made: list[CodeChange] = []
            waiting = {(row.change.table_name, row.change.code) for row in find.changes(act.unit, act.scope, only="waiting")
                       if row.change.centre_id == centre}  # fmt: skip
            for wish in wishes:
                if (wish.table, wish.code) in waiting:
                    raise Refused("already_proposed", "code", value=wish.code)
                waiting.add((wish.table, wish.code))
                made.append(self._proposed(act, wish, replace(plan, centre_id=centre), made))
            return tuple(made)

        return self.desk.run(actor, work)

    def approve(self, actor: Actor, change_id: int, version: int) -> CodeChange:
        """Let a change come into force at its instant. The approver is never the applicant."""
        self.book.reload()

        def work(act: Act) -> CodeChange:
            change = self._change(act, change_id, version)
            moved = self._move(act, change, "approve", "")
            rows = self.book.rows_at(change.centre_id, change.effective_from)
            if row_of(rows, change.table_name, change.code) != dict(change.before):
                raise Refused("row_changed", "code", value=change.code)
            self._check_fits(change)
            return moved

        moved = self.desk.run(actor, work)
        self.book.reload()
        return moved

    def refuse(self, actor: Actor, change_id: int, version: int, reason: str) -> CodeChange:
        """Say no to a proposal, with the reason its applicant reads."""
        return self.desk.run(actor, lambda act: self._move(act, self._change(act, change_id, version), "refuse", reason))

    def withdraw(self, actor: Actor, change_id: int, version: int, reason: str = "") -> CodeChange:
        """Take back a proposal, or an approved change that has not begun."""
        moved = self.desk.run(actor, lambda act: self._move(act, self._change(act, change_id, version), "withdraw", reason))
        self.book.reload()
        return moved

    def take_effect(self, actor: Actor) -> int:
        """Note in the journal what has come into force; how many did. Two at once are harmless, a restart misses nothing."""
        with self.desk.store.read() as unit:
            due = store.due(unit, self.desk.clock.now())
        return sum(self.desk.run(actor, lambda act, one=change_id: self._begin(act, one)) for change_id in due)

    def changes(self, actor: Actor, only: str = "all", table: str = "", code: str = "") -> tuple[ChangeRow, ...]:
        """Changes the actor may know of, newest first: "waiting", "ahead" or "all", of one table or row."""
        with self.desk.store.read() as unit:
            return find.changes(unit, Scope(actor), only=only, table=table, code=code)

    def _centre(self, actor: Actor, centre_id: int) -> int:
        centre = centre_id or actor.centre_id
        if not self.book.is_within(centre, actor.centre_id):
            raise Missing("centre", centre)
        return centre

    def _check_begin(self, begins: datetime) -> None:
        if begins.tzinfo is None:
            raise Invalid("effective_from", "naive_instant", value=begins.isoformat())
        if begins <= self.desk.clock.now():
            raise Invalid("effective_from", "day_passed", value=begins.isoformat())

    def _proposed(self, act: Act, wish: Wish, plan: Plan, earlier: Sequence[CodeChange]) -> CodeChange:
        rows = self.book.rows_at(plan.centre_id, plan.effective_from, *earlier)
        after = checked(wish.table, wish.code, wish.after, Codes.build(rows)) if wish.after else self._following(wish, plan.centre_id)
        before = row_of(rows, wish.table, wish.code)
        if after == before:
            raise Invalid("code", "nothing_changed", value=wish.code)
        change = CodeChange(
            0, wish.table, wish.code, plan.centre_id, before, after, act.actor.user_id, act.now, plan.effective_from, plan.note.strip(),
        )  # fmt: skip
        self._check_fits(change, *earlier)
        stored = act.unit.add(tables.code_change, change)
        act.note("propose", "code_change", stored.id, stored.version, _facts(stored, "CC0"), states=("", PROPOSED))
        return stored

    def _following(self, wish: Wish, centre: int) -> dict[str, object]:
        """The empty row that lets a centre follow the one above again."""
        if (wish.table, wish.code) not in self.book.own(centre):
            raise Invalid("code", "follows_already", value=wish.code)
        if not row_of(self.book.rows_above(centre), wish.table, wish.code):
            raise Invalid("code", "nothing_above", value=wish.code)
        return {}

    def _check_fits(self, change: CodeChange, *earlier: CodeChange) -> None:
        """A change must fit the tables of its centre and of every centre below that has some of its own."""
        for centre in self.book.below(change.centre_id):
            try:
                Codes.build(self.book.rows_at(centre, change.effective_from, *earlier, change))
            except Invalid as wrong:
                raise Refused("does_not_fit", "code", **{**wrong.facts, "table": wrong.field or "", "centre": centre}) from wrong

    def _change(self, act: Act, change_id: int, version: int) -> CodeChange:
        found = act.unit.record(CodeChange, store.locked(act.unit, act.scope, change_id))
        if found is None:
            raise Missing("code_change", change_id)
        if found.version != version:
            raise act.unit.stale("code_change", change_id)
        return found

    def _move(self, act: Act, change: CodeChange, action: str, reason: str) -> CodeChange:
        if not self.book.is_within(change.centre_id, act.actor.centre_id):
            raise Denied("other_centre", kind="code_change", action=action)
        check_text("reason", reason, NOTE_MAX)
        step = CODE_FLOW.step(change, act.actor, action, {"actor": act.actor.user_id, "now": act.now, "reason": reason})
        decided = replace(change, state=step.target, decided_by=act.actor.user_id, decided_at=act.now, answer=reason.strip())
        return self._save(act, change, decided, step.id, action)

    def _begin(self, act: Act, change_id: int) -> int:
        found = act.unit.record(CodeChange, store.locked(act.unit, act.scope, change_id))
        if found is None or found.state != APPROVED:
            return 0  # another console was faster
        step = CODE_FLOW.step(found, act.actor, "take_effect", {})
        self._save(act, found, replace(found, state=IN_FORCE), step.id, "take_effect")
        return 1

    def _save(self, act: Act, old: CodeChange, new: CodeChange, step: str, op: str) -> CodeChange:
        stored = act.unit.save(tables.code_change, old, new)
        act.note(op, "code_change", stored.id, stored.version, _facts(stored, step), states=(old.state, new.state))
        return stored


def _facts(change: CodeChange, step: str) -> Facts:
    return {
        "step": step, "table": change.table_name, "code": change.code, "centre": change.centre_id,
        "from": change.effective_from.isoformat(), "differing": list(change.differing),
    }  # fmt: skip
