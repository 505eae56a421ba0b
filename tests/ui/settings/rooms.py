"""A seat over the small town whose services read the book: the pages of the code tables, as the program joins them."""

from console.service.feed import Feed
from console.ui.seat import CodeDesk, Seat, Services
from console.ui.settings.code_pages import code_pages
from console.ui.settings.panel import AdminPanel
from tests.service.halls import CodeHall


class Room:
    """The administration panel of somebody, live by the feed."""

    def __init__(self, stage, login: str = "director") -> None:
        self.stage, self.hall = stage, CodeHall(stage.town)
        stage.room_kept = self  # a panel nobody holds is gone before its answer comes
        town, self.feed = stage.town, stage.feed
        assert isinstance(self.feed, Feed)
        self.feed.listen(self.hall.book.hear)
        self.services = Services(
            self.hall.book, town.clock, town.ask, town.reports, town.cases, town.tasks, stage.photos, town.video, None, *town.flow,
            town.unmask, stage.services.exports, code_desk=CodeDesk.over(self.hall.changes),
        )  # fmt: skip
        self.seat = Seat(town.actor(login), self.services, stage.work)
        self.said: list[str] = []
        self.seat.said.connect(self.said.append)
        self.pages = dict(zip(("tables", "calendar", "changes"), (page for _, page in code_pages(self.seat)), strict=False))
        self.panel = AdminPanel(stage.work, code_pages(self.seat) if not self.pages else tuple(self.pages.items()))
        stage.work.changed.connect(self.panel.changed)
        self.feed.listen(lambda entries: stage.work.post(frozenset(entry.kind for entry in entries)))

    def open(self, name: str):
        """Show a page and wait for its answer."""
        page = self.pages[name]
        self.stage.qtbot.addWidget(self.panel)
        self.panel.resize(1500, 860)
        self.panel.show()
        self.panel.show_page(page)
        self.stage.until(lambda: page._shown is not None)
        return page
