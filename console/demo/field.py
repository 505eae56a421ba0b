"""The demo's field and departments: people who report and answer through the real gateway, at a set pace."""

import logging
import random
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from console.demo.pace import Account, Pace
from console.demo.register import scattered
from console.demo.texts import Texts
from console.domain.errors import ConsoleError
from console.net.http import Client

log = logging.getLogger(__name__)
Row = dict[str, object]
AFTER_REFUSAL_S = 5.0
STORM_PER_MIN = 300.0  # what one walker carries; a storm has several
MOST_BEHIND_S = 10.0  # what a gateway that was away is not made to catch up with
RETURNS = 0.04  # of the matters a unit says are not its own
NOT_OURS = "1"  # CT-25


class _Walker(threading.Thread):
    """A thread that does its rounds until it is told to stop; a refusal ends a round, not the walk."""

    def __init__(self, name: str, rounds: Callable[[], float], *, first_s: float = 0.0) -> None:
        super().__init__(name=name, daemon=True)
        self._rounds = rounds
        self._first_s = first_s
        self._halt = threading.Event()

    def run(self) -> None:
        pause_s = self._first_s
        while not self._halt.wait(pause_s):
            try:
                pause_s = self._rounds()
            except ConsoleError as refusal:
                log.info("the demo's %s was refused: %s", self.name, refusal)
                pause_s = AFTER_REFUSAL_S

    def halt(self) -> None:
        """Stop after the round under way."""
        self._halt.set()


