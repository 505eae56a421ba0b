"""The shipped register of divisions: 濮阳's counties, towns and villages, each with its code, its everyday name and its parent.

Two county-level units have no outline of their own (handbook 2.3): both are
taken out of 华龙区's. 410972 经济技术开发区 has a centre of its own and is a
neighbour of 华龙区; 410971 工业园区 is served by 华龙区's centre and lies
inside 华龙区 as one of its parts.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import Invalid
from console.domain.place import COUNTY, TOWN, VILLAGE

CITY_CODE = "410900000000"
URBAN, PARK, ZONE = "410902000000", "410971000000", "410972000000"
PARENTS = {PARK: URBAN}  # the register puts it under the city; its ground and its centre are 华龙区's
LEVELS = {"city": 2, "county": COUNTY, "town": TOWN, "village": VILLAGE}
FILE = "puyang_divisions.csv"
# How villages are named in the register, and how people call them.
ENDINGS = (
    ("类似居委会", "社区"), ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("居民委员会", "社区"), ("居委会", "社区"),
    ("村民委员会", "村"), ("村委会", "村"),
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A line of the register of divisions."""

    code: str
    name: str
    level: int
    parent: str

    @property
    def is_urban(self) -> bool:
        """Whether a village is a town's own community (居委会, 001-199)."""
        return int(self.code[9:]) < 200


def read_names(path: Path) -> tuple[Named, ...]:
    """The register of the whole city. Raises Invalid for a broken file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        official = {row["code"]: row["name"] for row in rows}
        return tuple(
            Named(
                row["code"], called(row["name"].removeprefix(official.get(row["parent"], "\0"))), LEVELS[row["level"]],
                PARENTS.get(row["code"], row["parent"]),
            ) for row in rows
        )  # fmt: skip
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)) from broken


def called(name: str) -> str:
    """A village as people call it: 齐庄村委会 is 齐庄村, 光明路居委会 is 光明路社区."""
    for ending, instead in ENDINGS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return stem if stem.endswith(instead) else stem + instead
    return name


def path_of(name: Named, by_code: Mapping[str, Named]) -> str:
    """The way down to a division: "/410900000000/…/" and itself."""
    parent = by_code.get(name.parent)
    return f"{path_of(parent, by_code) if parent else '/'}{name.code}/"
