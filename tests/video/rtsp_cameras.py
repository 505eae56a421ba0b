"""RTSP cameras of every odd make, from GStreamer: no key frames, only key frames, B-frames, pictures nobody asked for."""

import json
import subprocess
from pathlib import Path
from typing import Self

from console.demo.cameras import SYSTEM_PYTHON
from tests.servers import stop

_PICTURES = "videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=320,height=180,framerate=25/1"
_H264 = f"{_PICTURES} ! x264enc speed-preset=ultrafast tune=zerolatency bitrate=300 threads=1 name=coder"
_PAY = "rtph264pay name=pay0 pt=96 config-interval=-1"
LINES = {
    "every-frame": f"{_H264} key-int-max=1 ! {_PAY}",
    "twenty-seconds": f"{_H264} key-int-max=500 option-string=keyint=500:min-keyint=500:scenecut=0 ! {_PAY}",
    "no-key-frames": f"{_H264} intra-refresh=true key-int-max=25 ! {_PAY}",
    "b-frames": f"{_PICTURES} ! x264enc speed-preset=ultrafast bframes=3 b-adapt=false key-int-max=25 bitrate=300 threads=1 ! {_PAY}",
    "h265": f"{_PICTURES} ! x265enc speed-preset=ultrafast tune=zerolatency bitrate=300 key-int-max=25 "
            'option-string="pools=none:frame-threads=1" ! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1',
    "jpeg": f"{_PICTURES} ! jpegenc ! rtpjpegpay name=pay0 pt=26",
    "sound": "audiotestsrc is-live=true ! alawenc ! rtppcmapay name=pay0 pt=8",
}  # fmt: skip


class RtspCameras:
    """The cameras of `LINES`, as long as the `with` block lasts."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.address = address

    def __enter__(self) -> Self:
        script = str(Path(__file__).with_name("launched.py"))
        command = [SYSTEM_PYTHON, "-B", script, self.address, *(f"{name}={line}" for name, line in LINES.items())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.port: int = json.loads(self._process.stdout.readline())["port"]
        return self

    def __exit__(self, *_: object) -> None:
        stop(self._process)

    def url(self, name: str) -> str:
        """The address of one."""
        return f"rtsp://{self.address}:{self.port}/{name}"
