"""The history of a case in words: who did what, when and from which seat, from the journal's lines. Pure.

One act often leaves several lines (a task's and its case's, one per unit); it is told once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.domain.masking import mask_text
from console.domain.rows import CaseDesk, TimelineRow
from console.domain.task import TaskReply
from console.ui.base.winds import wind
from console.ui.base.words import language, tr
from console.ui.wording import Named, unit_words, with_part

# What the journal calls an act, and what people say; {unit} is the unit of a task.
CASE_ACTS = {
    "submit": "Reported", "ack": "Acknowledged by the hall", "accept": "Accepted", "file": "Filed", "check": "Checked and found done",
    "anonymise": "Personal details deleted after their time", "hold": "Held back from deletion",
    "unhold": "No longer held back from deletion", "keep_until": "Given a day of deletion",
    "rework": "Found not done, back to the lead", "close": "Closed",
    "verify": "Sent for verification", "verified": "Found true", "untrue": "Found untrue, ended", "reject": "Not taken on",
    "refuse_filing": "Not filed", "merge": "Merged into another case", "joined_by": "Another case was merged into this one",
    "reclassify": "Reclassified", "withdraw": "Withdrawn by the reporter", "self_handle": "Settled by the one who reported it",
    "escalate": "Escalated to the parent centre", "skip": "Escalated past a level", "take_over": "Taken over by the upper centre",
    "hand_back": "Handed back by the upper centre", "send_down": "Sent down", "delay": "More time granted", "suspend": "Suspended",
    "resume": "Resumed", "review": "Suspension to be looked at again", "void": "Voided", "urge": "Urged", "supervise": "Plate hung up",
    "answered": "Plate answered", "transfer": "Given to another lead", "back_to_handling": "Sent back to handling",
    "back_to_check": "Sent back to the check", "evaluate": "Called back and archived", "call_back": "Not content, back to the lead",
    "archive": "Archived without contact", "reopen": "Reopened", "meet": "Joint meeting held", "mediate": "Mediation opened",
    "mark": "Mark set or taken off", "draft": "Written as a draft",
}  # fmt: skip
CLIP_ACTS = {
    "clip": "Clip of camera {code} kept as evidence", "clip_export": "Clip of camera {code} taken out of the hall",
    "clip_view": "Clip looked at", "delete": "Clip deleted after its time", "hold": "Clip held back from deletion",
    "unhold": "Clip no longer held back from deletion",
}  # fmt: skip
LAMP_ACTS = {"Y": "Due soon", "R": "Overdue", "K": "Badly overdue"}
ASKED = {"refuse": "Refused what was asked for", "take_back": "Took back what was asked for"}
TASK_ACTS = {
    "sign": "{unit} signed", "return": "{unit} sent it back", "on_site": "{unit} is on site", "progress": "{unit} reports",
    "finish": "{unit} finished", "verified": "{unit} found it true", "agree": "{unit} agreed to help",
    "decline": "{unit} declined to help",
}  # fmt: skip
# Lines that only carry over to the case or to another task what a line told here says already.
SILENT = frozenset(
    ("case", op) for op in ("sign", "return", "on_site", "progress", "finish", "joined", "released")
) | {("task", op) for op in ("rework", "order", "call_off", "settle", "transfer", "delay", "resume", "self_handle", "decided")} | {
    ("case", "verified"), ("application", "grant"), ("case", "ask_co"), ("case", "ask_void"), ("case", "ask_suspend"),
    ("case", "ask_reclassify"), ("case", "ask_call_back"),
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One act, told."""

    entry_id: int
    at: datetime
    who: str
    what: str
    text: str = ""
    photos: tuple[str, ...] = ()


@dataclass
class _Story:
    """What has to be known from other lines while telling one."""

    desk: CaseDesk
    units: Mapping[int, Named]
    codes: Codes
    org_of: dict[int, int] = field(default_factory=dict)
    replies: dict[int, TaskReply] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.org_of = {row.task.id: row.task.org_id for row in self.desk.tasks}
        self.replies = {reply.id: reply for reply in self.desk.replies}

    def unit(self, row: TimelineRow) -> str:
        org = row.facts.get("org")
        return unit_words(self.units, int(str(org)) if org is not None else self.org_of.get(row.ref, 0))


def story(desk: CaseDesk, units: Mapping[int, Named], codes: Codes) -> tuple[Moment, ...]:
    """The whole history, oldest first."""
    known = _Story(desk, units, codes)
    told: list[Moment] = []
    rows = desk.timeline
    orders: list[TimelineRow] = []
    called_back = {row.at for row in rows if (row.kind, row.op) == ("case", "recall")}
    for place, row in enumerate(rows):
        if (row.kind, row.op) == ("task", "order"):
            orders.append(row)
        elif (row.kind, row.op) == ("case", "dispatch"):
            told.append(_moment(row, _dispatched(orders, known)))
            orders = []
        elif (row.kind, row.op) == ("task", "released"):
            orders = [order for order in orders if order.ref != row.ref]  # what was given and left at once is told by its arrival
            if not any(_is_release(other) and other.at == row.at for other in rows[:place]):
                together = [other for other in rows if _is_release(other) and other.at == row.at]
                names = tr(", ").join(known.unit(other) for other in together)
                told.append(_moment(row, tr("Delivered to {units}", units=names)))
        elif (row.kind, row.op) == ("task", "recall"):
            if row.at not in called_back:
                told.append(_moment(row, tr("{unit} is called off with the lead", unit=known.unit(row))))
        elif (row.kind, row.op) not in SILENT:
            told.append(_told(row, known))
    return tuple(told)


