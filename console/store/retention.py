"""What falls due for deletion, and taking it away: rows of a case in small lots, each leaving its hash behind."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Table, delete, exists, func, insert, or_, select, update

from console.domain.retention import ENDED, DeletionReport, Hold
from console.store import tables
from console.store.unit import Unit

C, H = tables.case.c, tables.hold.c
LOT = 400  # rows of a case in one transaction; with its items and journal lines that stays below 500 row changes of each kind
# Rows that exist only because of the persons and words in them.
PERSONAL: dict[str, Table] = {"report": tables.report, "reply": tables.reply, "remark": tables.remark, "attachment": tables.attachment,
                              "sighting": tables.sighting}  # fmt: skip
# What people wrote in rows that stay for their unit, times and durations.
WORDS: dict[Table, tuple[str, ...]] = {
    tables.task: ("instruction", "refuse_reason"), tables.application: ("text", "advice"), tables.supervision: ("text", "reply_text"),
    tables.meeting: ("place", "minutes"),
}  # fmt: skip


def held(unit: Unit, case_id: int, now: datetime) -> Hold | None:
    """A hold that keeps the case now, or none."""
    question = select(tables.hold).where(H.case_id == case_id, H.lifted_at.is_(None), H.until > now)
    return unit.record(Hold, unit.row(question.order_by(H.until.desc())))


def holds_of(unit: Unit, case_id: int) -> tuple[Hold, ...]:
    """Every hold a case has had, first one first."""
    return unit.records(Hold, unit.rows(select(tables.hold).where(H.case_id == case_id).order_by(H.id)))


def lift(unit: Unit, holds: Sequence[Hold], user_id: int, now: datetime) -> None:
    """Note that holds were ended before their day."""
    ids = [hold.id for hold in holds]
    unit.run(update(tables.hold).where(H.id.in_(ids)).values(lifted_by=user_id, lifted_at=now))


def due_cases(unit: Unit, now: datetime, after: int, limit: int = 100) -> tuple[int, ...]:
    """Ended cases whose day has come and that nobody holds, by id, after an id."""
    kept = exists().where(H.case_id == C.id, H.lifted_at.is_(None), H.until > now)
    question = select(C.id).where(C.id > after, C.delete_after <= now, C.state.in_(ENDED), ~kept)
    return tuple(int(str(row[0])) for row in unit.rows(question.order_by(C.id).limit(limit)))


def without_a_day(unit: Unit, limit: int = 100) -> tuple[int, ...]:
    """Ended cases that have no day yet and still hold words: those that ended before there were days."""
    question = select(C.id).where(C.delete_after.is_(None), C.state.in_(ENDED), (C.content != "") | (C.reporter_id != 0))
    return tuple(int(str(row[0])) for row in unit.rows(question.order_by(C.id).limit(limit)))


def take_away(unit: Unit, report: DeletionReport, case_id: int, number: str) -> int:
    """Delete at most one lot of a case's personal rows, noting their hashes; how many rows that were, 0 when none is left."""
    for kind, table in PERSONAL.items():
        own_day = (table.c.kind != "clip",) if kind == "attachment" else ()  # clips have a day and a hold of their own
        rows = unit.rows(select(table).where(table.c.case_id == case_id, *own_day).order_by(table.c.id).limit(LOT))
        if rows:
            items = [_item(report, kind, row._mapping, number) for row in rows]
            if kind == "attachment":
                items += [_file(report, row._mapping, number) for row in rows]
            unit.run(insert(tables.deletion_item), items)
            unit.run(delete(table).where(table.c.id.in_([row._mapping["id"] for row in rows])))
            _count(unit, report, rows=len(rows))
            return len(rows)
    return 0


def blank_words(unit: Unit, case_id: int) -> None:
    """Take the words out of a case's tasks, applications, supervisions and meetings; unit, times and durations stay."""
    for table, names in WORDS.items():
        unit.run(update(table).where(table.c.case_id == case_id).values(dict.fromkeys(names, "")))


def note_case(unit: Unit, report: DeletionReport, ref: int, number: str, words: Sequence[object]) -> None:
    """Count a case as done and keep the hash of the words it had."""
    unit.run(insert(tables.deletion_item), [_row(report, "case", ref, number, words)])
    _count(unit, report, cases=1)


def due_video(unit: Unit, table: Table, now: datetime, limit: int = 100) -> Sequence[Mapping[str, object]]:
    """Clips or stills (`table`) whose day has come and that nobody holds, themselves or with their case."""
    v, a = table.c, tables.attachment.c
    case_id = v.case_id if table is tables.video_clip else select(a.case_id).where(a.id == v.attachment_id).scalar_subquery()
    kept = exists().where(H.case_id == case_id, H.lifted_at.is_(None), H.until > now)
    own = (or_(v.hold_until.is_(None), v.hold_until <= now),) if table is tables.video_clip else ()
    question = select(table, case_id.label("of_case")).where(v.delete_after <= now, v.deleted_at.is_(None), ~kept, *own)
    return [row._mapping for row in unit.rows(question.order_by(v.id).limit(limit))]


