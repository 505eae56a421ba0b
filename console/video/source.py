"""Camera addresses: parsed, checked and written anew before any player sees them.

Nothing here opens a connection. What an address may hold is a list of what is
known to be harmless; the rest is refused by name. The road not taken is to
hunt for dangerous options: players know hundreds of them.
"""

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

from console.domain.errors import Invalid

MAX_LETTERS = 1024
SCHEMES = ("rtsp", "rtsps", "http", "https")
FOOTAGE_SCHEMES = ("http", "https")  # Debian's libvlc plays no RTSP

# What the decoder is told, by scheme; no address and no setting adds to it. RTSP: default probing
# costs 5.1 s before the first frame, these 0.1 s (video.md, fact 2). HTTP containers need a longer
# look, and "nobuffer" would throw away what was looked at: the first key frame. What comes by HTTP
# or lies in a file is one of these containers: a playlist, a list of clips or a session description
# would have FFmpeg open more, and HTTP itself is not FFmpeg's business (fetch.py).
_CONTAINERS = "mpegts,mov,mp4,matroska,webm,flv,avi,mpeg,h264,hevc"
_RTSP = {
    "rtsp_transport": "tcp",
    "fflags": "nobuffer",
    "probesize": "32",
    "analyzeduration": "0",
    "fpsprobesize": "0",
    "allowed_media_types": "video",
    "protocol_whitelist": "rtsp,rtsps,rtp,tcp,tls",
}
_HTTP = {
    "probesize": "65536",
    "analyzeduration": "500000",
    "fpsprobesize": "0",
    "format_whitelist": _CONTAINERS,
    "protocol_whitelist": "none",
}
_FILE = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"}
AV_OPTIONS = MappingProxyType(
    {
        "rtsp": MappingProxyType(_RTSP),
        "rtsps": MappingProxyType(_RTSP),
        "http": MappingProxyType(_HTTP),
        "https": MappingProxyType(_HTTP),
        "file": MappingProxyType(_FILE),
    }
)

_HOST_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]")
_OPTION = re.compile(r":[A-Za-z][A-Za-z0-9_-]*=")
# FFmpeg reads these out of an RTSP query and would leave our transport table.
_TRANSPORT_WORDS = frozenset({"udp", "tcp", "multicast", "http", "https", "unicast", "satip", "filter_src"})
_SECRET = re.compile(r"(?i)((?:pass(?:word|wd)?|pwd|token|secret|key|auth|sign(?:ature)?)=)[^&/;]*")
_PATH_SAFE = "/:@!$&()*+,;=~-._%"
_FORBIDDEN = frozenset("\"<>\\^`{|}'")


@dataclass(frozen=True)
class Address:
    """One stream's address in parts; printing it shows neither user nor secret."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def for_player(self) -> str:
        """The whole address with user and password: for a player's pipe, never for a log."""
        return self._written(self._login(), f"{self.path}{self._question(self.query)}")

    def __str__(self) -> str:
        """The address as people and logs may see it."""
        return self._written("", _SECRET.sub(r"\1***", f"{self.path}{self._question(self.query)}"))

    def __repr__(self) -> str:
        return f"Address({self})"

    def _written(self, login: str, rest: str) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port is not None else ""
        return f"{self.scheme}://{login}{host}{port}{rest}"

    def _login(self) -> str:
        if not self.user and not self.password:
            return ""
        password = f":{quote(self.password, safe='')}" if self.password else ""
        return f"{quote(self.user, safe='')}{password}@"

    @staticmethod
    def _question(query: str) -> str:
        return f"?{query}" if query else ""


def parse(text: str, *, hosts: frozenset[str] | None = None) -> Address:
    """A network address in its parts. Raises Invalid("address", …).

    `hosts` are the hosts the camera register knows (lower case); None takes
    every host. Text outside ASCII is percent-encoded in path and query only.
    """
    _refuse_strange_letters(text)
    scheme, colon, rest = text.partition("://")
    if not colon or scheme.lower() not in SCHEMES:
        raise Invalid("address", "unknown_address_scheme", known=", ".join(SCHEMES))
    authority, path, query = _cut(rest)
    login, _, place = authority.rpartition("@")
    user, password = _login_of(login)
    host, port = _host_and_port(place)
    if hosts is not None and host not in hosts:
        raise Invalid("address", "unknown_camera_host", host=host)
    return Address(scheme.lower(), host, port, path, query, user, password)


