"""The verbs a case offers this officer, as buttons; the flow table alone decides which there are."""

from console.domain.case import CASE_FLOW, Case
from console.domain.errors import Denied, Refused
from console.domain.people import Actor
from console.domain.rows import BoardRow
from console.domain.task import HELD, TASK_FLOW
from console.ui.base.keys import shown
from console.ui.base.verbs import Verb
from console.ui.base.words import tr

# Any of these opens the dispatch strip: sending goes as far as the officer's roles reach.
TOWARDS_DISPATCH = frozenset({"quick", "accept", "file", "dispatch"})


def choices(case: Case, actor: Actor, tasks: tuple[BoardRow, ...]) -> tuple[Verb, ...]:
    """What may be done to the case now, the one next act as primary."""
    legal = list(dict.fromkeys(step.action for step in CASE_FLOW.verbs(case, actor)))
    may_send = not TOWARDS_DISPATCH.isdisjoint(legal)
    found: list[Verb] = []
    if may_send:
        found.append(Verb("order", tr("Dispatch"), shown("dispatch"), is_primary=True))
    if may_release(case, actor, tasks):
        found.append(Verb("release", tr("Send now")))
    if "ack" in legal:
        found.append(Verb("ack", act_words("ack"), shown("acknowledge")))
    found.append(Verb("cameras", tr("Show cameras"), shown("cameras"), is_enabled=case.place_known, why_not=tr("The case has no position")))
    found.append(Verb("locate", tr("Locate"), shown("locate"), is_enabled=case.place_known, why_not=tr("The case has no position")))
    others = [action for action in legal if action not in ("quick", "dispatch", "ack")]
    return (*found, *(Verb(action, act_words(action), is_primary=action in ("check", "close")) for action in others))


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


def act_words(action: str) -> str:
    """The name of an act on a button."""
    words = {
        "ack": tr("Acknowledge"), "accept": tr("Accept"), "file": tr("File"), "recall": tr("Recall"), "check": tr("Found done"),
        "rework": tr("Not done"), "close": tr("Close the case"), "send": tr("Dispatch"), "release": tr("Send now"), "order": tr("Dispatch"),
    }  # fmt: skip
    return words.get(action, action)
