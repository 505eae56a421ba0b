"""The pages of figures about cameras, for those whose roles allow."""

from PySide6.QtCore import QSettings

from console.domain.patrol import LEADERS
from console.service.areas import may_count
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.page import Page
from console.ui.settings.patrols import PatrolPage
from console.ui.settings.villages import VillagePage


def figure_pages(seat: Seat, kept: QSettings) -> tuple[tuple[str, Page], ...]:
    """Patrols of the shifts for whoever leads them, cameras of the villages for whoever reads what centres own."""
    patrols, pages = seat.services.patrols, []
    if patrols is not None and seat.actor.holds_any(LEADERS):
        pages.append((tr("Patrols"), PatrolPage(seat, patrols, kept)))
    if may_count(seat.actor):
        pages.append((tr("Village cameras"), VillagePage(seat, kept)))
    return tuple(pages)
