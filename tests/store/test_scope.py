"""Who sees what: every question of the store asked by strangers, and the cases where seeing is right.

A question that is added without a stranger's probe fails here, and so does a
probe that could not notice a leak.
"""

import inspect
import pkgutil
from datetime import timedelta
from functools import partial
from importlib import import_module
from types import ModuleType

import pytest
from sqlalchemy import insert, true, update

from console.domain.camera import VideoAccess
from console.domain.errors import Missing
from console.domain.paging import Turn
from console.domain.patrol import shift_at
from console.domain.people import Actor, system_actor
from console.domain.search import case_query, name_query
from console.domain.sighting import Sighting
from console.domain.task import Order
from console.domain.video_watch import LookFilter
from console.store import find, tables
from console.store.find import (
    accounts,
    applications,
    areas,
    boundaries,
    cases,
    clips,
    code_changes,
    cover,
    exports,
    footage,
    oversight,
    past,
    patrols,
    places,
    plates,
    search,
    sightings,
    sites,
    tasks,
    thematic,
    vicinity,
    walls,
    watch,
)  # fmt: skip
from console.store.scope import Scope
from tests.make import CODES, VILLAGE
from tests.strangers import Probe, administer, keep_photos, leaks, moments, part_of, sent_under, task_of

BOX = (115.1, 36.0, 115.3, 36.2)  # all of the town
CONDITIONS = (
    "cases", "sent", "tasks", "reports", "cameras", "sites", "people", "orgs", "partners", "accounts", "units", "rosters", "centres",
    "code_changes", "holds", "deletions", "exports", "requests", "walls", "handed_walls", "tours", "patrol_plans", "ground",
    "video_leaves", "looks", "registered", "boundary_changes",
)  # fmt: skip


def questions() -> dict[str, object]:
    """Every public function of every file in `store/find`."""
    found: dict[str, object] = {}
    for entry in pkgutil.iter_modules(find.__path__):
        module: ModuleType = import_module(f"{find.__name__}.{entry.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{entry.name}.{name}"] = function
    return found


def beside(town, ask, case_id, task_id) -> dict[str, Probe]:
    """What hangs on a case beside its tasks."""
    return {
        "clips.of_case": ask(clips.of_case, case_id),
        "clips.by_id": ask(clips.by_id, lambda thing: part_of(town, tables.video_clip, thing.case.id)),
        "clips.to_look_at": ask(clips.to_look_at, lambda thing: part_of(town, tables.video_clip, thing.case.id)),
        "clips.urgent": ask(clips.urgent, lambda thing: (thing.case.id,)),
        "applications.applications_of": ask(applications.applications_of, case_id),
        "applications.supervisions_of": ask(applications.supervisions_of, case_id),
        "applications.words_of": ask(lambda *of: tuple(applications.words_of(*of)), case_id),
        "applications.asked_by": ask(applications.asked_by, task_id),
        "applications.pressed": ask(applications.pressed, task_id),
        "applications.case_of": ask(applications.case_of, lambda thing: part_of(town, tables.application, thing.case.id)),
        "applications.supervision_case": ask(applications.supervision_case, lambda thing: part_of(town, tables.supervision, thing.case.id)),
    }


def probes(town) -> tuple[dict[str, Probe], dict[str, Probe]]:
    """How a stranger asks each question: for the hidden thing itself, or for a list that may hold it."""
    since = town.clock.now().replace(hour=0)

    def ask(question, *of_thing):
        def probe(actor, thing):
            with town.store.read() as unit:
                return question(unit, Scope(actor), *(value(thing) for value in of_thing))

        return probe

    def case_id(thing):
        return thing.case.id

    def task_id(thing):
        return thing.task.id

    def by_number(thing):
        return case_query(thing.case.number, lambda _: ())

    direct = {
        "search.cases": ask(search.cases, by_number),
        "cases.case_by_id": ask(cases.case_by_id, case_id),
        "cases.inbox_rows": ask(cases.inbox_rows, lambda thing: [thing.case.id]),
        "vicinity.cases_here": ask(vicinity.cases_here, lambda thing: (thing.case.id,)),
        "cases.case_by_tail": ask(cases.case_by_tail, lambda thing: thing.case.number[-6:]),
        "cases.reports_of": ask(cases.reports_of, case_id),
        "cases.plain_reports_of": ask(cases.plain_reports_of, case_id),
        "cases.attachments_of": ask(cases.attachments_of, case_id),
        "cases.replies_of": ask(cases.replies_of, case_id),
        "cases.timeline": ask(cases.timeline, case_id),
        "cases.may_see_file": ask(cases.may_see_file, lambda thing: thing.photo),
        "tasks.tasks_of": ask(tasks.tasks_of, case_id),
        "tasks.task_by_id": ask(tasks.task_by_id, task_id),
        "tasks.desk_task": ask(tasks.desk_task, task_id),
        "cases.my_report": ask(cases.my_report, lambda thing: sent_under(town, thing.case.id)),
        "cases.own_case": ask(cases.own_case, case_id),
        "sightings.of_case": ask(sightings.of_case, case_id),
        **beside(town, ask, case_id, task_id),
    }
    return direct, listed(ask, since) | administration(ask, since)


