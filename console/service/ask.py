"""Every question a door may ask, each inside the actor's scope and in a transaction of its own."""

from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.camera import Camera
from console.domain.case import Case
from console.domain.codes import Book
from console.domain.limits import CHINA
from console.domain.masking import mask_text
from console.domain.people import Actor, OrgUnit
from console.domain.place import Centre, Division, Grid
from console.domain.rows import BoardRow, CaseDesk, DeskRow, DeskTask, InboxCounts, InboxRow, MyReport, Pin
from console.domain.task import Order
from console.service.areas import Areas
from console.service.outlook import Outlook
from console.service.past import PastCases
from console.service.search import Search
from console.service.thematic import Thematic
from console.service.vicinity import Vicinity
from console.store import atlas
from console.store.find import applications, cases, places, tasks
from console.store.scope import Scope
from console.store.store import Store


@dataclass(frozen=True)
class Inbox:
    """The queue and the figures over it."""

    rows: tuple[InboxRow, ...]
    counts: InboxCounts


@dataclass(frozen=True)
class Suggestion:
    """Whom the code table proposes for a category; departments without a unit here are named as `absent`."""

    orders: tuple[Order, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True)
class Atlas:
    """What the map draws under everything else."""

    divisions: tuple[Division, ...]
    grids: tuple[Grid, ...]
    centres: tuple[Centre, ...]


class Ask:
    """Questions. They never change anything and may be asked from any thread but the screen's."""

    def __init__(self, store: Store, book: Book) -> None:
        self._store = store
        self._book = book
        self.search = Search(store, book)
        self.areas = Areas(store)
        self.outlook = Outlook(store)
        self.past = PastCases(store, book)
        self.thematic = Thematic(store)
        self.vicinity = Vicinity(store)

    def inbox(self, actor: Actor, now: datetime, only: str = "all") -> Inbox:
        """The queue, most urgent first, and its figures."""
        midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        with self._store.read() as unit:
            scope = Scope(actor)
            return Inbox(cases.inbox(unit, scope, only), cases.inbox_counts(unit, scope, midnight))

    def case_desk(self, actor: Actor, case_id: int) -> CaseDesk:
        """One case whole: reports, tasks, answers, pictures, history; personal numbers inside words are masked. Raises Missing."""
        with self._store.read() as unit:
            scope = Scope(actor)
            case = cases.case_by_id(unit, scope, case_id)
            replies = tuple(replace(reply, text=mask_text(reply.text)) for reply in cases.replies_of(unit, scope, case_id))
            timeline = tuple(replace(row, text=mask_text(row.text)) for row in cases.timeline(unit, scope, case_id))
            words = {name: mask_text(getattr(case, name)) for name in ("content", "close_text", "public_reply")}
            return CaseDesk(
                replace(case, **words), cases.reports_of(unit, scope, case_id), tasks.tasks_of(unit, scope, case_id), replies,
                cases.attachments_of(unit, scope, case_id), timeline,
                applications.applications_of(unit, scope, case_id), applications.supervisions_of(unit, scope, case_id),
            )  # fmt: skip

    def case(self, actor: Actor, case_id: int) -> Case:
        """One case. Raises Missing."""
        with self._store.read() as unit:
            return cases.case_by_id(unit, Scope(actor), case_id)

    def cases_ending(self, actor: Actor, digits: str) -> tuple[Case, ...]:
        """Cases whose number ends with these digits, newest first."""
        with self._store.read() as unit:
            return cases.case_by_tail(unit, Scope(actor), digits)

    def board(self, actor: Actor) -> tuple[BoardRow, ...]:
        """Tasks under way."""
        with self._store.read() as unit:
            return tasks.board(unit, Scope(actor))

    def pins(self, actor: Actor) -> tuple[Pin, ...]:
        """Open cases as points."""
        with self._store.read() as unit:
            return cases.pins(unit, Scope(actor))

    def cameras(self, actor: Actor, words: str = "") -> tuple[Camera, ...]:
        """Cameras of the actor's area, at most 2,000; with words, those whose number, name or initials hold every one."""
        with self._store.read() as unit:
            return places.cameras(unit, Scope(actor), words)

    def suggestion(self, actor: Actor, case: Case) -> Suggestion:
        """The units a dispatch starts with: lead and co-departments of the category (CT-06) at the owner centre."""
        codes = self._book.of(case.owner_centre)
        category = codes.categories[case.category]
        with self._store.read() as unit:
            here = places.departments(unit, Scope(actor), case.owner_centre)
        wanted = ((category.lead, "lead"), *((code, "co") for code in category.co if codes.departments[code].active))
        orders = tuple(Order(here[code].id, part) for code, part in wanted if code in here)  # type: ignore[arg-type]
        return Suggestion(orders, tuple(code for code, _ in wanted if code not in here))

    def units(self, actor: Actor) -> tuple[OrgUnit, ...]:
        """Every unit the actor may name in a dispatch, by code."""
        with self._store.read() as unit:
            return places.orgs(unit, Scope(actor))

    def centres_below(self, actor: Actor, centre_id: int) -> tuple[Centre, ...]:
        """Where a case of a centre may be sent down to."""
        with self._store.read() as unit:
            return atlas.centres_below(unit, centre_id) if Scope(actor).may_see_places else ()

    def desk_inbox(self, actor: Actor) -> tuple[DeskRow, ...]:
        """A department's tasks."""
        with self._store.read() as unit:
            return tasks.desk_inbox(unit, Scope(actor))

    def desk_task(self, actor: Actor, task_id: int) -> DeskTask:
        """A department's task page. Raises Missing."""
        with self._store.read() as unit:
            return tasks.desk_task(unit, Scope(actor), task_id)

    def my_report(self, actor: Actor, key: str) -> MyReport:
        """What somebody sent under a key. Raises Missing."""
        with self._store.read() as unit:
            return cases.my_report(unit, Scope(actor), key)

    def my_reports(self, actor: Actor) -> tuple[MyReport, ...]:
        """What the actor sent, newest first."""
        with self._store.read() as unit:
            return cases.my_reports(unit, Scope(actor))

    def atlas(self, actor: Actor) -> Atlas:
        """Boundaries, grids and centres."""
        with self._store.read() as unit:
            if not Scope(actor).may_see_places:
                return Atlas((), (), ())
            return Atlas(atlas.divisions(unit), atlas.grids(unit), atlas.centres(unit))
