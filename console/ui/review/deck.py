"""The players of a review, one for each camera, kept together by one playhead.

The playhead is the truth; players follow it. One that shows another moment than it should by more
than 0.15 s is sent there, as often as it can be believed: rates are not bent, for that
costs libvlc more pictures than a seek. The playhead waits a moment for the first picture only.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.domain.errors import Invalid
from console.domain.footage import Footage
from console.video.frames import Frame
from console.video.player import Player, Playing
from console.video.playhead import Playhead
from console.video.source import parse_footage
from console.video.timeline import Timeline, Track

TICK_MS = 100
DRIFT_S, AGAIN_S = 0.15, 0.8  # a player is sent after the playhead from so much on, and so often
LAST_S = 0.05
WAIT_S = 3.0  # how long the playhead waits for the first picture


@dataclass(eq=False)
class Reel:
    """One camera of the review: its player and the piece that is in it."""

    track: Track
    player: Player
    piece: Footage | None = None
    fault: str = ""
    sent_at: float = 0.0
    opened_at: float = 0.0

    @property
    def playing(self) -> Playing:
        """How its player is."""
        return self.player.playing


class Deck(QObject):
    """Keeps all players at the playhead."""

    moved = Signal()  # ten times a second while something changes, and after every order

    def __init__(self, timeline: Timeline, at_s: float = 0.0, parent: QObject | None = None) -> None:
        """Begin at a second of the line, standing still."""
        super().__init__(parent)
        self.timeline = timeline
        self.playhead = Playhead(timeline.length_s, at_s)
        self.reels = tuple(Reel(track, Player()) for track in timeline.tracks)
        self.heard: int | None = None
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    @property
    def at_s(self) -> float:
        """The second all cameras show."""
        return self.playhead.now(time.monotonic())

    @property
    def _last_s(self) -> float:
        """Where the line's last picture is still shown."""
        return max(0.0, self.timeline.length_s - LAST_S)

    def shown_at(self, reel: Reel) -> datetime | None:
        """The true time of the picture a camera shows, as far as its player knows; None without one."""
        if reel.piece is None:
            return None
        return reel.piece.starts_at + timedelta(seconds=reel.playing.now_s(time.monotonic()))

    def noted_at(self, reel: Reel) -> datetime:
        """The true time that is written down for what a camera shows: all cameras' own, but of one that cannot be sent there its own."""
        own = None if reel.playing.can_seek else self.shown_at(reel)
        return own if own is not None else self.timeline.instant(self.at_s)

    def frame(self, reel: Reel) -> Frame | None:
        """The newest picture of a camera; None where it has none at this time."""
        return reel.player.frame() if reel.piece is not None and not reel.fault else None

    def run(self, runs: bool) -> None:
        """Play all, or stand still at one moment."""
        now = time.monotonic()
        if runs and self.playhead.now(now) >= self.timeline.length_s:
            self.playhead.go(0.0, now)
        self.playhead.run(now, runs=runs)
        for reel in self.reels:
            reel.player.run(runs)
        self._seek_all(now)

    def go(self, at_s: float) -> None:
        """Show another moment."""
        now = time.monotonic()
        self.playhead.go(at_s, now)
        self._seek_all(now)

    def skip(self, by_s: float) -> None:
        """Some seconds on or back."""
        self.go(self.at_s + by_s)

    def step(self, count: int, by: "Reel") -> None:
        """A picture on or back, all standing still; `by` says how long one takes."""
        if self.playhead.runs:
            self.run(False)
        self.go(self.at_s + count * by.playing.step_s)

    def pace(self, steps: int) -> None:
        """All faster, or slower."""
        now = time.monotonic()
        self.playhead.pace(steps, now)
        for reel in self.reels:
            reel.player.pace(self.playhead.rate)
            reel.sent_at = now
        self.moved.emit()

    def mark(self, *, is_begin: bool) -> None:
        """Begin or end the part that is repeated."""
        self.playhead.mark(time.monotonic(), is_begin=is_begin)
        self.moved.emit()

    def listen(self, number: int | None) -> None:
        """Let one camera be heard, or none."""
        if self.heard is not None:
            self.reels[self.heard].player.sound(False)
        self.heard = number
        if number is not None:
            self.reels[number].player.sound(True)

    def close(self) -> None:
        """End every player; waits for none."""
        self._timer.stop()
        for reel in self.reels:
            reel.player.close()

    def join(self) -> None:
        """Wait until closed players have left nothing behind."""
        for reel in self.reels:
            reel.player.join()

    @Slot()
    def tick(self) -> None:
        """Give each player the piece that belongs to the moment, and send stragglers after the playhead."""
        now = time.monotonic()
        is_turned = self.playhead.turn(now)
        if is_turned and not self.playhead.runs:
            for reel in self.reels:
                reel.player.run(False)
        at_s = self.playhead.now(now)
        for reel in self.reels:
            self._load(reel, at_s, now)
        if is_turned:
            self._seek_all(now)
        active = [reel for reel in self.reels if reel.piece is not None and not reel.fault]
        self.playhead.hold(now, is_held=bool(active) and all(self._opens(reel, now) for reel in active))
        for reel in self.reels:
            self._follow(reel, now)
        self.moved.emit()

    def _opens(self, reel: Reel, now: float) -> bool:
        return reel.playing.phase in ("none", "opening") and now - reel.opened_at < WAIT_S

    def _load(self, reel: Reel, at_s: float, now: float) -> None:
        piece = self.timeline.piece(reel.track, min(at_s, self._last_s))
        if piece is reel.piece:
            return
        reel.piece = piece
        if piece is None:
            reel.player.run(False)
            return
        try:
            address = parse_footage(piece.address)
        except Invalid:
            reel.fault = "bad_address"
            return
        reel.fault, reel.opened_at, reel.sent_at = "", now, now
        reel.player.open(address, self._second(piece, at_s), runs=self.playhead.runs, rate=self.playhead.rate)

    def _follow(self, reel: Reel, now: float) -> None:
        playing = reel.playing
        if reel.piece is None or playing.phase != "shown" or now - reel.sent_at < AGAIN_S:
            return
        if not playing.can_seek or playing.runs != (self.playhead.runs and not self.playhead.is_held):
            return
        drift = self.drift_s(reel)
        can_know = playing.rate == 1.0 or not playing.runs or playing.is_settled
        if can_know and abs(drift) > (DRIFT_S * max(1.0, playing.rate) if playing.runs else 0.001):
            reel.sent_at = now
            reel.player.seek(self._second(reel.piece, self.playhead.now(now)))

    def drift_s(self, reel: Reel) -> float:
        """By how much a camera shows a later moment than it should, as far as its player knows."""
        now = time.monotonic()
        if reel.piece is None:
            return 0.0
        return reel.playing.now_s(now) - self._second(reel.piece, self.playhead.now(now))

    def _second(self, piece: Footage, at_s: float) -> float:
        return (self.timeline.instant(min(at_s, self._last_s)) - piece.starts_at).total_seconds()

    def _seek_all(self, now: float) -> None:
        at_s = self.playhead.now(now)
        for reel in self.reels:
            was = reel.piece
            self._load(reel, at_s, now)
            if reel.piece is not None and reel.piece is was:
                reel.player.seek(self._second(reel.piece, at_s))
                reel.sent_at = now
        self.moved.emit()
