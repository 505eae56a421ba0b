"""What happens to tasks: they are released to their units, and the units answer."""

from dataclasses import dataclass, replace

from console.domain import rights
from console.domain.case import CASE_FLOW, Case
from console.domain.codes import known
from console.domain.errors import Denied, Invalid, Refused
from console.domain.flow import Step
from console.domain.people import Actor
from console.domain.task import ASKED, AWAITING, HELD, LIVE_STATES, TASK_FLOW, Order, Task, TaskReply
from console.domain.texts import check_text
from console.service.casework import give_at_once, released, tasks_of, undispatched
from console.service.desk import TEXT_MAX, Act, Desk, Facts
from console.service.photos import claim
from console.store import outbox, tables
from console.store.find import places, tasks

REASON_MAX, PHOTOS_MAX = 10, 9
ACTIONS = ("sign", "return", "on_site", "progress", "finish", "agree", "decline", "verified")
WHILE_SUSPENDED = ("on_site", "progress", "agree", "decline")
SOLVED = ("", "yes", "no", "part")


@dataclass(frozen=True)
class Answer:
    """What a unit answers: the verb, its words, its pictures; `reason` is a CT-25 code on a return."""

    action: str
    text: str = ""
    reason: str = ""
    solved: str = ""
    photos: tuple[str, ...] = ()


class Tasks:
    """Operations on tasks. Every one raises Missing, Stale, Denied, Refused, Invalid."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def release(self, actor: Actor, case_id: int) -> tuple[Task, ...]:
        """Let the held tasks of a case leave the hall; their clocks start now. Doing it twice releases nothing more.

        An officer sends them now; the program only those whose recall window
        has ended, for between its look and its act a case may have been
        recalled and dispatched anew.
        """

        def may_leave(act: Act, task: Task) -> bool:
            return actor.kind != "system" or task.release_at <= act.now

        def work(act: Act) -> tuple[Task, ...]:
            case = act.case(case_id)
            if not rights.is_at_owner(case, actor):
                raise Denied("role", kind="case", action="release")
            held = [task for task in tasks_of(act, case) if task.state == HELD and may_leave(act, task)]
            gone = tuple(_release(act, case, task) for task in held)
            if gone:
                lead = next((task for task in gone if task.kind == "lead"), gone[0])
                act.move(case, "released", {"due_sign": _iso(lead.due_sign)}, due_sign=lead.due_sign, due_first=lead.due_first)
            return gone

        return self.desk.run(actor, work)

    def answer(self, actor: Actor, task_id: int, version: int, answer: Answer, *, key: str = "") -> Task:
        """A unit's answer: sign, return, on site, progress, finish. The case moves with its lead's.

        With a key, the same answer sent twice counts once; the same key with
        another answer raises KeyReused.
        """
        _check(answer)

        def work(act: Act) -> Facts:
            _act_on(act, task_id, version, answer)
            return {"task": task_id}

        if key:
            body: Facts = {"task": task_id, "version": version, **vars(answer)}
            self.desk.once(actor, key, body, work)
        else:
            self.desk.run(actor, work)
        with self.desk.store.read() as unit:
            found = unit.get(tables.task, Task, task_id)
        assert found is not None
        return found


    def ask_help(self, actor: Actor, task_id: int, version: int, org_id: int, words: str) -> Task:
        """T18: the lead asks another unit of its centre for help; that unit's head agrees or declines."""

        def work(act: Act) -> Task:
            case, task = _locked(act, task_id, version)
            TASK_FLOW.step(task, actor, "ask_co", {"text": words, "target": org_id})
            step = CASE_FLOW.step(case, actor, "ask_co", {})
            if any(other.org_id == org_id and other.state in LIVE_STATES for other in tasks_of(act, case)):
                raise Refused("unit_twice", "orders", unit=org_id)
            order = Order(org_id, "co", words.strip(), mandatory=False)
            if org_id not in {org.id for org in places.partners(act.unit, act.scope)}:
                raise Invalid("orders", "unknown_unit", value=org_id)
            check_text("text", words, TEXT_MAX)
            asked = give_at_once(act, case, order, "ask_help")
            act.take(case, step, {"task": asked.id, "org": org_id})
            return asked

        return self.desk.run(actor, work)


def _release(act: Act, case: Case, task: Task) -> Task:
    step = TASK_FLOW.step(task, act.actor, "release", {})
    return released(act, case, task, replace(step, action="released"))


def _locked(act: Act, task_id: int, version: int) -> tuple[Case, Task]:
    case = act.case(tasks.task_by_id(act.unit, act.scope, task_id).case_id)
    return case, act.task(task_id, version)


