"""The last minute of a case's cameras (the same key again): from recorders where they have it, else from what this console keeps."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot

from console.domain.camera import Camera
from console.domain.errors import ConsoleError, Unavailable
from console.domain.footage import Footage
from console.ui.base.words import refusal, tr
from console.ui.review.desk import ReviewDesk
from console.ui.review.opening import Close, Review
from console.ui.seat import Seat
from console.ui.wall.case_wall import CaseWall
from console.ui.wall.looks import Looks

AT_ONCE = 4  # each is cut and read by a process of its own
BACK, KEPT = timedelta(seconds=60), timedelta(seconds=90)


@dataclass(frozen=True)
class Asked:
    """A case and its cameras, each with the access row of the live look through it."""

    case_id: int
    words: str
    looks: tuple[tuple[Camera, int], ...]


Opened = Callable[[Asked, datetime, datetime], Sequence[Footage]]  # what recorders have, under the case's leave
Kept = Callable[[Camera, int], Footage | None]  # what this console kept of a camera that is looked through, under a row of its own


class Minute(QObject):
    """Shows a case's cameras at T − 60 s on one slider."""

    def __init__(self, seat: Seat, desk: ReviewDesk, opened: Opened, kept: Kept, close: Close) -> None:
        """Nothing is shown; both sources are asked in a reading thread, for each may take seconds."""
        super().__init__(desk)
        self._seat, self._desk, self._opened, self._kept, self._close = seat, desk, opened, kept, close

    @property
    def is_shown(self) -> bool:
        """Whether a review stands open."""
        return self._desk.window is not None

    def follow(self, case_wall: CaseWall, looks: Looks) -> None:
        """Let the case wall's key, pressed again, come here with the cameras that hang and their live looks."""

        def again(case_id: int, words: str, cameras: tuple[int, ...]) -> None:
            found = (looks.get(camera) for camera in cameras)
            live = tuple((look.camera, look.view.access_id) for look in found if look is not None and look.view is not None)
            self.bring(Asked(case_id, words, live))

        case_wall.again = again

    def bring(self, asked: Asked) -> None:
        """Show the cameras a minute ago, or the live wall again."""
        if self.is_shown:
            self._desk.leave()
        else:
            self._seat.said.emit(tr("Looking for the last minute of these cameras …"))
            self._seat.work.ask(self, self._find, self._show, asked, failed=self._fail)

    def _find(self, asked: Asked) -> Review:  # in a reading thread
        now = self._seat.services.clock.now()
        try:
            recorded = tuple(self._opened(asked, now - KEPT, now))
        except ConsoleError:
            recorded = ()  # no leave, or no recorder: what this console kept needs neither
        there = {piece.camera.id for piece in recorded}
        with ThreadPoolExecutor(AT_ONCE) as hands:
            own = list(hands.map(lambda look: self._kept(*look), (look for look in asked.looks if look[0].id not in there)))
        footage = (*recorded, *(piece for piece in own if piece is not None))
        if not footage:
            raise Unavailable("no_last_minute")
        ending = frozenset(piece.access_id for piece in footage)  # the live looks go on
        return Review(footage, asked.words, asked.case_id, now - BACK, ending, self._close)

    @Slot(object)
    def _show(self, review: Review) -> None:
        self._desk.show(review)
        self._seat.said.emit(tr("The case's cameras a minute ago; F6 goes back to live"))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self._seat.said.emit(refusal(error))
        else:
            self._seat.work.failed.emit(error)
