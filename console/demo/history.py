"""A morning already behind us: reports, dispatches and answers, made by the real operations under a hand-set clock.

Most of it went well, some units are slow and some have stalled, so that every
lamp is seen; the last minutes hold reports nobody has acknowledged yet.
"""

import heapq
import logging
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from console.demo.city import City
from console.demo.land import COUNTY_CODE
from console.demo.register import CAMERA_TOWN, scattered
from console.demo.texts import Texts
from console.domain.clock import HandClock
from console.domain.codes import Codes
from console.domain.errors import ConsoleError, Refused
from console.domain.people import Actor, User, system_actor
from console.domain.report import Draft
from console.domain.task import Task
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

# Reports that wait for the visitor: how many minutes ago, what, whether near the cameras.
# The first is urgent and fresh, the last one has waited longer than its category allows.
WAITING = ((0.3, "0601", True), (2.5, "0502", False), (6.5, "0403", True), (9.0, "0405", False), (12.0, "0302", True))
YESTERDAY_SHARE, YESTERDAY_H = 0.2, 30.0
QUIET_MIN = 15.0  # everything older than this was acknowledged
PACE = {"P1": 0.35, "P2": 0.6, "P3": 1.0, "P4": 1.2}  # how long units take, compared with an ordinary matter
SLOW, STALLED, RETURNS = 0.12, 0.15, 0.05
RECALL_S = 9


@dataclass(order=True)
class _Planned:
    at: datetime
    number: int
    step: Step = field(compare=False)


