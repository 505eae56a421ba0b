"""Joins the review with the wall it is opened from, and with the services that open, keep and end."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QSettings

from console.domain.footage import Footage
from console.domain.people import Actor
from console.service.recordings import Recordings
from console.ui.base.words import tr
from console.ui.review.desk import ReviewDesk
from console.ui.review.minute import Asked, Minute
from console.ui.review.opening import Part, Review, Take
from console.ui.seat import Seat
from console.ui.wall.panel import WallPanel


def review_desk(seat: Seat, settings: QSettings, parent: QObject) -> ReviewDesk:
    """Where a seat's recordings are reviewed; closing ends their looks."""
    recordings = seat.services.recordings
    return ReviewDesk(seat, recordings.close if recordings is not None else None, settings=settings, parent=parent)


def join_wall(wall: WallPanel, desk: ReviewDesk) -> None:
    """Let the key that brought a case's cameras show them a minute ago when they hang already; who leaves the wall leaves both."""
    wall.left.connect(desk.leave)
    seat, recordings = wall.seat, wall.seat.services.recordings
    if recordings is None:
        return
    minute = Minute(seat, desk, lambda asked, start, end: _opened(seat, recordings, asked, start, end), wall.past.last, recordings.close)
    desk.closed.connect(wall.past.forget)
    minute.follow(wall.case_wall, wall.looks)


def join_clips(seat: Seat, desk: ReviewDesk) -> None:
    """Let clips of the case in hand be looked at as recordings are: at any pace, picture by picture, marked, with stills."""
    clips = seat.services.clips
    if clips is None:
        return

    def close(actor: Actor, access_ids: Sequence[int]) -> None:
        for access_id in access_ids:
            clips.close(actor, access_id)

    def show(footage: tuple[Footage, ...]) -> None:
        looks = frozenset(one.access_id for one in footage)
        desk.show(Review(footage, tr("a clip of the case"), seat.case_id or None, None, looks, close, is_kept=True))

    def cover(footage: tuple[Footage, ...], part: Part, take: Take) -> None:
        looks = frozenset(one.access_id for one in footage)
        words = tr("a clip of the case")
        desk.show(Review(footage, words, seat.case_id or None, part[0], looks, close, is_kept=True, part=part, take=take))

    seat.reviewed.connect(show)
    seat.covering.connect(cover)


def _opened(seat: Seat, recordings: Recordings, asked: Asked, start: datetime, end: datetime) -> Sequence[Footage]:
    cameras = [camera.id for camera, _ in asked.looks]
    return recordings.open(seat.actor, cameras, start, end, purpose="V1", reason=asked.words, case_id=asked.case_id)
