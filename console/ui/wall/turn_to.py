"""Sending a camera to a preset because its turn has come, in a patrol or a carousel; what cannot be done is said once, not per turn."""

from functools import partial

from PySide6.QtCore import QObject

from console.domain.errors import ConsoleError
from console.service.ptz import Purpose
from console.ui.base.words import refusal, tr
from console.ui.wall.host import Host
from console.ui.wall.looks import Why


class TurnTo(QObject):
    """Turns cameras for who goes round; whoever holds a camera keeps it."""

    def __init__(self, host: Host, parent: QObject) -> None:
        """Nothing has been refused yet."""
        super().__init__(parent)
        self._host = host
        self._told: set[tuple[int, str, str]] = set()

    def turn(self, camera_id: int, preset: str, why: Why) -> None:
        """Send a camera to a preset; nothing to do without one, or at a seat that turns none."""
        seat = self._host.seat
        ptz = seat.services.ptz
        if preset and ptz is not None:
            failed = partial(self._refused, camera_id, preset)
            purpose = Purpose(why.purpose, why.reason, why.case_id)
            seat.work.ask(self, ptz.turn_to, self._turned, seat.actor, camera_id, preset, purpose, failed=failed)

    def _turned(self, _nothing: None) -> None:
        """The picture shows it."""

    def _refused(self, camera_id: int, preset: str, error: Exception) -> None:
        seat = self._host.seat
        if not isinstance(error, ConsoleError):
            seat.work.failed.emit(error)
        elif (told := (camera_id, preset, error.code)) not in self._told:
            self._told.add(told)
            seat.said.emit(tr("Preset {name} not reached: {why}", name=preset, why=refusal(error)))
