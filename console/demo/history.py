"""A morning already behind us: reports, dispatches and answers, made by the real operations under a hand-set clock."""

import heapq
import logging
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.demo.city import COUNTY_CODE, City
from console.demo.field import inside
from console.demo.texts import Texts
from console.domain.clock import HandClock
from console.domain.codes import Codes
from console.domain.errors import ConsoleError
from console.domain.people import Actor, User
from console.domain.report import Draft
from console.media.photo import PhotoRoom
from console.service.ask import Ask
from console.service.cases import Cases, Closing
from console.service.desk import Desk
from console.service.ground import Ground
from console.service.photos import Photos
from console.service.reports import Reports
from console.service.tasks import Answer, Tasks
from console.store.files import Files
from console.store.store import Store

Step = Callable[[], None]
log = logging.getLogger(__name__)


@dataclass(order=True)
class _Planned:
    at: datetime
    number: int
    step: Step = field(compare=False)


class History:
    """Plays `count` reports over the last hours; each goes as far as its hand dealt it."""

    def __init__(self, store: Store, codes: Codes, city: City, texts: Texts, files: Files, pictures: Path, *, seed: int) -> None:
        self._clock = HandClock(datetime.now(UTC))
        self._desk = Desk(store, codes, self._clock)
        self._reports = Reports(self._desk, Ground.load(store))
        self._cases, self._tasks = Cases(self._desk), Tasks(self._desk)
        self._ask = Ask(store, codes)
        self._room = PhotoRoom()
        self._photos, self._pictures, self._texts = Photos(self._desk, files, self._room), pictures, texts
        self._hand = random.Random(seed)
        self._city = city
        self._plan: list[_Planned] = []
        paths = {centre.id: centre.path for centre in city.centres}
        self._paths = paths
        self._workers = [user for user in city.users if user.grid]
        self._grids = {grid.code: grid for grid in city.grids}
        hall = [user for user in city.users if paths[user.centre_id] == self._path_of(COUNTY_CODE)]
        self._by_login = {user.login: user for user in hall}
        self._by_org = {user.org_id: user for user in hall if user.roles == ("R09",)}

    def play(self, count: int, hours: float, until: datetime) -> None:
        """Let it happen, in the order of time; nothing in it lies after `until`."""
        start = until - timedelta(hours=hours)
        for _ in range(count):
            # More towards the end: a hall opens its morning with fresh reports.
            share = self._hand.random() ** 0.6
            self._at(start + (until - start) * share, self._report)
        while self._plan:
            planned = heapq.heappop(self._plan)
            if planned.at > until:
                break
            self._clock.at = planned.at
            try:
                planned.step()
            except ConsoleError as refusal:
                # A life cycle that took another turn (a co-unit not done yet); nothing of the act stays.
                log.debug("the demo's past was refused: %s", refusal)
        self._room.close()

    def _at(self, when: datetime, step: Step) -> None:
        heapq.heappush(self._plan, _Planned(when, len(self._plan) + self._hand.getrandbits(40), step))

    def _later(self, minutes: float, step: Step) -> None:
        self._at(self._clock.at + timedelta(minutes=self._hand.uniform(0.4, 1.8) * minutes), step)

    def _report(self) -> None:
        worker = self._hand.choice(self._workers)
        category, place = self._texts.category(self._hand), self._texts.place(self._hand)
        spot = inside(self._grids[worker.grid], self._hand)
        photos = self._photo(worker, self._texts.photo(category))
        draft = Draft(
            str(uuid.UUID(int=self._hand.getrandbits(128), version=4)), category, self._texts.report(self._hand, category, place),
            address=place, lon=round(spot.lon, 6), lat=round(spot.lat, 6), datum="wgs84", accuracy_m=12.0, device_at=self._clock.at,
            photos=photos,
        )  # fmt: skip
        case_id = self._reports.receive(self._actor(worker), draft).case_id
        if self._hand.random() < 0.94:
            self._later(4, lambda: self._ack(case_id))

    def _ack(self, case_id: int) -> None:
        duty = self._actor(self._by_login["duty"])
        self._cases.ack(duty, case_id, self._ask.case(duty, case_id).version)
        if self._hand.random() < 0.95:
            self._later(5, lambda: self._dispatch(case_id))

    def _dispatch(self, case_id: int) -> None:
        duty = self._actor(self._by_login["duty"])
        case = self._ask.case(duty, case_id)
        orders = self._ask.suggestion(duty, case).orders
        self._cases.send(duty, case_id, case.version, orders)
        self._clock.at += timedelta(seconds=9)
        for task in self._tasks.release(duty, case_id):
            self._later(9 if case.priority in ("P1", "P2") else 40, lambda task_id=task.id: self._sign(task_id))  # type: ignore[misc]

    def _sign(self, task_id: int) -> None:
        self._answer(task_id, "sign")
        self._later(25, lambda: self._answer(task_id, "on_site"))
        self._later(70, lambda: self._answer(task_id, "progress"))
        self._later(150, lambda: self._finish(task_id))

    def _finish(self, task_id: int) -> None:
        case_id = self._answer(task_id, "finish")
        self._later(30, lambda: self._check(case_id))

    def _answer(self, task_id: int, action: str) -> int:
        duty = self._actor(self._by_login["duty"])
        row = next(row for row in self._ask.board(duty) if row.task.id == task_id)
        user = self._by_org[row.task.org_id]
        photos = self._photo(user, self._texts.photo(self._ask.case(duty, row.case_id).category, done=True)) if action == "finish" else ()
        answer = Answer(action, self._texts.answer(self._hand, action), photos=photos)
        self._tasks.answer(self._actor(user), task_id, row.task.version, answer)
        return row.case_id

    def _check(self, case_id: int) -> None:
        checker, director = self._actor(self._by_login["checker"]), self._actor(self._by_login["director"])
        self._cases.check(checker, case_id, self._ask.case(checker, case_id).version)
        if self._hand.random() < 0.6:
            closing = Closing("done", "已核查", "您反映的问题已处理完毕，感谢支持。")
            self._later(20, lambda: self._close(director, case_id, closing))

    def _close(self, director: Actor, case_id: int, closing: Closing) -> None:
        self._cases.close(director, case_id, self._ask.case(director, case_id).version, closing)

    def _photo(self, user: User, name: str) -> tuple[str, ...]:
        if not name:
            return ()
        content = (self._pictures / f"{name}.jpg").read_bytes()
        return (self._photos.take_in(self._actor(user), content).sha256,)

    def _actor(self, user: User) -> Actor:
        path, roles = self._paths[user.centre_id], frozenset(user.roles)
        return Actor(user.id, user.name, user.org_id, user.centre_id, path, roles, "A1", "person", user.login, user.grid)

    def _path_of(self, division: str) -> str:
        return next(centre.path for centre in self._city.centres if centre.division == division)
