"""Every outgoing HTTP call of the console: bounded in time, retried only where a retry is harmless."""

from collections.abc import Mapping

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from console.domain.errors import Unavailable

WAIT_S = (3.05, 10.0)  # to connect, to answer


class Client:
    """One remote place, by its base address. Keyed calls (POST with a key in the body) may be retried too."""

    def __init__(self, base: str, *, retries: int = 2) -> None:
        self._base = base.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the desktop is no way to a machine of the hall
        again = Retry(
            total=retries, backoff_factor=0.3, status_forcelist=(502, 503, 504), allowed_methods=None, respect_retry_after_header=True
        )
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
        try:
            answer = self._session.request(method, self._base + path, timeout=WAIT_S, allow_redirects=False, **more)  # type: ignore[arg-type]
        except requests.RequestException as fault:
            raise Unavailable("no_answer", problem=type(fault).__name__) from fault
        if not answer.ok:
            raise Unavailable("refused_there", status=answer.status_code, said=answer.text[:300])
        try:
            found = answer.json()
        except ValueError as wrong:
            raise Unavailable("not_json", status=answer.status_code) from wrong
        return found if isinstance(found, dict) else {"items": found}

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()
