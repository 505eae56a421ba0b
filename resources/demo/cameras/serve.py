#!/usr/bin/python3
"""Demo cameras as real RTSP on loopback; run by the system's Python, which has GStreamer's bindings.

    serve.py --port 0 --cameras C301,C302 [--hevc C302] [--slow C302] [--fps 15]

Every camera NAME gives rtsp://127.0.0.1:PORT/NAME/sub (640x360) and /NAME/main (1280x720).
One JSON line with the port is printed when the server answers; it ends when stdin closes.
"""

import argparse
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtspServer  # noqa: E402, F401 - versions come first
from scene import Scene  # noqa: E402

SIZES = {"sub": (640, 360, 500), "main": (1280, 720, 1800)}
GOP_S = 2
SLOW_FPS = 6  # of cameras that must cost little


class Camera(GstRtspServer.RTSPMediaFactory):
    """One path of the server: drawn when somebody watches, once for all who watch."""

    def __init__(self, name: str, size: tuple[int, int, int], fps: int, hevc: bool) -> None:
        super().__init__()
        self._name, self._fps = name, fps
        self._width, self._height, rate = size
        gop = GOP_S * fps
        if hevc:
            coder = (
                f"x265enc name=coder speed-preset=ultrafast tune=zerolatency bitrate={rate} key-int-max={gop} "
                f'option-string="keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:pools=none:frame-threads=1" '
                "! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1"
            )
        else:
            coder = (
                f"x264enc name=coder speed-preset=ultrafast tune=zerolatency bitrate={rate} key-int-max={gop} bframes=0 "
                "threads=1 ! video/x-h264,profile=constrained-baseline "
                "! rtph264pay name=pay0 pt=96 config-interval=-1"
            )
        self.set_launch(
            "( appsrc name=drawing is-live=true do-timestamp=true format=time block=false max-buffers=2 "
            f"leaky-type=downstream caps=video/x-raw,format=BGRx,width={self._width},height={self._height},"
            f"framerate={fps}/1 ! videoconvert n-threads=1 ! video/x-raw,format=I420 ! {coder} )"
        )
        self.set_shared(True)
        self.connect("media-configure", self._begin)

    def _begin(self, _factory: GstRtspServer.RTSPMediaFactory, media: GstRtspServer.RTSPMedia) -> None:
        drawing = media.get_element().get_child_by_name("drawing")
        scene = Scene(self._name, self._width, self._height)

        def draw() -> bool:
            drawing.emit("push-buffer", Gst.Buffer.new_wrapped(scene.picture()))
            return True

        draw()
        timer = GLib.timeout_add(1000 // self._fps, draw)
        media.connect("unprepared", lambda _media: GLib.source_remove(timer))


def key_frame(_client: GstRtspServer.RTSPClient, context: GstRtspServer.RTSPContext) -> None:
    """Begin a viewer's stream with a key frame, as cameras do: nobody waits for the next regular one."""
    coder = context.media.get_element().get_child_by_name("coder")
    wish = Gst.Structure.new_from_string("GstForceKeyUnit, all-headers=(boolean)true")
    coder.get_static_pad("src").send_event(Gst.Event.new_custom(Gst.EventType.CUSTOM_UPSTREAM, wish))


def main() -> None:
    """Serve until stdin closes."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--port", default="0")
    asked.add_argument("--cameras", required=True)
    asked.add_argument("--hevc", default="")
    asked.add_argument("--slow", default="")
    asked.add_argument("--fps", type=int, default=15)
    given = asked.parse_args()

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(given.port)
    for name in given.cameras.split(","):
        for stream, size in SIZES.items():
            fps = SLOW_FPS if name in given.slow.split(",") else given.fps
            camera = Camera(name, size, fps, name in given.hevc.split(","))
            server.get_mount_points().add_factory(f"/{name}/{stream}", camera)
    server.connect("client-connected", lambda _server, client: client.connect("play-request", key_frame))
    if not server.attach(None):
        sys.exit(f"port {given.port} on 127.0.0.1 is taken")

    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), GLib.idle_add(loop.quit)), daemon=True).start()
    print(json.dumps({"port": server.get_bound_port()}), flush=True)
    loop.run()


if __name__ == "__main__":
    main()
