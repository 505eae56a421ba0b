"""The administration panel: its pages by rights, each asked for when it is shown."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QStackedWidget, QWidget

from console.service.administration import Administration
from console.ui.base.chips import Chips
from console.ui.base.panel import Panel
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.duty import DutyPage
from console.ui.settings.importing import ImportPage
from console.ui.settings.offices import UnitsPage
from console.ui.settings.page import Page
from console.ui.settings.users import UsersPage
from console.ui.settings.wishes import SessionsPage, WishesPage


class AdminPanel(Panel):
    """People, units, roster, wishes, import and the own sessions.

    Everybody sees the own centre's roster and the own sessions; the rest is
    there for those whose roles read accounts (3.5: R22, R19, R17, and R04 at
    home). What one may change there, each operation decides.
    """

    kinds = frozenset({"user", "unit", "duty", "session", "role_change", "account"})
    name = "admin"

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the panel of a seat; `kept` remembers widths from one day to the next."""
        super().__init__(seat.work, tr("Administration"), parent)
        actor = seat.actor
        reads = admin.may(actor, "read")
        self.pages: dict[str, Page] = {}
        if reads:
            self.pages["users"] = UsersPage(seat, admin, kept)
            self.pages["units"] = UnitsPage(seat, admin, kept)
            self.pages["wishes"] = WishesPage(seat, admin, kept)
        self.pages["duty"] = DutyPage(seat, admin, kept)
        if admin.may(actor, "import"):
            self.pages["import"] = ImportPage(seat, admin, kept)
        self.pages["sessions"] = SessionsPage(seat, admin, kept)
        self.chips = Chips()
        self.chips.show_chips(tuple((key, _page_words(key)) for key in self.pages))
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.stack, 1)
        self.chips.chosen.connect(self._open)
        self.setFocusProxy(self.chips)

    def refresh(self) -> None:
        """Ask anew for the page that is shown."""
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()
        self.fresh()

    def _open(self, key: str) -> None:
        self.stack.setCurrentWidget(self.pages[key])
        self.pages[key].setFocus()
        self.refresh_soon()


def _page_words(key: str) -> str:
    return {
        "users": tr("People"), "units": tr("Units"), "wishes": tr("Role wishes"), "duty": tr("Roster"), "import": tr("Import"),
        "sessions": tr("My sessions"),
    }[key]  # fmt: skip
