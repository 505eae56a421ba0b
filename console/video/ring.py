"""The last minute and a half of a connected camera, as the packets that came: undecoded, and on no disk until asked for.

A ring belongs to a camera, not to a connection: what came before the camera was torn off the wall is what matters most.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
from av.bitstream import BitStreamFilterContext
from av.error import FFmpegError

from console.video.remux import Writer, partly

SPAN_S = 90.0
MOST_BYTES = 32_000_000  # of one camera: 64 s at 4 Mbit/s
ANNEX_B = {"h264": "h264_mp4toannexb", "hevc": "hevc_mp4toannexb"}

Emit = Callable[[dict[str, object]], None]


@dataclass(frozen=True)
class Track:
    """What every packet of a ring has in common."""

    codec: str
    width: int
    height: int
    unpacked: BitStreamFilterContext | None = field(default=None, compare=False)

    @classmethod
    def of(cls, packet: av.Packet) -> "Track":
        """The track a camera's packet belongs to; packets without start codes are given theirs when they are written."""
        context = packet.stream.codec_context
        has_lengths = (context.extradata or b"").startswith(b"\x01") and context.name in ANNEX_B
        unpacked = BitStreamFilterContext(ANNEX_B[context.name], packet.stream) if has_lengths else None
        return cls(context.name, context.width, context.height, unpacked)


@dataclass
class _Group:
    """A key frame and what follows it, each packet with the second it came."""

    packets: list[tuple[av.Packet, float]] = field(default_factory=list)
    size: int = 0


class Ring:
    """The newest groups of pictures of one camera; filled by its stream, written by another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._groups: deque[_Group] = deque()
        self._opening = 0
        self._track: Track | None = None

    def take(self, packet: av.Packet, opening: int) -> None:
        """Keep a packet; one of another `opening` may bring another codec or size, and then nothing older can stand beside it."""
        now = time.monotonic()
        with self._lock:
            if opening != self._opening or self._track is None:
                track = Track.of(packet)
                if track != self._track:
                    self._groups.clear()
                self._opening, self._track = opening, track
            if packet.is_keyframe:
                self._groups.append(_Group())
            if self._groups:
                self._groups[-1].packets.append((packet, now))
                self._groups[-1].size += packet.size
            self._trim(now)

    def write(self, seconds: float, path: Path) -> None:
        """Write the last seconds as an MP4 that begins with a key frame; its time of change is when its last picture came.

        Raises LookupError when there is none, FFmpegError, OSError.
        """
        with self._lock:
            track, groups = self._track, [tuple(group.packets) for group in self._groups]
        if track is None or not groups:
            raise LookupError
        wanted = groups[-1][-1][1] - seconds
        first = max((number for number, group in enumerate(groups) if group[0][1] <= wanted), default=0)
        with partly(path) as part, Writer.new(part, track.codec, (track.width, track.height)) as writer:
            for group in groups[first:]:
                for packet, came in group:
                    for plain in _plain(packet, track):
                        writer.put(plain, came)
        last = time.time() - (time.monotonic() - groups[-1][-1][1])
        os.utime(path, (last, last))

    def _trim(self, now: float) -> None:
        while len(self._groups) > 1 and (self._groups[1].packets[0][1] <= now - SPAN_S or self._size() > MOST_BYTES):
            self._groups.popleft()
        if self._size() > MOST_BYTES:
            self._groups.clear()

    def _size(self) -> int:
        return sum(group.size for group in self._groups)


class Rings:
    """The rings of one worker process, by camera."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._rings: dict[str, Ring] = {}

    def of(self, camera: object) -> Ring | None:
        """The ring of a camera, made when there is none; none without a camera."""
        return self._rings.setdefault(str(camera), Ring()) if camera else None

    def obey(self, command: dict) -> bool:
        """Carry out a command about rings; whether it was one."""
        match command["do"]:
            case "forget":
                self._rings.pop(command["ring"], None)
            case "cut":
                threading.Thread(target=self._cut, args=(command,), name="cut", daemon=True).start()
            case _:
                return False
        return True

    def _cut(self, command: dict) -> None:
        problem = ""
        try:
            self._rings[command["ring"]].write(command["seconds"], Path(command["path"]))
        except LookupError:
            problem = "nothing_kept"
        except (OSError, FFmpegError) as error:
            problem = type(error).__name__
        self._emit({"event": "cut", "request": command["request"], "problem": problem})


def _plain(packet: av.Packet, track: Track) -> Iterator[av.Packet]:
    """A copy of a packet that may be written, with start codes; the camera's own stays as it is."""
    copy = av.Packet(bytes(packet))
    copy.pts, copy.dts, copy.time_base, copy.is_keyframe = packet.pts, packet.dts, packet.time_base, packet.is_keyframe
    if track.unpacked is None:
        yield copy
    else:
        yield from track.unpacked.filter(copy)
