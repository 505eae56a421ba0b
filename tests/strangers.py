"""Who must not learn of a thing, and how to look whether an answer tells anything about it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Table, select, update

from console.domain.approval import Approval, ExportRecord
from console.domain.attachment import Attachment
from console.domain.boundary import AreaChange
from console.domain.boundary_change import BoundaryChange
from console.domain.camera import VideoAccess
from console.domain.case import Case
from console.domain.clip import VideoClip
from console.domain.code_change import CodeChange
from console.domain.duty import Duty
from console.domain.errors import Missing
from console.domain.footage import Footage
from console.domain.patrol import PatrolPlan, shift_at
from console.domain.people import Actor
from console.domain.rolechange import ASKED, RoleChange
from console.domain.saved_wall import SavedWall, WallTour
from console.domain.supervision import OPEN, RED, SUPERVISE, Supervision
from console.domain.task import Order, Task
from console.domain.video_leave import VideoLeave
from console.service.applications import Wish
from console.service.retention import Holds
from console.store import boundaries, retention, sessions, tables, uploads
from console.store.sessions import SessionRow
from console.store.uploads import Upload
from tests.make import CAMERAS, CODES, COUNTY, VILLAGE, Town

GONE = 37
NOBODY = Actor(0, "", 0, 0, "", frozenset())
OUTSIDE = ("stranger", "stranger-d10", "grid002", "d30", "roleless", "")


@dataclass(frozen=True)
class Hidden:
    """A case with its task, report and photo, at a moment when certain people may know nothing of it."""

    moment: str
    case: Case
    task: Task
    photo: str
    strangers: tuple[Actor, ...]


def outsiders(town: Town) -> tuple[Actor, ...]:
    """People who never have to do with the case: another county, another unit, another grid, no role, nobody."""
    roleless = Actor(13, "观摩员", 1, 2, "/1/2/", frozenset(), login="roleless")
    return (*(town.actor(name) for name in ("stranger", "stranger-d10", "grid002", "d30")), roleless, NOBODY)


def moments(town: Town, photos: tuple[str, str, str, str]) -> tuple[Hidden, ...]:
    """The same matter held, recalled after its release, released, and shielded after its release."""
    names = ("held", "recalled", "released", "shielded")
    held, recalled, released, shielded = (sent(town, photo, moment) for photo, moment in zip(photos, names, strict=True))
    outside = outsiders(town)
    lead = town.actor("d10")
    return (
        Hidden("held", *held, photos[0], (*outside, lead)),
        Hidden("recalled", *recalled, photos[1], (*outside, lead)),
        Hidden("released", *released, photos[2], outside),
        Hidden("shielded", *shielded, photos[3], (*outside, town.actor("duty"), town.actor("director"), town.actor("viewer"))),
    )


def keep_photos(town: Town) -> tuple[str, str, str, str]:
    """Four pictures the grid worker has sent in."""
    names = tuple(hashlib.sha256(bytes([number])).hexdigest() for number in range(4))
    with town.store.write() as unit:
        for name in names:
            uploads.remember(unit, Upload(name, town.actor("grid001").user_id, 1, 4, 3, town.clock.now()))
    return names  # type: ignore[return-value]


def sent(town: Town, photo: str, moment: str) -> tuple[Case, Task]:
    """A report with a photo, dispatched to the housing department, and brought to a moment."""
    duty = town.actor("duty")
    receipt = town.report("0601", photos=(photo,))
    town.cases.send(duty, receipt.case_id, 1, [Order(2, "lead", "现场设围挡")])
    town.supervisions.supervise(town.actor("director"), receipt.case_id, town.case(receipt.case_id).version, "1", "请尽快处置")
    town.applications.ask_on_case(duty, receipt.case_id, town.case(receipt.case_id).version, "ask_void", Wish("2", "误报"))
    until = town.clock.now() + timedelta(days=90)
    Holds(town.desk).place(town.actor("director"), receipt.case_id, town.case(receipt.case_id).version, "法院调取案卷", until)
    _note_deletions(town, town.case(receipt.case_id).number)
    with town.store.write() as unit:
        unit.add(tables.supervision, Supervision(0, receipt.case_id, SUPERVISE, RED, 0, 2, 2, "", town.clock.now(), True, OPEN))
    if moment != "held":
        town.wait(10)
        town.tasks.release(duty, receipt.case_id)
    if moment == "recalled":
        town.cases.recall(duty, receipt.case_id, town.case(receipt.case_id).version, "派错单位")
    if moment == "shielded":
        town.answer("d10", task_of(town, receipt.case_id), "sign")
        with town.store.write() as unit:
            unit.run(update(tables.case).where(tables.case.c.id == receipt.case_id).values(shield="检举"))
    filmed(town, receipt.case_id)
    with town.store.read() as unit:
        case = unit.get(tables.case, Case, receipt.case_id)
    assert case is not None
    return case, task_of(town, receipt.case_id)


def _note_deletions(town: Town, number: str) -> None:
    """Let a night have taken so many things from a case that its figures tell of it."""
    with town.store.write() as unit:
        report = retention.report_of(unit, "2026-11-22") or retention.begin(unit, "2026-11-22", town.clock.now())
        for _ in range(GONE):
            retention.note_case(unit, report, 1, number, ())


def filmed(town: Town, case_id: int) -> None:
    """A clip of camera C301 in the case, as its rows tell."""
    now, duty = town.clock.now(), town.actor("duty")
    with town.store.write() as unit:
        access = VideoAccess(0, 1, "clip", "V1", case_id, "案件周边视频", duty.user_id, duty.name, duty.org_id, duty.seat, now, now)
        access = unit.add(tables.video_access, access)
        name = hashlib.sha256(str(case_id).encode()).hexdigest()
        attached = uploads.attach(unit, Attachment(0, "case", case_id, case_id, "during", "clip", name, 1, 4, 3, duty.user_id, now))
        period, who = (now, now + timedelta(seconds=9)), (duty.user_id, duty.name)
        clip = VideoClip(0, access.id, 1, case_id, attached.id, *period, "live", name, name, "", False, *who, now)
        unit.add(tables.video_clip, clip)


def opened_recording(town: Town, actor: Actor) -> Footage:
    """Recorded pictures of C301 that are open to somebody, whoever that is."""
    now = town.clock.now()
    row = VideoAccess(0, 1, "playback", "V3", None, "日常巡查一遍", actor.user_id, actor.name, actor.org_id, actor.seat, now)
    with town.store.write() as unit:
        return Footage(unit.add(tables.video_access, row).id, CAMERAS[0], "/nowhere.mp4", now, now + timedelta(seconds=9))


def administer(town: Town) -> None:
    """Give the duty officer a session, a duty today, wishes for a role and for another limit: what administration could tell of him."""
    now = town.clock.now()
    with town.store.write() as unit:
        sessions.open_session(unit, SessionRow("s" * 64, 1, "c" * 43, "A1", "seat", now, now + timedelta(hours=12)))
        unit.add(tables.duty, Duty(0, 2, 1, now, now + timedelta(hours=8), "officer"))
        limit = CodeChange(0, "stage_limits", "accept", 2, {"P1": "2M"}, {"P1": "1M"}, 1, now, now + timedelta(days=1))
        unit.add(tables.code_change, limit)
        moved = unit.add(tables.boundary_change, BoundaryChange(0, 2, 1, now, "南乐县调整", "grids.shp", 1, 1))
        boundaries.stage(unit, moved.id, [AreaChange(f"{VILLAGE}001", 6, VILLAGE, f"/{COUNTY}/", "南乐县网格", ())])
        unit.add(tables.approval, Approval(0, "queue", "月度调度会材料", 1, 2, now))
        unit.add(tables.export_log, ExportRecord(0, "queue", 1, True, "月度调度会材料", "县委", None, "0" * 64, 1, "值班员甲", "A1", now))
        seen = VideoLeave(
            0, "playback", "查看肇事车辆去向", 1, 2, now, cameras=(1,), starts_at=now, ends_at=now, purpose="V5", org_id=1,
            asker="值班员甲",
        )  # fmt: skip
        unit.add(tables.video_leave, seen)
        for number in range(5):
            opened = now + timedelta(minutes=number)
            unit.add(tables.video_access, VideoAccess(0, 1, "live", "V5", None, "查看肇事车辆", 1, "值班员甲", 1, "A1", opened))
        unit.add(tables.role_change, RoleChange(0, 1, ("R06",), ("R06", "R15"), 2, now, ASKED))
    keep_walls(town)


def keep_walls(town: Town) -> None:
    """Let the duty officer keep walls and a tour, hand one over, and plan a patrol for the shift that is on."""
    now = town.clock.now()
    wall = SavedWall(0, 2, 1, "值班员甲", "南乐县主要路口", "centre", "A1", False, "2x2", "1 - - -", now)
    shift = shift_at(now.replace(hour=0), CODES.shifts)
    with town.store.write() as unit:
        for each in (wall, replace(wall, audience="self"), replace(wall, audience="shift")):
            unit.add(tables.saved_wall, each)
        unit.add(tables.wall_tour, WallTour(0, 2, 1, "南乐县各路口", "1"))
        unit.add(tables.patrol_plan, PatrolPlan(0, 2, "南乐县学校周边", shift.code, ((1, 15),), 1, now.replace(hour=0)))


def part_of(town: Town, table: Table, case_id: int) -> int:
    """The id of what hangs on a case (an application, a supervision); a number nobody has when there is no such case."""
    with town.store.read() as unit:
        found = unit.scalar(select(table.c.id).where(table.c.case_id == case_id))
    return int(str(found)) if found is not None else 777_003


def sent_under(town: Town, case_id: int) -> str:
    """The key of the report behind a case; one nobody has when there is no such case."""
    with town.store.read() as unit:
        return str(unit.scalar(select(tables.report.c.key).where(tables.report.c.case_id == case_id)))


def task_of(town: Town, case_id: int) -> Task:
    with town.store.read() as unit:
        task = unit.record(Task, unit.row(select(tables.task).where(tables.task.c.case_id == case_id)))
    assert task is not None
    return task


Probe = Callable[[Actor, Hidden], object]


def leaks(direct: Mapping[str, Probe], lists: Mapping[str, Probe], hidden: tuple[Hidden, ...]) -> list[str]:
    """Which questions tell which stranger anything at which moment.

    A direct question asks for the hidden thing itself: any answer tells. A
    list may hold what is the stranger's own. Errors other than Missing tell too.
    """
    found = []
    for name, probe in (*direct.items(), *lists.items()):
        for thing in hidden:
            for actor in thing.strangers:
                told = what_it_tells(probe, actor, thing, is_direct=name in direct)
                if told:
                    found.append(f"{name} tells {actor.login or 'nobody'} ({thing.moment}): {told}")
    return found


def what_it_tells(probe: Probe, actor: Actor, thing: Hidden, *, is_direct: bool) -> str:
    """What a stranger learns, empty for nothing."""
    try:
        answer = probe(actor, thing)
    except Missing as said:
        return "" if said.facts["kind"] == kind_for_nothing(probe, actor, thing) else f"by its refusal, {said}"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is not the answer "there is no such thing"
        return repr(error)
    if is_direct:
        return "" if answer in (None, False, (), frozenset()) else repr(answer)[:300]
    return repr(answer)[:300] if mentions(answer, thing, actor) else ""


def kind_for_nothing(probe: Probe, actor: Actor, thing: Hidden) -> object:
    """The kind that is named missing when the thing does not exist at all; the two must not differ."""
    absent = Hidden("absent", replace(thing.case, id=777_001), replace(thing.task, id=777_002), "0" * 64, ())
    try:
        probe(actor, absent)
    except Missing as said:
        return said.facts["kind"]
    return None


def mentions(answer: object, thing: Hidden, actor: Actor) -> bool:
    """Whether a list holds the hidden matter, or to somebody from elsewhere anything of its county."""
    said = repr(answer)
    texts = [thing.case.number, thing.photo, f"case_id={thing.case.id},", f"Pin(id={thing.case.id},"]
    if actor.login in OUTSIDE:
        texts += [f"cases={GONE * hidden}," for hidden in range(1, 5)]
        texts += ["Cell(lon=", f"'{thing.case.grid}': ", "网格员壬"]
        texts += ["unacked=1", "unacked=2", "handling=1", "handling=2", "today=1", "today=2", "today=3", "today=4"]
    if actor.centre_id != 2:
        texts += ["南乐县", f"'{COUNTY}'", "410923-", "C301", "值班员甲"]
    return any(text in said for text in texts)
