"""What the card of a case says: its state with the running limit, place, reporter, words. Pure, no widget."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.application import PENDING, Application
from console.domain.case import INTAKE, Case
from console.domain.codes import Codes
from console.domain.limits import CHINA, due, lamp
from console.domain.masking import mask_name, mask_phone, mask_text
from console.domain.report import Report
from console.domain.rows import BoardRow
from console.domain.supervision import OPEN, Supervision
from console.domain.task import HELD
from console.ui.base.spans import left, limit_words, time_of, until
from console.ui.base.words import language, tr
from console.ui.case.plan import Plan
from console.ui.case.reading import Reading
from console.ui.progress import seconds_left
from console.ui.wording import FLAGS, unit_words, with_part


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
    if case.suspended_at is not None:
        return Fact(tr("State"), tr("{state} · suspended since {time}", state=state, time=until(case.suspended_at, now)), "Y")
    if case.running is None:
        return Fact(tr("State"), state)
    stage, end = case.running
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
    found += pending_facts(reading, codes)
    if case.close_text or case.public_reply:
        words = mask_text("\n".join(part for part in (case.close_text, case.public_reply) if part))
        found.append(Fact(tr("Closing"), words, is_private=True))
    return tuple(found)


def pending_facts(reading: Reading, codes: Codes) -> tuple[Fact, ...]:
    """What waits for a word: applications nobody has decided, plates nobody has answered, and how often it was pressed for."""
    case, desk = reading.case, reading.desk
    found = [Fact(tr("Asked for"), _asked(one, reading, codes), "Y") for one in desk.applications if one.state == PENDING]
    found += [Fact(tr("Plate"), _plate(one, codes), "R") for one in desk.supervisions if one.state == OPEN]
    counts = (("urged {n}×", case.urged), ("returned {n}×", case.returned), ("reworked {n}×", case.reworked),
              ("delayed {n}×", case.delayed))  # fmt: skip
    said = [tr(words, n=count) for words, count in counts if count]
    return (*found, *([Fact(tr("So far"), " · ".join(said))] if said else []))


def _asked(one: Application, reading: Reading, codes: Codes) -> str:
    kind = codes.time_applications["type"].get(one.type)
    table = codes.reasons.get({"3": "delay", "61": "suspend", "6": "void", "72": "return"}.get(one.type, ""), {})
    parts = [kind.named(language()) if kind is not None else one.type]
    parts += [tr("until {time}", time=f"{one.new_due.astimezone(CHINA):%m-%d %H:%M}")] if one.new_due is not None else []
    parts += [unit_words(reading.units, int(one.target))] if one.type == "71" else [one.target] if one.target else []
    parts += [table[one.reason].named(language())] if one.reason in table else []
    return " · ".join((*parts, *([mask_text(one.text)] if one.text else [])))


def _plate(one: Supervision, codes: Codes) -> str:
    plate = codes.supervision["plate"].get(one.card)
    words = plate.named(language()) if plate is not None else one.card
    if one.auto:
        words = tr("{plate}, by the limit", plate=words)
    due_at = f"{one.reply_due.astimezone(CHINA):%m-%d %H:%M}" if one.reply_due is not None else ""
    said = tr("{plate} · answer due {time}", plate=words, time=due_at)
    return tr("{first}: {text}", first=said, text=mask_text(one.text)) if one.text else said


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
