"""How a past case of the demo's year goes: who acts when, and how late; uneven by unit, county, month, weekday and hour.

The figures lean on a real city's (handbook 3.3, Xuchang January 2022): about 74
of 100 cases are handled in time, some are sent back, reworked, or left lying.
None of the shares is a rule of the product; all are drawn by a seeded hand.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.demo.ledger import Ledger, Matter, PastRecord, Person, Picture
from console.demo.past import PastCase, PastTask, Reply
from console.demo.register import scattered
from console.demo.texts import Texts
from console.domain.codes import Category
from console.domain.limits import CHINA
from console.domain.place import Grid

IN_TIME = 0.797  # before what follows is added; stalled, returned and reworked ones bring it down to about 0.74
BY_UNIT = {
    "D02": 0.06, "D06": 0.04, "D09": -0.07, "D10": -0.09, "D11": -0.01, "D12": -0.06, "D14": 0.03, "D19": 0.06, "D20": -0.11, "D21": -0.05,
    "D29": 0.10, "D30": 0.02, "D31": -0.12, "D34": -0.09, "D35": -0.03, "D36": -0.15, "D38": 0.09, "D39": 0.10,
}  # fmt: skip
BY_COUNTY = {"410902": 0.04, "410922": 0.05, "410923": 0.02, "410926": -0.03, "410927": -0.08, "410928": -0.02, "410972": 0.01}
BY_MONTH = {1: -0.03, 2: -0.10, 4: 0.02, 7: -0.05, 8: -0.06, 11: 0.02, 12: -0.02}
BY_WEEKDAY = (0.02, 0.02, 0.01, 0.0, -0.03, -0.06, -0.05)
PASSED_ON = 0.93  # in the time of the hall's own stages: their lamps are watched
RETURNED, REWORKED, STALLED = 0.045, 0.05, 0.035
ACKED, CHECKED = 0.9, 0.997  # the second of ordinary matters; urgent ones are never left lying
URGENT = ("P1", "P2")
ANSWERED, REACHED = 0.94, 0.9  # plates that are answered in writing; citizens who are reached and say how content they are
NOT_OURS = "1"  # CT-25
ARCHIVED_AFTER = timedelta(days=3)
RELEASE_S = 9


@dataclass(frozen=True)
class Worker:
    """A grid worker with the ground and the village."""

    who: Person
    grid: Grid
    village: str


@dataclass(frozen=True)
class Hall:
    """A county's hall in the year behind: its people, its units by department with who answers there, its workers.

    Acts go on to `until`; `reports_until` is earlier where the last hours are
    played by the operations.
    """

    centre: int
    path: str
    county: str
    duty: tuple[Person, ...]
    checker: Person
    leader: Person
    director: Person
    units: Mapping[str, tuple[int, tuple[Person, ...]]]
    workers: tuple[Worker, ...]
    until: datetime
    reports_until: datetime


@dataclass
class Lives:
    """Plays past cases into a ledger, one after the other."""

    ledger: Ledger
    texts: Texts
    pictures: Mapping[str, Picture]
    hand: random.Random
    _of_month: dict[int, tuple[list[str], list[float]]] = field(default_factory=dict, repr=False)

    def one(self, hall: Hall, at: datetime, number: str) -> None:
        """A case reported then, as far as it had come by the hall's `until`."""
        case, category = self._report(hall, at, number)
        past = _Past(self, hall, case, category)
        past.live()
        case.end(hall.until)

    def photos(self, name: str, share: float) -> tuple[Picture, ...]:
        """A picture by name, in that share of cases; none where there is none to show."""
        return (self.pictures[name],) if name in self.pictures and self.hand.random() < share else ()

    def _report(self, hall: Hall, at: datetime, number: str) -> tuple[PastCase, Category]:
        hand, texts = self.hand, self.texts
        month = at.astimezone(CHINA).month
        if month not in self._of_month:
            found = texts.weights_in(month)
            self._of_month[month] = list(found), list(found.values())
        code = hand.choices(*self._of_month[month])[0]
        worker = hand.choice(hall.workers)
        spot = scattered(worker.grid, hand)
        address = texts.place(hand, worker.village)
        key = f"{hand.getrandbits(128):032x}"
        key = f"{key[:8]}-{key[8:12]}-4{key[13:16]}-a{key[17:20]}-{key[20:]}"
        matter = Matter(
            number, key, code, texts.report(hand, code, address), address, spot.lon, spot.lat, float(hand.randint(4, 25)),
            worker.grid.code, worker.grid.division, hall.centre, hall.path,
        )  # fmt: skip
        shown = self.photos(texts.photo(code), 0.6)
        case = PastCase(self.ledger, at, worker.who, matter, shown, answering=lambda plate: self._reply(hall, plate))
        return case, self.ledger.codes.categories[code]

    def _reply(self, hall: Hall, plate: PastRecord) -> Reply | None:
        """How a plate is answered: by the unit that was pressed, by the shift leader where none leads; a few never are."""
        hand, due, at = self.hand, plate.values["reply_due"], plate.values["at"]
        assert isinstance(due, datetime)
        assert isinstance(at, datetime)
        if hand.random() > ANSWERED:
            return None
        share = hand.uniform(0.1, 0.95) if hand.random() < IN_TIME else hand.uniform(1.1, 3.0)
        begins = self.ledger.codes.calendar.add(at, timedelta(seconds=hand.randint(600, 7_200)))
        org = plate.values["to_org"]
        who = hall.leader if org is None else next(people[0] for unit, people in hall.units.values() if unit == org)
        return begins + (due - at) * share, who, hand.choice(self.texts.closings["pressed"])


