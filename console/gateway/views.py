"""What is told over HTTP: records as JSON shapes, with the names of their codes beside them; nothing here decides."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from console.domain.application import Application
from console.domain.case import CASE_FLOW
from console.domain.codes import Codes, Entry
from console.domain.errors import Refused
from console.domain.flow import Stateful, Step
from console.domain.people import Actor
from console.domain.place import Grid
from console.domain.report import Receipt
from console.domain.rows import DeskRow, DeskTask, MyReport
from console.domain.rules import is_own_report
from console.domain.supervision import SUPERVISION_FLOW, Supervision
from console.domain.task import ASKED, AWAITING, DECLINED, FINISHED, RETURNED, TASK_FLOW, TaskReply
from console.service.intake import OWN_ACTS
from console.service.tasks import WHILE_SUSPENDED

# Which heap of the desk's inbox a task lies on; all other states are work in hand.
GROUPS = {ASKED: "waiting", AWAITING: "waiting", FINISHED: "answered", RETURNED: "returned", DECLINED: "returned"}
_IDEAL = {"text": "x", "reason": "1", "photos": ("x",), "photos_before": 1, "photos_after": 1, "interval": 1, "target": "1"}
# The two results of a verification are one action of CT-10 and two buttons.
_RESULTS = {"verified": ("核实属实", "It is true"), "ask_untrue": ("核实不属实", "It is not true")}
# Of the two ways to give a task back only the one that fits is told (T15).
_OTHER_WAY = ("return_freely", "leader_decides_return")


class Trouble(BaseModel):
    """A refusal: its code, the field it is about, and words in Chinese and English."""

    code: Annotated[str, Field(examples=["needs_photo"])]
    field: str | None
    message: str
    message_en: str
    facts: dict[str, str | int | float | bool | None] = {}


class Refusal(BaseModel):
    """Every answer that is not a success has this shape."""

    error: Trouble


class Named(BaseModel):
    """A code and its names."""

    code: str
    zh: str
    en: str


class Receipted(BaseModel):
    """The report is on the disk; this is its number. `flags` say what the officer will look at."""

    report_id: int
    case_id: int
    number: Annotated[str, Field(examples=["SJ410923-20261123-000002"])]
    flags: list[str]


class Kept(BaseModel):
    """A picture is kept under its name."""

    sha256: str
    width: int
    height: int
    size: int


class GridName(BaseModel):
    """A grid to choose from."""

    code: str
    name: str


class Me(BaseModel):
    """Who is signed in, and the word a page must send with every POST."""

    user_id: int
    login: str
    name: str
    roles: list[Named]
    grid: str
    grids: list[GridName]
    may_report: bool
    has_desk: bool
    csrf: str
    expires_at: datetime
    now: datetime


class Token(BaseModel):
    """A device token; it is told this once."""

    token: str
    expires_at: datetime


class Verb(BaseModel):
    """A legal act: its name, what it needs, and why it cannot succeed now (empty when it can)."""

    action: str
    zh: str
    en: str
    needs: list[str]
    blocked: str = ""


class Sent(BaseModel):
    """A report of mine and how far its case has come."""

    report_id: int
    case_id: int
    key: str
    number: str
    category: Named
    text: str
    address: str
    flags: list[str]
    photos: list[str]
    received_at: datetime
    state: Named
    acked: bool
    verbs: list[Verb]


class SentList(BaseModel):
    """My reports, newest first."""

    reports: list[Sent]
    now: datetime


class TaskRow(BaseModel):
    """One line of the desk's inbox."""

    id: int
    number: str
    case_number: str
    title: str
    category: Named
    priority: Named
    address: str
    kind: str
    mandatory: bool
    instruction: str
    state: str
    group: Annotated[str, Field(description="waiting, working, answered or returned")]
    released_at: datetime | None
    changed_at: datetime | None
    due_sign: datetime | None
    due_first: datetime | None
    due_handle: datetime | None
    signed_at: datetime | None
    on_site_at: datetime | None
    first_reply_at: datetime | None
    finished_at: datetime | None
    refuse_reason: str
    version: int
    verbs: list[Verb]


class TaskList(BaseModel):
    """A unit's inbox, newest first, and the server's time for countdowns."""

    tasks: list[TaskRow]
    now: datetime


class ReplyView(BaseModel):
    """One answer as it was given."""

    id: int
    at: datetime
    user_name: str
    action: Named
    text: str
    solved: str
    photos: list[str]


class Asked(BaseModel):
    """Something my unit asked for, and its decision."""

    id: int
    type: Named
    state: Named
    text: str
    new_due: datetime | None
    advice: str
    asked_at: datetime


class Plate(BaseModel):
    """An urging or a plate laid on my unit; an open one wants a written answer."""

    id: int
    name: Named
    text: str
    auto: bool
    at: datetime
    reply_due: datetime | None
    reply_text: str
    may_answer: bool
    version: int


class Partner(BaseModel):
    """A unit that may be asked for help or named as a better lead."""

    id: int
    name: str


class TaskView(TaskRow):
    """A task whole, without its reporter."""

    content: str
    lon: float | None
    lat: float | None
    grid: str
    unit: str
    photos: Annotated[list[str], Field(description="Pictures of the matter; those of answers stand with their reply.")]
    replies: list[ReplyView]
    asked: list[Asked]
    plates: list[Plate]
    partners: list[Partner]
    now: datetime


def named(entry: Entry | None, code: str = "") -> Named:
    """A code with its names; an unknown one stands for itself."""
    return Named(code=code, zh=code, en=code) if entry is None else Named(code=entry.code, zh=entry.zh, en=entry.en)


