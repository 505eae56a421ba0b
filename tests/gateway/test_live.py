"""Hints: who hears of what, what is replayed, what a slow or gone listener costs."""

import asyncio
import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Queue

import pytest

from console.domain.errors import Unavailable
from console.domain.task import Order
from console.gateway import live as gateway_live
from console.gateway.live import Live
from tests.gateway.hall import Caller, Hall
from tests.waiting import played, until

QUIET_S = 0.6


class Stream:
    """A listener that keeps what it hears: (event, facts, id)."""

    def __init__(self, caller: Caller, last_id: str = "") -> None:
        line = http.client.HTTPConnection(caller.base.removeprefix("http://"), timeout=30)
        line.connect()
        self._socket = line.sock  # the response takes it over; shutting it down is what wakes the reader
        line.request("GET", "/api/live", headers={**caller.identity(), **({"Last-Event-ID": last_id} if last_id else {})})
        self.answer = line.getresponse()
        assert self.answer.status == 200, self.answer.read()
        self.heard: Queue[tuple[str, dict, str]] = Queue()
        self.last_id = last_id
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self.next()[0] == "hello"

    def _read(self) -> None:
        event: dict[str, str] = {}
        while line := self._line():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                event[name] = value
                continue
            if "id" in event:
                self.last_id = event["id"]
            if "event" in event:
                self.heard.put((event["event"], json.loads(event["data"]), event.get("id", "")))
            event = {}
        self.ended.set()

    def _line(self) -> bytes:
        try:
            return self.answer.readline()
        except (OSError, http.client.HTTPException):
            return b""  # hung up in the middle of a line

    def next(self, timeout_s: float = 10.0) -> tuple[str, dict, str]:
        return self.heard.get(timeout=timeout_s)

    def hints(self, count: int) -> list[str]:
        """The operations of the next hints, in order."""
        return [self.next()[1]["op"] for _ in range(count)]

    def is_silent(self) -> bool:
        try:
            self.next(QUIET_S)
        except Empty:
            return True
        return False

    def close(self) -> None:
        with contextlib.suppress(OSError):  # the server may have hung up first
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self.answer.close()


@contextmanager
def listening(caller: Caller, last_id: str = "") -> Iterator[Stream]:
    stream = Stream(caller, last_id)
    try:
        yield stream
    finally:
        stream.close()


def dispatch(hall: Hall, *orgs: int) -> int:
    """A case of a fresh report, dispatched and still held; its number."""
    town = hall.town
    receipt = town.report()
    orders = [Order(org, "lead" if number == 0 else "co") for number, org in enumerate(orgs)]
    town.cases.send(town.actor("duty"), receipt.case_id, 1, orders)
    return receipt.case_id


def release(hall: Hall) -> None:
    hall.town.wait(10)
    hall.town.sweep.round()


def test_a_department_hears_of_its_task_from_its_release_on_and_of_nobody_elses(hall: Hall):
    with listening(hall.program("d10")) as d10, listening(hall.program("d30")) as d30, listening(hall.program("stranger-d10")) as stranger:
        dispatch(hall, 2)
        assert d10.is_silent()
        release(hall)
        event, facts, entry_id = d10.next()
        assert (event, facts["kind"], facts["op"]) == ("hint", "task", "released")
        assert int(entry_id) > 0
        task = hall.town.ask.desk_inbox(hall.town.actor("d10"))[0].task
        hall.town.answer("d10", task, "sign")
        assert d10.hints(1) == ["sign"]
        assert d30.is_silent()
        assert stranger.is_silent()


def test_a_recall_inside_the_window_is_not_heard_outside_the_hall(hall: Hall):
    town = hall.town
    with listening(hall.program("d10")) as d10:
        case_id = dispatch(hall, 2)
        town.cases.recall(town.actor("duty"), case_id, town.case(case_id).version, "发错单位")
        release(hall)
        assert d10.is_silent()


def test_a_recall_after_release_is_heard(hall: Hall):
    town = hall.town
    with listening(hall.program("d10")) as d10:
        case_id = dispatch(hall, 2)
        release(hall)
        town.cases.recall(town.actor("duty"), case_id, town.case(case_id).version, "发错单位")
        assert d10.hints(2) == ["released", "recall"]


def test_a_phone_hears_of_the_cases_of_its_own_reports_old_and_new(hall: Hall):
    town = hall.town
    old = town.report()
    with listening(hall.program("grid001")) as mine, listening(hall.program("grid002")) as other:
        new = town.report()
        assert mine.next()[1] == {"kind": "case", "ref": new.case_id, "op": "submit"}
        for receipt in (old, new):
            town.cases.ack(town.actor("duty"), receipt.case_id, 1)
        assert [mine.next()[1] for _ in range(2)] == [{"kind": "case", "ref": r.case_id, "op": "ack"} for r in (old, new)]
        assert other.is_silent()


def test_a_hint_holds_no_more_than_kind_number_and_operation(hall: Hall):
    with listening(hall.program("grid001")) as mine:
        hall.town.report(text="姓名甲 13800000009")
        assert set(mine.next()[1]) == {"kind", "ref", "op"}


def test_what_was_missed_is_told_first_once_and_in_order(hall: Hall):
    program = hall.program("d10")
    with listening(program) as before:
        dispatch(hall, 2)
        release(hall)
        before.next()
        last = before.last_id
    for _ in range(3):
        dispatch(hall, 2)
    release(hall)
    with listening(program, last) as after:
        assert after.hints(3) == ["released"] * 3
        dispatch(hall, 2)
        release(hall)
        assert after.hints(1) == ["released"]
        assert after.is_silent()


