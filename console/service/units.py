"""What administrators do with units: add, rename, close and open again. A closed one is dispatched to no more."""

import re
from dataclasses import dataclass, replace

from console.domain import roles
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.people import Actor, OrgUnit
from console.domain.place import Centre
from console.domain.texts import check_text
from console.service.accounts import PHONE
from console.service.desk import Act, Desk, Facts
from console.store import offices, tables
from console.store.find import accounts as find
from console.store.unit import Unit

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{1,23}")
KINDS = ("centre", "department", "town", "village", "grid_office", "party", "property", "team", "mediation")


@dataclass(frozen=True)
class NewUnit:
    """A unit to be: its code in the whole database, its kind, and for a department its CT-04 code."""

    code: str
    name: str
    kind: str
    duty_phone: str = ""
    department: str = ""


class Units:
    """Operations on units. Every one raises Missing, Denied, Refused, Invalid, Stale."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def add(self, actor: Actor, centre_id: int, new: NewUnit) -> OrgUnit:
        """A new unit at a centre."""

        def work(act: Act) -> OrgUnit:
            return add_unit(act, administered(act.unit, act.actor, centre_id), new)

        return self.desk.run(actor, work)

    def change(self, actor: Actor, org_id: int, version: int, name: str, duty_phone: str) -> OrgUnit:
        """Another name or duty phone."""

        def work(act: Act) -> OrgUnit:
            unit = _unit(act, org_id, version)
            _check(name, duty_phone)
            fields = [field for field, value in (("name", name), ("duty_phone", duty_phone)) if getattr(unit, field) != value]
            stored = act.unit.save(tables.org, unit, replace(unit, name=name.strip(), duty_phone=duty_phone))
            act.note("change", "unit", unit.id, stored.version, {"fields": fields})
            return stored

        return self.desk.run(actor, work)

    def set_closed(self, actor: Actor, org_id: int, version: int, closed: bool) -> OrgUnit:
        """Close a unit that has neither active people nor open tasks, or open it again."""

        def work(act: Act) -> OrgUnit:
            unit = _unit(act, org_id, version)
            if closed:
                people, tasks = offices.burden(act.unit, org_id)
                if people or tasks:
                    raise Refused("unit_busy", "status", people=people, tasks=tasks)
            stored = act.unit.save(tables.org, unit, replace(unit, closed=closed))
            states = ("open", "closed") if closed else ("closed", "open")
            act.note("close" if closed else "open", "unit", unit.id, stored.version, {"centre": unit.centre_id}, states=states)
            return stored

        return self.desk.run(actor, work)


def administered(unit: Unit, actor: Actor, centre_id: int) -> Centre:
    """A centre whose units the actor administers. Raises Missing, Denied."""
    centre = unit.get(tables.centre, Centre, centre_id)
    if centre is None or not roles.may_at(actor, "read", centre.id, centre.path):
        raise Missing("centre", centre_id)
    if not roles.may_at(actor, "units", centre.id, centre.path):
        raise Denied("role", kind="unit", action="edit")
    return centre


def add_unit(act: Act, centre: Centre, new: NewUnit) -> OrgUnit:
    """Write a new unit of a centre. Raises Refused, Invalid."""
    _check(new.name, new.duty_phone)
    if not CODE.fullmatch(new.code):
        raise Invalid("code", "bad_code_text", value=new.code[:60])
    if new.kind not in KINDS:
        raise Invalid("kind", "unknown_code", value=new.kind[:40])
    if (new.kind == "department") != bool(new.department) or (new.department and new.department not in act.codes.departments):
        raise Invalid("department", "unknown_code", value=new.department[:40])
    if offices.is_code_taken(act.unit, new.code):
        raise Refused("code_taken", "code", value=new.code)
    made = OrgUnit(0, new.code, new.kind, centre.level, centre.division, None, new.name.strip(), new.duty_phone, centre.id, new.department)
    made = act.unit.add(tables.org, made)
    told: Facts = {"centre": centre.id, "kind": made.kind, "department": made.department}
    act.note("add", "unit", made.id, 1, told, states=("", "open"))
    return made


def _unit(act: Act, org_id: int, version: int) -> OrgUnit:
    unit = find.org_by_id(act.unit, act.scope, org_id)
    administered(act.unit, act.actor, unit.centre_id)
    if unit.version != version:
        raise act.unit.stale("unit", org_id)
    return unit


def _check(name: str, duty_phone: str) -> None:
    if not name.strip():
        raise Invalid("name", "needs_text")
    check_text("name", name, 80)
    if not PHONE.fullmatch(duty_phone):
        raise Invalid("duty_phone", "bad_phone", value=duty_phone[:40])