def receipt(found: Receipt) -> Receipted:
    """The answer to a report."""
    return Receipted(report_id=found.report_id, case_id=found.case_id, number=found.number, flags=list(found.flags))


def sent(row: MyReport, actor: Actor, codes: Codes) -> Sent:
    """A report of mine; the acts are those of a reporter, not what a role in the hall may do besides."""
    report, case = row.report, row.case
    facts: dict[str, object] = {"photos_before": len(row.photos)}
    legal = [step for step in CASE_FLOW.verbs(case, actor) if step.action in OWN_ACTS] if is_own_report(case, actor) else []
    return Sent(
        report_id=report.id, case_id=report.case_id, key=report.key, number=case.number,
        category=named(codes.categories.get(report.category), report.category), text=report.text, address=report.address,
        flags=list(report.flags), photos=list(row.photos), received_at=report.received_at,
        state=named(codes.statuses.get(case.state), case.state), acked=case.acked_at is not None,
        verbs=[_verb(step, case, codes, facts) for step in legal],
    )  # fmt: skip


def task_row(row: DeskRow | DeskTask, actor: Actor, codes: Codes, now: datetime) -> TaskRow:
    """A line of the inbox."""
    return TaskRow(**_row(row, actor, codes, now))  # type: ignore[arg-type]


def task_view(row: DeskTask, actor: Actor, codes: Codes, now: datetime) -> TaskView:
    """The task page."""
    photos = [file.sha256 for file in row.attachments if file.owner_kind != "reply"]
    return TaskView(
        **_row(row, actor, codes, now), content=row.content, lon=row.lon, lat=row.lat, grid=row.grid, unit=row.unit.name, photos=photos,
        replies=[_reply(reply, codes) for reply in row.replies],
        asked=[_asked(each, codes) for each in row.applications], plates=[_plate(each, actor, codes) for each in row.supervisions],
        partners=[Partner(id=each.id, name=each.name) for each in row.partners], now=now,
    )  # type: ignore[arg-type]  # fmt: skip


def grid_name(grid: Grid) -> GridName:
    """A grid to choose from."""
    return GridName(code=grid.code, name=grid.name)


def _row(row: DeskRow | DeskTask, actor: Actor, codes: Codes, now: datetime) -> dict[str, object]:
    task = row.task
    moments = (task.released_at, task.signed_at, task.first_reply_at, task.on_site_at, task.finished_at)
    same = (
        "id", "number", "kind", "mandatory", "instruction", "state", "released_at", "due_sign", "due_first", "due_handle", "signed_at",
        "on_site_at", "first_reply_at", "finished_at", "refuse_reason", "version",
    )  # fmt: skip
    return {
        **{name: getattr(task, name) for name in same},
        "case_number": row.case_number, "title": row.title, "address": row.address,
        "category": named(codes.categories.get(row.category), row.category),
        "priority": named(codes.priorities.get(row.priority), row.priority),
        "group": GROUPS.get(task.state, "working"), "changed_at": max((at for at in moments if at), default=None),
        "verbs": _verbs(row, actor, codes, now),
    }  # fmt: skip


def _verbs(row: DeskRow | DeskTask, actor: Actor, codes: Codes, now: datetime) -> list[Verb]:
    facts: dict[str, object] = {"priority": row.priority, "now": now, "returned": row.returned, "due": row.running}
    found = [_verb(step, row.task, codes, facts) for step in TASK_FLOW.verbs(row.task, actor)]
    if row.suspended:
        found = [verb if verb.action in WHILE_SUSPENDED else verb.model_copy(update={"blocked": "suspended"}) for verb in found]
    return [verb for verb in found if verb.blocked not in _OTHER_WAY]


def _verb(step: Step, record: Stateful, codes: Codes, facts: dict[str, object]) -> Verb:
    """A legal act; the flow's own needs, tried with nothing and with everything in hand, tell what it asks for."""
    zh, en = _RESULTS.get(step.action, ("", ""))
    name = Named(code=step.action, zh=zh, en=en) if zh else named(codes.actions.get(step.codes[0]), step.action)
    needs, blocked = [], ""
    for need in step.needs:
        try:
            need(record, {**facts, **_IDEAL})
        except Refused as refusal:
            blocked = blocked or refusal.code
            continue
        try:
            need(record, facts)
        except Refused as refusal:
            needs.append(refusal.field or "")
    return Verb(action=step.action, zh=name.zh, en=name.en, needs=needs, blocked=blocked)


def _asked(one: Application, codes: Codes) -> Asked:
    types, decisions = codes.time_applications["type"], codes.time_applications["decision"]
    return Asked(
        id=one.id, type=named(types.get(one.type), one.type), state=named(decisions.get(one.state), one.state), text=one.text,
        new_due=one.new_due, advice=one.advice, asked_at=one.asked_at,
    )  # fmt: skip


def _plate(one: Supervision, actor: Actor, codes: Codes) -> Plate:
    kind = codes.supervision["plate"].get(one.card) or codes.supervision["category"].get(one.category)
    return Plate(
        id=one.id, name=named(kind, one.card), text=one.text, auto=one.auto, at=one.at, reply_due=one.reply_due,
        reply_text=one.reply_text, may_answer=bool(SUPERVISION_FLOW.verbs(one, actor)), version=one.version,
    )  # fmt: skip


def _reply(reply: TaskReply, codes: Codes) -> ReplyView:
    names = {step.action: step.codes[0] for step in TASK_FLOW.steps}
    action = named(codes.actions.get(names.get(reply.kind, "")), reply.kind)
    return ReplyView(
        id=reply.id, at=reply.at, user_name=reply.user_name, action=Named(code=reply.kind, zh=action.zh, en=action.en), text=reply.text,
        solved=reply.solved, photos=list(reply.photos),
    )  # fmt: skip
