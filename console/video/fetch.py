"""What a camera sends over HTTP, as bytes: no redirect is followed, no header is endless, nobody is waited for too long.

FFmpeg's own HTTP follows every redirect and opens whatever a playlist names; so it gets bytes from here and never an address.
As with RTSP over TLS, a camera's certificate is its own and proves nothing: it is not checked.
"""

import hashlib
import io
import re
import secrets
import socket
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import cast
from urllib.parse import urljoin

from console.video.source import Address

PORTS = {"http": 80, "https": 443}
CHUNK = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REASONS = {401: "unauthorised", 403: "forbidden", 404: "not_found", 410: "not_found"}
_HASHES = {"": "md5", "MD5": "md5", "SHA-256": "sha256"}
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))')


class Failed(Exception):
    """A camera's answer that is no stream; `reason` is one of health.py's, `to` where it sends us."""

    def __init__(self, reason: str, to: str = "") -> None:
        super().__init__(reason)
        self.reason, self.to = reason, to


@dataclass
class Patience:
    """Until when the other side is waited for; whoever got what he wanted grants it `silence_s` more."""

    silence_s: float
    until: float = field(default_factory=lambda: float("inf"))

    @classmethod
    def of(cls, opening_s: float, silence_s: float) -> "Patience":
        """So long for opening, so long for every silence after it."""
        return cls(silence_s, time.monotonic() + opening_s)

    def renew(self) -> None:
        """Something came."""
        self.until = time.monotonic() + self.silence_s

    def left_s(self) -> float:
        """Seconds that are left. Raises TimeoutError when none are."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def fetch(address: Address, patience: Patience) -> HTTPResponse:
    """The answer to one question, ready to be read. Raises Failed, or OSError when there is no line."""
    try:
        answer = _ask(address, patience, "")
        if answer.status == 401 and address.user:
            answer.close()
            answer = _ask(address, patience, authorisation(address, answer.headers.get_all("WWW-Authenticate") or ()))
    except HTTPException as nonsense:
        raise Failed("lost") from nonsense
    if answer.status == 200:
        return answer
    answer.close()
    if answer.status in _REDIRECTS:
        raise Failed("redirected", urljoin(replace_login(address), answer.headers.get("Location", "")))
    raise Failed(_REASONS.get(answer.status, "lost"))


def replace_login(address: Address) -> str:
    """An address without user and password, for joining others to it."""
    return Address(address.scheme, address.host, address.port, address.path, address.query).for_player()


def authorisation(address: Address, challenges: tuple[str, ...] | list[str]) -> str:
    """The answer to a camera's 401: digest where it offers that, else basic. Raises Failed when it asks for anything else."""
    for challenge in challenges:
        kind, _, rest = challenge.strip().partition(" ")
        asked = {name.lower(): quoted or plain for name, quoted, plain in _PAIR.findall(rest)}
        if kind.lower() == "digest" and asked.get("algorithm", "").upper() in _HASHES:
            return _digest(address, asked)
    if any(challenge.strip().lower().startswith("basic") for challenge in challenges):
        return "Basic " + b64encode(f"{address.user}:{address.password}".encode()).decode()
    raise Failed("unauthorised")


def _digest(address: Address, asked: dict[str, str]) -> str:
    """RFC 7616 with qop=auth, or RFC 2069 for cameras that know no qop."""
    algorithm, realm, nonce = asked.get("algorithm", ""), asked.get("realm", ""), asked.get("nonce", "")

    def hashed(*parts: str) -> str:
        return hashlib.new(_HASHES[algorithm.upper()], ":".join(parts).encode(), usedforsecurity=False).hexdigest()

    target, once = _target(address), secrets.token_hex(8)
    mine, this = hashed(address.user, realm, address.password), hashed("GET", target)
    said = {"username": address.user, "realm": realm, "nonce": nonce, "uri": target}
    if "auth" in [one.strip() for one in asked.get("qop", "").split(",")]:
        said |= {"cnonce": once, "response": hashed(mine, nonce, "00000001", once, "auth", this)}
        more = ", qop=auth, nc=00000001"
    else:
        said["response"], more = hashed(mine, nonce, this), ""
    said |= {name: asked[name] for name in ("opaque",) if name in asked}
    more += f", algorithm={algorithm}" if algorithm else ""
    return "Digest " + ", ".join(f'{name}="{_escaped(value)}"' for name, value in said.items()) + more


def _escaped(text: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", text)


def _target(address: Address) -> str:
    return (address.path or "/") + (f"?{address.query}" if address.query else "")


def _ask(address: Address, patience: Patience, login: str) -> HTTPResponse:
    port = address.port or PORTS[address.scheme]
    line = socket.create_connection((address.host, port), timeout=patience.left_s())
    try:
        if address.scheme == "https":
            line = _unchecked().wrap_socket(line, server_hostname=address.host)
        connection = HTTPConnection(address.host, port)
        connection.sock = cast(socket.socket, _Wire(line, patience))
        headers = {"User-Agent": "Command-Console", "Connection": "close"} | ({"Authorization": login} if login else {})
        connection.request("GET", _target(address), headers=headers)
        return connection.getresponse()
    except BaseException:
        line.close()
        raise


def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class _Wire:
    """What HTTPConnection needs of a socket, with a patience that counts for header and body together."""

    def __init__(self, line: socket.socket, patience: Patience) -> None:
        self._line, self._patience = line, patience

    def sendall(self, content: bytes) -> None:
        self._line.settimeout(self._patience.left_s())
        self._line.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._line, self._patience), CHUNK)

    def close(self) -> None:
        """The answer holds the socket now and closes it."""


class _Incoming(io.RawIOBase):
    """The bytes that come in, as long as there is patience."""

    def __init__(self, line: socket.socket, patience: Patience) -> None:
        self._line, self._patience = line, patience

    def readable(self) -> bool:
        return True

    def readinto(self, room: bytearray | memoryview) -> int:
        self._line.settimeout(self._patience.left_s())
        return self._line.recv_into(room)

    def close(self) -> None:
        self._line.close()
        super().close()
