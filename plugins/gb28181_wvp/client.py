"""WVP's HTTP API: signed in by token or key, answers unwrapped, everything bounded in time and size."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import requests

from console.plugin.api import Failure

CONNECT_S, ANSWER_S, PLAY_S = 3.0, 6.0, 10.0
MOST_BYTES = 16 << 20
PAGE, MOST_PAGES = 500, 200
_ADDRESS = re.compile(r"https?://[^/?#@\s]+(/[^?#\s]*)?")


class Wvp:
    """One platform. Every method raises Failure."""

    def __init__(self, address: str, user: str, password: str, api_key: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise Failure("wvp_bad_address", place=address[:60])
        self._base = address.rstrip("/").removesuffix("/api") + "/api"
        self._user, self._password, self._key = user, password, api_key
        self._token = ""
        self._lock = threading.Lock()

    def get(self, path: str, wait_s: float = ANSWER_S, **values: object) -> object:
        """What the platform answers under `data`; an outdated token is fetched anew, once."""
        status, answer = self._ask(path, values, wait_s, self._headers())
        if (status == 401 or answer.get("code") == 401) and not self._key:
            self._token = ""
            status, answer = self._ask(path, values, wait_s, self._headers())
        if status in (401, 403) or answer.get("code") in (401, 403):
            raise Failure("wvp_login")
        if status >= 300 or answer.get("code", 0) != 0:
            number = answer.get("code", status)
            raise Failure("wvp_refused", said=str(answer.get("msg", ""))[:120], number=number if isinstance(number, int) else 0)
        return answer.get("data")

    def pages(self, path: str, **values: object) -> Iterator[Mapping[str, object]]:
        """Every row of a paged list."""
        for page in range(1, MOST_PAGES + 1):
            found = self.get(path, page=page, count=PAGE, **values)
            rows = found.get("list") if isinstance(found, dict) else None
            if not isinstance(rows, list):
                raise Failure("wvp_garbage", problem=path)
            yield from (row for row in rows if isinstance(row, dict))
            if len(rows) < PAGE:
                return

    def _headers(self) -> dict[str, str]:
        if self._key:
            return {"api-key": self._key}
        with self._lock:
            if not self._token:
                self._token = self._sign_in()
            return {"access-token": self._token}

    def _sign_in(self) -> str:
        secret = hashlib.md5(self._password.encode(), usedforsecurity=False).hexdigest()  # what the platform's own page sends
        status, answer = self._ask("/user/login", {"username": self._user, "password": secret}, ANSWER_S, {})
        found = answer.get("data")
        token = found.get("accessToken") if isinstance(found, dict) else None
        if status >= 300 or answer.get("code") != 0 or not isinstance(token, str) or not token:
            raise Failure("wvp_login")
        return token

    def _ask(self, path: str, values: Mapping[str, object], wait_s: float, headers: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        place = urlsplit(self._base).netloc
        wanted = {key: str(value) for key, value in values.items() if value is not None}
        try:
            with requests.Session() as session:
                session.trust_env = False
                session.headers.update(headers)
                asked = session.get(self._base + path, params=wanted, timeout=(CONNECT_S, wait_s), allow_redirects=False, stream=True)
                content = bytearray()
                for part in asked.iter_content(256 * 1024):
                    content += part
                    if len(content) > MOST_BYTES:
                        raise Failure("wvp_garbage", problem="too large")
        except (requests.RequestException, ValueError) as fault:
            raise Failure("wvp_no_answer", place=place, problem=type(fault).__name__) from fault
        return asked.status_code, _unwrapped(bytes(content), asked.status_code)


def _unwrapped(content: bytes, status: int) -> dict[str, object]:
    if not content:
        return {"code": 0} if status < 300 else {}  # orders such as stop answer nothing
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        if status >= 300:
            return {}
        raise Failure("wvp_garbage", problem="no JSON") from wrong
    if not isinstance(found, dict):
        raise Failure("wvp_garbage", problem=type(found).__name__)
    return found
