"""The verbs a case offers this officer, as buttons and a menu; the flow tables alone decide which there are."""

from console.domain.application import APPLICATION_FLOW, CASE_ACTS, Application
from console.domain.case import CASE_FLOW, Case
from console.domain.errors import Denied, Refused
from console.domain.people import Actor
from console.domain.rows import BoardRow, CaseDesk
from console.domain.rules import is_in_area
from console.domain.supervision import BLACK, RED, SUPERVISION_FLOW, YELLOW, Supervision
from console.domain.task import HELD, TASK_FLOW
from console.domain.video_leave import may_ask
from console.service.retention import HOLDERS
from console.ui.base.keys import shown
from console.ui.base.verbs import Verb
from console.ui.base.words import tr
from console.ui.case.moves import MAIN, act_words

# Any of these opens the dispatch strip: sending goes as far as the officer's roles reach.
TOWARDS_DISPATCH = frozenset({"quick", "accept", "file", "dispatch"})
# Steps with a door of their own: the strip, the phone's photos, the page where drafts are written.
ELSEWHERE = frozenset({"quick", "dispatch", "ack", "self_handle", "delete"})


def choices(case: Case, actor: Actor, tasks: tuple[BoardRow, ...], desk: CaseDesk | None = None) -> tuple[Verb, ...]:
    """What may be done to the case now, the one next act as primary; the seldom acts stand behind "more"."""
    legal = _legal(case, actor)
    found: list[Verb] = []
    if not TOWARDS_DISPATCH.isdisjoint(legal):
        found.append(Verb("order", tr("Dispatch"), shown("dispatch"), is_primary=True))
    found += decisions(case, actor, desk) if desk is not None else ()
    if may_release(case, actor, tasks):
        found.append(Verb("release", tr("Send now")))
    if "ack" in legal:
        found.append(Verb("ack", act_words("ack"), shown("acknowledge")))
    found.append(Verb("cameras", tr("Show cameras"), shown("cameras"), is_enabled=case.place_known, why_not=tr("The case has no position")))
    found.append(Verb("locate", tr("Locate"), shown("locate"), is_enabled=case.place_known, why_not=tr("The case has no position")))
    main = [action for action in legal if action in MAIN]
    found += [Verb(action, act_words(action), is_primary=action in ("check", "close", "evaluate", "take_over")) for action in main]
    if seldom(case, actor):
        found.append(Verb("more", act_words("more")))
    return tuple(found)


def seldom(case: Case, actor: Actor) -> tuple[Verb, ...]:
    """The legal acts that are not buttons, for the menu behind "more"; holding back and recordings are no steps of its flow."""
    flow = [action for action in _legal(case, actor) if action not in MAIN and action not in ELSEWHERE]
    found = tuple(Verb(action, act_words(action)) for action in (*flow, *holdings(case, actor)))
    return (*found, Verb("recordings", act_words("recordings"), shown("recordings"))) if may_ask(actor) else found


def holdings(case: Case, actor: Actor) -> tuple[str, ...]:
    """Whether the actor may hold the case back from deletion, and lift a hold."""
    if not actor.holds_any(HOLDERS) or not is_in_area(case, actor):
        return ()
    return ("hold", "unhold") if case.retention_class == "D" else ("hold",)


def decisions(case: Case, actor: Actor, desk: CaseDesk) -> tuple[Verb, ...]:
    """What waits for this officer's word: applications to grant or refuse, plates to answer."""
    found: list[Verb] = []
    for one in desk.applications:
        if is_in_area(case, actor):
            legal = {step.action for step in APPLICATION_FLOW.verbs(one, actor)}
            legal -= set() if _may_carry_out(case, actor, one) else {"grant"}
            found += [Verb(f"{act}:{one.id}", _decision_words(act, one)) for act in ("grant", "refuse") if act in legal]
    for plate in desk.supervisions:
        if SUPERVISION_FLOW.verbs(plate, actor):
            found.append(Verb(f"answer:{plate.id}", _answer_words(plate)))
    return tuple(found)


def _may_carry_out(case: Case, actor: Actor, application: Application) -> bool:
    """Whether what was asked for is this officer's to do, should it be granted."""
    try:
        CASE_FLOW.step(case, actor, CASE_ACTS[application.type], {})
    except Denied:
        return False
    except Refused:
        return True  # said when it is tried
    return True


def _legal(case: Case, actor: Actor) -> list[str]:
    legal = list(dict.fromkeys(step.action for step in CASE_FLOW.verbs(case, actor)))
    if case.suspended_at is None:
        legal = [action for action in legal if action != "resume"]
    if case.called_back:
        legal = ["not_content" if action == "ask_call_back" else action for action in legal]
    return legal


def _decision_words(action: str, application: Application) -> str:
    words = {
        "3": tr("more time"), "61": tr("suspension"), "6": tr("voiding"), "8": tr("reclassification"), "10": tr("untrue"),
        "71": tr("another lead"), "72": tr("return"), "73": tr("sending back"),
    }  # fmt: skip
    return tr("{act}: {what}", act=act_words(action), what=words.get(application.type, application.type))


def _answer_words(plate: Supervision) -> str:
    names = {YELLOW: tr("yellow plate"), RED: tr("red plate"), BLACK: tr("black plate")}
    return tr("{act}: {what}", act=act_words("answer"), what=names[plate.card])


def may_release(case: Case, actor: Actor, tasks: tuple[BoardRow, ...]) -> bool:
    """Whether something of the case is held and this officer may let it go at once."""
    held = next((row.task for row in tasks if row.task.case_id == case.id and row.task.state == HELD), None)
    if held is None:
        return False
    try:
        TASK_FLOW.step(held, actor, "release", {})
    except (Denied, Refused):
        return False
    return True
