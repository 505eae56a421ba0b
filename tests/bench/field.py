"""A field for benchmarks, as a process of its own: reports at a set rate behind, and one more for each line on stdin."""

import http.client
import itertools
import json
import random
import sys
import threading
import time
import uuid
from urllib.parse import urlsplit

LOCK = threading.Lock()


class Phone:
    """One signed-in phone on one kept-alive connection."""

    def __init__(self, base: str, login: str, password: str) -> None:
        where = urlsplit(base)
        assert where.hostname is not None
        self._line = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
        self._token = ""
        self._token = self._post("/api/devices", {"login": login, "password": password, "name": "bench"})["token"]

    def _post(self, path: str, body: dict) -> dict:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self._token}"} if self._token else {})
        self._line.request("POST", path, json.dumps(body), headers)
        answer = self._line.getresponse()
        found = json.loads(answer.read())
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status}: {found}")
        return found

    def report(self, key: str, category: str) -> tuple[int, float]:
        """Send a report of about 2 KB; its case, and when it was sent."""
        body = {"key": key, "category": category, "text": "路口线路垂落，请尽快处理。" * 40, "address": "仓颉路小学西门"}
        body |= {"lon": 115.134, "lat": 36.149, "datum": "wgs84"}
        sent = time.monotonic()
        return self._post("/api/reports", body)["case_id"], sent


def say(**values: object) -> None:
    """One line of JSON, whole."""
    with LOCK:
        print(json.dumps(values), flush=True)


def main() -> None:
    """Report until stdin closes."""
    base, password, seed, rate, *logins = sys.argv[1:]
    hand = random.Random(seed)
    phones = [Phone(base, login, password) for login in logins[:8]]

    def behind(mine: Phone, share: int) -> None:
        gap = share / float(rate)
        for turn in itertools.count():
            started = time.monotonic()
            with LOCK:
                key, category = str(uuid.UUID(int=hand.getrandbits(128), version=4)), hand.choice(("0602", "0502", "0506", "0508"))
            _, sent = mine.report(key, category)
            say(kind="behind", sent=sent, turn=turn)
            time.sleep(max(0.0, gap - (time.monotonic() - started)))

    for phone in phones[1:]:
        threading.Thread(target=behind, args=(phone, len(phones) - 1), daemon=True).start()
    for line in sys.stdin:
        wish = json.loads(line)
        case_id, sent = phones[0].report(wish["key"], wish["category"])
        say(kind="measured", case=case_id, sent=sent)


if __name__ == "__main__":
    main()
