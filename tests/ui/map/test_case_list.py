"""The window of cases round a place over a real store: rows, counts, radii by key, taking, copying, closing, nothing to show."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy import update

from console.domain.place import Point
from console.domain.vicinity import Circle, Outline
from console.store import tables
from console.ui.map.case_list import CaseList
from tests.make import SPOT

ROUND = tuple(Point(SPOT.lon + x, SPOT.lat + y) for x, y in ((-0.001, -0.001), (0.001, -0.001), (0.0, 0.001)))


@pytest.fixture
def listed(seat, qtbot, memory):
    def open_list(kind="history", area=Circle(SPOT, 100)):  # noqa: B008
        made = CaseList(seat, kind, area, memory=memory)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.show()
        answered(made, qtbot)
        return made

    return open_list


def answered(made, qtbot):
    qtbot.waitUntil(lambda: made.head.counters.text() != "")


def report(town, metres, category="0601"):
    town.wait(60)
    return town.report(category, lat=SPOT.lat + metres / 111_195).case_id


def ids(made):
    return [row.id for row in made.model.rows]


def test_the_history_lists_open_and_ended_cases_newest_first(listed, town):
    ended, newer = report(town, 5, "0602"), report(town, 0)
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == ended).values(state="90"))

    made = listed()

    assert ids(made) == [newer, ended]
    assert made.head.counters.text().startswith("案件 2 · 特急 1 · 一般 1 · 截至 10:02")


def test_enter_takes_the_selected_case_in_hand_and_the_list_stays(listed, town, seat, qtbot):
    first, second = report(town, 5), report(town, 0)
    made = listed()
    QTest.keyClick(made.view, Qt.Key.Key_Return)
    assert seat.case_id == second
    QTest.keyClick(made.view, Qt.Key.Key_Down)
    made.take.click()
    assert (seat.case_id, made.isVisible()) == (first, True)


def test_digits_choose_the_radius(listed, town, qtbot):
    near, far = report(town, 40), report(town, 250)
    made = listed()
    assert ids(made) == [near]
    QTest.keyClick(made.view, Qt.Key.Key_3)
    answered(made, qtbot)
    assert (made.chips.current, ids(made)) == ("300", [far, near])


def test_ctrl_r_asks_again(listed, town, qtbot):
    made = listed()
    assert (ids(made), made.view.empty_text) == ([], "近12个月该范围内没有案件。")
    case_id = report(town, 0)
    QTest.keyClick(made.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    answered(made, qtbot)
    assert ids(made) == [case_id]


def test_an_outline_lists_its_open_cases_without_a_radius(listed, town):
    inside = report(town, 20)
    report(town, 400)
    made = listed("open", Outline(ROUND))
    assert ids(made) == [inside]
    assert not made.chips.isVisible()


def test_the_numbers_are_copied_a_line_each(listed, town, seat):
    cases = [town.case(report(town, metres)) for metres in (3, 0)]
    said = []
    seat.said.connect(said.append)
    made = listed("open")
    QTest.keyClick(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "\n".join(case.number for case in reversed(cases))
    assert said == ["已复制 2 个案件编号"]


def test_without_cases_nothing_is_offered(listed):
    made = listed("open", Outline(ROUND))
    assert made.view.empty_text == "该区域内没有在办案件。"
    assert not made.take.isEnabled() and not made.copy.isEnabled()


def test_an_area_that_cannot_be_asked_about_is_said(seat, qtbot):
    made = CaseList(seat, "open", Outline(ROUND[:2]))
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.view.empty_text not in ("", "正在读取…"))
    assert made.head.counters.text() == ""


def test_esc_closes_it_and_it_opens_as_large_as_it_was(listed):
    made = listed()
    made.resize(900, 610)
    QTest.keyClick(made.view, Qt.Key.Key_Escape)
    assert not made.isVisible()
    assert (listed().width(), listed().height()) == (900, 610)


def test_a_locked_seat_shows_no_list(listed, seat):
    made = listed()
    seat.set_locked(False)
    assert made.isVisible()
    seat.set_locked(True)
    assert not made.isVisible()


def test_the_keys_of_the_seat_go_on_but_esc_closes_the_list_alone(seat, qtbot):
    window, pressed = QMainWindow(), []
    qtbot.addWidget(window)
    for press in ("F5", "Esc"):
        act = QAction(window)
        act.setShortcut(QKeySequence(press))
        act.triggered.connect(lambda _=False, press=press: pressed.append(press))
        window.addAction(act)
    window.show()
    made = CaseList(seat, "history", Circle(SPOT, 100), window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    qtbot.waitUntil(lambda: made.isActiveWindow() and made.head.counters.text() != "")

    QTest.keyClick(made.view, Qt.Key.Key_F5)
    QTest.keyClick(made.view, Qt.Key.Key_Escape)

    assert (pressed, made.isVisible()) == (["F5"], False)
