"""The queue on a real store: none, one, five hundred and more; what it says, what it never does."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from console.domain.rows import InboxRow
from console.ui.inbox.look import count, lamp_of, place_words, state_words
from console.ui.inbox.queue import QueuePanel
from console.ui.inbox.watch import Watch
from tests.make import CODES, START

pytest_plugins = ("tests.ui.stage",)


def row(**more):
    values = {
        "id": 1, "number": "SJ410923-20261123-000001", "title": "井盖缺失/破损", "address": "元村镇", "category": "0601",
        "priority": "P1", "state": "10", "reported_at": START, "acked": False, "due": START + timedelta(minutes=2), "started": START,
        "lon": None, "lat": None, "grid": "", "flags": (), "version": 1,
    }  # fmt: skip
    return InboxRow(**{**values, **more})


def queue(stage):
    panel = QueuePanel(stage.seat())
    stage.work.changed.connect(panel.changed)
    stage.feed.listen(lambda entries: stage.work.post(frozenset(entry.kind for entry in entries)))
    stage.show(panel)
    stage.until(lambda: panel.view.empty_text != "正在读取…")
    return panel


# P1 is accepted within two minutes: amber from a third of it, red when past, worst after twice as long.
@pytest.mark.parametrize(("seconds", "lamp"), [(0, "G"), (79, "G"), (80, "Y"), (119, "Y"), (120, "R"), (239, "R"), (240, "K")])
def test_the_lamp_of_a_critical_report_turns_with_the_clock(seconds, lamp):
    assert lamp_of(row(), START + timedelta(seconds=seconds), CODES) == lamp


def test_the_state_of_a_report_is_whether_somebody_took_note():
    assert (state_words(row(), CODES), state_words(row(acked=True), CODES)) == ("未接", "已接")
    assert state_words(row(state="40"), CODES) == "待签收"


def test_a_flagged_row_says_its_flag_first_in_words():
    assert place_words(row(flags=("no_position", "outside_grid"))) == "〔无位置、不在本网格〕元村镇"
    assert place_words(row(address=" ", grid="410923102204001")) == "网格\u00a0410923102204001"


def test_an_empty_queue_says_that_it_is_empty(stage):
    panel = queue(stage)
    assert panel.view.empty_text == "没有未结案件。"
    assert panel.head.counters.text() == "未接 0 · 处置中 0 · 今日 0"


def test_a_report_becomes_a_painted_row(stage):
    panel, painted = queue(stage), []
    panel.rows_painted.connect(painted.extend)
    case_id = stage.town.report("0601").case_id
    stage.until(lambda: painted == [case_id])
    assert panel.head.counters.text() == "未接 1 · 处置中 0 · 今日 1"


def test_the_clock_runs_without_asking_the_store(stage):
    panel = queue(stage)
    stage.town.report("0601")
    stage.until(lambda: panel.view._rows.rows)
    line = panel.view._painter.line(panel.view._rows.rows[0])
    stage.feed.stop()
    stage.town.wait(62)
    later = panel.view._painter.line(panel.view._rows.rows[0])
    assert (line.clock, later.clock) == ("2:00", "0:58")
    assert (line.lamp, panel.view._painter.line(panel.view._rows.rows[0]).lamp) == ("G", "G")


def test_nothing_moves_under_the_officer_and_new_rows_wait(stage):
    panel = queue(stage)
    stage.town.report("0602")
    stage.until(lambda: panel.view._rows.rows)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.view.model().index(0))
    before = panel.view._rows.rows[0].id
    for _ in range(3):
        stage.town.report("0601")
    stage.until(lambda: panel.view.news.isVisible() and panel.view.news.text() == "↑3 新")

    assert panel.view._rows.key_at(0) == before
    stage.press(Qt.Key.Key_Home)
    assert len(panel.view._rows.rows) == 4
    assert panel.view._rows.key_at(3) == before
    assert panel._seat.case_id in (before, panel.view._rows.key_at(0))


def test_a_case_that_leaves_the_queue_does_not_hand_the_officer_another_one(stage):
    panel = queue(stage)
    first, second = stage.town.report("0601").case_id, stage.town.report("0601").case_id
    stage.until(lambda: len(panel.view._rows.rows) == 2)
    panel.chips.choose("unacked")
    panel._seat.take(second)
    stage.town.cases.ack(stage.town.actor("duty"), second, 1)
    stage.until(lambda: [each.id for each in panel.view._rows.rows] == [first])
    assert panel._seat.case_id == second
    assert panel.view.current is None


def test_chips_filter_by_lamp(stage):
    panel = queue(stage)
    late = stage.town.report("0601").case_id
    stage.town.wait(130)
    stage.town.report("0601")
    stage.until(lambda: len(panel.view._rows.rows) == 2)
    panel.chips.choose("overdue")
    stage.until(lambda: [each.id for each in panel.view._rows.rows] == [late])
    panel.chips.choose("mine")
    stage.until(lambda: panel.view._rows.rows == ())
    assert panel.view.empty_text == "没有由您接警的未结案件。"


def test_five_hundred_rows_are_shown_and_the_cut_is_said(stage):
    rows = tuple(row(id=n, number=f"SJ410923-20261123-{n:06d}") for n in range(1, 501))
    inbox = stage.town.ask.inbox(stage.town.actor("duty"), START)
    counted = count(type(inbox)(rows, inbox.counts), START, CODES, "all")
    panel = queue(stage)
    panel.show_inbox((inbox, counted))
    assert len(panel.view._rows.rows) == 500
    assert "仅列前 500 件" in panel.head.counters.text()


def test_hostile_words_stay_words(stage):
    panel = queue(stage)
    stage.town.report("0601", address="<img src=x onerror=alert(1)>\u202e倒\n行", text="<b>粗</b>")
    stage.until(lambda: panel.view._rows.rows)
    painter = panel.view._painter
    assert painter.line(panel.view._rows.rows[0]).place == "<img src=x onerror=alert(1)>倒 行"


def test_enter_takes_the_row_in_hand_and_goes_on(stage):
    panel, opened = queue(stage), []
    panel.opened.connect(opened.append)
    case_id = stage.town.report("0601").case_id
    stage.until(lambda: panel.view._rows.rows)
    panel.view.setFocus()
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    assert (panel._seat.case_id, opened) == (case_id, [case_id])


def test_the_watch_rings_since_the_report_came_and_counts_urgent_ones_only(stage):
    watch = Watch(stage.seat(), clock=lambda: 1000.0)
    stage.town.report("0601")
    stage.town.report("0602")
    stage.town.wait(30)
    watch.refresh()
    stage.until(lambda: watch.rows)
    assert [(ring.priority, ring.since) for ring in watch.rings()] == [("P1", 970.0)]
    assert "井盖缺失" in watch.events()[0].words


def test_the_watch_goes_by_priority_then_by_age(stage):
    watch = Watch(stage.seat())
    stage.town.report("0602")
    older = stage.town.report("0601").case_id
    stage.town.wait(5)
    newer = stage.town.report("0601").case_id
    watch.refresh()
    stage.until(lambda: len(watch.rows) == 3)
    assert watch.first.id == older
    assert watch.next_after(older).id == newer
