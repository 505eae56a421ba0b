"""The reviewing child process, `python -m console.video.vlc FOLDER`: libvlc plays one recording; the only file that knows python-vlc.

Commands come as JSON lines on stdin and are answered one by one, events leave as JSON
lines on stdout, pictures go through shared memory. One process per player: a file that
hangs or kills libvlc costs its own picture and no other. libvlc writes its pictures into
memory; embedding its window was the road not taken, because nothing can be laid over a
foreign window (name of the operator, veil, zoom), it takes keys away, and there is none
on Wayland. Live cameras do not need libvlc (`video.md`: Debian's cannot play RTSP), so a
console without it starts, and `console check` says what is missing.
"""

import ctypes
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from console.domain.errors import Unavailable
from console.video.frames import FrameWriter
from console.video.picture import fitted
from console.video.probe import problem_of
from console.video.reckon import Reckoning

try:
    import vlc
# python-vlc looks for the library while it is imported, and ends the program when its own setting names a wrong one.
except (ImportError, OSError, NotImplementedError, AttributeError, SystemExit) as fault:
    vlc = None
    MISSING = str(fault)
else:
    MISSING = ""

PACKAGES = "libvlc5 vlc-plugin-base"
BEAT_S = 0.1
# A recording over HTTP that is stopped before its buffer is full, or sent elsewhere while it stops, stands there for ever.
BUFFERED_S, PAUSED_S, SURE_S = 0.5, 0.3, 1.0
SOUND_S = 2.0  # after so long a picture without sound has none
STEP_S = 1 / 25  # where a file does not say how many pictures it has a second

# All that libvlc is ever told besides an address; no address and no setting adds to it.
LIBRARY = (
    "--ignore-config", "--quiet", "--no-interact", "--no-lua", "--no-metadata-network-access", "--no-osd", "--no-spu",
    "--no-sub-autodetect-file", "--no-video-title-show", "--no-snapshot-preview", "--avcodec-threads=1", "--avcodec-hw=none",
)  # fmt: skip
SILENT = ":no-audio"
MEDIA = MappingProxyType({"file": (":file-caching=300",), "http": (":network-caching=300",), "https": (":network-caching=300",)})
STARTS = ":start-time={:.3f}"

Emit = Callable[[dict[str, object]], None]
_Unsigned = ctypes.POINTER(ctypes.c_uint)
# python-vlc takes the chroma for text that cannot be written.
_Setup = ctypes.CFUNCTYPE(
    ctypes.c_uint, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, _Unsigned, _Unsigned, _Unsigned, _Unsigned
)
_Cleanup = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_Lock = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Display = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


def library_version() -> str:
    """The version of libvlc. Raises Unavailable("no_libvlc", packages=…) when there is none."""
    if vlc is None:
        raise Unavailable("no_libvlc", packages=PACKAGES, problem=MISSING)
    return str(vlc.libvlc_get_version().decode())


