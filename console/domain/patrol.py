"""Video patrol as a duty: the plan, a walk along it, and what of it was really seen. Seconds are proven, never assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.codes import ShiftHours
from console.domain.errors import Invalid, Missing
from console.domain.limits import CHINA
from console.domain.saved_wall import DWELL_MAX, DWELL_MIN
from console.domain.texts import check_text

PLANNERS = frozenset({"R14", "R16", "R17"})  # who writes plans: whoever watches, and whoever answers for the watch
LEADERS = frozenset({"R16", "R17"})  # who reads how a shift has patrolled
STOPS_MAX, PRESET_MAX, WHY_MAX = 100, 40, 100
TRIES = 2  # a camera without a picture is tried once more, after all others
OPEN_FOR = timedelta(hours=8)  # a walk that was broken off can be taken up again within a shift
WAITING, SHOWN, SKIPPED, MISSED = "waiting", "shown", "skipped", "missed"
OFFLINE, GONE, ENDED = "offline", "gone", "ended"  # why a camera was missed, where no person said it


@dataclass(frozen=True)
class PlanStop:
    """A camera of a plan, how long it is to be seen, and the preset it is turned to."""

    camera_id: int
    dwell_s: int
    preset: str = ""


@dataclass(frozen=True)
class PatrolPlan:
    """Cameras in their order for one shift (CT-27) of a centre; `stops` as they are stored, `route` as they are meant."""

    id: int
    centre_id: int
    name: str
    shift: str
    stops: tuple[object, ...]
    made_by: int
    at: datetime
    version: int = 1

    @property
    def route(self) -> tuple[PlanStop, ...]:
        """The cameras in their order."""
        return tuple(PlanStop(*stop) for stop in self.stops)  # type: ignore[misc]

    @property
    def planned_s(self) -> int:
        """How long a whole walk takes."""
        return sum(stop.dwell_s for stop in self.route)


@dataclass(frozen=True)
class Shift:
    """A shift of one day: its CT-27 code and its hours."""

    code: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class PatrolRun:
    """Somebody walks along a plan; it belongs to the shift it began in."""

    id: int
    plan_id: int
    centre_id: int
    plan_name: str
    shift: str
    shift_from: datetime
    user_id: int
    user_name: str
    seat: str
    began_at: datetime
    proven_at: datetime
    ended_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class PatrolStop:
    """A camera of a walk: what was planned, the milliseconds it was proven to be seen, and how it ended."""

    id: int
    run_id: int
    place: int
    camera_id: int
    planned_s: int
    preset: str = ""
    shown_ms: int = 0
    state: str = WAITING
    why: str = ""
    tries: int = 0


@dataclass(frozen=True)
class PatrolFinding:
    """A report that was made of what a patrol saw."""

    id: int
    run_id: int
    stop_id: int
    user_id: int
    report_id: int
    case_id: int
    at: datetime


@dataclass(frozen=True)
class Walk:
    """A run and its stops; seat and service both compute what comes next with it."""

    run: PatrolRun
    stops: tuple[PatrolStop, ...]

    @property
    def now(self) -> PatrolStop | None:
        """The stop to be seen now: in order, then those that had no picture; None when the walk is over."""
        return min((stop for stop in self.stops if stop.state == WAITING), key=lambda stop: (stop.tries, stop.place), default=None)

    @property
    def planned_s(self) -> int:
        """How long all of it was to be seen."""
        return sum(stop.planned_s for stop in self.stops)

    @property
    def shown_s(self) -> int:
        """How long all of it was proven to be seen."""
        return sum(stop.shown_ms for stop in self.stops) // 1000

    def count(self, *states: str) -> int:
        """How many stops are in these states."""
        return sum(stop.state in states for stop in self.stops)

    def stop(self, place: int) -> PatrolStop:
        """The stop of a place. Raises Missing."""
        found = next((stop for stop in self.stops if stop.place == place), None)
        if found is None:
            raise Missing("patrol_stop", place)
        return found

    def seen(self, place: int, ms: int) -> "Walk":
        """A camera was seen for so long; it is done once that is as long as planned. What is done stays done."""
        before = self.stop(place)
        shown = before.shown_ms + max(0, ms)
        is_done = before.state == WAITING and shown >= before.planned_s * 1000
        return self._put(replace(before, shown_ms=shown, state=SHOWN if is_done else before.state))

    def passed(self, place: int, why: str) -> "Walk":
        """A camera is left out, for a reason somebody gives."""
        before = self.stop(place)
        return self._put(replace(before, state=SKIPPED, why=why)) if before.state == WAITING else self

    def absent(self, place: int) -> "Walk":
        """A camera had no live picture: it is tried again after the others, the last time it is missed."""
        before = self.stop(place)
        if before.state != WAITING:
            return self
        tries = before.tries + 1
        return self._put(replace(before, tries=tries, state=MISSED if tries >= TRIES else WAITING, why=OFFLINE))

    def lost(self, place: int, why: str) -> "Walk":
        """A camera cannot be seen on this walk."""
        before = self.stop(place)
        return self._put(replace(before, state=MISSED, why=before.why or why)) if before.state == WAITING else self

    def broken_off(self) -> "Walk":
        """Whatever was not seen yet is missed."""
        walk = self
        for stop in self.stops:
            walk = walk.lost(stop.place, ENDED)
        return walk

    def _put(self, new: PatrolStop) -> "Walk":
        return replace(self, stops=tuple(new if stop.place == new.place else stop for stop in self.stops))


@dataclass(frozen=True)
class PatrolLine:
    """A camera in the coverage of a shift; of a plan nobody walked there is no operator and nothing shown."""

    run_id: int
    plan_id: int
    place: int
    centre: str
    plan: str
    operator: str
    began_at: datetime | None
    code: str
    camera: str
    planned_s: int
    shown_ms: int
    state: str
    why: str
    findings: int

    @property
    def shown_s(self) -> int:
        """Whole seconds that were proven."""
        return self.shown_ms // 1000

    @property
    def is_missed(self) -> bool:
        """Whether less was seen than planned."""
        return self.state != SHOWN


@dataclass(frozen=True)
class NamedStop:
    """A stop as somebody types it: a camera's number, how long, perhaps a preset."""

    digits: str
    dwell_s: int
    preset: str = ""


