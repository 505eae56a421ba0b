"""The pages about recorded video and its use: what waits for a decision, every look, the week's sample, what cameras lack."""

from PySide6.QtCore import QSettings

from console.domain.video_leave import DECIDERS, POLICE, REVIEWERS
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.leaves import LeavesPage
from console.ui.settings.looks import LooksPage
from console.ui.settings.page import Page
from console.ui.settings.watching import LackingPage, SamplePage


def video_pages(seat: Seat, kept: QSettings) -> tuple[tuple[str, Page], ...]:
    """The pages of a seat's roles: who decides, who reads the registers, who takes samples."""
    admin, leaves, watch = seat.services.admin, seat.services.leaves, seat.services.video_watch
    if admin is None or leaves is None or watch is None:
        return ()
    pages: list[tuple[str, Page]] = []
    if seat.actor.holds_any(DECIDERS | POLICE | REVIEWERS):
        pages.append((tr("Recordings asked for"), LeavesPage(seat, admin, kept, leaves)))
    if watch.may_read(seat.actor):
        pages.append((tr("Looks"), LooksPage(seat, kept, watch)))
    if watch.may_sample(seat.actor):
        pages.append((tr("Week's sample"), SamplePage(seat, admin, kept, watch)))
    if watch.may_read(seat.actor):
        pages.append((tr("Camera duties"), LackingPage(seat, admin, kept, watch)))
    return tuple(pages)
