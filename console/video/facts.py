"""What a stream really sends: codec, size, pictures and bits a second, from the counters of its worker. No Qt."""

from collections import deque
from dataclasses import dataclass, field

from console.video.health import Counters

BEATS = 6  # seconds that are averaged; workers count once a second, a little unevenly
CODECS = {"h264": "H.264", "hevc": "H.265"}


@dataclass(frozen=True)
class Facts:
    """A stream as it came in over the last seconds; 0 for what is not known."""

    codec: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0.0
    kbit_s: float = 0.0
    behind_s: float = 0.0  # a live list is played some parts before its end; nobody can see that in its pictures


@dataclass
class Meter:
    """Reads one opening's counters as they come."""

    codec: str = ""
    behind_s: float = 0.0
    _beats: deque[tuple[float, Counters]] = field(default_factory=lambda: deque(maxlen=BEATS))

    def take(self, counters: Counters, now: float) -> None:
        """Another second's counters; some that count backwards belong to a new opening."""
        if self._beats and counters.bytes < self._beats[-1][1].bytes:
            self._beats.clear()
        self._beats.append((now, counters))

    def facts(self) -> Facts:
        """What the last seconds say; a stream nobody decodes counts its packets."""
        if not self._beats:
            return Facts(CODECS.get(self.codec, self.codec), behind_s=self.behind_s)
        (began, first), (ended, last) = self._beats[0], self._beats[-1]
        seconds = ended - began
        pictures = last.frames - first.frames or last.packets - first.packets
        fps, kbit_s = (pictures / seconds, (last.bytes - first.bytes) * 8 / 1000 / seconds) if seconds > 0 else (0.0, 0.0)
        return Facts(CODECS.get(self.codec, self.codec), last.width, last.height, fps, kbit_s, self.behind_s)
