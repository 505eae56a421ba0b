"""A past case written down whole: its rows as they stand at the end, and every journal entry that led there.

A year cannot be played through the operations in a minute, so this file says
again, for the acts a past case needs, what `service/cases.py`, `tasks.py`,
`reports.py` and `endings.py` write, and what the timers do in between: lamps
turn, units are urged, plates are hung up. So nothing of the year is left for
the timers of the first start. `tests/demo/test_past.py` plays the same acts
through the real operations and compares every row and entry; whoever changes an
operation meets it there.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

from console.demo.ledger import SWEEP, TIMERS, Ledger, Matter, PastRecord, Person, Picture, Row, Values
from console.domain import retention
from console.domain.case import RUNNING, Case
from console.domain.hops import hop
from console.domain.limits import due, edges, rework_due
from console.domain.place import COUNTY
from console.domain.search import entries_of
from console.domain.supervision import ANSWERED, OPEN, RED, REPLY_WITHIN, SUPERVISE, TOLD, URGE, YELLOW, heavier
from console.service.cases import RECALL_OTHERS_S, RECALL_S
from console.service.casework import UNDISPATCHED
from console.store import bulk

_REPORT = bulk.columns("report")
_TO_DEPARTMENT = hop(COUNTY, COUNTY, to="D")  # the year's cases lie at counties' halls and go to their departments
_COLOURS = "GYRK"
Reply = tuple[datetime, Person, str]
Answering = Callable[[PastRecord], Reply | None]


class PastTask(PastRecord):
    """One unit's part, as it goes along."""

    def __init__(self, ledger: Ledger, values: Values) -> None:
        super().__init__(ledger, "task", {"instruction": "", "mandatory": True, "state": "held", "version": 1, **values})
        self.delivery = "held"