class Canvas:
    """Where libvlc paints: a buffer of its own, copied whole into shared memory when a picture is due."""

    def __init__(self, folder: Path, shown: tuple[int, int], number: int, emit: Emit) -> None:
        self._folder, self._shown, self._number, self._emit = folder, shown, number, emit
        self._buffer: ctypes.Array[ctypes.c_char] | None = None
        self._size = self._source = (0, 0)
        self._surfaces = 0
        self._writer: FrameWriter | None = None
        self.pictures = 0
        self.picture_at = 0.0
        self.is_held = False  # only the first picture is shown until it stands where it was to stand
        # Kept for as long as libvlc may call them.
        self.calls = (_Setup(self._set_up), _Cleanup(lambda _: None), _Lock(self._lock), _Display(self._display))

    def close(self) -> None:
        """Take the shared memory away; who still paints from it keeps its last picture."""
        if self._writer is not None:
            self._writer.close()

    def _set_up(self, _opaque: object, chroma: int, *pointers: "ctypes._Pointer[ctypes.c_uint]") -> int:
        width, height, pitches, lines = pointers
        source = (width[0], height[0])
        # First come the sizes the file tells, then those of the decoder, which adds lines at the foot that are not shown.
        self._source = (source[0], min(source[1], self._source[1])) if source[0] == self._source[0] else source
        source = self._source
        most = (min(source[0], self._shown[0]), min(source[1], self._shown[1]))
        self._size = fitted(source, most)
        ctypes.memmove(chroma, b"RV32", 4)
        width[0], height[0] = self._size
        pitches[0], lines[0] = self._size[0] * 4, self._size[1]
        # libvlc writes a little more than it says where sizes are odd.
        self._buffer = ctypes.create_string_buffer(self._size[0] * 4 * (self._size[1] + 32))
        return 1

    def _lock(self, _opaque: object, planes: "ctypes._Pointer[ctypes.c_void_p]") -> None:
        assert self._buffer is not None
        planes[0] = ctypes.addressof(self._buffer)

    def _display(self, _opaque: object, _picture: object) -> None:
        (width, height), now = self._size, time.monotonic_ns()
        self.pictures += 1
        self.picture_at = now / 1e9
        if self.is_held and self.pictures > 1:
            return
        assert self._buffer is not None
        pixels = memoryview(self._buffer).cast("B")[: width * 4 * height]
        self._surface(len(pixels)).write(pixels, width, height, width * 4, now)

    def _surface(self, size: int) -> FrameWriter:
        if self._writer is None or size > self._writer.capacity:
            old, self._surfaces = self._writer, self._surfaces + 1
            path = self._folder / f"{os.getpid()}-{self._number}-{self._surfaces}"
            self._writer = FrameWriter(path, size, sequence=self._number << 32 if old is None else old.sequence)
            self._emit({"event": "surface", "number": self._number, "path": str(path)})
            if old is not None:
                old.close()
        return self._writer


