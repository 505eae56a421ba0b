"""What is looked at before a player gets a recording: it must be there, lead nowhere else and be no list of other addresses.

Players follow redirects and lists wherever they point, to files of this machine, too. Here
nothing is followed: a redirect is refused, and of lists only HLS with parts of the same server.
"""

import base64
import http.client
import re
import ssl
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

WITHIN_S = 5.0
HEAD_BYTES, LIST_BYTES, MOST_LISTS = 4096, 1_000_000, 12
_LISTS = (b"[playlist]", b"<?xml", b"<asx", b"<smil", b"#extinf", b"[reference]", b"<!doctype", b"<html")
_URI = re.compile(r'URI="([^"]*)"')
_STATUS = {401: "unauthorised", 403: "unauthorised", 404: "not_found", 410: "not_found"}


class Trouble(Exception):
    """Why a recording is not to be played; its text is the reason's code."""


def problem_of(address: str) -> str:
    """Why a player must not have this address, as a code; "" when nothing speaks against it."""
    try:
        if address.startswith("file:"):
            with open(unquote(urlsplit(address).path), "rb") as source:
                _check(source.read(HEAD_BYTES))
        else:
            _check_over_http(address, MOST_LISTS)
    except Trouble as found:
        return str(found)
    except FileNotFoundError:
        return "not_found"
    except ConnectionRefusedError:
        return "refused"
    except TimeoutError:
        return "timeout"
    except (OSError, http.client.HTTPException, ValueError):
        return "lost"
    return ""


def _check_over_http(address: str, lists_left: int) -> None:
    head = _fetch(address, HEAD_BYTES)
    if _is_hls(head):
        _check_list(_fetch(address, LIST_BYTES), address, lists_left)
    else:
        _check(head)


def _is_hls(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"#EXTM3U")


def _check(head: bytes) -> None:
    if not head:
        raise Trouble("empty")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if _is_hls(head) or start.startswith(_LISTS):
        raise Trouble("bad_playlist")


def _check_list(content: bytes, address: str, lists_left: int) -> None:
    """Every address in an HLS list must be http and of the list's own server; lists in it are read as well."""
    here = urlsplit(address)
    for line in content.decode("utf-8", "replace").splitlines():
        names = _URI.findall(line) if line.startswith("#") else [line.strip()]
        for name in filter(None, names):
            there = urlsplit(urljoin(address, name))
            if there.scheme not in ("http", "https") or (there.hostname, there.port) != (here.hostname, here.port):
                raise Trouble("bad_playlist")
            if there.path.endswith((".m3u8", ".m3u")):
                if not lists_left:
                    raise Trouble("bad_playlist")
                _check_over_http(_with_login(there, here), lists_left - 1)


def _with_login(there: SplitResult, here: SplitResult) -> str:
    return there._replace(netloc=here.netloc).geturl()


def _fetch(address: str, most: int) -> bytes:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, parts.port, timeout=WITHIN_S, context=ssl.create_default_context()
        )
    else:
        line = http.client.HTTPConnection(host, parts.port, timeout=WITHIN_S)
    headers = {"Range": f"bytes=0-{most - 1}", "User-Agent": "console"}
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
    try:
        line.request("GET", parts.path + (f"?{parts.query}" if parts.query else "") or "/", headers=headers)
        answer = line.getresponse()
        if 300 <= answer.status < 400:
            raise Trouble("redirected")
        if answer.status >= 400:
            raise Trouble(_STATUS.get(answer.status, "lost"))
        return answer.read(most)
    finally:
        line.close()
