"""The outer wall of the door: which host was called, how much is sent, how long it takes, what every answer forbids.

Plain ASGI and not a framework middleware: streams pass through it untouched,
and a body that is too large is never gathered anywhere.
"""

import asyncio
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from console.domain.errors import ConsoleError
from console.domain.words import Words
from console.gateway import refusals
from console.gateway.refusals import Bounced

log = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

JSON_CAP = 64 * 1024
PHOTO_CAP = 15 * 1024 * 1024 + JSON_CAP  # the picture and the form around it
SWALLOW = 32 * 1024 * 1024  # read and dropped, so that the sender hears the refusal instead of a broken line
CHUNK_S, BODY_S = 10.0, 120.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Shield:
    """Wraps the app; nothing reaches it that breaks these rules."""

    def __init__(self, app: App, words: Mapping[str, Words], hosts: tuple[str, ...], *, secure: bool) -> None:
        self._app = app
        self._words = words
        self._hosts = frozenset(host.lower() for host in hosts)
        self._headers = (*HEADERS, (b"strict-transport-security", b"max-age=31536000")) if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = _Speaker(send, self._headers, scope["path"])
        body = _Body(receive, cap_of(scope["path"]))
        try:
            self._check(scope, body)
            await self._app(scope, body.receive, said.send)
        except ConsoleError as refusal:
            if isinstance(refusal, Bounced) and refusal.status == 413 and not _waits_for_leave(scope):
                await body.swallow()
            await self._refuse(refusal, said, scope)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            await self._refuse(Bounced(500, "internal"), said, scope)

    def _check(self, scope: Scope, body: "_Body") -> None:
        headers = dict(scope["headers"])
        if not is_own_host(headers.get(b"host", b"").decode("latin-1"), self._hosts):
            raise Bounced(400, "unknown_host", "host")
        if headers.get(b"content-encoding", b"identity") != b"identity":
            raise Bounced(415, "no_encoding", "content-encoding")
        declared = headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > body.cap:
            raise Bounced(413, "body_too_large", "body", most=body.cap)

    async def _refuse(self, refusal: ConsoleError, said: "_Speaker", scope: Scope) -> None:
        if said.began:
            return  # half an answer is out; the line breaks and the caller asks again
        response = refusals.answer(refusal, self._words)
        if refusals.status_of(refusal) in (400, 413):
            response.headers["connection"] = "close"
        await response(scope, _nothing, said.send)


def cap_of(path: str) -> int:
    """How many bytes a body may have."""
    return PHOTO_CAP if path == "/api/photos" else JSON_CAP


def is_own_host(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header means us: a known name, or an address in digits.

    Only a name can be turned against us by whoever owns it (DNS rebinding);
    an address in digits in the browser's bar is the address it went to.
    """
    name = host.strip().lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name in names:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _waits_for_leave(scope: Scope) -> bool:
    """Whether the sender holds the body back until we ask for it (Expect: 100-continue)."""
    return dict(scope["headers"]).get(b"expect", b"").lower() == b"100-continue"


async def _nothing() -> MutableMapping[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


class _Body:
    """Hands a body on piece by piece, up to its cap and within its time."""

    def __init__(self, receive: Receive, cap: int) -> None:
        self._receive = receive
        self.cap = cap
        self._taken = 0
        self._more = True
        self._until = 0.0

    async def receive(self) -> MutableMapping[str, Any]:
        """The next piece. Raises Bounced(413) over the cap, Bounced(408) when it takes too long."""
        if not self._more:
            return await self._receive()  # waits for the line to close; that may take as long as it likes
        message = await self._in_time()
        self._more = bool(message.get("more_body", False)) and message["type"] == "http.request"
        self._taken += len(message.get("body", b""))
        if self._taken > self.cap:
            await self.swallow()
            raise Bounced(413, "body_too_large", "body", most=self.cap)
        return message

    async def _in_time(self) -> MutableMapping[str, Any]:
        now = asyncio.get_running_loop().time()
        self._until = self._until or now + BODY_S
        try:
            return await asyncio.wait_for(self._receive(), max(0.0, min(CHUNK_S, self._until - now)))
        except TimeoutError:
            self._more = False
            raise Bounced(408, "body_too_slow", "body") from None

    async def swallow(self) -> None:
        """Read the rest and drop it, within bounds."""
        try:
            while self._more and self._taken < SWALLOW:
                message = await self._in_time()
                self._more = bool(message.get("more_body", False)) and message["type"] == "http.request"
                self._taken += len(message.get("body", b""))
        except Bounced:
            return  # too slow even for the bin


class _Speaker:
    """Adds what every answer carries."""

    def __init__(self, send: Send, headers: tuple[tuple[bytes, bytes], ...], path: str) -> None:
        self._send = send
        self._headers = headers
        self._is_api = path.startswith("/api/")
        self.began = False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.began = True
            given = list(message.get("headers", ()))
            names = {name for name, _ in given}
            given += [(name, value) for name, value in self._headers if name not in names]
            if self._is_api and b"cache-control" not in names:
                given.append((b"cache-control", b"no-store"))
            message = {**message, "headers": given}
        await self._send(message)
