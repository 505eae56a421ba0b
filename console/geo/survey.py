"""The check of map files against the ground: every broken area is named, every good one is kept, nothing is changed yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from console.domain.boundary import AreaChange, Checked, Columns, Finding
from console.domain.frame import Frame
from console.domain.place import Grid, Rings
from console.geo.datum_fit import Sample, better_frame, looks_like_metres
from console.geo.drawn import Layer, Tick
from console.geo.frames import zone_of
from console.geo.naming import Known, Named, Register, children, finding
from console.geo.outlining import Box, outlined
from console.geo.shapes import packed_of_shape, shape_of, shapes_of
from console.geo.tiling import Family, blames

MARGIN = 0.5  # degrees round the known ground in which an area may lie
SAME = 1e-7  # degrees: a centimetre; borders closer than this are the same
_READ, _FITTED = 0.5, 0.6  # shares of the work


@dataclass(frozen=True)
class Wanted:
    """What the checker says of the files: what the numbers of all of them are, None for what each says, and which columns hold what."""

    frame: Frame | None = None
    columns: Mapping[str, Columns] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Area:
    named: Named
    shape: BaseGeometry


def check(layers: Sequence[Layer], known: Known, wanted: Wanted, tick: Tick = lambda share: None) -> Checked:
    """What is wrong with the areas of some files, and which would change. Raises only what `tick` raises."""
    register = Register(known, wanted.columns)
    named = register.named(layers)
    found = register.found
    frames = {layer.name: frame for layer in layers if (frame := _frame(layer, wanted, found)) is not None}
    _fit(named, frames, known, found)
    wrong = {one.file for one in found if one.feature == 0 and one.severity == "refused"}
    areas = _outline(named, {name: frame for name, frame in frames.items() if name not in wrong}, known, found, tick)
    changes, unchanged = _changes(areas, known)
    moved = {code: change for code, change in changes.items() if change.rings is not change.before}
    if not wrong:
        found += _tile(areas, moved, known, _lacking(named, register.codes, areas, known), tick)
        found += _absent(named, register.codes, known)
    held = _held(changes, moved, known, found)
    refused = {one.code for one in found if one.severity == "refused"}
    taken = {code for code in changes if code not in held and not wrong}
    return Checked(
        tuple(sorted(found, key=lambda one: (one.file, one.feature, one.code, one.problem))),
        sum(len(layer.drawn) for layer in layers), unchanged, tuple(sorted(held - refused)),
        tuple(change for code, change in changes.items() if code in taken),
        tuple(change for code, change in changes.items() if code not in taken),
        {layer.name: layer.columns for layer in layers}, {name: frame.code for name, frame in frames.items()},
    )  # fmt: skip


def _frame(layer: Layer, wanted: Wanted, found: list[Finding]) -> Frame | None:
    """What a file's numbers are, by who checks or by the file itself; None, and why, when nobody can tell."""
    at = (layer.name, 0, "")
    frame = wanted.frame or layer.frame
    if frame is None:
        fault = layer.frame_fault
        found.append(finding(at, "refused", fault.code, **fault.facts) if fault is not None else finding(at, "refused", "datum_unsaid"))
        return None
    is_metres = looks_like_metres(layer.drawn)
    if is_metres is not None and is_metres != frame.is_metres:
        found.append(finding(at, "refused", "metres_not_degrees" if is_metres else "degrees_not_metres", known=frame.code))
        return None
    zones = {zone_of(drawn.numbers) for drawn in layer.drawn if len(drawn.numbers)} - {0} if frame.is_metres else set()
    if zones and zones != {frame.meridian // 3}:
        told = ", ".join(f"{zone} ({3 * zone}°E)" for zone in sorted(zones))
        found.append(finding(at, "refused", "belt_differs", value=told, known=f"{frame.meridian}°E"))
        return None
    return frame


def _fit(named: Sequence[Named], frames: Mapping[str, Frame], known: Known, found: list[Finding]) -> None:
    samples: dict[str, list[Sample]] = {}
    for one in named:
        area = known.area(one.code)
        is_same = area is not None and len(area.rings) > 0
        outline = area if is_same else known.divisions.get(one.parent)
        if outline is not None and len(outline.rings) and one.drawn.fault is None and one.file in frames:
            samples.setdefault(one.file, []).append(Sample(one.drawn, outline.rings, is_same))
    for file, some in samples.items():
        better = better_frame(some, frames[file])
        if better is not None:
            found.append(finding((file, 0, ""), "refused", "wrong_datum", known=frames[file].code, fits=better.code))


def _outline(named: Sequence[Named], frames: Mapping[str, Frame], known: Known, found: list[Finding], tick: Tick) -> dict[str, _Area]:
    box, areas = _box(known), {}
    for place, one in enumerate(named):
        frame = frames.get(one.file)
        if frame is None:
            continue
        result = outlined(one.drawn, frame, box)
        found += [finding(one, remark.severity, remark.problem, **remark.facts) for remark in result.remarks]
        if result.shape is not None:
            areas[one.code] = _Area(one, result.shape)
        tick(_READ * place / len(named))
    return areas


def _box(known: Known) -> Box | None:
    """Where the known ground lies, with a margin; None when nothing has an outline."""
    boxes = [shapely.bounds(shape_of(area.rings)) for area in known.divisions.values() if area.level <= 4 and len(area.rings)]
    if not boxes:
        return None
    (west, south), (east, north) = np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]
    return float(west) - MARGIN, float(south) - MARGIN, float(east) + MARGIN, float(north) + MARGIN


