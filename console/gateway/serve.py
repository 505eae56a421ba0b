"""Runs the gateway's app in a thread, whether of the console or of a process of its own."""

import http.client
import socket
import threading
import time

import uvicorn
from fastapi import FastAPI

from console.domain.errors import ConsoleError, Unavailable
from console.gateway.listening import listen

START_S, STOP_S = 15.0, 5.0
GRACE_S = 3


class _Server(uvicorn.Server):
    """Uvicorn, which would wait for open streams at its end: they are told to go first."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then everything else."""
        self.config.app.state.live.close()  # type: ignore[union-attr]
        await super().shutdown(sockets)


class Gateway:
    """One listening gateway. Port 0 takes a free one; `port` says which."""

    def __init__(self, app: FastAPI, host: str = "127.0.0.1", port: int = 8080, *, listening: socket.socket | None = None) -> None:
        """Make it; `listening` is a socket that others may accept on as well (see `crew.py`)."""
        self._app = app
        self._host = host
        self.port = port
        self._listening = listening
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen and answer; returns when a request was really answered.

        Raises Unavailable("port_taken"), ("port_forbidden") or ("address_unusable") when it
        cannot listen, ("gateway_silent") when it does not answer.
        """
        listening = self._listening or listen(self._host, self.port)
        self.port = listening.getsockname()[1]
        self._server = _server(self._app)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), name="gateway", daemon=True)
        self._thread.start()
        try:
            self._wait_for_answer()
        except ConsoleError:
            self.stop()
            listening.close()
            raise

    def stop(self) -> None:
        """Finish what is being answered, end the streams, close; at most 5 s."""
        server, thread = self._server, self._thread
        self._server = self._thread = None
        if server is None or thread is None:
            return
        server.should_exit = True
        thread.join(STOP_S - 1)
        if thread.is_alive():
            server.force_exit = True
            thread.join(1)

    def _wait_for_answer(self) -> None:
        until = time.monotonic() + START_S
        host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self._host, self._host)
        problem = ""
        while time.monotonic() < until and self._thread is not None and self._thread.is_alive():
            line = http.client.HTTPConnection(host, self.port, timeout=2)
            try:
                line.request("GET", "/api/health")
                if line.getresponse().status == 200:
                    return
            except OSError as fault:
                problem = str(fault)
                time.sleep(0.02)
            finally:
                line.close()
        raise Unavailable("gateway_silent", port=self.port, problem=problem)


def _server(app: FastAPI) -> _Server:
    config = uvicorn.Config(
        app, log_config=None, access_log=False, proxy_headers=False, server_header=False, date_header=False, lifespan="on", ws="none",
        timeout_keep_alive=30, timeout_graceful_shutdown=GRACE_S, h11_max_incomplete_event_size=32 * 1024,
    )  # fmt: skip
    return _Server(config)
