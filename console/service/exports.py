"""Taking a list out of the hall: masked for who may read it, plain only with R17's leave; every file has its record first."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from console.domain.approval import APPROVERS, VALID, Approval, ExportRecord, check_decider, check_usable
from console.domain.errors import Denied, Invalid, Missing, Unavailable
from console.domain.limits import CHINA
from console.domain.masking import mask_address, mask_name, mask_phone, mask_text
from console.domain.paging import Leaf, Turn
from console.domain.people import Actor
from console.domain.roles import OVERSEERS
from console.domain.sheet import sheet
from console.domain.texts import check_text
from console.service.desk import Act, Desk
from console.store import exports, tables
from console.store.find import exports as questions
from console.store.find import oversight
from console.store.find.exports import QueueLine
from console.store.find.oversight import Request
from console.store.scope import Scope

KIND = "queue"
MAY_EXPORT = frozenset({"R04", "R05", "R06", "R07", "R08", "R16", "R17"})
REASON_MIN, REASON_MAX, RECEIVER_MAX = 6, 200, 80
FIRST = Turn()
SHEETS = {b"\x89PNG\r\n\x1a\n": "png", b"%PDF": "pdf"}
SHEET_MAX = 40_000_000
HEAD = ("案件编号", "标题", "类别", "优先级", "状态", "上报时间", "地址", "网格", "反映人", "电话", "内容")


@dataclass(frozen=True)
class Figures:
    """A list that holds no personal plain text; `rows` is asked in the export's own transaction and may refuse."""

    kind: str
    head: tuple[str, ...]
    rows: Callable[[Act], Sequence[Sequence[str]]]
    roles: frozenset[str] = MAY_EXPORT


class Exports:
    """Exports and the leave they need. Files land in one folder, for their owner's eyes."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._folder = folder

    def queue(self, actor: Actor, purpose: str, receiver: str) -> tuple[ExportRecord, Path]:
        """The open cases as CSV, every personal column masked. Raises Denied, Invalid, Unavailable."""
        return self._export(actor, purpose, receiver, None)

    def queue_plain(self, actor: Actor, purpose: str, receiver: str, approval_id: int) -> tuple[ExportRecord, Path]:
        """The same unmasked, once, with a leave. Raises Denied("no_leave"), Invalid, Unavailable."""
        return self._export(actor, purpose, receiver, approval_id)

    def figures(self, actor: Actor, purpose: str, receiver: str, what: Figures) -> tuple[ExportRecord, Path]:
        """A list of figures as CSV. Raises Denied, Invalid, Unavailable."""
        return self._taken(actor, purpose, receiver, what)

    def map_sheet(self, actor: Actor, content: bytes, purpose: str, cases: int) -> tuple[ExportRecord, Path]:
        """A picture of the map (PNG or PDF) with so many cases on it. It holds events and no words about people, so everybody
        who sees the map may take one; the record says who did. Raises Invalid, Unavailable.
        """
        ending = next((ending for mark, ending in SHEETS.items() if content.startswith(mark)), "")
        if not ending or len(content) > SHEET_MAX:
            raise Invalid("picture", "not_a_picture")
        why, digest = _words("reason", purpose), hashlib.sha256(content).hexdigest()

        def work(act: Act) -> ExportRecord:
            who = act.actor
            record = ExportRecord(0, "map", cases, True, why, who.name, None, digest, who.user_id, who.name, who.seat, act.now)
            record = act.unit.add(tables.export_log, record)
            act.note("export", "export", record.id, 1, {"kind": "map", "rows": cases, "sha256": digest}, states=("", "written"))
            return record

        record = self.desk.run(actor, work)
        return record, self._write(record, content, ending)

    def ask(self, actor: Actor, reason: str) -> Approval:
        """Ask for leave to export in plain. Raises Denied, Invalid."""
        words = _words("reason", reason)

        def work(act: Act) -> Approval:
            _check_role(actor)
            made = act.unit.add(tables.approval, Approval(0, KIND, words, actor.user_id, actor.centre_id, act.now))
            act.note("ask_leave", "approval", made.id, made.version, {"kind": KIND}, states=("", made.state))
            return made

        return self.desk.run(actor, work)

    def grant(self, actor: Actor, approval_id: int, version: int) -> Approval:
        """Grant a request, for one use within a day. Raises Denied for who may not, for one's own too; Missing, Stale, Refused."""
        return self._decide(actor, approval_id, version, "grant")

    def refuse(self, actor: Actor, approval_id: int, version: int) -> Approval:
        """Refuse a request. Raises as `grant` does."""
        return self._decide(actor, approval_id, version, "refuse")

    def _decide(self, actor: Actor, approval_id: int, version: int, op: str) -> Approval:
        def work(act: Act) -> Approval:
            found = exports.approval_within(act.unit, act.scope, approval_id)
            if found is None:
                raise Missing("approval", approval_id)
            if found.version != version:
                raise act.unit.stale("approval", approval_id)
            check_decider(actor, found)
            state, until = ("granted", act.now + VALID) if op == "grant" else ("refused", None)
            decided = replace(found, state=state, decided_by=actor.user_id, decided_at=act.now, valid_until=until)
            return _save(act, found, decided, op)

        return self.desk.run(actor, work)

    def waiting(self, actor: Actor) -> tuple[Approval, ...]:
        """Requests that wait for this actor's decision; none for who may not decide."""
        if not actor.holds_any(APPROVERS):
            return ()
        with self.desk.store.read() as unit:
            return tuple(each for each in exports.asked(unit, Scope(actor)) if each.asked_by != actor.user_id)

    def leave(self, actor: Actor) -> Approval | None:
        """The leave this actor may use now, or none."""
        with self.desk.store.read() as unit:
            return exports.granted(unit, actor.user_id, KIND, self.desk.clock.now())

    def requests(self, actor: Actor, turn: Turn = FIRST) -> Leaf[Request]:
        """Every request of the actor's area that waits, with who asks; deciding is R17's. Raises Denied."""
        _check_auditor(actor)
        with self.desk.store.read() as unit:
            return oversight.requests(unit, Scope(actor), turn)

    def records(self, actor: Actor, turn: Turn = FIRST) -> Leaf[ExportRecord]:
        """What people of the actor's area took out of the hall, newest first (handbook G17). Raises Denied."""
        _check_auditor(actor)
        with self.desk.store.read() as unit:
            return oversight.exported(unit, Scope(actor), turn)

    def _export(self, actor: Actor, purpose: str, receiver: str, approval_id: int | None) -> tuple[ExportRecord, Path]:
        def rows(act: Act) -> Sequence[Sequence[str]]:
            if approval_id is not None:
                _use(act, approval_id)
            return [_cells(line if approval_id is not None else masked(line)) for line in questions.queue(act.unit, act.scope)]

        return self._taken(actor, purpose, receiver, Figures(KIND, HEAD, rows), approval_id)

    def _taken(
        self, actor: Actor, purpose: str, receiver: str, what: Figures, approval_id: int | None = None
    ) -> tuple[ExportRecord, Path]:
        why, to = _words("reason", purpose), check_text("receiver", receiver.strip(), RECEIVER_MAX)
        if not to:
            raise Invalid("receiver", "needs_text")

        def work(act: Act) -> tuple[ExportRecord, bytes]:
            _check_role(actor, what.roles)
            rows = what.rows(act)
            content = sheet(what.head, rows)
            digest = hashlib.sha256(content).hexdigest()
            record = ExportRecord(
                0, what.kind, len(rows), approval_id is None, why, to, approval_id, digest, actor.user_id, actor.name, actor.seat, act.now
            )
            record = act.unit.add(tables.export_log, record)
            told = {"kind": what.kind, "rows": len(rows), "masked": record.masked, "sha256": digest, "approval": approval_id}
            act.note("export", "export", record.id, 1, told, states=("", "written"))
            return record, content

        record, content = self.desk.run(actor, work)
        return record, self._write(record, content)

    def _write(self, record: ExportRecord, content: bytes, ending: str = "csv") -> Path:
        path = self._folder / f"{record.kind}-{record.at.astimezone(CHINA):%Y%m%d-%H%M%S}-{record.id}.{ending}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sink:
                sink.write(content)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault
        return path


