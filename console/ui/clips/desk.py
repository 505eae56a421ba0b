"""What may be done with the clips of the case in hand: looking, holding, taking out. It carries words to the services and back."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.approval import ExportRecord
from console.domain.clip import ClipRow, ClipWish, VideoClip
from console.domain.errors import ConsoleError
from console.domain.footage import Footage
from console.domain.people import Actor
from console.domain.redaction import Clear
from console.service.clip_exports import Asked, Standing
from console.service.clips import Clips
from console.ui.base.card import Card
from console.ui.base.words import refusal, tr
from console.ui.clips.export_form import ExportForm
from console.ui.clips.lines import HoldLine, LookLine
from console.ui.seat import Seat


class ClipDesk(QWidget):
    """The lines and the form for clips, none of them visible until one is asked for."""

    left = Signal()
    changed = Signal()  # a clip was held or let go

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._seat = seat
        self.look, self.hold, self.export = LookLine(), HoldLine(), ExportForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.look, self.hold, self.export):
            column.addWidget(part)
            part.left.connect(self._leave)
        self.look.asked.connect(self._open)
        self.hold.held.connect(self._hold)
        self.hold.lifted.connect(self._lift)
        self.export.asked.connect(self._ask)
        self.export.written.connect(self._write)
        self.export.covering.connect(self._cover)
        self.hide()

    @Slot(str, object)
    def wish(self, action: str, rows: tuple[ClipRow, ...]) -> None:
        """Begin with one thing for a clip; several are looked at side by side, on one line of true time."""
        self.close_all()
        row = rows[0]
        if action == "look":
            self._show(self.look)
            self.look.ask(rows)
        elif action == "hold":
            self._show(self.hold)
            self.hold.ask(row, self._seat.services.clock.now())
        elif self._seat.services.clip_exports is not None:
            exports = self._seat.services.clip_exports
            self._seat.work.ask(self, exports.standing, self._open_form, self._seat.actor, row.clip.id, failed=self._refused)

    def follow(self, case_id: int) -> None:
        """Another case is in hand; a file that is being written goes on."""
        row = self.export.row
        if not self.export.progress.is_running or row is None or row.clip.case_id != case_id:
            self.close_all()

    def close_all(self) -> None:
        """Put everything away."""
        for part in (self.look, self.hold, self.export):
            part.hide()

    def _show(self, part: QWidget) -> None:
        self.show()
        part.show()

    @Slot()
    def _leave(self) -> None:
        if all(part.isHidden() for part in (self.look, self.hold, self.export)):
            self.hide()
            self.left.emit()

    # Looking.

    @Slot(object, str)
    def _open(self, rows: tuple[ClipRow, ...], reason: str) -> None:
        clips = self._seat.services.clips
        if clips is not None:
            ids = tuple(row.clip.id for row in rows)
            self._seat.work.labour(self, _open_all, self._opened, self._not_opened, clips, self._seat.actor, ids, reason)

    def _opened(self, footage: tuple[Footage, ...]) -> None:
        self.look.hide()
        self._seat.reviewed.emit(footage)

    def _not_opened(self, error: Exception) -> None:
        self._say(self.look, error)

    # Holding.

    @Slot(object, str, object)
    def _hold(self, row: ClipRow, reason: str, until: object) -> None:
        holds = self._seat.services.clip_holds
        if holds is not None:
            self._seat.work.tell(
                self, holds.place, self._held, self._not_held, self._seat.actor, row.clip.id, row.clip.version, reason, until
            )

    @Slot(object, str)
    def _lift(self, row: ClipRow, reason: str) -> None:
        holds = self._seat.services.clip_holds
        if holds is not None:
            self._seat.work.tell(self, holds.lift, self._held, self._not_held, self._seat.actor, row.clip.id, row.clip.version, reason)

    def _held(self, _clip: VideoClip) -> None:
        self.hold.hide()
        self.changed.emit()

    def _not_held(self, error: Exception) -> None:
        self._say(self.hold, error)

    def _say(self, card: Card, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            card.say(refusal(error))
        else:
            self._seat.work.failed.emit(error)

    # Taking out.

    def _open_form(self, standing: Standing) -> None:
        self._show(self.export)
        self.export.open(standing)

    @Slot(object)
    def _ask(self, request: ClipWish) -> None:
        exports, row = self._seat.services.clip_exports, self.export.row
        if exports is not None and row is not None:
            self._seat.work.tell(self, exports.ask, self._asked, self._refused, self._seat.actor, row.clip.id, request)

    def _asked(self, _asked: Asked) -> None:
        self.export.tell(tr("Asked. The approver or director decides at another seat; then the file is written here."))
        self._look_again()

    @Slot(object)
    def _write(self, asked: Asked, clear: tuple[Clear, ...] = ()) -> None:
        exports, request = self._seat.services.clip_exports, asked.request
        if exports is not None and not self.export.progress.is_running:
            watch = self.export.progress.begin(tr("Burning the watermark in"))
            self._seat.work.labour(self, exports.export, self._written, self._refused, self._seat.actor, request.id, watch, clear)

    @Slot(object)
    def _cover(self, asked: Asked) -> None:
        """Look at the clip under its cover first: what may be seen of it is opened there, part by part."""
        clips, request = self._seat.services.clips, asked.request
        if clips is not None and not self.export.progress.is_running:
            self._seat.work.labour(
                self, clips.open, partial(self._covered, asked), self._refused, self._seat.actor, request.clip_id, request.basis
            )

    def _covered(self, asked: Asked, footage: Footage) -> None:
        period = (asked.request.starts_at, asked.request.ends_at)
        self._seat.covering.emit((replace(footage, is_covered=True),), period, partial(self._write, asked))

    def _written(self, written: tuple[ExportRecord, Path]) -> None:
        record, path = written
        self.export.progress.end()
        words = tr("The file is {path}, SHA-256 {sha}", path=str(path), sha=record.sha256)
        self.export.tell(words)
        if self.export.isHidden():  # another case is in hand meanwhile
            self._seat.said.emit(words)
        self._look_again()

    def _look_again(self) -> None:
        exports, row = self._seat.services.clip_exports, self.export.row
        if exports is not None and row is not None:
            self._seat.work.ask(self, exports.standing, self._show_standing, self._seat.actor, row.clip.id, failed=self._refused)

    def _show_standing(self, standing: Standing) -> None:
        self.export.show_asked(standing.asked)

    def _refused(self, error: Exception) -> None:
        self.export.progress.end()
        if not isinstance(error, ConsoleError):
            self._seat.work.failed.emit(error)
        elif self.export.isHidden():
            self._seat.said.emit(refusal(error))
            self.left.emit()
        else:
            self.export.say(refusal(error), error.field)

    def refresh(self) -> None:
        """Somebody has decided, maybe: look how what was asked stands."""
        if not self.export.isHidden():
            self._look_again()


def _open_all(clips: Clips, actor: Actor, ids: tuple[int, ...], reason: str) -> tuple[Footage, ...]:  # in a thread of its own
    """All of them, or none: what was opened before one that cannot be is closed again."""
    found: list[Footage] = []
    try:
        for clip_id in ids:
            found.append(clips.open(actor, clip_id, reason))
    except ConsoleError:
        for footage in found:
            clips.close(actor, footage.access_id)
        raise
    return tuple(found)