def test_nothing_is_lost_or_doubled_across_many_breaks_under_load(hall: Hall):
    town, program = hall.town, hall.program("grid001")
    done = threading.Event()
    sent: list[int] = []

    def load() -> None:
        for _ in range(40):
            sent.append(town.report().case_id)
        done.set()

    heard: list[int] = []
    with listening(program) as first:
        last = first.last_id
    worker = threading.Thread(target=load)
    worker.start()
    began = time.monotonic()
    while (not done.is_set() or len(heard) < len(sent)) and time.monotonic() - began < 60:
        with listening(program, last) as stream, contextlib.suppress(Empty):
            for _ in range(4):  # then the line breaks, whatever else is on its way
                _, facts, last = stream.next(0.3)
                heard.append(facts["ref"])
    worker.join()
    assert heard == sent


@pytest.mark.parametrize("last_id", ["999999999", "-1", "x", "1e3", "9" * 40])
def test_a_place_nobody_knows_means_ask_for_everything_anew(door: Hall, last_id):
    with listening(door.program("d10"), last_id) as stream:
        assert stream.next()[0] == "reset"
        assert int(stream.last_id) >= 0


def test_too_much_missed_means_ask_for_everything_anew(hall: Hall, monkeypatch):
    monkeypatch.setattr(type(hall.feed).missed, "__defaults__", (5,))
    for _ in range(5):
        hall.town.report()
    with listening(hall.program("d10"), "1") as stream:
        assert stream.next()[0] == "reset"


def test_signing_out_ends_the_stream(door: Hall):
    page = door.browser("grid001")
    with listening(page) as stream:
        other = Caller(door.base)
        other.line.cookies.update(page.line.cookies)
        other.line.headers["X-CSRF-Token"] = page.line.headers["X-CSRF-Token"]
        assert other.post("/api/sign-out").status_code == 204
        assert stream.ended.wait(5)
        other.line.close()


def test_a_silent_stream_beats_and_moves_its_place_along(door: Hall, monkeypatch):
    program = door.program("d10")
    monkeypatch.setattr(door.app.state.live, "_heartbeat_s", 0.05)
    with listening(program) as stream:
        before = int(stream.last_id)
        door.town.report()  # not for this desk, yet it need not be replayed to it
        until(lambda: int(stream.last_id) > before, what="the id of a heartbeat")
        assert stream.is_silent()


def test_a_session_that_ended_elsewhere_loses_its_stream(door: Hall, monkeypatch):
    program = door.program("d10")
    monkeypatch.setattr(door.app.state.live, "_heartbeat_s", 0.05)
    with listening(program) as stream:
        session = door.town.people.session(program.line.headers["Authorization"].removeprefix("Bearer "))
        door.town.people.sign_out(session)
        assert stream.ended.wait(5)


def test_gone_listeners_leave_nothing_behind(door: Hall, monkeypatch):
    live = door.app.state.live
    monkeypatch.setattr(live, "_heartbeat_s", 0.05)
    program = door.program("d10")
    for _ in range(5):
        with listening(program):
            pass
    until(lambda: live._count == 0 and not live._ears and not live._by_subject, what="forgotten listeners")


def test_a_slow_listener_is_dropped_and_the_others_hear_on(door: Hall, monkeypatch):
    monkeypatch.setattr(gateway_live, "QUEUE", 10)

    async def scene() -> list[int]:
        live = Live(door.feed, door.town.ask, door.town.people)
        live.open()
        slow = await live.join(door.town.people.device_token(door.town.actor("grid001"), "slow"))
        slow.queue = asyncio.Queue(10)
        for _ in range(12):
            await asyncio.to_thread(door.town.report)
        newest = door.town.ask.my_reports(door.town.actor("grid001"))[0].report.case_id
        await asyncio.to_thread(until, lambda: ("case", newest) in slow.subjects, what="the last report's entry")
        told = [chunk async for chunk in live.stream(slow, None)]
        live.close()
        return [len(told), slow.queue.qsize(), live._count]

    # Ten waited, the eleventh was one too many, the twelfth is not queued behind the goodbye.
    assert played(scene()) == [1, 0, 0]


def test_one_account_cannot_take_every_place(door: Hall, monkeypatch):
    monkeypatch.setattr(gateway_live, "OF_ONE_USER", 2)
    program = door.program("d31")
    streams = [Stream(program) for _ in range(2)]
    answer = program.get("/api/live")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_windows")
    for stream in streams:
        stream.close()


def test_a_closed_door_takes_no_listener(door: Hall):
    async def scene() -> None:
        live = Live(door.feed, door.town.ask, door.town.people)
        await live.join(door.town.people.device_token(door.town.actor("d10"), "x"))

    with pytest.raises(Unavailable):
        played(scene())


def test_every_listener_of_a_report_hears_at_once(door: Hall):
    async def scene() -> float:
        live = Live(door.feed, door.town.ask, door.town.people)
        live.open()
        ears = [await live.join(door.town.people.device_token(door.town.actor("grid002"), "x")) for _ in range(20)]
        sent = door.town.draft()
        began = time.monotonic()
        await asyncio.to_thread(door.town.reports.receive, door.town.actor("grid002"), sent)
        await asyncio.gather(*(ear.queue.get() for ear in ears))
        live.close()
        return time.monotonic() - began

    assert played(scene()) < 1.0
