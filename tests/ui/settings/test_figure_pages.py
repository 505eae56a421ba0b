"""Pages of figures on a real store: what a shift has patrolled, which villages lack cameras, and lists that leave."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from console.domain.camera import Camera
from console.domain.patrol import PatrolLine, PlanStop
from console.domain.place import Division
from console.service.exports import Exports
from console.service.patrol_plans import PlanWish
from console.service.patrols import Patrols
from console.store import atlas, tables
from console.ui.seat import Seat
from console.ui.settings.figure_pages import figure_pages
from console.ui.settings.patrols import _summary
from tests.make import COUNTY, TOWN, VILLAGE

pytest_plugins = ("tests.ui.stage",)


class Room:
    """The pages of somebody, live."""

    def __init__(self, stage, tmp_path, login="leader"):
        self.stage, self.town = stage, stage.town
        self.patrols = Patrols(self.town.desk, self.town.reports)
        services = replace(stage.services, patrols=self.patrols, exports=Exports(self.town.desk, tmp_path / "exports"))
        self.seat = Seat(self.town.actor(login), services, stage.work)
        stage.room_kept = self
        kept = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
        self.pages = dict(figure_pages(self.seat, kept))

    def open(self, title):
        page = self.pages[title]
        self.stage.qtbot.addWidget(page)
        page.resize(1500, 800)
        with self.stage.qtbot.waitSignal(page.answered):
            page.show()
            page.refresh()
        return page

    def patrol(self):
        plan = self.patrols.plans.keep(self.town.actor("leader"), PlanWish("校园周边", "1", (PlanStop(1, 15), PlanStop(2, 30))))
        run = self.patrols.begin(self.town.actor("duty"), plan.id).walk.run
        self.town.video.open_live(self.town.actor("duty"), (1,), "V3", "按计划巡查：校园周边")
        self.town.wait(15)
        self.patrols.prove(self.town.actor("duty"), run.id, {0: 15_000})
        self.patrols.leave_out(self.town.actor("duty"), run.id, 1, "树枝遮挡")


def cells(page):
    model, said = page.table.cells, Qt.ItemDataRole.AccessibleTextRole
    return [[model.data(model.index(row, at), said) for at in range(model.columnCount())] for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("login", "titles"),
    [("leader", ["视频巡查", "村级视频覆盖"]), ("director", ["视频巡查", "村级视频覆盖"]), ("duty", ["村级视频覆盖"]), ("d10", [])],
)
def test_who_finds_which_page(stage, tmp_path, login, titles):
    assert list(Room(stage, tmp_path, login).pages) == titles


def test_a_shift_without_a_plan_says_so(stage, tmp_path):
    page = Room(stage, tmp_path).open("视频巡查")
    assert (page.table.empty_text, page.summary.text(), page.shift.text()) == ("本班没有巡查计划。", "", "11-23 早班")


def test_the_leader_sees_what_was_seen_and_why_not(stage, tmp_path):
    room = Room(stage, tmp_path)
    room.patrol()
    page = room.open("视频巡查")
    assert [row[:10] for row in cells(page)] == [
        ["校园周边", "值班员甲", "10:00", "C301", "仓颉路西", "15", "15", "", "已看", ""],
        ["校园周边", "值班员甲", "10:00", "C302", "小学西门", "30", "0", "", "跳过", "树枝遮挡"],
    ]  # fmt: skip
    assert page.summary.text() == "已看 33%（15/45 秒） · 未看 1/2 路 · 上报 0 件"
    page.chips.choose("missed")
    assert [row[3] for row in cells(page)] == ["C302"]
    page._turn(1)
    stage.until(lambda: page.shift.text() == "11-23 夜班" and not page._lines)
    page._turn(-5)
    stage.until(lambda: page.shift.text() == "11-23 早班" and len(page._lines) == 2)


def test_the_list_leaves_with_purpose_and_receiver_by_keyboard(stage, tmp_path):
    room = Room(stage, tmp_path)
    room.patrol()
    page = room.open("视频巡查")
    page.ask_export()
    assert page.submit()
    stage.until(lambda: bool(page.export.problem.text()))
    page.purpose.setText("月度考核材料")
    page.receiver.setText("县委政法委")
    QTest.keyClick(page.receiver, Qt.Key.Key_Return)
    stage.until(lambda: "2 行已导出" in page.message.text())
    assert page.export.isHidden()
    assert len(list((tmp_path / "exports").glob("patrol-*.csv"))) == 1


def test_a_village_with_few_cameras_stands_in_red_until_the_sixth_comes(stage, tmp_path):
    room = Room(stage, tmp_path)
    page = room.open("村级视频覆盖")
    assert cells(page)[-1] == ["仓颉村", "元村镇", "南乐县", "2", "4", "", "", VILLAGE]
    assert cells(page)[0] == ["南乐县 小计", "", "", "2", "", "1", "1", COUNTY]
    model = page.table.cells
    assert model.data(model.index(2, 3), Qt.ItemDataRole.ForegroundRole) is not None
    with stage.town.store.write() as unit:
        unit.add_many(tables.camera, [Camera(n, f"C40{n}", "", "村口", "fixed", 115.2, 36.1, 0, 60, VILLAGE, "", 2) for n in range(3, 7)])
    page.refresh()
    stage.until(lambda: cells(page)[-1][3] == "6")
    assert model.data(model.index(2, 3), Qt.ItemDataRole.ForegroundRole) is None
    page.chips.choose("short")
    assert (cells(page), page.table.empty_text) == ([], "每个村（社区）都有 6 路以上。")


def test_three_thousand_villages_come_and_sort_at_once(stage, tmp_path):
    numbers = range(410923200200, 410923200200 + 3_000)
    with stage.town.store.write() as unit:
        atlas.put_divisions(unit, [Division(str(n), 5, f"村{n}", TOWN, f"/410900000000/{COUNTY}/{TOWN}/{n}/") for n in numbers])
    began = time.monotonic()
    page = Room(stage, tmp_path).open("村级视频覆盖")
    assert len(cells(page)) == 3_003
    began_sorting = time.monotonic()
    page.table.horizontalHeader().setSortIndicator(3, Qt.SortOrder.DescendingOrder)
    ended = time.monotonic()
    assert [row[0] for row in cells(page)[:3]] == ["南乐县 小计", "元村镇 小计", "仓颉村"]
    # Generous for a busy machine: some 100 ms and 20 ms.
    assert (began_sorting - began < 3, ended - began_sorting < 1) == (True, True)


def test_seconds_of_several_cameras_are_added_before_they_are_cut_and_none_makes_up_for_another():
    lines = [PatrolLine(1, 1, n, "", "", "", None, "", "", 10, ms, "waiting", "", 0) for n, ms in enumerate((1_600, 1_600, 99_000))]
    assert _summary(tuple(lines)) == "已看 43%（13/30 秒） · 未看 3/3 路 · 上报 0 件"
