"""Every question and every operation asked by strangers, at each moment a case is hidden; and what the right ones get."""

import hashlib
import inspect
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, true

from console.domain.errors import Missing
from console.domain.meeting import Decision
from console.domain.people import Actor
from console.domain.sighting import Seen
from console.domain.task import Order
from console.domain.vicinity import Circle
from console.media.photo import PhotoRoom
from console.service.applications import Applications, Wish
from console.service.ask import Ask
from console.service.cases import Cases, Closing
from console.service.clips import Clips
from console.service.endings import Endings, Held
from console.service.intake import Intake, OwnAnswer, Rejection
from console.service.levels import Levels
from console.service.outlook import Outlook
from console.service.past import PastCases
from console.service.photos import Photos
from console.service.reports import Reports
from console.service.sightings import Sightings
from console.service.supervision import TOLD_ROLES, Supervisions
from console.service.tasks import Answer, Tasks
from console.service.thematic import Thematic
from console.service.vicinity import Vicinity
from console.service.video import Video
from console.store import tables
from console.store.files import Files
from console.store.scope import Scope
from tests.make import ORGS, SPOT, Town
from tests.strangers import Probe, keep_photos, leaks, moments, opened_recording, part_of, sent_under

CONDITIONS = ("cases", "sent", "tasks", "reports", "cameras", "sites", "people", "orgs", "partners")
ORDERS = [Order(2, "lead")]
# What makes something of the actor's own and touches nothing that is there.
MAKES_ONLY = {"Reports.receive", "Reports.receive_all", "Reports.keep", "Photos.take_in"}
# Ends the actor's own looks; asked for somebody else's it changes nothing (its own test is below).
OWN_ONLY = {"Video.close_live", "Video.close_warm", "Clips.close"}
# Boundaries are shown to everybody who has signed in; a host is asked for by the program itself, of nobody's thing.
FOR_ALL = {"Ask.atlas", "Ask.centres_below", "Video.knows_host"}


@pytest.fixture
def photos(town, tmp_path) -> Photos:
    room = PhotoRoom()
    kept = Photos(town.desk, Files(tmp_path / "files"), room)
    for number in range(4):
        content = bytes([number])
        kept.files.put(hashlib.sha256(content).hexdigest(), content)
    yield kept
    room.close()


def public(*kinds: type) -> set[str]:
    """Every public method of some classes."""
    return {
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }  # fmt: skip


def questions(town: Town) -> tuple[dict[str, Probe], dict[str, Probe]]:
    ask, now = town.ask, town.clock.now()
    named = {org.id: org.name for org in ORGS}
    direct = {
        "Ask.case": lambda actor, thing: ask.case(actor, thing.case.id),
        "Ask.case_desk": lambda actor, thing: ask.case_desk(actor, thing.case.id),
        "Ask.cases_ending": lambda actor, thing: ask.cases_ending(actor, thing.case.number[-6:]),
        "Sightings.of_case": lambda actor, thing: [thing.case.number, *town.sightings.of_case(actor, thing.case.id)],
        "Clips.of_case": lambda actor, thing: [thing.case.number, *clips_of(town).of_case(actor, thing.case.id)],
        "Clips.picture": lambda actor, thing: clips_of(town).picture(actor, part_of(town, tables.video_clip, thing.case.id)),
        "Ask.my_report": lambda actor, thing: ask.my_report(actor, sent_under(town, thing.case.id)),
        "Ask.desk_task": lambda actor, thing: ask.desk_task(actor, thing.task.id),
    }
    lists = {
        "Ask.inbox": lambda actor, _: ask.inbox(actor, now),
        "Ask.board": lambda actor, _: ask.board(actor),
        "Ask.pins": lambda actor, _: ask.pins(actor),
        "PastCases.hours": lambda actor, _: ask.past.hours(actor, now - timedelta(hours=1), now, now),
        "Thematic.heat": lambda actor, _: ask.thematic.heat(actor, 7, now),
        "Thematic.by_grid": lambda actor, _: ask.thematic.by_grid(actor, "open"),
        "Thematic.sites": lambda actor, _: ask.thematic.sites(actor),
        "Vicinity.history": lambda actor, _: ask.vicinity.history(actor, Circle(SPOT, 100), now),
        "Vicinity.open_cases": lambda actor, _: ask.vicinity.open_cases(actor, Circle(SPOT, 100)),
        "Ask.cameras": lambda actor, _: ask.cameras(actor),
        "Outlook.around": lambda actor, _: ask.outlook.around(actor, SPOT, 9, {}),
        "Outlook.ahead": lambda actor, _: ask.outlook.ahead(actor, SPOT, None),
        "Ask.suggestion": lambda actor, thing: [named[order.org_id] for order in ask.suggestion(actor, thing.case).orders],
        "Ask.units": lambda actor, _: ask.units(actor),
        "Ask.desk_inbox": lambda actor, _: ask.desk_inbox(actor),
        "Ask.my_reports": lambda actor, _: ask.my_reports(actor),
        "Supervisions.to_note": lambda actor, _: town.supervisions.to_note(actor) if actor.holds_any(TOLD_ROLES) else (),
        "Clips.urgent": lambda actor, thing: [thing.case.number for _ in clips_of(town).urgent(actor, (thing.case.id,))],
    }
    return direct, lists


