"""Checking and proposing on the page: from the file to the proposal, by keys alone, and nothing that is broken passes."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.boundary import Checked, Finding
from console.domain.datum import from_wgs84
from console.domain.place import Point
from console.service.boundaries import Survey
from console.ui.settings.border_reading import answered
from tests.geo.mapfiles import feature, mapped, write
from tests.make import GRIDS, VILLAGE
from tests.ui.settings.borders import Borders, square

pytest_plugins = ("tests.ui.stage",)


def column(page, place: int) -> list[str]:
    return [row.cells[place] for row in page.table.cells.rows]


def test_before_a_file_is_chosen_the_page_says_what_to_do_and_proposes_nothing(stage):
    page = Borders(stage, "village").open()
    assert page.table.empty_text.startswith("请选择 GeoJSON")
    assert not any(part.isEnabled() for part in (page.send, page.again, page.copy, page.save))
    assert page.submit()
    assert not page.busy.isVisible()


def test_a_sound_file_is_shown_on_the_map_and_proposed(stage):
    borders = Borders(stage, "village")
    page = borders.open()
    borders.check(page, borders.file())
    assert page.summary.text().startswith("共 2 个区域：2 个有变更")
    assert page.table.empty_text == "没有发现问题。"
    assert set(page.map.borders.areas) == {grid.code for grid in GRIDS}

    page.note.setText("村民小组调整")
    page.submit()
    stage.until(lambda: borders.said)

    assert borders.said == ["已提交第 1 号变更：2 个区域，等待他人审批。"]
    assert not page.send.isEnabled()
    (row,) = borders.boundaries.changes(stage.town.actor("town"), "waiting")
    assert (row.proposer, row.change.note) == ("村值守寅", "村民小组调整")


def test_a_proposal_without_a_reason_is_refused_in_words_and_stays(stage):
    borders = Borders(stage, "village")
    page = borders.open()
    borders.check(page, borders.file())
    page.propose()
    stage.until(lambda: page.message.text())
    assert page.message.text() == "请说明原因。"
    assert page.send.isEnabled()


def broken(borders) -> object:
    features = [
        feature(GRIDS[0].code, GRIDS[0].name, VILLAGE, square(115.2, 115.213)),
        feature(GRIDS[1].code, GRIDS[1].name, VILLAGE, square(115.21, 115.22)),
        feature(f"{VILLAGE}000", "错码", VILLAGE, square(115.2, 115.21)),
    ]  # fmt: skip
    return write(borders.stage.folder / "broken.geojson", features)


def test_every_fault_stands_in_the_table_and_on_the_map_and_can_be_narrowed(stage):
    borders = Borders(stage, "village")
    page = borders.open()
    borders.check(page, broken(borders))

    assert column(page, 2) == [GRIDS[0].code, f"{VILLAGE}000"]
    assert column(page, 3) == ["不采用", "不采用"]
    assert "重叠" in column(page, 4)[0]
    assert not page.send.isEnabled()
    page.table.choose(page.table.cells.rows[0].at)
    assert page.map._chosen is not None
    page.filter.setText("重叠")
    assert column(page, 2) == [GRIDS[0].code]
    page.filter.setText("")
    page.chips.choose("noted")
    assert (column(page, 2), page.table.empty_text) == ([], "没有这一类问题。")


def test_the_list_goes_to_the_clipboard_and_into_a_file(stage, monkeypatch):
    borders = Borders(stage, "village")
    page = borders.open()
    borders.check(page, broken(borders))
    page.copy_list()
    assert [row.split("\t")[2] for row in QApplication.clipboard().text().split("\n")] == [GRIDS[0].code, f"{VILLAGE}000"]

    out = stage.folder / "out.csv"
    monkeypatch.setattr("console.ui.settings.boundaries.QFileDialog.getSaveFileName", lambda *_: (str(out), ""))
    page.save_list()
    stage.until(lambda: page.message.text().startswith("已保存"))
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["边界文件", "序号", "代码", "结果", "问题和改法"]
    assert [row[2] for row in rows[1:]] == [GRIDS[0].code, f"{VILLAGE}000"]


def test_a_file_that_does_not_say_its_datum_is_checked_when_somebody_says_it(stage):
    borders = Borders(stage, "village")
    page = borders.open()
    borders.check(page, borders.file(crs=""))
    assert "请在上方选择坐标系" in column(page, 4)[0]
    page.datum.setCurrentIndex(page.datum.findData("wgs84"))
    page.again.click()
    stage.until(lambda: page.send.isEnabled())


def test_the_datum_that_fits_is_one_press_away(stage):
    borders = Borders(stage, "village")
    page = borders.open()

    def turn(lon, lat):
        spot = from_wgs84(Point(lon, lat), "gcj02")
        return spot.lon, spot.lat

    rings = zip(GRIDS, (square(115.2, 115.212), square(115.212, 115.22)), strict=True)
    features = mapped([feature(grid.code, grid.name, VILLAGE, outline) for grid, outline in rings], turn)
    borders.check(page, write(stage.folder / "amap.geojson", features))
    assert page.fit.text() == "按“GCJ-02 经纬度（高德、腾讯）”检查"
    page.fit.click()
    stage.until(lambda: page.send.isEnabled())
    assert not page.fit.isVisible()


def test_columns_are_named_from_those_of_the_file(stage):
    borders = Borders(stage, "village")
    page = borders.open()
    rings = zip(GRIDS, (square(115.2, 115.212), square(115.212, 115.22)), strict=True)
    features = [feature(grid.code, grid.name, VILLAGE, outline) for grid, outline in rings]
    for one in features:
        one["properties"] = {"甲": one["properties"]["code"], "乙": one["properties"]["name"]}
    borders.check(page, write(stage.folder / "odd.geojson", features))
    assert "甲, 乙" in column(page, 4)[0]

    for box, name in zip(page.columns, ("甲", "乙"), strict=False):
        box.setCurrentIndex(box.findData(name))
    page.again.click()
    stage.until(lambda: page.send.isEnabled())


def test_a_check_can_be_stopped(stage):
    borders = Borders(stage, "village")
    page = borders.open()
    page.check_files([borders.file()])
    page.busy.cancelled.emit()
    stage.until(lambda: page.again.isEnabled())
    assert page.message.text() in ("", "已停止，什么都没有改变。")


def test_choosing_files_is_reached_by_keys(stage, monkeypatch, qtbot):
    borders = Borders(stage, "village")
    page = borders.open()
    path = borders.file()
    monkeypatch.setattr("console.ui.settings.boundaries.QFileDialog.getOpenFileNames", lambda *_: ([str(path)], ""))
    page.setFocus()
    stage.panel_kept = borders.panel
    borders.panel.activateWindow()
    qtbot.waitUntil(page.choose.hasFocus)
    qtbot.keyClick(page.choose, Qt.Key.Key_Space)
    stage.until(lambda: page.summary.text())
    assert page.names.text() == "grids.geojson"


@pytest.mark.parametrize("count", [0, 1, 10_000])
def test_any_number_of_findings_can_be_shown_and_narrowed(stage, count):
    page = Borders(stage, "village").open()
    found = tuple(Finding("a.shp", place + 1, f"{VILLAGE}001", "refused", "ring_short", {"count": 2}) for place in range(count))
    page.show_survey(answered(Survey(Checked(found, count), ("a.shp",), 0)))
    assert len(page.table.cells.rows) == count
    page.filter.setText("没有的词")
    assert page.table.cells.rows == ()
