"""Taking reports in: nothing that can be understood is dropped; what is odd is flagged for the officer."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from console.domain.case import CASE_FLOW, DRAFT, Case
from console.domain.codes import Codes
from console.domain.datum import DATUMS, to_wgs84
from console.domain.errors import ConsoleError, Invalid, KeyReused
from console.domain.people import Actor
from console.domain.place import Centre, Point, check_point, is_near_puyang
from console.domain.report import Draft, Receipt, Report
from console.domain.texts import check_text
from console.service.desk import Act, Desk, Facts, body_digest, key_of
from console.service.ground import Ground
from console.service.photos import attach, claim, is_photo_name, uploaded
from console.service.serials import Serials
from console.store import keys, lock, search, serials, tables
from console.store.find import cases
from console.store.scope import Scope
from console.store.uploads import Upload

TEXT_MAX, ADDRESS_MAX, PHOTOS_MAX = 2_000, 200, 9
OTHER = "9999"
ACCURACY_MAX_M = 10_000_000
AHEAD, BEHIND = timedelta(minutes=2), timedelta(hours=24)
# CGCS2000 differs from WGS-84 by centimetres and is taken as the same (handbook 6.1).
SAME_AS_WGS84 = "cgcs2000"
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """A report as a door hands it in: who sends it, and what."""

    actor: Actor
    draft: Draft


class Reports:
    """The inlet. Doors hand in drafts; a report, its case and its journal lines come out."""

    def __init__(self, desk: Desk, ground: Callable[[], Ground]) -> None:
        """`ground` is asked at each report, so that whoever reads it may do so when the first one comes."""
        self.desk = desk
        self._ground = ground
        self._serials = Serials(desk)

    @property
    def ground(self) -> Ground:
        """Grids, divisions and centres as they are known now."""
        return self._ground()

    def receive(self, actor: Actor, draft: Draft) -> Receipt:
        """Take a report in. When this returns it is on the disk.

        The same key with the same body gives the same receipt again, with
        another body KeyReused. Raises Denied for who may not report, Invalid
        for what cannot be read; what can be read but is strange is taken and
        flagged.
        """
        answer = self.receive_all([Post(actor, draft)])[0]
        if isinstance(answer, ConsoleError):
            raise answer
        return answer

    def receive_all(self, posts: Sequence[Post]) -> list[Receipt | ConsoleError]:
        """Take many reports in with one transaction; each is answered as if it came alone, in the order given.

        A key that comes twice is taken in once: whoever repeats it waits for
        the first one's answer. Raises Unavailable when nothing can be kept.
        """
        answers: dict[int, Receipt | ConsoleError] = {}
        left = {}
        for place, post in enumerate(posts):
            try:
                left[place] = self._brought(post)
            except ConsoleError as refusal:
                answers[place] = refusal
        while left:
            lot = {each.name: place for place, each in reversed(left.items())}
            answers |= self._take_in({place: left.pop(place) for place in sorted(lot.values())})
        return [answers[place] for place in range(len(posts))]

    def _brought(self, post: Post) -> "Brought":
        check(post.draft, self.desk.book.of(post.actor.centre_id))
        draft = replace(post.draft, key=str(uuid.UUID(post.draft.key)))  # one UUID has many spellings and is one key
        place = self._place(draft)
        centre = self.ground.centre_for(place.grid or draft.grid or post.actor.grid, post.actor.centre_id)
        number = self._serials.case_number(centre.division[:6], self.desk.clock.now())
        return Brought(post.actor, draft, place, centre, number)

    def _take_in(self, lot: dict[int, "Brought"]) -> dict[int, Receipt | ConsoleError]:
        digests = {place: body_digest(each.body) for place, each in lot.items()}

        def work(act: Act) -> dict[int, Receipt | ConsoleError]:
            answers: dict[int, Receipt | ConsoleError] = {}
            fresh: dict[int, Opened] = {}
            known = keys.answers(act.unit, [each.name for each in lot.values()])
            for place, each in lot.items():
                seen = known.get(each.name)
                try:
                    if seen is None:
                        fresh[place] = self._opened(replace(act, actor=each.actor), each)
                    else:
                        answers[place] = _as_before(seen, each, digests[place])
                except ConsoleError as refusal:
                    answers[place] = refusal
            receipts = dict(zip(fresh, _keep(act, list(fresh.values())), strict=True))
            done = [keys.Seen(lot[place].name, digests[place], _told(one), act.now) for place, one in receipts.items()]
            keys.remember(act.unit, *done)
            return answers | receipts

        return self.desk.run(next(iter(lot.values())).actor, work)

    def _opened(self, act: Act, each: "Brought") -> "Opened":
        draft, place = each.draft, each.place
        flags = self._flags(draft, place, act)
        draft_case = _case(draft, act, (each.number, each.centre.id), place, flags)
        step = CASE_FLOW.step(draft_case, act.actor, "submit", {})
        facts: Facts = {"step": step.id, "codes": list(step.codes), "category": draft_case.category, "priority": draft_case.priority}
        facts |= {"grid": place.grid, "centre": each.centre.id}
        due = act.limit_from(act.now, "accept", draft_case)
        case = replace(draft_case, state=step.target, owner_path=each.centre.path, due_accept=due)
        return Opened(each, act, case, uploaded(act, draft.photos), step.action, facts)

    def keep(self, actor: Actor, draft: Draft) -> Case:
        """Keep what is not yet sent (state 00), for its author alone; kept again under the same key it is written over."""
        check(draft, self.desk.book.of(actor.centre_id))
        number = uuid.UUID(draft.key).hex
        place = self._place(draft)
        centre = self.ground.centre_for(place.grid or draft.grid or actor.grid, actor.centre_id)

        def work(act: Act) -> Case:
            made = replace(_case(draft, act, (number, centre.id), place, self._flags(draft, place, act)), owner_path=centre.path)
            CASE_FLOW.step(made, actor, "submit", {})
            known = act.unit.record(Case, lock.draft(act.unit, act.scope, number))
            if known is None:
                kept = act.born(made, "draft", {"centre": centre.id})
            else:
                same = {"id": known.id, "version": known.version, "number": known.number}
                changes = {name: value for name, value in vars(made).items() if name not in same}
                kept = act.move(known, "draft", {"centre": centre.id}, **changes)
            claim(act, draft.photos, ("case", kept.id, kept.id, "before"))
            return kept

        return self.desk.run(actor, work)

    def submit(self, actor: Actor, case_id: int, version: int) -> Receipt:
        """T01: send a draft; it gets its number, its report and its intake timer."""
        at = self.desk.clock.now()
        with self.desk.store.read() as unit:
            owner = cases.own_case(unit, Scope(actor), case_id).owner_centre
        number = self._serials.case_number(self.ground.centres[owner].division[:6], at)

        def work(act: Act) -> Receipt:
            draft = act.case(case_id, version, own=True)
            step = CASE_FLOW.step(draft, actor, "submit", {})
            facts: Facts = {"category": draft.category, "priority": draft.priority, "grid": draft.grid, "centre": draft.owner_centre}
            due = act.limit_from(act.now, "accept", draft)
            case = act.take(draft, step, facts, number=number, reported_at=act.now, due_accept=due)
            key = str(uuid.UUID(draft.number))
            report = act.unit.add(tables.report, _report_of(case, act, key))
            told: Facts = {"case": case.id, "grid": case.grid, "flags": list(case.flags), "source": case.source}
            act.note("receive", "report", report.id, 1, told, states=("", report.state))
            return Receipt(report.id, case.id, number, case.flags)

        return self.desk.run(actor, work)

    def delete(self, actor: Actor, case_id: int, version: int) -> None:
        """T02: throw a draft away; only its author, only before it is sent."""

        def work(act: Act) -> None:
            draft = act.case(case_id, version, own=True)
            step = CASE_FLOW.step(draft, actor, "delete", {})
            act.note("delete", "case", draft.id, draft.version + 1, {"step": step.id, "codes": list(step.codes)}, states=(draft.state, ""))
            lock.forget(act.unit, draft.id)
            search.forget(act.unit, [draft.id])

        self.desk.run(actor, work)

    def _place(self, draft: Draft) -> "Placing":
        spot = _wgs84(draft)
        grid = self.ground.grid_at(spot) if spot else ""
        return Placing(spot, grid, self.ground.grids[grid].division if grid else "")

    def _flags(self, draft: Draft, place: "Placing", act: Act) -> tuple[str, ...]:
        own = draft.grid or act.actor.grid
        at = draft.device_at
        marks = {
            "no_position": place.spot is None,
            "outside_city": place.spot is not None and not is_near_puyang(place.spot),
            "no_grid": not place.grid and own not in self.ground.grids,
            "outside_grid": place.spot is not None and bool(own) and place.grid != own,
            "unknown_category": draft.category not in act.codes.categories,
            "future_time": at is not None and at > act.now + AHEAD,
            "late": at is not None and at < act.now - BEHIND,
        }
        return tuple(name for name, holds in marks.items() if holds)


@dataclass(frozen=True)
class Placing:
    """Where a report lies: WGS-84 point, grid and village, as far as known."""

    spot: Point | None
    grid: str
    division: str


@dataclass(frozen=True)
class Brought:
    """A report that could be read: where it lies, which centre takes it, and the number its case will have."""

    actor: Actor
    draft: Draft
    place: Placing
    centre: Centre
    number: str

    @property
    def name(self) -> str:
        """What the report is known by among all keys."""
        return key_of(self.actor, self.draft.key)

    @property
    def body(self) -> dict[str, object]:
        """What must be the same when the key comes again."""
        return {name: value for name, value in vars(self.draft).items() if name != "key"}


@dataclass(frozen=True)
class Opened:
    """A report about to be written, with its case and what its first journal line tells."""

    brought: Brought
    act: Act
    case: Case
    photos: tuple[Upload, ...]
    op: str
    facts: Facts


def _as_before(seen: keys.Seen, each: Brought, digest: str) -> Receipt:
    """The receipt given then. Raises KeyReused when the body is another."""
    if seen.body_hash != digest:
        raise KeyReused(each.draft.key)
    flags = seen.answer["flags"]
    assert isinstance(flags, list)
    return Receipt(int(str(seen.answer["report"])), int(str(seen.answer["case"])), str(seen.answer["number"]), tuple(flags))


def _told(receipt: Receipt) -> Facts:
    return {"report": receipt.report_id, "case": receipt.case_id, "number": receipt.number, "flags": list(receipt.flags)}


def _keep(act: Act, fresh: list[Opened]) -> list[Receipt]:
    """Write cases, reports, pictures and journal lines, each kind in one go."""
    if not fresh:
        return []
    cases = act.all_born([(each.act, each.case, each.op, each.facts) for each in fresh], before=DRAFT)
    ids = serials.new_ids(act.unit, tables.report, len(fresh))
    reports = [_report(each, id_, case) for each, id_, case in zip(fresh, ids, cases, strict=True)]
    act.unit.add_many(tables.report, reports)
    for each, report in zip(fresh, reports, strict=True):
        told: Facts = {"case": report.case_id, "grid": report.grid, "flags": list(report.flags), "source": report.source}
        each.act.note("receive", "report", report.id, 1, told, states=("", report.state))
        attach(each.act, each.photos, ("report", report.id, report.case_id, "before"))
    return [Receipt(report.id, case.id, case.number, report.flags) for case, report in zip(cases, reports, strict=True)]


def check(draft: Draft, codes: Codes) -> None:
    """Refuse a draft that cannot be read: key, lengths, position, photos, source. Raises Invalid."""
    try:
        uuid.UUID(draft.key)
    except ValueError as wrong:
        raise Invalid("key", "needs_uuid", value=draft.key[:60]) from wrong
    if not draft.text.strip() and not draft.photos:
        raise Invalid("text", "needs_text_or_photo")
    for name, text, most in (("text", draft.text, TEXT_MAX), ("address", draft.address, ADDRESS_MAX), ("category", draft.category, 40)):
        check_text(name, text, most)
    if draft.source not in codes.sources:
        raise Invalid("source", "unknown_code", value=draft.source)
    if len(draft.photos) > PHOTOS_MAX:
        raise Invalid("photos", "too_many", count=len(draft.photos), most=PHOTOS_MAX)
    for sha256 in draft.photos:
        if not is_photo_name(sha256):
            raise Invalid("photos", "unknown_photo", value=sha256[:70])
    if (draft.lon is None) != (draft.lat is None):
        raise Invalid("lat" if draft.lat is None else "lon", "half_position")
    if draft.lon is not None:
        check_point(draft.lon, draft.lat, "")
        if draft.datum not in (*DATUMS, SAME_AS_WGS84):
            raise Invalid("datum", "needs_datum", value=draft.datum[:20], known=", ".join(DATUMS))
    if draft.accuracy_m is not None and not 0 <= draft.accuracy_m <= ACCURACY_MAX_M:
        raise Invalid("accuracy_m", "out_of_range", value=draft.accuracy_m, least=0, most=ACCURACY_MAX_M)
    if draft.device_at is not None and draft.device_at.tzinfo is None:
        raise Invalid("device_at", "needs_zone", value=draft.device_at.isoformat())
    if draft.device_at is not None and not EARLIEST <= draft.device_at <= LATEST:
        raise Invalid("device_at", "out_of_range", value=draft.device_at.isoformat(), least=EARLIEST.year, most=LATEST.year)


def _wgs84(draft: Draft) -> Point | None:
    if draft.lon is None or draft.lat is None:
        return None
    return to_wgs84(Point(draft.lon, draft.lat), "wgs84" if draft.datum == SAME_AS_WGS84 else draft.datum)


def _case(draft: Draft, act: Act, owner: tuple[str, int], place: Placing, flags: tuple[str, ...]) -> Case:
    number, centre = owner
    spot = place.spot
    categories = act.book.of(centre).categories
    category = categories.get(draft.category)
    code = category.code if category else OTHER
    entry = categories[code]
    return Case(
        0, number, entry.zh, draft.text, code, draft.source, "P1" if draft.urgent else entry.priority, "", DRAFT, draft.device_at, act.now,
        draft.address, spot.lon if spot else None, spot.lat if spot else None, draft.accuracy_m, "phone" if spot else "",
        place.division, place.grid, centre, act.actor.user_id, flags,
    )  # fmt: skip


def _report(each: Opened, report_id: int, case: Case) -> Report:
    draft, place, actor = each.brought.draft, each.brought.place, each.act.actor
    spot = place.spot
    return Report(
        report_id, draft.key, draft.source, actor.user_id, actor.name, "", draft.protected, draft.category, draft.text, draft.address,
        spot.lon if spot else None, spot.lat if spot else None, draft.accuracy_m, draft.datum, draft.lon, draft.lat,
        place.grid, place.division, draft.device_at, case.reported_at, case.flags, case.id, "received",
    )  # fmt: skip


def _report_of(case: Case, act: Act, key: str) -> Report:
    return Report(
        0, key, case.source, act.actor.user_id, act.actor.name, "", False, case.category, case.content, case.address,
        case.lon, case.lat, case.accuracy_m, "wgs84" if case.place_known else "", case.lon, case.lat,
        case.grid, case.division, case.occurred_at, act.now, case.flags, case.id, "received",
    )  # fmt: skip
