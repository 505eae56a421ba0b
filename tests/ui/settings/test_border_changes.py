"""Deciding on boundaries: on the map, with both names, never by who proposed; older outlines come back, files go out."""

import pytest

from console.geo.layers import read_layer
from console.store import atlas
from tests.make import GRIDS, VILLAGE
from tests.ui.settings.borders import Borders, square

pytest_plugins = ("tests.ui.stage",)


def waiting(stage, login: str, by: str = "village") -> tuple[Borders, object]:
    borders = Borders(stage, login)
    change = borders.propose(by)
    page = borders.open(len(borders.pages) - 1)
    stage.until(lambda: page.table.cells.rows)
    page.table.choose(change.id)
    stage.until(lambda: page.map.borders.areas)
    return borders, page


def outline(stage) -> tuple:
    with stage.town.store.read() as unit:
        return tuple(atlas.grids(unit)[0].rings)


def test_an_empty_list_says_so(stage):
    page = Borders(stage, "town").open(1)
    stage.until(lambda: page.table.empty_text != "正在读取…")
    stage.until(lambda: page.table.empty_text == "没有等待审批的变更。")
    assert page.history.text() == "选择一项变更，在地图上查看。"


def test_a_waiting_change_is_drawn_and_says_who_wants_it_and_why(stage):
    _, page = waiting(stage, "town")
    assert set(page.map.borders.areas) == {grid.code for grid in GRIDS}
    assert page.history.text().split("\n") == [
        "第 1 号：仓颉村综治中心，2 个区域，村值守寅 于 2026-11-23 10:00 提交", "理由：村民小组调整", "文件：grids.geojson",
    ]  # fmt: skip
    assert [page.table.model().index(0, place).data() for place in (1, 2)] == ["待审批", "仓颉村综治中心"]


def test_the_town_approves_and_both_names_stand_in_the_history(stage):
    borders, page = waiting(stage, "town")
    page.verbs.button("approve").click()
    stage.until(lambda: borders.said)
    assert borders.said == ["第 1 号已生效，地图和新上报按新边界。"]
    assert outline(stage) == square(115.2, 115.212)
    page.chips.choose("approved")
    stage.until(lambda: [row.change.state for row in page.table.cells.rows] == ["approved"])
    page.table.choose(1)
    assert "村值守寅" in page.history.text()
    assert "镇值班卯" in page.history.text()


def test_a_no_needs_a_reason(stage):
    borders, page = waiting(stage, "town")
    page.verbs.button("refuse").click()
    stage.until(lambda: page.message.text())
    page.reason.write("边界不清")
    page.verbs.button("refuse").click()
    stage.until(lambda: borders.said)
    assert borders.boundaries.changes(stage.town.actor("town"))[0].change.answer == "边界不清"


def test_the_applicant_sees_why_the_buttons_are_off_and_takes_it_back(stage):
    borders, page = waiting(stage, "town", by="town")
    button = page.verbs.button("approve")
    assert not button.isEnabled()
    assert "本人" in button.verb.why_not
    page.verbs.button("withdraw").click()
    stage.until(lambda: borders.said)
    assert borders.said == ["第 1 号已撤回。"]


def test_earlier_outlines_are_checked_and_proposed_from_the_other_page(stage):
    borders = Borders(stage, "town")
    change = borders.propose()
    borders.boundaries.approve(stage.town.actor("town"), change.id, change.version)
    page = borders.open(1)
    page.chips.choose("approved")
    stage.until(lambda: [row.change.state for row in page.table.cells.rows] == ["approved"])
    page.table.choose(change.id)
    page.verbs.button("revert").click()

    first = borders.pages[0]
    stage.until(lambda: first.send.isEnabled())
    assert borders.panel.stack.currentWidget() is first
    assert {code: tuple(area.rings) for code, area in first.map.borders.areas.items()} == {
        GRIDS[0].code: square(115.2, 115.21), GRIDS[1].code: square(115.21, 115.22),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["out.geojson", "out.shp"])
def test_the_own_division_goes_out_as_a_file(stage, name):
    page = Borders(stage, "village").open(1)
    stage.until(lambda: page.area.text() == VILLAGE)
    page.export_to(stage.folder / name)
    stage.until(lambda: page.message.text().startswith("已保存"))
    assert len(read_layer(stage.folder / name).drawn) == 3


def test_the_kind_of_file_chosen_gives_its_ending(stage, monkeypatch):
    page = Borders(stage, "village").open(1)
    stage.until(lambda: page.area.text())
    chosen = (str(stage.folder / "grids"), "Shapefile (*.shp)")
    monkeypatch.setattr("console.ui.settings.border_changes.QFileDialog.getSaveFileName", lambda *_: chosen)
    page.export()
    stage.until(lambda: page.message.text())
    assert (stage.folder / "grids.shp").exists()