def read_stops(text: str, dwell_s: int) -> tuple[NamedStop, ...]:
    """Stops typed as `301 302:30 305:20@gate`; those without seconds stay `dwell_s`. Raises Invalid for a word that is none."""
    return tuple(_read_stop(word, dwell_s) for word in text.split())


def write_stop(digits: str, stop: PlanStop) -> str:
    """A stop as it is typed."""
    return f"{digits}:{stop.dwell_s}" + (f"@{stop.preset}" if stop.preset else "")


def _read_stop(word: str, dwell_s: int) -> NamedStop:
    number, _, preset = word.partition("@")
    digits, colon, seconds = number.partition(":")
    if not (digits.isascii() and digits.isdigit()) or (colon and not (seconds.isascii() and seconds.isdigit() and len(seconds) < 6)):
        raise Invalid("stops", "patrol_stop_unread", value=word[:20])
    return NamedStop(digits, int(seconds) if colon else dwell_s, preset)


def check_route(route: Sequence[PlanStop]) -> None:
    """Whether these stops may be a plan. Raises Invalid."""
    if not route:
        raise Invalid("stops", "patrol_without_cameras")
    if len(route) > STOPS_MAX:
        raise Invalid("stops", "too_many", count=len(route), most=STOPS_MAX)
    for stop in route:
        if not DWELL_MIN <= stop.dwell_s <= DWELL_MAX:
            raise Invalid("dwell", "dwell_seconds", least=DWELL_MIN, most=DWELL_MAX)
        check_text("preset", stop.preset, PRESET_MAX)


def shift_at(at: datetime, hours: Mapping[str, ShiftHours]) -> Shift:
    """The shift of an instant, by the hours of CT-27 in China; each ends before the next day begins."""
    local = at.astimezone(CHINA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    shifts = [Shift(code, midnight + _since(one.starts), midnight + _since(one.ends)) for code, one in hours.items()]
    return next(shift for shift in shifts if shift.starts <= local < shift.ends)


def _since(clock: str) -> timedelta:
    hour, _, minute = clock.partition(":")
    return timedelta(hours=int(hour), minutes=int(minute))
