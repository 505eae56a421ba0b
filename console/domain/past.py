"""What a map showed in past hours: of every case the spells in which its pin looked the same, folded from its journal lines."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from console.domain.case import OPEN_STATES, running
from console.domain.codes import Book
from console.domain.errors import Invalid
from console.domain.journal import Entry
from console.domain.limits import edges
from console.domain.replay import Past, after_each, case_lamp
from console.domain.rows import Pin

LIT = "GYRK"  # the lamp before each edge of a limit, and after the last
LONGEST = timedelta(hours=24)  # a day of a storm is 10,000 cases; more of them at once would be read for minutes


@dataclass(frozen=True)
class Life:
    """A case where it stands on the map, as its row tells today, and its journal lines."""

    case_id: int
    lon: float
    lat: float
    title: str
    lines: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch in which a pin looked the same: from an instant on, until another that is no longer part of it.

    `until` is None when it lasts beyond the hours that were asked for.
    """

    since: datetime
    until: datetime | None
    pin: Pin


@dataclass(frozen=True)
class PastHours:
    """Some hours of the past, both ends part of them, and every spell in them: the most urgent pin first, as on the live map."""

    starts_at: datetime
    ends_at: datetime
    spells: tuple[Spell, ...]


def check_hours(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse hours that cannot be replayed. Raises Invalid: without a zone, upside down, longer than LONGEST, or not over yet."""
    for field, instant in (("starts_at", starts_at), ("ends_at", ends_at)):
        if instant.tzinfo is None:
            raise Invalid(field, "naive_instant", value=instant.isoformat())
    if starts_at >= ends_at:
        raise Invalid("ends_at", "ends_before_start")
    if ends_at - starts_at > LONGEST:
        raise Invalid("starts_at", "past_too_long", hours=LONGEST // timedelta(hours=1))
    if ends_at > now:
        raise Invalid("ends_at", "past_not_over")


def in_order(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Spells as the live map orders pins: by priority, of one priority the newest case first."""
    return tuple(sorted(spells, key=lambda spell: (spell.pin.priority, -spell.pin.id)))


def spells_of(life: Life, book: Book, starts_at: datetime, ends_at: datetime) -> Iterator[Spell]:
    """The spells of one case in some hours; none when it was not open then.

    A lamp turns with the limits in force today: the due instants are the
    journal's, how long before them it turns yellow is the code table's.
    """
    kept: Spell | None = None
    for since, until, past in _stands(life.lines, starts_at, ends_at):
        for begin, end, lamp in _lit(past, book, (since, until), ends_at):
            acked = getattr(past, "acked_at", None) is not None
            pin = Pin(life.case_id, life.lon, life.lat, str(getattr(past, "priority", "")), past.state, acked, life.title, lamp)
            if kept is not None and (kept.until, kept.pin) == (begin, pin):
                kept = Spell(kept.since, end, pin)  # what changed does not show on a map
                continue
            if kept is not None:
                yield kept
            kept = Spell(begin, end, pin)
    if kept is not None:
        yield kept


def _stands(lines: Sequence[Entry], starts_at: datetime, ends_at: datetime) -> Iterator[tuple[datetime, datetime | None, Past]]:
    """From when until when a case was open as each of its lines left it, inside some hours."""
    if not lines:
        return
    told = list(after_each(lines))
    instants = list(accumulate((line.at for line, _ in told), max))  # versions are the order, also where a clock was set back
    for (_, past), at, following in zip(told, instants, (*instants[1:], None), strict=True):
        until = None if following is None or following > ends_at else following
        since = max(at, starts_at)
        if past.state in OPEN_STATES and since <= ends_at and (until is None or since < until):
            yield since, until, past


def _lit(
    past: Past, book: Book, stretch: tuple[datetime, datetime | None], ends_at: datetime
) -> Iterator[tuple[datetime, datetime | None, str]]:
    """The same stretch parted where the lamp of the running limit turns."""
    (since, until), clock = stretch, running(past)
    codes = book.of(int(getattr(past, "owner_centre", 0)))
    if clock is None:
        yield since, until, case_lamp(past, since, codes)
        return
    stage, end = clock
    limit = codes.stage_limit(stage, str(getattr(past, "category", "")), str(getattr(past, "priority", "")))
    turns = edges(end, limit, codes.calendar)
    cuts = [turn for turn in turns if since < turn <= ends_at and (until is None or turn < until)]
    for begin, stop in zip((since, *cuts), (*cuts, until), strict=True):
        yield begin, stop, LIT[bisect_right(turns, begin)]
