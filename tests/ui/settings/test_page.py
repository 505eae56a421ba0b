"""A page that asks nothing is answered at once and sends nothing."""

from console.ui.settings.page import Page


def test_a_plain_page_is_answered_at_once(qtbot):
    page = Page()
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.answered):
        page.refresh()
    assert page.submit() is False
    assert page.kinds == frozenset()
