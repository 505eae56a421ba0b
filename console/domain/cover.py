"""How many cameras stand in each administrative village, and in all above it (handbook SYS-19: six at least)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.place import VILLAGE, Division

LEAST = 6  # cameras of a village


@dataclass(frozen=True)
class Cover:
    """A division with its cameras: a village's own, a sum's of everything below. `short` counts villages with too few."""

    code: str
    name: str
    level: int
    town: str
    county: str
    cameras: int
    villages: int
    short: int

    @property
    def is_sum(self) -> bool:
        """Whether this adds up villages."""
        return self.level != VILLAGE

    @property
    def lacking(self) -> int:
        """How many cameras a village needs to have enough; a sum needs none itself."""
        return 0 if self.is_sum else max(0, LEAST - self.cameras)


def covers(divisions: Iterable[Division], cameras: Mapping[str, int]) -> tuple[Cover, ...]:
    """Every village of some divisions and the sums above them, by code.

    `cameras` counts those that stand in each division itself; what stands in a
    group below a village is the village's, what stands in a town itself is
    only in the sums. Divisions above the given ones are not summed.
    """
    known = {division.code: division for division in divisions}
    total, villages, short = dict.fromkeys(known, 0), dict.fromkeys(known, 0), dict.fromkeys(known, 0)
    for code, division in known.items():
        for above in _path(division, known):
            total[above] += cameras.get(code, 0)
    for code, division in known.items():
        if division.level == VILLAGE:
            for above in _path(division, known):
                villages[above] += 1
                short[above] += total[code] < LEAST
    seen = sorted(code for code, division in known.items() if division.level <= VILLAGE and villages[code])
    return tuple(_cover(known[code], known, (total[code], villages[code], short[code])) for code in seen)


def _path(division: Division, known: Mapping[str, Division]) -> list[str]:
    return [code for code in dict.fromkeys((*division.path.split("/"), division.code)) if code in known]


def _cover(division: Division, known: Mapping[str, Division], figures: tuple[int, int, int]) -> Cover:
    above = [known[code] for code in _path(division, known)[:-1]]
    names = {one.level: one.name for one in above}
    return Cover(division.code, division.name, division.level, names.get(VILLAGE - 1, ""), names.get(VILLAGE - 2, ""), *figures)
