"""What becomes of a case before it is filed: verified, turned away, merged, sorted anew, withdrawn, handled on the spot."""

from dataclasses import dataclass, replace

from console.domain.case import CASE_FLOW, OPEN_STATES, Case
from console.domain.codes import known
from console.domain.datum import distance_m
from console.domain.errors import Invalid
from console.domain.people import Actor
from console.domain.place import Point
from console.domain.rules import NEAR_M, SAME_WITHIN
from console.domain.task import HELD, TASK_FLOW, Order, Task
from console.domain.texts import check_text
from console.service.casework import give_at_once, next_number, photos_of, sorting
from console.service.desk import TEXT_MAX, Act, Desk, Facts
from console.service.photos import claim
from console.store import access
from console.store.find import cases, places

BODY_MAX = 80
OWN_ACTS = ("withdraw", "self_handle")  # what a reporter may do about a report of their own
SAMPLE_EACH = 10  # one of ten self-handled cases is marked to be looked at on the spot (T36)


@dataclass(frozen=True)
class Rejection:
    """Why a case is turned away, what the reporter reads, and whose matter it is when not ours."""

    reason_code: str
    reason: str
    public_reply: str
    right_body: str = ""


@dataclass(frozen=True)
class OwnAnswer:
    """What somebody does about a report of their own: `withdraw` with its reason, or `self_handle` with what was done and pictures."""

    action: str
    text: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Intake:
    """Operations on cases not yet filed. Every one raises Missing, Stale, Denied, Refused, Invalid."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def verify(self, actor: Actor, case_id: int, version: int, org_id: int, words: str = "") -> Case:
        """T06: send somebody of a village or a team to look whether it is true."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "verify", {})
            if org_id not in {org.id for org in places.orgs(act.unit, act.scope)}:
                raise Invalid("orders", "unknown_unit", value=org_id)
            check_text("instruction", words, TEXT_MAX)
            task = give_at_once(act, case, Order(org_id, "verify", words.strip()), "send_verify")
            acked: Facts = {} if case.acked_at else {"acked_at": act.now, "acked_by": actor.user_id}
            return act.take(case, step, {"task": task.id, "org": org_id}, due_verify=task.due_sign, **acked)

        return self.desk.run(actor, work)

    def reject(self, actor: Actor, case_id: int, version: int, rejection: Rejection) -> Case:
        """T05: not taken on; the reporter is told why, and where to go when it is not ours."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "reject", {**vars(rejection)})
            known(act.codes_of(case).reasons["reject"], rejection.reason_code, "reason_code")
            check_text("public_reply", rejection.public_reply, TEXT_MAX)
            check_text("right_body", rejection.right_body, BODY_MAX)
            said = act.say(case, "reject", rejection.reason)
            told: Facts = {"public_reply": rejection.public_reply.strip(), "right_body": rejection.right_body.strip()}
            return act.take(case, step, {"reason": rejection.reason_code, **said}, ended_at=act.now, **told)

        return self.desk.run(actor, work)

    def refuse_filing(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T11: taken on, but not to be filed; the reason goes back to the reporter."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "refuse_filing", {"reason": reason})
            said = act.say(case, "refuse_filing", reason)
            return act.take(case, step, said, ended_at=act.now, public_reply=reason.strip())

        return self.desk.run(actor, work)

    def merge(self, actor: Actor, case_id: int, version: int, into: int) -> Case:
        """T09: the same matter as an open case; both timelines name the other."""

        def work(act: Act) -> Case:
            # Always the older case first, so that two who merge crosswise never wait for each other in a ring.
            first, second = (act.case(each) for each in sorted({case_id, into})) if case_id != into else (act.case(case_id),) * 2
            case, other = (first, second) if first.id == case_id else (second, first)
            if case.version != version:
                raise act.unit.stale("case_file", case_id)
            step = CASE_FLOW.step(case, actor, "merge", likeness(case, other))
            act.move(other, "joined_by", {"case": case.id, "flags": ["joined"]})
            return act.take(case, step, {"into": other.id}, merged_into=other.id, ended_at=act.now)

        return self.desk.run(actor, work)

    def reclassify(self, actor: Actor, case_id: int, version: int, *, category: str, priority: str = "") -> Case:
        """T12: another category or priority; limits of the stage that runs are computed anew."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            return sorted_anew(act, case, category, priority)

        return self.desk.run(actor, work)

    def withdraw(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T03: the reporter takes it back before it is taken on."""

        def work(act: Act) -> Case:
            return _withdrawn(act, act.case(case_id, version, own=True), reason)

        return self.desk.run(actor, work)

    def self_handle(self, actor: Actor, case_id: int, version: int, *, text: str, photos: tuple[str, ...]) -> Case:
        """T36: seen, settled and shown by the one who reported it; it still is checked by another."""

        def work(act: Act) -> Case:
            return _settled(act, act.case(case_id, version, own=True), OwnAnswer("self_handle", text, (), photos))

        return self.desk.run(actor, work)

    def answer_own(self, actor: Actor, report_key: str, answer: OwnAnswer, *, key: str = "") -> None:
        """T03 or T36 by whoever sent the report, named by the key it was sent under: so both can be written before it has arrived.

        With a key of its own, the same answer sent twice counts once; the same
        key with another answer raises KeyReused.
        """

        def work(act: Act) -> Facts:
            case = act.case(cases.my_report(act.unit, act.scope, report_key).case.id, own=True)
            _withdrawn(act, case, answer.text) if answer.action == "withdraw" else _settled(act, case, answer)
            return {"case": case.id}

        if answer.action not in OWN_ACTS:
            raise Invalid("action", "unknown_code", value=answer.action)
        if key:
            self.desk.once(actor, key, {"report": report_key, **vars(answer)}, work)
        else:
            self.desk.run(actor, work)


def _withdrawn(act: Act, case: Case, reason: str) -> Case:
    step = CASE_FLOW.step(case, act.actor, "withdraw", {"reason": reason})
    return act.take(case, step, act.say(case, "withdraw", reason), ended_at=act.now)


def _settled(act: Act, case: Case, answer: OwnAnswer) -> Case:
    before, after = tuple(dict.fromkeys(answer.before)), tuple(dict.fromkeys(answer.after))
    shown: Facts = {"photos_before": photos_of(act, case, "before") + len(before), "photos_after": len(after)}
    step = CASE_FLOW.step(case, act.actor, "self_handle", shown)
    check_text("text", answer.text, TEXT_MAX)
    said = act.say(case, "self_handle", answer.text, "text")
    done = _own_task(act, case)
    claim(act, before, ("case", case.id, case.id, "before"))
    claim(act, after, ("case", case.id, case.id, "after"))
    is_sample = int(case.number[-6:]) % SAMPLE_EACH == 0
    flags = (*case.flags, "self_handled", *(("sample",) if is_sample else ()))
    handlers = tuple(sorted({*case.handler_ids, act.actor.user_id}))
    due_check = act.limit_from(act.now, "check", case)
    stages = dict.fromkeys(("done_accept", "done_file", "done_dispatch", "done_sign", "done_first", "done_handle"), act.now)
    return act.take(case, step, {"task": done.id, **said}, flags=flags, handler_ids=handlers, lead_org=act.actor.org_id,
                    due_check=due_check, **stages)


def likeness(case: Case, other: Case) -> Facts:
    """What two cases share: whether they may be one (T09)."""
    if case.lon is not None and case.lat is not None and other.lon is not None and other.lat is not None:
        near = distance_m(Point(case.lon, case.lat), Point(other.lon, other.lat)) <= NEAR_M
    else:
        near = bool(case.grid) and case.grid == other.grid
    apart = abs(case.reported_at - other.reported_at)
    return {
        "is_other": case.id != other.id, "is_open": other.state in OPEN_STATES and other.owner_centre == case.owner_centre,
        "same_kind": case.category[:2] == other.category[:2], "same_place": near, "same_time": apart <= SAME_WITHIN,
    }  # fmt: skip


def sorted_anew(act: Act, case: Case, category: str, priority: str) -> Case:
    """Reclassify a locked case. Raises Invalid when nothing would change."""
    step = CASE_FLOW.step(case, act.actor, "reclassify", {})
    changes = sorting(act, case, category, priority)
    if not changes:
        raise Invalid("category", "nothing_changes", value=category)
    return reclassified(act, case, step.id, step.codes, changes)


def reclassified(act: Act, case: Case, step: str, codes: tuple[str, ...], changes: Facts) -> Case:
    """Carry a new sorting over, with the limit of the running stage counted from where it began."""
    began = {"20": ("file", case.done_accept), "30": ("dispatch", case.done_file)}.get(case.state)
    anew: Facts = {}
    if began is not None and began[1] is not None:
        sample = act.limit_from(began[1], began[0], _with(case, changes))
        anew = {f"due_{began[0]}": sample}
    facts: Facts = {"step": step, "codes": list(codes), "was": case.category}
    facts |= {name: changes[name] for name in ("category", "priority") if name in changes}
    return act.move(case, "reclassify", facts, **changes, **anew)


def _with(case: Case, changes: Facts) -> Case:
    return replace(case, **{name: changes[name] for name in ("category", "priority") if name in changes})  # type: ignore[arg-type]


def _own_task(act: Act, case: Case) -> Task:
    """The part of the one who settled it alone: a lead's task, finished as it is made."""
    from_unit = act.actor.org_id
    task = Task(
        0, f"{case.number}-T{next_number(act, case):02d}", case.id, "lead", from_unit, True, "", HELD, act.actor.user_id, act.now, act.now,
    )  # fmt: skip
    task = act.born(task, "order", {"case": case.id, "org": from_unit, "part": "lead"})
    access.grant(act.unit, case.id, from_unit, "lead", act.now)
    step = TASK_FLOW.step(task, act.actor, "self_handle", {})
    done = dict.fromkeys(("released_at", "signed_at", "first_reply_at", "finished_at"), act.now)
    return act.take(task, step, {"case": case.id, "org": from_unit}, user_id=act.actor.user_id, **done)

