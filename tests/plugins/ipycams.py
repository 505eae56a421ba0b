"""A real ONVIF device in software (PyPI ipycam), bound to loopback, in a process of its own; it also tells where it looks."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from plugins.onvif import soap
from tests.servers import dying_with_us, free_port
from tests.waiting import until

# ipycam listens on every address; here each of its sockets is held on loopback.
SCRIPT = '''
import json, socket, sys, time
import numpy
real = socket.socket.bind
def bind(self, place):
    if isinstance(place, tuple) and place[0] in ("", "0.0.0.0") and place[1] != 3702:
        place = ("127.0.0.1", *place[1:])
    return real(self, place)
socket.socket.bind = bind
from ipycam import CameraConfig, IPCamera
given = json.loads(sys.argv[1])
config = CameraConfig(local_ip="127.0.0.1", main_width=640, main_height=360, main_fps=10, sub_width=320, sub_height=180, sub_fps=10,
                      hw_accel="cpu", **given)
camera = IPCamera(config)
assert camera.start()
print("ready", flush=True)
frame = numpy.zeros((360, 640, 3), numpy.uint8)
number = 0
while True:
    number += 1
    frame[:] = number % 200
    camera.stream(frame)
    print(json.dumps(camera.ptz.get_status()), flush=True)
    time.sleep(0.1)
'''


class IpCamera:
    """One running device."""

    def __init__(self, folder: Path, **config: object) -> None:
        self.onvif_port, self.rtsp_port = free_port(), free_port()
        ports = {"onvif_port": self.onvif_port, "rtsp_port": self.rtsp_port, "web_port": free_port(), "go2rtc_api_port": free_port(),
                 "rtmp_port": free_port()}  # fmt: skip
        self._log = folder / "ipycam.log"
        with self._log.open("wb") as log:
            self._child = subprocess.Popen(
                [*dying_with_us("KILL"), sys.executable, "-c", SCRIPT, json.dumps({**ports, **config})], cwd=folder, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until(lambda: "ready" in self._log.read_text(errors="replace"), 30, what=self._log)

    @property
    def place(self) -> str:
        """Host and port of its services."""
        return f"127.0.0.1:{self.onvif_port}"

    def looks(self) -> dict[str, float]:
        """Where it looks now, as it tells itself."""
        lines = [line for line in self._log.read_text(errors="replace").splitlines() if line.startswith("{")]
        return json.loads(lines[-1])

    def set_preset(self, token: str, name: str, login: soap.Login) -> None:
        """Keep where it looks under a name, by its own SOAP service."""
        body = f'<tptz:SetPreset PresetToken="{token}"><tptz:PresetName>{name}</tptz:PresetName></tptz:SetPreset>'
        soap.call(f"http://{self.place}/onvif/ptz_service", "SetPreset", body, login)

    def freeze(self) -> None:
        """Answer nothing any more, while the port stays open."""
        self._child.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        """End it and what it started."""
        os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
