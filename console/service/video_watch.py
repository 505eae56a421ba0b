"""The registers of those who watch the use of video: every look, a week's sample, what cameras lack; readable, never changeable."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.domain.codes import known
from console.domain.errors import Denied, Invalid
from console.domain.limits import CHINA
from console.domain.masking import mask_text
from console.domain.paging import Leaf, Turn
from console.domain.people import Actor
from console.domain.video_watch import FILED_WITHIN, LACKS, SAMPLES, Lacking, Look, LookFilter, Sampled
from console.service.desk import Act, Desk
from console.service.exports import Figures
from console.store.find import footage, watch
from console.store.scope import REGISTER_ROLES, Scope

AUDITORS = frozenset({"R19"})
FIRST, EVERYTHING = Turn(), LookFilter()
KINDS = {"live": "实时预览", "playback": "录像回放", "export": "导出", "snapshot": "抓拍", "PTZ": "云台控制", "mark": "标记"}
DECISIONS = {"granted": "批准", "broken": "紧急调阅", "": ""}
HEAD = (
    "开始时间", "结束时间", "调用人员", "单位", "工位", "摄像机编号", "摄像机名称", "方式", "用途", "事由", "案件编号", "批准人",
    "审批结果", "授权起", "授权止", "录像时段起", "录像时段止",
)  # fmt: skip


class VideoWatch:
    """What the director, the upper supervisor and the auditor read of video. Source: handbook G1-G4, G27."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def may_read(self, actor: Actor) -> bool:
        """Whether the registers are this actor's to read."""
        return actor.holds_any(REGISTER_ROLES)

    def may_sample(self, actor: Actor) -> bool:
        """Whether the week's sample is: it is the auditor's alone."""
        return actor.holds_any(AUDITORS)

    def looks(self, actor: Actor, wanted: LookFilter = EVERYTHING, turn: Turn = FIRST) -> Leaf[Look]:
        """Every look of the area, the newest first. Raises Denied."""
        self._check(actor)
        with self.desk.store.read() as unit:
            return footage.looks(unit, Scope(actor), wanted, turn)

    def sample(self, actor: Actor, what: str, week: datetime, turn: Turn = FIRST) -> Leaf[Sampled]:
        """One kind of what deserves a question in the week that begins with the day of `week`. Raises Denied, Invalid."""
        if not self.may_sample(actor):
            raise Denied("role")
        if what not in SAMPLES:
            raise Invalid("kind", "unknown_code", value=what[:40])
        with self.desk.store.read() as unit:
            return watch.sample(unit, Scope(actor), what, week_of(week), turn)

    def lacking(self, actor: Actor, what: str, turn: Turn = FIRST) -> Leaf[Lacking]:
        """Cameras of the area that lack what the law wants. Raises Denied, Invalid."""
        self._check(actor)
        if what not in LACKS:
            raise Invalid("kind", "unknown_code", value=what[:40])
        with self.desk.store.read() as unit:
            return footage.lacking(unit, Scope(actor), what, self.desk.clock.now() - FILED_WITHIN, turn)

    def _check(self, actor: Actor) -> None:
        if not self.may_read(actor):
            raise Denied("role")


def week_of(at: datetime) -> datetime:
    """The Monday midnight in China a week begins with."""
    day = at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def look_figures(wanted: LookFilter) -> Figures:
    """The register of looks as it may leave the hall: reasons masked, names of people at work as the law wants them."""

    def rows(act: Act) -> Sequence[Sequence[str]]:
        return [_cells(act, one) for one in footage.all_looks(act.unit, act.scope, wanted)]

    return Figures("video", HEAD, rows, REGISTER_ROLES)


def _cells(act: Act, look: Look) -> tuple[str, ...]:
    row = look.access
    purpose = known(act.codes.video_purposes, row.purpose, "purpose").zh
    times = (row.granted_from, row.granted_to, row.period_from, row.period_to)
    return (
        _time(row.opened_at), _time(row.closed_at), row.user_name, look.unit, row.seat, look.code, look.camera,
        KINDS.get(row.kind, row.kind), purpose, mask_text(row.reason), look.number, row.approver, DECISIONS.get(row.decision, row.decision),
        *(_time(at) for at in times),
    )  # fmt: skip


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if at is not None else ""
