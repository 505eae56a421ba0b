"""The administration panel: a row of pages, one of which is shown. It knows nothing of what they hold."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from console.ui.base import theme
from console.ui.base.chips import WrappedChips
from console.ui.base.keys import group_actions
from console.ui.base.panel import Panel
from console.ui.base.words import tr
from console.ui.base.work import Work
from console.ui.settings.page import Page


class AdminPanel(Panel):
    """Hosts pages given as (title, widget); a `Page` is refreshed by its kinds, any other widget looks after itself."""

    name = "admin"
    keys = group_actions("table")

    def __init__(self, work: Work, pages: Sequence[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        """Make the panel with its pages; the first is shown."""
        super().__init__(work, tr("Administration"), parent)
        self.kinds = frozenset().union(*(page.kinds for _, page in pages if isinstance(page, Page)))
        self.chips = WrappedChips()
        self.chips.show_chips(tuple((str(place), title) for place, (title, _) in enumerate(pages)))
        self.stack = QStackedWidget()
        for _, page in pages:
            self.stack.addWidget(page)
            if isinstance(page, Page):
                page.answered.connect(self.fresh)
                page.wanted.connect(self._bring)
        self.head.add_right(self.chips)
        self.body.addWidget(self.stack, 1)
        self.chips.chosen.connect(self._turn)
        self.chips.lined.connect(lambda high: self.head.setFixedHeight(max(theme.px(theme.HEAD), high + theme.px(4))))

    def refresh(self) -> None:
        """Let the page that is shown ask anew."""
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()
        else:
            self.fresh()

    def submit(self) -> bool:
        """Ctrl+Enter on the page that is shown."""
        page = self.stack.currentWidget()
        return isinstance(page, Page) and page.submit()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever opens the administration begins on its page: the next key is meant for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._take_focus)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.chips.choose(str(self.stack.indexOf(page)))

    def show_kind(self, kind: type[QWidget]) -> None:
        """Bring the first page of a kind to the front, if there is one."""
        pages = (self.stack.widget(place) for place in range(self.stack.count()))
        found = next((page for page in pages if isinstance(page, kind)), None)
        if found is not None:
            self.show_page(found)

    def _take_focus(self) -> None:
        page, focus = self.stack.currentWidget(), self.focusWidget()
        is_inside = focus is not None and focus.hasFocus() and page.isAncestorOf(focus)
        if self.isVisible() and page is not None and not is_inside:
            page.setFocus()

    def _bring(self) -> None:
        page = self.sender()
        if isinstance(page, QWidget):
            self.show_page(page)

    def _turn(self, place: str) -> None:
        self.stack.setCurrentIndex(int(place))
        self.refresh_soon()
