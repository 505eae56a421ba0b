"""The demo's cameras: a child process that serves drawn streets as real RTSP on loopback."""

import json
import signal
import socket
import subprocess
import time
from pathlib import Path

from console.domain.errors import Unavailable

# GStreamer's bindings belong to the system's Python, not to the console's environment.
SYSTEM_PYTHON = "/usr/bin/python3"
PACKAGES = (
    "python3-gi python3-gi-cairo gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base "
    "gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly fonts-dejavu-core"
)
ANSWERS_WITHIN_S = 10.0
_SERVER = Path(__file__).resolve().parents[2] / "resources" / "demo" / "cameras" / "serve.py"


class DemoCameras:
    """Cameras by name, served while the `with` block lasts; they can be killed, stalled and brought back."""

    def __init__(
        self, names: tuple[str, ...], *, port: int = 0, hevc: tuple[str, ...] = (), slow: tuple[str, ...] = (), fps: int = 15
    ) -> None:
        """`port` 0 takes a free one and keeps it over restarts; cameras in `hevc` send H.265, those in `slow` six pictures a second."""
        self.names, self.port = names, port
        self._hevc, self._slow, self._fps = hevc, slow, fps
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "DemoCameras":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises Unavailable("demo_cameras_missing", packages=…) when GStreamer's
        bindings are not installed, and Unavailable("demo_cameras_failed", …)
        when the port is taken or the server does not answer.
        """
        command = [SYSTEM_PYTHON, "-B", str(_SERVER), "--port", str(self.port), "--cameras", ",".join(self.names)]
        command += ["--hevc", ",".join(self._hevc), "--slow", ",".join(self._slow), "--fps", str(self._fps)]
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except FileNotFoundError as gone:
            raise Unavailable("demo_cameras_missing", packages=PACKAGES) from gone
        line = self._process.stdout.readline()
        if not line:
            raise self._failure(self._process.communicate()[1].decode(errors="replace"))
        self._process.stderr.close()  # GStreamer chats there; nobody reads it once the server runs
        self.port = json.loads(line)["port"]
        self._wait_for_answer()

    def url(self, name: str, stream: str = "sub") -> str:
        """The address of a camera's "sub" (640x360) or "main" (1280x720) stream."""
        return f"rtsp://127.0.0.1:{self.port}/{name}/{stream}"

    def kill(self) -> None:
        """End the server as a power cut does."""
        self._process.kill()
        self._ended()

    def stall(self) -> None:
        """Let the server fall silent with its connections open."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Wake a stalled server."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End the server; one that is gone already is fine."""
        if self._process is None:
            return
        self.resume()  # a stalled server would not hear that its stdin closes
        self._process.stdin.close()
        try:
            self._process.wait(3.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._ended()

    def _ended(self) -> None:
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process = None

    def _failure(self, said: str) -> Unavailable:
        self._ended()
        if "ModuleNotFoundError" in said or "not available" in said:
            return Unavailable("demo_cameras_missing", packages=PACKAGES)
        problem = said.strip().splitlines()[-1] if said.strip() else "no answer"
        return Unavailable("demo_cameras_failed", problem=problem)

    def _wait_for_answer(self) -> None:
        until = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1.0) as line:
                    line.sendall(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
                    if line.recv(12) == b"RTSP/1.0 200":
                        return
            except OSError:
                continue  # not listening yet; the deadline ends this
        self.stop()
        raise Unavailable("demo_cameras_failed", problem="no answer")
