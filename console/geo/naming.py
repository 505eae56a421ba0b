"""Who the features of a file say they are: codes, names and parents, held against the ground that is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.domain.boundary import GRID_LEVEL, Columns, Finding, Severity, code_of, guess_columns, level_of
from console.domain.errors import Invalid
from console.domain.place import Division, Grid, check_division_code, check_grid_code
from console.domain.texts import is_storable
from console.geo.drawn import Drawn, Layer

NAME_MAX = 80


@dataclass(frozen=True)
class Known:
    """The ground as it is, and the path of divisions the checker may change: all when empty."""

    divisions: Mapping[str, Division] = field(repr=False)
    grids: Mapping[str, Grid] = field(repr=False)
    reach: str = ""

    def area(self, code: str) -> Division | Grid | None:
        """The area of a code, whichever it is."""
        return self.grids.get(code) or self.divisions.get(code)


@dataclass(frozen=True, eq=False)
class Named:
    """A feature that says which area it is."""

    file: str
    drawn: Drawn
    code: str
    level: int
    parent: str
    path: str
    name: str


def finding(at: "Named | tuple[str, int, str]", severity: Severity, code: str, /, **facts: object) -> Finding:
    """Something found in a feature, or at a place named by file, feature and code."""
    file, feature, area = at if isinstance(at, tuple) else (at.file, at.drawn.number, at.code)
    return Finding(file, feature, area, severity, code, facts)


class Register:
    """Names the features of all files, and keeps what is wrong with their names in `found`."""

    def __init__(self, known: Known, columns: Mapping[str, Columns]) -> None:
        self._known, self._columns = known, columns
        self._first: dict[str, Named] = {}
        self.found: list[Finding] = []
        self.columns: dict[str, Columns] = {}
        self.codes: set[str] = set()  # that stand in a file at all, sound or not

    def named(self, layers: Sequence[Layer]) -> tuple[Named, ...]:
        """Every feature whose name is sound; two of one code are both left out."""
        rows = [(layer.name, drawn, self._code(layer, drawn)) for layer in layers if self._has_code(layer) for drawn in layer.drawn]
        coming = {code: (file, drawn) for file, drawn, code in rows if code}
        self.codes |= coming.keys()
        twice: set[str] = set()
        for file, drawn, code in rows:
            named = self._one(file, drawn, code, coming) if code else None
            if named is None:
                continue
            before = self._first.setdefault(code, named)
            if before is not named:
                twice.add(code)
                self._say(named, "code_twice", file=before.file, feature=before.drawn.number)
        return tuple(named for code, named in self._first.items() if code not in twice)

    def _has_code(self, layer: Layer) -> bool:
        columns = self._columns.get(layer.name) or guess_columns(layer.columns)
        self.columns[layer.name] = columns
        for role, column in (("code", columns.code), ("name", columns.name), ("parent", columns.parent)):
            if column and column not in layer.columns:
                self.found.append(finding((layer.name, 0, ""), "refused", "no_such_column", value=column, known=", ".join(layer.columns)))
                self.columns[layer.name] = replace(columns, **{role: ""})
        if not self.columns[layer.name].code:
            self.found.append(finding((layer.name, 0, ""), "refused", "no_code_column", known=", ".join(layer.columns)))
        elif not columns.name:
            self.found.append(finding((layer.name, 0, ""), "noted", "no_name_column", known=", ".join(layer.columns)))
        return bool(self.columns[layer.name].code)

    def _value(self, file: str, drawn: Drawn, role: str) -> object:
        column = getattr(self.columns[file], role)
        return drawn.properties.get(column) if column else None

    def _code(self, layer: Layer, drawn: Drawn) -> str:
        code = code_of(self._value(layer.name, drawn, "code"))
        if not code:
            self.found.append(finding((layer.name, drawn.number, ""), "refused", "code_missing"))
            return ""
        try:
            return check_grid_code(code) if len(code) == 15 else check_division_code(code)
        except Invalid:
            self.found.append(finding((layer.name, drawn.number, code[:24]), "refused", "bad_area_code", value=code[:40]))
            return ""

    def _one(self, file: str, drawn: Drawn, code: str, coming: Mapping[str, tuple[str, Drawn]]) -> Named | None:
        known = self._known.area(code)
        name = str(self._value(file, drawn, "name") or "").strip() or (known.name if known is not None else "")
        level = known.level if known is not None else level_of(code)
        told = code_of(self._value(file, drawn, "parent"))
        parent = self._parent(code, level, told)
        named = Named(file, drawn, code, level, parent, "", name)
        if not name:
            return self._say(named, "area_without_name")
        if len(name) > NAME_MAX:
            return self._say(named, "name_long", most=NAME_MAX)
        if not is_storable(name):
            return self._say(named, "name_unreadable")
        if told and told != parent:
            return self._say(named, "parent_differs", value=told, known=parent)
        path = self._path(code, level, parent, coming)
        if path is None:
            return self._say(named, "unknown_parent", value=parent)
        if not path.startswith(self._known.reach):
            return self._say(named, "not_your_area")
        return replace(named, path=path)

    def _parent(self, code: str, level: int, told: str) -> str:
        """A grid lies in the village its code begins with; a division where it is known to lie, else where it says, else by its digits."""
        if level == GRID_LEVEL:
            return code[:12]
        known = self._known.divisions.get(code)
        if known is not None:
            return known.parent
        if told and told[:2] == code[:2]:
            return told
        return {5: code[:9] + "000", 4: code[:6] + "000000", 3: code[:4] + "00000000"}.get(level, "")

    def _path(self, code: str, level: int, parent: str, coming: Mapping[str, tuple[str, Drawn]]) -> str | None:
        """The divisions from the top down to an area; None when one of them is nowhere."""
        own = "" if level == GRID_LEVEL else f"{code}/"
        known = self._known.divisions.get(code)
        if known is not None:
            return known.path
        above = self._known.divisions.get(parent)
        if above is not None:
            return above.path + own if above.level < level and not (level == GRID_LEVEL and above.level != GRID_LEVEL - 1) else None
        if parent in coming and level_of(parent) < level:
            higher = self._path(parent, level_of(parent), self._parent(parent, level_of(parent), ""), coming)
            return higher + own if higher is not None else None
        return f"/{code}/" if level == 2 and not parent else None

    def _say(self, at: Named, problem: str, **facts: object) -> None:
        self.found.append(finding(at, "refused", problem, **facts))


def children(known: Known) -> dict[str, list[Division | Grid]]:
    """The areas in each division, by its code."""
    found: dict[str, list[Division | Grid]] = {}
    for area in _areas(known):
        found.setdefault(area.division if isinstance(area, Grid) else area.parent, []).append(area)
    return found


def _areas(known: Known) -> Iterator[Division | Grid]:
    yield from known.divisions.values()
    yield from known.grids.values()
