"""Panels: a burst costs one refresh, hidden ones wait, late data say so."""

from PySide6.QtCore import Qt

from console.ui.base.panel import Panel


class Queue(Panel):
    """A panel that counts its questions and answers only when told to."""

    kinds = frozenset({"report", "case"})
    name = "queue"

    def __init__(self, work, clock):
        super().__init__(work, "收件箱", clock=clock)
        self.asked = 0
        self.answers_at_once = True

    def refresh(self):
        self.asked += 1
        if self.answers_at_once:
            self.fresh()


class Clock:
    """A clock the test turns."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def shown(qtbot, work, clock=None):
    panel = Queue(work, clock or Clock())
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_a_burst_of_news_costs_one_refresh(qtbot, work):
    panel = shown(qtbot, work)
    asked = panel.asked
    for _ in range(100):
        panel.changed(frozenset({"report"}))
    qtbot.waitUntil(lambda: panel.asked == asked + 1)
    qtbot.wait(120)
    assert panel.asked == asked + 1


def test_news_of_other_kinds_cost_nothing(qtbot, work):
    panel = shown(qtbot, work)
    panel.changed(frozenset({"camera"}))
    assert not panel.is_dirty


def test_a_hidden_panel_waits_until_it_is_shown(qtbot, work):
    panel = shown(qtbot, work)
    panel.hide()
    asked = panel.asked
    panel.changed(frozenset({"case"}))
    qtbot.wait(100)
    assert panel.asked == asked
    assert panel.is_dirty
    panel.show()
    assert panel.asked == asked + 1
    assert not panel.is_dirty


def test_news_wait_for_the_answer_under_way_and_then_ask_again(qtbot, work):
    panel = shown(qtbot, work)
    panel.answers_at_once = False
    panel.changed(frozenset({"case"}))
    qtbot.waitUntil(lambda: panel.asked == 2)
    panel.changed(frozenset({"case"}))
    qtbot.wait(120)
    assert panel.asked == 2
    panel.fresh()
    qtbot.waitUntil(lambda: panel.asked == 3)


def test_a_filter_asks_again_at_once(qtbot, work):
    panel = shown(qtbot, work)
    panel.answers_at_once = False
    panel.changed(frozenset({"case"}))
    qtbot.waitUntil(lambda: panel.asked == 2)
    panel.refresh_soon()
    qtbot.waitUntil(lambda: panel.asked == 3)


def test_late_data_say_how_old_they_are(qtbot, work):
    clock = Clock()
    panel = shown(qtbot, work, clock)
    panel.answers_at_once = False
    panel.changed(frozenset({"case"}))
    qtbot.waitUntil(lambda: panel.asked == 2)
    clock.now += 5
    assert panel.age_s is None
    clock.now += 7
    qtbot.waitUntil(panel.head.age.isVisible, timeout=2000)
    assert panel.head.age.text() == "数据为 12 秒前"
    panel.fresh()
    assert not panel.head.age.isVisible()


def test_an_answer_that_never_comes_does_not_stop_the_panel(qtbot, work):
    clock = Clock()
    panel = shown(qtbot, work, clock)
    panel.answers_at_once = False
    panel.changed(frozenset({"case"}))
    qtbot.waitUntil(lambda: panel.asked == 2)
    panel.changed(frozenset({"case"}))
    clock.now += 6
    qtbot.waitUntil(lambda: panel.asked == 3, timeout=2500)


def test_a_lost_link_makes_the_data_old(qtbot, work):
    clock = Clock()
    panel = shown(qtbot, work, clock)
    panel.set_link(False)
    clock.now += 6
    panel.set_link(False)
    assert panel.age_s == 6
    panel.set_link(True)
    assert panel.age_s is None


def test_the_head_is_34_px_and_shows_counters(qtbot, work):
    panel = shown(qtbot, work)
    panel.head.set_counters("未接 7", "处置中 31")
    assert panel.head.height() == 34
    assert panel.head.counters.text() == "未接 7 · 处置中 31"
    assert panel.head.title.textFormat() == Qt.TextFormat.PlainText
