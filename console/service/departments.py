"""The departments of a county or city as CT-04 has them, proposed with their usual names, and made in one go.

A proposal is only a list: whoever administers the centre strikes out, renames and adds phones before anything is made.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.domain.codes import Codes
from console.domain.errors import Invalid
from console.domain.people import Actor, OrgUnit
from console.domain.place import CITY, COUNTY, Division
from console.service.desk import Act, Desk
from console.service.units import NewUnit, add_unit, administered
from console.store import tables
from console.store.find import accounts as find
from console.store.scope import Scope

DEPARTMENT = "department"


def read_offices(path: Path, codes: Codes) -> dict[str, str]:
    """What each department is usually called. Raises Invalid for a broken file or a department without a name."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return {code: str(found[code]) for code in codes.departments}
    except (OSError, KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)) from broken


class Departments:
    """Proposing departments and making them."""

    def __init__(self, desk: Desk, offices: Mapping[str, str]) -> None:
        """`offices` says what they are usually called, with {place} for the county or city."""
        self.desk = desk
        self._offices = offices

    def proposed(self, actor: Actor, centre_id: int) -> tuple[NewUnit, ...]:
        """Departments in use that a centre of a county or city does not have yet, by code; none at other levels.

        Raises Missing, Denied.
        """
        with self.desk.store.read() as unit:
            centre = administered(unit, actor, centre_id)
            if centre.level not in (CITY, COUNTY):
                return ()
            area = unit.get(tables.division, Division, centre.division)
            there = {row.unit.department for row in find.units(unit, Scope(actor), centre_id)}
        place, head = area.name if area is not None else "", centre.division[:6]
        known = self.desk.book.of(centre_id).departments
        return tuple(
            NewUnit(f"{head}-{code}", self._offices.get(code, "{place}" + one.zh).replace("{place}", place), DEPARTMENT, "", code)
            for code, one in sorted(known.items())
            if code not in there and one.active
        )

    def add(self, actor: Actor, centre_id: int, wanted: Sequence[NewUnit]) -> tuple[OrgUnit, ...]:
        """Make departments, all of them or none. Raises Missing, Denied, Refused, Invalid as one unit would."""

        def work(act: Act) -> tuple[OrgUnit, ...]:
            centre = administered(act.unit, act.actor, centre_id)
            return tuple(add_unit(act, centre, each) for each in wanted)

        return self.desk.run(actor, work)
