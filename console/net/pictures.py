"""Pictures asked from a map service: bounded in time and size, never led elsewhere, and asked only once whether they changed."""

import time
from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from console.domain.errors import Unavailable
from console.net.http import read_bounded

WAIT_S = (3.05, 6.0)  # to connect, to answer
WHOLE_S = 15.0
MOST_BYTES = 2 * 1024 * 1024
SAME, GONE = 304, (204, 404, 410)


@dataclass(frozen=True)
class Picture:
    """What a service answered: bytes and their mark, the same as before, or that it has no such picture."""

    content: bytes = b""
    etag: str = ""
    is_same: bool = False


class Pictures:
    """One service's connections; safe between threads as a `requests` session is for plain calls."""

    def __init__(self, agent: str = "", referer: str = "", *, connections: int = 6) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        # Once more where a kept connection was closed by the other side in the very moment it was used again.
        again = Retry(total=1, connect=0, read=1, redirect=0, status=0, other=0, respect_retry_after_header=False)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(connections, connections, max_retries=again))
        self._session.headers["Accept"] = "image/*"
        if agent:
            self._session.headers["User-Agent"] = agent
        if referer:
            self._session.headers["Referer"] = referer

    def get(self, address: str, etag: str = "") -> Picture:
        """One picture; empty when the service has none there.

        Raises Unavailable: no_answer(problem), map_key_refused (401, 403), map_key_spent (418, 429), map_status.
        """
        until = time.monotonic() + WHOLE_S
        headers = {"If-None-Match": etag} if etag else {}
        try:
            with self._session.get(address, timeout=WAIT_S, allow_redirects=False, stream=True, headers=headers) as answer:
                status = answer.status_code
                if status == SAME and etag:
                    return Picture(etag=etag, is_same=True)
                if status in GONE:
                    return Picture()
                if status != 200:
                    raise _refused(status)
                return Picture(read_bounded(answer, until, MOST_BYTES), answer.headers.get("ETag", "")[:200])
        except (requests.RequestException, HTTPError) as fault:
            raise Unavailable("no_answer", problem=type(fault).__name__) from fault

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()


def _refused(status: int) -> Unavailable:
    if status in (401, 403):
        return Unavailable("map_key_refused", status=status)
    if status in (418, 429):
        return Unavailable("map_key_spent", status=status)
    return Unavailable("map_status", status=status)
