"""What waits for this officer's decision, in the strip: requests for recordings, and emergencies that want a review.

An emergency sounds and is said at once, wherever the officer is; a press on the strip leads to the page.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from console.domain.paging import Leaf
from console.domain.video_leave import BROKEN, DECIDERS, POLICE, REVIEWERS
from console.domain.video_watch import LeaveRow
from console.ui.base.sound import Sounds
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.strip import Strip


class Asked(QObject):
    """Follows the requests; silent for who decides on nothing."""

    def __init__(self, seat: Seat, strip: Strip, sounds: Sounds, go: Callable[[], None]) -> None:
        """Begin to follow; `go` opens the page."""
        super().__init__(strip)
        self._seat, self._strip, self._sounds = seat, strip, sounds
        self._known: frozenset[int] | None = None
        strip.asked_pressed.connect(lambda: go())
        if seat.services.leaves is not None and seat.actor.holds_any(DECIDERS | POLICE | REVIEWERS):
            seat.work.changed.connect(self._hear)
            self._look()

    @Slot(object)
    def _hear(self, kinds: frozenset[str]) -> None:
        if "video_leave" in kinds:
            self._look()

    def _look(self) -> None:
        assert self._seat.services.leaves is not None
        self._seat.work.ask(self, self._seat.services.leaves.waiting, self._show, self._seat.actor)

    @Slot(object)
    def _show(self, leaf: Leaf[LeaveRow]) -> None:
        broken = [row for row in leaf.rows if row.leave.state == BROKEN]
        asked = leaf.total - len(broken)
        if broken:
            self._strip.set_asked(tr("Emergency playback {n}", n=len(broken)), is_alarm=True)
        else:
            self._strip.set_asked(tr("Recordings asked for {n}", n=asked) if asked else "", is_alarm=False)
        self._tell_new(leaf.rows)

    def _tell_new(self, rows: tuple[LeaveRow, ...]) -> None:
        before, self._known = self._known, frozenset(row.leave.id for row in rows)
        fresh = [row for row in rows if before is not None and row.leave.id not in before]
        for row in fresh:
            if row.leave.state == BROKEN:
                words = tr("{name} plays recordings of case {number} without leave. Review it within 24 h.",
                           name=row.leave.asker, number=row.number)  # fmt: skip
            else:
                words = tr("{name} asks for recordings.", name=row.leave.asker)
            self._seat.said.emit(words)
            self._sounds.once("fault" if row.leave.state == BROKEN else "message")
