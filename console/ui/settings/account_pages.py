"""The pages about people and units, each for those whose role allows it."""

from PySide6.QtCore import QSettings

from console.service.administration import Administration
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.account_page import AccountPage
from console.ui.settings.duty import DutyPage
from console.ui.settings.importing import ImportPage
from console.ui.settings.offices import UnitsPage
from console.ui.settings.users import UsersPage
from console.ui.settings.wishes import SessionsPage, WishesPage


def account_pages(seat: Seat, admin: Administration, kept: QSettings) -> tuple[tuple[str, AccountPage], ...]:
    """People, units, roster, wishes, import and the own sessions; `kept` remembers widths from one day to the next.

    Everybody sees the own centre's roster and the own sessions; the rest is
    there for those whose roles read accounts (3.5: R22, R19, R17, and R04 at
    home). What one may change there, each operation decides.
    """
    pages: list[tuple[str, AccountPage]] = []
    if admin.may(seat.actor, "read"):
        pages += [
            (tr("People"), UsersPage(seat, admin, kept)), (tr("Units"), UnitsPage(seat, admin, kept)),
            (tr("Role wishes"), WishesPage(seat, admin, kept)),
        ]  # fmt: skip
    pages.append((tr("Roster"), DutyPage(seat, admin, kept)))
    if admin.may(seat.actor, "import"):
        pages.append((tr("Import"), ImportPage(seat, admin, kept)))
    pages.append((tr("My sessions"), SessionsPage(seat, admin, kept)))
    return tuple(pages)