def _act_on(act: Act, task_id: int, version: int, answer: Answer) -> None:
    case, task = _locked(act, task_id, version)
    if case.suspended_at is not None and answer.action not in WHILE_SUSPENDED:
        raise Refused("suspended", "state", kind="task", action=answer.action)
    others = [other for other in tasks_of(act, case) if other.kind == "co" and other.mandatory and other.state in LIVE_STATES]
    facts: Facts = {
        "now": act.now, "text": answer.text, "reason": answer.reason, "photos": answer.photos, "priority": case.priority,
        "open_co": len(others), "returned": case.returned if task.kind == "lead" else 0,
    }  # fmt: skip
    step = TASK_FLOW.step(task, act.actor, answer.action, facts)
    if answer.action == "return":
        known(act.codes_of(case).reasons["return"], answer.reason, "reason")
    reply = _reply(act, task, answer)
    moved = act.take(task, step, {"case": case.id, "org": task.org_id, "reply": reply.id}, **_changes(act, task, answer))
    if task.kind == "verify":
        _verify_case(act, case, moved, facts)
    elif answer.action in ("agree", "decline"):
        _join(act, case, moved, answer.action)
    else:
        _move_case(act, case, moved, answer)


def _verify_case(act: Act, case: Case, task: Task, facts: Facts) -> None:
    """T07: it is true; the case goes on to be filed."""
    step = CASE_FLOW.step(case, act.actor, "verified", facts)
    told: Facts = {"task": task.id, "org": task.org_id}
    act.take(case, step, told, done_verify=act.now, done_accept=case.done_accept or act.now, due_file=act.limit_from(act.now, "file", case))


def _join(act: Act, case: Case, task: Task, action: str) -> None:
    """T18: a unit that was asked for help is in, or is not."""
    if action == "agree":
        handlers = tuple(sorted({*case.handler_ids, act.actor.user_id}))
        act.move(case, "joined", {"task": task.id, "org": task.org_id}, handler_ids=handlers)


def _reply(act: Act, task: Task, answer: Answer) -> TaskReply:
    photos = tuple(dict.fromkeys(answer.photos))
    text = answer.text.strip()
    row = TaskReply(
        0, task.id, task.case_id, act.now, act.actor.user_id, act.actor.name, answer.action, text, answer.solved, photos
    )
    reply = act.unit.add(tables.reply, row)
    stage = "after" if answer.action == "finish" else "during"
    claim(act, photos, ("reply", reply.id, task.case_id, stage))
    return reply


def _changes(act: Act, task: Task, answer: Answer) -> Facts:
    first: Facts = {} if task.first_reply_at else {"first_reply_at": act.now}
    return {
        "sign": {"signed_at": act.now, "user_id": act.actor.user_id},
        "return": {"refuse_reason": f"{answer.reason} {answer.text}".strip()[:300]},
        "on_site": {"on_site_at": act.now, **first},
        "progress": first,
        "finish": {"finished_at": act.now, **first},
        "agree": {"signed_at": act.now, "user_id": act.actor.user_id, "mandatory": True},
        "decline": {"refuse_reason": answer.text.strip()[:300]},
        "verified": {"finished_at": act.now, "user_id": act.actor.user_id, **first},
    }[answer.action]


def _move_case(act: Act, case: Case, task: Task, answer: Answer) -> None:
    """Carry a unit's act over to the case: the lead's moves it, everyone's marks its handlers."""
    handlers = tuple(sorted({*case.handler_ids, act.actor.user_id}))
    facts: Facts = {"task": task.id, "org": task.org_id}
    is_first = answer.action in ("on_site", "progress", "finish") and case.done_first is None
    changes: Facts = {"handler_ids": handlers, **({"done_first": act.now} if is_first else {})}
    if task.kind != "lead":
        if handlers != case.handler_ids:
            act.move(case, "joined", facts, handler_ids=handlers)
        return
    if answer.action == "sign":
        changes |= {"done_sign": act.now}
    elif answer.action == "return":
        give_up(act, case)
        changes |= {**undispatched(act, case), "returned": case.returned + 1}
    elif answer.action == "finish":
        changes |= {"done_handle": act.now, "due_check": act.limit_from(act.now, "check", case)}
    action = "progress" if answer.action == "on_site" else answer.action
    step: Step = CASE_FLOW.step(case, act.actor, action, {"now": act.now})
    act.take(case, replace(step, action=answer.action), facts, **changes)


def give_up(act: Act, case: Case) -> None:
    """The lead gave the case back: what the others have not begun is taken back with it."""
    for task in tasks_of(act, case):
        if task.kind == "co" and task.state in (HELD, ASKED, AWAITING):
            act.move(task, "recall", {"case": case.id, "org": task.org_id, "step": "T15"}, state="recalled")
            outbox.mark(act.unit, task.id, "recalled")


def _check(answer: Answer) -> None:
    if answer.action not in ACTIONS:
        raise Invalid("action", "unknown_code", value=answer.action)
    check_text("text", answer.text, TEXT_MAX)
    check_text("reason", answer.reason, REASON_MAX)
    if len(answer.photos) > PHOTOS_MAX:
        raise Invalid("photos", "too_many", count=len(answer.photos), most=PHOTOS_MAX)
    if answer.solved not in SOLVED:
        raise Invalid("solved", "unknown_code", value=answer.solved)


def _iso(instant: object) -> str:
    return instant.isoformat() if instant is not None else ""  # type: ignore[attr-defined]


