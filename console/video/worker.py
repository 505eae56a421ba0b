"""The decoding child process: `python -m console.video.worker FOLDER`; PyAV lives here and in scale.py.

Commands come as JSON lines on stdin, events leave as JSON lines on stdout;
pictures go through shared memory. One thread per stream. Addresses carry
passwords: they arrive by the pipe, and no event, log or error repeats them.
"""

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import av
from av.codec.context import Flags
from av.container import InputContainer
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from console.video.busy import Busy
from console.video.fetch import Failed
from console.video.frames import FrameWriter
from console.video.lateness import CLOCK_STEP_S, Lateness
from console.video.opening import ENDINGS, NoVideo, opened, reason_of
from console.video.picture import PictureWatch, fitted
from console.video.ring import Ring, Rings
from console.video.scale import Scaler, save_jpeg

OPEN_WITHIN_S = 6.0
SILENT_FOR_S = 10.0
BEAT_S = 1.0
# A GOP longer than this is not kept: the tile then waits for the next key frame.
GOP_PACKETS, GOP_BYTES = 600, 16_000_000
WAIT_FOR_KEY_S = 6.0
# Later than this, pictures between key frames are left out until the stream has caught up.
TOO_LATE_S = 1.0
YOUNG_NS = 900_000_000  # a picture younger than a second, with a little time to be painted
MAX_PIXELS = 8192 * 4608  # a forged header may claim 16384 x 16384 and take a gigabyte

Emit = Callable[[dict[str, object]], None]

