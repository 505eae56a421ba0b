"""The cutting child process: one job as JSON on stdin, its progress and its outcome as JSON lines on stdout.

It reads recordings and clips, which are foreign files: it may crash, hang or eat memory, and is ended by `cutting.py`.
An address may carry a password: nothing here repeats it.
"""

import errno
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from console.domain.redaction import Clear
from console.video.burning import Burnt
from console.video.fetch import Failed
from console.video.mosaic import covered
from console.video.opening import Opened, opened
from console.video.remux import Timeline, Writer, partly
from console.video.scale import save_jpeg

MEMORY = 4 << 30
OPEN_WITHIN_S, SILENT_FOR_S = 15.0, 15.0  # a platform looks its recording up first
TELL_EVERY_S = 0.2
CODECS = frozenset({"h264", "hevc"})

Job = dict[str, Any]
Facts = dict[str, object]
Tell = Callable[[float], None]
_PROBLEMS: tuple[tuple[type[BaseException], str], ...] = (
    (av.error.FileNotFoundError, "clip_source_gone"),
    (av.error.HTTPClientError, "clip_source_gone"),
    (av.error.HTTPServerError, "clip_source_silent"),
    (ConnectionError, "clip_source_silent"),
    (av.error.ExitError, "clip_source_silent"),
    (TimeoutError, "clip_source_silent"),
    (av.error.ArgumentError, "clip_codec"),  # a container that is not on the list
    (MemoryError, "clip_too_large"),
)
DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG})


_ANSWERS = {
    "timeout": "clip_source_silent", "refused": "clip_source_silent", "lost": "clip_source_silent", "wrong_codec": "clip_broken",
    "elsewhere": "clip_broken",
}  # fmt: skip


class Broken(Exception):
    """The job cannot be done; its argument is the code that says why."""


def cut(job: Job, tell: Tell) -> Facts:
    """A stretch of a recording, packets unchanged, from the key frame before its start; how it came out."""
    skip, take, path = float(job["skip_s"]), float(job["take_s"]), Path(str(job["path"]))
    first = skip
    with _opened(str(job["address"])) as source:
        stream = _pictures(source.container)
        if stream.codec_context.name not in CODECS:
            raise Broken("clip_codec")
        with partly(path) as part, Writer.like(part, stream) as writer:
            for at, packet in _stretch(_packets(source, stream), skip, skip + take):
                first = min(first, at)
                tell((at - skip) / take)
                writer.put(packet)
    return {**look({"path": str(path)}, tell), "lead_s": skip - first}


def look(job: Job, _tell: Tell) -> Facts:
    """What a clip is: its length, size and codec; its first picture lies beside it as a JPEG afterwards."""
    path = Path(str(job["path"]))
    with av.open(str(path)) as container:
        stream = _pictures(container)
        picture = next(iter(container.decode(stream)), None)
        if picture is None:
            raise Broken("no_key_frame")
        save_jpeg(picture, path.with_name(path.name + ".jpg"))
        seconds = float(container.duration or 0) / av.time_base
        return {"seconds": seconds, "width": picture.width, "height": picture.height, "codec": stream.codec_context.name}


def burn(job: Job, tell: Tell) -> Facts:
    """A part of a clip with a stamp over every picture, encoded anew, without sound; covered but for `clear`, if that is said."""
    skip, take, path = float(job["skip_s"]), float(job["take_s"]), Path(str(job["path"]))
    clear = None if job.get("clear") is None else tuple(Clear(*(float(side) for side in one)) for one in job["clear"])
    with av.open(str(job["source"])) as container, partly(path) as part, Burnt(part, Path(str(job["stamp"]))) as burnt:
        stream = _pictures(container)
        stream.codec_context.thread_type = "AUTO"
        for picture in container.decode(stream):
            at = float(picture.time or 0.0)
            if at >= skip + take:
                break
            if at >= skip:
                tell((at - skip) / take)
                burnt.put(picture if clear is None else _covered(picture, clear, at - skip), at - skip)
        if burnt.is_empty:
            raise Broken("source_ended")
    return look({"path": str(path)}, tell)


JOBS: dict[str, Callable[[Job, Tell], Facts]] = {"cut": cut, "look": look, "burn": burn}


def _covered(picture: VideoFrame, clear: Sequence[Clear], at_s: float) -> VideoFrame:
    pixels = picture.to_ndarray(format="rgb24")
    return VideoFrame.from_ndarray(covered(pixels, (one for one in clear if one.is_at(at_s))), format="rgb24")


def _opened(address: str) -> AbstractContextManager[Opened]:
    name = address if "://" in address else f"file:{address}"
    return opened(name.replace("file://", "file:", 1), OPEN_WITHIN_S, SILENT_FOR_S, threading.Event().wait)


def _packets(source: Opened, stream: VideoStream) -> Iterator[av.Packet]:
    for packet in source.container.demux(stream):
        source.renew()
        yield packet


def _pictures(container: InputContainer) -> VideoStream:
    stream = next((one for one in container.streams.video if one.codec_context is not None), None)
    if stream is None:
        raise Broken("clip_codec")
    return stream


def _stretch(packets: Iterator[av.Packet], start: float, end: float) -> Iterator[tuple[float, av.Packet]]:
    """Packets with their seconds since the source's first one, from the last key frame at or before `start` on, until `end`."""
    line, group, has_begun = Timeline(), list[tuple[float, av.Packet]](), False
    for packet in packets:
        if not packet.size:
            continue
        at = line.pass_on(packet)
        if at >= end:
            break
        if has_begun:
            yield at, packet
            continue
        group = [] if packet.is_keyframe else group
        if group or packet.is_keyframe:
            group.append((at, packet))
        if at >= start and group:
            has_begun = True
            yield from group
    if not has_begun:
        raise Broken("source_ended" if line.now < start or not line.now else "no_key_frame")


def _problem(error: BaseException) -> str:
    if isinstance(error, Broken):
        return str(error)
    if isinstance(error, Failed):
        return _ANSWERS.get(error.reason, "clip_source_gone")
    if isinstance(error, OSError) and error.errno in DISK:
        return "disk_refuses"
    return next((code for kind, code in _PROBLEMS if isinstance(error, kind)), "clip_broken")


def main() -> None:
    """Do one job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    av.logging.set_libav_level(av.logging.PANIC)  # FFmpeg's own lines hold addresses
    job = json.loads(sys.stdin.buffer.readline())
    told = 0.0

    def say(line: Facts) -> None:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    def tell(part: float) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY_S:
            told = time.monotonic()
            say({"part": min(1.0, max(0.0, part))})

    try:
        say({"done": JOBS[job["do"]](job, tell)})
    except (Broken, Failed, FFmpegError, OSError, MemoryError) as error:
        say({"problem": _problem(error)})
    except Exception as error:  # noqa: BLE001 - a foreign file's surprise: its name is told, its text may hold the address
        say({"problem": "clip_broken", "kind": type(error).__name__})


if __name__ == "__main__":
    main()
