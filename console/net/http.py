"""Every outgoing HTTP call of the console: bounded in time and size, retried only where a retry is harmless."""

import json
import time
from collections.abc import Mapping

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from console.domain.errors import Unavailable

WAIT_S = (3.05, 10.0)  # to connect, to answer
WHOLE_S = 30.0  # an answer may drip in for this long
MOST_BYTES = 16 * 1024 * 1024
_CHUNK = 64 * 1024


class Client:
    """One remote place, by its base address. Keyed calls (POST with a key in the body) may be retried too."""

    def __init__(self, base: str, *, retries: int = 2, wait_s: tuple[float, float] = WAIT_S, whole_s: float = WHOLE_S) -> None:
        self._base = base.rstrip("/")
        self._wait_s, self._whole_s = wait_s, whole_s
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the desktop is no way to a machine of the hall
        again = Retry(
            total=retries, backoff_factor=0.3, status_forcelist=(502, 503, 504), allowed_methods=None, raise_on_status=False,
            respect_retry_after_header=False,  # the other side may ask to wait an hour; whoever calls here waits for seconds
        )  # fmt: skip
        self._session.mount(self._base, HTTPAdapter(max_retries=again))

    def use_token(self, token: str) -> None:
        """Sign every further call with a device token."""
        self._session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> dict[str, object]:
        """A JSON answer. Raises Unavailable with status and words."""
        return self._json("GET", path)

    def post(self, path: str, body: Mapping[str, object]) -> dict[str, object]:
        """Send JSON, get JSON. Raises Unavailable with status and words."""
        return self._json("POST", path, json=body)

    def send_file(self, path: str, field: str, name: str, content: bytes) -> dict[str, object]:
        """Send one file as a form. Raises Unavailable with status and words."""
        return self._json("POST", path, files={field: (name, content)})

    def _json(self, method: str, path: str, **more: object) -> dict[str, object]:
        until = time.monotonic() + self._whole_s
        asked = {"timeout": self._wait_s, "allow_redirects": False, "stream": True, **more}
        try:
            with self._session.request(method, self._base + path, **asked) as answer:  # type: ignore[arg-type]
                text = read_bounded(answer, until, MOST_BYTES).decode(errors="replace")
        except (requests.RequestException, HTTPError) as fault:
            raise Unavailable("no_answer", problem=type(fault).__name__) from fault
        if not 200 <= answer.status_code < 300:
            raise Unavailable("refused_there", status=answer.status_code, said=text[:300])
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as wrong:
            raise Unavailable("not_json", status=answer.status_code) from wrong
        return found if isinstance(found, dict) else {"items": found}

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()


def read_bounded(answer: requests.Response, until: float, most: int) -> bytes:
    """An answer's bytes, at most so many and until an instant of the monotonic clock. Raises Unavailable("no_answer")."""
    found = bytearray()
    while part := answer.raw.read1(_CHUNK, decode_content=True):
        found += part
        if len(found) > most or time.monotonic() > until:
            raise Unavailable("no_answer", problem="too large" if len(found) > most else "too slow")
    return bytes(found)