class Stream:
    """One opening of one camera; `number` names the opening, so late events of an old one are known as such."""

    def __init__(self, number: int, address: str, folder: Path, emit: Emit, ring: Ring | None = None) -> None:
        self.ring = ring
        self._number, self._address, self._folder, self._emit = number, address, folder, emit
        self._shown: tuple[int, int] | None = None
        self._snapshots: list[tuple[int, str]] = []
        self._closed = threading.Event()
        self._writer: FrameWriter | None = None
        self._surfaces = 0
        self._first_picture = (number << 32) + 1  # sequences grow from one opening to the next
        self._context: VideoCodecContext | None = None
        self._lock = threading.Lock()  # around the decoder, and what it leads to
        self._scaler = Scaler()
        self._watch = PictureWatch()
        self._gop: list[tuple[av.Packet, int]] = []  # with the time each was taken, in ns
        self._gop_bytes = 0
        self._decoding = False
        self._bytes = self._packets = self._frames = self._errors = 0
        self._packet_ns = self._frame_ns = 0
        self._captured_ns = self._painted_ns = 0
        self._source = (0, 0)
        self._fit_for: tuple[int, int, tuple[int, int]] | None = None
        self._fit = (0, 0)
        self._tick_s = 0.0  # as a float: fractions of Python cost a tenth of a picture
        self._late = Lateness()
        self._late_s = 0.0
        self._busy = Busy(time.monotonic())
        self._heat = "live"
        self._keyless = False
        self._last_pts = -(1 << 62)
        threading.Thread(target=self._run, name=f"stream-{number}", daemon=True).start()

    def show(self, width: int, height: int) -> None:
        """Decode from now on, at the size of the largest tile; what is kept is shown before the next packet comes."""
        was_hidden, self._shown = self._shown is None, (width, height)
        if was_hidden and self._gop:
            threading.Thread(target=self._begin, name=f"begin-{self._number}", daemon=True).start()

    def hide(self) -> None:
        """Stay connected with the last key frame's packets, decode nothing."""
        self._shown = None

    def warm(self, heat: str) -> None:
        """From now on every picture (live), every other one (half) or key frames only (keys)."""
        self._heat = heat

    def snapshot(self, request: int, path: str) -> None:
        """Write the next picture at full size to a JPEG file."""
        self._snapshots.append((request, path))

    def close(self) -> None:
        """End soon; the thread may sit in a silent connection for some seconds and harms nobody."""
        self._closed.set()

    def counters(self) -> dict[str, object]:
        """What the rules of health.py are fed with."""
        return {
            "bytes": self._bytes,
            "packets": self._packets,
            "frames": self._frames,
            "errors": self._errors,
            "packet_at": self._packet_ns / 1e9,
            "frame_at": self._frame_ns / 1e9,
            "captured_at": self._painted_ns / 1e9,
            "same_since": self._watch.same_since,
            "dark_since": self._watch.dark_since,
            "flat_since": self._watch.flat_since,
            "width": self._source[0],
            "height": self._source[1],
            "late_s": self._late_s,
            "busy_share": self._busy.share(time.monotonic()),
        }

    def _run(self) -> None:
        reason, onward, began = "ended", "", time.monotonic()
        try:
            self._watch_camera()
        except ENDINGS as error:
            is_rtsp_opening = self._address.startswith("rtsp") and not self._packets
            asked_s = time.monotonic() - began if is_rtsp_opening else None
            reason = reason_of(error, asked_rtsp_s=asked_s, within_s=OPEN_WITHIN_S)
            onward = error.to if isinstance(error, Failed) else ""
        except Exception as error:  # noqa: BLE001 - one camera's surprise must not silence its neighbours
            reason = "fault"
            logging.error("stream fault: %s at %s", type(error).__name__, _line_of(error))
        finally:
            if self._writer is not None:
                self._writer.close()
            if not self._closed.is_set():
                self._emit({"event": "lost", "number": self._number, "reason": reason, "onward": onward})

    def _watch_camera(self) -> None:
        with opened(self._address, OPEN_WITHIN_S, SILENT_FOR_S, self._closed.wait) as source:
            stream = self._video_of(source.container)
            self._emit({"event": "opened", "number": self._number, "codec": stream.codec_context.name, "behind_s": source.behind_s})
            started = time.monotonic()
            try:
                for packet in self._paced(source.container.demux(stream), live=not source.is_stored):
                    source.renew()
                    if self._closed.is_set():
                        return
                    if packet.size:
                        with self._lock:
                            self._take_in(stream.codec_context, packet, started)
            finally:
                with self._lock:
                    self._context = None

    def _take_in(self, context: VideoCodecContext, packet: av.Packet, started: float) -> None:
        self._count(packet)
        self._keep(packet)
        if (ring := self.ring) is not None:
            ring.take(packet, self._number)
        self._keyless = not self._gop and time.monotonic() - started > WAIT_FOR_KEY_S
        self._take(context, packet)
        self._busy.add((time.monotonic_ns() - self._packet_ns) / 1e9)

    def _video_of(self, container: InputContainer) -> VideoStream:
        for stream in container.streams.video:
            context = stream.codec_context
            if context is not None:
                context.thread_count = 1
                context.flags |= Flags.low_delay
                context.options = {"max_pixels": str(MAX_PIXELS)}
                self._context = context
                self._tick_s = float(stream.time_base or 0)
                return stream
        raise NoVideo

    def _paced(self, packets: Iterator[av.Packet], *, live: bool) -> Iterator[av.Packet]:
        """A file would run through in a blink; a camera sets its own pace, whatever its timestamps say."""
        began: float | None = None
        for packet in packets:
            if not live and packet.dts is not None:
                due = float(packet.dts * packet.time_base)
                if began is None or abs(began + due - time.monotonic()) > CLOCK_STEP_S:
                    began = time.monotonic() - due
                self._closed.wait(max(0.0, min(1.0, began + due - time.monotonic())))
            yield packet

    def _count(self, packet: av.Packet) -> None:
        self._bytes += packet.size
        self._packets += 1
        self._packet_ns = time.monotonic_ns()
        stamp = packet.dts if packet.dts is not None else packet.pts
        if stamp is not None:
            self._late_s = self._late.late_s(stamp * self._tick_s, self._packet_ns / 1e9)
        self._captured_ns = self._packet_ns - int(self._late_s * 1e9)

    def _keep(self, packet: av.Packet) -> None:
        if packet.is_keyframe or len(self._gop) >= GOP_PACKETS or self._gop_bytes >= GOP_BYTES:
            self._gop, self._gop_bytes = [], 0
        if packet.is_keyframe or self._gop:
            self._gop.append((packet, self._captured_ns))
            self._gop_bytes += packet.size

    def _take(self, context: VideoCodecContext, packet: av.Packet) -> None:
        wanted = self._shown is not None or bool(self._snapshots)
        if not wanted:
            self._decoding = False
            return
        if (self._late_s > TOO_LATE_S or self._heat == "keys") and not packet.is_keyframe and not self._keyless:
            self._decoding = False
            return
        if not self._decoding and not self._gop and not self._keyless:
            return  # before a key frame there is only grey; a camera with intra refresh never sends one
        if not self._decoding:
            self._catch_up(context, self._gop or [(packet, self._captured_ns)])
            return
        for picture in self._decoded(context, packet):
            self._publish(picture)

    def _begin(self) -> None:
        with self._lock:
            if self._context is not None and self._gop and self._shown is not None and not self._decoding and self._late_s <= TOO_LATE_S:
                self._catch_up(self._context, self._gop)

    def _catch_up(self, context: VideoCodecContext, packets: Sequence[tuple[av.Packet, int]]) -> None:
        """Shown again: run through the kept packets; paint the key frame at once, the first young picture, and the last."""
        context.flush_buffers()
        self._last_pts, last, painted, stage = -(1 << 62), None, None, "key"
        for packet, captured in packets:
            for picture in self._decoded(context, packet):
                if self._is_late(picture):
                    continue
                last = picture
                is_young = stage != "young" and time.monotonic_ns() - captured < YOUNG_NS
                if is_young or stage == "key":
                    self._paint(picture, captured)
                    painted, stage = picture, "young" if is_young else "old"
        self._last_pts, self._decoding = -(1 << 62), True
        if last is not None:
            self._publish(last, is_painted=last is painted)

    def _decoded(self, context: VideoCodecContext, packet: av.Packet) -> list[av.VideoFrame]:
        try:
            return context.decode(packet)
        except FFmpegError:
            self._errors += 1  # a damaged packet; health.py notices when nothing but those arrive
            return []

    def _publish(self, picture: av.VideoFrame, *, is_painted: bool = False) -> None:
        if self._is_late(picture):
            return
        self._frames += 1
        self._frame_ns = self._packet_ns
        while self._snapshots:
            self._save(picture, *self._snapshots.pop(0))
        if not is_painted and (self._frames % 2 or self._heat != "half"):
            self._paint(picture, self._captured_ns)

    def _paint(self, picture: av.VideoFrame, captured_ns: int) -> None:
        shown, context, self._source = self._shown, self._context, (picture.width, picture.height)
        if shown is None or context is None:
            return
        if self._fit_for != (*self._source, shown):
            self._fit_for = (*self._source, shown)
            self._fit = fitted(self._source, shown, pixel_aspect=float(context.sample_aspect_ratio or 1))
        width, height = self._fit
        plane = self._scaler.bgra(picture, width, height).planes[0]
        pixels = memoryview(plane)
        surface = self._surface(len(pixels))
        if surface.write(pixels, width, height, plane.line_size, captured_ns) == self._first_picture:
            self._emit({"event": "picture", "number": self._number, "captured_at": captured_ns / 1e9})
        self._painted_ns = captured_ns
        self._watch.look(pixels, self._packet_ns / 1e9)

    def _is_late(self, picture: av.VideoFrame) -> bool:
        """Low delay hands B-frames out in decoding order: one that belongs before the last is left out."""
        stamp = picture.pts
        if stamp is None:
            return False
        behind = (self._last_pts - stamp) * self._tick_s
        self._last_pts = stamp if not 0 < behind < 1 else self._last_pts
        return 0 < behind < 1  # further back, the camera has set its clock

    def _surface(self, size: int) -> FrameWriter:
        if self._writer is None or size > self._writer.capacity:
            old, self._surfaces = self._writer, self._surfaces + 1
            path = self._folder / f"{os.getpid()}-{self._number}-{self._surfaces}"
            first = old.sequence if old is not None else self._first_picture - 1
            self._writer = FrameWriter(path, size, sequence=first)
            self._emit({"event": "surface", "number": self._number, "path": str(path)})
            if old is not None:
                old.close()
        return self._writer

    def _save(self, picture: av.VideoFrame, request: int, path: str) -> None:
        problem = ""
        try:
            save_jpeg(picture, Path(path))
        except (OSError, FFmpegError) as error:
            problem = type(error).__name__
        self._emit({"event": "snapshot", "request": request, "problem": problem})


