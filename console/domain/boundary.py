"""What a check of map files finds, feature by feature, and the areas a file would change. Nothing here knows a geometry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from console.domain.errors import Invalid
from console.domain.place import Rings

Severity = Literal["refused", "repaired", "noted"]
SEVERITIES: tuple[Severity, ...] = ("refused", "repaired", "noted")
GRID_LEVEL = 6
# What columns are called in the files of surveying offices, the likeliest first.
_CODES = ("code", "grid_code", "gridcode", "网格编码", "网格代码", "区划代码", "代码", "编码", "wgbm", "wgdm", "xzqdm", "zldwdm", "bm",
          "dm", "id")  # fmt: skip
_NAMES = ("name", "grid_name", "gridname", "网格名称", "区划名称", "名称", "wgmc", "xzqmc", "zldwmc", "mc")
_PARENTS = ("parent", "parent_code", "division", "village", "上级代码", "上级", "所属村", "所属", "sjdm", "pid", "parentcode")


@dataclass(frozen=True)
class Columns:
    """Which columns of a file hold an area's code, its name and its parent; empty where there is none."""

    code: str = ""
    name: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing a check found: in which feature of which file (0: the file as a whole), of which area, and how grave it is.

    `problem` and `facts` make the sentence for people, as a refusal's do.
    """

    file: str
    feature: int
    code: str
    severity: Severity
    problem: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def refusal(self) -> Invalid:
        """What is wrong, as a refusal whose words are known."""
        return Invalid(self.file or "boundary", self.problem, **self.facts)


@dataclass(frozen=True)
class AreaChange:
    """One area as it is and as it shall be; an area that is new has no `before`.

    `level` is the division's, 6 for a grid; `parent` is the code of the division it lies in.
    """

    code: str
    level: int
    parent: str
    path: str
    name: str
    rings: Rings = field(repr=False)
    was_name: str = ""
    before: Rings = field(default=(), repr=False)

    @property
    def is_new(self) -> bool:
        """Whether no such area was there before."""
        return not self.was_name and not len(self.before)


@dataclass(frozen=True)
class Checked:
    """The answer of a check: every finding, how many features there were, which areas would change, and what the files are in.

    `held` are areas that are sound themselves, but whose parent's other areas are not: a
    parent is changed whole or not at all. `kept_back` are their outlines, and those of
    broken areas as far as they have one, for a map to show.
    """

    findings: tuple[Finding, ...]
    features: int = 0
    unchanged: int = 0
    held: tuple[str, ...] = ()
    changes: tuple[AreaChange, ...] = field(default=(), repr=False)
    kept_back: tuple[AreaChange, ...] = field(default=(), repr=False)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    frames: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def guess_columns(columns: Sequence[str]) -> Columns:
    """The columns of a file that are called as such columns are."""
    return Columns(_first(columns, _CODES), _first(columns, _NAMES), _first(columns, _PARENTS))


def _first(columns: Iterable[str], words: Sequence[str]) -> str:
    known = {column.strip().lower(): column for column in columns}
    return next((known[word] for word in words if word in known), "")


def code_of(value: object) -> str:
    """A code as text, whatever a table made of it: a number with ".0" behind it, spaces, full-width digits.

    Codes of a county or town with six or nine digits get their zeros.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = "" if value is None or isinstance(value, bool) else str(value).strip()
    words = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in words).removesuffix(".0")
    return words.ljust(12, "0") if words.isdigit() and len(words) in (6, 9) else words


def level_of(code: str) -> int:
    """The level a 12-digit division code tells by its zeros, 6 for the 15 digits of a grid."""
    if len(code) == 15:
        return GRID_LEVEL
    for level, digits in ((2, 4), (3, 6), (4, 9)):
        if set(code[digits:]) <= {"0"}:
            return level
    return 5
