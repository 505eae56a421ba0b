"""The gateway's endpoints x role x place x shield over real HTTP, against the handbook's model; an unknown endpoint fails."""

from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import delete, select, update

from console.domain.people import User
from console.domain.supervision import OPEN, SUPERVISE, YELLOW, Supervision
from console.domain.task import Order
from console.net.secrets import token_hash
from console.store import atlas, sessions, tables
from console.store.sessions import SessionRow
from tests import rights_model as model
from tests.gateway.hall import Hall, draft, picture
from tests.make import START
from tests.test_rights import PLACES, compare
from tests.test_rights import TOWN_MORE as MORE

pytestmark = pytest.mark.timeout(300)
# Whatever role somebody has: proving who one is, one's own affairs, and what is no secret.
EVERYBODYS = {
    ("post", "/api/sign-in"), ("post", "/api/devices"), ("post", "/api/sign-out"), ("get", "/api/me"), ("get", "/api/codes"),
    ("get", "/api/words/{language}"), ("get", "/api/live"), ("post", "/api/password"), ("post", "/api/second-factor"),
    ("post", "/api/second-factor/confirm"), ("get", "/api/sessions"), ("post", "/api/sessions/{name}/end"), ("post", "/api/photos"),
    ("get", "/api/reports"),
}  # fmt: skip
TRIED = {
    ("get", "/api/tasks"), ("get", "/api/tasks/{task_id}"), ("post", "/api/tasks/{task_id}/answer"), ("post", "/api/reports"),
    ("get", "/api/files/{sha256}"), ("post", "/api/tasks/{task_id}/ask"), ("post", "/api/tasks/{task_id}/plates/{plate_id}"),
    ("post", "/api/reports/{key}/answer"),
}  # fmt: skip
# Where a shield makes a difference; everywhere else nothing is seen with or without it (tests/test_rights.py tries all).
NEAR = ("own", "dept_asked")
DELAY = {"action": "ask_delay", "reason": "1", "text": "等待材料", "interval": 1, "unit": "3"}


def test_no_endpoint_is_unknown_to_the_matrix(door: Hall):
    told = door.stranger().get("/api/openapi.json").json()

    assert {(method, path) for path, item in told["paths"].items() for method in item} == EVERYBODYS | TRIED


def people(hall: Hall) -> Iterator[tuple[str, str, str]]:
    """A signed-in person of every role at every place: role, relation, token."""
    users, number = [], 1_000
    for role in model.ROLES:
        for relation, (org, centre, _, _) in PLACES.items():
            number += 1
            users.append((User(number, f"u{number}", "某人", "", org, centre, (role,)), role, relation))
    with hall.town.store.write() as unit:
        atlas.put_centres(unit, MORE[0])
        unit.add_many(tables.org, MORE[1])
        unit.add_many(tables.user, [user for user, _, _ in users])
        for user, _, _ in users:
            row = SessionRow(token_hash(f"token{user.id}"), user.id, "c", "", "device", START, START.replace(year=START.year + 1))
            sessions.open_session(unit, row)
    for user, role, relation in users:
        yield role, relation, f"token{user.id}"


def a_task(hall: Hall, shield: str) -> tuple[int, int, str]:
    town = hall.town
    worker = hall.program("grid001")
    photo = worker.send_photo(picture({"": "red", "protected": "blue"}.get(shield, "green")))
    receipt = town.report("0601", protected=shield == "protected", photos=(photo,))
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead", "现场设围挡")])
    town.wait(10)
    town.sweep.round()
    c, t = tables.case.c, tables.task.c
    with town.store.write() as unit:
        unit.run(update(tables.case).where(c.id == receipt.case_id).values(shield="" if shield == "protected" else shield))
        task_id = unit.scalar(select(t.id).where(t.case_id == receipt.case_id))
    return receipt.case_id, int(str(task_id)), photo


def put_back(hall: Hall, case_id: int, task_id: int) -> int:
    """Undo a signature; the task's version now."""
    c, t = tables.case.c, tables.task.c
    with hall.town.store.write() as unit:
        unit.run(update(tables.case).where(c.id == case_id).values(state="40"))
        unit.run(update(tables.task).where(t.id == task_id).values(state="awaiting", user_id=None))
        return int(str(unit.scalar(select(t.version).where(t.id == task_id))))


