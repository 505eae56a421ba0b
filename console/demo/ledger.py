"""A past case written down whole: its rows as they stand at the end, and every journal entry that led there.

A year cannot be played through the operations in a minute, so this file says
again, for the acts a past case needs, what `service/cases.py`, `tasks.py` and
`reports.py` write: the same states, versions, limits and facts, entry by entry.
`tests/demo/test_ledger.py` plays the same acts through the real operations and
compares every row and entry; whoever changes an operation meets it there.
Facts are written as compact JSON with sorted keys, which is both what is stored
and what the digest is taken of.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime, timedelta

from console.domain.case import Case
from console.domain.codes import Codes
from console.domain.limits import due, rework_due
from console.domain.task import Task
from console.store import bulk

Values = dict[str, object]
Row = tuple[object, ...]
RECALL_S: Mapping[str, float] = {"P1": 3.0}
RECALL_OTHERS_S = 8.0
_CASE, _TASK, _REPORT = bulk.columns("case_file"), bulk.columns("task"), bulk.columns("report")
TABLES = ("case_file", "report", "task", "task_reply", "attachment", "access", "delivery")


def _blank(kind: type[Case] | type[Task]) -> Values:
    """What a fresh record holds where nobody says otherwise, as it is stored."""
    return {one.name: "[]" if one.default == () else one.default for one in fields(kind) if one.default is not MISSING}


_BLANK_CASE: Values = _blank(Case) | {"scale": ""}
_BLANK_TASK: Values = _blank(Task) | {"instruction": "", "mandatory": True}


@dataclass(frozen=True)
class Person:
    """Who acts, as far as rows and entries name somebody: id, name, unit, seat."""

    id: int
    name: str
    org: int
    seat: str


SWEEP = Person(0, "sweep", 0, "sweep")


@dataclass(frozen=True)
class Picture:
    """A photo that lies in the store already."""

    sha256: str
    size: int
    width: int
    height: int


@dataclass(frozen=True)
class Matter:
    """What is reported, where, by whose number, to which centre."""

    number: str
    key: str
    category: str
    text: str
    address: str
    lon: float
    lat: float
    accuracy_m: float
    grid: str
    division: str
    centre: int
    source: str = "01"


@dataclass
class Ledger:
    """Collects rows by table, and entries by the order of time; ids go up from where they start."""

    codes: Codes
    next_id: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 1))
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})
    entries: list[Row] = field(default_factory=list)

    def number(self, table: str) -> int:
        """The next id of a table."""
        found = self.next_id[table]
        self.next_id[table] = found + 1
        return found

    def limit(self, stage: str, start: datetime, category: str, priority: str) -> datetime:
        """When a stage that starts then is due."""
        return due(start, self.codes.stage_limit(stage, category, priority), self.codes.calendar)

    def note(self, at: datetime, who: Person, act: tuple[str, str, int, int], states: tuple[str, str], facts: str) -> None:
        """Add an entry: op, kind, ref, version; the journal id comes when all entries of a stretch are in order."""
        op, kind, ref, version = act
        form = (
            f'[0,"{at.isoformat()}",{who.id},"{who.seat}","{op}","{kind}",{ref},{version},"{states[0]}","{states[1]}",{facts}]'
        )  # fmt: skip
        digest = hashlib.sha256(form.encode()).hexdigest()
        self.entries.append((0, 0, at, who.id, who.seat, op, kind, ref, version, *states, facts, digest))


class PastTask:
    """One unit's part, as it goes along."""

    def __init__(self, ledger: Ledger, values: Values) -> None:
        self._ledger = ledger
        self.values = _BLANK_TASK | values
        self.values["id"] = self.id = ledger.number("task")
        self.delivery = "held"

    @property
    def state(self) -> str:
        """The state it stands in."""
        return str(self.values["state"])

    def move(self, at: datetime, who: Person, op: str, facts: str, **changes: object) -> None:
        """Change it, with its entry."""
        before = self.state
        version = int(str(self.values["version"])) + 1
        self.values |= {**changes, "version": version}
        self._ledger.note(at, who, (op, "task", self.id, version), (before, self.state), facts)


