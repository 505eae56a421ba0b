"""The pages of boundaries, joined: what was taken over can be proposed back from the page where files are checked."""

from PySide6.QtCore import QSettings

from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.border_changes import BorderChangesPage
from console.ui.settings.boundaries import BoundariesPage
from console.ui.settings.page import Page


def border_pages(seat: Seat, kept: QSettings) -> tuple[tuple[str, Page], ...]:
    """Grids and boundaries for those who propose, their changes for those who read them; none for the others."""
    admin, boundaries = seat.services.admin, seat.services.boundaries
    if admin is None or boundaries is None or not boundaries.may(seat.actor, "read"):
        return ()
    changes = BorderChangesPage(seat, admin, boundaries, kept)
    if not boundaries.may(seat.actor, "propose"):
        return ((tr("Boundary changes"), changes),)
    page = BoundariesPage(seat, admin, boundaries, kept)
    changes.reverted.connect(page.show_survey)
    return (tr("Grids and boundaries"), page), (tr("Boundary changes"), changes)
