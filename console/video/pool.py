"""The console's side of the cameras: which worker decodes which, what became of each, the newest pictures.

Every public method returns at once and may be called by the screen thread;
one supervising thread talks to the workers, restarts dead ones and reopens
lost streams. One stream serves all tiles of a camera. The painter asks
`frame` by its own timer; `on_change` tells it when a state changed.
"""

import itertools
import logging
import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from console.domain.errors import Missing, Unavailable
from console.video.asked import Asked
from console.video.budget import Full
from console.video.facts import Facts, Meter
from console.video.frames import Frame, FrameReader, empty, picture_folder
from console.video.health import Counters, Health, Status, assess, hangs
from console.video.heats import Heats
from console.video.keeping import Keeping, Opened
from console.video.link import Event, Link
from console.video.onward import Onward
from console.video.place import Place
from console.video.retry import IN_FLIGHT, pause_s, to_open
from console.video.seats import NOWHERE, Seats
from console.video.source import Address

log = logging.getLogger(__name__)

TICK_S = 0.1
SNAPSHOT_WITHIN_S, CUT_WITHIN_S = 5.0, 20.0


class Pool:
    """Cameras open in worker processes. Use `start` and `stop`, or a `with` block."""

    def __init__(
        self,
        *,
        workers: int = 2,
        per_worker: int = 8,
        openings: int = IN_FLIGHT,
        on_change: Callable[[str], None] | None = None,
        knows_host: Callable[[str], bool] = lambda _: False,
        roll: Callable[[], float] = random.random,
    ) -> None:
        """`workers` run from the start; more cameras than `per_worker` each bring more, up to eight.

        A camera may send us on to a host the register `knows_host` of; asking may take its time.
        """
        self._per_worker, self._openings = per_worker, openings
        self._on_change, self._roll = on_change, roll
        self._onward = Onward(knows_host)
        self._seats = Seats(workers, roll)
        self._heats = Heats()
        self._cameras: dict[str, Place] = {}
        self._by_number: dict[int, Place] = {}
        self._numbers = itertools.count(1)
        self._asked = Asked()
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._keeping = Keeping(self._seats.send)
        self._folder: Path | None = None
        self._thread = threading.Thread(target=self._supervise, name="video-pool", daemon=True)

    def __enter__(self) -> "Pool":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the workers; returns before they are ready."""
        self._thread.start()

    def stop(self) -> None:
        """End all workers and take the pictures away; takes a second at most."""
        self._inbox.put(None)
        self._thread.join()

    def open(self, camera_id: str, address: Address) -> None:
        """Connect a camera, hidden at first; another address for a known camera replaces the stream."""
        known = self._cameras.get(camera_id)
        if known is not None and known.address == address:
            return
        camera = Place(camera_id, address, Status("waiting"))
        if known is not None:
            # The old stream's picture stays until the new one's first is there.
            camera.shown, camera.reader = known.shown, known.reader
            camera.status = replace(camera.status, picture_at=known.status.picture_at)
        self._cameras[camera_id] = camera
        self._inbox.put(lambda: self._replaced(known))

    def close(self, camera_id: str) -> None:
        """Disconnect a camera; an unknown one is closed already."""
        camera = self._cameras.pop(camera_id, None)
        self._inbox.put(lambda: self._replaced(camera))

    def show(self, camera_id: str, width: int, height: int) -> None:
        """Decode at the size of the camera's largest tile, in pixels of the screen."""
        self._inbox.put(lambda: self._shown(camera_id, (max(2, width), max(2, height))))

    def hide(self, camera_id: str) -> None:
        """Decode no more; the camera stays connected with its last packets, ready to show at once."""
        self._inbox.put(lambda: self._shown(camera_id, None))

    def frame(self, camera_id: str) -> Frame | None:
        """The newest picture, good until this camera's next `frame` call; for one thread, the painter's."""
        camera = self._cameras.get(camera_id)
        if camera is None:
            return None
        coming = camera.coming
        newer = coming.newest() if coming is not None else None
        if newer is not None:
            camera.reader, camera.coming = coming, None if camera.coming is coming else camera.coming
            return newer
        return camera.reader.newest() if camera.reader is not None else None

    def sequence(self, camera_id: str) -> int:
        """The number of the picture `frame` would give, 0 for none: a cheap way to see that nothing new came."""
        camera = self._cameras.get(camera_id)
        if camera is None:
            return 0
        coming, reader = camera.coming, camera.reader
        return (coming.sequence() if coming is not None else 0) or (reader.sequence() if reader is not None else 0)

    def health(self, camera_id: str) -> Health:
        """How the camera is now. Raises Missing for one that is not open."""
        camera = self._cameras.get(camera_id)
        if camera is None:
            raise Missing("camera", camera_id)
        status, reader = camera.status, camera.reader
        if reader is not None:
            # Workers count once a second; the pictures themselves know their age to the millisecond.
            status = replace(status, picture_at=max(status.picture_at, reader.captured_at()))
        return assess(status, time.monotonic())

    def lowered(self) -> tuple[int, Full]:
        """How many shown cameras the budget shows less of than they send, and what is short."""
        shown = [camera for camera in list(self._cameras.values()) if camera.shown is not None]
        return sum(camera.status.heat != "live" for camera in shown), self._heats.budget.full

    def facts(self, camera_id: str) -> Facts:
        """What the camera really sends. Raises Missing for one that is not open."""
        camera = self._cameras.get(camera_id)
        if camera is None:
            raise Missing("camera", camera_id)
        return camera.meter.facts()

    def snapshot(self, camera_id: str, path: Path) -> "Future[Path]":
        """A JPEG of the next picture at the source's size; fails with Unavailable after 5 s without one."""
        answer: Future[Path] = Future()
        self._inbox.put(lambda: self._ask_snapshot(camera_id, path, answer))
        return answer

    def remember(self, camera_ids: Collection[str]) -> None:
        """Keep the last 90 s of these cameras and of no others, in the workers' memory, undecoded."""
        wanted = frozenset(camera_ids)
        self._inbox.put(lambda: self._keeping.wish(wanted, self._opened))

    def cut(self, camera_id: str, seconds: float, path: Path) -> "Future[Path]":
        """Write the last seconds of a remembered camera, unchanged, as an MP4 that begins with a key frame.

        Also after the camera was lost. Fails with Unavailable("nothing_kept") or ("clip_not_written").
        """
        answer: Future[Path] = Future()
        self._inbox.put(lambda: self._ask_cut(camera_id, seconds, path, answer))
        return answer

    def worker_ids(self) -> tuple[int, ...]:
        """The worker processes that run now."""
        return self._seats.worker_ids()

    # From here on: the supervising thread.

    def _supervise(self) -> None:
        self._folder = picture_folder()
        next_tick = 0.0
        while True:
            try:
                act = self._inbox.get(timeout=max(0.0, next_tick - time.monotonic()))
            except queue.Empty:
                act = self._tick
                next_tick = time.monotonic() + TICK_S
            if act is None:
                break
            act()
        self._seats.stop()
        self._asked.forget()
        self._cameras.clear()
        empty(self._folder)

    def _tick(self) -> None:
        now = time.monotonic()
        self._seats.man(-(-len(self._cameras) // self._per_worker), self._folder, self._heard, now)
        waiting = [one.waiting() for one in list(self._cameras.values()) if one.status.phase == "waiting"]
        asked_at = [one.asked_at for one in list(self._cameras.values()) if one.status.phase == "opening"]
        for camera_id in to_open(waiting, asked_at, now, limit=self._openings):
            camera = self._cameras.get(camera_id)
            if camera is not None:
                self._open(camera)
        self._asked.forget(now)
        self._share_out(now)
        for camera in list(self._cameras.values()):
            if hangs(camera.status, now, asked_at=camera.asked_at):
                log.warning("stream of %s hangs (%s); it begins anew", camera.camera_id, camera.status.phase)
                self._forget_number(camera)
                self._wait(camera, "fault", now)
            self._tell(camera, now)

    def _share_out(self, now: float) -> None:
        """Lower what is shown when the machine cannot follow, or raise it again."""
        shown = {one.camera_id: one for one in list(self._cameras.values()) if one.status.phase == "open"}
        sizes = {name: (one.status, one.shown) for name, one in shown.items() if one.shown is not None}
        for name, status in self._heats.changes(sizes, now).items():
            shown[name].status = status
            self._send(shown[name], {"do": "heat", "heat": status.heat})

    def _heard(self, link: Link, event: Event) -> None:
        self._inbox.put(lambda: self._take(link, event))

    def _take(self, link: Link, event: Event) -> None:
        now = time.monotonic()
        match event["event"]:
            case "beat":
                for number, counters in event["streams"].items():
                    self._counted(int(number), Counters(**counters))
            case "gone":
                self._lost_worker(link, now)
            case "snapshot" | "cut":
                self._asked.answered(event["request"], event["problem"])
            case _:
                camera = self._by_number.get(event.get("number"))
                if camera is not None:
                    self._moved(camera, event, now)

    def _moved(self, camera: Place, event: Event, now: float) -> None:
        match event["event"]:
            case "opened":
                camera.meter = Meter(str(event["codec"]), float(event["behind_s"]))
                camera.status = replace(camera.status, phase="open", reason="", opened_at=now, counters=Counters())
            case "surface":
                try:
                    camera.coming = FrameReader(Path(event["path"]))
                except Unavailable:
                    log.debug("surface of %s is already replaced", camera.camera_id)  # the next one is under way
            case "picture":
                camera.failures = camera.hops = 0
                counters = replace(camera.status.counters, frames=1, frame_at=now, packet_at=now)
                camera.status = replace(camera.status, counters=counters, picture_at=float(event["captured_at"]))
            case "lost":
                self._forget_number(camera)
                if event["reason"] == "redirected":
                    told, then = str(event["onward"]), lambda found: self._inbox.put(lambda: self._send_on(camera, found))
                    self._onward.ask(camera.address, told, camera.hops, then)
                else:
                    self._wait(camera, str(event["reason"]), now)
        self._tell(camera, now)

    def _counted(self, number: int, counters: Counters) -> None:
        camera = self._by_number.get(number)
        if camera is not None and camera.status.phase == "open":
            camera.meter.take(counters, time.monotonic())
            newest = max(camera.status.picture_at, counters.captured_at)
            camera.status = replace(camera.status, counters=counters, picture_at=newest)

    def _send_on(self, camera: Place, found: Address | None) -> None:
        now = time.monotonic()
        if found is None:
            self._wait(camera, "redirected", now)
            return
        camera.sent_to, camera.hops = found, camera.hops + 1
        camera.status = replace(camera.status, phase="waiting", reason="", next_try_at=now)

    def _wait(self, camera: Place, reason: str, now: float) -> None:
        camera.failures, camera.sent_to, camera.hops = camera.failures + 1, None, 0
        pause = pause_s(camera.failures, reason, visible=camera.shown is not None, roll=self._roll())
        camera.status = replace(camera.status, phase="waiting", reason=reason, next_try_at=now + pause)

    def _open(self, camera: Place) -> None:
        manned = self._seats.manned()
        if not manned:
            return
        loads = Counter(one.seat for one in self._by_number.values())
        kept = self._keeping.seat(camera.camera_id)
        camera.seat = kept if kept in manned else min(manned, key=lambda number: loads[number])
        camera.number, camera.asked_at = next(self._numbers), time.monotonic()
        self._by_number[camera.number] = camera
        camera.status = replace(camera.status, phase="opening", counters=Counters(), heat="live")
        ring = self._keeping.opening(camera.camera_id, camera.seat)
        self._send(camera, {"do": "open", "address": (camera.sent_to or camera.address).for_player(), **ring})
        self._send_shown(camera)

    def _shown(self, camera_id: str, size: tuple[int, int] | None) -> None:
        camera = self._cameras.get(camera_id)
        if camera is None or camera.shown == size:
            return
        now = time.monotonic()
        if camera.shown is None or size is None:
            camera.status = replace(camera.status, shown_since=None if size is None else now)
        if camera.shown is None and camera.status.phase == "waiting":
            # Somebody looks now: the long pauses of a hidden camera end.
            soon = min(camera.status.next_try_at, now + pause_s(1, "", visible=True, roll=self._roll()))
            camera.status = replace(camera.status, next_try_at=soon)
        camera.shown = size
        self._send_shown(camera)

    def _send_shown(self, camera: Place) -> None:
        if camera.shown is None:
            self._send(camera, {"do": "hide"})
        else:
            self._send(camera, {"do": "show", "width": camera.shown[0], "height": camera.shown[1]})

    def _send(self, camera: Place, command: Event) -> None:
        if camera.number:
            self._seats.send(camera.seat, {**command, "number": camera.number})

    def _replaced(self, camera: Place | None) -> None:
        if camera is not None:
            self._forget_number(camera)
        self._tick()  # a new camera need not wait for the clock

    def _forget_number(self, camera: Place) -> None:
        self._send(camera, {"do": "close"})
        self._by_number.pop(camera.number, None)
        camera.number, camera.seat = 0, -1

    def _lost_worker(self, link: Link, now: float) -> None:
        seat = self._seats.lost(link, now)
        if seat == NOWHERE:
            return
        for left in self._folder.glob(f"{link.process_id}-*"):
            left.unlink(missing_ok=True)  # a killed worker takes nothing away; who still paints from it keeps it
        self._keeping.lost(seat)
        for camera in [one for one in self._by_number.values() if one.seat == seat]:
            self._forget_number(camera)
            camera.status = replace(camera.status, phase="waiting", reason="worker", next_try_at=now)
            self._tell(camera, now)

    def _ask_snapshot(self, camera_id: str, path: Path, answer: "Future[Path]") -> None:
        camera = self._cameras.get(camera_id)
        if camera is None or not camera.number:
            answer.set_exception(Unavailable("no_picture"))
            return
        request = self._asked.add(answer, path, time.monotonic() + SNAPSHOT_WITHIN_S, "no_picture")
        self._send(camera, {"do": "snapshot", "request": request, "path": str(path)})

    def _ask_cut(self, camera_id: str, seconds: float, path: Path, answer: "Future[Path]") -> None:
        seat = self._keeping.seat(camera_id)
        if seat not in self._seats.manned():
            answer.set_exception(Unavailable("nothing_kept"))
            return
        request = self._asked.add(answer, path, time.monotonic() + CUT_WITHIN_S, "clip_not_written")
        self._seats.send(seat, {"do": "cut", "ring": camera_id, "request": request, "seconds": seconds, "path": str(path)})

    def _opened(self, camera_id: str) -> Opened | None:
        camera = self._cameras.get(camera_id)
        return Opened(camera.number, camera.seat) if camera is not None and camera.number else None

    def _tell(self, camera: Place, now: float) -> None:
        state = assess(camera.status, now).state
        if state != camera.told and camera.camera_id in self._cameras:
            camera.told = state
            if self._on_change is not None:
                self._on_change(camera.camera_id)
