"""One recording as the console plays it: orders in, pictures and a state out, and never a wait.

Every public method returns at once. A thread of its own speaks with the child process
(`vlc.py`): each order has a deadline, and a child that misses one, hangs or ends is killed
and made anew at the second where it was. Nobody waits for libvlc to stop.
"""

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from console.domain.errors import Unavailable
from console.video.frames import Frame, FrameReader, empty, picture_folder
from console.video.link import START_WITHIN_S, Event, Link
from console.video.source import Address

log = logging.getLogger(__name__)

Sound = Literal["", "heard", "none", "no_output"]
Phase = Literal["none", "opening", "shown", "stalled", "ended", "failed"]
RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
TICK_S = 0.1
ANSWER_WITHIN_S, OPEN_WITHIN_S = 3.0, 8.0
FIRST_PICTURE_WITHIN_S, SILENT_S = 12.0, 4.0
REMAKE_SILENT_S = 10.0
PAUSES_S = (0.5, 2.0, 5.0, 10.0, 30.0)
HOPELESS = frozenset({"unauthorised", "not_found", "bad_playlist", "redirected", "empty", "not_video"})
STEADY_S = 10.0
# What a beat of the child process says of how it plays, named as in `Playing`.
_TOLD = ("at_s", "told_at", "length_s", "can_seek", "aspect", "step_s", "pictures", "is_settled", "sound")


@dataclass(frozen=True)
class Playing:
    """How a player is: second, length and picture duration are the recording's own; `told_at` is monotonic.

    `sound` is "" while nothing is known or wanted, "none" where there is none, "no_output" where nothing here can play it.
    """

    phase: Phase = "none"
    reason: str = ""
    at_s: float = 0.0
    told_at: float = 0.0
    runs: bool = False
    rate: float = 1.0
    length_s: float = 0.0
    can_seek: bool = True
    aspect: float = 0.0
    step_s: float = 0.04
    pictures: int = 0
    is_settled: bool = False
    sound: Sound = ""

    def now_s(self, now: float) -> float:
        """The second that is shown now."""
        goes = self.runs and self.phase == "shown"
        return self.at_s + (now - self.told_at) * self.rate if goes else self.at_s


@dataclass
class _Wish:
    """What the child process is to show; a new one is told all of it."""

    address: Address | None = None
    at_s: float = 0.0
    runs: bool = False
    rate: float = 1.0
    has_sound: bool = False
    size: tuple[int, int] = (640, 360)


