"""Limits, work time, due instants and lamps, all computed; nothing here is stored.

A limit is natural (M, H, ND: the clock on the wall) or work time (WM, WH, WD: only
the hours of the calendar count). Every instant that comes in or goes out is aware;
days and office hours are those of China, which has one zone and no summer time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from typing import Literal

from console.domain.errors import Invalid
from console.domain.words import Words

Unit = Literal["M", "H", "ND", "WM", "WH", "WD"]
LampCode = Literal["G", "Y", "R", "K", "S", "D"]

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
STAGES = ("accept", "verify", "file", "dispatch", "sign", "first", "handle", "check", "close", "evaluate")

_WRITTEN = re.compile(r"([1-9]\d{0,4})(M|H|ND|WM|WH|WD)")
_LENGTH = {"M": timedelta(minutes=1), "H": timedelta(hours=1), "ND": timedelta(days=1),
           "WM": timedelta(minutes=1), "WH": timedelta(hours=1)}
_WORK_UNITS = frozenset({"WM", "WH", "WD"})
_LAST_SECOND = time(23, 59, 59)
_FARTHEST_DAYS = 3700  # a calendar that gives no work day in ten years is broken, not slow


@dataclass(frozen=True)
class Limit:
    """How long something may take: an amount of one unit, as the code tables write it ("4WH")."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def is_work(self) -> bool:
        """Whether only work time counts."""
        return self.unit in _WORK_UNITS


def parse_limit(text: str, field_name: str = "limit") -> Limit:
    """Read a limit such as "30M", "4WH" or "3WD". Raises Invalid for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise Invalid(field_name, "bad_limit", value=text)
    amount, unit = found.groups()
    return Limit(int(amount), unit)


@dataclass(frozen=True)
class StageLimits:
    """How long each stage may take, by priority (handbook 3.3); handling is the category's own limit."""

    rows: Mapping[tuple[str, str], Limit]

    def of(self, stage: str, priority: str) -> Limit:
        """The limit of one stage. Raises Invalid for a stage or priority without a row."""
        try:
            return self.rows[stage, priority]
        except KeyError:
            raise Invalid("stage", "no_stage_limit", stage=stage, priority=priority) from None


