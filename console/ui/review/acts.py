"""What an officer does with what a review shows: a picture, a mark, a clip into the case; at the end the looks are over."""

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from console.domain.errors import ConsoleError
from console.domain.footage import Footage
from console.domain.limits import CHINA
from console.domain.sighting import Seen, Sighting
from console.service.stills import Kept, Picture
from console.ui.base.words import refusal, tr
from console.ui.review.deck import Deck
from console.ui.review.opening import Review
from console.ui.review.pictures import Pictures
from console.ui.seat import Seat
from console.ui.wall.stamp import stamped
from console.video.player import Player

WITHIN_S = 5.0


class ReviewActs(QObject):
    """Carries acts to the services, and says what became of them."""

    said = Signal(str)

    def __init__(self, seat: Seat, review: Review, deck: Deck, pictures: Pictures, parent: QObject) -> None:
        """Make it for one review."""
        super().__init__(parent)
        self._seat, self._review, self._deck, self._pictures = seat, review, deck, pictures
        self._held: tuple[Footage, datetime] | None = None

    def shoot(self) -> None:
        """Keep the chosen camera's picture: in the case, or as a file."""
        piece, stills = self._piece(), self._seat.services.stills
        if piece is None or stills is None:
            return
        at = self._instant()
        who = self._seat.actor
        camera = piece.camera
        lines = (
            tr("{code}  {name}  recorded {time}", code=camera.code, name=camera.name, time=f"{at:%Y-%m-%d %H:%M:%S}"),
            f"{who.name}  {who.seat}  {self._review.why}",
        )
        self._seat.work.ask(self, _picture, partial(self._keep, piece), self._pictures.reel.player, lines, failed=self._fail)

    def can_mark(self) -> bool:
        """Whether something can be marked here; says why not."""
        if self._seat.services.sightings is None or self._piece() is None:
            return False
        if not self._review.case_id:
            self.said.emit(tr("Take the case in hand first: a mark belongs to a case"))
            return False
        return True

    def hold(self, at: datetime) -> None:
        """Note the instant that is to be marked, while its way is asked for."""
        piece = self._piece()
        self._held = (piece, at) if piece is not None else None

    @Slot(object, str)
    def mark(self, heading: float | None, words: str) -> None:
        """Keep a mark at the instant that was noted."""
        held, self._held = self._held, None
        sightings, case_id = self._seat.services.sightings, self._review.case_id
        if held is None or sightings is None or case_id is None:
            return
        piece, at = held
        seen = Seen(at, heading, words)
        self._seat.work.tell(self, sightings.mark, self._marked, self._fail, self._seat.actor, piece.access_id, case_id, seen)

    def clip(self) -> None:
        """Ask whether the part between the marks of the chosen camera is to be kept in the case."""
        part, ask, case_id = self._deck.playhead.part, self._review.clip, self._review.case_id
        if self._review.is_kept:
            self.said.emit(tr("This is a clip of the case already"))
        elif ask is None or not case_id:
            self.said.emit(tr("Take the case in hand first: a clip belongs to a case"))
        elif part is None:
            self.said.emit(tr("Mark where the clip begins (I) and ends (O) first"))
        else:
            line = self._deck.timeline
            ask(self._pictures.reel.track.pieces, line.instant(part[0]), line.instant(part[1]), case_id)

    def end(self) -> None:
        """The looks are over."""
        if self._review.close is not None and self._review.ending:
            self._seat.work.tell(self, self._review.close, None, None, self._seat.actor, tuple(sorted(self._review.ending)))

    def _instant(self) -> datetime:
        return self._deck.noted_at(self._pictures.reel).astimezone(CHINA)

    def _piece(self) -> Footage | None:
        reel = self._pictures.reel
        if reel.piece is None or reel.playing.phase not in ("shown", "ended", "stalled"):
            self.said.emit(tr("Choose a camera with a picture first"))
            return None
        return reel.piece

    @Slot(object)
    def _keep(self, piece: Footage, picture: Picture) -> None:
        stills = self._seat.services.stills
        if stills is not None:
            then = partial(self._kept, piece)
            self._seat.work.tell(
                self, stills.keep, then, self._fail, self._seat.actor, piece.access_id, picture, self._review.case_id
            )

    def _kept(self, piece: Footage, kept: Kept) -> None:
        size, code = f"{kept.still.width}×{kept.still.height}", piece.camera.code
        if kept.path is not None:
            self.said.emit(tr("Picture of {code} ({size}) is in {path}", code=code, size=size, path=str(kept.path)))
        else:
            self.said.emit(tr("Picture of {code} ({size}) is in case {number}", code=code, size=size, number=kept.case_number))

    @Slot(object)
    def _marked(self, made: Sighting) -> None:
        time = f"{made.at.astimezone(CHINA):%H:%M:%S}"
        self.said.emit(tr("Marked: seen on {code} at {time}; the wall proposes the next cameras", code=made.code, time=time))
        self._seat.marked.emit(made)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.said.emit(refusal(error))
        else:
            self._seat.work.failed.emit(error)


def _picture(player: Player, lines: tuple[str, ...]) -> Picture:  # in a reading thread
    with tempfile.TemporaryDirectory() as folder:
        return stamped(player.snapshot(Path(folder) / "still.png").result(WITHIN_S), lines)