def operations(town: Town, photos: Photos) -> dict[str, Probe]:
    cases, tasks, video, clips = town.cases, town.tasks, town.video, clips_of(town)
    closing = Closing("done", "已修复", "已修复")

    def on_case(act, *values):
        return lambda actor, thing: act(actor, thing.case.id, thing.case.version, *values)

    return {
        "Cases.ack": on_case(cases.ack),
        "Cases.accept": on_case(cases.accept),
        "Cases.file": on_case(cases.file),
        "Cases.dispatch": on_case(cases.dispatch, ORDERS),
        "Cases.send": on_case(cases.send, ORDERS),
        "Cases.recall": on_case(cases.recall, "派错单位"),
        "Cases.check": on_case(cases.check),
        "Cases.rework": on_case(cases.rework, "未修好"),
        "Cases.close": on_case(cases.close, closing),
        **flow_operations(town, on_case),
        "Reports.submit": on_case(town.reports.submit),
        "Reports.delete": on_case(town.reports.delete),
        "Tasks.ask_help": lambda actor, thing: tasks.ask_help(actor, thing.task.id, thing.task.version, 3, "请协助"),
        "Tasks.release": lambda actor, thing: tasks.release(actor, thing.case.id),
        "Tasks.answer": lambda actor, thing: tasks.answer(actor, thing.task.id, thing.task.version, Answer("sign")),
        "Video.open_warm": lambda actor, thing: video.open_warm(actor, (1,), "V1", "案件周边视频", thing.case.id),
        "Video.open_live": lambda actor, thing: video.open_live(actor, (1,), "V1", "案件周边视频", thing.case.id),
        "Sightings.mark": lambda actor, thing: town.sightings.mark(
            actor, video.open_live(actor, (1,), "V3", "日常巡查一遍")[0].access_id, thing.case.id, Seen(town.clock.now()),
        ),
        "Clips.open": lambda actor, thing: clips.open(actor, part_of(town, tables.video_clip, thing.case.id), "复核车辆颜色"),
        "Clips.keep_live": lambda actor, thing: clips.keep_live(
            actor, video.open_live(actor, (1,), "V3", "日常巡查一遍")[0].access_id, thing.case.id, lambda _path: None,
        ),
        "Clips.cut": lambda actor, thing: recorded(town, actor, thing.case.id),
        "Photos.path": lambda actor, thing: photos.path(actor, thing.photo),
    }


def clips_of(town: Town) -> Clips:
    return Clips(town.desk, Files(Path("/nonexistent")))


def recorded(town: Town, actor: Actor, case_id: int) -> object:
    footage = opened_recording(town, actor)
    return clips_of(town).cut(actor, footage, (footage.starts_at, footage.ends_at), case_id)


