"""The host of the administration pages: it turns them, refreshes the one that is shown, and knows nothing of what they hold."""

from PySide6.QtWidgets import QLabel

from console.ui.base.line import LineEdit
from console.ui.settings.page import Page
from console.ui.settings.panel import AdminPanel


class Counted(Page):
    kinds = frozenset({"code_change"})

    def __init__(self) -> None:
        super().__init__()
        self.asked = self.sent = 0

    def refresh(self) -> None:
        self.asked += 1
        super().refresh()

    def submit(self) -> bool:
        self.sent += 1
        return True


class Other(Counted):
    kinds = frozenset({"person"})


def shown(qtbot, work, *pages):
    panel = AdminPanel(work, [(f"page {number}", page) for number, page in enumerate(pages)])
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_the_first_page_is_shown_and_asked(qtbot, work):
    first, second = Counted(), Other()
    shown(qtbot, work, first, second)
    qtbot.waitUntil(lambda: first.asked == 1)
    assert second.asked == 0


def test_the_panel_hears_of_what_its_pages_show(qtbot, work):
    first = Counted()
    panel = shown(qtbot, work, first, Other())
    assert panel.kinds == {"code_change", "person"}
    qtbot.waitUntil(lambda: first.asked == 1)
    panel.changed(frozenset({"code_change"}))
    qtbot.waitUntil(lambda: first.asked == 2)
    panel.changed(frozenset({"case"}))
    assert not panel.is_dirty


def test_a_chip_turns_the_page_which_asks_anew(qtbot, work):
    first, second = Counted(), Other()
    panel = shown(qtbot, work, first, second)
    panel.chips.choose("1")
    qtbot.waitUntil(lambda: second.asked == 1)
    assert panel.stack.currentWidget() is second


def test_a_page_may_ask_to_be_seen(qtbot, work):
    first, second = Counted(), Other()
    panel = shown(qtbot, work, first, second)
    second.wanted.emit()
    assert panel.stack.currentWidget() is second
    panel.show_page(first)
    assert panel.stack.currentWidget() is first


def test_submitting_goes_to_the_page_that_is_shown(qtbot, work):
    first, second = Counted(), Other()
    panel = shown(qtbot, work, first, second)
    assert panel.submit()
    assert (first.sent, second.sent) == (1, 0)


def test_who_opens_the_panel_stands_on_its_page(qtbot, work):
    page = Counted()
    line = LineEdit(page)
    page.setFocusProxy(line)
    panel = shown(qtbot, work, page)
    panel.activateWindow()
    qtbot.waitUntil(line.hasFocus)


def test_any_widget_may_be_a_page(qtbot, work):
    panel = shown(qtbot, work, QLabel("plain"), Counted())
    assert panel.submit() is False
    panel.refresh()
    assert panel.age_s is None


def test_a_row_of_many_pages_never_makes_the_window_wider(qtbot, work):
    panel = AdminPanel(work, [(f"administration page {number}", Counted()) for number in range(14)])
    qtbot.addWidget(panel)
    panel.show()
    panel.resize(700, 500)

    assert panel.minimumSizeHint().width() < 700
    qtbot.waitUntil(lambda: panel.chips.height() > panel.head.title.height() * 2)
    places = [button.geometry().translated(panel.chips.pos()) for button in panel.chips._buttons.values()]
    assert all(panel.head.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for at, one in enumerate(places) for other in places[:at])
