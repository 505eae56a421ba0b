"""Layers chosen on the map: base maps with their pictures, what is hidden, and what is remembered."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.basemap import Basemap
from console.domain.datum import tile, world
from console.domain.place import Point
from console.net.vault import Vault
from console.service.basemaps import Basemaps, KeptMap
from console.tiles.link import Links
from console.ui.base.theme import Theme
from console.ui.map.layering import read_kept
from console.ui.map.panel import MapPanel
from tests.make import ROOT, SPOT
from tests.plugins.halls import ADMIN
from tests.tiles.hosts import KEY, colour


@pytest.fixture
def maps(seat, town, tmp_path):
    links = Links(tmp_path / "tiles.db")
    service = Basemaps(town.desk, Vault.in_file(tmp_path))
    seat.services = replace(seat.services, basemaps=service, tiles=links)
    yield service
    links.stop()


@pytest.fixture
def panel(seat, maps, memory, qtbot):
    found = MapPanel(seat, memory=memory)
    qtbot.addWidget(found)
    found.resize(900, 600)
    found.show()
    seat.work.changed.connect(found.changed)
    qtbot.waitUntil(lambda: found._is_loaded, timeout=5000)
    return found


def set_map(maps, panel, qtbot, basemap, key=""):
    shelf = maps.listed(ADMIN)
    shelf = maps.save(ADMIN, shelf.version, KeptMap(0, basemap), key)
    panel.work.post(frozenset({"basemap"}))
    qtbot.waitUntil(lambda: len(panel.layering._shelf.maps) == len(shelf.maps), timeout=5000)
    return shelf.maps[-1].id


def named(panel, words):
    return next(action for action in panel.layering.menu().actions() if action.text() == words)


def middle(panel):
    panel.canvas.repaint()
    image = panel.canvas.grab().toImage()
    found = image.pixelColor(image.width() // 2 + 30, image.height() // 2 + 30)
    return found.red(), found.green(), found.blue()


def stand(panel, zoom):
    """Stand where nothing lies beside the middle but ground."""
    panel.canvas.go(panel.canvas.view.at(*world(Point(SPOT.lon + 0.01, SPOT.lat)), zoom))


def expected(panel, zoom):
    spot = panel.canvas.view.spot(panel.canvas.width() / 2 + 30, panel.canvas.height() / 2 + 30)
    return colour(zoom, *tile(spot, zoom))


def test_a_chosen_base_map_lies_below_the_outlines(maps, panel, qtbot, host):
    stand(panel, 18.0)
    set_map(maps, panel, qtbot, Basemap("街道", (host.wmts,)), KEY)
    plain = middle(panel)
    named(panel, "街道").trigger()
    qtbot.waitUntil(lambda: panel.layering.underlay.covers(panel.canvas.view), timeout=10_000)
    assert middle(panel) == expected(panel, 18) != plain
    assert panel.layering.button.text() == "图层：街道"
    named(panel, "示意轮廓").trigger()
    assert middle(panel) == plain


def test_keys_open_the_menu_and_change_the_base_map(maps, panel, qtbot, host, seat):
    said = []
    seat.said.connect(said.append)
    first = set_map(maps, panel, qtbot, Basemap("街道", (host.xyz,)))
    second = set_map(maps, panel, qtbot, Basemap("影像", (host.xyz,)))
    for number in (first, second, 0):
        QTest.keyClick(panel.canvas, Qt.Key.Key_B)
        assert panel.layering.chosen == number
    assert said == ["底图：街道", "底图：影像", "底图：示意轮廓"]
    QTest.keyClick(panel.canvas, Qt.Key.Key_L)
    opened = QApplication.activePopupWidget()
    assert [action.text() for action in opened.actions() if action.text()] == [
        "示意轮廓", "街道", "影像", "摄像机", "网格边界", "地名", "重点部位", "图例", "网格着色", "事件热力", "保存的视野",
        "把地图存成图片（PNG）", "把地图存成打印页（PDF）",
    ]  # fmt: skip
    assert [action.text() for action in opened.actions() if action.isChecked()] == ["示意轮廓", "摄像机", "网格边界", "地名"]
    opened.close()


def test_the_choice_is_there_at_the_next_start(maps, panel, qtbot, host, seat, memory):
    number = set_map(maps, panel, qtbot, Basemap("街道", (host.xyz,)))
    panel.layering.choose(number)
    named(panel, "摄像机").trigger()
    memory.write()
    again = MapPanel(seat, memory=memory)
    qtbot.addWidget(again)
    again.refresh()
    qtbot.waitUntil(lambda: again.layering.underlay.basemap is not None, timeout=5000)
    assert (again.layering.chosen, again.canvas.still.shown.cameras, again.canvas.still.shown.names) == (number, False, True)


def test_hidden_layers_are_neither_painted_nor_pointed_at(panel, town, qtbot):
    qtbot.waitUntil(lambda: len(panel.canvas.marks.cameras) == 2)
    camera = panel.canvas.marks.cameras[0]
    panel.canvas.go(panel.canvas.view.at(*panel.canvas.marks.camera_places[0], 16))
    at = (panel.canvas.width() / 2, panel.canvas.height() / 2)
    assert camera.code in panel.describe(*at)
    named(panel, "摄像机").trigger()
    assert panel.describe(*at) == "" and panel.canvas.seen.cameras == () and len(panel.canvas.marks.cameras) == 2
    assert panel.layering.button.text().endswith("（有隐藏）")
    with_grids = panel.canvas.grab().toImage()
    named(panel, "网格边界").trigger()
    named(panel, "地名").trigger()
    assert panel.canvas.grab().toImage() != with_grids


def test_without_a_key_or_with_a_wrong_one_the_outlines_stay_and_one_line_says_why(maps, panel, qtbot, host):
    lacking = set_map(maps, panel, qtbot, Basemap("无钥", (host.wmts,)))
    panel.layering.choose(lacking)
    assert "还没有填服务密钥" in panel.layering.note.text() and host.asked == []
    wrong = set_map(maps, panel, qtbot, Basemap("错钥", (host.wmts,)), "wrong")
    panel.layering.choose(wrong)
    qtbot.waitUntil(lambda: "不接受这个密钥" in panel.layering.note.text(), timeout=5000)
    assert "错钥" in panel.layering.note.text() and panel.layering.note.isVisible()
    panel.layering.choose(0)
    assert not panel.layering.note.isVisible()


def test_what_an_administrator_changes_is_shown_and_what_he_removes_falls_back(maps, panel, qtbot, host):
    number = set_map(maps, panel, qtbot, Basemap("街道", (host.wmts,)), "wrong")
    panel.layering.choose(number)
    qtbot.waitUntil(lambda: panel.layering.note.text() != "", timeout=5000)
    shelf = maps.listed(ADMIN)
    shelf = maps.save(ADMIN, shelf.version, shelf.maps[0], KEY)
    panel.work.post(frozenset({"basemap"}))
    qtbot.waitUntil(lambda: panel.layering.underlay.covers(panel.canvas.view), timeout=10_000)
    assert panel.layering.note.text() == ""
    maps.remove(ADMIN, shelf.version, number)
    panel.work.post(frozenset({"basemap"}))
    qtbot.waitUntil(lambda: panel.layering.underlay.basemap is None, timeout=5000)
    assert panel.layering.button.text() == "图层：示意轮廓"


def test_by_night_the_pictures_are_turned(maps, panel, qtbot, host, qapp):
    look = Theme(qapp, ROOT / "resources" / "themes")
    look.wear("day", 100)
    stand(panel, 18.0)
    panel.layering.choose(set_map(maps, panel, qtbot, Basemap("街道", (host.xyz,))))
    qtbot.waitUntil(lambda: panel.layering.underlay.covers(panel.canvas.view), timeout=10_000)
    by_day = middle(panel)
    look.wear("night", 100)
    qtbot.waitUntil(lambda: panel.layering.underlay.covers(panel.canvas.view) and middle(panel) != by_day, timeout=10_000)
    look.wear("day", 100)


def test_without_a_source_of_pictures_there_is_no_process(seat, qtbot):
    found = MapPanel(seat)
    qtbot.addWidget(found)
    assert found.layering.underlay is None
    found.layering.next()
    assert found.layering.chosen == 0


def shown_themes(panel):
    return panel.canvas.still.themes


def test_coloured_grids_heat_and_sites_are_asked_for_and_told_in_the_legend(panel, town, qtbot):
    town.report()
    plain = panel.canvas.grab().toImage()
    panel.layering.show_part("shade", "open")
    qtbot.waitUntil(lambda: shown_themes(panel).shading is not None, timeout=5000)
    assert shown_themes(panel).shading.shades[0].grids == 1
    assert [row.words for row in panel.layering.legend.rows][:2] == ["网格未办结案件", "1：1 个网格"]
    panel.layering.show_part("heat", 7)
    qtbot.waitUntil(lambda: shown_themes(panel).heat is not None, timeout=5000)
    assert panel.layering.legend.rows[-2].words == "事件热力：7 天 1 件"
    panel.layering.show_part("sites", True)
    qtbot.waitUntil(lambda: shown_themes(panel).sites is not None, timeout=5000)
    sites = shown_themes(panel).sites
    panel.canvas.go(panel.canvas.view.at(*sites.places[0], 15))
    assert sites.sites[0].name in panel.describe(panel.canvas.width() / 2, panel.canvas.height() / 2)
    assert panel.canvas.grab().toImage() != plain and panel.layering.legend.isVisible()
    for name, value in (("shade", ""), ("heat", 0), ("sites", False)):
        panel.layering.show_part(name, value)
    qtbot.waitUntil(lambda: not panel.layering.legend.isVisible(), timeout=5000)
    assert shown_themes(panel).shading is None


def test_the_whole_legend_tells_every_sign(panel):
    panel.layering.show_part("legend", True)
    words = [row.words for row in panel.layering.legend.rows]
    assert words[0].startswith("P1") and "外圈：尚未接警" in words and "摄像机及朝向" in words
    panel.layering.show_part("cameras", False)
    assert "摄像机及朝向" not in [row.words for row in panel.layering.legend.rows]


@pytest.mark.parametrize("words", ["", "3", "[1]", "{", '{"map": "x", "shade": "people", "heat": 9, "cameras": 1, "names": false}'])
def test_what_was_remembered_and_cannot_be_is_left_out(words):
    number, shown = read_kept(words)
    assert (number, shown.shade, shown.heat, shown.cameras) == (0, "", 0, True)
    assert shown.names == ("names" not in words)


def test_a_kept_view_brings_place_and_layers_back(panel, qtbot, seat):
    said = []
    seat.said.connect(said.append)
    stand(panel, 15.0)
    panel.layering.show_part("names", False)
    panel.layering.keep_view()
    (kept,) = panel.layering.views.views
    assert said == [f"已保存：{kept.name}"] and kept.name == "元村镇 仓颉村 1:15 000"
    panel.layering.show_part("names", True)
    panel.canvas.fit()
    panel.layering.show_view(kept)
    qtbot.waitUntil(lambda: panel.canvas.view.zoom == pytest.approx(15.0), timeout=3000)
    assert not panel.canvas.still.shown.names
