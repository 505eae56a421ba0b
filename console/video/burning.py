"""Burning a stamp into pictures: decoded ones in, an H.264 file with the stamp over each of them and in a margin below out."""

from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from console.video.remux import TICKS, mp4

CLOCK = Fraction(1, TICKS)
QUALITY = {"crf": "20", "preset": "veryfast"}


class Burnt:
    """The file on its way. Use it in a `with` block; with no picture put it holds nothing worth keeping."""

    def __init__(self, path: Path, stamp: Path) -> None:
        """`stamp` is a PNG as wide as the pictures, and higher by the margin they get."""
        self._output: OutputContainer = mp4(path)
        self._stamp = stamp
        self._stream: VideoStream | None = None
        self._ends: tuple[FilterContext, FilterContext] | None = None
        self._graph = Graph()
        self._last = -1

    @property
    def is_empty(self) -> bool:
        """Whether no picture came."""
        return self._stream is None

    def __enter__(self) -> "Burnt":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if self._stream is not None and kind is None:
                self._output.mux(self._stream.encode(None))
        finally:
            self._output.close()

    def put(self, picture: VideoFrame, at_s: float) -> None:
        """Stamp a picture and write it at its second."""
        below, sink = self._ends = self._ends or self._overlay(picture)
        picture.time_base, picture.pts = CLOCK, max(self._last + 1, round(at_s * TICKS))
        self._last = picture.pts
        below.push(picture)
        stamped = sink.pull()
        assert isinstance(stamped, VideoFrame)
        if self._stream is None:
            self._stream = self._encoder(stamped)
        stamped.pict_type = 0  # the recording's own choice of key frames is not the encoder's
        self._output.mux(self._stream.encode(stamped))

    def _overlay(self, picture: VideoFrame) -> tuple[FilterContext, FilterContext]:
        with av.open(str(self._stamp)) as container:
            stamp = next(container.decode(container.streams.video[0]))
        graph = self._graph
        below = graph.add_buffer(width=picture.width, height=picture.height, format=picture.format, time_base=CLOCK)
        above = graph.add_buffer(width=stamp.width, height=stamp.height, format=stamp.format, time_base=CLOCK)
        room = graph.add("pad", f"iw:{max(stamp.height, picture.height)}:0:0")
        laid = graph.add("overlay", "x=0:y=0:eof_action=repeat")
        even = graph.add("crop", "trunc(iw/2)*2:trunc(ih/2)*2")  # the encoder takes no odd sizes
        plain, sink = graph.add("format", "yuv420p"), graph.add("buffersink")
        below.link_to(room)
        room.link_to(laid, 0, 0)
        above.link_to(laid, 0, 1)
        laid.link_to(even)
        even.link_to(plain)
        plain.link_to(sink)
        graph.configure()
        stamp.time_base, stamp.pts = CLOCK, 0
        above.push(stamp)
        above.push(None)
        return below, sink

    def _encoder(self, picture: VideoFrame) -> VideoStream:
        stream = self._output.add_stream("libx264", rate=25, options=QUALITY)
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
        stream.codec_context.time_base = CLOCK
        return stream