class PastCase:
    """A case that goes through the acts of its life one after the other; `end` writes its rows."""

    def __init__(self, ledger: Ledger, at: datetime, who: Person, matter: Matter, photos: Sequence[Picture] = ()) -> None:
        """A report arrives and becomes a case (T01)."""
        self._ledger = ledger
        category = ledger.codes.categories[matter.category]
        self.tasks: list[PastTask] = []
        self.now = at
        self.id = ledger.number("case_file")
        self.priority = category.priority
        self._handlers: set[int] = set()
        self._granted: set[int] = set()
        self.case: Values = _BLANK_CASE | {
            "id": self.id, "number": matter.number, "title": category.zh, "content": matter.text, "category": matter.category,
            "source": matter.source, "priority": self.priority, "state": "10", "occurred_at": at, "reported_at": at,
            "address": matter.address, "lon": matter.lon, "lat": matter.lat, "accuracy_m": matter.accuracy_m, "coord_source": "phone",
            "division": matter.division, "grid": matter.grid, "owner_centre": matter.centre, "reporter_id": who.id, "version": 1,
            "due_accept": ledger.limit("accept", at, matter.category, self.priority),
        }  # fmt: skip
        facts = (
            f'{{"category":"{matter.category}","centre":{matter.centre},"codes":["A01"],"grid":"{matter.grid}",'
            f'"priority":"{self.priority}","step":"T01"}}'
        )
        ledger.note(at, who, ("submit", "case", self.id, 1), ("00", "10"), facts)
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
        facts = f'{{"case":{self.id},"flags":[],"grid":"{matter.grid}","source":"{matter.source}"}}'
        ledger.note(at, who, ("receive", "report", report, 1), ("", "received"), facts)
        self._attach("report", report, "before", (who, photos))

    def _attach(self, kind: str, owner: int, stage: str, brought: tuple[Person, Sequence[Picture]]) -> None:
        who, photos = brought
        for photo in photos:
            number = self._ledger.number("attachment")
            row = (number, kind, owner, self.id, stage, "photo", photo.sha256, photo.size, photo.width, photo.height, who.id, self.now)
            self._ledger.rows["attachment"].append(row)

    def _move(self, who: Person, op: str, facts: str, **changes: object) -> None:
        before, version = self.case["state"], int(str(self.case["version"])) + 1
        self.case |= {**changes, "version": version}
        self._ledger.note(self.now, who, (op, "case", self.id, version), (str(before), str(self.case["state"])), facts)

    def _limit(self, stage: str, start: datetime | None = None) -> datetime:
        return self._ledger.limit(stage, start or self.now, str(self.case["category"]), self.priority)

    def ack(self, at: datetime, who: Person) -> None:
        """F4."""
        self.now = at
        self._move(who, "ack", '{"codes":["ACK"],"step":"ACK"}', acked_at=at, acked_by=who.id)

    def send(self, at: datetime, who: Person, units: Sequence[tuple[int, str]]) -> None:
        """T42 or T43 from intake, T13 from 待派遣: units with their part, the lead first."""
        self.now = at
        step = "T13"
        if self.case["state"] == "10":
            step = "T42" if self.priority in ("P1", "P2") else "T43"
            acked: Values = {} if self.case["acked_at"] else {"acked_at": at, "acked_by": who.id}
            facts = f'{{"category":"{self.case["category"]}","codes":["A02"],"priority":"{self.priority}","step":"{step}"}}'
            self._move(who, "accept", facts, state="20", done_accept=at, due_file=self._limit("file"), **acked)
            facts = f'{{"codes":["A06"],"step":"{step}"}}'
            self._move(who, "file", facts, state="30", done_file=at, due_dispatch=self._limit("dispatch"))
        release_at = at + timedelta(seconds=RECALL_S.get(self.priority, RECALL_OTHERS_S))
        for org, part in units:
            self._order(who, org, part, release_at)
        lead = next(org for org, part in units if part == "lead")
        facts = (
            f'{{"codes":["A07"],"lead":{lead},"release_at":"{release_at.isoformat()}","step":"{step}","units":{len(units)}}}'
        )  # fmt: skip
        handle = self._limit("handle", release_at)
        self._move(who, "dispatch", facts, state="40", lead_org=lead, done_dispatch=at, due_handle=handle)

    def _order(self, who: Person, org: int, part: str, release_at: datetime) -> None:
        task = PastTask(self._ledger, {
            "number": f"{self.case['number']}-T{len(self.tasks) + 1:02d}", "case_id": self.id, "kind": part, "org_id": org, "state": "held",
            "sent_by": who.id, "sent_at": self.now, "release_at": release_at, "version": 1,
        })  # fmt: skip
        self.tasks.append(task)
        facts = f'{{"case":{self.id},"org":{org},"part":"{part}"}}'
        self._ledger.note(self.now, who, ("order", "task", task.id, 1), ("", "held"), facts)
        if org not in self._granted:
            self._granted.add(org)
            self._ledger.rows["access"].append((self.id, org, part, self.now))

    def release(self, at: datetime) -> None:
        """The recall window has ended: what is held leaves the hall."""
        self.now = at
        sign, first = self._limit("sign"), self._limit("first")
        for task in self.tasks:
            if task.state == "held":
                task.delivery = "released"
                facts = (
                    f'{{"case":{self.id},"codes":["REL"],"due_sign":"{sign.isoformat()}","org":{task.values["org_id"]},"step":"REL"}}'
                )  # fmt: skip
                handle = self.case["due_handle"]
                changes: Values = {"released_at": at, "due_sign": sign, "due_first": first, "due_handle": handle}
                task.move(at, SWEEP, "released", facts, state="awaiting", **changes)
        self._move(SWEEP, "released", f'{{"due_sign":"{sign.isoformat()}"}}', due_sign=sign, due_first=first)

    def sign(self, at: datetime, who: Person, task: PastTask) -> None:
        """T14."""
        self._answer((at, who, task), ("sign", "T14", "A08"), "", state="handling", signed_at=at, user_id=who.id)
        if self._leads(who, task):
            facts = self._told(task, "T14", "A08")
            self._move(who, "sign", facts, state="50", done_sign=at, handler_ids=self._handled())

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
            self._move(who, "finish", self._told(task, "T20", "A16"), state="60", **changes)

    def give_back(self, at: datetime, who: Person, task: PastTask, answer: tuple[str, str]) -> None:
        """T15: not ours; with a reason of CT-25 and words. What the others have not begun is called off."""
        reason, words = answer
        self._answer((at, who, task), ("return", "T15", "A09"), words, state="returned", refuse_reason=f"{reason} {words}".strip()[:300])
        if not self._leads(who, task):
            return
        for other in self.tasks:
            if other.values["kind"] == "co" and other.state in ("held", "awaiting"):
                facts = f'{{"case":{self.id},"org":{other.values["org_id"]},"step":"T15"}}'
                other.move(at, who, "recall", facts, state="recalled")
                other.delivery = "recalled"
        cleared: Values = dict.fromkeys(("lead_org", "due_sign", "due_first", "due_handle", "done_dispatch"))
        changes = {**cleared, "returned": int(str(self.case["returned"])) + 1, "due_dispatch": self._limit("dispatch")}
        self._move(who, "return", self._told(task, "T15", "A09"), state="30", handler_ids=self._handled(), **changes)

    def check(self, at: datetime, who: Person) -> None:
        """T30."""
        self.now = at
        self._move(who, "check", '{"codes":["A29","A30"],"step":"T30"}', state="70", done_check=at, due_close=self._limit("close"))

    def rework(self, at: datetime, who: Person, reason: str) -> None:
        """T31."""
        self.now = at
        limit = self._ledger.codes.stage_limit("handle", str(self.case["category"]), self.priority)
        handle = rework_due(at, limit, self._ledger.codes.calendar)
        for task in self.tasks:
            if task.values["kind"] == "lead" and task.state == "finished":
                facts = f'{{"case":{self.id},"codes":["A31"],"org":{task.values["org_id"]},"step":"T31"}}'
                task.move(at, who, "rework", facts, state="handling", finished_at=None, due_handle=handle, refuse_reason=reason[:300])
        changes: Values = {"reworked": int(str(self.case["reworked"])) + 1, "due_handle": handle, "done_handle": None, "due_check": None}
        self._move(who, "rework", '{"codes":["A31"],"step":"T31"}', state="50", **changes)

    def close(self, at: datetime, who: Person, closing: tuple[str, str, str]) -> None:
        """T32: with its type, its words, and the words for the citizen."""
        self.now = at
        kind, words, reply = closing
        facts = f'{{"close_type":"{kind}","codes":["A32"],"step":"T32"}}'
        self._move(who, "close", facts, state="80", done_close=at, close_type=kind, close_text=words, public_reply=reply)

    def archive(self, at: datetime) -> None:
        """T41: nobody had anything to add for three days."""
        self.now = at
        self._move(SWEEP, "archive", '{"codes":["A34"],"step":"T41"}', state="90")

    def end(self) -> None:
        """Write the case, its tasks and their outbox as they stand."""
        rows = self._ledger.rows
        rows["case_file"].append(tuple([self.case[name] for name in _CASE]))
        for task in self.tasks:
            rows["task"].append(tuple([task.values[name] for name in _TASK]))
            number = self._ledger.number("delivery")
            held = (number, task.id, task.values["org_id"], "desk", task.values["release_at"], task.delivery, 0, None)
            rows["delivery"].append(held)

    def _answer(
        self, given: tuple[datetime, Person, PastTask], act: tuple[str, str, str], words: str, *, photos: Sequence[Picture] = (),
        **changes: object,
    ) -> None:  # fmt: skip
        at, who, task = given
        op, step, code = act
        self.now = at
        reply = self._ledger.number("task_reply")
        names = "[" + ", ".join(f'"{photo.sha256}"' for photo in photos) + "]"
        self._ledger.rows["task_reply"].append((reply, task.id, self.id, at, who.id, who.name, op, words, "", names))
        stage = "after" if op == "finish" else "during"
        self._attach("reply", reply, stage, (who, photos))
        org = task.values["org_id"]
        facts = f'{{"case":{self.id},"codes":["{code}"],"org":{org},"reply":{reply},"step":"{step}"}}'
        task.move(at, who, op, facts, **changes)

    def _leads(self, who: Person, task: PastTask) -> bool:
        """Whether the case moves with this task; who only joins is noted as one of its handlers."""
        is_new = who.id not in self._handlers
        self._handlers.add(who.id)
        if task.values["kind"] == "lead":
            return True
        if is_new:
            facts = f'{{"org":{task.values["org_id"]},"task":{task.id}}}'
            self._move(who, "joined", facts, handler_ids=self._handled())
        return False

    def _case_progress(self, who: Person, task: PastTask, op: str) -> None:
        if self._leads(who, task):
            first: Values = {} if self.case["done_first"] else {"done_first": self.now}
            self._move(who, op, self._told(task, "T19", "A15"), handler_ids=self._handled(), **first)

    def _handled(self) -> str:
        return "[" + ", ".join(map(str, sorted(self._handlers))) + "]"

    @staticmethod
    def _told(task: PastTask, step: str, code: str) -> str:
        return f'{{"codes":["{code}"],"org":{task.values["org_id"]},"step":"{step}","task":{task.id}}}'


def _first(task: PastTask, at: datetime) -> Values:
    return {} if task.values["first_reply_at"] else {"first_reply_at": at}
