"""What recorders have of the cameras and the time in the card of recordings, told before anybody asks for leave."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot

from console.domain.camera import Camera
from console.domain.errors import ConsoleError, Invalid
from console.domain.footage import Stretch
from console.domain.limits import CHINA
from console.ui.base.words import refusal, tr
from console.ui.base.work import Work
from console.ui.wall.recorded_card import RecordedCard, Typed

PAUSE_MS = 400  # after the last letter typed
MOST_PARTS = 3  # of a camera
Found = tuple[tuple[Camera, ...], tuple[Stretch, ...]]


class Available(QObject):
    """Asks again whenever cameras or time change; one question at a time, for a recorder may take seconds."""

    def __init__(self, card: RecordedCard, work: Work, find: Callable[[Typed], Found]) -> None:
        """`find` looks for it in a thread of its own."""
        super().__init__(card)
        self._card, self._work, self._find = card, work, find
        self._is_asking, self._asks_again = False, False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        for field in (card.cameras, card.first, card.last):
            field.textChanged.connect(lambda _: self._pause.start())

    @Slot()
    def _ask(self) -> None:
        if self._is_asking:
            self._asks_again = True
            return
        try:
            typed = self._card.typed
        except Invalid:
            typed = None  # somebody is typing; what is wrong is said when it is sent
        if typed is None or not typed.numbers or typed.ends_at <= typed.starts_at:
            self._card.tell("")
            return
        self._is_asking = True
        self._work.labour(self, self._find, lambda found: self._show(typed, found), self._fail, typed)

    def _show(self, typed: Typed, found: Found) -> None:
        if not self._is_outdated():
            self._card.tell(words(*found, typed.starts_at, typed.ends_at))

    def _fail(self, error: Exception) -> None:
        if self._is_outdated():
            return
        self._card.tell(refusal(error) if isinstance(error, ConsoleError) and not isinstance(error, Invalid) else "")
        if not isinstance(error, ConsoleError):
            self._work.failed.emit(error)

    def _is_outdated(self) -> bool:
        """Whether the card says something else by now; then it is asked for anew."""
        self._is_asking, again, self._asks_again = False, self._asks_again, False
        if again:
            self._ask()
        return again


def words(cameras: Sequence[Camera], parts: Sequence[Stretch], start: datetime, end: datetime) -> str:
    """Which cameras are recorded when, and which are not."""
    told, bare = [], []
    for camera in cameras:
        mine = [part for part in parts if part.camera_id == camera.id]
        if not mine:
            bare.append(camera.code)
        elif mine[0].starts_at <= start and mine[0].ends_at >= end:
            told.append(camera.code)
        else:
            spans = [*(_span(part) for part in mine[:MOST_PARTS]), *(("…",) if len(mine) > MOST_PARTS else ())]
            told.append(tr("{code} {spans}", code=camera.code, spans=tr(", ").join(spans)))
    recorded = tr("Recorded: {parts}", parts=tr("; ").join(told)) if told else ""
    nothing = tr("Nothing recorded: {cameras}", cameras=tr(", ").join(bare)) if bare else ""
    return tr(" · ").join(filter(None, (recorded, nothing)))


def _span(part: Stretch) -> str:
    return f"{part.starts_at.astimezone(CHINA):%H:%M}–{part.ends_at.astimezone(CHINA):%H:%M}"
