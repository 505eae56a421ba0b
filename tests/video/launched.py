#!/usr/bin/python3
"""RTSP cameras by GStreamer launch lines, for streams no usual camera sends; run by the system's Python.

    launched.py ADDRESS NAME=LINE …

Each line ends in a payloader called pay0. One JSON line with the port is printed when the server answers; it serves until stdin closes.
"""

import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402 - versions come first


def key_frame(_client: GstRtspServer.RTSPClient, context: GstRtspServer.RTSPContext) -> None:
    """Begin with a key frame where the line has a "coder", as cameras do."""
    coder = context.media.get_element().get_child_by_name("coder")
    if coder is not None:
        wish = Gst.Structure.new_from_string("GstForceKeyUnit, all-headers=(boolean)true")
        coder.get_static_pad("src").send_event(Gst.Event.new_custom(Gst.EventType.CUSTOM_UPSTREAM, wish))


def main() -> None:
    """Serve."""
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address(sys.argv[1])
    server.set_service("0")
    for name, _, line in (argument.partition("=") for argument in sys.argv[2:]):
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {line} )")
        server.get_mount_points().add_factory(f"/{name}", factory)
    server.connect("client-connected", lambda _server, client: client.connect("play-request", key_frame))
    server.attach(None)
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), loop.quit()), daemon=True).start()
    print(json.dumps({"port": server.get_bound_port()}), flush=True)
    loop.run()


if __name__ == "__main__":
    main()
