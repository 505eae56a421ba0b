"""Recordings from the wall and from the case: asked for, waited for, taken in an emergency, and opened for review."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from console.domain.camera import Camera
from console.domain.case import Case
from console.domain.errors import ConsoleError, Invalid
from console.domain.footage import Footage
from console.domain.limits import CHINA
from console.domain.place import Point
from console.domain.video_leave import BROKEN, PLAYBACK, VideoLeave, Wish
from console.service.recordings import Recordings
from console.service.video_leaves import VideoLeaves
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.wall.available import Available, Found
from console.ui.wall.cameras import digits_of, numbered
from console.ui.wall.host import Host
from console.ui.wall.recorded_card import RecordedCard, Typed
from console.video.wall import EVENT_CAMERAS, chosen_camera

AROUND = timedelta(minutes=30)
MOST = 9  # cameras a review shows on one slider
FOR_CASE, FREE = "V1", "V5"
Review = Callable[[tuple[Footage, ...]], None]


@dataclass(frozen=True)
class Standing:
    """What is known of recordings for a case: the case, the cameras meant, what was asked last, whether an emergency is left.

    `turn` counts the questions: reading threads overtake one another, and an older answer is none.
    """

    turn: int
    case: Case | None
    cameras: tuple[Camera, ...]
    leaves: tuple[VideoLeave, ...]
    may_break: bool

    @property
    def is_broken(self) -> bool:
        """Whether it was taken in an emergency."""
        return any(leave.state == BROKEN for leave in self.leaves)


class Recorded(QObject):
    """Joins the card with the services; `review` opens what may be played."""

    def __init__(self, host: Host, card: RecordedCard, review: Review | None = None) -> None:
        """Nothing is asked yet; without `review` there is leave, and nothing to play it with."""
        super().__init__(card)
        services = host.seat.services
        assert services.leaves is not None and services.recordings is not None
        self._host, self.card, self._review = host, card, review
        self._is_sending = False
        self._seat: Seat = host.seat
        self._leaves: VideoLeaves = services.leaves
        self._recordings: Recordings = services.recordings
        self._standing: Standing | None = None
        self._turn = 0
        self.available = Available(card, self._seat.work, self._find)
        card.wanted.connect(lambda: self._send(self._ask, self._show_asked))
        card.broken.connect(lambda: self._send(self._break, self._show_broken))
        card.played.connect(lambda: self._send(self._open, self._show_open))
        self._seat.work.changed.connect(self._hear)

    def ask_wall(self) -> None:
        """Ask for the cameras that hang for the case in hand, else for the chosen one."""
        wall = self._host.wall
        slots = [slot for slot in wall.slots if slot is not None]
        event = [slot.camera_id for slot in slots if slot.origin == "event"] if self._seat.case_id else []
        chosen = chosen_camera(wall)
        ids = event if event and (chosen is None or chosen in event) else [chosen] if chosen is not None else []
        self._begin(tuple(dict.fromkeys(ids))[:MOST], self._seat.case_id)

    @Slot(int)
    def ask_case(self, case_id: int) -> None:
        """Ask for the cameras that tell most about a case (Ctrl+F6)."""
        self._begin((), case_id)

    def _begin(self, ids: Collection[int], case_id: int) -> None:
        self._turn += 1
        self._seat.work.ask(self, self._stand, self._show_first, self._turn, case_id, ids, failed=self._fail)

    # In a reading thread.

    def _stand(self, turn: int, case_id: int, ids: Collection[int]) -> Standing:
        ask, actor = self._seat.services.ask, self._seat.actor
        case = ask.case(actor, case_id) if case_id else None
        leaves = self._leaves.newest(actor, case_id or None)
        now = self._seat.services.clock.now()
        kept = frozenset(one for leave in leaves if _is_kept(leave, now) for one in leave.cameras)
        wanted = kept if kept.issuperset(ids) else frozenset(ids)
        walls = self._seat.services.walls
        cameras = walls.cameras(actor, wanted) if walls is not None and wanted else ()
        if not cameras and case is not None and case.lon is not None and case.lat is not None:
            around = ask.outlook.around(actor, Point(case.lon, case.lat), EVENT_CAMERAS, {})
            cameras = tuple(one.camera for one in around)
        may_break = bool(case_id) and self._leaves.may_break_glass(actor, case_id)
        return Standing(turn, case, cameras, leaves if wanted == kept else (), may_break)

    def _wish(self, typed: Typed) -> Wish:
        cameras = tuple(self._camera(number).id for number in typed.numbers)
        case = self._standing.case if self._standing is not None else None
        return Wish(
            cameras, typed.starts_at, typed.ends_at, typed.purpose, typed.reason, case.id if case is not None else None, typed.relation,
            typed.is_identity_seen, typed.letter,
        )  # fmt: skip

    def _camera(self, number: str) -> Camera:
        found = self._seat.services.ask.cameras(self._seat.actor, number)
        exact = tuple(one for one in found if one.code == number) or numbered(found, number.lstrip("C"))
        if len(exact) != 1:
            raise Invalid("cameras", "no_such_number" if not exact else "several_cameras", value=number[:20])
        return exact[0]

    def _find(self, typed: Typed) -> Found:
        cameras = tuple(self._camera(number) for number in typed.numbers[:MOST])
        ids = tuple(camera.id for camera in cameras)
        return cameras, self._recordings.find(self._seat.actor, ids, typed.starts_at, typed.ends_at)

    def _ask(self, typed: Typed) -> object:
        return self._leaves.ask(self._seat.actor, PLAYBACK, self._wish(typed))

    def _break(self, typed: Typed) -> tuple[Footage, ...]:
        self._leaves.break_glass(self._seat.actor, self._wish(typed))
        return self._open(typed)

    def _open(self, typed: Typed) -> tuple[Footage, ...]:
        wish = self._wish(typed)
        return self._recordings.open(
            self._seat.actor, wish.cameras, wish.starts_at, wish.ends_at, purpose=wish.purpose, reason=wish.reason, case_id=wish.case_id,
        )  # fmt: skip

    # On the screen.

    def _send(self, act: Callable[[Typed], object], then: Callable[[object], None]) -> None:
        if self._is_sending:
            return  # a second press of a slow button means the first
        try:
            typed = self.card.typed
        except Invalid as wrong:
            self._fail(wrong)
            return
        self.card.say(tr("One moment …"))
        self._is_sending = True
        self._seat.work.ask(self, act, partial(self._sent, then), typed, failed=self._fail)

    def _sent(self, then: Callable[[object], None], answer: object) -> None:
        self._is_sending = False
        then(answer)

    @Slot(object)
    def _show_first(self, standing: Standing) -> None:
        if standing.turn < self._turn:
            return
        self.card.fill(_title(standing), self._first(standing))
        self._show(standing)
        self.card.open()

    @Slot(object)
    def _show(self, standing: Standing) -> None:
        if standing.turn < self._turn:
            return
        self._standing = standing
        now = self._seat.services.clock.now()
        live = [leave for leave in standing.leaves if leave.is_live(now)]
        waits = any(leave.state == "asked" for leave in standing.leaves)
        lines = [_state(leave, now) for leave in standing.leaves]
        has_player = self._review is not None
        badge = "alarm" if standing.is_broken else "amber" if waits else ""
        self.card.say(tr(" · ").join(lines), badge=badge if lines else "")
        self.card.offer(asks=not waits, plays=bool(live) and has_player, breaks=standing.may_break and has_player and not live)

    @Slot(object)
    def _show_asked(self, _made: object) -> None:
        self._look_again()

    @Slot(object)
    def _show_broken(self, parts: tuple[Footage, ...]) -> None:
        self._look_again()
        self._show_open(parts)

    @Slot(object)
    def _show_open(self, parts: tuple[Footage, ...]) -> None:
        missing = {code.lstrip("C") for code in self.card.typed.numbers} - {digits_of(part.camera.code) for part in parts}
        self._look_again()
        if missing:
            self._seat.said.emit(tr("No recording of {cameras} in this time.", cameras=tr(", ").join(sorted(missing))))
        if self._review is not None:
            self.card.hide()
            self._review(parts)

    @Slot(object)
    def _hear(self, kinds: frozenset[str]) -> None:
        if "video_leave" in kinds and self._standing is not None:
            self._look_again()

    def _look_again(self) -> None:
        if self.card.isHidden():
            return
        case = self._standing.case if self._standing is not None else None
        self._turn += 1
        self._seat.work.ask(self, self._stand, self._show, self._turn, case.id if case is not None else 0, (), failed=self._fail)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._is_sending = False
        if isinstance(error, ConsoleError):
            self.card.say(refusal(error), badge="amber")
            if not self.card.isVisible():
                self._seat.said.emit(refusal(error))
        else:
            self._seat.work.failed.emit(error)

    def _first(self, standing: Standing) -> Typed:
        """What was granted or asked last, so that it opens as it was given; else the half hours round the case, prefilled."""
        now = self._seat.services.clock.now()
        codes = tuple(camera.code for camera in standing.cameras)
        kept = [leave for leave in standing.leaves if _is_kept(leave, now)]
        if kept:
            return _typed(kept[0], codes)
        case = standing.case
        at = now if case is None else case.occurred_at or case.reported_at
        typed = Typed(codes, at - AROUND, at + AROUND, FREE, "")
        if case is None:
            return replace(typed, starts_at=now - AROUND, ends_at=now)
        return replace(typed, purpose=FOR_CASE, reason=tr("Case {number}", number=case.number))


def recorded_of(host: Host, tiles: QWidget, review: Review | None) -> Recorded | None:
    """Recordings for a wall over its tiles; none where no service gives any."""
    services = host.seat.services
    if services.leaves is None or services.recordings is None:
        return None
    card, least = RecordedCard(services.codes.video_purposes, tiles.parentWidget()), tiles.minimumHeight()
    card.came.connect(lambda: tiles.setMinimumHeight(0))  # in a low wall the card needs the room more
    card.left.connect(lambda: tiles.setMinimumHeight(least))
    card.left.connect(tiles.setFocus)
    return Recorded(host, card, review)


def _is_kept(leave: VideoLeave, now: datetime) -> bool:
    return leave.is_live(now) or leave.state == "asked"


def _typed(leave: VideoLeave, codes: tuple[str, ...]) -> Typed:
    assert leave.starts_at is not None and leave.ends_at is not None
    return Typed(
        codes, leave.starts_at, leave.ends_at, leave.purpose, leave.reason, leave.relation, bool(leave.relation), leave.letter,
    )  # fmt: skip


def _title(standing: Standing) -> str:
    if standing.case is None:
        return tr("Recordings")
    return tr("Recordings for case {number}", number=standing.case.number)


def _state(leave: VideoLeave, now: datetime) -> str:
    """How a request fares, in words."""
    until = _clock(leave.valid_until)
    if leave.state == "asked":
        who = tr("the police liaison") if leave.is_police else tr("the approver or director")
        return tr("Asked at {time}; {who} decides", time=_clock(leave.asked_at), who=who)
    if leave.state == "refused":
        return tr("Refused by {name} at {time}", name=leave.decider, time=_clock(leave.decided_at))
    if not leave.is_live(now):
        return tr("The leave ended at {time}", time=until)
    if leave.state == BROKEN:
        return tr("Emergency playback until {time}; the director reviews it", time=until)
    return tr("Granted by {name} until {time}", name=leave.decider, time=until)


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}" if at is not None else ""