class History:
    """Plays `count` reports over the last hours; each goes as far as its hand dealt it."""

    def __init__(self, store: Store, codes: Codes, city: City, texts: Texts, *, files: Files, pictures: Path, seed: int) -> None:
        self._clock = HandClock(datetime.now(UTC))
        self._desk = Desk(store, codes, self._clock)
        self._reports = Reports(self._desk, cache(lambda: Ground.load(store)))
        self._cases, self._tasks = Cases(self._desk), Tasks(self._desk)
        self._ask = Ask(store, codes)
        self._room = PhotoRoom()
        self._photos, self._pictures, self._texts = Photos(self._desk, files, self._room), pictures, texts
        self._hand = random.Random(seed)
        self._plan: list[_Planned] = []
        self._latest: dict[int, Task] = {}
        self._categories: dict[int, str] = {}
        self._centres = {centre.id: centre for centre in city.centres}
        self._grids = {grid.code: grid for grid in city.grids}
        self._areas = {area.code: area.name for area in city.divisions}
        # The hours before are those of the county the demo opens in; the other counties' are written with the year.
        self._workers = [user for user in city.users if user.grid.startswith(COUNTY_CODE[:6])]
        town = next(area.code for area in city.divisions if area.name == CAMERA_TOWN and area.parent == COUNTY_CODE)
        self._near = [user for user in self._workers if user.grid.startswith(town[:9])]
        county = next(centre.id for centre in city.centres if centre.division == COUNTY_CODE)
        hall = [user for user in city.users if user.centre_id == county]
        self._by_login = {user.login: user for user in hall}
        self._by_org = {user.org_id: user for user in hall if user.roles == ("R09",)}

    def play(self, count: int, hours: float, until: datetime) -> None:
        """Let it happen, in the order of time; nothing in it lies after `until`."""
        for _ in range(max(0, count - len(WAITING))):
            self._at(until - timedelta(minutes=self._age_min(hours)), self._report)
        for age, category, is_near in WAITING[:count]:
            self._at(until - timedelta(minutes=age), lambda c=category, n=is_near: self._wait(c, n))  # type: ignore[misc]
        try:
            while self._plan and self._plan[0].at <= until:
                planned = heapq.heappop(self._plan)
                self._clock.at = planned.at
                self._try(planned.step)
        finally:
            self._room.close()

    def _age_min(self, hours: float) -> float:
        """More towards the end: a hall opens its morning with fresh matters, and some from yesterday."""
        if self._hand.random() < YESTERDAY_SHARE:
            return self._hand.uniform(hours, YESTERDAY_H) * 60
        return QUIET_MIN + (hours * 60 - QUIET_MIN) * self._hand.random() ** 1.6

    def _try(self, step: Step) -> None:
        try:
            step()
        except Refused as refusal:
            if refusal.code == "co_open":
                self._later(15, step)  # the lead finishes last and looks again
            else:
                log.debug("the demo's past was refused: %s", refusal)
        except ConsoleError as refusal:
            # A life cycle that took another turn (sent back, recalled with it); nothing of the act stays.
            log.debug("the demo's past was refused: %s", refusal)

    def _at(self, when: datetime, step: Step) -> None:
        heapq.heappush(self._plan, _Planned(when, self._hand.getrandbits(48), step))

    def _later(self, minutes: float, step: Step) -> None:
        self._at(self._clock.at + timedelta(minutes=self._hand.uniform(0.4, 1.8) * minutes), step)

    def _report(self) -> None:
        case_id = self._receive(self._hand.choice(self._workers), self._texts.category(self._hand))
        self._at(self._clock.at + timedelta(minutes=self._hand.uniform(0.3, 3.5)), lambda: self._ack(case_id))

    def _wait(self, category: str, is_near: bool) -> None:
        self._receive(self._hand.choice(self._near if is_near else self._workers), category)

    def _receive(self, worker: User, category: str) -> int:
        grid = self._grids[worker.grid]
        place = self._texts.place(self._hand, self._areas[grid.division])
        spot = scattered(grid, self._hand)
        photos = self._photo(worker, self._texts.photo(category))
        draft = Draft(
            str(uuid.UUID(int=self._hand.getrandbits(128), version=4)), category, self._texts.report(self._hand, category, place),
            address=place, lon=round(spot.lon, 6), lat=round(spot.lat, 6), datum="wgs84", accuracy_m=12.0, device_at=self._clock.at,
            photos=photos,
        )  # fmt: skip
        case_id = self._reports.receive(self._actor(worker, "phone"), draft).case_id
        self._categories[case_id] = category
        return case_id

    def _ack(self, case_id: int) -> None:
        duty = self._duty()
        case = self._ask.case(duty, case_id)
        self._cases.ack(duty, case_id, case.version)
        if self._hand.random() < 0.96:
            self._later(1 if case.priority == "P1" else 6, lambda: self._dispatch(case_id))

    def _dispatch(self, case_id: int) -> None:
        duty = self._duty()
        case = self._ask.case(duty, case_id)
        self._cases.send(duty, case_id, case.version, self._ask.suggestion(duty, case).orders)
        self._at(self._clock.at + timedelta(seconds=RECALL_S), lambda: self._release(case_id, PACE[case.priority]))

    def _release(self, case_id: int, pace: float) -> None:
        for task in self._tasks.release(system_actor("sweep"), case_id):
            self._hand_over(task, pace)

    def _hand_over(self, task: Task, pace: float) -> None:
        fate = self._hand.random()
        if task.kind == "lead" and fate < RETURNS:
            self._later(6 * pace, lambda: self._answer(task, "return", reason="1"))
            return
        if fate > 1 - SLOW:
            pace *= 8
        self._later(9 * pace, lambda: self._sign(task, pace))

    def _sign(self, task: Task, pace: float) -> None:
        self._answer(task, "sign")
        self._later(25 * pace, lambda: self._answer(task, "on_site"))
        self._later(70 * pace, lambda: self._answer(task, "progress"))
        if self._hand.random() > STALLED:
            self._later(150 * pace, lambda: self._finish(task))

    def _finish(self, task: Task) -> None:
        self._answer(task, "finish")
        if task.kind == "lead":
            self._later(40, lambda: self._check(task.case_id))

    def _answer(self, task: Task, action: str, *, reason: str = "") -> None:
        task = self._latest.get(task.id, task)
        user = self._by_org[task.org_id]
        photos = self._photo(user, self._texts.photo(self._categories[task.case_id], done=True)) if action == "finish" else ()
        answer = Answer(action, self._texts.answer(self._hand, action), reason=reason, photos=photos)
        self._latest[task.id] = self._tasks.answer(self._actor(user, "desk"), task.id, task.version, answer)

    def _check(self, case_id: int) -> None:
        checker, director = self._actor(self._by_login["checker"], "A2"), self._actor(self._by_login["director"], "A3")
        self._cases.check(checker, case_id, self._ask.case(checker, case_id).version, "现场核查，已处理完毕")
        if self._hand.random() < 0.6:
            closing = Closing("done", "已核查", "您反映的问题已处理完毕，感谢支持。")
            self._later(20, lambda: self._close(director, case_id, closing))

    def _close(self, director: Actor, case_id: int, closing: Closing) -> None:
        self._cases.close(director, case_id, self._ask.case(director, case_id).version, closing)

    def _photo(self, user: User, name: str) -> tuple[str, ...]:
        if not name:
            return ()
        content = (self._pictures / f"{name}.jpg").read_bytes()
        return (self._photos.take_in(self._actor(user, "phone"), content).sha256,)

    def _duty(self) -> Actor:
        return self._actor(self._by_login["duty"], "A1")

    def _actor(self, user: User, seat: str) -> Actor:
        centre, roles = self._centres[user.centre_id], frozenset(user.roles)
        place = (user.org_id, user.centre_id, centre.path)
        return Actor(user.id, user.name, *place, roles, seat, "person", user.login, user.grid, centre.level)
