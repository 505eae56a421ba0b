"""A server of WVP's shape, written from its published controllers: channels, play, PTZ, presets, recordings, alarms; and its bad days."""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

USER, PASSWORD, KEY = "admin", "密 s3cret", "key-1"


def channel(number: int, **more: object) -> dict[str, object]:
    """A channel as `/common/channel/list` tells it."""
    return {
        "gbId": number, "gbDeviceId": f"4109230100132{number:07d}", "gbName": f"国标{number}", "gbStatus": "ON" if number % 2 else "OFF",
        "gbLongitude": 115.2, "gbLatitude": 36.1, "gbPtzType": 1, "gbCivilCode": "410923", "gbDirectionType": 1, **more,
    }  # fmt: skip


class Platform:
    """What the platform knows, what it was asked, and how it misbehaves."""

    def __init__(self) -> None:
        self.channels = [channel(number) for number in range(1, 4)]
        self.alarms: list[dict[str, object]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.old_alarms = False
        self.token = "t1"
        self.instead: dict[str, tuple[int, bytes]] = {}
        self.silent: set[str] = set()
        self.released = threading.Event()

    def answer(self, path: str, values: dict[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and content."""
        if path == "/user/login":
            is_right = values == {"username": USER, "password": hashlib.md5(PASSWORD.encode()).hexdigest()}
            return _ok({"accessToken": self.token}) if is_right else _wrapped(100, "用户名或密码错误")
        if headers.get("access-token") != self.token and headers.get("api-key") != KEY:
            return 401, b'{"code": 401, "msg": "please sign in"}'
        self.asked.append((path, values))
        if path in self.silent:
            self.released.wait(30)
        if path in self.instead:
            return self.instead[path]
        return self._known(path, values)

    def of(self, path: str) -> list[dict[str, str]]:
        """What was asked under a path."""
        return [values for asked, values in self.asked if asked == path]

    def _known(self, path: str, values: dict[str, str]) -> tuple[int, bytes]:
        if path == "/common/channel/list":
            start = (int(values["page"]) - 1) * int(values["count"])
            return _ok({"total": len(self.channels), "list": self.channels[start : start + int(values["count"])]})
        if path == ("/alarm/all" if self.old_alarms else "/alarm/list"):
            return _ok({"total": len(self.alarms), "list": list(reversed(self.alarms))})
        if path.startswith("/common/channel/") and values.get("channelId") not in {str(one["gbId"]) for one in self.channels}:
            return _wrapped(100, "通道不存在")
        return {
            "/common/channel/play": _ok({"app": "rtp", "stream": "s1", "flv": "http://h/s1.live.flv", "ts": "http://127.0.0.1:8080/s1.live.ts",
                                         "rtsp": "rtsp://127.0.0.1:554/rtp/s1", "rtmp": "rtmp://h/x"}),
            "/common/channel/front-end/preset/query": _ok([{"presetId": 1, "presetName": "门口"}, {"presetId": 2, "presetName": None}]),
            "/common/channel/front-end/preset/call": _ok("ok"), "/common/channel/front-end/ptz": _ok("ok"),
            "/common/channel/playback/query": _ok([{"startTime": "2026-11-24 09:00:00", "endTime": "2026-11-24 10:00:00"}]),
            "/common/channel/playback": _ok({"stream": "p1", "fmp4": "http://127.0.0.1:8080/p1.live.mp4"}),
        }.get(path, (200, b"") if path.startswith("/common/channel/play") else (404, b"<html>"))  # fmt: skip


def _wrapped(code: int, msg: str, data: object = None) -> tuple[int, bytes]:
    return 200, json.dumps({"code": code, "msg": msg, "data": data}, ensure_ascii=False).encode()


def _ok(data: object) -> tuple[int, bytes]:
    return _wrapped(0, "成功", data)


@contextmanager
def platform() -> Iterator[tuple[str, Platform]]:
    """Such a platform on a port of loopback: its address and itself."""
    known = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, content = known.answer(parts.path.removeprefix("/api"), dict(parse_qsl(parts.query)), self.headers)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                return  # whoever asked has given up

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", known
    finally:
        known.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