def _is_release(row: TimelineRow) -> bool:
    return (row.kind, row.op) == ("task", "released")


def _dispatched(orders: list[TimelineRow], known: _Story) -> str:
    parts = [with_part(known.units, int(str(row.facts.get("org", 0))), str(row.facts.get("part", ""))) for row in orders]
    return tr("Dispatched to {units}", units=tr(", ").join(parts)) if parts else tr("Dispatched")


def _told(row: TimelineRow, known: _Story) -> Moment:
    if row.kind == "task" and row.op in TASK_ACTS:
        return _answer(row, known)
    if (row.kind, row.op) == ("case", "recall"):
        units = int(str(row.facts.get("left_hall") or 0))
        words = tr("Recalled after it had reached {n} units", n=units) if units else tr("Recalled before it left the hall")
        return _moment(row, words, _reason_of_recall(row, known))
    if row.kind == "application":
        return _asked(row, known)
    if row.kind == "sighting":
        return _seen(row)
    if row.kind == "clip":
        return _clip(row)
    if row.op == "lamp":
        return _moment(row, tr(LAMP_ACTS.get(str(row.facts.get("lamp")), "Limit looked at")))
    if row.kind == "case" and row.op in CASE_ACTS:
        return _moment(row, tr(CASE_ACTS[row.op]), mask_text(row.text))
    return _moment(row, row.op, mask_text(row.text))


def _asked(row: TimelineRow, known: _Story) -> Moment:
    entry = known.codes.time_applications["type"].get(str(row.facts.get("type")))
    what = entry.named(language()) if entry is not None else ""
    if row.op in ASKED:
        return _moment(row, tr("{act}: {what}", act=tr(ASKED[row.op]), what=what), mask_text(row.text))
    return _moment(row, tr("Asked for: {what}", what=what), mask_text(row.text))


def _seen(row: TimelineRow) -> Moment:
    heading, at = row.facts.get("heading"), datetime.fromisoformat(str(row.facts.get("seen_at"))).astimezone(CHINA)
    code, time = str(row.facts.get("code", "")), f"{at:%H:%M:%S}"
    if isinstance(heading, int | float):
        what = tr("Seen on camera {code} at {time}, left to the {wind}", code=code, time=time, wind=wind(heading))
    else:
        what = tr("Seen on camera {code} at {time}", code=code, time=time)
    return _moment(row, what, mask_text(row.text))


def _clip(row: TimelineRow) -> Moment:
    what, code = CLIP_ACTS.get(row.op, row.op), str(row.facts.get("code", ""))
    if row.facts.get("masked"):
        what = "Clip of camera {code} taken out for publication, covered"
    return _moment(row, tr(what, code=code) if code else tr(what), mask_text(row.text))


def _answer(row: TimelineRow, known: _Story) -> Moment:
    reply_id = row.facts.get("reply")
    reply = known.replies.get(reply_id) if isinstance(reply_id, int) else None
    text = mask_text(reply.text if reply is not None else row.text)
    if row.op == "return":
        task = next((each.task for each in known.desk.tasks if each.task.id == row.ref), None)
        code = (task.refuse_reason if task is not None else "").partition(" ")[0]
        reason = known.codes.reasons.get("return", {}).get(code)
        if reason is not None:
            text = tr("{reason}: {text}", reason=reason.named(language()), text=text) if text else reason.named(language())
    return _moment(row, tr(TASK_ACTS[row.op], unit=known.unit(row)), text, reply.photos if reply is not None else ())


def _reason_of_recall(row: TimelineRow, known: _Story) -> str:
    recalled = [each.task for each in known.desk.tasks if each.task.state == "recalled"]
    lines = {line.ref for line in known.desk.timeline if (line.kind, line.op, line.at) == ("task", "recall", row.at)}
    return next((mask_text(task.refuse_reason) for task in recalled if task.id in lines), "")


def _moment(row: TimelineRow, what: str, text: str = "", photos: tuple[str, ...] = ()) -> Moment:
    return Moment(row.entry_id, row.at, _who(row), what, text, photos)


def _who(row: TimelineRow) -> str:
    """A person and the seat, or the page that stands for a seat; the console for what nobody did."""
    if not row.actor or not row.seat:
        return row.actor or tr("Console")
    page = {"phone": tr("phone"), "desk": tr("desk"), "device": tr("program")}.get(row.seat)
    if page is not None:
        return tr("{name} · {page}", name=row.actor, page=page)
    return tr("{name} · {seat}", name=row.actor, seat=row.seat)