class _Clocked:
    """A case with its clocks: whoever moves it starts and stops them, and what their lamps ask for is done in between."""

    def __init__(self, ledger: Ledger, record: PastRecord, answering: Answering) -> None:
        self._ledger, self._record, self._answering = ledger, record, answering
        self.case = record.values
        self.priority = str(self.case["priority"])
        self.now = cast(datetime, self.case["reported_at"])
        self._edges: tuple[datetime, ...] = ()
        self._plates: list[PastRecord] = []
        self._replies: list[tuple[Reply, PastRecord]] = []
        self.case |= self._lit(self._clock(self.case))

    def _clock(self, values: Values) -> tuple[str, datetime] | None:
        stage = RUNNING.get(str(values["state"]), "")
        end = values[f"due_{stage}"] if stage else None
        return (stage, end) if isinstance(end, datetime) else None

    def _lit(self, clock: tuple[str, datetime] | None) -> Values:
        if clock is None:
            return {"lamp": "", "lamp_at": None}
        codes = self._ledger.codes
        limit = codes.stage_limit(clock[0], str(self.case["category"]), self.priority)
        self._edges = edges(clock[1], limit, codes.calendar)
        return {"lamp": "", "lamp_at": self._edges[0]}

    def _limit(self, stage: str, start: datetime | None = None) -> datetime:
        return self._ledger.limit(stage, start or self.now, str(self.case["category"]), self.priority)

    def _move(self, who: Person, op: str, facts: Values, **changes: object) -> None:
        after = self.case | changes
        if "state" in changes:
            kept = retention.kept(cast(Case, SimpleNamespace(**after)), self._record.state, self.now)
            changes |= kept
        clock = self._clock(after)
        if clock != self._clock(self.case):
            changes |= self._lit(clock)
        self._record.move(self.now, who, op, facts, changes)

    def _come_to(self, at: datetime, *, is_end: bool = False) -> None:
        """Let the clocks run until an act; what is over at the instant of the end presses nobody any more."""
        last = at - timedelta(microseconds=1) if is_end else at
        while True:
            turn = cast(datetime | None, self.case["lamp_at"])
            turn = turn and max(turn, self.now)
            reply = min(self._replies, key=lambda one: one[0][0], default=None)
            if turn is not None and turn <= last and (reply is None or turn <= reply[0][0]):
                self.now = turn
                self._turn()
            elif reply is not None and reply[0][0] <= at:
                self._replies.remove(reply)
                self.now = max(reply[0][0], self.now)
                self._reply(*reply)
            else:
                self.now = at
                return

    def _turn(self) -> None:
        """T28, T29 by the clock."""
        passed = sum(edge <= self.now for edge in self._edges)
        colour, lamp = _COLOURS[passed], str(self.case["lamp"])
        org, stage = self.case["lead_org"], cast(tuple[str, datetime], self._clock(self.case))[0]
        for each in _COLOURS[_COLOURS.index(lamp or "G") + 1 : passed + 1]:
            if each == "R":
                pressed = self._press(URGE, "", TOLD, None)
                pressed.born(self.now, TIMERS, "urge", {"case": self._record.id, "org": org})
                facts: Values = {"step": "T28", "codes": ["A26"], "org": org, "auto": True}
                self._move(TIMERS, "urge", facts, urged=int(str(self.case["urged"])) + 1)
            if each in "RK":
                self._hang_up(YELLOW if each == "R" else RED)
        following = next((edge for edge in self._edges if edge > self.now), None)
        self._move(TIMERS, "lamp", {"lamp": colour, "stage": stage, "org": org}, lamp=colour, lamp_at=following)

    def _hang_up(self, plate: str) -> None:
        org = self.case["lead_org"]
        hung = self._press(SUPERVISE, plate, OPEN, due(self.now, REPLY_WITHIN, self._ledger.codes.calendar))
        hung.born(self.now, TIMERS, "supervise", {"case": self._record.id, "org": org, "plate": plate})
        facts: Values = {"step": "T29", "codes": ["A27"], "supervision": hung.id, "plate": plate, "org": org, "auto": True}
        self._move(TIMERS, "supervise", facts, card=heavier(str(self.case["card"]), plate))
        reply = self._answering(hung)
        if reply is not None:
            self._replies.append((reply, hung))

    def _press(self, category: str, plate: str, state: str, reply_due: datetime | None) -> PastRecord:
        pressed = PastRecord(self._ledger, "supervision", {
            "case_id": self._record.id, "category": category, "card": plate, "by_user": TIMERS.id, "to_org": self.case["lead_org"],
            "to_centre": self.case["owner_centre"], "text": "", "at": self.now, "auto": True, "state": state, "reply_due": reply_due,
        })  # fmt: skip
        self._plates.append(pressed)
        return pressed

    def _reply(self, reply: Reply, hung: PastRecord) -> None:
        """T29, A28: who was pressed answers in writing."""
        _, who, words = reply
        facts: Values = {"step": "T29", "codes": ["A28"], "case": self._record.id, "org": hung.values["to_org"]}
        hung.move(self.now, who, "answer", facts, {"state": ANSWERED, "reply_text": words, "reply_by": who.id, "reply_at": self.now})
        self._move(who, "answered", {"supervision": hung.id, "step": "T29", "codes": ["A28"]})


def _nobody_answers(_plate: PastRecord) -> None:
    return None