def _changes(areas: Mapping[str, _Area], known: Known) -> tuple[dict[str, AreaChange], int]:
    """The areas that would be new or other than they are, by code, and how many would stay as they are."""
    changes: dict[str, AreaChange] = {}
    same = _same(areas, known)
    for code, area in areas.items():
        one, old = area.named, known.area(code)
        if code in same and old is not None and old.name == one.name:
            continue
        before: Rings = old.rings if old is not None else ()
        rings = before if code in same else packed_of_shape(area.shape)
        was = old.name if old is not None else ""
        changes[code] = AreaChange(code, one.level, one.parent, one.path, one.name, rings, was, before)
    return changes, len(areas) - len(changes)


def _same(areas: Mapping[str, _Area], known: Known) -> set[str]:
    """Areas whose outline is what it was, but for less than a centimetre at each of its points."""
    old = {code: area.rings for code in areas if (area := known.area(code)) is not None and len(area.rings)}
    before = shapely.normalize(shapes_of(list(old.values())))
    after = shapely.normalize(np.array([areas[code].shape for code in old], dtype=object))
    return {code for code, same in zip(old, shapely.equals_exact(before, after, SAME).tolist(), strict=True) if same} if old else set()


def _lacking(named: Sequence[Named], present: Collection[str], areas: Mapping[str, _Area], known: Known) -> set[str]:
    """Parents of areas that are broken and have no outline yet: what such an area leaves open is not its neighbours' fault."""
    parents = {code: code[:12] for code in present if len(code) == 15} | {one.code: one.parent for one in named}
    new = [code for code in parents if code not in areas and ((area := known.area(code)) is None or not len(area.rings))]
    return {parents[code] for code in new}


def _tile(
    areas: Mapping[str, _Area], moved: Mapping[str, AreaChange], known: Known, lacking: Collection[str], tick: Tick
) -> list[Finding]:
    """Hold every family in which an outline changes against its parent."""
    inside = children(known)
    by_parent: dict[str, dict[str, Rings]] = {}
    for change in moved.values():
        by_parent.setdefault(change.parent, {})[change.code] = change.rings
    touched = {*by_parent, *(code for code, change in moved.items() if change.level < 6)}
    families = []
    for parent in sorted(touched):
        old = known.divisions.get(parent)
        outline: Rings = moved[parent].rings if parent in moved else old.rings if old is not None else ()
        kept = {area.code: area.rings for area in inside.get(parent, ())}
        members = kept | by_parent.get(parent, {})
        drawn = {code: rings for code, rings in members.items() if len(rings)}
        if len(outline) and drawn:
            is_whole = len(drawn) == len(members) and parent not in lacking
            families.append(Family(parent, outline, drawn, is_whole))
    found = []
    for blame in blames(families, moved, lambda share: tick(_FITTED + (1 - _FITTED) * share), count=len(families)):
        facts = {"area_m2": round(blame.area_m2, 1), "others": ", ".join(blame.others[:6]), "parent": blame.parent}
        found.append(finding(areas[blame.code].named, "refused", blame.problem, **facts))
    return found


def _absent(named: Sequence[Named], present: Collection[str], known: Known) -> list[Finding]:
    """Grids of a village that a file leaves out though it has more than half of them."""
    said: dict[str, list[Named]] = {}
    for one in named:
        if one.level == 6:
            said.setdefault(one.parent, []).append(one)
    inside, found = children(known), []
    for parent, some in said.items():
        lacking = [area.code for area in inside.get(parent, ()) if isinstance(area, Grid) and area.code not in present]
        if len(lacking) < len(some):
            found += [finding((some[0].file, 0, code), "noted", "not_in_file", parent=parent) for code in lacking]
    return found


def _held(changes: Mapping[str, AreaChange], moved: Collection[str], known: Known, found: Sequence[Finding]) -> set[str]:
    """Areas that may not change now: broken ones, all others of their parents, and what hangs on those in turn."""
    inside = children(known)
    broken = {one.code for one in found if one.severity == "refused" and one.code}
    parents = {code: change.parent for code, change in changes.items()}
    for parent, areas in inside.items():
        parents |= {area.code: parent for area in areas if area.code in broken and area.code not in parents}
    parents |= {code: code[:12] for code in broken if len(code) == 15 and code not in parents}
    held = set(broken)
    bad = {parents[code] for code in broken if code in parents} | {code for code in broken if len(code) == 12}
    while True:
        more = {code for code, parent in parents.items() if code in changes and (parent in bad or code in bad)} - held
        if not more:
            return held
        held |= more
        for code in more & set(moved):
            bad |= {parents[code], code}

