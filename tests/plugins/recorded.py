"""Recordings made for tests: a grey street that gets lighter by the second, so that a picture tells its time."""

from fractions import Fraction
from pathlib import Path

import av
import numpy

FPS, GOP_S = 5, 2


def write(path: Path, seconds: int, *, first: int = 0, is_noisy: bool = False) -> None:
    """A file of so many seconds, a key frame every two; second n is painted 4 × (first + n) grey, or noise, which is large."""
    dice = numpy.random.default_rng(7)
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="mpegts" if path.suffix == ".ts" else "mp4") as sink:
        group = str(GOP_S * FPS)
        stream = sink.add_stream("libx264", rate=FPS, options={"g": group, "keyint_min": group, "bf": "0", "sc_threshold": "0"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.time_base = Fraction(1, FPS)
        for number in range(seconds * FPS):
            grey = numpy.full((48, 64, 3), 16 + 4 * (first + number // FPS), dtype="uint8")
            picture = dice.integers(0, 255, grey.shape, dtype="uint8") if is_noisy else grey
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            sink.mux(stream.encode(frame))
        sink.mux(stream.encode(None))


def seconds_in(content: bytes, folder: Path, suffix: str) -> list[int]:
    """Which seconds a file shows, by its pictures."""
    path = folder / f"fetched{suffix}"
    path.write_bytes(content)
    with av.open(str(path)) as source:
        greys = [frame.to_ndarray(format="rgb24").mean() for frame in source.decode(video=0)]
    return sorted({round((grey - 16) / 4) for grey in greys})