@dataclass(frozen=True)
class WorkCalendar:
    """Which hours of which days are work time.

    `weekdays` are ISO numbers (Monday is 1); `off` are work days that are free,
    `worked` free days that are worked instead. Hours are ordered and do not overlap.
    """

    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    hours: tuple[tuple[time, time], ...] = ((time(8, 30), time(12)), (time(14, 30), time(18)))
    off: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)
    _known: dict[date, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        edges = [edge for span in self.hours for edge in span]
        if not edges or edges != sorted(set(edges)):
            raise Invalid("hours", "bad_work_hours", value=", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in self.hours))
        if not self.weekdays or not self.weekdays <= set(range(1, 8)):
            raise Invalid("weekdays", "bad_weekdays", value=sorted(self.weekdays))

    def with_days(self, off: frozenset[date], worked: frozenset[date]) -> "WorkCalendar":
        """The same weekly rule with these exceptions instead."""
        return replace(self, off=off, worked=worked)

    @cached_property
    def day_length(self) -> timedelta:
        """Work time in one work day (7 hours by default)."""
        return sum((_on(date.min, b) - _on(date.min, a) for a, b in self.hours), timedelta())

    def is_workday(self, day: date) -> bool:
        """Whether this day is worked; an exception beats the weekly rule."""
        if day in self.worked:
            return True
        return day.isoweekday() in self.weekdays and day not in self.off

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The stretches of work time in one day, as instants; none on a free day."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = tuple((_on(day, a), _on(day, b)) for a, b in self.hours) if self.is_workday(day) else ()
        return known

    def add(self, start: datetime, length: timedelta) -> datetime:
        """The first instant at which this much work time has passed since `start`."""
        left, day = length, start.astimezone(CHINA).date()
        for _ in range(_FARTHEST_DAYS):
            for opens, closes in self.spans(day):
                begin = max(opens, start)
                if begin < closes and closes - begin >= left:
                    return (begin + left).astimezone(UTC)
                left -= max(closes - begin, timedelta())
            day += timedelta(days=1)
        raise Invalid("calendar", "no_work_days", start=start.isoformat())

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Work time between two instants; zero when `end` is not later."""
        day, last = start.astimezone(CHINA).date(), end.astimezone(CHINA).date()
        total = timedelta()
        while day <= last:
            for opens, closes in self.spans(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += timedelta(days=1)
        return total

    def before(self, end: datetime, length: timedelta) -> datetime:
        """The first instant from which no more than this much work time is left until `end`."""
        left, day, latest = length, end.astimezone(CHINA).date(), end
        for _ in range(_FARTHEST_DAYS):
            for opens, closes in reversed(self.spans(day)):
                stop = min(closes, end)
                if opens < stop:
                    if stop - opens > left:
                        return (stop - left).astimezone(UTC)
                    left -= stop - opens
                    latest = opens
                    if not left:
                        return self._end_before(latest).astimezone(UTC)
            day -= timedelta(days=1)
        raise Invalid("calendar", "no_work_days", start=end.isoformat())

    def _end_before(self, instant: datetime) -> datetime:
        """When the work time before an instant ended: nothing passes between the two."""
        day = instant.astimezone(CHINA).date()
        for _ in range(_FARTHEST_DAYS):
            ends = [closes for _opens, closes in self.spans(day) if closes <= instant]
            if ends:
                return ends[-1]
            day -= timedelta(days=1)
        raise Invalid("calendar", "no_work_days", start=instant.isoformat())

    def day_after(self, start: datetime, workdays: int) -> date:
        """The n-th work day after the day of `start`."""
        day = start.astimezone(CHINA).date()
        for _ in range(_FARTHEST_DAYS):
            day += timedelta(days=1)
            workdays -= self.is_workday(day)
            if workdays == 0:
                return day
        raise Invalid("calendar", "no_work_days", start=start.isoformat())


def due(start: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """The instant a limit ends, in UTC.

    Work hours and minutes count inside the calendar's hours; n work days end with
    the last second of the n-th work day after the start day; natural units run on.
    Source: handbook 3.3.
    """
    start = _aware(start)
    if limit.unit == "WD":
        return _on(calendar.day_after(start, limit.amount), _LAST_SECOND).astimezone(UTC)
    length = _LENGTH[limit.unit] * limit.amount
    return calendar.add(start, length) if limit.is_work else (start + length).astimezone(UTC)


def rework_due(now: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """The new end after a failed check: half the original limit, at least four work hours (handbook T31)."""
    if limit.is_work:
        half_end = calendar.add(_aware(now), _work_length(limit, calendar) / 2)
    else:
        half_end = (_aware(now) + _LENGTH[limit.unit] * limit.amount / 2).astimezone(UTC)
    return max(half_end, due(now, Limit(4, "WH"), calendar))


def lamp(due_at: datetime, now: datetime, limit: Limit, calendar: WorkCalendar, *,
         suspended: bool = False, done: bool = False) -> LampCode:
    """The lamp of a running, suspended or finished stage (CT-11).

    Distances to the due instant are measured in the limit's own time: work time for
    WM, WH and WD, the wall clock for the others. "5 WD" is five days' worth of work
    time. G, Y, R, K follow one another as `now` grows, never backwards.
    """
    if done:
        return "D"
    if suspended:
        return "S"
    due_at, now = _aware(due_at), _aware(now)
    work_day = calendar.day_length
    if limit.is_work:
        length, left, day = _work_length(limit, calendar), calendar.between(now, due_at), work_day
    else:
        length, left, day = _LENGTH[limit.unit] * limit.amount, due_at - now, timedelta(days=1)
    if now < due_at:
        return "Y" if left <= min(length / 3, day) else "G"
    badly = calendar.add(due_at, min(length, 5 * work_day) if limit.is_work else 5 * work_day)
    if not limit.is_work:
        badly = min(badly, due_at + length)
    return "K" if now >= badly else "R"


def edges(due_at: datetime, limit: Limit, calendar: WorkCalendar) -> tuple[datetime, datetime, datetime]:
    """When a stage turns yellow, red and black; `lamp` gives Y, R and K from these instants on."""
    due_at = _aware(due_at)
    if limit.is_work:
        length, five = _work_length(limit, calendar), 5 * calendar.day_length
        yellow = calendar.before(due_at, min(length / 3, calendar.day_length))
        return yellow, due_at, calendar.add(due_at, min(length, five))
    length = _LENGTH[limit.unit] * limit.amount
    black = min(calendar.add(due_at, 5 * calendar.day_length), due_at + length)
    return due_at - min(length / 3, timedelta(days=1)), due_at, black


def next_edge(due_at: datetime, now: datetime, limit: Limit, calendar: WorkCalendar) -> datetime | None:
    """When the lamp of a running stage changes next; None when it is black already."""
    return next((edge for edge in edges(due_at, limit, calendar) if edge > now), None)


def resumed(due_at: datetime, frozen_at: datetime, now: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """The new end of a stage whose clock stood still: the time that was left then is left now (handbook 3.4).

    A limit in work days still ends with the last second of a day. What was overdue stays so by as much.
    """
    if due_at <= frozen_at or not limit.is_work:
        return due_at + (now - frozen_at)
    end = calendar.add(now, calendar.between(frozen_at, due_at))
    return _on(end.astimezone(CHINA).date(), _LAST_SECOND).astimezone(UTC) if limit.unit == "WD" else end


@dataclass(frozen=True)
class Countdown:
    """How far away a due instant is on the wall clock, in whole seconds."""

    is_overdue: bool
    seconds: int

    def text(self, words: Words) -> str:
        """The distance in words with at most two units ("3 h 12 min left"); seconds only below one hour."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        if days:
            units = (("{n} d", days), ("{n} h", hours))
        elif hours:
            units = (("{n} h", hours), ("{n} min", minutes))
        else:
            units = (("{n} min", minutes), ("{n} s", seconds))
        parts = [words(source, n=n) for source, n in units if n] or [words("{n} s", n=0)]
        span = words("{larger} {smaller}", larger=parts[0], smaller=parts[1]) if len(parts) > 1 else parts[0]
        return words("{span} overdue" if self.is_overdue else "{span} left", span=span)


def countdown(due_at: datetime, now: datetime) -> Countdown:
    """How long until a due instant, or how long since; at the instant itself zero seconds overdue."""
    gap = round((_aware(due_at) - _aware(now)).total_seconds())
    return Countdown(gap <= 0, abs(gap))


def _work_length(limit: Limit, calendar: WorkCalendar) -> timedelta:
    return (calendar.day_length if limit.unit == "WD" else _LENGTH[limit.unit]) * limit.amount


def _on(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CHINA)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise Invalid("instant", "naive_instant", value=instant.isoformat())
    return instant
