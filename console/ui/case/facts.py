"""What the card of a case says: its state with the running limit, place, reporter, words. Pure, no widget."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.case import CHECK, CLOSING, DISPATCH, FILING, HANDLING, INTAKE, SIGN, Case
from console.domain.codes import Codes
from console.domain.limits import due, lamp
from console.domain.masking import mask_name, mask_phone, mask_text
from console.domain.report import Report
from console.domain.rows import BoardRow
from console.domain.task import HELD
from console.ui.base.spans import left, limit_words, time_of, until
from console.ui.base.words import language, tr
from console.ui.case.plan import Plan
from console.ui.case.reading import Reading
from console.ui.progress import seconds_left
from console.ui.wording import FLAGS, with_part

# Which limit runs in a state (handbook 3.3).
RUNNING = {
    INTAKE: ("accept", "due_accept"), FILING: ("file", "due_file"), DISPATCH: ("dispatch", "due_dispatch"), SIGN: ("sign", "due_sign"),
    HANDLING: ("handle", "due_handle"), CHECK: ("check", "due_check"), CLOSING: ("close", "due_close"),
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One line of the card; `lamp` Y or R puts the value on its colour."""

    label: str
    value: str
    lamp: str = "G"
    is_private: bool = False  # hidden whole in wall mode


def held_for_s(tasks: tuple[BoardRow, ...], now: datetime) -> int | None:
    """For how many seconds a dispatch can still be taken back unseen; None when nothing is held."""
    ends = [row.task.release_at for row in tasks if row.task.state == HELD]
    return seconds_left(max(ends), now) if ends else None


def state_fact(case: Case, tasks: tuple[BoardRow, ...], now: datetime, codes: Codes) -> Fact:
    """The state and what is left of its limit; said anew every second."""
    status = codes.statuses.get(case.state)
    state = status.named(language()) if status is not None else case.state
    if case.state == INTAKE:
        state = tr("{state}, acked", state=state) if case.acked_at is not None else tr("{state}, unacked", state=state)
    held = held_for_s(tasks, now)
    if held is not None:
        return Fact(tr("State"), tr("{state} · held, recall within {n} s", state=state, n=held))
    stage, name = RUNNING.get(case.state, ("", ""))
    end: datetime | None = getattr(case, name) if name else None
    if end is None:
        return Fact(tr("State"), state)
    code = lamp(end, now, codes.stage_limit(stage, case.category, case.priority), codes.calendar)
    source = "{state} · {left}" if end <= now else "{state} · {left} left"
    words = tr(source, state=state, left=left(end, now))
    return Fact(tr("State"), words, {"Y": "Y", "R": "R", "K": "R"}.get(code, "G"))


def facts_of(reading: Reading, codes: Codes) -> tuple[Fact, ...]:
    """Everything else that is known at a glance."""
    case, reports = reading.case, reading.desk.reports
    found = [Fact(tr("Place"), _place(case)), *([Fact(tr("Grid"), case.grid)] if case.grid else [])]
    found += [Fact(tr("Reporter"), _reporter(reports[0], codes), is_private=True)] if reports else []
    if len(reports) > 1:
        found.append(Fact("", tr("and {n} more reports of the same", n=len(reports) - 1)))
    found.append(Fact(tr("Content"), mask_text(case.content) or tr("no words, see the photos"), is_private=True))
    marks = [tr(FLAGS[flag][1]) if flag in FLAGS else flag for flag in case.flags]
    if marks:
        found.append(Fact(tr("Mind"), "\n".join(marks)))
    if case.close_text or case.public_reply:
        words = mask_text("\n".join(part for part in (case.close_text, case.public_reply) if part))
        found.append(Fact(tr("Closing"), words, is_private=True))
    return tuple(found)


def proposal(reading: Reading, codes: Codes) -> tuple[str, str]:
    """Whom the code table proposes, and why: the head line and the reason below."""
    suggestion, case = reading.suggestion, reading.case
    named = tr(", ").join(with_part(reading.units, order.org_id, order.kind) for order in suggestion.orders)
    head = tr("Proposed: {units}", units=named) if named else tr("No unit here answers for this category")
    why = [tr("duty for {code}", code=case.category)]
    category = codes.categories.get(case.category)
    if category is not None:
        why.append(tr("handle within {limit}", limit=limit_words(category.limit)))
    if suggestion.absent:
        names = tr(", ").join(_department(code, codes) for code in suggestion.absent)
        why.append(tr("not at this centre: {names}", names=names))
    return head, " · ".join(why)


def due_words(plan: Plan, now: datetime, codes: Codes) -> str:
    """When it will be due if it is sent now."""
    handle = codes.stage_limit("handle", plan.category, plan.priority)
    sign = codes.stage_limit("sign", plan.category, plan.priority)
    end = due(now, handle, codes.calendar)
    return tr(
        "Handle within {limit}, until {end} · sign within {sign}",
        limit=limit_words(handle), end=until(end, now), sign=limit_words(sign),
    )  # fmt: skip


def _department(code: str, codes: Codes) -> str:
    entry = codes.departments.get(code)
    if entry is None:
        return code
    return entry.short if language() == "zh_CN" else entry.en


def _place(case: Case) -> str:
    parts = [case.address] if case.address.strip() else []
    if not case.place_known:
        parts.append(tr("no position"))
    elif case.accuracy_m:
        parts.append(tr("± {n} m", n=round(case.accuracy_m)))
    return " · ".join(parts) or tr("no address given")


def _reporter(report: Report, codes: Codes) -> str:
    source = codes.sources.get(report.source)
    # The store masks already, and names are read by intake alone; what is masked twice stays as it is.
    who = tr("protected reporter") if report.protected else mask_name(report.reporter_name) or tr("hidden outside intake")
    parts = [who, mask_phone(report.reporter_phone)] if report.reporter_phone and not report.protected else [who]
    parts += [source.named(language())] if source is not None else []
    return " · ".join((*parts, time_of(report.received_at)))