def flow_operations(town: Town, on_case) -> dict[str, Probe]:
    """What else the flow lets people do to a case."""
    intake, levels, endings, supervisions, applications = town.intake, town.levels, town.endings, town.supervisions, town.applications
    held = Held(town.clock.now(), "会议室", "纪要", (2,), (Decision(2, "清理"),))

    def application(thing):
        return part_of(town, tables.application, thing.case.id)

    return {
        "Intake.verify": on_case(intake.verify, 7),
        "Intake.reject": on_case(intake.reject, Rejection("4", "不属实", "不予受理")),
        "Intake.refuse_filing": on_case(intake.refuse_filing, "不予立案"),
        "Intake.merge": on_case(intake.merge, 1),
        "Intake.reclassify": lambda actor, thing: intake.reclassify(actor, thing.case.id, thing.case.version, category="0602"),
        "Intake.answer_own": lambda actor, thing: intake.answer_own(
            actor, sent_under(town, thing.case.id), OwnAnswer("withdraw", "误报")
        ),
        "Intake.withdraw": on_case(intake.withdraw, "误报"),
        "Intake.self_handle": lambda actor, thing: intake.self_handle(actor, thing.case.id, thing.case.version, text="已清理", photos=()),
        "Levels.escalate": on_case(levels.escalate, "超出权限"),
        "Levels.pass_by": on_case(levels.pass_by, "紧急"),
        "Levels.take_over": on_case(levels.take_over),
        "Levels.hand_back": on_case(levels.hand_back, "本级可办"),
        "Levels.send_down": on_case(levels.send_down, 4, "属地办理"),
        "Endings.send_back": on_case(endings.send_back, "back_to_check", "材料不全"),
        "Endings.evaluate": on_case(endings.evaluate, "5"),
        "Endings.not_content": on_case(endings.not_content, "仍不满意"),
        "Endings.archive": on_case(endings.archive),
        "Endings.reopen": on_case(endings.reopen, "又坏了"),
        "Endings.meet": on_case(endings.meet, held),
        "Endings.mediate": on_case(endings.mediate),
        "Supervisions.note": lambda actor, thing: actor.holds_any(TOLD_ROLES) and (
            supervisions.note(actor, part_of(town, tables.supervision, thing.case.id)), "noted",
        ),
        "Supervisions.urge": on_case(supervisions.urge),
        "Supervisions.supervise": on_case(supervisions.supervise, "1", "请尽快处置"),
        "Supervisions.mark": lambda actor, thing: supervisions.mark(actor, thing.case.id, thing.case.version, "cross_county", is_on=True),
        "Supervisions.answer": lambda actor, thing: supervisions.answer(
            actor, part_of(town, tables.supervision, thing.case.id), 1, "正在处置",
        ),
        "Applications.ask_on_task": lambda actor, thing: applications.ask_on_task(
            actor, thing.task.id, thing.task.version, "ask_delay", Wish("1", "", 1, "1"),
        ),
        "Applications.ask_on_case": on_case(applications.ask_on_case, "ask_void", Wish("2")),
        "Applications.decide": lambda actor, thing: applications.decide(actor, application(thing), 1, grant=True),
        "Applications.take_back": lambda actor, thing: applications.take_back(actor, application(thing), 1),
        "Applications.resume": on_case(applications.resume),
    }  # fmt: skip


def journal_size(town: Town) -> int:
    with town.store.read() as unit:
        # Whoever may look through cameras may look; only what is done with a look could leak or change a case.
        return int(str(unit.scalar(select(func.count()).where(tables.journal.c.kind != "video"))))


def test_every_question_and_operation_has_a_strangers_probe(town, photos):
    direct, lists = questions(town)
    known = set(direct) | set(lists) | set(operations(town, photos)) | MAKES_ONLY | OWN_ONLY | FOR_ALL

    on_cases = (Cases, Tasks, Intake, Levels, Endings, Supervisions, Applications, Sightings, Clips)
    assert public(Ask, Outlook, PastCases, Thematic, Vicinity, Video, Photos, Reports, *on_cases) == known