def parse_file(text: str, *, folder: Path) -> Address:
    """A `file://` address of a clip inside `folder`; elsewhere is refused.

    Raises Invalid("address", …) for another scheme, a host, a missing file or
    one outside the folder (links are followed first).
    """
    if not text.startswith("file:///"):
        raise Invalid("address", "unknown_address_scheme", known="file")
    _refuse_strange_letters(text)
    if "?" in text or _BAD_ESCAPE.search(text):
        raise Invalid("address", "bad_address_path")
    found = Path(unquote(text.removeprefix("file://"))).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise Invalid("address", "clip_outside_folder")
    if not found.is_file():
        raise Invalid("address", "no_such_clip", name=found.name)
    return Address("file", "", None, quote(found.as_posix(), safe=_PATH_SAFE.replace("%", "")))


def parse_footage(text: str) -> Address:
    """The address of a recording: http(s):// or the path of a file here. Raises Invalid("address", …)."""
    if text.startswith("/"):
        return parse_file(Path(text).as_uri(), folder=Path(text).parent)
    found = parse(text)
    if found.scheme not in FOOTAGE_SCHEMES:
        raise Invalid("address", "unknown_address_scheme", known=", ".join((*FOOTAGE_SCHEMES, "file")))
    return found


def _refuse_strange_letters(text: str) -> None:
    if not text:
        raise Invalid("address", "empty_address")
    if len(text) > MAX_LETTERS:
        raise Invalid("address", "address_too_long", limit=MAX_LETTERS)
    for letter in text:
        if letter.isspace():
            raise Invalid("address", "blank_in_address")
        if not letter.isprintable():  # control, format and unassigned characters
            raise Invalid("address", "control_in_address", number=f"U+{ord(letter):04X}")
        if letter in _FORBIDDEN:
            raise Invalid("address", "bad_address_character", character=letter)
    if "#" in text:
        raise Invalid("address", "bad_address_character", character="#")


def _cut(rest: str) -> tuple[str, str, str]:
    before, _, query = rest.partition("?")
    authority, slash, path = before.partition("/")
    for part in (path, query):
        if _BAD_ESCAPE.search(part):
            raise Invalid("address", "bad_address_path")
        if _OPTION.search(unquote(part)):
            raise Invalid("address", "option_in_address")
    if any(word.partition("=")[0].lower() in _TRANSPORT_WORDS for word in query.split("&")):
        raise Invalid("address", "option_in_address")
    return authority, quote(slash + path, safe=_PATH_SAFE), quote(query, safe=_PATH_SAFE + "?")


def _login_of(login: str) -> tuple[str, str]:
    if _BAD_ESCAPE.search(login):
        raise Invalid("address", "bad_address_login")
    user, _, password = login.partition(":")
    return unquote(user), unquote(password)


def _host_and_port(place: str) -> tuple[str, int | None]:
    if place.startswith("["):
        inner, closed, after = place[1:].partition("]")
        if not closed or (after and not after.startswith(":")):
            raise Invalid("address", "bad_address_host")
        return _ip6(inner), _port(after[1:]) if after else None
    name, colon, port = place.partition(":")
    return _host(name.lower()), _port(port) if colon else None


def _ip6(text: str) -> str:
    try:
        found = ipaddress.IPv6Address(text)
    except ValueError as wrong:
        raise Invalid("address", "bad_address_host") from wrong
    if found.scope_id:
        raise Invalid("address", "bad_address_host")
    return str(found)


def _host(name: str) -> str:
    labels = name.split(".")
    if len(name) > 253 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        raise Invalid("address", "bad_address_host")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        # "127.1" and "2130706433" are addresses too, and would slip past a list of hosts.
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as wrong:
            raise Invalid("address", "bad_address_host") from wrong
    return name


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise Invalid("address", "bad_address_port")
    return int(text)
