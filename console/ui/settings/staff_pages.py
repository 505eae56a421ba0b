"""The pages about people, units, plugins and base maps, for those whose roles allow."""

from PySide6.QtCore import QSettings

from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.basemaps import BasemapsPage
from console.ui.settings.duty import DutyPage
from console.ui.settings.importing import ImportPage
from console.ui.settings.offices import UnitsPage
from console.ui.settings.page import Page
from console.ui.settings.plugins import PluginsPage
from console.ui.settings.users import UsersPage
from console.ui.settings.wishes import SessionsPage, WishesPage


def staff_pages(seat: Seat, kept: QSettings) -> tuple[tuple[str, Page], ...]:
    """People, units, wishes, roster, import, plugins, base maps and the own sessions; `kept` remembers widths from one day to the next.

    Everybody sees the own centre's roster and the own sessions; the rest is
    there for those whose roles read accounts (3.5: R22, R19, R17, and R04 at
    home). What one may change there, each operation decides.
    """
    admin = seat.services.admin
    if admin is None:
        return ()
    pages: list[tuple[str, Page]] = []
    if admin.may(seat.actor, "read"):
        pages += [
            (tr("People"), UsersPage(seat, admin, kept)), (tr("Units"), UnitsPage(seat, admin, kept)),
            (tr("Role wishes"), WishesPage(seat, admin, kept)),
        ]  # fmt: skip
    pages.append((tr("Roster"), DutyPage(seat, admin, kept)))
    if admin.may(seat.actor, "import"):
        pages.append((tr("Import"), ImportPage(seat, admin, kept)))
    plugins = seat.services.plugins
    if plugins is not None and plugins.may(seat.actor):
        pages.append((tr("Plugins"), PluginsPage(seat, admin, plugins, kept)))
    basemaps = seat.services.basemaps
    if basemaps is not None and basemaps.may(seat.actor):
        pages.append((tr("Base maps"), BasemapsPage(seat, admin, kept, basemaps)))
    return (*pages, (tr("My sessions"), SessionsPage(seat, admin, kept)))
