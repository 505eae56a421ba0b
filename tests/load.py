"""People who report and answer over plain HTTP and repeat what got no answer, as phones do; and the book of what each was told."""

import http.client
import io
import json
import random
import threading
import uuid
from collections import Counter, deque
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PIL import Image

from console.domain.place import Point

PASSWORD = "load-makes-diamonds"
REPORTS, PHOTOS = "/api/reports", "/api/photos"
REFUSED = (404, 409)  # what a late answer to a task may be told: it is gone, or somebody was faster
LATER, UNKNOWN = 429, 503  # come again later; 503 does not say whether it was done
WAIT_S, PAUSE_S, DRAIN_S = 30.0, 0.05, 60.0
Json = dict[str, object]


@dataclass(frozen=True)
class Wish:
    """One request. With a key it may be sent again and again and counts once."""

    path: str
    body: bytes | None = None
    kind: str = "application/json"
    key: str = ""
    photos: tuple[str, ...] = ()


Errands = Generator[Wish, Json, None]


class Book:
    """What was sent, and what the gateway said to it; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.sent: dict[str, Wish] = {}
        self.told: dict[str, Json] = {}
        self.refused: dict[str, str] = {}
        self.kept: set[str] = set()  # photos that were acknowledged
        self.open: Counter[str] = Counter()  # keys whose last call got no answer, by how many callers
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []

    def send(self, wish: Wish) -> None:
        """Note a key before it leaves."""
        if wish.key:
            with self._lock:
                self.counts["repeated" if wish.key in self.sent else "sent"] += 1
                self.sent[wish.key] = wish

    def lose(self, wish: Wish, *, first: bool) -> None:
        """No answer came: nobody knows whether it was done."""
        with self._lock:
            self.counts["lost calls"] += 1
            if first and wish.key:
                self.open[wish.key] += 1

    def hear(self, wish: Wish, status: int, answer: Json, *, was_lost: bool) -> None:
        """An answer came."""
        with self._lock:
            if was_lost and wish.key:
                self.open[wish.key] -= 1
            if status in (200, 201):
                self._keep(wish, answer)
            elif wish.key and wish.path != REPORTS and status in REFUSED:
                self._refuse(wish, str(answer["error"]["code"]))  # type: ignore[index]
            else:
                self.wrong.append(f"{wish.path} {wish.key}: {status} {answer}")

    def _keep(self, wish: Wish, answer: Json) -> None:
        if wish.path == PHOTOS:
            self.kept.add(str(answer["sha256"]))
        if not wish.key:
            return
        # A task goes on changing; a receipt stays what it was.
        told = {"task": answer["id"]} if wish.path != REPORTS else answer
        if wish.key in self.refused:
            self.wrong.append(f"{wish.path} {wish.key}: refused as {self.refused[wish.key]}, then done")
        if self.told.setdefault(wish.key, told) != told:
            self.wrong.append(f"{wish.path} {wish.key}: first {self.told[wish.key]}, then {told}")

    def _refuse(self, wish: Wish, code: str) -> None:
        if wish.key in self.told:
            self.wrong.append(f"{wish.path} {wish.key}: done, then refused as {code}")
        self.refused[wish.key] = code

    def doubtful(self) -> frozenset[str]:
        """Keys of which nobody knows: the last call got no answer, and no call ever got one."""
        with self._lock:
            return frozenset(key for key, count in self.open.items() if count > 0 and key not in self.told and key not in self.refused)


class Gate:
    """Lets callers through while it is open; shut, it waits until nobody is inside."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._is_open = self.is_ending = False

    def enter(self, *, may_end: bool) -> bool:
        """Wait for the open gate; False when it is over and this caller may end."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_open)
            if self.is_ending and may_end:
                return False
            self._inside += 1
            return True

    def leave(self) -> None:
        """The call is over, however it ended."""
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def open(self, *, is_ending: bool = False) -> None:
        """Let them through; at the end only those whose last call got no answer."""
        with self._changed:
            self._is_open, self.is_ending = True, is_ending
            self._changed.notify_all()

    def shut(self) -> None:
        """Let nobody in any more and wait for those inside."""
        with self._changed:
            self._is_open = False
            assert self._changed.wait_for(lambda: self._inside == 0, WAIT_S + 5), "a call neither ends nor fails"


class Caller(threading.Thread):
    """One connection of one person: does errands, and repeats what got no answer until it gets one."""

    def __init__(self, port: int, token: str, errands: Errands, book: Book, gate: Gate) -> None:
        super().__init__(daemon=True)
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
        self._token, self._errands, self._book, self._gate = token, errands, book, gate
        self._pause = threading.Event()

    def run(self) -> None:
        """Call until it is over."""
        wish = next(self._errands)
        is_lost = is_waiting = False
        while self._gate.enter(may_end=not is_waiting):
            try:
                found = self._call(wish, is_waiting=is_waiting)
            finally:
                self._gate.leave()
            if found is None or found[0] == UNKNOWN:
                self._book.lose(wish, first=not is_lost)
                is_lost = is_waiting = True
            elif found[0] == LATER:
                self._book.counts["told to wait"] += 1
                is_waiting = True
            else:
                self._book.hear(wish, *found, was_lost=is_lost)
                is_lost = is_waiting = False
                wish = self._errands.send(found[1])
                continue
            self._pause.wait(PAUSE_S)
        self._line.close()

    def _call(self, wish: Wish, *, is_waiting: bool) -> tuple[int, Json] | None:
        if not is_waiting:
            self._book.send(wish)
        elif wish.key:
            self._book.counts["sent again"] += 1
        try:
            return request(self._line, wish, self._token)
        except ConnectionRefusedError:  # nothing has left: no news about the wish
            self._line.close()
            return LATER, {}
        except (OSError, http.client.HTTPException):
            self._line.close()
            return None


def request(line: http.client.HTTPConnection, wish: Wish, token: str = "") -> tuple[int, Json]:
    """One call over a connection; its status and its JSON."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if wish.body is None:
        line.request("GET", wish.path, headers=headers)
    else:
        line.request("POST", wish.path, wish.body, {**headers, "Content-Type": wish.kind})
    answer = line.getresponse()
    return answer.status, json.loads(answer.read())


