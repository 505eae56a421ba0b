"""Hints over SSE: one listener on the feed, fanned out to whoever may hear, replayed to whoever was away.

A hint names a record that changed; what it looks like now is asked for like
anything else. Everything here but `_listener` runs on the loop's thread.
"""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from fastapi.sse import format_sse_event
from starlette.concurrency import run_in_threadpool

from console.domain.errors import ConsoleError, Denied, Missing, Unavailable
from console.domain.journal import Entry
from console.gateway.refusals import Bounced
from console.service import hearing
from console.service.ask import Ask
from console.service.feed import Feed
from console.service.hearing import Subject
from console.service.people import People, Session

log = logging.getLogger(__name__)
HEARTBEAT_S = 15.0
RETRY_MS = 1_000
QUEUE = 200
LISTENERS, OF_ONE_USER = 5_000, 20
Mark = tuple[int, int]
# After these acts a person's sessions may have ended; who still has one comes back at once with the last id.
ENDS = {("session", "session_end"), ("user", "status"), ("user", "reset"), ("account", "password")}


@dataclass(eq=False)
class Ear:
    """One listener: whose it is, what it may hear of, and what it has not been told yet. None in the queue ends it."""

    session: Session
    subjects: set[Subject] = field(default_factory=set)
    queue: "asyncio.Queue[Entry | None]" = field(default_factory=lambda: asyncio.Queue(QUEUE))
    has_ended: bool = False

    def put(self, entry: Entry) -> None:
        """One thing more to tell; a listener whose queue is full is too slow and is said goodbye."""
        if self.queue.full():
            self.end()
        elif not self.has_ended:
            self.queue.put_nowait(entry)

    def end(self) -> None:
        """Say goodbye; what was not told yet, and what comes later, is replayed when the listener comes back."""
        self.has_ended = True
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Live:
    """Fans the journal out. A listener too slow to keep up is dropped and comes back with its last id."""

    def __init__(self, feed: Feed, ask: Ask, people: People, *, heartbeat_s: float = HEARTBEAT_S) -> None:
        self._feed = feed
        self._ask = ask
        self._people = people
        self._heartbeat_s = heartbeat_s
        self._ears: dict[int, set[Ear]] = defaultdict(set)
        self._by_subject: dict[Subject, set[Ear]] = defaultdict(set)
        self._mark: Mark = (0, 0)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leave: Callable[[], None] = lambda: None
        self._count = 0

    def open(self) -> None:
        """Begin to listen; called on the loop's thread."""
        self._loop = asyncio.get_running_loop()
        self._leave = self._feed.listen(self._listener)
        self._mark = max(self._mark, (self._feed.mark.xid, self._feed.mark.id))

    def close(self) -> None:
        """End every stream; called on the loop's thread, before the server waits for its connections."""
        self._leave()
        self._loop = None
        for ear in [ear for ears in self._ears.values() for ear in ears]:
            ear.end()

    def hang_up(self, token: str) -> None:
        """End the streams of a session that signed out."""
        for ear in [ear for ears in self._ears.values() for ear in ears if ear.session.token == token]:
            ear.end()

    async def join(self, session: Session) -> Ear:
        """A new listener. Raises Unavailable or Bounced(429) when there are too many."""
        if self._loop is None or self._count >= LISTENERS:
            raise Unavailable("too_many_listeners")
        own = self._ears[session.actor.user_id]
        if len(own) >= OF_ONE_USER:
            raise Bounced(429, "too_many_windows", most=OF_ONE_USER)
        ear = Ear(session)
        own.add(ear)
        self._count += 1
        try:
            self._add(ear, await run_in_threadpool(hearing.subjects, self._ask, session.actor))
        except BaseException:
            self._drop(ear)
            raise
        return ear

    async def stream(self, ear: Ear, after: int | None) -> AsyncIterator[bytes]:
        """What the listener hears, as it goes over the line; with `after`, first what came since that entry."""
        told, beats = self._mark, 0
        try:
            yield format_sse_event(event="hello", data_str="{}", retry=RETRY_MS, id=None if after else str(told[1]))
            if after is not None:
                missed = await self._missed(ear, after)
                if missed is None:
                    yield format_sse_event(event="reset", data_str="{}", id=str(told[1]))
                for entry in missed or ():
                    told = (entry.xid, entry.id)
                    self._widen(ear, entry)  # the replay may be ahead of the feed
                    if hearing.subject(entry) in ear.subjects:
                        yield _hint(entry)
            while True:
                try:
                    entry = await asyncio.wait_for(ear.queue.get(), self._heartbeat_s)
                except TimeoutError:
                    beats += 1
                    if beats % 4 == 0 and not await self._is_signed_in(ear):
                        return
                    # An id without a hint moves the listener's place along, so that a replay stays short.
                    yield format_sse_event(comment="", id=str(max(told, self._mark)[1]))
                    continue
                if entry is None:
                    return
                if (entry.xid, entry.id) > told:
                    told = (entry.xid, entry.id)
                    yield _hint(entry)
        finally:
            self._drop(ear)

    async def _missed(self, ear: Ear, after: int) -> tuple[Entry, ...] | None:
        """What came since an entry; None when it cannot be told and everything must be asked for anew."""
        try:
            return await run_in_threadpool(self._feed.missed, after)
        except Missing:
            return None

    async def _is_signed_in(self, ear: Ear) -> bool:
        try:
            await run_in_threadpool(self._people.session, ear.session.token)
        except Denied:
            return False
        except ConsoleError:
            log.warning("a listener's session cannot be looked up now", exc_info=True)
        return True

    def _listener(self, entries: tuple[Entry, ...]) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed between the two lines
                loop.call_soon_threadsafe(self._deliver, entries)

    def _deliver(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._mark = (entry.xid, entry.id)
            for ear in self._ears.get(entry.actor, ()):
                self._widen(ear, entry)
            if (entry.kind, entry.op) in ENDS:
                for ear in tuple(self._ears.get(entry.ref, ())):
                    ear.end()
            subject = hearing.subject(entry)
            for ear in tuple(self._by_subject.get(subject, ())) if subject else ():
                ear.put(entry)

    def _widen(self, ear: Ear, entry: Entry) -> None:
        """After a report of the listener's own there is one case more to hear of."""
        more = hearing.adds(entry)
        if more is not None and more[0] == ear.session.actor.user_id:
            self._add(ear, (more[1],))

    def _add(self, ear: Ear, subjects: Iterable[Subject]) -> None:
        for subject in subjects:
            ear.subjects.add(subject)
            self._by_subject[subject].add(ear)

    def _drop(self, ear: Ear) -> None:
        own = self._ears.get(ear.session.actor.user_id, set())
        if ear in own:
            own.discard(ear)
            self._count -= 1
        if not own:
            self._ears.pop(ear.session.actor.user_id, None)
        for subject in ear.subjects:
            ears = self._by_subject.get(subject, set())
            ears.discard(ear)
            if not ears:
                self._by_subject.pop(subject, None)


def _hint(entry: Entry) -> bytes:
    told = json.dumps({"kind": entry.kind, "ref": entry.ref, "op": entry.op}, separators=(",", ":"))
    return format_sse_event(event="hint", data_str=told, id=str(entry.id))
