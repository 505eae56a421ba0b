"""What a dispatch is going to say, before it is sent: units and their parts, category, priority, words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.domain.case import Case
from console.domain.codes import Codes
from console.domain.task import Order
from console.service.ask import Suggestion
from console.ui.base.text import plain
from console.ui.base.words import tr
from console.ui.case.moves import Dispatch
from console.ui.wording import Named

MOST_FOUND = 6

# What a unit is usually asked to do, by category, else by group (CT-06).
TEMPLATES = {
    "0601": "Fence the spot off at once, replace the cover, report when on site.",
    "0602": "Repair the lamp and report the number of lamps.",
    "01": "Hear both sides, calm the matter down, report the outcome.",
    "02": "Go to the spot, check and report.",
    "03": "Remove the danger, warn people nearby, report when on site.",
    "04": "Secure the spot, keep traffic moving, report when on site.",
    "05": "Clear up on the spot and report with a photo.",
    "06": "Secure the spot, repair, report with a photo.",
    "07": "Check on the spot, secure evidence, report.",
    "08": "Check on the spot, stop the cause, report.",
    "09": "Contact the resident, settle the matter, report.",
    "10": "Visit the person, report what help is needed.",
    "11": "Restore order around the school, report when on site.",
    "12": "Check the line, remove the danger, report when on site.",
    "14": "Go at once, protect people first, report when on site.",
}


@dataclass(frozen=True)
class Plan:
    """A dispatch in the making. `parts`: every listed unit with "lead", "co" or "" (listed, not chosen).

    `is_touched`: units were chosen by hand, so a new category must not
    choose others.
    """

    category: str
    priority: str
    parts: tuple[tuple[int, str], ...] = ()
    instruction: str = ""
    template: str = ""
    is_touched: bool = False

    @property
    def lead(self) -> int:
        """The unit that leads; 0 when none does."""
        return next((unit for unit, part in self.parts if part == "lead"), 0)

    @property
    def chosen(self) -> tuple[tuple[int, str], ...]:
        """The units that will get a task, the lead first."""
        return tuple(sorted(((unit, part) for unit, part in self.parts if part), key=lambda one: one[1] != "lead"))

    def with_lead(self, unit: int) -> "Plan":
        """This unit leads; who led before helps."""
        parts = tuple((one, "lead" if one == unit else "co" if part == "lead" else part) for one, part in self._with(unit))
        return replace(self, parts=parts, is_touched=True)

    def with_co(self, unit: int, is_on: bool) -> "Plan":
        """This unit helps, or does not; the lead stays the lead."""
        parts = tuple((one, ("co" if is_on else "") if one == unit and part != "lead" else part) for one, part in self._with(unit))
        return replace(self, parts=parts, is_touched=True)

    def with_unit(self, unit: int) -> "Plan":
        """One more unit: as the lead when there is none, else as a helper."""
        return self.with_co(unit, True) if self.lead else self.with_lead(unit)

    def dispatch(self) -> Dispatch:
        """What is sent."""
        words = plain(self.instruction).strip()
        orders = tuple(Order(unit, part, words) for unit, part in self.chosen)  # type: ignore[arg-type]
        return Dispatch(orders, self.category, self.priority)

    def _with(self, unit: int) -> tuple[tuple[int, str], ...]:
        return self.parts if any(one == unit for one, _ in self.parts) else (*self.parts, (unit, ""))


def template_for(category: str) -> str:
    """The usual words for a category in the seat's language; empty when there are none."""
    source = TEMPLATES.get(category) or TEMPLATES.get(category[:2], "")
    return tr(source) if source else ""


def first_plan(case: Case, suggestion: Suggestion) -> Plan:
    """The plan a dispatch starts with: what the code table proposes."""
    words = template_for(case.category)
    return Plan(case.category, case.priority, _parts(suggestion), words, words)


def resorted(plan: Plan, category: str, suggestion: Suggestion, codes: Codes) -> Plan:
    """The plan for another category: its priority, its units unless chosen by hand, its words unless written by hand."""
    words = template_for(category)
    priority = codes.categories[category].priority if category != plan.category else plan.priority
    instruction = words if plan.instruction == plan.template else plan.instruction
    parts = plan.parts if plan.is_touched else _parts(suggestion)
    return replace(plan, category=category, priority=priority, parts=parts, instruction=instruction, template=words)


def find_units(typed: str, units: Mapping[int, Named], left_out: frozenset[int] = frozenset()) -> tuple[Named, ...]:
    """Units that may be meant: by code or initials from the beginning, by name anywhere; the best first."""
    wanted = typed.strip().casefold()
    if not wanted:
        return ()
    ranked = [(_rank(wanted, unit), len(unit.name), unit.id, unit) for unit in units.values() if unit.id not in left_out]
    return tuple(unit for rank, _, _, unit in sorted(one for one in ranked if one[0] < 3))[:MOST_FOUND]


def _rank(wanted: str, unit: Named) -> int:
    spellings = [spelling.casefold() for spelling in unit.spellings]
    if wanted in spellings:
        return 0
    if any(spelling.startswith(wanted) for spelling in spellings):
        return 1
    return 2 if wanted in unit.name.casefold() else 3


def _parts(suggestion: Suggestion) -> tuple[tuple[int, str], ...]:
    return tuple((order.org_id, order.kind) for order in suggestion.orders)
