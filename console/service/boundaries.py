"""Boundaries: checked, proposed, approved by somebody else, kept in versions, and given out.

A check writes nothing. A proposal is written in batches and becomes one by a switch. What
an approval takes over is what was proposed: the ground it was checked against must still
stand, and no two proposals that touch the same village, or the villages of one town, wait
at once. Cases stay in the grids they were given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from console.domain.boundary import GRID_LEVEL, AreaChange, Checked, Columns
from console.domain.boundary_change import (
    BOUNDARY_FLOW,
    EXPORTERS,
    PROPOSED,
    PROPOSERS,
    READERS,
    STAGING,
    BoundaryChange,
    BoundaryRow,
)
from console.domain.errors import ConsoleError, Denied, Invalid, Missing, Refused
from console.domain.frame import WGS84, Frame
from console.domain.people import Actor
from console.domain.place import Division, Grid
from console.domain.texts import check_text
from console.geo.boundary_files import write_areas
from console.geo.drawn import Drawn, Layer
from console.geo.layers import read_layer
from console.geo.naming import Known, finding
from console.geo.shapes import numbers_of_rings
from console.geo.survey import Wanted, check
from console.service.desk import Act, Desk, Facts
from console.store import atlas, tables
from console.store import boundaries as store
from console.store.find import boundaries as find
from console.store.scope import Scope
from console.store.unit import Unit

NOTE_MAX, FILES_MAX = 500, 400
BATCH = 500
COLUMNS = ("code", "name", "parent")
CODES_TOLD = 50  # in a journal line; the rows hold all
_READING = 0.3  # of a check's work
Progress = Callable[[int, int], bool]  # done and total, in hundredths; false stops


@dataclass(frozen=True)
class Survey:
    """A check's answer, with what it was checked against; a proposal is made of it."""

    checked: Checked
    files: tuple[str, ...]
    mark: int = field(repr=False)


class Stopped(ConsoleError):
    """Somebody stopped the work; nothing of it stays."""

    def __init__(self) -> None:
        super().__init__("work_stopped")


def _on(_done: int, _total: int) -> bool:
    return True