class Player:
    """Plays one recording in a child process. `close` it when it is not needed any more."""

    def __init__(self, on_change: Callable[[], None] | None = None) -> None:
        """Start; `on_change` is called from the player's own thread when its phase or sound changes."""
        self._on_change = on_change
        self._wish, self._playing = _Wish(), Playing()
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._requests, self._numbers = itertools.count(1), itertools.count(1)
        self._due: dict[int, float] = {}
        self._shots: dict[int, tuple[Future[Path], Path, float]] = {}
        self._folder = picture_folder()
        self._link: Link | None = None
        self._number = self._failures = 0
        self._start_at = self._started_at = self._opened_at = self._picture_at = 0.0
        self._reader: FrameReader | None = None
        self._coming: FrameReader | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._supervise, name="player", daemon=True)
        self._thread.start()

    @property
    def playing(self) -> Playing:
        """How it is now."""
        return self._playing

    @property
    def process_id(self) -> int:
        """The child process, or 0 when there is none now."""
        link = self._link
        return link.process_id if link is not None else 0

    def open(self, address: Address, at_s: float = 0.0, *, runs: bool = True, rate: float = 1.0) -> None:
        """Play a recording from a second on, or show its picture there; another one is replaced without a black flash."""
        self._inbox.put(lambda: self._open(replace(self._wish, address=address, at_s=at_s, runs=runs, rate=rate)))

    def run(self, runs: bool) -> None:
        """Play, or stand still."""
        self._inbox.put(lambda: self._tell("run", runs=runs))

    def seek(self, at_s: float) -> None:
        """Go to a second of the recording."""
        self._inbox.put(lambda: self._seek(max(0.0, at_s)))

    def pace(self, rate: float) -> None:
        """Play faster or slower: 0.25 to 8."""
        self._inbox.put(lambda: self._tell("rate", rate=min(RATES[-1], max(RATES[0], rate))))

    def step(self) -> None:
        """One picture further, standing still."""
        self._inbox.put(lambda: self._send("step"))

    def sound(self, has_sound: bool) -> None:
        """Let it be heard or not; its picture comes anew."""
        self._inbox.put(lambda: self._again(has_sound=has_sound))

    def resize(self, width: int, height: int) -> None:
        """The size its picture is shown at; only a much larger or smaller one makes it come anew."""
        self._inbox.put(lambda: self._again(size=(width, height)))

    def snapshot(self, path: Path) -> "Future[Path]":
        """A PNG of the picture at the recording's own size; fails with Unavailable."""
        answer: Future[Path] = Future()
        self._inbox.put(lambda: self._shoot(path, answer))
        return answer

    def frame(self) -> Frame | None:
        """The newest picture, good until the next call; for the painter's thread."""
        coming = self._coming
        newer = coming.newest() if coming is not None else None
        if newer is not None:
            self._reader, self._coming = coming, None if self._coming is coming else self._coming
            return newer
        return self._reader.newest() if self._reader is not None else None

    def sequence(self) -> int:
        """The number of the picture `frame` would give, 0 for none; nothing is taken by asking."""
        coming, reader = self._coming, self._reader
        return (coming.sequence() if coming is not None else 0) or (reader.sequence() if reader is not None else 0)

    def close(self) -> None:
        """End the child process without waiting for it."""
        self._is_closed = True
        self._inbox.put(None)

    def join(self) -> None:
        """Wait until a closed player has left nothing behind."""
        self._thread.join()

    # From here on: the player's own thread.

    def _supervise(self) -> None:
        while True:
            try:
                act = self._inbox.get(timeout=TICK_S)
            except queue.Empty:
                act = self._tick
            if act is None:
                break
            act()
            if self._wish.address is not None:
                self._man(time.monotonic())
        if self._link is not None:
            self._link.kill()
            self._link.stop(within_s=1.0)
        for answer, _, _ in self._shots.values():
            answer.set_exception(Unavailable("no_picture"))
        empty(self._folder)

    def _tick(self) -> None:
        now, link = time.monotonic(), self._link
        for shot in [one for one, (_, _, until) in self._shots.items() if until < now]:
            self._shots.pop(shot)[0].set_exception(Unavailable("no_picture"))
        if link is None:
            return
        if link.hangs(now) or any(until < now for until in self._due.values()):
            log.warning("player %s does not answer and is killed", link.process_id)
            self._lose("hangs", now)
            return
        silent_s = now - max(self._picture_at, self._opened_at)
        if self._playing.phase == "opening" and now - self._opened_at > FIRST_PICTURE_WITHIN_S:
            self._lose("timeout", now)
        elif self._playing.runs and self._playing.phase in ("shown", "stalled"):
            if silent_s > REMAKE_SILENT_S:
                self._lose("lost", now)
            elif silent_s > SILENT_S / min(1.0, self._playing.rate):
                self._become(replace(self._playing, phase="stalled"))

    def _man(self, now: float) -> None:
        if self._link is not None or now < self._start_at:
            return
        self._started_at = now
        try:
            self._link = Link(self._folder, self._heard, module="console.video.vlc")
        except Unavailable as full:
            log.error("no player process: %s", full.facts.get("problem"))
            self._lose("hangs", now)
            return
        self._send_open()

    def _open(self, wish: _Wish) -> None:
        self._failures, self._start_at, self._wish = 0, 0.0, wish
        self._become(Playing("opening", at_s=wish.at_s, told_at=time.monotonic(), runs=wish.runs, rate=wish.rate))
        if self._link is not None:
            self._send_open()

    def _again(self, *, size: tuple[int, int] | None = None, has_sound: bool | None = None) -> None:
        old = self._wish
        self._wish = replace(
            old, size=size if size is not None and _differ(size, old.size) else old.size,
            has_sound=old.has_sound if has_sound is None else has_sound, at_s=self._playing.now_s(time.monotonic()),
        )  # fmt: skip
        if (self._wish.size, self._wish.has_sound) != (old.size, old.has_sound) and old.address is not None and self._link is not None:
            self._send_open()

    def _send_open(self) -> None:
        wish, link, now = self._wish, self._link, time.monotonic()
        assert link is not None and wish.address is not None
        self._number, self._opened_at, self._picture_at = next(self._numbers), now, 0.0
        within_s = OPEN_WITHIN_S if self._playing.pictures else OPEN_WITHIN_S + START_WITHIN_S
        self._send(
            "open", within_s=within_s, address=wish.address.for_player(), at_s=wish.at_s, runs=wish.runs, rate=wish.rate,
            sound=wish.has_sound, width=wish.size[0], height=wish.size[1],
        )  # fmt: skip
        self._become(replace(self._playing, phase="opening", reason="", at_s=wish.at_s, told_at=now, runs=wish.runs, rate=wish.rate))

    def _seek(self, at_s: float) -> None:
        self._wish.at_s = at_s
        if self._playing.phase == "ended" and self._link is not None:
            self._send_open()
        else:
            self._tell("seek", at_s=at_s)

    def _tell(self, do: str, **facts: object) -> None:
        for name, value in facts.items():
            setattr(self._wish, name, value)
        now = time.monotonic()
        self._playing = replace(self._playing, **{"at_s": self._playing.now_s(now), "told_at": now, "is_settled": False, **facts})
        self._send(do, **facts)

    def _send(self, do: str, *, within_s: float = ANSWER_WITHIN_S, **facts: object) -> None:
        if self._link is None:
            return
        request = next(self._requests)
        self._due[request] = time.monotonic() + within_s
        self._link.send({"do": do, "request": request, "number": self._number, **facts})

    def _heard(self, link: Link, event: Event) -> None:
        self._inbox.put(lambda: self._take(link, event))

    def _take(self, link: Link, event: Event) -> None:
        if link is not self._link:
            return
        match event["event"]:
            case "done":
                self._due.pop(event["request"], None)
            case "gone":
                self._lose("hangs", time.monotonic())
            case "shot":
                self._answer_shot(int(event["shot"]), str(event["problem"]))
            case _ if event.get("number") == self._number:
                self._moved(event)

    def _moved(self, event: Event) -> None:
        match event["event"]:
            case "surface":
                try:
                    self._coming = FrameReader(Path(str(event["path"])))
                except Unavailable:
                    log.debug("a surface is already replaced")
            case "failed":
                self._fail(str(event["reason"]))
            case "beat":
                self._beat(event)

    def _beat(self, event: Event) -> None:
        self._picture_at = float(event["picture_at"])
        state = str(event["state"])
        if state == "failed":
            self._fail("lost" if event["pictures"] else "not_video")
            return
        if self._due:
            return  # an order is under way; what is told may be from before it
        is_silent = self._playing.phase == "stalled" and time.monotonic() - self._picture_at > SILENT_S
        facts = {name: event[name] for name in _TOLD}
        self._wish.at_s = float(event["at_s"])
        if state == "shown" and time.monotonic() - self._started_at > STEADY_S:
            self._failures = 0
        self._become(replace(self._playing, phase="stalled" if is_silent and state == "shown" else state, reason="", **facts))

    def _fail(self, reason: str) -> None:
        now = time.monotonic()
        if reason in HOPELESS:
            self._start_at = float("inf")
        self._lose(reason, now)

    def _lose(self, reason: str, now: float) -> None:
        """Give the child process up; a new one is made after a pause, unless that is hopeless."""
        link, self._link = self._link, None
        self._due.clear()
        if self._start_at != float("inf"):
            self._start_at = now + PAUSES_S[min(self._failures, len(PAUSES_S) - 1)]
        self._failures += 1
        self._wish.at_s = self._playing.now_s(now)
        self._become(replace(self._playing, phase="failed", reason=reason, at_s=self._wish.at_s, told_at=now))
        if link is not None:
            link.kill()
            threading.Thread(target=link.stop, args=(1.0,), daemon=True).start()

    def _become(self, playing: Playing) -> None:
        before, self._playing = self._playing, playing
        is_news = (before.phase, before.reason, before.sound) != (playing.phase, playing.reason, playing.sound)
        if is_news and self._on_change is not None and not self._is_closed:
            self._on_change()

    def _shoot(self, path: Path, answer: "Future[Path]") -> None:
        if self._link is None or self._playing.phase not in ("shown", "stalled"):
            answer.set_exception(Unavailable("no_picture"))
            return
        shot = next(self._requests)
        self._shots[shot] = (answer, path, time.monotonic() + ANSWER_WITHIN_S)
        self._send("shot", shot=shot, path=str(path))

    def _answer_shot(self, shot: int, problem: str) -> None:
        answer, path, _ = self._shots.pop(shot, (None, None, None))
        if answer is None:
            return
        if problem or path is None:
            answer.set_exception(Unavailable("no_picture"))
        else:
            answer.set_result(path)


def _differ(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a picture made for one size looks poor, or costs too much, at another."""
    return not 0.75 < one[0] / max(1, other[0]) < 1.4
