"""Taking reports in: nothing that can be understood is dropped; what is odd is flagged for the officer."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from console.domain.case import CASE_FLOW, DRAFT, INTAKE, Case
from console.domain.codes import Codes
from console.domain.datum import DATUMS, to_wgs84
from console.domain.errors import Invalid
from console.domain.people import Actor
from console.domain.place import Point, check_point, is_near_puyang
from console.domain.report import Draft, Receipt, Report
from console.domain.texts import check_text
from console.service.desk import Act, Desk, Facts
from console.service.ground import Ground
from console.service.photos import claim, is_photo_name
from console.service.serials import Serials
from console.store import lock, search, tables
from console.store.find import cases
from console.store.scope import Scope

TEXT_MAX, ADDRESS_MAX, PHOTOS_MAX = 2_000, 200, 9
OTHER = "9999"
ACCURACY_MAX_M = 10_000_000
AHEAD, BEHIND = timedelta(minutes=2), timedelta(hours=24)
# CGCS2000 differs from WGS-84 by centimetres and is taken as the same (handbook 6.1).
SAME_AS_WGS84 = "cgcs2000"
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Reports:
    """The inlet. Doors hand in drafts; a report, its case and its journal lines come out."""

    def __init__(self, desk: Desk, ground: Ground) -> None:
        self.desk = desk
        self.ground = ground
        self._serials = Serials(desk)

    def receive(self, actor: Actor, draft: Draft) -> Receipt:
        """Take a report in. When this returns it is on the disk.

        The same key with the same body gives the same receipt again, with
        another body KeyReused. Raises Denied for who may not report, Invalid
        for what cannot be read; what can be read but is strange is taken and
        flagged.
        """
        check(draft, self.desk.book.of(actor.centre_id))
        draft = replace(draft, key=str(uuid.UUID(draft.key)))  # one UUID has many spellings and is one key
        place = self._place(draft)
        centre = self.ground.centre_for(place.grid or draft.grid or actor.grid, actor.centre_id)
        at = self.desk.clock.now()
        number = self._serials.case_number(centre.division[:6], at)
        body = {name: value for name, value in asdict(draft).items() if name != "key"}

        def work(act: Act) -> Facts:
            flags = self._flags(draft, place, act)
            draft_case = replace(_case(draft, act, (number, centre.id), place, flags), state=DRAFT)
            step = CASE_FLOW.step(draft_case, actor, "submit", {})
            facts: Facts = {"step": step.id, "codes": list(step.codes), "category": draft_case.category, "priority": draft_case.priority}
            facts |= {"grid": place.grid, "centre": centre.id}
            case = act.born(replace(draft_case, state=step.target, owner_path=centre.path), step.action, facts, before=DRAFT)
            report = act.unit.add(tables.report, _report(draft, act, case.id, place, flags))
            told: Facts = {"case": case.id, "grid": place.grid, "flags": list(flags), "source": draft.source}
            act.note("receive", "report", report.id, 1, told, states=("", report.state))
            claim(act, draft.photos, ("report", report.id, case.id, "before"))
            return {"report": report.id, "case": case.id, "number": number, "flags": list(flags)}

        answer = self.desk.once(actor, draft.key, body, work)
        flags = answer["flags"]
        assert isinstance(flags, list)
        return Receipt(int(str(answer["report"])), int(str(answer["case"])), str(answer["number"]), tuple(flags))

    def keep(self, actor: Actor, draft: Draft) -> Case:
        """Keep what is not yet sent (state 00), for its author alone; kept again under the same key it is written over."""
        check(draft, self.desk.book.of(actor.centre_id))
        number = uuid.UUID(draft.key).hex
        place = self._place(draft)
        centre = self.ground.centre_for(place.grid or draft.grid or actor.grid, actor.centre_id)

        def work(act: Act) -> Case:
            made = replace(_case(draft, act, (number, centre.id), place, self._flags(draft, place, act)), state=DRAFT, due_accept=None)
            made = replace(made, owner_path=centre.path)
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
    case = Case(
        0, number, entry.zh, draft.text, code, draft.source, "P1" if draft.urgent else entry.priority, "", INTAKE, draft.device_at, act.now,
        draft.address, spot.lon if spot else None, spot.lat if spot else None, draft.accuracy_m, "phone" if spot else "",
        place.division, place.grid, centre, act.actor.user_id, flags,
    )  # fmt: skip
    return replace(case, due_accept=act.limit_from(act.now, "accept", case))


def _report(draft: Draft, act: Act, case_id: int, place: Placing, flags: tuple[str, ...]) -> Report:
    spot = place.spot
    return Report(
        0, draft.key, draft.source, act.actor.user_id, act.actor.name, "", draft.protected, draft.category, draft.text, draft.address,
        spot.lon if spot else None, spot.lat if spot else None, draft.accuracy_m, draft.datum, draft.lon, draft.lat,
        place.grid, place.division, draft.device_at, act.now, flags, case_id, "received",
    )  # fmt: skip


def _report_of(case: Case, act: Act, key: str) -> Report:
    return Report(
        0, key, case.source, act.actor.user_id, act.actor.name, "", False, case.category, case.content, case.address,
        case.lon, case.lat, case.accuracy_m, "wgs84" if case.place_known else "", case.lon, case.lat,
        case.grid, case.division, case.occurred_at, act.now, case.flags, case.id, "received",
    )  # fmt: skip
