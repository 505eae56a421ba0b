"""One officer's seat: who sits there, what may be asked and done from it, and the case in hand.

Panels get the seat in their constructor and speak to one another only
through its signals; no panel knows another.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console.domain.clock import Clock
from console.domain.codes import Codes
from console.domain.people import Actor
from console.service.applications import Applications
from console.service.ask import Ask
from console.service.cases import Cases
from console.service.endings import Endings
from console.service.intake import Intake
from console.service.levels import Levels
from console.service.photos import Photos
from console.service.reports import Reports
from console.service.supervision import Supervisions
from console.service.tasks import Tasks
from console.service.video import Video
from console.ui.base.work import Work
from console.video.pool import Pool


@dataclass(frozen=True)
class Services:
    """Everything a seat may ask or do; built once by `app.py`."""

    codes: Codes
    clock: Clock
    ask: Ask
    reports: Reports
    cases: Cases
    tasks: Tasks
    photos: Photos
    video: Video
    pool: Pool
    intake: Intake
    applications: Applications
    supervisions: Supervisions
    levels: Levels
    endings: Endings


class Seat(QObject):
    """The officer's seat. `case_id` is the case in hand, 0 for none."""

    selected = Signal(int)  # another case is in hand (0: none)
    located = Signal(int)  # F7: show this case on the map
    looked = Signal(int)  # F6: nearest cameras of this case to the event tiles
    ordering = Signal(int)  # F5: open the dispatch strip of this case
    said = Signal(str)  # a short line for the message strip

    def __init__(self, actor: Actor, services: Services, work: Work, parent: QObject | None = None) -> None:
        """Seat an officer; nothing is in hand."""
        super().__init__(parent)
        self.actor = actor
        self.services = services
        self.work = work
        self.case_id = 0

    def take(self, case_id: int) -> None:
        """Take a case in hand; every panel that follows the selection hears of it once."""
        if case_id != self.case_id:
            self.case_id = case_id
            self.selected.emit(case_id)
