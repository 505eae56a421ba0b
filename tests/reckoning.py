"""Compares what stands in a database with what its callers were told: nothing lost, nothing doubled, nothing half done."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select, text

from console.domain.journal import Entry, digest_of
from console.store import tables
from console.store.store import Store
from console.store.unit import Unit
from tests.load import Book, Wish


@dataclass(frozen=True)
class Found:
    """What a database holds, read in one moment."""

    reports: tuple
    cases: tuple
    tasks: tuple
    replies: tuple
    attachments: tuple
    uploads: tuple
    deliveries: tuple
    seen: tuple
    entries: tuple[Entry, ...]
    check: tuple[str, ...]

    @staticmethod
    def read(store: Store) -> "Found":
        """Read everything."""
        kept = (
            tables.report, tables.case, tables.task, tables.reply, tables.attachment, tables.upload, tables.delivery, tables.seen,
        )  # fmt: skip
        with store.read() as unit:
            rows = [tuple(unit.rows(select(table))) for table in kept]
            entries = unit.records(Entry, unit.rows(select(tables.journal).order_by(tables.journal.c.id)))
            return Found(*rows, entries, tuple(_engine_says(unit)))

    def keys(self) -> frozenset[str]:
        """The keys of callers whose act is in the database."""
        answered = {reply.text.rpartition(" ")[2] for reply in self.replies}
        return frozenset({report.key for report in self.reports} | answered)

    def counts(self) -> str:
        """How much there is."""
        sizes = {f.name: len(getattr(self, f.name)) for f in fields(self) if f.name != "check"}
        return ", ".join(f"{size} {name}" for name, size in sizes.items())


def _engine_says(unit: Unit) -> Iterator[str]:
    if unit.dialect == "sqlite":
        yield from (str(row[0]) for row in unit.rows(text("pragma integrity_check")) if row[0] != "ok")
        yield from (f"row {row[1]} of {row[0]} refers to nothing" for row in unit.rows(text("pragma foreign_key_check")))


def problems(found: Found, book: Book, files: Path) -> list[str]:
    """Everything that is not as it must be; empty when all is well. Nobody may be calling meanwhile."""
    parts = (
        found.check, book.wrong, _keys(found, book), _reports(found, book), _answers(found, book), _journal(found), _tasks(found),
        _files(found, book, files),
    )  # fmt: skip
    return [problem for part in parts for problem in part]


def _keys(found: Found, book: Book) -> Iterator[str]:
    """An acknowledged key is there, a refused one is not, and none is there that nobody sent."""
    there = found.keys()
    yield from (f"lost: {book.sent[key].path} {key} was acknowledged as {book.told[key]}" for key in book.told.keys() - there)
    yield from (f"done though refused as {book.refused[key]}: {key}" for key in book.refused.keys() & there)
    yield from (f"nobody sent {key}" for key in there - book.sent.keys())


def _reports(found: Found, book: Book) -> Iterator[str]:
    """A report, its case, its two journal lines, its remembered answer and its photos: each once, or none of them."""
    yield from _doubled("key of a report", (report.key for report in found.reports))
    yield from _doubled("case number", (case.number for case in found.cases))
    yield from _doubled("case of a report", (report.case_id for report in found.reports))
    cases = {case.id: case for case in found.cases}
    yield from (f"case {number} has no report" for number in cases.keys() - {report.case_id for report in found.reports})
    lines = Counter((entry.kind, entry.op, entry.ref) for entry in found.entries)
    photos = defaultdict(list)
    for row in found.attachments:
        photos[row.owner_kind, row.owner_id].append(row.sha256)
    remembered = {row.key: row.answer for row in found.seen if "report" in row.answer}
    if len(remembered) != len(found.reports):
        yield f"{len(remembered)} remembered answers to {len(found.reports)} reports"
    for report in found.reports:
        case, wish = cases.get(report.case_id), book.sent.get(report.key)
        if case is None:
            yield f"report {report.id} has no case"
            continue
        if (lines["case", "submit", case.id], lines["report", "receive", report.id]) != (1, 1):
            yield f"report {report.id} has {lines['report', 'receive', report.id]} lines, its case {lines['case', 'submit', case.id]}"
        if wish is not None and sorted(photos["report", report.id]) != sorted(wish.photos):
            yield f"report {report.id} has the photos {photos['report', report.id]}, sent were {wish.photos}"
        answer = {"report": report.id, "case": case.id, "number": case.number, "flags": list(report.flags)}
        if remembered.get(f"{report.reporter_id}:{report.key}") != answer:
            yield f"report {report.id}: remembered is {remembered.get(f'{report.reporter_id}:{report.key}')}, true is {answer}"
        told = {"report_id": report.id, "case_id": case.id, "number": case.number, "flags": list(report.flags)}
        if book.told.get(report.key, told) != told:
            yield f"report {report.key}: told was {book.told[report.key]}, true is {told}"


def _answers(found: Found, book: Book) -> Iterator[str]:
    """An answer, its journal line, its remembered key and its photos: each once, or none of them."""
    yield from _doubled("key of an answer", (reply.text for reply in found.replies))
    remembered = {row.key.partition(":")[2]: row.answer for row in found.seen if "task" in row.answer}
    if len(remembered) != len(found.replies):
        yield f"{len(remembered)} remembered keys of {len(found.replies)} answers"
    telling = (entry for entry in found.entries if entry.kind == "task" and "reply" in entry.facts)
    lines = Counter((entry.ref, entry.op, entry.facts["reply"]) for entry in telling)
    if len(lines) != len(found.replies):
        yield f"{len(lines)} journal lines of {len(found.replies)} answers"
    photos = defaultdict(list)
    for row in found.attachments:
        photos[row.owner_kind, row.owner_id].append(row.sha256)
    for reply in found.replies:
        key = reply.text.rpartition(" ")[2]
        wish = book.sent.get(key, Wish(""))
        if lines[reply.task_id, reply.kind, reply.id] != 1:
            yield f"answer {reply.id} has {lines[reply.task_id, reply.kind, reply.id]} journal lines"
        if remembered.get(key) != {"task": reply.task_id}:
            yield f"answer {reply.id} is remembered as {remembered.get(key)}"
        if sorted(photos["reply", reply.id]) != sorted(wish.photos) or sorted(reply.photos) != sorted(wish.photos):
            yield f"answer {reply.id} has the photos {photos['reply', reply.id]}, sent were {wish.photos}"


def _journal(found: Found) -> Iterator[str]:
    """Every version of every record has its one line, the last line tells the state, and every digest is true."""
    yield from (f"the digest of journal line {entry.id} is wrong" for entry in found.entries if digest_of(entry) != entry.digest)
    lines = defaultdict(list)
    for entry in found.entries:
        lines[entry.kind, entry.ref].append(entry)
    for kind, rows in (("case", found.cases), ("task", found.tasks)):
        for row in rows:
            own = lines.pop((kind, row.id), [])
            if [entry.version for entry in own] != list(range(1, row.version + 1)):
                yield f"{kind} {row.id} at version {row.version} has lines of {[entry.version for entry in own]}"
            elif own[-1].to_state != row.state or any(a.to_state != b.from_state for a, b in pairwise(own)):
                yield f"{kind} {row.id} in state {row.state}: its lines tell {[(e.from_state, e.to_state) for e in own]}"
    yield from (f"lines of a {kind} {ref} that is not there" for kind, ref in lines if kind in ("case", "task"))


def _tasks(found: Found) -> Iterator[str]:
    """A task stands once in the outbox, and it left the hall once or not at all."""
    yield from _doubled("task number", (task.number for task in found.tasks))
    yield from _doubled("outbox line of task", (row.task_id for row in found.deliveries))
    outbox = {row.task_id: row.state for row in found.deliveries}
    released = Counter(entry.ref for entry in found.entries if (entry.kind, entry.op) == ("task", "released"))
    for task in found.tasks:
        is_out = task.released_at is not None
        if (outbox.get(task.id), released[task.id]) != (("released", 1) if is_out else ("held", 0)):
            yield f"task {task.id}, out: {is_out}, stands as {outbox.get(task.id)} in the outbox and was released {released[task.id]} times"


def _files(found: Found, book: Book, files: Path) -> Iterator[str]:
    """Every photo that is known lies on the disk under the hash of its bytes; so does every one that was acknowledged."""
    uploaded = {row.sha256 for row in found.uploads}
    yield from (f"photo {name} was acknowledged and is not known" for name in book.kept - uploaded)
    yield from _doubled("attachment", ((row.owner_kind, row.owner_id, row.sha256) for row in found.attachments))
    on_disk = {path.name: path for path in files.rglob("*") if path.is_file()}
    yield from (f"photo {name} is not on the disk" for name in {row.sha256 for row in found.attachments} | uploaded if name not in on_disk)
    for name, path in on_disk.items():
        if len(name) == 64 and hashlib.sha256(path.read_bytes()).hexdigest() != name:
            yield f"the bytes of photo {name} are others"


def _doubled(what: str, things: Iterable[object]) -> Iterator[str]:
    yield from (f"{what} {thing} is there {count} times" for thing, count in Counter(things).items() if count > 1)