class Showing:
    """One opening of one recording; `number` names the opening."""

    def __init__(self, library: "vlc.Instance", canvas: Canvas, command: dict, emit: Emit) -> None:
        self.number, self._canvas, self._emit = command["number"], canvas, emit
        self._at_s, self._is_here = float(command["at_s"]), command["address"].startswith("file:")
        self._began = self._pause_at = self._ready_at = 0.0
        self._target: float | None = None
        self._again: tuple[float, float] | None = None  # where to be sent once more, and when
        self._is_sought = False
        self._decoded, self._can_seek = (0, 0.0), True
        self._is_heard, self._sound = bool(command["sound"]), ""
        self._lock = threading.Lock()
        canvas.is_held = not command["runs"]
        self._aspect, self._step_s = 0.0, STEP_S
        self.reckoning = Reckoning(self._at_s, time.monotonic(), command["rate"], runs=command["runs"])
        self._player = library.media_player_new()
        set_up, clean, lock, display = (ctypes.cast(call, ctypes.c_void_p) for call in canvas.calls)
        vlc.dll.libvlc_video_set_callbacks(self._player, lock, None, display, None)
        vlc.dll.libvlc_video_set_format_callbacks(self._player, set_up, clean)
        self._player.event_manager().event_attach(vlc.EventType.MediaPlayerTimeChanged, self._told)
        media = library.media_new_location(command["address"])
        for option in (*MEDIA[command["address"].partition(":")[0]], *(() if command["sound"] else (SILENT,))):
            media.add_option(option)
        if self._at_s:
            media.add_option(STARTS.format(self._at_s))
        self._media = media
        self._player.set_media(media)
        self._player.set_rate(command["rate"])
        self._player.play()

    def obey(self, command: dict) -> None:
        """Carry out one command about this opening."""
        if command["do"] == "shot":
            self._shoot(command)
            return
        with self._lock:
            now = time.monotonic()
            match command["do"]:
                case "run":
                    self._run(now, runs=command["runs"])
                case "seek":
                    self._seek(command["at_s"], now)
                case "rate":
                    self._player.set_rate(command["rate"])
                    self.reckoning.pace(command["rate"], now)
                case "step":
                    self._step(now)

    def beat(self) -> dict[str, object]:
        """What the console wants to know ten times a second."""
        with self._lock:
            now, state = time.monotonic(), self._player.get_state()
            if self._canvas.pictures and not self._began:
                self._begin(now)
            if self._pause_at and now > self._pause_at:
                self._run(now, runs=False)
            self._go(now)
            self.reckoning.picture_at = self._picture_at(now)
        return {
            "number": self.number, "at_s": self.reckoning.now(now), "told_at": now, "state": self._named(state),
            "pictures": self._canvas.pictures, "picture_at": self.reckoning.picture_at, "length_s": self._player.get_length() / 1000,
            "can_seek": self._can_seek, "aspect": self._aspect, "step_s": self._step_s,
            "is_settled": self.reckoning.is_settled(now), "sound": self._sound,
        }  # fmt: skip

    def close(self) -> None:
        """End it elsewhere: libvlc may wait for a silent server, and nobody waits for libvlc."""
        threading.Thread(target=self._end, daemon=True).start()

    def _run(self, now: float, *, runs: bool) -> None:
        self.reckoning.run(now, runs=runs)
        if self._began:
            self._pause_at, self._is_sought, self._again = 0.0, False, None
            self._ready_at = 0.0 if runs else now + PAUSED_S
            self._player.set_pause(not runs)

    def _seek(self, at_s: float, now: float) -> None:
        if not self._can_seek:
            return
        self.reckoning.sought(at_s, now)
        self._target = at_s
        self._go(now)

    def _go(self, now: float) -> None:
        """Send libvlc where it is to be, as soon as it can be sent; standing still a second time, for it loses seeks now and then."""
        is_sure = self._target is None and self._again is not None and now > self._again[1]
        if is_sure:
            self._target, self._again = self._again[0], None
        if self._target is None or not self._began or self._pause_at or now < self._ready_at:
            return
        self._player.set_time(round(self._target * 1000) + 5)  # a picture begins at its time, not after it
        if not self.reckoning.runs:
            self._ready_at, self._again = now + PAUSED_S, None if is_sure else (self._target, now + SURE_S)
        self._target, self._is_sought, self._canvas.is_held = None, True, False

    def _step(self, now: float) -> None:
        if self._is_sought or self._target is not None:
            self._seek(self.reckoning.at_s + self._step_s, now)  # a step after a seek may show the same picture once more
        else:
            self._again = None
            self._player.next_frame()
            self.reckoning.stepped(self._step_s, now)

    def _begin(self, now: float) -> None:
        """The first picture is there: it begins where it was to begin, and stands still there if it was to."""
        self._began = now
        self._aspect, self._step_s = self._shape()
        # MPEG-TS over HTTP has no length, and libvlc plays it from its beginning whatever it is told.
        self._can_seek = bool(self._player.is_seekable()) and (self._is_here or self._player.get_length() > 0)
        if not self._can_seek:
            self._at_s, self._target = 0.0, None
            self.reckoning.sought(0.0, self._canvas.picture_at)
        if self.reckoning.runs:
            self._canvas.is_held = False
            self.reckoning.sought(self._at_s if self._target is None else self._target, self._canvas.picture_at)
        else:
            self._pause_at, self._canvas.is_held = now + BUFFERED_S, self._can_seek
            self._target = self.reckoning.at_s if self._target is None and self._can_seek else self._target

    def _picture_at(self, now: float) -> float:
        """When a new picture came last; one that stands there is painted again and again, and says nothing."""
        stats = vlc.MediaStats()
        if self._media.get_stats(stats) and stats.decoded_video != self._decoded[0]:
            self._decoded = (stats.decoded_video, now)
            self._sound = self._heard(stats, now)
        return self._decoded[1]

    def _heard(self, stats: "vlc.MediaStats", now: float) -> str:
        """What became of the sound, "" while that is not known or nobody wants it."""
        if self._is_heard and stats.played_abuffers:
            return "heard"
        if not self._is_heard or not self._began or now < self._began + SOUND_S:
            return ""
        return "no_output" if stats.decoded_audio else "none"

    def _shape(self) -> tuple[float, float]:
        """Width by height as people see it, 0.0 when it is not said, and the seconds of a picture."""
        step = 1 / fps if (fps := self._player.get_fps()) > 1 else STEP_S
        for track in self._media.tracks_get() or ():
            if track.type == vlc.TrackType.video:
                # python-vlc lays the union of tracks out as three fields; the first one is where it lies.
                video = ctypes.cast(track.audio, ctypes.POINTER(vlc.VideoTrack)).contents
                across, down = (video.sar_num, video.sar_den) if video.sar_num and video.sar_den else (1, 1)
                return (video.width * across / (video.height * down) if video.height else 0.0), step
        return 0.0, step

    def _named(self, state: object) -> str:
        if state == vlc.State.Error or (state == vlc.State.Ended and not self._canvas.pictures):
            return "failed"
        if state == vlc.State.Ended:
            return "ended"
        return "shown" if self._canvas.pictures else "opening"

    def _told(self, event: object) -> None:
        # In libvlc's own thread: whatever asked libvlc here would wait for itself.
        self.reckoning.told(event.u.new_time / 1000, time.monotonic())  # type: ignore[attr-defined] - libvlc's

    def _shoot(self, command: dict) -> None:
        path = Path(command["path"])
        failed = self._player.video_take_snapshot(0, str(path), 0, 0) != 0 or not path.exists()
        self._emit({"event": "shot", "shot": command["shot"], "problem": "no_picture" if failed else ""})

    def _end(self) -> None:
        self._player.stop()
        self._player.release()
        self._canvas.close()


