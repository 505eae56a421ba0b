"""Tells a director or supervisor of plates that wait for his note: when he sits down, and when one is hung up (CT-12)."""

from PySide6.QtCore import QObject, Slot

from console.domain.paging import Leaf
from console.service.supervision import TOLD_ROLES, Plate
from console.ui.base.words import tr
from console.ui.seat import Seat


class PlatesTold(QObject):
    """Asks how many wait and says so when there are more than before; silent for everybody else."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        """Make it; it asks when it is told to, and after every news of plates."""
        super().__init__(parent)
        self._seat = seat
        self._waiting = 0
        if seat.actor.holds_any(TOLD_ROLES):
            seat.work.changed.connect(self._hear)

    def refresh(self) -> None:
        """Ask how many wait."""
        if self._seat.actor.holds_any(TOLD_ROLES):
            self._seat.work.ask(self, self._seat.services.supervisions.to_note, self._show, self._seat.actor)

    @Slot(object)
    def _hear(self, kinds: frozenset[str]) -> None:
        if "supervision" in kinds:
            self.refresh()

    def _show(self, leaf: Leaf[Plate]) -> None:
        before, self._waiting = self._waiting, leaf.total
        if leaf.total > before:
            self._seat.said.emit(tr("{n} red or black plates wait for your note: Ctrl+7, Plates.", n=leaf.total))
