"""What lists and desks show: records joined for the eye, nothing that decides."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.application import Application
from console.domain.attachment import Attachment
from console.domain.case import Case
from console.domain.people import OrgUnit
from console.domain.report import Report
from console.domain.supervision import Supervision
from console.domain.task import Task, TaskReply


@dataclass(frozen=True)
class InboxRow:
    """One line of the queue."""

    id: int
    number: str
    title: str
    address: str
    category: str
    priority: str
    state: str
    reported_at: datetime
    acked: bool
    due: datetime | None
    started: datetime
    lon: float | None
    lat: float | None
    grid: str
    flags: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class InboxCounts:
    """The figures over the queue."""

    unacked: int
    handling: int
    today: int


@dataclass(frozen=True)
class BoardRow:
    """One line of the task board."""

    task: Task
    case_id: int
    case_number: str
    case_title: str
    priority: str
    unit: str
    case_state: str


@dataclass(frozen=True)
class TimelineRow:
    """One act of a case's history: who, when, from which seat, what."""

    entry_id: int
    at: datetime
    op: str
    kind: str
    ref: int
    actor: str
    unit: str
    seat: str
    from_state: str
    to_state: str
    facts: dict[str, object]
    text: str


@dataclass(frozen=True)
class CaseDesk:
    """Everything the case desk shows of one case."""

    case: Case
    reports: tuple[Report, ...]
    tasks: tuple[BoardRow, ...]
    replies: tuple[TaskReply, ...]
    attachments: tuple[Attachment, ...]
    timeline: tuple[TimelineRow, ...]
    applications: tuple[Application, ...] = ()
    supervisions: tuple[Supervision, ...] = ()


@dataclass(frozen=True)
class DeskRow:
    """One line of a department's inbox."""

    task: Task
    case_number: str
    title: str
    category: str
    priority: str
    address: str
    photos: int
    returned: int = 0
    running: datetime | None = None
    suspended: bool = False


@dataclass(frozen=True)
class DeskTask:
    """A department's view of one task; the reporter stays protected (handbook G24)."""

    task: Task
    case_number: str
    title: str
    content: str
    category: str
    priority: str
    address: str
    lon: float | None
    lat: float | None
    grid: str
    unit: OrgUnit
    replies: tuple[TaskReply, ...]
    attachments: tuple[Attachment, ...]
    returned: int = 0
    running: datetime | None = None
    suspended: bool = False
    applications: tuple[Application, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    partners: tuple[OrgUnit, ...] = ()


@dataclass(frozen=True)
class MyReport:
    """What a grid worker sees of a report: its words, and how far its case has come."""

    report: Report
    case: Case
    photos: tuple[str, ...]


@dataclass(frozen=True)
class Pin:
    """A case as a point on the map; `lamp` is the last one told of its limits (CT-11)."""

    id: int
    lon: float
    lat: float
    priority: str
    state: str
    acked: bool
    title: str
    lamp: str = ""
