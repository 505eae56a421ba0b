"""Clips and recordings for tests, and a look into what was cut: seconds, sizes, brightness, key frames."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

FPS = 10


def recording(path: Path, levels: range | tuple[int, ...], *, codec: str = "libx264", gop: int = 10, b_frames: int = 0) -> Path:
    """A file of grey pictures, ten a second, each as bright as its level; a key frame every `gop` of them."""
    return pictures(path, (np.full((180, 320, 3), level, np.uint8) for level in levels), codec=codec, gop=gop, b_frames=b_frames)


def pictures(path: Path, each: Iterable[np.ndarray], *, codec: str = "libx264", gop: int = 10, b_frames: int = 0) -> Path:
    """A file of these pictures of 320 × 180, ten a second; a key frame every `gop` of them."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        quiet = {"x265-params": f"log-level=none:keyint={gop}:min-keyint={gop}:scenecut=0:bframes={b_frames}"}
        stream.options = quiet if codec == "libx265" else {"sc_threshold": "0", "preset": "veryfast"}
        stream.gop_size, stream.max_b_frames = gop, b_frames
        for number, pixels in enumerate(each):
            picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


@dataclass(frozen=True)
class Seen:
    """A clip as a player would find it."""

    codec: str
    size: tuple[int, int]
    seconds: float
    levels: tuple[int, ...]
    foot: tuple[int, ...]
    begins_with_key: bool


def seen(path: Path) -> Seen:
    """Decode a clip whole."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        first = next(packet for packet in container.demux(stream) if packet.size)
        begins = first.is_keyframe
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        grey = [picture.to_ndarray(format="gray") for picture in container.decode(stream)]
        return Seen(
            stream.codec_context.name, (stream.codec_context.width, stream.codec_context.height), (container.duration or 0) / av.time_base,
            tuple(int(one[20, 20]) for one in grey), tuple(int(one[-4, -4]) for one in grey), begins,
        )  # fmt: skip


class Reel(list[av.Packet]):
    """The packets of a file, as a stream would give them; they refer to their file, which stays open."""

    def __init__(self, path: Path) -> None:
        self.file = av.open(str(path))
        super().__init__(packet for packet in self.file.demux(self.file.streams.video[0]) if packet.size)
