"""Recordings of several cameras on one line of true time: which piece belongs to an instant, and where nothing was recorded.

Instants are seconds since the line's beginning. Rules only; nothing is opened here.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.camera import Camera
from console.domain.footage import Footage

MOST_CAMERAS = 9
Span = tuple[float, float]


@dataclass(frozen=True)
class Track:
    """One camera's pieces, in order, none over another."""

    camera: Camera
    pieces: tuple[Footage, ...]


@dataclass(frozen=True)
class Timeline:
    """One line for all cameras."""

    tracks: tuple[Track, ...]
    starts_at: datetime
    ends_at: datetime

    @staticmethod
    def of(footage: Iterable[Footage]) -> "Timeline":
        """The line that holds these pieces; cameras in the order they come, nine at most. There must be one piece."""
        by_camera: dict[int, list[Footage]] = {}
        for piece in footage:
            if piece.ends_at > piece.starts_at:
                by_camera.setdefault(piece.camera.id, []).append(piece)
        kept = [sorted(pieces, key=lambda one: one.starts_at) for pieces in by_camera.values()][:MOST_CAMERAS]
        tracks = tuple(Track(pieces[0].camera, tuple(pieces)) for pieces in kept)
        every = [piece for track in tracks for piece in track.pieces]
        return Timeline(tracks, min(one.starts_at for one in every), max(one.ends_at for one in every))

    @property
    def length_s(self) -> float:
        """How long the line is."""
        return (self.ends_at - self.starts_at).total_seconds()

    def instant(self, at_s: float) -> datetime:
        """The true time of a second of the line."""
        return self.starts_at + timedelta(seconds=at_s)

    def second(self, at: datetime) -> float:
        """The second of the line at a true time, kept inside the line."""
        return min(self.length_s, max(0.0, (at - self.starts_at).total_seconds()))

    def spans(self, track: Track) -> tuple[Span, ...]:
        """Where a camera has pictures."""
        return tuple(
            ((one.starts_at - self.starts_at).total_seconds(), (one.ends_at - self.starts_at).total_seconds()) for one in track.pieces
        )

    def piece(self, track: Track, at_s: float) -> Footage | None:
        """The piece that holds a second; None in a gap. Where two overlap, the later one."""
        at = self.instant(at_s)
        number = bisect_right([one.starts_at for one in track.pieces], at) - 1
        return track.pieces[number] if number >= 0 and at < track.pieces[number].ends_at else None

    def next_picture(self, at_s: float) -> float | None:
        """The second itself if some camera has pictures there, else the next one that has; None at the end."""
        spans = [span for track in self.tracks for span in self.spans(track)]
        if any(begin <= at_s < end for begin, end in spans):
            return at_s
        return min((begin for begin, _ in spans if begin > at_s), default=None)
