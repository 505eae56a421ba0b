"""Whether changed areas and those that stay tile their parents together, and which area is to blame where they do not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from console.domain.place import Rings
from console.geo.coverage import Fault, faults
from console.geo.drawn import Tick

_PROBLEMS = {"overlapping_areas": "areas_overlap", "areas_outside": "area_outside", "uncovered_area": "area_gap"}


@dataclass(frozen=True)
class Blame:
    """What is wrong with one area beside others of its parent, and how much of it."""

    code: str
    problem: str
    others: tuple[str, ...]
    area_m2: float
    parent: str


@dataclass(frozen=True)
class Family:
    """A parent with the outlines of everything in it, as it shall be."""

    parent: str
    outline: Rings
    areas: Mapping[str, Rings]
    is_whole: bool  # whether every child has an outline, so that what none covers is a gap


def blames(families: Iterable[Family], changed: Collection[str], tick: Tick = lambda share: None, *, count: int = 1) -> tuple[Blame, ...]:
    """Every fault of every family, laid at the door of the area that changed; of several, at each of them.

    What was wrong before and touches nothing that changes is not told. `count` is how
    many families there are.
    """
    found: list[Blame] = []
    for number, family in enumerate(families, start=1):
        tick(min(1.0, number / count))
        for fault in faults(family.areas, family.outline):
            if fault.problem == "uncovered_area" and not family.is_whole:
                continue
            found += _laid(fault, family.parent, changed)
    return _summed(found)


def _laid(fault: Fault, parent: str, changed: Collection[str]) -> list[Blame]:
    guilty = [code for code in fault.areas if code in changed]
    if fault.problem == "overlapping_areas":
        guilty = guilty[:1]  # one pair is one fault, told once
    if not guilty:
        if parent not in changed:
            return []
        guilty = [parent]
    others = tuple(code for code in fault.areas if code not in guilty)
    if fault.problem == "overlapping_areas":
        others = tuple(code for code in fault.areas if code != guilty[0])
    return [Blame(code, _PROBLEMS[fault.problem], others, fault.area_m2, parent) for code in guilty]


def _summed(found: Iterable[Blame]) -> tuple[Blame, ...]:
    """Gaps and reaches of one area together; overlaps stay apart, each names another neighbour."""
    sums: dict[tuple[object, ...], Blame] = {}
    for one in found:
        key = (one.code, one.problem, one.parent, one.others if one.problem == "areas_overlap" else ())
        before = sums.get(key)
        if before is None:
            sums[key] = one
        else:
            others = tuple(dict.fromkeys([*before.others, *one.others]))
            sums[key] = Blame(one.code, one.problem, others, before.area_m2 + one.area_m2, one.parent)
    return tuple(sums.values())