def a_plate(hall: Hall, case_id: int) -> int:
    """A plate the supervisor hung up for the housing department."""
    now = hall.town.clock.now()
    with hall.town.store.write() as unit:
        return unit.add(tables.supervision, Supervision(0, case_id, SUPERVISE, YELLOW, 19, 2, 2, "请书面说明", now, False, OPEN)).id


def hang_again(hall: Hall, plate_id: int) -> None:
    """Undo an answer to a plate."""
    with hall.town.store.write() as unit:
        mine = tables.supervision.c.id == plate_id
        unit.run(update(tables.supervision).where(mine).values(state=OPEN, reply_text="", reply_by=None, reply_at=None, version=1))


def unask(hall: Hall, case_id: int, task_id: int) -> int:
    """Undo what a unit asked for; the task's version now."""
    with hall.town.store.write() as unit:
        unit.run(delete(tables.application).where(tables.application.c.case_id == case_id))
    return put_back(hall, case_id, task_id)


def said(status: int, *, yes: int = 200) -> str:
    return {yes: model.YES, 403: model.DENIED, 404: model.MISSING}.get(status, str(status))


def test_the_endpoints_say_what_the_handbook_says(door: Hall):
    everybody = list(people(door))
    caller, others = door.stranger(), draft()
    assert door.program("grid001").post("/api/reports", others).status_code == 201

    def cells():
        for shield in model.SHIELDS:
            case_id, task_id, photo = a_task(door, shield)
            plate_id = a_plate(door, case_id)
            version = put_back(door, case_id, task_id)
            for role, relation, token in everybody:
                if shield and relation not in NEAR:
                    continue
                caller.line.headers["Authorization"] = f"Bearer {token}"
                where = f"{role} {relation} {shield}"
                sees = model.YES if model.sees_task(role, relation, shield) else model.MISSING
                yield f"task {where}", said(caller.get(f"/api/tasks/{task_id}").status_code), on_desk(role, relation)
                listed = any(task["id"] == task_id for task in caller.get("/api/tasks").json()["tasks"])
                yield f"tasks {where}", model.YES if listed else model.MISSING, on_desk(role, relation)
                answer = caller.answer(task_id, "sign", version)
                want = model.on_case("sign", role, relation, shield, released=True)
                yield f"sign {where}", said(answer.status_code), want
                if answer.ok:
                    version = put_back(door, case_id, task_id)
                asked = caller.post(f"/api/tasks/{task_id}/ask", {**DELAY, "version": version})
                yield f"ask {where}", said(asked.status_code), step(role, relation, sees, model.UNIT_FLOW, "ask_delay")
                if asked.ok:
                    version = unask(door, case_id, task_id)
                plate = caller.post(f"/api/tasks/{task_id}/plates/{plate_id}", {"version": 1, "text": "今日完工"})
                yield f"plate {where}", said(plate.status_code), step(role, relation, on_desk(role, relation), model.PLATES, "answer")
                if plate.ok:
                    hang_again(door, plate_id)
                yield f"file {where}", said(caller.get(f"/api/files/{photo}").status_code), sees
        for role, relation, token in everybody:
            caller.line.headers["Authorization"] = f"Bearer {token}"
            body = draft()
            sent = caller.post("/api/reports", body)
            yield f"report {role} {relation}", said(sent.status_code, yes=201), model.submit(role, relation)
            path, why = "/api/reports/{}/answer", {"action": "withdraw", "text": "误报"}
            own = caller.post(path.format(body["key"]), why)
            is_own = model.submit(role, relation) == model.YES
            yield f"withdraw {role} {relation}", said(own.status_code), model.YES if is_own else model.MISSING
            foreign = caller.post(path.format(others["key"]), why)
            yield f"withdraw another's {role} {relation}", said(foreign.status_code), model.MISSING

    assert compare(cells()) == 23 * (8 + 2 * len(NEAR)) * 6 + 23 * 8 * 3


def on_desk(role: str, relation: str) -> str:
    """A desk's page shows the own unit's tasks to whoever may read them."""
    return model.YES if role in model.ASKED_READERS and relation == "dept_asked" else model.MISSING


def step(role: str, relation: str, sees: str, table: Mapping[str, tuple[set[str], str, str]], action: str) -> str:
    """A unit's step on a task it knows of."""
    if sees != model.YES:
        return sees
    return model.YES if model.in_flow(table, action, role, relation) else model.DENIED
