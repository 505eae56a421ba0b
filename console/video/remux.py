"""Packets into an MP4 as they came, whatever their stamps say: always forward, a leap of the camera's clock cut out."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.video.stream import VideoStream

TICKS = 90_000
LEAP_S = 2.0  # further than this between two packets, the stamps are the camera's mistake or another connection's
USUAL_S = 0.04  # between two pictures of which nothing else is known


@contextmanager
def partly(path: Path) -> Iterator[Path]:
    """A name to write under until the file is whole; nothing is left of a half one."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Timeline:
    """The second of each packet since the first one, by stamps where they can be believed, else by when it came."""

    def __init__(self) -> None:
        self._last: tuple[float | None, float] | None = None  # the packet before: its own second, and when it came
        self.now = 0.0

    def pass_on(self, packet: av.Packet, came: float | None = None) -> float:
        """The second of the next packet; `came` is when it arrived, unknown in a recording."""
        stamp = packet.dts if packet.dts is not None else packet.pts
        own = float(stamp * packet.time_base) if stamp is not None and packet.time_base else None
        if self._last is not None:
            self.now += max(1 / TICKS, self._step(own, came))
        self._last = (own, came if came is not None else 0.0)
        return self.now

    def _step(self, own: float | None, came: float | None) -> float:
        assert self._last is not None
        before, before_came = self._last
        step = own - before if own is not None and before is not None else 0.0
        if 0 < step <= LEAP_S:
            return step
        return came - before_came if came is not None else USUAL_S


class Writer:
    """One track of pictures on its way into a file. Use it in a `with` block."""

    def __init__(self, container: OutputContainer, stream: VideoStream) -> None:
        self._container, self._stream = container, stream
        self._line = Timeline()
        self._at = -1

    @classmethod
    def new(cls, path: Path, codec: str, size: tuple[int, int]) -> "Writer":
        """A file for packets whose key frames carry all a decoder needs."""
        container = mp4(path)
        return cls(container, container.add_mux_stream(codec, width=size[0], height=size[1]))

    @classmethod
    def like(cls, path: Path, template: VideoStream) -> "Writer":
        """A file for packets of another file's track."""
        container = mp4(path)
        return cls(container, container.add_stream_from_template(template))

    def __enter__(self) -> "Writer":
        self._stream.time_base = Fraction(1, TICKS)
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def put(self, packet: av.Packet, came: float | None = None) -> None:
        """Write a packet (it is changed and spent); `came` is the second it arrived."""
        late, before = _lateness(packet), self._at
        self._at = max(self._at + 1, round(self._line.pass_on(packet, came) * TICKS))
        packet.time_base = Fraction(1, TICKS)
        packet.dts, packet.pts = self._at, self._at + late
        packet.duration = self._at - before if before >= 0 else round(USUAL_S * TICKS)  # without one the last picture is never shown
        packet.stream = self._stream
        self._container.mux_one(packet)


def _lateness(packet: av.Packet) -> int:
    """How many ticks later than decoded a picture is shown; B-frames make that differ."""
    if packet.pts is None or packet.dts is None or not packet.time_base:
        return 0
    return max(0, round(float((packet.pts - packet.dts) * packet.time_base) * TICKS))


def mp4(path: Path) -> OutputContainer:
    """An MP4 to be written."""
    # The index before the pictures: a player may begin before it has read the whole file.
    return av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