class _Past:
    """One case on its way: each part plays its acts and says when it was done, or that the case has come no further."""

    def __init__(self, lives: Lives, hall: Hall, case: PastCase, category: Category) -> None:
        self._lives, self._hall, self._case, self._category = lives, hall, case, category
        self._hand, self._texts = lives.hand, lives.texts
        self._urgent = case.priority in URGENT
        self._duty = self._hand.choice(hall.duty)

    def live(self) -> None:
        """Play it from intake to the archive, or until the year is over."""
        if not self._sent():
            return
        if self._hand.random() < RETURNED and not self._returned():
            return
        if not self._handled():
            return
        self._ended()

    def _over(self, at: datetime) -> bool:
        return at > self._hall.until

    def _by(self, start: datetime, due: object, in_time: float) -> datetime:
        """An instant before a limit in that share of cases, else after it; ordinary matters move in office hours only."""
        assert isinstance(due, datetime)
        span = due - start
        share = self._hand.uniform(0.1, 0.85) if self._hand.random() < in_time else 1.05 + self._hand.expovariate(2.2)
        at = start + timedelta(seconds=int(span.total_seconds() * share))
        return at if self._urgent else self._office(at)

    def _office(self, at: datetime) -> datetime:
        calendar = self._lives.ledger.codes.calendar
        for opens, closes in calendar.spans(at.astimezone(CHINA).date()):
            if opens <= at <= closes:
                return at
        return calendar.add(at, timedelta(seconds=self._hand.randint(60, 2_400)))

    def _sent(self) -> bool:
        case, hand = self._case, self._hand
        at = self._by(case.now, case.case["due_accept"], PASSED_ON)
        if hand.random() < ACKED:
            ack = case.now + (at - case.now) * hand.uniform(0.2, 0.8)
            ack = ack.replace(microsecond=0)
            if self._over(ack):
                return False
            case.ack(ack, self._duty)
        if self._over(at):
            return False
        wanted = [code for code in self._category.co if code in self._hall.units]
        helpers = hand.sample(wanted, min(len(wanted), hand.choice((0, 0, 0, 1, 1, 2))))
        return self._dispatch(at, [self._category.lead, *helpers])

    def _dispatch(self, at: datetime, departments: Sequence[str]) -> bool:
        units = [(self._hall.units[code][0], "co" if place else "lead") for place, code in enumerate(departments)]
        self._case.send(at, self._duty, units)
        released = at + timedelta(seconds=RELEASE_S)
        if self._over(released):
            return False
        self._case.release(released)
        return True

    def _returned(self) -> bool:
        """The lead gives it back, and it goes to another unit."""
        case, hand = self._case, self._hand
        task = case.tasks[0]
        at = self._by(case.now, case.case["due_sign"], 1.0)
        if self._over(at):
            return False
        if at >= case.case["due_sign"]:  # type: ignore[operator]
            return True  # too late to give it back: it is handled here after all
        case.give_back(at, self._who(task), task, (NOT_OURS, self._texts.answer(hand, "return")))
        again = self._by(at, case.case["due_dispatch"], 0.8)
        others = [code for code in ("D34", "D11", "D10", "D35") if code != self._category.lead and code in self._hall.units]
        return not self._over(again) and self._dispatch(again, [hand.choice(others)])

    def _handled(self) -> bool:
        """The units sign, go there, tell and finish; the lead finishes last."""
        case = self._case
        lead = next(task for task in case.tasks if task.values["kind"] == "lead" and task.state == "awaiting")
        signed = self._by(case.now, case.case["due_sign"], 0.92)
        finished = self._finish_at(signed)
        acts = self._acts(lead, signed, finished)
        last = signed
        for task in case.tasks:
            if task.values["kind"] == "co" and task.state == "awaiting":
                begin = signed + (finished - signed) * self._hand.uniform(0.02, 0.3)
                end = begin + (finished - begin) * self._hand.uniform(0.3, 0.9)
                acts += self._acts(task, begin, end)
                last = max(last, end)
        for at, act in sorted(acts, key=lambda one: one[0]):
            at = at.replace(microsecond=0)
            if self._over(at):
                return False
            act(at)
        return True

    def _acts(self, task: PastTask, signed: datetime, finished: datetime) -> list[tuple[datetime, Callable[[datetime], None]]]:
        case, hand, texts = self._case, self._hand, self._texts
        who, span = self._who(task), finished - signed
        found: list[tuple[datetime, Callable[[datetime], None]]] = [(signed, lambda at: case.sign(at, who, task))]
        if task.values["kind"] == "lead" and hand.random() < 0.45:
            words = texts.answer(hand, "on_site")
            found.append((signed + span * hand.uniform(0.05, 0.3), lambda at: case.on_site(at, who, task, words)))
        if hand.random() < 0.3:
            told = texts.answer(hand, "progress")
            found.append((signed + span * hand.uniform(0.4, 0.9), lambda at: case.progress(at, who, task, told)))
        done = texts.answer(hand, "finish")
        shown = self._lives.photos(texts.photo(self._category.code, done=True), 0.3 if case.priority == "P4" else 1.0)
        found.append((finished, lambda at: case.finish(at, who, task, done, shown)))
        return found

    def _finish_at(self, signed: datetime) -> datetime:
        hand, due = self._hand, self._case.case["due_handle"]
        assert isinstance(due, datetime)
        if hand.random() < self._chance():
            left = due - signed
            at = signed + left * (0.08 + 0.86 * hand.random() ** 0.8) if left > timedelta(minutes=5) else signed + timedelta(minutes=20)
            late = self._office(at)
            return at if self._urgent or late > due else late
        length = max(due - self._case.now, timedelta(hours=1))
        at = max(due, signed) + length * hand.expovariate(2.0) + timedelta(minutes=hand.randint(10, 90))
        if not self._urgent and hand.random() < STALLED / (1 - IN_TIME):
            at += timedelta(days=hand.uniform(10, 90))
        return at if self._urgent else self._office(at)

    def _chance(self) -> float:
        at = self._case.case["reported_at"]
        assert isinstance(at, datetime)
        local = at.astimezone(CHINA)
        chance = IN_TIME + BY_UNIT.get(self._category.lead, 0.0) + BY_COUNTY.get(self._hall.county, 0.0) + BY_MONTH.get(local.month, 0.0)
        chance += BY_WEEKDAY[local.weekday()] - (0.08 if local.hour < 6 else 0.03 if local.hour >= 18 else 0.0)
        return min(0.97, max(0.3, chance))

    def _ended(self) -> None:
        case, hand, hall = self._case, self._hand, self._hall
        if not self._urgent and hand.random() > CHECKED:
            return
        checked = self._by(case.now, case.case["due_check"], PASSED_ON)
        if self._over(checked):
            return
        if hand.random() < REWORKED:
            case.rework(checked, hall.checker, hand.choice(self._texts.closings["rework"]))
            if not self._again():
                return
            checked = self._by(case.now, case.case["due_check"], 0.9)
            if self._over(checked):
                return
        case.check(checked, hall.checker, hand.choice(self._texts.closings["checked"]))
        closed = self._by(checked, case.case["due_close"], PASSED_ON)
        if self._over(closed):
            return
        kind = hand.choices(("done", "advised", "on_the_spot"), (86, 9, 5))[0]
        words, reply = hand.choice(self._texts.closings[kind]), hand.choice(self._texts.closings["replies"])
        case.close(closed, hall.director if self._urgent else hall.leader, (kind, words, reply))
        called = closed + (case.case["due_evaluate"] - closed) * hand.uniform(0.05, 0.6)  # type: ignore[operator]
        if hand.random() < REACHED:
            called = called.replace(microsecond=0)
            if not self._over(called):
                case.evaluate(called, self._duty, hand.choices(("5", "4", "3"), (58, 31, 11))[0])
        elif not self._over(closed + ARCHIVED_AFTER):
            case.archive(closed + ARCHIVED_AFTER)

    def _again(self) -> bool:
        """The lead works once more and finishes again."""
        case = self._case
        lead = next(task for task in case.tasks if task.values["kind"] == "lead" and task.state == "handling")
        at = self._by(case.now, case.case["due_handle"], 0.75)
        if self._over(at):
            return False
        shown = self._lives.photos(self._texts.photo(self._category.code, done=True), 1.0)
        case.finish(at, self._who(lead), lead, self._texts.answer(self._hand, "finish"), shown)
        return True

    def _who(self, task: PastTask) -> Person:
        if task.values["user_id"] is not None:
            return next(who for _, people in self._hall.units.values() for who in people if who.id == task.values["user_id"])
        people = next(people for org, people in self._hall.units.values() if org == task.values["org_id"])
        return people[0]
