"""The pages of those who watch over personal data: holds, deletions, exports; for the director and the auditor (R17, R19)."""

from PySide6.QtCore import QSettings

from console.domain.roles import OVERSEERS
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.holds import HoldsPage
from console.ui.settings.nights import NightsPage
from console.ui.settings.outgoing import OutgoingPage
from console.ui.settings.page import Page


def oversight_pages(seat: Seat, kept: QSettings) -> tuple[tuple[str, Page], ...]:
    """Holds, deletions and exports for a seat that may read them; none for the others."""
    admin, holds = seat.services.admin, seat.services.holds
    if admin is None or holds is None or not seat.actor.holds_any(OVERSEERS):
        return ()
    return (
        (tr("Holds"), HoldsPage(seat, admin, kept, holds)), (tr("Deletions"), NightsPage(seat, admin, kept, holds)),
        (tr("Exports"), OutgoingPage(seat, admin, kept)),
    )  # fmt: skip