def listed(ask, since) -> dict[str, Probe]:
    """Lists that may hold the hidden thing or something of its county."""
    return {
        "cases.inbox": ask(cases.inbox),
        "cases.inbox_counts": ask(cases.inbox_counts, lambda _: since),
        "cases.my_reports": ask(cases.my_reports),
        "cases.pins": ask(cases.pins),
        "thematic.cells": ask(thematic.cells, lambda _: since),
        "thematic.by_grid": ask(thematic.by_grid, lambda _: "open"),
        "past.lives": ask(past.lives, lambda _: since, lambda _: since + timedelta(days=1)),
        "vicinity.placed_since": ask(vicinity.placed_since, lambda _: BOX, lambda _: since),
        "vicinity.placed_open": ask(vicinity.placed_open, lambda _: BOX),
        "tasks.board": ask(tasks.board),
        "tasks.desk_inbox": ask(tasks.desk_inbox),
        "places.orgs": ask(places.orgs),
        "places.partners": ask(places.partners),
        "places.departments": ask(places.departments, lambda _: 2),
        "places.people": ask(places.people),
        "places.cameras": ask(places.cameras),
        "exports.queue": ask(exports.queue),
        "oversight.holds": ask(oversight.holds, lambda _: since, lambda _: Turn()),
        "plates.to_note": ask(plates.to_note, lambda _: Turn()),
        "oversight.nights": ask(oversight.nights, lambda _: Turn()),
        "oversight.items": ask(oversight.items, lambda _: 1, lambda _: Turn()),
        "oversight.exported": ask(oversight.exported, lambda _: Turn()),
        "oversight.requests": ask(oversight.requests, lambda _: Turn()),
        "footage.waiting": ask(footage.waiting, lambda _: Turn()),
        "footage.looks": ask(footage.looks, lambda _: LookFilter(), lambda _: Turn()),
        "footage.all_looks": ask(footage.all_looks, lambda _: LookFilter()),
        "footage.lacking": ask(footage.lacking, lambda _: "unstated", lambda _: since, lambda _: Turn()),
        "footage.leave_by_id": ask(footage.leave_by_id, lambda _: 1),
        "watch.sample": ask(watch.sample, lambda _: "again", lambda _: since - timedelta(days=1), lambda _: Turn()),
        "places.cameras_in": ask(partial(places.cameras_in, opens=False), lambda _: BOX),
        "places.cameras_of": ask(places.cameras_of, lambda _: (1,)),
        "areas.areas": ask(areas.areas),
        "areas.cameras_in_division": ask(areas.cameras_in_division, lambda _: VILLAGE),
        "cover.villages": ask(cover.villages),
        "walls.walls": ask(walls.walls),
        "walls.wall_by_id": ask(walls.wall_by_id, lambda _: 1),
        "walls.handed": ask(walls.handed, lambda _: since),
        "walls.tours": ask(walls.tours),
        "patrols.plans": ask(patrols.plans),
        "patrols.plan_by_id": ask(patrols.plan_by_id, lambda _: 1),
        "patrols.coverage": ask(patrols.coverage, lambda _: shift_at(since, CODES.shifts)),
        "sites.key_sites": ask(sites.key_sites),
        "places.camera_by_id": ask(places.camera_by_id, lambda _: 1),
        "search.cameras": ask(search.cameras, lambda _: name_query("C301")),
        "search.people": ask(search.people, lambda _: name_query("duty")),
        "search.workers": ask(search.workers, lambda _: f"{VILLAGE}001"),
    }


def administration(ask, since) -> dict[str, Probe]:
    """Questions about accounts, units, rosters and code tables."""
    return {
        "code_changes.changes": ask(code_changes.changes),
        "boundaries.changes": ask(boundaries.changes),
        "boundaries.areas": ask(boundaries.areas, lambda _: 1),
        "boundaries.reach": ask(boundaries.reach),
        "accounts.users": ask(accounts.users, lambda _: accounts.Wanted()),
        "accounts.user_row": ask(accounts.user_row, lambda _: 1),
        "accounts.units": ask(accounts.units, lambda _: 2),
        "accounts.org_by_id": ask(accounts.org_by_id, lambda _: 2),
        "accounts.org_by_code": ask(accounts.org_by_code, lambda _: "410923-D10"),
        "accounts.centres": ask(accounts.centres, lambda _: 1),
        "accounts.role_wishes": ask(accounts.role_wishes),
        "accounts.sessions_of": ask(accounts.sessions_of, lambda _: 1, lambda _: since),
        "accounts.roster": ask(accounts.roster, lambda _: 2, lambda _: since, lambda _: since + timedelta(days=2)),
    }


def test_every_question_of_the_store_has_a_strangers_probe(town):
    direct, lists = probes(town)

    assert set(questions()) == set(direct) | set(lists)


def test_every_question_takes_the_scope_first():
    late = [name for name, question in questions().items() if list(inspect.signature(question).parameters)[:2] != ["unit", "scope"]]

    assert late == []