class PastCase(_Clocked):
    """A case that goes through the acts of its life one after the other; `end` writes its rows."""

    def __init__(
        self, ledger: Ledger, at: datetime, who: Person, matter: Matter, photos: Sequence[Picture] = (), *,
        answering: Answering = _nobody_answers,
    ) -> None:  # fmt: skip
        """A report arrives and becomes a case (T01); `answering` says when, by whom and how a plate is answered."""
        category = ledger.codes.categories[matter.category]
        priority = category.priority
        record = PastRecord(ledger, "case", {
            "number": matter.number, "title": category.zh, "content": matter.text, "category": matter.category, "scale": "",
            "source": matter.source, "priority": priority, "state": "10", "occurred_at": at, "reported_at": at,
            "address": matter.address, "lon": matter.lon, "lat": matter.lat, "accuracy_m": matter.accuracy_m, "coord_source": "phone",
            "division": matter.division, "grid": matter.grid, "owner_centre": matter.centre, "owner_path": matter.path,
            "reporter_id": who.id, "due_accept": ledger.limit("accept", at, matter.category, priority),
        })  # fmt: skip
        super().__init__(ledger, record, answering)
        self.id = record.id
        self.tasks: list[PastTask] = []
        self._handlers: set[int] = set()
        self._granted: set[int] = set()
        facts: Values = {"step": "T01", "codes": ["A01"], "category": matter.category, "priority": priority}
        record.born(at, who, "submit", facts | {"grid": matter.grid, "centre": matter.centre}, before="00")
        self._receive(who, matter, photos)

    def _receive(self, who: Person, matter: Matter, photos: Sequence[Picture]) -> None:
        ledger, at = self._ledger, self.now
        report = ledger.number("report")
        values: Values = {
            "id": report, "key": matter.key, "source": matter.source, "reporter_id": who.id, "reporter_name": who.name,
            "reporter_phone": "", "protected": False, "category": matter.category, "text": matter.text, "address": matter.address,
            "lon": matter.lon, "lat": matter.lat, "accuracy_m": matter.accuracy_m, "datum": "wgs84", "raw_lon": matter.lon,
            "raw_lat": matter.lat, "grid": matter.grid, "division": matter.division, "device_at": at, "received_at": at, "flags": "[]",
            "case_id": self.id, "state": "received", "version": 1,
        }  # fmt: skip
        ledger.rows["report"].append(tuple([values[name] for name in _REPORT]))
        facts: Values = {"case": self.id, "flags": [], "grid": matter.grid, "source": matter.source}
        ledger.note(at, who, ("receive", "report", report, 1), ("", "received"), facts)
        self._attach("report", report, "before", (who, photos))

    def _attach(self, kind: str, owner: int, stage: str, brought: tuple[Person, Sequence[Picture]]) -> None:
        who, photos = brought
        for photo in photos:
            number = self._ledger.number("attachment")
            row = (number, kind, owner, self.id, stage, "photo", photo.sha256, photo.size, photo.width, photo.height, who.id, self.now)
            self._ledger.rows["attachment"].append(row)

    def _say(self, who: Person, action: str, words: str) -> Values:
        if not words:
            return {}
        number = self._ledger.number("remark")
        self._ledger.rows["remark"].append((number, self.id, self.now, who.id, action, words))
        return {"remark": number}

    def ack(self, at: datetime, who: Person) -> None:
        """F4."""
        self._come_to(at)
        self._move(who, "ack", {"step": "ACK", "codes": ["ACK"]}, acked_at=at, acked_by=who.id)

    def send(self, at: datetime, who: Person, units: Sequence[tuple[int, str]]) -> None:
        """T42 or T43 from intake, T13 from 待派遣: units with their part, the lead first."""
        self._come_to(at)
        step = "T13"
        if self.case["state"] == "10":
            step = "T42" if self.priority in ("P1", "P2") else "T43"
            acked: Values = {} if self.case["acked_at"] else {"acked_at": at, "acked_by": who.id}
            facts: Values = {"step": step, "codes": ["A02"], "category": self.case["category"], "priority": self.priority}
            self._move(who, "accept", facts, state="20", done_accept=at, due_file=self._limit("file"), **acked)
            self._move(who, "file", {"step": step, "codes": ["A06"]}, state="30", done_file=at, due_dispatch=self._limit("dispatch"))
        release_at = at + timedelta(seconds=RECALL_S.get(self.priority, RECALL_OTHERS_S))
        for org, part in units:
            self._order(who, org, part, release_at)
        lead = next(org for org, part in units if part == "lead")
        facts = {"step": step, "codes": ["A07"], "lead": lead, "release_at": release_at, "units": len(units)}
        handle = self._limit("handle", release_at)
        self._move(who, "dispatch", facts, state="40", lead_org=lead, done_dispatch=at, due_handle=handle)

    def _order(self, who: Person, org: int, part: str, release_at: datetime) -> None:
        task = PastTask(self._ledger, {
            "number": f"{self.case['number']}-T{len(self.tasks) + 1:02d}", "case_id": self.id, "kind": part, "org_id": org,
            "sent_by": who.id, "sent_at": self.now, "release_at": release_at,
        })  # fmt: skip
        self.tasks.append(task)
        task.born(self.now, who, "order", {"case": self.id, "org": org, "part": part, "hop": _TO_DEPARTMENT})
        if org not in self._granted:
            self._granted.add(org)
            self._ledger.rows["access"].append((self.id, org, part, self.now))

    def release(self, at: datetime) -> None:
        """The recall window has ended: what is held leaves the hall."""
        self._come_to(at)
        sign, first = self._limit("sign"), self._limit("first")
        for task in self.tasks:
            if task.state == "held":
                task.delivery = "released"
                facts: Values = {"step": "REL", "codes": ["REL"], "case": self.id, "org": task.values["org_id"], "due_sign": sign}
                changes: Values = {"released_at": at, "due_sign": sign, "due_first": first, "due_handle": self.case["due_handle"]}
                task.move(at, SWEEP, "released", facts, {"state": "awaiting", **changes})
        self._move(SWEEP, "released", {"due_sign": sign}, due_sign=sign, due_first=first)

    def sign(self, at: datetime, who: Person, task: PastTask) -> None:
        """T14."""
        self._answer((at, who, task), ("sign", "T14", "A08"), "", state="handling", signed_at=at, user_id=who.id)
        if self._leads(who, task):
            self._move(who, "sign", _told(task, "T14", "A08"), state="50", done_sign=at, handler_ids=self._handled())

    def on_site(self, at: datetime, who: Person, task: PastTask, words: str) -> None:
        """T19: somebody has arrived."""
        self._answer((at, who, task), ("on_site", "T19a", "A14"), words, on_site_at=at, **_first(task, at))
        self._case_progress(who, task, "on_site")

    def progress(self, at: datetime, who: Person, task: PastTask, words: str) -> None:
        """T19: how it goes."""
        self._answer((at, who, task), ("progress", "T19b", "A15"), words, state="replied", **_first(task, at))
        self._case_progress(who, task, "progress")

    def finish(self, at: datetime, who: Person, task: PastTask, words: str, photos: Sequence[Picture] = ()) -> None:
        """T20."""
        answer = (at, who, task)
        self._answer(answer, ("finish", "T20", "A16"), words, photos=photos, state="finished", finished_at=at, **_first(task, at))
        if self._leads(who, task):
            first: Values = {} if self.case["done_first"] else {"done_first": at}
            changes: Values = {"done_handle": at, "due_check": self._limit("check"), "handler_ids": self._handled(), **first}
            self._move(who, "finish", _told(task, "T20", "A16"), state="60", **changes)

    def give_back(self, at: datetime, who: Person, task: PastTask, answer: tuple[str, str]) -> None:
        """T15: not ours; with a reason of CT-25 and words. What the others have not begun is called off."""
        reason, words = answer
        self._answer((at, who, task), ("return", "T15", "A09"), words, state="returned", refuse_reason=f"{reason} {words}".strip()[:300])
        if not self._leads(who, task):
            return
        for other in self.tasks:
            if other.values["kind"] == "co" and other.state in ("held", "awaiting"):
                other.move(at, who, "recall", {"case": self.id, "org": other.values["org_id"], "step": "T15"}, {"state": "recalled"})
                other.delivery = "recalled"
        changes: Values = {**dict.fromkeys(UNDISPATCHED), "returned": int(str(self.case["returned"])) + 1}
        changes |= {"due_dispatch": self._limit("dispatch"), "handler_ids": self._handled()}
        self._move(who, "return", _told(task, "T15", "A09"), state="30", **changes)

    def check(self, at: datetime, who: Person, note: str) -> None:
        """T30: seen or asked, with a note."""
        self._come_to(at)
        facts: Values = {"step": "T30", "codes": ["A29", "A30"], **self._say(who, "check", note)}
        self._move(who, "check", facts, state="70", done_check=at, due_close=self._limit("close"))

    def rework(self, at: datetime, who: Person, reason: str) -> None:
        """T31."""
        self._come_to(at)
        said = self._say(who, "rework", reason)
        limit = self._ledger.codes.stage_limit("handle", str(self.case["category"]), self.priority)
        handle = rework_due(at, limit, self._ledger.codes.calendar)
        for task in self.tasks:
            if task.values["kind"] == "lead" and task.state == "finished":
                facts: Values = {"step": "T31", "codes": ["A31"], "case": self.id, "org": task.values["org_id"]}
                changes: Values = {"finished_at": None, "due_handle": handle, "refuse_reason": reason[:300]}
                task.move(at, who, "rework", facts, {"state": "handling", **changes})
        changes = {"reworked": int(str(self.case["reworked"])) + 1, "due_handle": handle, "done_handle": None, "due_check": None}
        self._move(who, "rework", {"step": "T31", "codes": ["A31"], **said}, state="50", **changes)

    def close(self, at: datetime, who: Person, closing: tuple[str, str, str]) -> None:
        """T32: with its type, its words, and the words for the citizen."""
        self._come_to(at)
        kind, words, reply = closing
        said: Values = {"close_type": kind, "close_text": words, "public_reply": reply}
        facts: Values = {"step": "T32", "codes": ["A32"], "close_type": kind}
        self._move(who, "close", facts, state="80", done_close=at, due_evaluate=self._limit("evaluate"), **said)

    def evaluate(self, at: datetime, who: Person, score: str) -> None:
        """T34: how content the citizen is; archived with it."""
        self._come_to(at)
        self._archive(who, ("evaluate", "T34", ["A33", "A34"]), score)

    def archive(self, at: datetime) -> None:
        """T41: nobody could be reached for three days."""
        self._come_to(at, is_end=True)
        self._archive(TIMERS, ("archive", "T41", ["A34"]), "0")

    def _archive(self, who: Person, act: tuple[str, str, list[str]], score: str) -> None:
        op, step, codes = act
        facts: Values = {"step": step, "codes": codes, "score": score, "retention": self.case["retention_class"]}
        ends: Values = {"satisfaction": score, "done_evaluate": self.now, "ended_at": self.now}
        self._move(who, op, facts, state="90", **ends)

    def end(self, until: datetime) -> None:
        """Let the clocks run until the end of the past; write the case, its tasks, plates and outbox, and what it is found by."""
        self._come_to(until)
        self._record.end()
        for plate in self._plates:
            plate.end()
        for task in self.tasks:
            task.end()
            number = self._ledger.number("delivery")
            held: Row = (number, task.id, task.values["org_id"], "desk", task.values["release_at"], task.delivery, 0, None)
            self._ledger.rows["delivery"].append(held)
        found = entries_of(cast(Case, SimpleNamespace(**self.case)), self._ledger.codes.category_names(str(self.case["category"])))
        self._ledger.rows["case_words"].append((self.id, self._ledger.as_words(self.id, found)))

    def _answer(
        self, given: tuple[datetime, Person, PastTask], act: tuple[str, str, str], words: str, *, photos: Sequence[Picture] = (),
        **changes: object,
    ) -> None:  # fmt: skip
        at, who, task = given
        op, step, code = act
        self._come_to(at)
        reply = self._ledger.number("task_reply")
        names = json.dumps([photo.sha256 for photo in photos])
        self._ledger.rows["task_reply"].append((reply, task.id, self.id, at, who.id, who.name, op, words, "", names))
        stage = "after" if op == "finish" else "during"
        self._attach("reply", reply, stage, (who, photos))
        facts: Values = {"step": step, "codes": [code], "case": self.id, "org": task.values["org_id"], "reply": reply}
        task.move(at, who, op, facts, changes)

    def _leads(self, who: Person, task: PastTask) -> bool:
        """Whether the case moves with this task; who only joins is noted as one of its handlers."""
        is_new = who.id not in self._handlers
        self._handlers.add(who.id)
        if task.values["kind"] == "lead":
            return True
        if is_new:
            self._move(who, "joined", {"org": task.values["org_id"], "task": task.id}, handler_ids=self._handled())
        return False

    def _case_progress(self, who: Person, task: PastTask, op: str) -> None:
        if self._leads(who, task):
            first: Values = {} if self.case["done_first"] else {"done_first": self.now}
            self._move(who, op, _told(task, "T19", "A15"), handler_ids=self._handled(), **first)

    def _handled(self) -> tuple[int, ...]:
        return tuple(sorted(self._handlers))


def _told(task: PastTask, step: str, code: str) -> Values:
    return {"step": step, "codes": [code], "org": task.values["org_id"], "task": task.id}


def _first(task: PastTask, at: datetime) -> Values:
    return {} if task.values["first_reply_at"] else {"first_reply_at": at}
