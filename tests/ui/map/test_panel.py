"""The map panel over a real store: pins soon after a report, F7, clicks, following, what is here."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from console.domain.datum import world
from console.domain.place import Point
from console.domain.rows import Pin
from console.domain.sighting import Seen
from console.store import tables
from console.ui.map.marks import marks_of
from console.ui.map.panel import MapPanel
from tests.make import SPOT, VILLAGE


@pytest.fixture
def panel(seat, qtbot, memory):
    return shown(seat, qtbot, memory)


def shown(seat, qtbot, memory):
    made = MapPanel(seat, memory=memory)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    seat.work.changed.connect(made.changed)
    qtbot.waitUntil(lambda: made.head.counters.text() != "" and not made.ground.is_empty)
    return made


def pins(panel):
    return panel.canvas.marks.pins


def pixel(panel, spot):
    x, y = panel.canvas.view.to_pixel(*world(spot))
    return QPoint(round(x), round(y))


def reported(panel, town, qtbot, **more):
    """A report whose pin has come."""
    before = len(pins(panel))
    receipt = town.report(**more)
    panel.work.post(frozenset({"case"}))
    qtbot.waitUntil(lambda: len(pins(panel)) == before + 1, timeout=1000)
    return receipt.case_id


def test_the_map_stands_where_it_stood_last_time(seat, qtbot, memory):
    first = shown(seat, qtbot, memory)
    first.canvas.go(first.canvas.view.at(*world(SPOT), 16.5))
    memory.write()
    again = shown(seat, qtbot, memory)
    assert again.canvas.view.zoom == pytest.approx(16.5)
    spot = again.canvas.view.spot(again.canvas.width() / 2, again.canvas.height() / 2)
    assert (spot.lon, spot.lat) == (pytest.approx(SPOT.lon, abs=1e-6), pytest.approx(SPOT.lat, abs=1e-6))


def test_a_map_without_cases_says_so_and_shows_the_cameras(panel):
    assert panel.head.counters.text().startswith("案件 0")
    assert len(panel.canvas.marks.cameras) == 2


def test_a_pin_stands_on_the_map_within_a_second_of_the_report(panel, town, qtbot):
    reported(panel, town, qtbot)
    (pin,) = pins(panel)
    assert (pin.lon, pin.lat, pin.acked) == (SPOT.lon, SPOT.lat, False)


def test_a_case_without_a_position_is_counted_in_the_head(panel, town, qtbot):
    town.report(lon=None, lat=None)
    panel.work.post(frozenset({"case"}))
    qtbot.waitUntil(lambda: "1 件无位置" in panel.head.counters.text())
    assert pins(panel) == ()


def test_a_click_on_a_pin_takes_the_case_and_another_click_the_next_one(panel, town, qtbot, seat):
    first, second = reported(panel, town, qtbot), reported(panel, town, qtbot)
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=pixel(panel, SPOT))
    one = seat.case_id
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=pixel(panel, SPOT))
    assert {one, seat.case_id} == {first, second}
    assert panel.canvas.selected == seat.case_id


def test_a_click_on_open_ground_leaves_the_case_in_hand(panel, town, qtbot, seat):
    seat.take(reported(panel, town, qtbot))
    before = seat.case_id
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert seat.case_id == before


def test_the_map_stays_where_it_is_when_cases_come_and_are_taken(panel, town, qtbot, seat):
    before = panel.canvas.view
    seat.take(reported(panel, town, qtbot))
    qtbot.wait(200)
    assert panel.canvas.view == before


def centre_is(panel, spot):
    x, y = panel.canvas.view.to_pixel(*world(spot))
    return abs(x - panel.canvas.width() / 2) < 1 and abs(y - panel.canvas.height() / 2) < 1


def test_f7_brings_the_case_to_the_middle(panel, town, qtbot, seat):
    case_id = reported(panel, town, qtbot)
    seat.located.emit(case_id)
    qtbot.waitUntil(lambda: centre_is(panel, SPOT), timeout=1000)


def test_following_moves_with_the_case_in_hand(panel, town, qtbot, seat):
    case_id = reported(panel, town, qtbot)
    panel.follow.click()
    assert panel.follow.text() == "跟随 开"
    seat.take(case_id)
    qtbot.waitUntil(lambda: centre_is(panel, SPOT), timeout=1000)


def test_f7_on_a_case_without_a_position_says_so_and_moves_nothing(panel, town, qtbot, seat):
    receipt = town.report(lon=None, lat=None)
    said, before = [], panel.canvas.view
    seat.said.connect(said.append)
    seat.located.emit(receipt.case_id)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [f"{town.case(receipt.case_id).number} 无位置"]
    assert panel.canvas.view == before


def test_f7_on_a_case_of_strangers_is_refused_in_words(panel, qtbot, seat):
    said = []
    seat.said.connect(said.append)
    seat.located.emit(4711)
    qtbot.waitUntil(lambda: bool(said))


def test_what_is_here_names_divisions_grid_and_position(panel):
    lines = panel.words_for(Point(115.205, 36.105))
    assert lines == (
        "濮阳市 › 南乐县 › 元村镇 › 仓颉村",
        f"网格 仓颉村第一网格 {VILLAGE}001",
        "115.205000, 36.105000",
    )
    assert panel.words_for(Point(110.0, 30.0))[0] == "辖区之外"


def test_the_menu_by_keyboard_asks_what_is_under_the_cross(panel, qtbot):
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)
    menu = panel.findChild(QMenu)
    assert "仓颉村" in menu.actions()[0].text()
    menu.close()


def test_a_hostile_title_is_shown_literally(panel, town, qtbot):
    reported(panel, town, qtbot, address="<img src=x> & 街")
    place = pixel(panel, SPOT)
    words = panel.describe(place.x(), place.y())
    assert words
    assert panel.describe(5, 5) == ""


def test_a_map_in_english(english, seat, qtbot):
    made = MapPanel(seat)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitUntil(lambda: made.head.counters.text() == "0 cases · 2 cameras" or "cases" in made.head.counters.text())
    assert made.follow.text() == "Follow off"


@pytest.mark.parametrize("code", [VILLAGE, f"{VILLAGE}002"])
def test_a_place_from_the_search_fills_the_map(panel, seat, qtbot, code):
    seat.placed.emit(code)
    west, north, east, south = panel.ground.box_of(code)

    def is_there():
        view = panel.canvas.view
        (left, top), (right, bottom) = view.to_pixel(west, north), view.to_pixel(east, south)
        return 0 <= left < right <= panel.canvas.width() and 0 <= top < bottom <= panel.canvas.height() and (
            right - left > panel.canvas.width() / 2 or bottom - top > panel.canvas.height() / 2
        )

    qtbot.waitUntil(is_there, timeout=2_000)


def test_a_place_without_an_outline_is_said(panel, seat):
    said = []
    seat.said.connect(said.append)
    seat.placed.emit("410922000000")

    assert said == ["410922000000 在此地图上没有边界"]


def marked(town, case_id, camera=1, heading=90.0):
    """A mark through a look at a camera."""
    duty = town.actor("duty")
    access_id = town.video.open_live(duty, (camera,), "V1", "案件周边视频", case_id)[0].access_id
    return town.sightings.mark(duty, access_id, case_id, Seen(town.clock.now(), heading))


def test_the_trace_of_the_case_in_hand_is_shown_grows_and_goes_with_the_case(panel, seat, town, qtbot):
    case_id = reported(panel, town, qtbot)
    first = marked(town, case_id)
    seat.take(case_id)
    qtbot.waitUntil(lambda: panel.canvas.trace.marks == (first,))
    town.wait(60)
    second = marked(town, case_id, camera=2)
    panel.work.post(frozenset({"sighting"}))
    qtbot.waitUntil(lambda: panel.canvas.trace.marks == (first, second))
    seat.take(0)
    qtbot.waitUntil(lambda: panel.canvas.trace.marks == ())


def test_f7_shows_the_case_with_its_whole_trace(panel, seat, town, qtbot):
    case_id = reported(panel, town, qtbot, lon=115.21, lat=36.11)  # C301 stands 1.3 km away
    seat.take(case_id)
    marked(town, case_id)
    panel.work.post(frozenset({"sighting"}))
    qtbot.waitUntil(lambda: len(panel.canvas.trace.marks) == 1)
    seat.located.emit(case_id)
    qtbot.waitUntil(lambda: panel.rect().contains(pixel(panel, Point(115.2005, 36.101))))
    qtbot.waitUntil(lambda: panel.canvas.rect().contains(pixel(panel, Point(115.21, 36.11))))
    assert panel.canvas.view.zoom <= 15.3


def test_what_is_here_lists_the_open_cases_round_it_and_takes_one(panel, seat, town, qtbot):
    reported(panel, town, qtbot)
    panel.canvas.go(panel.canvas.view.at(*world(SPOT), 15.0))
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)
    menu = panel.findChild(QMenu)
    said = [action.text() for action in menu.actions()]
    assert "500 米内在办案件：1 件" in said
    assert any(words.startswith(("可看到此处", "没有摄像机能看到此处")) for words in said)
    next(action for action in menu.actions() if action.text().endswith(" · 0 米")).trigger()
    assert seat.case_id == pins(panel)[0].id


def test_what_is_here_says_when_nothing_is(panel):
    panel.canvas.go(panel.canvas.view.at(*world(Point(110.0, 30.0)), 15.0))
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)
    said = [action.text() for action in panel.findChild(QMenu).actions()]
    assert said[:3] == ["辖区之外", "没有摄像机能看到此处", "500 米内没有在办案件"]


def test_what_is_here_offers_the_cameras_round_it(panel, seat, qtbot):
    asked = []
    seat.surveyed.connect(asked.append)
    panel.canvas.go(panel.canvas.view.at(*world(SPOT), 15.0))
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)
    menu = panel.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == "调看此处周边摄像机").trigger()
    (spot,) = asked
    assert (spot.lon, spot.lat) == (pytest.approx(SPOT.lon, abs=1e-6), pytest.approx(SPOT.lat, abs=1e-6))


def test_a_position_from_the_search_stands_in_the_middle_marked_until_the_next_click(panel, seat, qtbot):
    said = []
    seat.said.connect(said.append)
    before = panel.canvas.grab().toImage()
    seat.spotted.emit(SPOT)
    qtbot.waitUntil(lambda: abs(panel.canvas.view.x - world(SPOT)[0]) < 1e-9)
    assert panel.canvas.here == SPOT
    assert said[-1].endswith(f"{SPOT.lon:.6f}, {SPOT.lat:.6f}")
    assert panel.canvas.grab().toImage() != before
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert panel.canvas.here is None


def test_a_position_far_away_is_shown_and_said_to_be_outside(panel, seat):
    said = []
    seat.said.connect(said.append)
    seat.spotted.emit(Point(2.35, 48.85))
    assert said[-1] == "辖区之外 · 2.350000, 48.850000"


def test_a_position_is_copied_in_the_datum_of_another_map(panel, monkeypatch):
    menus = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_: menus.append(menu))
    spot = Point(115.029, 35.762)
    panel.canvas.go(panel.canvas.view.at(*world(spot), 15.0))
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)
    acts = {action.text(): action for action in menus[0].actions()}
    acts["复制为高德、腾讯坐标"].trigger()
    lon, lat = (float(part) for part in QApplication.clipboard().text().split(", "))
    assert (lon, lat) == pytest.approx((115.03488943, 35.76199555), abs=2e-6)
    acts["复制为百度坐标"].trigger()
    lon, lat = (float(part) for part in QApplication.clipboard().text().split(", "))
    assert (lon, lat) == pytest.approx((115.04146772, 35.76775073), abs=2e-6)


def test_measuring_by_mouse_and_by_key_takes_no_case_and_ends(panel, seat, town, qtbot):
    said = []
    seat.said.connect(said.append)
    reported(panel, town, qtbot)
    panel.canvas.go(panel.canvas.view.at(*world(SPOT), 15.0))
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_D)
    assert "测量中" in said[-1]
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=pixel(panel, SPOT))
    assert seat.case_id == 0
    QTest.keyClick(panel.canvas, Qt.Key.Key_Right)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert said[-1].startswith("长度 ")
    length = panel.canvas.ruler.length_m
    assert length == pytest.approx(90 * panel.canvas.view.metres_per_pixel, rel=0.02)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Backspace)
    assert len(panel.canvas.ruler.spots) == 1
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.canvas.ruler is None
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=pixel(panel, SPOT))
    assert seat.case_id == pins(panel)[0].id


def test_measuring_begins_at_the_place_that_was_asked_about(panel):
    panel.canvas.go(panel.canvas.view.at(*world(SPOT), 15.0))
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)
    next(action for action in panel.findChild(QMenu).actions() if action.text() == "从此处开始测量（D）").trigger()
    (spot,) = panel.canvas.ruler.spots
    assert (spot.lon, spot.lat) == (pytest.approx(SPOT.lon, abs=1e-6), pytest.approx(SPOT.lat, abs=1e-6))


def test_a_click_on_a_crowd_comes_nearer_and_takes_none(panel, seat, qtbot):
    many = tuple(Pin(n, SPOT.lon + n % 20 * 0.001, SPOT.lat + n // 20 * 0.001, "P4", "50", True, "…") for n in range(1, 242))
    panel.canvas.set_marks(marks_of(many, ()))
    panel.canvas.go(panel.canvas.view.at(*world(SPOT), 9.0))
    clusters = panel.canvas.marks.clusters(panel.canvas.view)
    x, y = panel.canvas.view.to_pixels(clusters.middles)[0]
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    qtbot.waitUntil(lambda: panel.canvas.view.zoom > 11)
    assert seat.case_id == 0


def test_where_borders_have_changed_the_ground_is_asked_for_again_and_the_map_stays(panel, town, qtbot):
    place = panel.canvas.view
    before = panel.ground
    with town.store.write() as unit:
        unit.run(tables.grid.update().where(tables.grid.c.code == f"{VILLAGE}001").values(name="改名网格"))

    panel.changed(frozenset({"case"}))
    panel.changed(frozenset({"boundary"}))

    qtbot.waitUntil(lambda: panel.ground is not before)
    assert "改名网格" in "".join(panel.words_for(SPOT))
    assert panel.canvas.view == place
