"""Keeping no longer than needed: holds by people, and the nightly job that takes personal rows and files away.

The journal is never touched: it has no names, phones or words. Every transaction
is one lot of one case, so nobody waits for it, and a job that was interrupted goes
on where it stopped. Two consoles doing it at once share one report and are harmless:
each lot locks its case and looks again.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.case import Case
from console.domain.errors import ConsoleError, Denied, Invalid, Refused, Unavailable
from console.domain.paging import Leaf, Turn
from console.domain.people import Actor, system_actor
from console.domain.retention import HOLD_MOST, KEPT_FOR, DeletionItem, DeletionReport, Hold, class_of, night_of, without_persons
from console.domain.roles import OVERSEERS
from console.domain.texts import check_text
from console.service.desk import Act, Desk
from console.store import retention, search, tables
from console.store.files import Files
from console.store.find import cases, oversight
from console.store.find.oversight import HeldCase
from console.store.scope import Scope
from console.store.unit import IntegrityError

log = logging.getLogger(__name__)
HOLDERS = frozenset({"R17"})
REASON_MIN, REASON_MAX = 6, 200
EVERY_S = 60.0
UPLOADS_KEPT = timedelta(days=30)
REPORTS_KEPT = timedelta(days=3 * 365)
FIRST = Turn()


class Holds:
    """Holding a case back from deletion, and letting it go again."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def place(self, actor: Actor, case_id: int, version: int, reason: str, until: datetime) -> Case:
        """Keep a case until an instant, with a reason. Raises Denied for who may not, Invalid, Missing, Stale."""
        _check_holder(actor)
        words = _reason(reason)
        if not self.desk.clock.now() < until <= self.desk.clock.now() + HOLD_MOST:
            raise Invalid("until", "hold_until", most=HOLD_MOST.days)

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            hold = act.unit.add(tables.hold, Hold(0, case.id, words, actor.user_id, act.now, until))
            return act.move(case, "hold", {"hold": hold.id, "until": until.isoformat()}, retention_class="D")

        return self.desk.run(actor, work)

    def lift(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """End every hold of a case, with a reason; its own day counts again. Raises Refused when nothing holds it."""
        _check_holder(actor)
        words = _reason(reason)

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            live = [hold for hold in retention.holds_of(act.unit, case.id) if hold.lifted_at is None and hold.until > act.now]
            if not live:
                raise Refused("not_held")
            retention.lift(act.unit, live, actor.user_id, act.now)
            free = class_of(_classless(case))
            told = {"holds": [hold.id for hold in live], **act.say(case, "unhold", words)}
            return act.move(case, "unhold", told, retention_class=free)

        return self.desk.run(actor, work)

    def of(self, actor: Actor, case_id: int) -> tuple[Hold, ...]:
        """Every hold a case has had. Raises Missing."""
        with self.desk.store.read() as unit:
            cases.case_by_id(unit, Scope(actor), case_id)
            return retention.holds_of(unit, case_id)

    def in_force(self, actor: Actor, turn: Turn = FIRST) -> Leaf[HeldCase]:
        """The cases of the actor's area that are held now. Raises Denied."""
        _check_reader(actor)
        with self.desk.store.read() as unit:
            return oversight.holds(unit, Scope(actor), self.desk.clock.now(), turn)

    def nights(self, actor: Actor, turn: Turn = FIRST) -> Leaf[DeletionReport]:
        """The nights and what they took away in the actor's area, newest first. Raises Denied."""
        _check_reader(actor)
        with self.desk.store.read() as unit:
            return oversight.nights(unit, Scope(actor), turn)

    def items(self, actor: Actor, report_id: int, turn: Turn = FIRST) -> Leaf[DeletionItem]:
        """What one night took away in the actor's area, with hashes. Raises Denied."""
        _check_reader(actor)
        with self.desk.store.read() as unit:
            return oversight.items(unit, Scope(actor), report_id, turn)


class Retention:
    """The thread that deletes what is due, once a night for all consoles of a database."""

    def __init__(self, desk: Desk, files: Files) -> None:
        self._desk = desk
        self._files = files
        self._actor = system_actor("retention")
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a night nobody was awake for is made up for at once."""
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, between two lots."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10)

    def round(self) -> DeletionReport | None:
        """Do what is left of this night's work; its report, or None when it was done already or is told to stop."""
        now = self._desk.clock.now()
        report = self._open(night_of(now), now)
        if report is None:
            return None
        self._give_days()
        for step in (self._uploads, self._video, self._cases, self._old_reports):
            step(report, now)
            if self._stop.is_set():
                return None
        self._tidy_index()
        with self._desk.store.read() as unit:
            names = retention.unreferenced(unit, report)
        files = sum(self._files.remove(name) for name in names)
        with self._desk.store.write() as unit:
            retention.end(unit, report, self._desk.clock.now(), files)
            return retention.report_of(unit, report.day)

    def _open(self, day: str, now: datetime) -> DeletionReport | None:
        with self._desk.store.read() as unit:
            report = retention.report_of(unit, day)
        if report is None:
            try:
                with self._desk.store.write() as unit:
                    return retention.begin(unit, day, now)
            except IntegrityError:
                return None  # another console began at this moment; it will end it, or the next round will
        return report if report.ended_at is None else None

    def _give_days(self) -> None:
        """Give a day to cases that ended before there were days."""
        while not self._stop.is_set():
            with self._desk.store.read() as unit:
                waiting = retention.without_a_day(unit)
            if not waiting:
                return
            for case_id in waiting:
                self._desk.run(self._actor, lambda act, ref=case_id: self._give_day(act, ref))

    def _give_day(self, act: Act, case_id: int) -> None:
        case = act.case(case_id)
        if case.delete_after is None:
            kind = class_of(case)
            until = (case.done_close or case.reported_at) + KEPT_FOR[kind]
            act.move(case, "keep_until", {"class": kind}, retention_class=kind, delete_after=until)

    def _uploads(self, report: DeletionReport, now: datetime) -> None:
        self._lots(lambda act: retention.forget_uploads(act.unit, report, now - UPLOADS_KEPT))

    def _video(self, report: DeletionReport, now: datetime) -> None:
        """Clips and stills of cases that were archived a month ago (handbook G2)."""

        def lot(act: Act, kind: str, table: retention.Table) -> int:
            due = retention.due_video(act.unit, table, now)
            for row in due:
                retention.take_video(act.unit, report, table, row, act.now)
                facts = {"report": report.id, "sha256": row["sha256"], "case": row["of_case"]}
                act.note("delete", kind, int(str(row["id"])), int(str(row.get("version", 1))), facts, states=("kept", "deleted"))
            return len(due)

        self._lots(lambda act: lot(act, "clip", tables.video_clip))
        self._lots(lambda act: lot(act, "still", tables.video_still))

    def _old_reports(self, _report: DeletionReport, now: datetime) -> None:
        self._lots(lambda act: retention.forget_reports(act.unit, now - REPORTS_KEPT))

    def _tidy_index(self) -> None:
        """Let the words of what is gone leave the lists of the full-text index, too."""
        begins = True
        while not self._stop.is_set() and self._desk.run(self._actor, lambda act, first=begins: search.tidy(act.unit, begins=first)):
            begins = False

    def _lots(self, work: Callable[[Act], int]) -> None:
        while not self._stop.is_set() and self._desk.run(self._actor, work):
            continue

    def _cases(self, report: DeletionReport, now: datetime) -> None:
        last = 0
        while not self._stop.is_set():
            with self._desk.store.read() as unit:
                due = retention.due_cases(unit, now, last)
            if not due:
                return
            for case_id in due:
                self._take_away(report, case_id, now)
                last = case_id

    def _take_away(self, report: DeletionReport, case_id: int, now: datetime) -> None:
        try:
            while not self._stop.is_set() and self._desk.run(self._actor, lambda act: self._lot(act, report, case_id, now)):
                continue
        except Unavailable:
            raise
        except ConsoleError:
            # One case that refuses must not keep the others' persons in the database.
            log.exception("case %d cannot be anonymised", case_id)

    def _lot(self, act: Act, report: DeletionReport, case_id: int, now: datetime) -> bool:
        """One transaction: some rows, or the case itself when its rows are gone; whether there is more to do."""
        case = act.case(case_id)
        if case.delete_after is None or case.delete_after > now or retention.held(act.unit, case_id, act.now) is not None:
            return False  # another console was faster, or somebody has come to hold it
        if retention.take_away(act.unit, report, case.id, case.number):
            return True
        words = (case.title, case.content, case.address, case.lon, case.lat, case.reporter_id, case.close_text, case.public_reply)
        retention.blank_words(act.unit, case.id)
        retention.note_case(act.unit, report, case.id, case.number, words)
        title, _ = act.codes_of(case).category_names(case.category)
        act.move(case, "anonymise", {"class": case.retention_class, "report": report.id}, **without_persons(title))
        return False

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                done = self.round()
                if done is not None and done.cases:
                    log.info("retention: %d cases, %d rows, %d files", done.cases, done.rows, done.files)
            except Unavailable:
                log.warning("nothing can be deleted now, the next round tries again", exc_info=True)
            except Exception:
                # Whatever it was: a job that has died deletes nothing any more, and nobody would notice.
                log.exception("nothing can be deleted now, the next round tries again")
            self._stop.wait(EVERY_S)


def _check_reader(actor: Actor) -> None:
    if not actor.holds_any(OVERSEERS):
        raise Denied("role")


def _check_holder(actor: Actor) -> None:
    if not actor.holds_any(HOLDERS):
        raise Denied("role")


def _reason(reason: str) -> str:
    words = reason.strip()
    if not REASON_MIN <= len(words) <= REASON_MAX:
        raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
    return check_text("reason", words, REASON_MAX)


def _classless(case: Case) -> Case:
    return replace(case, retention_class="B")
