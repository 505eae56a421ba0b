"""A patrol on the wall: it hangs one camera after the other and proves the seconds that were really painted before somebody.

Touching the wall does not make it wait: looking closer is what a patrol is for. What counts is a live
picture, painted in a window that is shown, at a seat that is not locked; nothing else moves it on.
"""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.domain.camera import Camera, LiveView
from console.domain.errors import ConsoleError, Unavailable
from console.domain.patrol import GONE, SHOWN, WAITING, PatrolPlan, PatrolStop, Walk
from console.domain.report import Receipt
from console.service.patrols import Finding, Going, Patrols, new_key
from console.ui.base.words import refusal, tr
from console.ui.wall.host import Host
from console.ui.wall.looks import Why
from console.ui.wall.patrol_bar import PatrolBar, Progress
from console.ui.wall.patrol_lines import FindingLine, SkipLine
from console.ui.wall.tiles import Tiles
from console.ui.wall.turn_to import TurnTo
from console.video.seen import Seen

PURPOSE = "V3"
LOOK_MS, PROVE_S = 250, 5.0
BLIND_S = 10.0  # a camera connects within this, or it is tried again after the others


class Patrol(QObject):
    """The walk of this seat, if there is one. `clock` is monotonic seconds."""

    changed = Signal()  # a walk began or ended

    def __init__(self, host: Host, patrols: Patrols, tiles: Tiles, clock: Callable[[], float] = time.monotonic) -> None:
        """Make it over the wall's tiles; nobody walks yet."""
        super().__init__(tiles)
        self._host, self._patrols, self._tiles, self._clock = host, patrols, tiles, clock
        self.bar, self.skip_line = PatrolBar(), SkipLine()
        self.finding_line = FindingLine(host.seat.services.codes.categories.values())
        self.walk: Walk | None = None
        self.is_paused = False
        self.findings = 0
        self._cameras: dict[int, Camera] = {}
        self._at: int | None = None  # the place of the stop that hangs
        self._tile = 0
        self._extra: int | None = None  # the patrol's own look through a camera that hung for another reason
        self._seen = Seen()
        self._unproven: dict[int, float] = {}
        self._blind_s = 0.0
        self._looked_at = self._proved_at = clock()
        self._key = new_key()
        self._turn_to = TurnTo(host, self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._connect()

    @property
    def stop(self) -> PatrolStop | None:
        """The stop that is looked at."""
        return self.walk.stop(self._at) if self.walk is not None and self._at is not None else None

    @property
    def camera(self) -> Camera | None:
        """Its camera."""
        return self._cameras.get(self.stop.camera_id) if self.stop is not None else None

    def refresh(self) -> None:
        """Ask for a walk that was broken off, unless one is under way."""
        if self.walk is None:
            self._host.seat.work.ask(self, self._patrols.going, self._offer, self._host.seat.actor)

    def begin(self, plan: PatrolPlan) -> None:
        """Walk along a plan, in the chosen tile; the plan is the reason."""
        self.leave()
        self._tell(self._patrols.begin, self._begun, plan.id)

    def pause_or_go_on(self) -> None:
        """The one key: wait, or go on."""
        if self.walk is None:
            return
        self.is_paused = not self.is_paused
        self._seen.stop()
        self._prove()
        if not self.is_paused:
            self._hang()
        self._show()

    def ask_skip(self) -> None:
        """Ask why the present camera is left out."""
        if self.camera is not None:
            self.skip_line.ask(self.camera)
        else:
            self._host.seat.said.emit(tr("Nobody is on patrol here"))

    def ask_finding(self) -> None:
        """Ask what is to be seen at the present camera; the patrol stays there meanwhile."""
        if self.camera is not None:
            self.finding_line.ask(self.camera)
        else:
            self._host.seat.said.emit(tr("Nobody is on patrol here"))

    def end(self) -> None:
        """Go no further; what was not seen is missed."""
        if self.walk is not None:
            self._prove()
            self._tell(self._patrols.end, self._say_end, self.walk.run.id)
            self._clear_tile()
            self._forget()

    def resume(self, other: "Patrol") -> None:
        """Go on where another window of this seat was."""
        walk, cameras, is_paused, findings = other.walk, other._cameras, other.is_paused, other.findings
        other.leave()
        if walk is not None:
            self._take(Going(walk, tuple(cameras.values())), is_paused=is_paused)
            self.findings = findings
            self._show()

    def leave(self) -> None:
        """The seat is left: what was seen is proven, the walk waits."""
        if self.walk is not None:
            self._prove()
            self._forget()

    @Slot()
    def look(self) -> None:
        """Take the steps whose time has come."""
        now = self._clock()
        passed, self._looked_at = now - self._looked_at, now
        stop = self.stop
        if stop is None or self.is_paused:
            return
        self._note_blindness(passed)
        look = self._host.looks.get(stop.camera_id)
        if stop.camera_id not in self._host.wall.cameras:
            self.pause_or_go_on()
        elif self._asks_nothing() and stop.state != WAITING:
            self._go_on()
        elif self._asks_nothing() and (self._blind_s >= BLIND_S or (look is not None and look.refusal is not None)):
            self._miss(stop)
        elif now - self._proved_at >= PROVE_S:
            self._prove()
        self._show()

    @Slot(object)
    def _painted(self, cameras: set[int]) -> None:
        stop = self.stop
        if self.walk is None or stop is None or self.is_paused or stop.camera_id not in cameras:
            return
        is_live = not self._hindrance() and self._tiles.is_live(stop.camera_id)
        seconds = self._seen.paint(self._clock(), is_live=is_live)
        if is_live:
            self._blind_s = 0.0
            before = self._unproven.get(stop.place, 0.0)
            self._unproven[stop.place] = before + seconds
            self.walk = self.walk.seen(stop.place, int((before + seconds) * 1000) - int(before * 1000))

    def _note_blindness(self, passed: float) -> None:
        """Time without a live picture, as long as there is somebody who would see one."""
        if self._hindrance():
            self._seen.stop()
            self._blind_s = 0.0
        else:
            self._blind_s += passed

    def _hindrance(self) -> str:
        """Why nothing could be seen now even of a camera that sends; empty when nothing hinders."""
        window, stop = self._tiles.window(), self.stop
        handle = window.windowHandle()
        if self._host.seat.is_locked:
            return tr("Not counted: the seat is locked")
        if not self._tiles.isVisible() or window.isMinimized() or handle is None or not handle.isExposed():
            return tr("Not counted: the wall is not shown")
        if stop is not None and stop.camera_id not in self._host.wall.seen:
            return tr("Not counted: the camera's tile is out of sight")
        return ""

    def _asks_nothing(self) -> bool:
        return self.skip_line.isHidden() and self.finding_line.isHidden()

    # Going from camera to camera.

    @Slot(object)
    def _offer(self, going: Going | None) -> None:
        if going is not None and self.walk is None:
            self._take(going, is_paused=True)

    @Slot(object)
    def _begun(self, going: Going) -> None:
        self._take(going, is_paused=False)

    def _take(self, going: Going, *, is_paused: bool) -> None:
        self.walk, self.is_paused, self.findings = going.walk, is_paused, 0
        self._cameras = {camera.id: camera for camera in going.cameras}
        self._tile, self._at = self._host.wall.chosen, None
        self._looked_at = self._proved_at = self._clock()
        self._host.know(going.cameras)
        self._timer.start()
        if is_paused:
            first = going.walk.now
            self._at = first.place if first is not None else None
        else:
            self._go_on()
        self._show()
        self.changed.emit()

    def _go_on(self) -> None:
        """Turn to the stop that comes next; after the last one the walk is over."""
        assert self.walk is not None
        self._prove()
        self._end_extra()
        self._keep_tile()
        self._seen.stop()
        while (coming := self.walk.now) is not None and coming.camera_id not in self._cameras:
            self.walk = self.walk.lost(coming.place, GONE)
        if coming is None:
            self.end()
            return
        self._at = coming.place
        self._hang()

    def _hang(self) -> None:
        """Hang the stop's camera; one that hangs already stays where it is, under a look of the patrol's own."""
        stop, wall = self.stop, self._host.wall
        if stop is None or self.walk is None or stop.camera_id not in self._cameras:
            return
        self._blind_s = 0.0
        why = Why(PURPOSE, tr("Patrol by plan: {name}", name=self.walk.run.plan_name))
        look = self._host.looks.get(stop.camera_id)
        if stop.camera_id not in wall.seen:
            self._host.hang(wall.into(self._tile, stop.camera_id), why)
        self._turn_to.turn(stop.camera_id, stop.preset, why)
        if look is not None and look.why.purpose != PURPOSE and self._extra is None:
            video = self._host.seat.services.video
            self._tell(video.open_live, partial(self._opened_extra, stop.place), (stop.camera_id,), why.purpose, why.reason)

    def _opened_extra(self, place: int, views: tuple[LiveView, ...]) -> None:
        if place == self._at:
            self._extra = views[0].access_id
        else:
            self._tell(self._host.seat.services.video.close_live, None, (views[0].access_id,))

    def _end_extra(self) -> None:
        if self._extra is not None:
            self._tell(self._host.seat.services.video.close_live, None, (self._extra,))
            self._extra = None

    def _keep_tile(self) -> None:
        """Wherever the officer moved the patrol's tile, it goes on there."""
        stop = self.stop
        place = self._host.wall.place_of(stop.camera_id) if stop is not None and self._extra is None else None
        look = self._host.looks.get(stop.camera_id) if stop is not None else None
        if place is not None and look is not None and look.why.purpose == PURPOSE:
            self._tile = place

    def _clear_tile(self) -> None:
        slot, stop = self._host.wall.slots[self._tile], self.stop
        if slot is not None and stop is not None and slot.camera_id == stop.camera_id:
            self._host.hang(self._host.wall.without(self._tile))

    def _miss(self, stop: PatrolStop) -> None:
        assert self.walk is not None
        self._prove()
        self.walk = self.walk.absent(stop.place)
        self._tell(self._patrols.miss, None, self.walk.run.id, stop.place)
        self._go_on()

    @Slot(str)
    def _skip(self, why: str) -> None:
        stop = self.stop
        if not why.strip():
            self.skip_line.say(tr("Say why the camera is left out"))
        elif self.walk is not None and stop is not None:
            self._prove()
            self.walk = self.walk.passed(stop.place, why.strip())
            self._tell(self._patrols.leave_out, None, self.walk.run.id, stop.place, why)
            self.skip_line.hide()
            self.is_paused = False
            self._go_on()
            self._show()

    # Findings and proofs.

    @Slot(str, str)
    def _find(self, category: str, words: str) -> None:
        if self.walk is not None and self._at is not None:
            finding = Finding(self._key, category, words)
            work, actor = self._host.seat.work, self._host.seat.actor
            work.tell(self, self._patrols.find, self._found, self._not_found, actor, self.walk.run.id, self._at, finding)

    @Slot(object)
    def _found(self, receipt: Receipt) -> None:
        self._key = new_key()
        self.findings += 1
        self.finding_line.forget()
        self.finding_line.hide()
        self._host.seat.said.emit(tr("Reported as case {number}", number=receipt.number))

    @Slot(object)
    def _not_found(self, error: Exception) -> None:
        self._key = new_key()
        if isinstance(error, ConsoleError):
            self.finding_line.say(refusal(error))
        else:
            self._host.seat.work.failed.emit(error)

    def _prove(self) -> None:
        """Send what was seen since the last time."""
        self._proved_at = self._clock()
        sent = {place: int(seconds * 1000) for place, seconds in self._unproven.items() if seconds >= 0.001}
        self._unproven = {}
        if sent and self.walk is not None:
            failed = partial(self._not_proven, sent)
            self._host.seat.work.tell(self, self._patrols.prove, None, failed, self._host.seat.actor, self.walk.run.id, sent)

    def _not_proven(self, sent: dict[int, int], error: Exception) -> None:
        """A store that does not answer now gets it again; a refusal is said."""
        if isinstance(error, Unavailable) and self.walk is not None:
            for place, ms in sent.items():
                self._unproven[place] = self._unproven.get(place, 0.0) + ms / 1000
        else:
            self._say(error)

    @Slot(object)
    def _say_end(self, walk: Walk) -> None:
        words = tr(
            "Patrol {name}: {n} of {all} cameras seen, {s} of {of} s", name=walk.run.plan_name, n=walk.count(SHOWN), all=len(walk.stops),
            s=walk.shown_s, of=walk.planned_s,
        )  # fmt: skip
        self._host.seat.said.emit(words)

    def _show(self) -> None:
        if self.walk is None:
            self.bar.hide()
            return
        hindrance = "" if self.is_paused else self._hindrance()
        if self.is_paused:
            hindrance = tr("Paused, nothing counts")
        elif not hindrance and self._blind_s >= 1.0:
            hindrance = tr("Not counted: no live picture")
        self.bar.show_progress(Progress(self.walk, self.stop, self.camera, self.findings, self.is_paused, hindrance))

    def _forget(self) -> None:
        self._end_extra()
        self.walk, self._at = None, None
        self._timer.stop()
        for line in (self.skip_line, self.finding_line):
            line.hide()
        self._show()
        self.changed.emit()

    def _connect(self) -> None:
        self._tiles.painted.connect(self._painted)
        self.bar.paused.connect(self.pause_or_go_on)
        self.bar.skipped.connect(self.ask_skip)
        self.bar.found.connect(self.ask_finding)
        self.bar.ended.connect(self.end)
        self.skip_line.given.connect(self._skip)
        self.finding_line.given.connect(self._find)

    def _tell(self, operation: object, then: object, *values: object) -> None:
        self._host.seat.work.tell(self, operation, then, self._say, self._host.seat.actor, *values)  # type: ignore[arg-type]

    @Slot(object)
    def _say(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self._host.seat.said.emit(refusal(error))
        else:
            self._host.seat.work.failed.emit(error)
