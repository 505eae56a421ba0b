"""The lists of figures that may leave the hall as CSV: coverage of a shift's patrols, cameras of the villages."""

from collections.abc import Sequence

from console.domain.cover import Cover
from console.domain.errors import Denied
from console.domain.limits import CHINA
from console.domain.masking import mask_name
from console.domain.patrol import LEADERS, MISSED, SHOWN, SKIPPED, WAITING, PatrolLine, Shift
from console.service.desk import Act
from console.service.exports import Figures
from console.store.find import cover, patrols

PATROL_HEAD = ("中心", "巡查计划", "巡查人", "开始时间", "摄像机编号", "摄像机名称", "应看秒数", "实看秒数", "结果", "原因", "发现")
COVER_HEAD = ("区划代码", "名称", "乡镇（街道）", "县区", "摄像机数", "村（社区）数", "不足6路的村（社区）数", "尚缺")
STATES = {SHOWN: "已看", SKIPPED: "跳过", MISSED: "未看", WAITING: "未完"}
REASONS = {"offline": "无实时图像", "gone": "摄像机已撤或不在辖区", "ended": "巡查提前结束", "": ""}


def patrol_figures(shift: Shift) -> Figures:
    """What a shift saw of what it was to see, without the operators' full names; rows raise Denied for who leads no shift."""

    def rows(act: Act) -> Sequence[Sequence[str]]:
        if not act.actor.holds_any(LEADERS):
            raise Denied("role")
        return [_patrol(line) for line in patrols.coverage(act.unit, act.scope, shift)]

    return Figures("patrol", PATROL_HEAD, rows)


def cover_figures() -> Figures:
    """Cameras of every village of the area, sums included."""
    return Figures("cover", COVER_HEAD, lambda act: [_cover(one) for one in cover.villages(act.unit, act.scope)])


def _patrol(line: PatrolLine) -> tuple[str, ...]:
    began = f"{line.began_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if line.began_at is not None else ""
    why = REASONS.get(line.why, line.why) if line.run_id else "无人巡查"
    return (
        line.centre, line.plan, mask_name(line.operator), began, line.code, line.camera, str(line.planned_s), str(line.shown_s),
        STATES[line.state], why, str(line.findings),
    )  # fmt: skip


def _cover(one: Cover) -> tuple[str, ...]:
    figures = (one.cameras, one.villages, one.short, one.lacking)
    return one.code, one.name, one.town, one.county, *(str(figure) for figure in figures)