class Phones:
    """A signed-in client for every account of one walker, and the drawn photos it sends."""

    def __init__(self, base: str, photos: Path | None) -> None:
        self._base = base
        self._photos = photos
        self._clients: dict[str, Client] = {}

    def of(self, account: Account) -> Client:
        """The account's client; it signs in when it is first needed."""
        client = self._clients.get(account.login)
        if client is None:
            client = self._clients[account.login] = Client(self._base)
            client.use_token(account.token or self._token(client, account))
        return client

    def _token(self, client: Client, account: Account) -> str:
        try:
            answer = client.post("/api/devices", {"login": account.login, "password": account.password, "name": "demo"})
        except ConsoleError:
            self._clients.pop(account.login).close()
            raise
        return str(answer["token"])

    def send_photo(self, client: Client, name: str) -> list[str]:
        """Send a drawn photo in; its name at the gateway, or nothing when there is none to send."""
        if self._photos is None or not name:
            return []
        path = self._photos / f"{name}.jpg"
        answer = client.send_file("/api/photos", "photo", path.name, path.read_bytes())
        return [str(answer["sha256"])]

    def close(self) -> None:
        """Give the connections back."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()


class Workers:
    """Grid workers who report from their own grids, photo included."""

    def __init__(self, phones: Phones, texts: Texts, accounts: Sequence[Account], hand: random.Random) -> None:
        self.phones = phones
        self._texts, self._accounts, self._hand = texts, accounts, hand

    def report(self) -> None:
        """One of them reports. Raises what the gateway refuses."""
        hand, texts = self._hand, self._texts
        worker = hand.choice(self._accounts)
        place, category = texts.place(hand, worker.area), texts.category(hand)
        client = self.phones.of(worker)
        body: Row = {
            "key": str(uuid.uuid4()), "category": category, "address": place, "text": texts.report(hand, category, place),
            "photos": self.phones.send_photo(client, texts.photo(category)), "device_at": datetime.now(UTC).isoformat(),
        }  # fmt: skip
        if worker.grid is not None:
            spot = scattered(worker.grid, hand)
            body |= {"lon": spot.lon, "lat": spot.lat, "datum": "wgs84", "accuracy_m": round(hand.uniform(4, 25), 1)}
        client.post("/api/reports", body)


class Departments:
    """Desks that sign what comes, go there, say how it goes, and finish it with a photo."""

    def __init__(self, phones: Phones, texts: Texts, accounts: Sequence[Account], hand: random.Random, *, pace: Pace) -> None:
        self.phones = phones
        self._texts, self._accounts, self._hand, self._pace = texts, accounts, hand, pace
        self._turn = 0
        self._began = datetime.now(UTC)
        self._ready_at: dict[int, float] = {}

    def look(self) -> None:
        """The next desk looks at its tasks and takes one step with each that has waited long enough."""
        account = self._accounts[self._turn % len(self._accounts)]
        self._turn += 1
        client = self.phones.of(account)
        for row in _items(client.get("/api/tasks")):
            if not row["verbs"]:
                continue
            is_old = datetime.fromisoformat(str(row["released_at"])) < self._began
            ready_at = self._ready_at.setdefault(_number(row), self._next(self._pace.backlog if is_old else 1.0))
            if time.monotonic() >= ready_at:
                self._ready_at[_number(row)] = self._next(1.0)
                self._step(client, row)

    def _next(self, slower: float) -> float:
        return time.monotonic() + self._pace.step_s * slower * self._hand.uniform(0.5, 1.5)

    def _step(self, client: Client, row: Row) -> None:
        action = self._action(row)
        if not action:
            return
        category = row["category"]
        assert isinstance(category, dict)
        photos = self.phones.send_photo(client, self._texts.photo(category["code"], done=True)) if action == "finish" else []
        body: Row = {"action": action, "version": row["version"], "text": self._texts.answer(self._hand, action), "photos": photos}
        if action == "return":
            body["reason"] = NOT_OURS
        try:
            client.post(f"/api/tasks/{row['id']}/answer", {**body, "key": str(uuid.uuid4())})
        except ConsoleError as refusal:
            # A lead that waits for its co-units, or a task taken back meanwhile: looked at again after the next step's time.
            log.info("the demo's department was refused: %s", refusal)

    def _action(self, row: Row) -> str:
        verbs = row["verbs"]
        assert isinstance(verbs, list)
        legal = {verb["action"] for verb in verbs if not verb["blocked"]}
        if "return" in legal and row["kind"] == "lead" and self._hand.random() < RETURNS:
            return "return"
        steps = ["sign"] + ([] if row["on_site_at"] else ["on_site"]) + (["progress"] if row["state"] == "handling" else []) + ["finish"]
        return next((step for step in steps if step in legal), "")


class Field:
    """Grid workers and departments of the demo. Everything they do goes over HTTP, as it would from outside."""

    def __init__(self, base: str, texts: Texts, pace: Pace, *, seed: int, photos: Path | None = None) -> None:
        self._base, self._texts, self._pace = base, texts, pace
        self._seed, self._photos = seed, photos
        self._walkers: list[_Walker] = []
        self._phones: list[Phones] = []

    def start(self, workers: Sequence[Account], departments: Sequence[Account]) -> None:
        """Let them begin; the first report comes after half the usual pause."""
        if workers and self._pace.reports_per_min > 0:
            walkers = 1 + int(self._pace.reports_per_min // STORM_PER_MIN)
            for number in range(walkers):
                self._walk_reporting(workers[number::walkers] or workers, number, self._pace.reports_per_min / walkers)
        if departments and self._pace.step_s > 0:
            hand = random.Random(f"{self._seed} departments")
            answering = Departments(self._phone(), self._texts, departments, hand, pace=self._pace)

            def look() -> float:
                answering.look()
                return self._pace.look_s / len(departments)

            self._walk("departments", look)

    def _walk_reporting(self, workers: Sequence[Account], number: int, per_min: float) -> None:
        """One walker's reports: due at instants of their own, so that a slow answer does not thin them out."""
        # The first walker has the hand of a quiet demo, so that the same seed tells the same story at any pace.
        tail = f" {number}" if number else ""
        reporting = Workers(self._phone(), self._texts, workers, random.Random(f"{self._seed} field{tail}"))
        pauses = random.Random(f"{self._seed} pauses{tail}")
        first_s = 30 / per_min
        due = time.monotonic() + first_s

        def report() -> float:
            nonlocal due
            reporting.report()
            due = max(due + pauses.expovariate(per_min / 60), time.monotonic() - MOST_BEHIND_S)
            return max(0.0, due - time.monotonic())

        self._walk(f"field{tail}", report, first_s=first_s)

    def stop(self) -> None:
        """End the threads and the connections."""
        for walker in self._walkers:
            walker.halt()
        for walker in self._walkers:
            walker.join(15)
        for phones in self._phones:
            phones.close()

    def _phone(self) -> Phones:
        phones = Phones(self._base, self._photos)
        self._phones.append(phones)
        return phones

    def _walk(self, name: str, rounds: Callable[[], float], *, first_s: float = 0.0) -> None:
        walker = _Walker(name, rounds, first_s=first_s)
        self._walkers.append(walker)
        walker.start()


def _items(answer: Row) -> list[Row]:
    found = answer["tasks"]
    assert isinstance(found, list)
    return found


def _number(row: Row) -> int:
    return int(str(row["id"]))
