#!/usr/bin/python3
"""Cameras for benchmarks: RTSP on loopback from clips encoded before, so that serving costs next to nothing; run by the system's Python.

    street.py --folder CLIPS --cameras C401,C402 [--main C401] [--seconds 8]

Each camera gives /NAME/sub (640x360, 25 a second, a key frame every 2 s), those in `--main` also /NAME/main (1920x1080).
Name and clock are burnt in; the clock begins at 08:00:00 and comes back after SECONDS. One JSON line with the port is
printed when the server answers; each line read from stdin is answered by the frames sent so far, camera by camera.
"""

import argparse
import json
import struct
import sys
import threading
import time
from pathlib import Path

import gi

sys.path.insert(0, str(Path(__file__).parents[2] / "resources" / "demo" / "cameras"))
gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtspServer  # noqa: E402 - versions come first
from scene import Scene  # noqa: E402

FPS, GOP_S = 25, 2
SIZES = {"sub": (640, 360, 700), "main": (1920, 1080, 4000)}
BEGIN = 1_767_225_600.0  # 2026-01-01 08:00:00 in China


def encode(path: Path, name: str, stream: str, seconds: int) -> None:
    """Draw and encode a clip: each picture's bytes behind their count."""
    width, height, rate = SIZES[stream]
    line = Gst.parse_launch(
        f"appsrc name=drawing format=time caps=video/x-raw,format=BGRx,width={width},height={height},framerate={FPS}/1 "
        f"! videoconvert ! video/x-raw,format=I420 ! x264enc speed-preset=ultrafast tune=zerolatency bitrate={rate} "
        f"key-int-max={GOP_S * FPS} option-string=keyint={GOP_S * FPS}:min-keyint={GOP_S * FPS}:scenecut=0 bframes=0 threads=1 "
        "! video/x-h264,profile=constrained-baseline ! h264parse config-interval=-1 "
        "! video/x-h264,stream-format=byte-stream,alignment=au ! appsink name=coded sync=false"
    )
    drawing, coded, scene = line.get_by_name("drawing"), line.get_by_name("coded"), Scene(name, width, height)
    line.set_state(Gst.State.PLAYING)
    part = path.with_suffix(".part")
    with part.open("wb") as clip:
        for frame in range(seconds * FPS):
            buffer = Gst.Buffer.new_wrapped(scene.picture(BEGIN + frame / FPS))
            buffer.pts, buffer.duration = frame * Gst.SECOND // FPS, Gst.SECOND // FPS
            drawing.emit("push-buffer", buffer)
            picture = coded.emit("pull-sample").get_buffer()
            clip.write(struct.pack("<I", picture.get_size()) + picture.extract_dup(0, picture.get_size()))
    line.set_state(Gst.State.NULL)
    part.replace(path)


def pictures(path: Path) -> list[bytes]:
    """The coded pictures of a clip."""
    content, found, at = path.read_bytes(), [], 0
    while at < len(content):
        (size,) = struct.unpack_from("<I", content, at)
        found.append(content[at + 4 : at + 4 + size])
        at += 4 + size
    return found


class Camera(GstRtspServer.RTSPMediaFactory):
    """One path of the server: a clip that runs from the first look on and comes back for ever."""

    def __init__(self, clip: Path) -> None:
        super().__init__()
        self._pictures = pictures(clip)
        self._gates: dict[GstApp.AppSrc, int] = {}  # and the number of the picture each began with
        self.sent = 0
        self.set_launch(
            "( appsrc name=clip is-live=true format=time max-buffers=120 leaky-type=downstream "
            f"caps=video/x-h264,stream-format=byte-stream,alignment=au,framerate={FPS}/1 ! h264parse ! rtph264pay name=pay0 pt=96 )"
        )
        self.set_shared(True)
        self.connect("media-configure", self._begin)

    def push(self) -> None:
        """Send the next picture to whoever watches; the clock runs on when nobody does."""
        for gate in list(self._gates):
            self._give(gate, self.sent)
        self.sent += 1

    def _give(self, gate: GstApp.AppSrc, number: int) -> None:
        # Stamped by hand: now and then a pipeline that is still starting stamps with the time of day and waits for it ever after.
        buffer = Gst.Buffer.new_wrapped(self._pictures[number % len(self._pictures)])
        buffer.pts = max(0, number - self._gates[gate]) * Gst.SECOND // FPS
        gate.emit("push-buffer", buffer)

    def _begin(self, _factory: GstRtspServer.RTSPMediaFactory, media: GstRtspServer.RTSPMedia) -> None:
        gate = media.get_element().get_child_by_name("clip")
        self._gates[gate] = self.sent
        for number in range(self.sent - self.sent % (GOP_S * FPS), self.sent):
            self._give(gate, number)  # a stream begins with a key frame, or the server would wait for one
        media.connect("unprepared", lambda _media: self._gates.pop(gate))


def main() -> None:
    """Serve until stdin closes."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--folder", type=Path, required=True)
    asked.add_argument("--port", default="0")
    asked.add_argument("--cameras", required=True)
    asked.add_argument("--main", default="")
    asked.add_argument("--seconds", type=int, default=8)
    given = asked.parse_args()

    Gst.init(None)
    given.folder.mkdir(parents=True, exist_ok=True)
    server, cameras = GstRtspServer.RTSPServer(), {}
    server.set_address("127.0.0.1")
    server.set_service(given.port)
    for name in given.cameras.split(","):
        for stream in ("sub", "main") if name in given.main.split(",") else ("sub",):
            clip = given.folder / f"{name}-{stream}.clip"
            if not clip.exists():
                encode(clip, name, stream, given.seconds)
            camera = cameras[f"{name}/{stream}"] = Camera(clip)
            server.get_mount_points().add_factory(f"/{name}/{stream}", camera)
    if not server.attach(None):
        sys.exit(f"port {given.port} on 127.0.0.1 is taken")

    loop, began = GLib.MainLoop(), time.monotonic()

    def push() -> bool:
        for _ in range(int((time.monotonic() - began) * FPS) - next(iter(cameras.values())).sent):
            for camera in cameras.values():
                camera.push()
        return True

    def answer() -> None:
        for _ in sys.stdin.buffer:
            print(json.dumps({name: camera.sent for name, camera in cameras.items()}), flush=True)
        loop.quit()

    GLib.timeout_add(1000 // FPS // 2, push)
    threading.Thread(target=answer, daemon=True).start()
    print(json.dumps({"port": server.get_bound_port()}), flush=True)
    loop.run()


if __name__ == "__main__":
    main()