def test_no_stranger_learns_of_a_case_by_any_question(town):
    administer(town)
    hidden = moments(town, keep_photos(town))

    assert leaks(*probes(town), hidden) == []


# These ask for the actor's own unit, centre or reports in their own words as well, so a broken scope alone tells nothing.
GUARDED_TWICE = {"applications.asked_by", "boundaries.reach", "cases.my_report", "cases.my_reports", "tasks.desk_inbox", "tasks.desk_task"}


def mark(town, case_id: int) -> None:
    """Note on a case that something was seen by its camera."""
    duty, now = town.actor("duty"), town.clock.now()
    look = VideoAccess(0, 1, "live", "V1", case_id, "查看现场周边", duty.user_id, duty.name, duty.org_id, "A1", now)
    with town.store.write() as unit:
        access = unit.add(tables.video_access, look)
        unit.add(tables.sighting, Sighting(0, case_id, access.id, 1, "C301", 115.2, 36.1, None, now, duty.user_id, duty.name))


def test_with_a_broken_scope_every_probe_notices(town, monkeypatch):
    administer(town)
    hidden = moments(town, keep_photos(town))
    for thing in hidden:
        mark(town, thing.case.id)
    direct, lists = probes(town)
    for name in CONDITIONS:
        monkeypatch.setattr(Scope, name, lambda _scope: true())

    noticed = {told.partition(" tells ")[0] for told in leaks(direct, lists, hidden)}

    assert noticed == (set(direct) | set(lists)) - GUARDED_TWICE


def sees_case(town, actor: Actor, case_id: int) -> bool:
    try:
        with town.store.read() as unit:
            cases.case_by_id(unit, Scope(actor), case_id)
    except Missing:
        return False
    return True


@pytest.mark.parametrize(
    ("login", "sees"),
    [("duty", True), ("director", True), ("checker", True), ("viewer", True), ("d10", True), ("d30", False), ("grid001", False),
     ("stranger", False)],
)  # fmt: skip
def test_a_released_case_is_seen_by_its_centre_and_its_unit(town, login, sees):
    case, _ = town.sent()

    assert sees_case(town, town.actor(login), case.id) is sees


def test_the_city_sees_what_its_counties_own(town):
    case, _ = town.sent()

    assert sees_case(town, Actor(99, "市值班员", 1, 1, "/1/", frozenset({"R06"})), case.id)
    assert not sees_case(town, Actor(99, "市值班员", 1, 1, "/1/9/", frozenset({"R06"})), case.id)
    assert not sees_case(town, Actor(99, "路径相近", 1, 1, "/1/22/", frozenset({"R06"})), case.id)


def village(*roles: str) -> Actor:
    return Actor(98, "村值守员", 7, 5, "/1/2/4/5/", frozenset(roles), login="village")


@pytest.mark.parametrize("roles", [("R05",), ("R09",), ("R05", "R09")])
def test_a_village_office_learns_of_its_task_only_after_the_release(town, roles):
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(7, "lead")])
    before = sees_case(town, village(*roles), receipt.case_id)

    town.wait(10)
    town.sweep.round()

    assert (before, sees_case(town, village(*roles), receipt.case_id)) == (False, True)


def test_a_helping_office_does_not_see_what_other_units_still_wait_for(town):
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead"), Order(7, "co")])
    town.wait(10)
    town.sweep.round()

    with town.store.read() as unit:
        seen = tasks.tasks_of(unit, Scope(village("R05", "R09")), receipt.case_id)
    assert [row.task.org_id for row in seen] == [7]


def test_a_unit_that_watches_sees_the_case_without_a_task(town):
    case = town.case(town.report().case_id)
    watcher = town.actor("stranger")
    before = sees_case(town, watcher, case.id)
    with town.store.write() as unit:
        unit.run(insert(tables.access).values(case_id=case.id, org_id=watcher.org_id, why="observer", at=town.clock.now()))

    assert (before, sees_case(town, watcher, case.id)) == (False, True)


def test_a_shielded_case_is_seen_only_by_who_was_let_in(town):
    case = town.case(town.report().case_id)
    with town.store.write() as unit:
        unit.run(update(tables.case).values(shield="检举"))
    closed = sees_case(town, town.actor("duty"), case.id)
    with town.store.write() as unit:
        unit.run(insert(tables.access).values(case_id=case.id, org_id=1, why="owner", at=town.clock.now()))

    assert (closed, sees_case(town, town.actor("duty"), case.id)) == (False, True)


def test_the_program_itself_sees_even_a_shielded_case(town):
    case, _ = town.sent()
    with town.store.write() as unit:
        unit.run(update(tables.case).values(shield="检举"))

    with town.store.read() as unit:
        scope = Scope(system_actor("sweep"))
        assert cases.case_by_id(unit, scope, case.id).id == case.id
        assert tasks.task_by_id(unit, scope, task_of(town, case.id).id).case_id == case.id


def test_boundaries_are_shown_to_who_has_signed_in(town):
    assert Scope(town.actor("grid001")).may_see_places
    assert Scope(system_actor("sweep")).may_see_places
    assert not Scope(Actor(0, "", 0, 0, "", frozenset())).may_see_places
