"""A device of the tests' own, for what no well-behaved one does: odd logins, clocks, answers; and events."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DEVICE, MEDIA, EVENTS = (f"http://www.onvif.org/ver10/{name}/wsdl" for name in ("device", "media", "events"))
ENVELOPE = '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>{}</e:Body></e:Envelope>'


class OddDevice:
    """Answers by action; `answers` replaces single ones, each a status and a body, or a body alone."""

    def __init__(self, place: str, offset_s: float = 0.0) -> None:
        now = datetime.now(UTC) + timedelta(seconds=offset_s)
        self.digest_only = False
        self.asked: list[tuple[str, str]] = []
        self.events: list[str] = []
        self.answers: dict[str, str | tuple[int, str]] = {
            "GetSystemDateAndTime": f"<x><UTCDateTime><Time><Hour>{now.hour}</Hour><Minute>{now.minute}</Minute>"
            f"<Second>{now.second}</Second></Time><Date><Year>{now.year}</Year><Month>{now.month}</Month><Day>{now.day}</Day></Date></UTCDateTime></x>",
            "GetServices": "".join(
                f"<Service><Namespace>{name}</Namespace><XAddr>http://10.9.9.9:{place.rpartition(':')[2]}/svc</XAddr></Service>"
                for name in (DEVICE, MEDIA, EVENTS)
            ),
            "GetDeviceInformation": "<x><Manufacturer>Odd</Manufacturer><Model>One</Model><SerialNumber>7</SerialNumber></x>",
            "GetProfiles": '<Profiles token="a"><VideoSourceConfiguration><SourceToken>v1</SourceToken></VideoSourceConfiguration>'
            "</Profiles>",
            "GetStreamUri": "<Uri>rtsp://0.0.0.0:554/live</Uri>",
            "CreatePullPointSubscription": "<SubscriptionReference><Address>"
            f"http://10.9.9.9:{place.rpartition(':')[2]}/pull?a=1&amp;b=2</Address></SubscriptionReference>",
        }  # fmt: skip

    def answer(self, action: str, authorization: str) -> tuple[int, str]:
        """Status and body for an action."""
        if self.digest_only and action != "GetSystemDateAndTime" and not self._is_digest(authorization):
            return 401, ""
        if action == "PullMessages":
            told, self.events = "".join(self.events), []
            return 200, ENVELOPE.format(told)
        found = self.answers.get(action, (500, "<Fault><Code><Value>s:Receiver</Value></Code></Fault>"))
        status, body = found if isinstance(found, tuple) else (200, found)
        return status, body if body.startswith("<?") or not body.startswith("<") else ENVELOPE.format(body)

    def _is_digest(self, header: str) -> bool:
        """RFC 2617 with user `admin`, password `digest`."""
        parts = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
        first = hashlib.md5(b"admin:odd:digest").hexdigest()
        second = hashlib.md5(f"POST:{parts.get('uri')}".encode()).hexdigest()
        whole = f"{first}:{parts.get('nonce')}:{parts.get('nc')}:{parts.get('cnonce')}:{parts.get('qop')}:{second}"
        return parts.get("response") == hashlib.md5(whole.encode()).hexdigest()


@contextmanager
def odd_device(offset_s: float = 0.0) -> Iterator[tuple[str, OddDevice]]:
    """Such a device on a port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            action = re.search(r'action="[^"]*?/(\w+?)(?:Request)?"', self.headers["Content-Type"]).group(1)  # type: ignore[union-attr]
            device.asked.append((action, text))
            status, body = device.answer(action, self.headers.get("Authorization", ""))
            self.send_response(status)
            if status == 401:
                self.send_header("WWW-Authenticate", 'Digest realm="odd", nonce="abc", qop="auth"')
            content = body.encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    place = f"127.0.0.1:{server.server_address[1]}"
    device = OddDevice(place, offset_s)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield place, device
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
