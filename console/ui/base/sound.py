"""The loudspeaker of the seat: plays what `Ringing` finds due and says whether it can be heard.

A box without a sound server makes QSoundEffect fail in silence; the state `unavailable` is
therefore something the officer always sees.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from console.ui.base.ringing import Ring, Ringing, Tone

State = Literal["usable", "muted", "unavailable"]
_TICK_MS = 250


class Sounds(QObject):
    """Plays tones, keeps the 30 s silence, counts what sounded."""

    changed = Signal()  # state, silence left or the count of the last ten minutes
    played = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Load the four sounds from a folder; missing devices show in `state`, nothing is raised."""
        super().__init__(parent)
        self._clock = clock
        self._ringing = Ringing()
        self._effects: dict[str, QSoundEffect] = {}
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self.changed)
        for tone in get_args(Tone):
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(folder / f"{tone}.wav")))
            effect.statusChanged.connect(self.changed)
            self._effects[tone] = effect
        self._shown: tuple[object, ...] = ()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    @property
    def state(self) -> State:
        """Whether the seat can be heard now."""
        failed = any(effect.status() == QSoundEffect.Status.Error for effect in self._effects.values())
        if failed or QMediaDevices.defaultAudioOutput().isNull():
            return "unavailable"
        return "muted" if self.silent_s > 0 else "usable"

    @property
    def silent_s(self) -> int:
        """How many seconds of silence are left, rounded up."""
        return int(-(-self._ringing.silent_s(self._clock()) // 1))

    @property
    def count(self) -> int:
        """How many events sounded in the last ten minutes."""
        return self._ringing.count(self._clock())

    @property
    def is_flood(self) -> bool:
        """Whether so much sounds that only P1 and one summary tone still may."""
        return self._ringing.is_flood(self._clock())

    def unacked(self, rings: tuple[Ring, ...]) -> None:
        """Say what is unacknowledged now; what is new sounds at once."""
        self._ringing.unacked(rings)
        self.tick()

    def once(self, tone: Tone) -> None:
        """Sound a system fault or a message one time."""
        self._ringing.once(tone)
        self.tick()

    def silence(self) -> None:
        """Be quiet for 30 s (F12); stops what is playing."""
        self._ringing.silence(self._clock())
        for effect in self._effects.values():
            effect.stop()
        self.tick()

    def test_tone(self) -> None:
        """Play the message tone, so that the officer hears whether the loudspeaker works."""
        self._effects["message"].play()

    def tick(self) -> None:
        """Play what is due and report what changed; called four times a second."""
        tone = self._ringing.due(self._clock())
        if tone is not None:
            self._effects[tone].play()
            self.played.emit(tone)
        shown = (self.state, self.silent_s, self.count)
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()
