"""What plugins, their states, notes and reports are called on the screen."""

from console.domain import people_file
from console.domain.errors import ConsoleError
from console.domain.people_file import Problem
from console.domain.plugin import Manifest, Note
from console.service.plugins import PluginRow
from console.service.register import Preview, TakenIn
from console.ui.base.words import language, refusal, tr


def name_words(row: PluginRow) -> str:
    """A plugin's name; its folder's while nothing better is known."""
    return row.found.manifest.name.named(language()) if row.found.manifest is not None else row.found.id


def state_words(row: PluginRow) -> str:
    """How a plugin fares."""
    health = row.found.health
    if health.state == "off" and row.reported_at is not None and row.found.manifest is not None and row.found.manifest.life == "once":
        return tr("read")
    if health.state == "failed" and health.wait_s:
        return tr("failed, tried again {seconds} s later", seconds=f"{health.wait_s:g}")
    return {
        "found": tr("not set up"), "off": tr("off"), "starting": tr("starting …"), "running": tr("running"), "failed": tr("failed"),
        "too_new": tr("too new for this program"),
    }[health.state]  # fmt: skip


def reason_words(row: PluginRow) -> str:
    """Why a plugin failed; empty for one that did not."""
    reason = row.found.health.reason
    return _said(row.found.manifest, reason.code, reason.facts) or refusal(reason) if reason is not None else ""


def note_words(row: PluginRow, note: Note) -> str:
    """What a plugin said, in its own words."""
    return _said(row.found.manifest, note.code, dict(note.facts)) or refusal(ConsoleError(note.code, None, **note.facts))


def preview_words(found: Preview, *, is_whole: bool) -> str:
    """What taking a report in would do."""
    mistakes = len(found.problems)
    if not found.total:
        return tr("It found no camera.")
    facts = {"total": found.total, "fresh": found.fresh, "changed": found.changed, "count": mistakes}
    if mistakes and is_whole:
        return tr("{total} cameras, {count} mistakes: nothing can be taken in yet.", total=found.total, count=mistakes)
    if mistakes:
        return tr("{total} cameras: {fresh} new, {changed} changed; those with one of the {count} mistakes are left out.", **facts)
    if not found.fresh and not found.changed:
        return tr("{total} cameras, all of them known as they are.", total=found.total)
    return tr("{total} cameras, no mistake: {fresh} new, {changed} changed.", total=found.total, fresh=found.fresh, changed=found.changed)


def placeless_words(count: int) -> str:
    """What is to be done about cameras nobody knows the place of."""
    return tr("{count} of them have no position; a camera list gives them one by their number.", count=count) if count else ""


def taken_words(taken: TakenIn) -> str:
    """What was taken in."""
    facts = {"fresh": taken.fresh, "changed": taken.changed, "left_out": taken.left_out}
    if taken.left_out:
        return tr("Taken in: {fresh} new, {changed} changed; {left_out} left out.", **facts)
    return tr("Taken in: {fresh} new, {changed} changed.", fresh=taken.fresh, changed=taken.changed)


def field_words(problem: Problem) -> str:
    """The field a mistake is in."""
    known = {
        "name": tr("Camera name"), "code": tr("Hall number"), "gb_id": tr("GB id"), "lon": tr("Longitude"), "lat": tr("Latitude"),
        "datum": tr("Datum"), "direction": tr("Direction"), "fov_deg": tr("View angle"), "ptz_type": tr("Camera type"),
        "position_type": tr("Kind of place"), "room_type": tr("In or outdoors"), "use_type": tr("Use"), "light": tr("Light"),
        "storage_days": tr("Days stored"), "centre": tr("Centre code"), "grid": tr("Grid"), "sub": tr("Sub stream"),
        "main": tr("Main stream"), "ref": tr("Plugin's own name"), "clock_offset_s": tr("Clock offset"), "clock_read_s": tr("Clock offset"),
        "notice_sign": tr("Sign"), "filing_no": tr("Filing number"),
        "owner": tr("Owner"), "basis": tr("Written basis"), "approved_by": tr("Approved by"),
    }  # fmt: skip
    return known.get(problem.field, problem.field)


def value_words(problem: Problem) -> str:
    """What stands there; of an address nothing, for it may carry a password."""
    return "***" if problem.field in ("sub", "main") else people_file.safe(problem.value)


def _said(manifest: Manifest | None, code: str, facts: dict[str, object]) -> str:
    words = manifest.words.get(code) if manifest is not None else None
    if words is None:
        return ""
    try:
        return words.named(language()).format(**facts)
    except (KeyError, IndexError, ValueError, AttributeError):
        return f"{code} {facts}"