def masked(line: QueueLine) -> QueueLine:
    """A line as it may leave the hall without anybody's leave."""
    return replace(
        line, title=mask_text(line.title), address=mask_text(mask_address(line.address)), reporter_name=mask_name(line.reporter_name),
        reporter_phone=mask_phone(line.reporter_phone), content=mask_text(line.content),
    )  # fmt: skip


def _cells(line: QueueLine) -> tuple[str, ...]:
    at = f"{line.reported_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    return (
        line.number, line.title, line.category, line.priority, line.state, at, line.address, line.grid, line.reporter_name,
        line.reporter_phone, line.content,
    )  # fmt: skip


def _use(act: Act, approval_id: int) -> None:
    found = exports.approval_by_id(act.unit, approval_id)
    if found is None:
        raise Missing("approval", approval_id)
    check_usable(act.actor, found, KIND, act.now)
    _save(act, found, replace(found, state="used"), "use_leave")


def _save(act: Act, before: Approval, after: Approval, op: str) -> Approval:
    stored = act.unit.save(tables.approval, before, after)
    act.note(op, "approval", stored.id, stored.version, {"kind": stored.kind}, states=(before.state, stored.state))
    return stored


def _check_auditor(actor: Actor) -> None:
    if not actor.holds_any(OVERSEERS):
        raise Denied("role")


def _check_role(actor: Actor, roles: frozenset[str] = MAY_EXPORT) -> None:
    if not actor.holds_any(roles):
        raise Denied("role")


def _words(field: str, text: str) -> str:
    words = text.strip()
    if not REASON_MIN <= len(words) <= REASON_MAX:
        raise Invalid(field, "reason_length", least=REASON_MIN, most=REASON_MAX)
    return check_text(field, words, REASON_MAX)
