"""Lists of figures leave as CSV with their record; names of people stay masked, and who may not see them exports nothing."""

import csv

import pytest

from console.domain.errors import Denied
from console.domain.patrol import PlanStop
from console.service.exports import Exports
from console.service.figure_sheets import COVER_HEAD, PATROL_HEAD, cover_figures, patrol_figures
from console.service.patrol_plans import PlanWish
from console.service.patrols import Patrols
from tests.make import VILLAGE


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


@pytest.fixture
def patrols(town):
    made = Patrols(town.desk, town.reports)
    plan = made.plans.keep(town.actor("leader"), PlanWish("校园周边", "1", (PlanStop(1, 15), PlanStop(2, 30))))
    run = made.begin(town.actor("duty"), plan.id).walk.run
    made.leave_out(town.actor("duty"), run.id, 0, "=树枝遮挡")
    return made


def test_the_coverage_of_a_shift_as_csv(patrols, town, tmp_path):
    leader = town.actor("leader")
    record, path = Exports(town.desk, tmp_path).figures(leader, "月度考核材料", "县委政法委", patrol_figures(patrols.shift(leader)))
    assert (record.kind, record.rows, record.masked) == ("patrol", 2, True)
    assert path.name.startswith("patrol-")
    assert rows_of(path) == [
        list(PATROL_HEAD),
        ["南乐县综治中心", "校园周边", "值***", "2026-11-23 10:00:00", "C301", "仓颉路西", "15", "0", "跳过", "'=树枝遮挡", "0"],
        ["南乐县综治中心", "校园周边", "值***", "2026-11-23 10:00:00", "C302", "小学西门", "30", "0", "未完", "", "0"],
    ]  # fmt: skip


def test_who_leads_no_shift_exports_no_patrols(patrols, town, tmp_path):
    duty = town.actor("duty")
    with pytest.raises(Denied):
        Exports(town.desk, tmp_path).figures(duty, "月度考核材料", "县委政法委", patrol_figures(patrols.shift(duty)))


def test_the_cameras_of_the_villages_as_csv(town, tmp_path):
    record, path = Exports(town.desk, tmp_path).figures(town.actor("leader"), "月度考核材料", "县委政法委", cover_figures())
    found = rows_of(path)
    assert (record.kind, found[0]) == ("cover", list(COVER_HEAD))
    assert found[-1] == [VILLAGE, "仓颉村", "元村镇", "南乐县", "2", "1", "1", "4"]