class Room:
    """Obeys the console's commands, one after another, each with its answer."""

    def __init__(self, folder: Path, emit: Emit) -> None:
        self._folder, self._emit = folder, emit
        self._library = vlc.Instance(LIBRARY)
        self._showing: Showing | None = None

    def obey(self, command: dict) -> None:
        """Carry out one command and say that it is done."""
        if command["do"] == "open":
            self._open(command)
        elif self._showing is not None and command["number"] == self._showing.number:
            self._showing.obey(command)
        self._emit({"event": "done", "request": command["request"]})

    def beat(self) -> None:
        """Tell ten times a second that this process lives, and what it shows."""
        while True:
            showing = self._showing
            self._emit({"event": "beat", **(showing.beat() if showing is not None else {"number": 0})})
            time.sleep(BEAT_S)

    def _open(self, command: dict) -> None:
        old, self._showing = self._showing, None
        if old is not None:
            old.close()
        problem = problem_of(command["address"])
        if problem:
            self._emit({"event": "failed", "number": command["number"], "reason": problem})
            return
        canvas = Canvas(self._folder, (command["width"], command["height"]), command["number"], self._emit)
        self._showing = Showing(self._library, canvas, command, self._emit)


def main() -> None:
    """Serve one console until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches the whole group; the console decides
    os.nice(5)  # on a saturated machine the screen comes before the pictures
    # What libvlc and its plugins print must not stand among the events.
    words = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    lock = threading.Lock()

    def emit(event: dict[str, object]) -> None:
        with lock:
            words.write(json.dumps(event).encode() + b"\n")

    room = Room(Path(sys.argv[1]), emit)
    emit({"event": "ready"})
    threading.Thread(target=room.beat, daemon=True).start()
    for line in sys.stdin.buffer:
        command = json.loads(line)
        if command["do"] == "quit":
            break
        room.obey(command)
    os._exit(0)  # libvlc's own ending may wait for a silent server


if __name__ == "__main__":
    main()
