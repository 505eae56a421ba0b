"""Cutting and stamping clips in a child process of its own: with a deadline, how far it is, and a way to call it off.

What a job leaves behind is the whole file or nothing.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from console.domain.errors import Refused, Unavailable
from console.domain.redaction import Clear

LEAST_S = 60.0
Progress = Callable[[float], None]
UNAVAILABLE = frozenset({"clip_source_gone", "clip_source_silent", "disk_refuses", "clip_late"})


@dataclass(frozen=True)
class Outcome:
    """A finished clip: how long and large it is, and how many seconds it begins before the moment asked for."""

    path: Path
    seconds: float
    width: int
    height: int
    codec: str
    lead_s: float = 0.0

    @property
    def picture(self) -> Path:
        """Its first picture as a JPEG."""
        return self.path.with_name(self.path.name + ".jpg")


class Stop:
    """Calls a job off, from any thread, before or while it runs."""

    def __init__(self) -> None:
        self._called = threading.Event()

    def call(self) -> None:
        """End the job; it raises Refused("called_off")."""
        self._called.set()

    def waits(self, seconds: float) -> bool:
        """Wait a while; whether it was called meanwhile."""
        return self._called.wait(seconds)


def _nobody(_part: float) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Watch:
    """Who hears how far a job is, from 0 to 1, and who may call it off."""

    progress: Progress = _nobody
    stop: Stop | None = None


NOBODY = Watch()


def cut(address: str, period: tuple[float, float], path: Path, watch: Watch = NOBODY) -> Outcome:
    """Write some seconds of a recording unchanged; `period` is from which second of it, and how many.

    A source that ends early gives what it has. Raises Unavailable, or Refused("source_ended"), ("no_key_frame"), ("clip_codec"),
    ("clip_broken"), ("called_off").
    """
    skip, take = period
    job: dict[str, object] = {"do": "cut", "address": address, "skip_s": skip, "take_s": take, "path": str(path)}
    # A platform sends its recordings no faster than they were made.
    return _run(job, LEAST_S + 2 * (skip + take), watch)


def look(path: Path) -> Outcome:
    """What a clip is. Raises Refused("clip_broken") and as `cut` does."""
    return _run({"do": "look", "path": str(path)}, LEAST_S, NOBODY)


def burn(
    source: Path, period: tuple[float, float], stamp: Path, path: Path, watch: Watch = NOBODY, *, clear: Sequence[Clear] | None = None
) -> Outcome:  # fmt: skip
    """Write some seconds of a clip anew with a stamp (a PNG) over every picture; with `clear` all but these parts is covered.

    Their seconds count from the first picture written. Raises as `cut` does.
    """
    skip, take = period
    job: dict[str, object] = {"do": "burn", "source": str(source), "stamp": str(stamp), "skip_s": skip, "take_s": take, "path": str(path)}
    job["clear"] = None if clear is None else [astuple(one) for one in clear]
    return _run(job, LEAST_S + 10 * take, watch)


def _run(job: dict[str, object], within_s: float, watch: Watch) -> Outcome:
    path = Path(str(job["path"]))
    stop, late = watch.stop or Stop(), threading.Event()
    with _child() as child:
        assert child.stdin is not None and child.stdout is not None
        guard = threading.Thread(target=_guard, args=(child, stop, within_s, late), name="cutting", daemon=True)
        guard.start()
        try:
            os.write(child.stdin.fileno(), json.dumps(job).encode() + b"\n")  # nothing may wait in a buffer for a child that is gone
            last = _heard(child.stdout, watch.progress)
        except BrokenPipeError:
            last = {}
        finally:
            child.kill()
            guard.join()
            if job["do"] != "look":
                path.with_name(path.name + ".part").unlink(missing_ok=True)
    facts = last.get("done")
    if stop.waits(0.0):
        path.unlink(missing_ok=True)
        raise Refused("called_off")
    if isinstance(facts, dict):
        return Outcome(path, **facts)
    code = "clip_late" if late.is_set() else str(last.get("problem") or "clip_broken")
    raise Unavailable(code, problem="") if code in UNAVAILABLE else Refused(code)


def _heard(lines: Iterator[bytes], progress: Progress) -> dict[str, object]:
    """The last word of a child; what it says of its progress is passed on."""
    last: dict[str, object] = {}
    for line in lines:
        try:
            last = json.loads(line)
        except ValueError:
            continue  # a decoder's own words
        if "part" in last:
            progress(float(str(last["part"])))
    return last


def _guard(child: "subprocess.Popen[bytes]", stop: Stop, within_s: float, late: threading.Event) -> None:
    """End the child when it is called off, or late."""
    for _ in range(int(within_s * 10)):
        if child.poll() is not None:
            return
        if stop.waits(0.1):
            break
    else:
        late.set()
    child.kill()


@contextmanager
def _child() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "console.video.cutter"]
    try:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path(__file__).resolve().parents[2]
        )
    except OSError as full:
        raise Unavailable("no_video_worker", problem=full.strerror or "") from full
    try:
        yield child
    finally:
        for end in filter(None, (child.stdin, child.stdout)):
            with suppress(BrokenPipeError):
                end.close()
        child.wait()
