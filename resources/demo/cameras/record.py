#!/usr/bin/python3
"""Recordings of the demo's cameras, as a recorder writes them: packets unchanged, a file a minute, the last hour.

Run by the system's Python:

    record.py --folder DIR --cameras C301=rtsp://…,C302=rtsp://… [--seconds 60] [--keep-min 60] [--most-mb 1500]

Writes DIR/C301/20261124T100000.123.ts, called by the UTC of its first picture. Ends when stdin closes.
"""

import argparse
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402 - versions come first

AGAIN_MS, TIDY_S, WITHIN_S = 2000, 20, 2.0


class Recorder:
    """One camera on its way into files; one that is lost is tried again every two seconds."""

    def __init__(self, folder: Path, address: str, seconds: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._pipeline = Gst.parse_launch(
            f"rtspsrc location={address} protocols=tcp latency=0 ! rtph264depay ! h264parse config-interval=-1 ! "
            f"splitmuxsink name=files muxer-factory=mpegtsmux max-size-time={seconds * Gst.SECOND} async-finalize=true"
        )
        self._pipeline.get_by_name("files").connect("format-location", lambda _files, _number: self._name())
        bus = self._pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", lambda *_: self._lost())
        bus.connect("message::eos", lambda *_: self._lost())
        self.start()

    def start(self) -> bool:
        """Connect, and say that once is enough."""
        self._pipeline.set_state(Gst.State.PLAYING)
        return False

    def stop(self) -> None:
        """End, in the middle of a file; a transport stream is whole at any length."""
        self._pipeline.set_state(Gst.State.NULL)

    def _name(self) -> str:
        now = datetime.now(UTC)
        return str(self._folder / f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03}.ts")

    def _lost(self) -> None:
        self.stop()
        GLib.timeout_add(AGAIN_MS, self.start)


def tidy(folder: Path, keep_s: float, most_bytes: int) -> None:
    """Take away what is older than may be kept, then the oldest until the rest has room."""
    oldest = datetime.now(UTC).timestamp() - keep_s
    files = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in folder.rglob("*.ts")), reverse=True)
    total = 0
    for written, size, path in files:
        total += size
        if written < oldest or total > most_bytes:
            path.unlink(missing_ok=True)


def main() -> None:
    """Record until stdin closes."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--folder", type=Path, required=True)
    asked.add_argument("--cameras", required=True)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--keep-min", type=float, default=60)
    asked.add_argument("--most-mb", type=int, default=1500)
    given = asked.parse_args()

    Gst.init(None)
    tidy(given.folder, given.keep_min * 60, given.most_mb << 20)
    cameras = (pair.partition("=") for pair in given.cameras.split(","))
    recorders = [Recorder(given.folder / name, address, given.seconds) for name, _, address in cameras]

    def tidy_again() -> bool:
        tidy(given.folder, given.keep_min * 60, given.most_mb << 20)
        return True

    GLib.timeout_add_seconds(TIDY_S, tidy_again)
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), GLib.idle_add(loop.quit)), daemon=True).start()  # also before it runs
    print("{}", flush=True)
    loop.run()
    # A camera that is gone as well keeps a farewell waiting for seconds; files of packets are whole without one.
    threading.Timer(WITHIN_S, os._exit, (0,)).start()
    for recorder in recorders:
        recorder.stop()
    os._exit(0)


if __name__ == "__main__":
    main()