def take_video(unit: Unit, report: DeletionReport, table: Table, row: Mapping[str, object], now: datetime) -> None:
    """Delete a clip or still, noting the hash of its bytes; its own row stays and says when it went."""
    number = str(unit.scalar(select(C.number).where(C.id == row["of_case"])) or "")
    kind = "clip" if table is tables.video_clip else "still"
    names = [str(row[name]) for name in ("sha256", "picture") if row.get(name)]
    items = [{"report_id": report.id, "kind": kind, "ref": row["id"], "number": number, "sha256": row["sha256"]}]
    items += [_file(report, {"id": row["id"], "sha256": name}, number) for name in names]
    unit.run(insert(tables.deletion_item), items)
    unit.run(delete(tables.attachment).where(tables.attachment.c.id == row["attachment_id"]))
    unit.run(update(table).where(table.c.id == row["id"]).values(deleted_at=now))
    _count(unit, report, rows=1)


def unreferenced(unit: Unit, report: DeletionReport) -> tuple[str, ...]:
    """Files among a report's items that nothing refers to any more."""
    i, a, u, k = tables.deletion_item.c, tables.attachment.c, tables.upload.c, tables.video_clip.c
    used = exists().where(a.sha256 == i.sha256) | exists().where(u.sha256 == i.sha256)
    used = used | exists().where(k.picture == i.sha256, k.deleted_at.is_(None))
    question = select(i.sha256).where(i.report_id == report.id, i.kind == "file", ~used).distinct()
    return tuple(str(row[0]) for row in unit.rows(question))


def forget_uploads(unit: Unit, report: DeletionReport, before: datetime) -> int:
    """Delete a lot of pictures that were sent in before an instant; what claimed them has a row of its own."""
    u = tables.upload
    rows = unit.rows(select(u).where(u.c.at < before).order_by(u.c.at).limit(LOT))
    for row in rows:
        v = row._mapping
        unit.run(delete(u).where(u.c.sha256 == v["sha256"], u.c.user_id == v["user_id"]))
        if unit.row(select(tables.attachment.c.id).where(tables.attachment.c.sha256 == v["sha256"]).limit(1)) is None:
            unit.run(insert(tables.deletion_item), [_file(report, {"id": 0, "sha256": v["sha256"]}, "")])
    _count(unit, report, rows=len(rows))
    return len(rows)


def report_of(unit: Unit, day: str) -> DeletionReport | None:
    """The report of a night, or none."""
    return unit.record(DeletionReport, unit.row(select(tables.deletion_report).where(tables.deletion_report.c.day == day)))


def begin(unit: Unit, day: str, now: datetime) -> DeletionReport:
    """Open the report of a night. Raises IntegrityError when another console did."""
    return unit.add(tables.deletion_report, DeletionReport(0, day, now))


def end(unit: Unit, report: DeletionReport, now: datetime, files: int) -> None:
    """Close the report of a night."""
    r = tables.deletion_report
    unit.run(update(r).where(r.c.id == report.id).values(ended_at=now, files=r.c.files + files))


def forget_reports(unit: Unit, before: datetime) -> int:
    """Delete one old report with at most a lot of its items; 0 when there is none."""
    r, i = tables.deletion_report, tables.deletion_item
    old = unit.scalar(select(func.min(r.c.id)).where(r.c.began_at < before))
    if old is None:
        return 0
    some = [row[0] for row in unit.rows(select(i.c.id).where(i.c.report_id == old).limit(LOT))]
    unit.run(delete(i).where(i.c.id.in_(some)))
    if len(some) < LOT:
        unit.run(delete(r).where(r.c.id == old))
    return 1


def _count(unit: Unit, report: DeletionReport, *, cases: int = 0, rows: int = 0) -> None:
    r = tables.deletion_report
    unit.run(update(r).where(r.c.id == report.id).values(cases=r.c.cases + cases, rows=r.c.rows + rows))


def _item(report: DeletionReport, kind: str, row: object, number: str) -> dict[str, object]:
    values = dict(row)  # type: ignore[call-overload]
    return _row(report, kind, values["id"], number, [values[name] for name in sorted(values)])


def _file(report: DeletionReport, row: object, number: str) -> dict[str, object]:
    values = dict(row)  # type: ignore[call-overload]
    return {"report_id": report.id, "kind": "file", "ref": values["id"], "number": number, "sha256": values["sha256"]}


def _row(report: DeletionReport, kind: str, ref: int, number: str, words: Sequence[object]) -> dict[str, object]:
    text = json.dumps(list(words), ensure_ascii=False, default=str, separators=(",", ":"))
    return {"report_id": report.id, "kind": kind, "ref": ref, "number": number, "sha256": hashlib.sha256(text.encode()).hexdigest()}
