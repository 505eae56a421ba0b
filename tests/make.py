"""A small town for tests: two counties, a few units, a few people, one square village of two grids."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from console.domain.camera import Camera
from console.domain.case import Case
from console.domain.clock import HandClock
from console.domain.codes import Codes
from console.domain.people import Actor, OrgUnit, User
from console.domain.place import Centre, Division, Grid, Point
from console.domain.report import Draft, Receipt
from console.domain.site import KeySite
from console.domain.task import Order, Task
from console.service.applications import Applications
from console.service.ask import Ask
from console.service.cases import Cases
from console.service.desk import Desk
from console.service.endings import Endings
from console.service.ground import Ground
from console.service.intake import Intake
from console.service.levels import Levels
from console.service.people import People
from console.service.reports import Reports
from console.service.sightings import Sightings
from console.service.supervision import Supervisions
from console.service.sweep import Sweep
from console.service.tasks import Answer, Tasks
from console.service.timers import Timers
from console.service.unmask import Unmask
from console.service.video import Video
from console.store import atlas, migrate, tables, video
from console.store.store import Store

ROOT = Path(__file__).parent.parent
CODES = Codes.load(ROOT / "resources" / "codes")
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in China
SPOT = Point(115.201, 36.101)
NAMESPACE = UUID("6f2c0c8e-5d0b-4a52-9a53-2f3a1f0f9d11")
COUNTY, OTHER_COUNTY, TOWN, VILLAGE = "410923000000", "410922000000", "410923102000", "410923102204"


def _square(west: float, south: float, side: float) -> tuple[tuple[Point, ...], ...]:
    ring = [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    return (tuple(Point(x, y) for x, y in ring),)


DIVISIONS = (
    Division("410900000000", 2, "濮阳市", "", "/410900000000/"),
    Division(COUNTY, 3, "南乐县", "410900000000", f"/410900000000/{COUNTY}/", _square(115.2, 36.1, 0.02)),
    Division(OTHER_COUNTY, 3, "清丰县", "410900000000", f"/410900000000/{OTHER_COUNTY}/"),
    Division(TOWN, 4, "元村镇", COUNTY, f"/410900000000/{COUNTY}/{TOWN}/", _square(115.2, 36.1, 0.02)),
    Division(VILLAGE, 5, "仓颉村", TOWN, f"/410900000000/{COUNTY}/{TOWN}/{VILLAGE}/", _square(115.2, 36.1, 0.02)),
)
GRIDS = (
    Grid(f"{VILLAGE}001", "B", 6, VILLAGE, "仓颉村第一网格", _square(115.2, 36.1, 0.01)),
    Grid(f"{VILLAGE}002", "B", 6, VILLAGE, "仓颉村第二网格", _square(115.21, 36.1, 0.01)),
)
CENTRES = (
    Centre(1, "ZZ410900", 2, "410900000000", "濮阳市综治中心", None, "/1/", True),
    Centre(2, "ZZ410923", 3, COUNTY, "南乐县综治中心", 1, "/1/2/", True),
    Centre(3, "ZZ410922", 3, OTHER_COUNTY, "清丰县综治中心", 1, "/1/3/", True),
    Centre(4, "ZZ410923102", 4, TOWN, "元村镇综治中心", 2, "/1/2/4/", False),
    Centre(5, "ZZ410923102204", 5, VILLAGE, "仓颉村综治中心", 4, "/1/2/4/5/", False),
)
ORGS = (
    OrgUnit(1, "410923-ZZ", "centre", 3, COUNTY, None, "南乐县综治中心", "13800000100", 2),
    OrgUnit(2, "410923-D10", "department", 3, COUNTY, None, "南乐县住房和城乡建设局", "13800000110", 2, "D10"),
    OrgUnit(3, "410923-D30", "department", 3, COUNTY, None, "南乐县燃气供水公司", "13800000130", 2, "D30"),
    OrgUnit(4, "410923-D31", "department", 3, COUNTY, None, "南乐县通信公司", "13800000131", 2, "D31"),
    OrgUnit(5, "410922-ZZ", "centre", 3, OTHER_COUNTY, None, "清丰县综治中心", "13800000200", 3),
    OrgUnit(6, "410922-D10", "department", 3, OTHER_COUNTY, None, "清丰县住房和城乡建设局", "13800000210", 3, "D10"),
    OrgUnit(7, "410923102204-ZZ", "village", 5, VILLAGE, None, "仓颉村综治中心", "13800000300", 5),
    OrgUnit(8, "410900-ZZ", "centre", 2, "410900000000", None, "濮阳市综治中心", "13800000400", 1),
    OrgUnit(9, "410923102-ZZ", "town", 4, TOWN, None, "元村镇综治中心", "13800000500", 4),
)
TRAINED = START - timedelta(days=30)
_PEOPLE = (
    User(1, "duty", "值班员甲", "13800000001", 1, 2, ("R06", "R07", "R08")),
    User(2, "intake", "受理员乙", "13800000002", 1, 2, ("R06",)),
    User(3, "leader", "值班长丙", "13800000003", 1, 2, ("R16",)),
    User(4, "director", "主任丁", "13800000004", 1, 2, ("R17",)),
    User(5, "checker", "核查员戊", "13800000005", 1, 2, ("R11",)),
    User(6, "d10", "承办人己", "13800000006", 2, 2, ("R09",)),
    User(7, "d30", "承办人庚", "13800000007", 3, 2, ("R09",)),
    User(8, "d31", "承办人辛", "13800000008", 4, 2, ("R09",)),
    User(9, "grid001", "网格员壬", "13800000009", 7, 5, ("R01",), grid=f"{VILLAGE}001"),
    User(10, "stranger", "外县值班员", "13800000010", 5, 3, ("R04", "R05", "R06", "R07", "R08", "R14", "R16", "R17")),
    User(11, "stranger-d10", "外县承办人", "13800000011", 6, 3, ("R09", "R10")),
    User(12, "grid002", "网格员癸", "13800000012", 7, 5, ("R01",), grid=f"{VILLAGE}002"),
    User(13, "viewer", "观摩员", "13800000013", 1, 2, ("R23",)),
    User(14, "d10head", "负责人子", "13800000014", 2, 2, ("R10",)),
    User(15, "d30head", "负责人丑", "13800000015", 3, 2, ("R10",)),
    User(16, "village", "村值守寅", "13800000016", 7, 5, ("R05",)),
    User(17, "town", "镇值班卯", "13800000017", 9, 4, ("R06", "R07", "R08", "R17")),
    User(18, "city", "市值班辰", "13800000018", 8, 1, ("R06", "R07", "R08", "R16", "R17")),
    User(19, "supervisor", "督查员巳", "13800000019", 1, 2, ("R18",)),
    User(20, "clerk", "平台员午", "13800000020", 1, 2, ("R04",)),
    User(21, "leader2", "值班长未", "13800000021", 1, 2, ("R16",)),
    User(22, "mediator", "调解员申", "13800000022", 1, 2, ("R06", "R12")),
)
USERS = tuple(replace(user, trained_at=TRAINED) for user in _PEOPLE)
CAMERAS = (
    Camera(1, "C301", "41092301001323000301", "仓颉路西", "fixed", 115.2005, 36.101, 90.0, 60.0, VILLAGE, f"{VILLAGE}001", 2),
    Camera(2, "C302", "41092301001323000302", "小学西门", "fixed", 115.202, 36.101, 270.0, 60.0, VILLAGE, f"{VILLAGE}001", 2),
)
SITES = (
    KeySite(
        1, "ZD410923-0001", "南乐县仓颉路加油站", "07", 115.2004, 36.1004, VILLAGE, f"{VILLAGE}001", 2, "南乐县仓颉路加油站", "站长甲",
        "13800000901", "卸油", 15, START - timedelta(days=20), {"2025": 4, "2026": 3},
    ),
    KeySite(
        2, "ZD410923-0002", "南乐县元村中心学校", "02", 115.2006, 36.1006, VILLAGE, f"{VILLAGE}001", 4, "南乐县元村中心学校", "校长乙",
        "13800000902", "上下学", 30,
    ),
    KeySite(
        3, "ZD410923-0003", "南乐县元村卫生院", "03", 115.2008, 36.1008, VILLAGE, f"{VILLAGE}001", 4, "南乐县元村卫生院", "院长丙",
        "13800000903", "氧气站", 30, START - timedelta(days=3), {"2025": 0},
    ),
)  # fmt: skip


@dataclass
class Town:
    """The town in a store, with every service joined as the program joins them, and a clock that is set by hand."""

    store: Store
    clock: HandClock = field(default_factory=lambda: HandClock(START))

    def __post_init__(self) -> None:
        """Fill the store, unless it is a copy of a town already, and build the services."""
        migrate.upgrade(self.store)
        with self.store.read() as unit:
            is_filled = bool(atlas.centres(unit))
        if not is_filled:
            self._fill()
        self.desk = Desk(self.store, CODES, self.clock)
        self.ground = Ground.load(self.store)
        self.reports = Reports(self.desk, lambda: self.ground)
        self.cases = Cases(self.desk)
        self.tasks = Tasks(self.desk)
        self.intake = Intake(self.desk)
        self.applications = Applications(self.desk)
        self.supervisions = Supervisions(self.desk)
        self.levels = Levels(self.desk)
        self.endings = Endings(self.desk)
        self.timers = Timers(self.desk)
        self.people = People(self.store, self.clock)
        self.video = Video(self.desk)
        self.sightings = Sightings(self.desk)
        self.ask = Ask(self.store, CODES)
        self.sweep = Sweep(self.desk, self.tasks)
        self.unmask = Unmask(self.desk)
        self._count = 0

    def _fill(self) -> None:
        with self.store.write() as unit:
            atlas.put_divisions(unit, DIVISIONS)
            atlas.put_centres(unit, CENTRES)
            atlas.put_grids(unit, GRIDS)
            unit.add_many(tables.org, ORGS)
            unit.add_many(tables.user, USERS)
            unit.add_many(tables.camera, CAMERAS)
            unit.add_many(tables.key_site, SITES)
            unit.restart_ids(tables.centre, tables.org, tables.user, tables.camera, tables.key_site)
            first = ("rtsp://127.0.0.1/C301/sub", "rtsp://127.0.0.1/C301/main")
            video.set_addresses(unit, {1: first, 2: ("rtsp://127.0.0.1/C302/sub", "")})

    @property
    def flow(self) -> tuple[Intake, Applications, Supervisions, Levels, Endings]:
        """The services of the rest of the flow, in the order a seat takes them."""
        return self.intake, self.applications, self.supervisions, self.levels, self.endings

    def actor(self, login: str) -> Actor:
        """Somebody of the town."""
        user = next(user for user in USERS if user.login == login)
        centre = next(centre for centre in CENTRES if centre.id == user.centre_id)
        roles = frozenset(user.roles)
        return Actor(user.id, user.name, user.org_id, user.centre_id, centre.path, roles, "A1", "person", login, user.grid, centre.level)

    def draft(self, category: str = "0601", **more: object) -> Draft:
        """A report a phone would send, each with a key of its own."""
        self._count += 1
        values: dict[str, object] = {"text": "井盖缺失，已围挡", "address": "元村镇 仓颉路小学西门", "lon": SPOT.lon, "lat": SPOT.lat}
        values |= {"datum": "wgs84", "device_at": self.clock.now(), **more}
        return Draft(str(uuid5(NAMESPACE, str(self._count))), category, **values)  # type: ignore[arg-type]

    def report(self, category: str = "0601", **more: object) -> Receipt:
        """A report of the grid worker, taken in."""
        return self.reports.receive(self.actor("grid001"), self.draft(category, **more))

    def case(self, case_id: int) -> Case:
        """A case as the duty officer sees it."""
        return self.ask.case(self.actor("duty"), case_id)

    def sent(self, category: str = "0601", *, co: bool = False) -> tuple[Case, tuple[Task, ...]]:
        """A case dispatched to the housing department (and two others) and released."""
        receipt = self.report(category)
        orders = [Order(2, "lead", "现场设围挡")] + ([Order(3, "co"), Order(4, "co")] if co else [])
        self.cases.send(self.actor("duty"), receipt.case_id, 1, orders)
        self.wait(10)
        self.sweep.round()
        return self.case(receipt.case_id), tuple(row.task for row in self.ask.case_desk(self.actor("duty"), receipt.case_id).tasks)

    def worked(self, category: str = "0602") -> tuple[Case, tuple[Task, ...]]:
        """A case sent, released and signed by the housing department."""
        case, tasks = self.sent(category)
        self.answer("d10", tasks[0], "sign")
        return self.case(case.id), self.tasks_of(case.id)

    def tasks_of(self, case_id: int) -> tuple[Task, ...]:
        """All tasks of a case, first one first."""
        return tuple(row.task for row in self.ask.case_desk(self.actor("duty"), case_id).tasks)

    def answer(self, login: str, task: Task, action: str, **more: object) -> Task:
        """A unit's answer."""
        return self.tasks.answer(self.actor(login), task.id, task.version, Answer(action, **more))  # type: ignore[arg-type]

    def wait(self, seconds: float) -> None:
        """Set the clock forward."""
        self.clock.at += timedelta(seconds=seconds)
