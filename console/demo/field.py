"""The demo's field and departments: people who report and answer through the real gateway, at a set pace."""

import logging
import random
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.demo.texts import Texts
from console.domain.errors import ConsoleError
from console.domain.place import Grid, Point
from console.net.http import Client

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """Somebody of the demo who signs in by himself; `grid` is a worker's own."""

    login: str
    password: str = field(repr=False)
    grid: Grid | None = None


@dataclass(frozen=True)
class Pace:
    """How busy the demo is: reports a minute, and how long a department takes for each step, in seconds."""

    reports_per_min: float = 2.0
    step_s: float = 25.0


class _Walker(threading.Thread):
    """A thread that does its rounds until it is told to stop; a refusal ends a round, not the walk."""

    def __init__(self, name: str, rounds: Callable[[], float]) -> None:
        super().__init__(name=name, daemon=True)
        self._rounds = rounds
        self._halt = threading.Event()

    def run(self) -> None:
        pause_s = 0.0
        while not self._halt.wait(pause_s):
            try:
                pause_s = self._rounds()
            except ConsoleError as refusal:
                log.info("the demo's %s was refused: %s", self.name, refusal)
                pause_s = 5.0

    def halt(self) -> None:
        """Stop after the round under way."""
        self._halt.set()


class Field:
    """Grid workers and departments of the demo. Everything they do goes over HTTP, as it would from outside."""

    def __init__(self, base: str, texts: Texts, pace: Pace, *, seed: int, photos: Path | None = None) -> None:
        self._base = base
        self._texts = texts
        self._pace = pace
        self._hand = random.Random(seed)
        self._photos = photos
        self._clients: dict[str, Client] = {}
        self._walkers: list[_Walker] = []

    def start(self, workers: Sequence[Account], departments: Sequence[Account]) -> None:
        """Let them begin."""
        rounds: list[tuple[str, Callable[[], float]]] = []
        if workers and self._pace.reports_per_min > 0:
            rounds.append(("field", lambda: self.report_once(workers)))
        if departments and self._pace.step_s > 0:
            rounds.append(("departments", lambda: self.answer_round(departments)))
        self._walkers = [_Walker(name, work) for name, work in rounds]
        for walker in self._walkers:
            walker.start()

    def stop(self) -> None:
        """End the threads and the connections."""
        for walker in self._walkers:
            walker.halt()
        for walker in self._walkers:
            walker.join(15)
        for client in self._clients.values():
            client.close()

    def report_once(self, workers: Sequence[Account]) -> float:
        """One worker reports from his grid; seconds until the next report."""
        hand = self._hand
        worker = hand.choice(workers)
        client = self._client(worker)
        place = self._texts.place(hand)
        category = self._texts.category(hand)
        photos = self._photo(client, self._texts.photo(category))
        spot = inside(worker.grid, hand) if worker.grid else None
        body: dict[str, object] = {"key": self._key(), "category": category, "address": place, "photos": photos}
        body |= {"text": self._texts.report(hand, category, place), "device_at": datetime.now(UTC).isoformat()}
        if spot is not None:
            body |= {"lon": round(spot.lon, 6), "lat": round(spot.lat, 6), "datum": "wgs84", "accuracy_m": round(hand.uniform(4, 25), 1)}
        client.post("/api/reports", body)
        return hand.expovariate(self._pace.reports_per_min / 60)

    def answer_round(self, departments: Sequence[Account]) -> float:
        """Every department looks at its desk and does the next step of what has waited long enough."""
        for account in departments:
            client = self._client(account)
            for row in self._items(client.get("/api/tasks")):
                if row.get("verbs") and self._is_ripe(row):
                    self._step(client, row)
        return 2.0

    def _step(self, client: Client, row: dict[str, object]) -> None:
        verbs = [verb["action"] if isinstance(verb, dict) else verb for verb in row["verbs"]]  # type: ignore[attr-defined]
        if "sign" in verbs:
            action = "sign"
        elif not row.get("on_site_at") and "on_site" in verbs:
            action = "on_site"
        elif row.get("state") == "handling" and "progress" in verbs:
            action = "progress"
        elif "finish" in verbs:
            action = "finish"
        else:
            return
        photos = self._photo(client, self._texts.photo(str(row["category"]), done=True)) if action == "finish" else []
        body = {"action": action, "version": row["version"], "text": self._texts.answer(self._hand, action), "photos": photos}
        try:
            client.post(f"/api/tasks/{row['id']}/answer", {**body, "key": self._key()})
        except ConsoleError as refusal:
            log.info("the demo's department was refused: %s", refusal)

    def _key(self) -> str:
        return str(uuid.UUID(int=self._hand.getrandbits(128), version=4))

    def _is_ripe(self, row: dict[str, object]) -> bool:
        since = str(row.get("changed_at") or row.get("released_at") or "")
        if not since:
            return False
        age_s = time.time() - datetime.fromisoformat(since).timestamp()
        return age_s >= self._pace.step_s * (0.5 + self._hand.random())

    def _photo(self, client: Client, name: str) -> list[str]:
        if self._photos is None or not name:
            return []
        path = self._photos / f"{name}.jpg"
        answer = client.send_file("/api/photos", "photo", path.name, path.read_bytes())
        return [str(answer["sha256"])]

    def _client(self, account: Account) -> Client:
        client = self._clients.get(account.login)
        if client is None:
            client = Client(self._base)
            answer = client.post("/api/devices", {"login": account.login, "password": account.password, "name": "demo"})
            client.use_token(str(answer["token"]))
            self._clients[account.login] = client
        return client

    @staticmethod
    def _items(answer: dict[str, object]) -> list[dict[str, object]]:
        found = answer.get("tasks") or answer.get("items") or []
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def inside(grid: Grid, hand: random.Random) -> Point:
    """A spot in a grid, by trying; its first corner when it is too thin to hit."""
    ring = grid.rings[0]
    west, east = min(p.lon for p in ring), max(p.lon for p in ring)
    south, north = min(p.lat for p in ring), max(p.lat for p in ring)
    for _ in range(50):
        spot = Point(hand.uniform(west, east), hand.uniform(south, north))
        if grid.holds(spot):
            return spot
    return ring[0]
