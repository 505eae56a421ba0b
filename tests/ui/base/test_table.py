"""The view of rows: selection and place stay, news wait while the officer is inside, text is literal."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QEnterEvent
from PySide6.QtWidgets import QApplication

from console.ui.base.flash import Flash
from console.ui.base.rows import Line, LinePainter
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.table import RowsView


def line(number, **facts):
    return Line("P4", "13:58", f"占道经营 {number}", "城关镇 花园北区", "处置中", "23:10", **facts)


def view_of(qtbot, *rows, flash=None):
    model = RowsModel(lambda row: row.title)
    view = RowsView(model, LinePainter(lambda row: row), flash)
    qtbot.addWidget(view)
    view.resize(560, 300)
    QCursor.setPos(700, 500)  # beside the view: a resting pointer holds the rows too
    view.move(0, 0)
    view.show_rows(rows)
    view.show()
    return view, model


@pytest.mark.parametrize("count", [0, 1, 500])
def test_any_number_of_rows_can_be_painted(qtbot, count):
    view, _ = view_of(qtbot, *(line(n) for n in range(count)))
    view.empty_text = "没有待办"
    assert not view.grab().isNull()


def test_an_empty_answer_shows_its_words_at_once(qtbot):
    view, _ = view_of(qtbot)
    view.empty_text = "正在读取…"
    qtbot.waitExposed(view)
    view.grab()
    painted = []
    view.paintEvent = lambda event: painted.append(view.empty_text)
    view.empty_text = "没有待办"
    view.show_rows(())
    qtbot.waitUntil(lambda: painted == ["没有待办"])


def test_rows_are_44_px_high(qtbot):
    view, model = view_of(qtbot, line(1))
    assert view.visualRect(model.index(0)).height() == 44


def test_the_selected_row_stays_selected_when_others_come(qtbot):
    view, _ = view_of(qtbot, line(1), line(2))
    assert view.select("占道经营 2")
    view.show_rows((line(9), line(1), line(2)))
    assert view.current.title == "占道经营 2"


def test_selecting_does_not_take_the_focus(qtbot):
    view, _ = view_of(qtbot, line(1))
    view.select("占道经营 1")
    assert not view.hasFocus()


def test_a_scrolled_list_keeps_what_is_looked_at(qtbot):
    view, model = view_of(qtbot, *(line(n) for n in range(100)))
    view.verticalScrollBar().setValue(44 * 50)
    top = model.rows[view.indexAt(QPoint(5, 5)).row()].title
    view.show_rows((*(line(n) for n in range(1000, 1010)), *(line(n) for n in range(100))))
    assert model.rows[view.indexAt(QPoint(5, 5)).row()].title == top


def test_while_the_focus_is_inside_new_rows_wait_behind_a_button(qtbot):
    view, model = view_of(qtbot, line(1), line(2))
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.show_rows((line(7), line(8), line(9), line(1), line(2)))
    assert model.rowCount() == 2
    assert view.news.isVisible()
    assert view.news.text() == "↑3 新"
    qtbot.mouseClick(view.news, Qt.MouseButton.LeftButton)
    assert model.rowCount() == 5
    assert not view.news.isVisible()


def test_leaving_the_list_lets_the_new_rows_in(qtbot):
    view, model = view_of(qtbot, line(1))
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.show_rows((line(7), line(1)))
    view.clearFocus()
    qtbot.waitUntil(lambda: model.rowCount() == 2)


def test_a_pointer_in_the_list_holds_the_rows_and_leaving_lets_the_new_ones_in(qtbot):
    view, model = view_of(qtbot, line(1))
    spot = QPointF(100, 20)
    QApplication.sendEvent(view, QEnterEvent(spot, spot, spot))
    assert view.underMouse()
    view.show_rows((line(7), line(1)))
    assert model.rowCount() == 1
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: model.rowCount() == 2)


def test_asking_for_a_waiting_row_lets_it_in(qtbot):
    view, _ = view_of(qtbot, line(1))
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.show_rows((line(7), line(1)))
    assert view.select("占道经营 7")
    assert view.current.title == "占道经营 7"
    assert not view.select("占道经营 99")


def test_the_timer_flashes_only_for_unacknowledged_rows(qtbot):
    flash = Flash()
    view, _ = view_of(qtbot, line(1, is_unacked=True), flash=flash)
    assert flash.is_running
    view.show_rows((line(1),))
    assert not flash.is_running


def test_a_row_that_waits_to_vanish_does_not_flash(qtbot):
    flash = Flash()
    view, _ = view_of(qtbot, line(1, is_unacked=True), line(2), flash=flash)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.show_rows((line(2),))
    assert not flash.is_running


def test_enter_opens_the_selected_row(qtbot):
    view, _ = view_of(qtbot, line(1), line(2))
    view.select("占道经营 2")
    opened = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [row.title for row in opened] == ["占道经营 2"]


def test_an_unacknowledged_row_wears_a_10_px_marker(qtbot, look):
    view, _ = view_of(qtbot, line(1, is_unacked=True), flash=None)
    view._flash._timer.stop()  # a stalled timer must lose nothing
    picture = view.grab().toImage()
    assert picture.pixelColor(5, 20) == QColor("#C1121F")
    assert picture.pixelColor(12, 20) != QColor("#C1121F")
