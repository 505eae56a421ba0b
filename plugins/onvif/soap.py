"""SOAP 1.2 as ONVIF devices speak it: own small templates out, defusedxml in; signed with the device's own clock.

A device whose clock is off refuses tokens made by ours, so `offset_s` is read first
(GetSystemDateAndTime needs no login) and every token carries the device's time.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape

import requests
from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from requests.auth import HTTPDigestAuth

from console.plugin.api import Failure

WAIT_S = (3.0, 6.0)
MOST_BYTES = 1 << 20
DEEPEST = 64
ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" '
    'xmlns:tr2="http://www.onvif.org/ver20/media/wsdl" xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" '
    'xmlns:tev="http://www.onvif.org/ver10/events/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" '
    'xmlns:wsa="http://www.w3.org/2005/08/addressing"><s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>'
)
WSSE = (
    '<wsse:Security s:mustUnderstand="1" xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" '
    'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><wsse:UsernameToken>'
    "<wsse:Username>{user}</wsse:Username><wsse:Password "
    'Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">{digest}</wsse:Password>'
    '<wsse:Nonce EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary">{nonce}'
    "</wsse:Nonce><wsu:Created>{created}</wsu:Created></wsse:UsernameToken></wsse:Security>"
)
REFUSED = ("notauthorized", "not authorized", "failedauthentication", "unauthorized", "sender not authorized")


@dataclass
class Node:
    """An element by local names: what ONVIF devices call their prefixes differs, and some forget to declare them."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def every(self, name: str) -> list["Node"]:
        """Every element of this name below, in order."""
        found: list[Node] = []
        for child in self.children:
            found += [child] if child.name == name else []
            found += child.every(name)
        return found

    def first(self, *path: str) -> "Node | None":
        """The first element down a path of names."""
        at: Node | None = self
        for name in path:
            at = next(iter(at.every(name)), None) if at is not None else None
        return at

    def said(self, *path: str) -> str:
        """The text at the end of a path; empty when there is none."""
        found = self.first(*path)
        return found.text if found is not None else ""


@dataclass
class Login:
    """User and password of a device; how they are sent is found out by asking."""

    user: str = ""
    password: str = field(default="", repr=False)
    offset_s: float = 0.0
    digest: HTTPDigestAuth | None = None


def token(login: Login, nonce: bytes, now: datetime) -> str:
    """A UsernameToken header: Base64(SHA-1(nonce + created + password)), by the device's clock (WSS 1.0)."""
    created = (now + timedelta(seconds=login.offset_s)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = hashlib.sha1(nonce + created.encode() + login.password.encode(), usedforsecurity=False).digest()
    return WSSE.format(
        user=escape(login.user), digest=base64.b64encode(made).decode(), nonce=base64.b64encode(nonce).decode(), created=created,
    )  # fmt: skip


def call(url: str, action: str, body: str, login: Login | None = None, *, header: str = "", wait_s: float = WAIT_S[1]) -> Node:
    """Send one request and give its body. Raises Failure: no answer, login refused, nothing readable, cannot."""
    place, signed = urlsplit(url).netloc, login is not None and bool(login.user)
    security = token(login, secrets.token_bytes(16), datetime.now(UTC)) if login is not None and signed and login.digest is None else ""
    text = ENVELOPE.format(header=security + header, body=body)
    status, content = _post(url, action, text, login.digest if login is not None else None, wait_s)
    if status == 401 and login is not None and signed and login.digest is None:
        login.digest = HTTPDigestAuth(login.user, login.password)  # a device in digest-only mode knows no tokens
        try:
            return call(url, action, body, login, header=header, wait_s=wait_s)
        except Failure:
            login.digest = None
            raise
    if status in (401, 403):
        raise Failure("onvif_login", place=place)
    node = parse(content, place)
    fault = node.first("Fault")
    if fault is not None:
        words = " ".join(part.text for part in (*fault.every("Value"), *fault.every("Text")) if part.text)
        if any(word in words.lower() for word in REFUSED):
            raise Failure("onvif_login", place=place)
        raise Failure("onvif_cannot", what=f"{action.rpartition('/')[2]}: {words}"[:120])
    if status >= 300:
        raise Failure("onvif_no_answer", place=place, problem=f"HTTP {status}")
    return node.first("Body") or node


def parse(content: bytes, place: str) -> Node:
    """An answer as nodes. Raises Failure("onvif_garbage") for anything that is no plain XML."""
    reader = _Reader()
    try:
        parseString(content, reader, forbid_dtd=True)
    except (SAXException, DefusedXmlException, ValueError) as broken:
        raise Failure("onvif_garbage", place=place, problem=type(broken).__name__) from broken
    return reader.top


def beside(url: str, told: str) -> str:
    """An address a device told, at the host it was reached at: it may know itself by another one, and sends us nowhere else."""
    here, there = urlsplit(url), urlsplit(told)
    host = f"[{here.hostname}]" if ":" in (here.hostname or "") else here.hostname
    port = f":{there.port}" if there.port else ""
    return urlunsplit((there.scheme or "http", f"{host}{port}", there.path, there.query, ""))


def _post(url: str, action: str, text: str, digest: HTTPDigestAuth | None, wait_s: float) -> tuple[int, bytes]:
    headers = {"Content-Type": f'application/soap+xml; charset=utf-8; action="{action}"'}
    try:
        with requests.Session() as session:
            session.trust_env = False
            asked = session.post(
                url, text.encode(), headers=headers, auth=digest, timeout=(WAIT_S[0], wait_s), allow_redirects=False, stream=True,
            )  # fmt: skip
            content = bytearray()
            for part in asked.iter_content(64 * 1024):
                content += part
                if len(content) > MOST_BYTES:
                    raise Failure("onvif_garbage", place=urlsplit(url).netloc, problem="too large")
            return asked.status_code, bytes(content)
    except (requests.RequestException, ValueError) as fault:
        raise Failure("onvif_no_answer", place=urlsplit(url).netloc, problem=type(fault).__name__) from fault



class _Reader(ContentHandler):
    """Builds nodes without minding namespaces."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Node("")
        self._open = [self.top]

    def startElement(self, name: str, attrs: object) -> None:
        if len(self._open) > DEEPEST:
            raise ValueError("too deep")
        node = Node(_local(name), {_local(key): value for key, value in attrs.items()})  # type: ignore[attr-defined]
        self._open[-1].children.append(node)
        self._open.append(node)

    def endElement(self, name: str) -> None:
        node = self._open.pop()
        node.text = node.text.strip()

    def characters(self, content: str) -> None:
        self._open[-1].text += content


def _local(name: str) -> str:
    return name.rpartition(":")[2]
