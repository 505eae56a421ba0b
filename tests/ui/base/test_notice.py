"""Notices: undo counts down, a sheet names the act, nothing steals the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.base.notice import Busy, Sheet, Toast


class Clock:
    """A clock the test turns."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def host(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.field = QLineEdit(made)
    made.show()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def test_an_act_can_be_taken_back_while_it_counts_down(host):
    clock, undone = Clock(), []
    toast = Toast(host, clock=clock)
    toast.undone.connect(undone.append)
    toast.say("已派遣 城管局", undo_s=8, tag="task-31")
    assert toast.isVisible()
    assert host.field.hasFocus()
    clock.now = 7.9
    assert toast.undo()
    assert undone == ["task-31"]
    assert not toast.isVisible()
    assert not toast.undo()


def test_after_the_time_nothing_is_taken_back(host):
    clock, undone, ended = Clock(), [], []
    toast = Toast(host, clock=clock)
    toast.undone.connect(undone.append)
    toast.ended.connect(ended.append)
    toast.say("已派遣 城管局", undo_s=3, tag="task-31")
    clock.now = 3.0
    assert not toast.undo()
    toast.tick()
    assert (undone, ended) == ([], ["task-31"])
    assert not toast.isVisible()


def test_a_second_act_ends_the_undo_of_the_first(host):
    clock, ended = Clock(), []
    toast = Toast(host, clock=clock)
    toast.ended.connect(ended.append)
    toast.say("一", undo_s=8, tag="1")
    toast.say("二", undo_s=8, tag="2")
    assert ended == ["1"]
    assert toast.words == "二"


def test_a_sheet_names_object_and_verb_and_esc_leaves(qtbot, host):
    sheet, confirmed, closed = Sheet(host), [], []
    sheet.confirmed.connect(lambda: confirmed.append(1))
    sheet.closed.connect(lambda: closed.append(1))
    sheet.ask("结案 000031 井盖缺失", "结案后不能再派遣", "结案")
    assert sheet.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert (confirmed, closed) == ([], [1])
    assert host.field.hasFocus()


def test_enter_on_a_fresh_sheet_does_not_confirm(qtbot, host):
    sheet, confirmed = Sheet(host), []
    sheet.confirmed.connect(lambda: confirmed.append(1))
    sheet.ask("结案 000031", "不能撤回", "结案")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert confirmed == []
    assert not sheet.isVisible()


def test_a_sheet_shows_hostile_words_literally(host):
    sheet = Sheet(host)
    sheet.tell("注意", "<img src=file:///etc/hostname>" + "<table><tr><td>" * 20)
    assert sheet.isVisible()
    assert "<img src=file" in sheet._words.text()


def test_work_shorter_than_a_second_shows_no_busy_line(qtbot, host):
    busy = Busy(host)
    busy.begin("正在导出")
    busy.end()
    assert not busy.isVisible()
    busy.begin("正在导出", can_cancel=True)
    qtbot.waitUntil(busy.isVisible, timeout=2000)
    busy.progress(3, 10)
    busy.end()
    assert not busy.isVisible()
