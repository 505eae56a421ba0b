"""How a case looks as a line of the queue: words, running limit, lamp, marks. Nothing is asked here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import INTAKE
from console.domain.codes import Codes
from console.domain.limits import lamp
from console.domain.rows import InboxCounts, InboxRow
from console.service.ask import Inbox
from console.ui.base.rows import Line, LinePainter
from console.ui.base.spans import left, moment
from console.ui.base.text import one_line
from console.ui.base.words import language, tr
from console.ui.wording import FLAGS, title_of

MOST = 500  # what one question of the queue answers
LATE_LAMPS = ("R", "K")


@dataclass(frozen=True)
class Counted:
    """The queue as one filter (`only`) shows it, and the figures over it."""

    only: str
    rows: tuple[InboxRow, ...]
    counts: InboxCounts
    soon: int
    overdue: int
    is_cut: bool


def is_unacked(row: InboxRow) -> bool:
    """Whether nobody has taken note of the case."""
    return row.state == INTAKE and not row.acked


def lamp_of(row: InboxRow, now: datetime, codes: Codes) -> str:
    """The CT-11 lamp of the limit that runs now; G when none runs."""
    status = codes.statuses.get(row.state)
    if row.due is None or status is None or not status.timer:
        return "G"
    return lamp(row.due, now, codes.stage_limit(status.timer, row.category, row.priority), codes.calendar)


def count(inbox: Inbox, now: datetime, codes: Codes, only: str) -> Counted:
    """Sort the queue by lamps and keep what the filter wants; 500 lamps take a while, so not on the screen's thread."""
    lamps = [lamp_of(row, now, codes) for row in inbox.rows]
    wanted = {"soon": ("Y",), "overdue": LATE_LAMPS}.get(only)
    rows = inbox.rows if wanted is None else tuple(row for row, code in zip(inbox.rows, lamps, strict=True) if code in wanted)
    soon, overdue = lamps.count("Y"), sum(lamps.count(code) for code in LATE_LAMPS)
    return Counted(only, rows, inbox.counts, soon, overdue, len(inbox.rows) >= MOST)


def state_words(row: InboxRow, codes: Codes) -> str:
    """How far the case is: unacknowledged, acknowledged, then CT-09."""
    if row.state == INTAKE:
        return tr("acked") if row.acked else tr("unacked")
    status = codes.statuses.get(row.state)
    return status.named(language()) if status is not None else row.state


def place_words(row: InboxRow) -> str:
    """Marks first, because the end of the line is what gets cut, then the address."""
    marks = tr(", ").join(tr(FLAGS[flag][0]) if flag in FLAGS else flag for flag in row.flags)
    place = one_line(row.address) or (tr("grid {code}", code=row.grid) if row.grid else tr("no address given"))
    return tr("[{marks}] {place}", marks=marks, place=place) if marks else place


class QueuePainter(LinePainter[InboxRow]):
    """Paints cases as lines of the queue at the present moment."""

    def __init__(self, codes: Callable[[], Codes], now: Callable[[], datetime]) -> None:
        """Make the painter; `codes` and `now` are asked at every paint, so names and clocks are those of the moment."""
        super().__init__(self.line)
        self._codes = codes
        self._now = now

    def line(self, row: InboxRow) -> Line:
        """The row as it reads now."""
        now, codes = self._now(), self._codes()
        clock = left(row.due, now) if row.due is not None else "—"
        return Line(
            row.priority, moment(row.reported_at, now), title_of(row.title, row.category, codes), place_words(row),
            state_words(row, codes), clock, lamp_of(row, now, codes), is_unacked(row),
        )  # fmt: skip

    def is_unacked(self, row: InboxRow) -> bool:
        """Whether its marker flashes; asked for every row of the queue, so without lamps."""
        return is_unacked(row)

    def spoken(self, row: InboxRow) -> str:
        """The line as words, with a sentence for every mark."""
        said = [super().spoken(row), *(tr(FLAGS[flag][1]) for flag in row.flags if flag in FLAGS)]
        return "\n".join([row.number, *said])