def test_no_stranger_learns_anything_by_asking(town):
    assert leaks(*questions(town), moments(town, keep_photos(town))) == []


def test_no_stranger_learns_or_changes_anything_by_acting(town, photos):
    hidden = moments(town, keep_photos(town))
    before = journal_size(town)

    assert leaks(operations(town, photos), {}, hidden) == []
    assert journal_size(town) == before


# These ask for the actor's own unit or reports in their own words as well, so a broken scope alone tells nothing.
GUARDED_TWICE = {"Intake.answer_own", "Ask.my_report", "Ask.my_reports", "Ask.desk_inbox", "Ask.desk_task"}


def test_with_a_broken_scope_every_probe_notices(town, photos, monkeypatch):
    hidden = moments(town, keep_photos(town))
    direct, lists = questions(town)
    acts = operations(town, photos)
    for name in CONDITIONS:
        monkeypatch.setattr(Scope, name, lambda _scope: true())

    told = [*leaks(direct, lists, hidden), *leaks(acts, {}, hidden)]
    noticed = {line.partition(" tells ")[0] for line in told}

    assert noticed == (set(direct) | set(lists) | set(acts)) - GUARDED_TWICE


def test_a_camera_of_another_county_is_missing_and_no_look_is_noted(town):
    stranger = town.actor("stranger")

    with pytest.raises(Missing):
        town.video.open_live(stranger, (1,), "V3", "日常巡查一遍")

    with town.store.read() as unit:
        assert unit.scalar(select(func.count()).select_from(tables.video_access)) == 0


def test_a_look_of_somebody_else_stays_open(town):
    view = town.video.open_live(town.actor("duty"), (1,), "V3", "日常巡查一遍")[0]
    town.video.close_live(town.actor("leader"), (view.access_id,))

    with town.store.read() as unit:
        assert unit.scalar(select(tables.video_access.c.closed_at)) is None


def test_the_queue_carries_its_figures(town):
    town.report("0601")
    town.wait(14 * 3_600)  # 00:00 in China: yesterday's report waits, but it is not today's
    inbox = town.ask.inbox(town.actor("duty"), town.clock.now())

    assert [row.priority for row in inbox.rows] == ["P1"]
    assert (inbox.counts.unacked, inbox.counts.today) == (1, 0)


def test_the_suggestion_names_lead_helpers_and_who_is_absent(town):
    """0601 (CT-06): lead D10, co D30 and D31; 0602: lead D10, co D29, which has no unit here."""
    duty = town.actor("duty")
    manhole = town.ask.suggestion(duty, town.case(town.report("0601").case_id))
    lamp = town.ask.suggestion(duty, town.case(town.report("0602").case_id))

    assert manhole.orders == (Order(2, "lead"), Order(3, "co"), Order(4, "co"))
    assert manhole.absent == ()
    assert (lamp.orders, lamp.absent) == ((Order(2, "lead"),), ("D29",))
    assert [unit.id for unit in town.ask.units(duty)] == [2, 3, 4, 1, 9, 7]


def test_cameras_are_found_by_every_word_of_their_number_or_name(town):
    duty = town.actor("duty")

    def codes(words):
        return [camera.code for camera in town.ask.cameras(duty, words)]

    assert codes("") == ["C301", "C302"]
    assert codes("c301") == ["C301"]
    assert codes("30 西") == ["C301", "C302"]
    assert codes("小学 302") == ["C302"]
    assert codes("%") == []


def test_the_atlas_is_shown_to_who_has_signed_in(town):
    atlas = town.ask.atlas(town.actor("grid001"))

    assert (len(atlas.divisions), len(atlas.grids), len(atlas.centres)) == (5, 2, 5)
    assert town.ask.atlas(Actor(0, "", 0, 0, "", frozenset())).divisions == ()