def _line_of(error: BaseException) -> str:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step is not None else "?"


class Worker:
    """Keeps the streams of this process and obeys the console's commands."""

    def __init__(self, folder: Path, emit: Emit) -> None:
        self._folder, self._emit = folder, emit
        self._streams: dict[int, Stream] = {}
        self._rings = Rings(emit)

    def obey(self, command: dict) -> None:
        """Carry out one command; one about a stream that is gone is nothing to do."""
        number = command.get("number")
        if command["do"] == "open":
            ring = self._rings.of(command.get("ring"))
            self._streams[number] = Stream(number, command["address"], self._folder, self._emit, ring)
            return
        if self._rings.obey(command):
            return
        stream = self._streams.get(number)
        if stream is None:
            return
        match command["do"]:
            case "show":
                stream.show(command["width"], command["height"])
            case "hide":
                stream.hide()
            case "remember":
                stream.ring = self._rings.of(command["ring"])
            case "heat":
                stream.warm(command["heat"])
            case "snapshot":
                stream.snapshot(command["request"], command["path"])
            case "close":
                self._streams.pop(number).close()

    def beat(self) -> None:
        """Tell every second that this process lives, and what its streams did."""
        while True:
            streams = {str(number): stream.counters() for number, stream in list(self._streams.items())}
            self._emit({"event": "beat", "streams": streams})
            time.sleep(BEAT_S)


def main() -> None:
    """Serve one console until its pipe closes."""
    # Ctrl+C in a terminal reaches the whole group; the console decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)  # on a saturated machine the screen comes before the pictures
    av.logging.set_level(None)  # FFmpeg's own lines hold addresses
    av.logging.set_libav_level(av.logging.PANIC)
    logging.basicConfig(format="%(levelname)s %(message)s")
    lock = threading.Lock()
    out = os.dup(sys.stdout.fileno())
    folder = Path(sys.argv[1])
    own: list[Path] = []

    def emit(event: dict[str, object]) -> None:
        if event["event"] == "surface":
            own.append(Path(str(event["path"])))
        line = json.dumps(event).encode() + b"\n"
        with lock:
            while line:
                line = line[os.write(out, line) :]

    worker = Worker(folder, emit)
    emit({"event": "ready"})
    threading.Thread(target=worker.beat, name="beat", daemon=True).start()
    for line in sys.stdin.buffer:
        command = json.loads(line)
        if command["do"] == "quit":
            break
        worker.obey(command)
    for path in own:
        path.unlink(missing_ok=True)
    # Threads that wait for silent cameras would hold a normal exit for seconds.
    os._exit(0)


if __name__ == "__main__":
    main()