class Boundaries:
    """Operations on boundaries. Each raises Missing, Stale, Denied, Refused and Invalid; nothing half done stays."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def check(
        self, actor: Actor, files: Sequence[Path], frame: Frame | None, columns: dict[str, Columns], progress: Progress = _on
    ) -> Survey:
        """What is wrong with the areas of some files, and which would change; nothing is written.

        `frame` is what the numbers of all of them are, whatever they say, None to take each
        at its word; `columns` names those of a file by its name. Raises Stopped when
        `progress` says so.
        """
        if not actor.holds_any(PROPOSERS):
            raise Denied("role", kind="boundary", action="check")
        if not files:
            raise Invalid("file", "no_file")
        layers, faults = [], []
        for place, path in enumerate(files):
            share = _READING * place / len(files), _READING / len(files)
            try:
                layers.append(read_layer(path, lambda done, share=share: _tick(progress, share[0] + share[1] * done)))
            except Invalid as fault:
                faults.append(finding((path.name, 0, ""), "refused", fault.code, **fault.facts))
        with self.desk.store.read() as unit:
            known, mark = self._known(unit, actor), store.mark(unit)
        found = check(_apart(layers), known, Wanted(frame, columns), lambda done: _tick(progress, _READING + (1 - _READING) * done))
        checked = replace(found, findings=(*faults, *found.findings), changes=() if faults else found.changes,
                          kept_back=(*found.changes, *found.kept_back) if faults else found.kept_back)  # fmt: skip
        return Survey(checked, tuple(path.name for path in files), mark)

    def propose(self, actor: Actor, survey: Survey, note: str, progress: Progress = _on) -> BoundaryChange:
        """Propose what a check found to be sound and other than it is. Raises Stopped when `progress` says so."""
        changes = survey.checked.changes
        if not actor.holds_any(PROPOSERS):
            raise Denied("role", kind="boundary", action="propose")
        if not changes:
            raise Invalid("file", "no_changes")
        if not note.strip():
            raise Invalid("note", "needs_reason")
        check_text("note", note, NOTE_MAX)
        grids = sum(area.level == GRID_LEVEL for area in changes)
        files = ", ".join(survey.files)[:FILES_MAX]
        new = self.desk.run(actor, lambda act: act.unit.add(tables.boundary_change, BoundaryChange(
            0, actor.centre_id, actor.user_id, act.now, note.strip(), files, len(changes), grids, STAGING)))  # fmt: skip
        try:
            for start in range(0, len(changes), BATCH):
                part = changes[start : start + BATCH]
                self.desk.run(actor, lambda act, part=part: store.stage(act.unit, new.id, part))
                _tick(progress, min(1.0, (start + BATCH) / len(changes)))
            return self.desk.run(actor, lambda act: self._switch(act, new, survey))
        finally:
            self.desk.run(actor, lambda act: store.sweep(act.unit, new.id))

    def approve(self, actor: Actor, change_id: int, version: int) -> BoundaryChange:
        """Let a proposal be the ground. The approver is never the applicant, and sits at its centre or above, from the town upwards."""

        def work(act: Act) -> BoundaryChange:
            change = self._change(act, change_id, version)
            moved = self._move(act, change, "approve", "")
            stale = store.moved_since(act.unit, change.id)
            if stale:
                raise Refused("ground_moved", "boundary", codes=", ".join(stale))
            store.take_over(act.unit, change.id)
            return moved

        return self.desk.run(actor, work)

    def refuse(self, actor: Actor, change_id: int, version: int, reason: str) -> BoundaryChange:
        """Say no to a proposal, with the reason its applicant reads."""
        return self.desk.run(actor, lambda act: self._move(act, self._change(act, change_id, version), "refuse", reason))

    def withdraw(self, actor: Actor, change_id: int, version: int, reason: str = "") -> BoundaryChange:
        """Take back a proposal."""
        return self.desk.run(actor, lambda act: self._move(act, self._change(act, change_id, version), "withdraw", reason))

    def changes(self, actor: Actor, only: str = "all", code: str = "") -> tuple[BoundaryRow, ...]:
        """Changes the actor may know of, newest first: "waiting", "approved" or "all", of one area when a code is given."""
        with self.desk.store.read() as unit:
            return find.changes(unit, Scope(actor), only=only, code=code)

    def areas(self, actor: Actor, change_id: int) -> tuple[AreaChange, ...]:
        """The areas of a change as it found them and as it wants them; of an approved one these are the older versions."""
        with self.desk.store.read() as unit:
            return find.areas(unit, Scope(actor), change_id)

    def revert(self, actor: Actor, change_id: int) -> Survey:
        """The outlines and names an approved change replaced, ready to be proposed again; areas that were new stay.

        Raises Missing, Denied, and Refused("wrong_state") for a change that is not approved.
        """
        if not actor.holds_any(PROPOSERS):
            raise Denied("role", kind="boundary", action="propose")
        with self.desk.store.read() as unit:
            rows = [row for row in find.changes(unit, Scope(actor), only="approved") if row.change.id == change_id]
            if not rows:
                raise Missing("boundary", change_id)
            old = [area for area in find.areas(unit, Scope(actor), change_id) if not area.is_new and len(area.before)]
            known, mark = self._known(unit, actor), store.mark(unit)
        drawn = tuple(_drawn(place, area) for place, area in enumerate(old, start=1))
        layer = Layer(rows[0].change.files or str(change_id), drawn, COLUMNS)
        return Survey(check((layer,), known, Wanted(WGS84)), (layer.name,), mark)

    def export(self, actor: Actor, division: str, path: Path) -> tuple[Path, ...]:
        """Write a division, those below it and their grids as GeoJSON or shapefile, by the file's ending; the files written."""
        if not actor.holds_any(EXPORTERS):
            raise Denied("role", kind="boundary", action="export")
        with self.desk.store.read() as unit:
            top, divisions, grids = find.reach(unit, Scope(actor)), atlas.divisions(unit), atlas.grids(unit)
        inside = {one.code: one for one in divisions if f"/{division}/" in one.path and top is not None and one.path.startswith(top.path)}
        if division not in inside:
            raise Missing("division", division)
        areas: list[Division | Grid] = [*inside.values(), *(grid for grid in grids if grid.division in inside)]
        self.desk.run(actor, lambda act: act.note("export", "boundary", 0, 0, {"division": division, "areas": len(areas)}))
        return write_areas(path, areas)

    def may(self, actor: Actor, what: str) -> bool:
        """Whether an actor may "read", "propose" or "export" at all; each operation decides about each thing."""
        return actor.holds_any({"read": READERS, "propose": PROPOSERS, "export": EXPORTERS}[what])

    def reach(self, actor: Actor) -> Division | None:
        """The division the actor's centre answers for; None for who has none."""
        with self.desk.store.read() as unit:
            return find.reach(unit, Scope(actor))

    def _known(self, unit: Unit, actor: Actor) -> Known:
        top = find.reach(unit, Scope(actor))
        if top is None:
            raise Missing("division", actor.centre_id)
        divisions = {one.code: one for one in atlas.divisions(unit)}
        return Known(divisions, {one.code: one for one in atlas.grids(unit)}, top.path)

    def _switch(self, act: Act, new: BoundaryChange, survey: Survey) -> BoundaryChange:
        store.lock(act.unit)
        if store.mark(act.unit) != survey.mark or store.moved_since(act.unit, new.id):
            raise Refused("ground_changed", "boundary")
        busy = store.waiting_families(act.unit)
        touched = sorted(store.families(survey.checked.changes) & busy.keys())
        if touched:
            raise Refused("boundary_waits", "boundary", value=touched[0], change=busy[touched[0]])
        return self._save(act, new, replace(new, state=PROPOSED), "BC0", "propose")

    def _change(self, act: Act, change_id: int, version: int) -> BoundaryChange:
        found = act.unit.record(BoundaryChange, store.locked(act.unit, act.scope, change_id))
        if found is None:
            raise Missing("boundary", change_id)
        if found.version != version:
            raise act.unit.stale("boundary_change", change_id)
        return found

    def _move(self, act: Act, change: BoundaryChange, action: str, reason: str) -> BoundaryChange:
        check_text("reason", reason, NOTE_MAX)
        step = BOUNDARY_FLOW.step(change, act.actor, action, {"actor": act.actor.user_id, "reason": reason})
        decided = replace(change, state=step.target, decided_by=act.actor.user_id, decided_at=act.now, answer=reason.strip())
        return self._save(act, change, decided, step.id, action)

    def _save(self, act: Act, old: BoundaryChange, new: BoundaryChange, step: str, op: str) -> BoundaryChange:
        stored = act.unit.save(tables.boundary_change, old, new)
        codes = list(store.codes(act.unit, stored.id, CODES_TOLD))
        facts: Facts = {"step": step, "centre": stored.centre_id, "areas": stored.areas, "grids": stored.grids, "codes": codes,
                        "proposed_by": stored.proposed_by}  # fmt: skip
        before = "" if old.state == STAGING else old.state
        act.note(op, "boundary", stored.id, stored.version, facts, states=(before, stored.state))
        return stored


def _tick(progress: Progress, share: float) -> None:
    if not progress(round(100 * share), 100):
        raise Stopped


def _apart(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Files of one name from two folders get names of their own, so that each finding names its file."""
    seen: dict[str, int] = {}
    found = []
    for layer in layers:
        seen[layer.name] = seen.get(layer.name, 0) + 1
        found.append(layer if seen[layer.name] == 1 else replace(layer, name=f"{layer.name} ({seen[layer.name]})"))
    return tuple(found)


def _drawn(place: int, area: AreaChange) -> Drawn:
    """The outline an area had, as a file would have it."""
    numbers, lengths = numbers_of_rings([area.before])
    return Drawn(place, {"code": area.code, "name": area.was_name, "parent": area.parent}, numbers, tuple(lengths.tolist()))
