"""One officer's seat: who sits there, what may be asked and done from it, and the case in hand.

Panels get the seat in their constructor and speak to one another only
through its signals; no panel knows another.
"""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from console.domain.clock import Clock
from console.domain.codes import Book, Codes
from console.domain.people import Actor
from console.service.administration import Administration
from console.service.applications import Applications
from console.service.ask import Ask
from console.service.basemaps import Basemaps
from console.service.boundaries import Boundaries
from console.service.cases import Cases
from console.service.clip_exports import ClipExports
from console.service.clip_holds import ClipHolds
from console.service.clips import Clips
from console.service.code_changes import CodeChanges
from console.service.code_sheets import CodeSheets
from console.service.code_tables import CodeTables
from console.service.endings import Endings
from console.service.exports import Exports
from console.service.intake import Intake
from console.service.levels import Levels
from console.service.patrols import Patrols
from console.service.photos import Photos
from console.service.plugins import Plugins
from console.service.ptz import Ptz
from console.service.recordings import Recordings
from console.service.reports import Reports
from console.service.retention import Holds
from console.service.sightings import Sightings
from console.service.stills import Stills
from console.service.streams import Streams
from console.service.supervision import Supervisions
from console.service.tasks import Tasks
from console.service.unmask import Unmask
from console.service.video import Video
from console.service.video_leaves import VideoLeaves
from console.service.video_watch import VideoWatch
from console.service.walls import Walls
from console.tiles.link import Links
from console.ui.base.work import Work
from console.video.pool import Pool


@dataclass(frozen=True)
class CodeDesk:
    """What editors of the code tables ask and do."""

    changes: CodeChanges
    tables: CodeTables
    sheets: CodeSheets

    @staticmethod
    def over(changes: CodeChanges) -> "CodeDesk":
        """The desk over the one service that changes tables."""
        tables = CodeTables(changes)
        return CodeDesk(changes, tables, CodeSheets(tables))


@dataclass(frozen=True)
class Services:
    """Everything a seat may ask or do; built once by `app.py`, and given its centre by the seat."""

    book: Book
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
    unmask: Unmask
    exports: Exports
    admin: Administration | None = None  # the administration screen is there when this is
    code_desk: CodeDesk | None = field(default=None, kw_only=True)  # none where nothing is administered
    holds: Holds | None = field(default=None, kw_only=True)  # where cases can be held back from deletion
    stills: Stills | None = field(default=None, kw_only=True)  # pictures are taken where this is
    clips: Clips | None = field(default=None, kw_only=True)  # clips are kept and shown where this is
    clip_exports: ClipExports | None = field(default=None, kw_only=True)
    clip_holds: ClipHolds | None = field(default=None, kw_only=True)
    sightings: Sightings | None = field(default=None, kw_only=True)  # marks on the way are made where this is
    walls: Walls | None = field(default=None, kw_only=True)  # walls are kept where this is
    patrols: Patrols | None = field(default=None, kw_only=True)  # cameras are patrolled where this is
    leaves: VideoLeaves | None = field(default=None, kw_only=True)  # recordings are asked for where this is
    recordings: Recordings | None = field(default=None, kw_only=True)
    video_watch: VideoWatch | None = field(default=None, kw_only=True)  # the registers of video are read where this is
    plugins: Plugins | None = field(default=None, kw_only=True)  # none where no plugin can run
    streams: Streams | None = field(default=None, kw_only=True)
    ptz: Ptz | None = field(default=None, kw_only=True)
    basemaps: Basemaps | None = field(default=None, kw_only=True)  # base maps are chosen where this is
    tiles: Links | None = field(default=None, kw_only=True)  # and their pictures come from these
    boundaries: Boundaries | None = field(default=None, kw_only=True)  # the ground is changed where this is
    centre_id: int = field(default=0, kw_only=True)

    @property
    def codes(self) -> Codes:
        """The code tables of the seat's centre at this instant; ask again at every paint."""
        return self.book.of(self.centre_id)


class Seat(QObject):
    """The officer's seat. `case_id` is the case in hand, 0 for none."""

    selected = Signal(int)  # another case is in hand (0: none)
    located = Signal(int)  # F7: show this case on the map
    looked = Signal(int)  # F6: nearest cameras of this case to the event tiles
    recorded = Signal(int)  # Ctrl+F6: recordings round this case
    ordering = Signal(int)  # F5: open the dispatch strip of this case
    surveyed = Signal(object)  # the cameras round this Point to the event tiles
    placed = Signal(str)  # show this division or grid on the map
    spotted = Signal(object)  # show this Point on the map, with what is there
    called = Signal(object)  # open this camera in the chosen tile
    reviewed = Signal(object)  # play this Footage of clips, a tuple; who plays it ends its access rows
    covering = Signal(object, object, object)  # play this Footage covered, from when to when; the parts opened go to the third
    marked = Signal(object)  # a Sighting was made in a review: the wall proposes where to look next
    reporting = Signal()  # Ctrl+N: write down a new case, wherever it may lie
    said = Signal(str)  # a short line for the message strip
    locked = Signal()  # somebody locked the seat: windows beside it close

    def __init__(self, actor: Actor, services: Services, work: Work, parent: QObject | None = None) -> None:
        """Seat an officer; nothing is in hand."""
        super().__init__(parent)
        self.actor = actor
        self.services = replace(services, centre_id=actor.centre_id)
        self.work = work
        self.case_id = 0
        self.is_locked = False

    def take(self, case_id: int) -> None:
        """Take a case in hand; every panel that follows the selection hears of it once."""
        if case_id != self.case_id:
            self.case_id = case_id
            self.selected.emit(case_id)

    def set_locked(self, is_locked: bool) -> None:
        """Somebody locked the seat or came back to it."""
        self.is_locked = is_locked
        if is_locked:
            self.locked.emit()