def token_of(port: int, login: str) -> str:
    """A device token, as a program gets it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
    status, answer = request(line, Wish("/api/devices", json.dumps({"login": login, "password": PASSWORD, "name": "load"}).encode()))
    line.close()
    assert status == 201, answer
    return str(answer["token"])


@dataclass
class Person:
    """Somebody with several devices; what one sends, another sometimes sends too, at the same moment."""

    login: str
    devices: int = 2
    spot: Point | None = None
    copies: deque[Wish] = field(default_factory=deque)

    def copy(self) -> Wish | None:
        """What another device is sending at this moment, if this one is to send it too."""
        try:
            return self.copies.popleft()
        except IndexError:  # asked first and taken then, it could be gone in between
            return None

    def errands(self, hand: random.Random) -> Errands:
        """What a device of this person does all day."""
        return reporting(self, hand) if self.spot is not None else answering(self, hand)


def _twice(person: Person, hand: random.Random, wish: Wish) -> Errands:
    """Send something; now and then let another device send it at the same time, or send it again afterwards."""
    is_copied = hand.random() < 0.12
    if is_copied:
        person.copies.append(wish)
    yield wish
    if not is_copied and hand.random() < 0.12:
        yield wish


def reporting(person: Person, hand: random.Random) -> Errands:
    """A grid worker's reports, every sixth with a photo."""
    assert person.spot is not None
    while True:
        if (copy := person.copy()) is not None:
            yield copy
            continue
        photos = (yield from _photo(hand)) if hand.random() < 0.16 else ()
        key = str(uuid.UUID(int=hand.getrandbits(128), version=4))
        body = {
            "key": key, "category": hand.choice(("0601", "0602")), "text": f"井盖缺失 {key}", "address": "仓颉路小学西门", "photos": photos,
            "lon": person.spot.lon, "lat": person.spot.lat, "datum": "wgs84", "device_at": datetime.now(UTC).isoformat(),
        }  # fmt: skip
        yield from _twice(person, hand, Wish(REPORTS, _json(body), key=key, photos=photos))


def answering(person: Person, hand: random.Random) -> Errands:
    """A department's answers: signs, is there, reports progress often, finishes seldom."""
    while True:
        if (copy := person.copy()) is not None:
            yield copy
            continue
        inbox = yield Wish("/api/tasks")
        rows = [row for row in inbox["tasks"] if row["verbs"]]  # type: ignore[attr-defined]
        if not rows:
            continue
        row = hand.choice(rows)
        action = _next_step(row, hand)
        photos = (yield from _photo(hand)) if action == "finish" else ()
        key = str(uuid.UUID(int=hand.getrandbits(128), version=4))
        body = {"action": action, "version": row["version"], "text": f"现场处置 {key}", "photos": photos, "key": key}
        yield from _twice(person, hand, Wish(f"/api/tasks/{row['id']}/answer", _json(body), key=key, photos=photos))


def _next_step(row: Json, hand: random.Random) -> str:
    legal = [verb["action"] for verb in row["verbs"] if not verb["blocked"]]  # type: ignore[attr-defined]
    if "sign" in legal:
        return "sign"
    if "finish" in legal and hand.random() < 0.04:
        return "finish"
    return "on_site" if not row["on_site_at"] else "progress"


def _photo(hand: random.Random) -> Generator[Wish, Json, tuple[str, ...]]:
    kept = yield Wish(PHOTOS, picture(hand), "image/jpeg")
    return (str(kept["sha256"]),)


def picture(hand: random.Random) -> bytes:
    """A small JPEG like no other."""
    out = io.BytesIO()
    Image.frombytes("RGB", (32, 24), hand.randbytes(32 * 24 * 3)).save(out, "JPEG")
    return out.getvalue()


def _json(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


class Load:
    """Everybody at once: `let_in` and `hold` around a kill, `drain` at the end until nothing is in doubt."""

    def __init__(self, port: int, people: list[Person], seed: int, book: Book) -> None:
        self.book = book
        self._gate = Gate()
        self._callers = []
        for person in people:
            token = token_of(port, person.login)
            for device in range(person.devices):
                hand = random.Random(f"{seed} {person.login} {device}")
                self._callers.append(Caller(port, token, person.errands(hand), book, self._gate))
        for caller in self._callers:
            caller.start()

    def let_in(self) -> None:
        """Everybody calls as fast as the gateway answers."""
        self._gate.open()

    def hold(self) -> None:
        """Nobody calls; those who did not get an answer know it now."""
        self._gate.shut()

    def drain(self) -> None:
        """Repeat what is in doubt until it is answered, then end."""
        self._gate.open(is_ending=True)
        for caller in self._callers:
            caller.join(DRAIN_S)
            assert not caller.is_alive(), "somebody gets no answer"
