"""What each act on a case is called, what it does, and which fields it asks for; a table, no widget."""

from dataclasses import dataclass, fields

from console.domain.task import Order
from console.ui.base.words import tr

DECISIONS = ("grant", "refuse", "answer")  # acts on what hangs on a case: `grant:12` is the application 12


@dataclass(frozen=True)
class Answers:
    """What was typed into a form so far."""

    reason: str = ""
    close_type: str = "done"
    close_text: str = ""
    public_reply: str = ""
    code: str = ""
    right_body: str = ""
    target: str = ""
    unit: str = ""
    centre: str = ""
    plate: str = "1"
    score: str = "5"
    category: str = ""
    priority: str = ""
    mark: str = "cross_county"
    place: str = ""
    decisions: str = ""
    until: str = ""


@dataclass(frozen=True)
class Dispatch:
    """What is to be sent: to whom, and the category and priority the officer sees."""

    orders: tuple[Order, ...]
    category: str = ""
    priority: str = ""


@dataclass(frozen=True)
class Move:
    """One act: its words, what it does (said before it is done), the fields it asks for, and what the words are about."""

    words: str
    does: str
    asks: tuple[str, ...] = ()
    about: str = "Why"


NAMES = tuple(each.name for each in fields(Answers))
# The next acts of the main road stay buttons; all others stand behind "more".
MAIN = ("accept", "file", "recall", "check", "rework", "close", "evaluate", "take_over", "hand_back", "resume")
# What an act without a form needs no words for.
AT_ONCE = ("ack", "accept", "file")
MOVES = {
    "ack": Move("Acknowledge", ""), "accept": Move("Accept", ""), "file": Move("File", ""), "send": Move("Dispatch", ""),
    "release": Move("Send now", ""), "order": Move("Dispatch", ""), "more": Move("More …", ""),
    "recordings": Move("Recordings", ""),
    "recall": Move("Recall", "All its tasks end; the case waits for dispatch again. Units that have it already are told.", ("reason",)),
    "check": Move("Found done", "The case goes on to be closed. Without a photo of afterwards, write what you saw or heard.", ("reason",),
                  "What was seen, or what the call told"),
    "rework": Move("Not done", "The lead works on, with half its time and at least four work hours.", ("reason",)),
    "close": Move("Close the case", "The case waits for its call-back; the reporter reads the words for the citizen.",
                  ("close_type", "close_text", "public_reply")),
    "verify": Move("Send for verification", "Somebody on the spot looks whether it is true; the case waits for the answer.",
                   ("unit", "reason"), "What to look at"),
    "reject": Move("Do not take on", "The case ends. The reporter reads the words for the citizen, and where to go when it is not ours.",
                   ("code", "reason", "public_reply", "right_body")),
    "refuse_filing": Move("Do not file", "The case ends; the reporter reads why.", ("reason",)),
    "merge": Move("Merge into another", "The case ends and points to the other one; both histories name each other.", ("target",)),
    "reclassify": Move("Reclassify", "The limit of the stage that runs is counted anew.", ("category", "priority")),
    "ask_reclassify": Move("Ask to reclassify", "After filing the shift leader decides.", ("category", "reason")),
    "withdraw": Move("Withdraw", "Your report ends before it is taken on.", ("reason",)),
    "escalate": Move("Escalate", "The parent centre decides whether to take it; until then it stays here.", ("reason",)),
    "skip": Move("Escalate past a level", "The centre two levels up is asked. For emergencies at once, else after three days of handling.",
                 ("reason",)),
    "take_over": Move("Take over", "The case belongs to this centre and is dispatched anew; the lower centre goes on watching."),
    "hand_back": Move("Hand back", "The lower centre goes on where it stood.", ("reason",)),
    "send_down": Move("Send down", "The lower centre owns the case and begins with intake; its tasks here end.", ("centre", "reason")),
    "ask_suspend": Move("Ask to suspend", "The director decides; the clocks stand still, at most 90 days in all.", ("code", "reason")),
    "resume": Move("Resume", "The clocks run on with the time that was left."),
    "urge": Move("Urge", "The unit in charge is pressed for an answer; it counts.", ("reason",), "What to say"),
    "supervise": Move("Hang up a plate", "A written answer is due within one work day; the plate stays on the case.", ("plate", "reason")),
    "back_to_handling": Move("Back to handling", "The lead works on, with half its time and at least four work hours.", ("reason",)),
    "back_to_check": Move("Back to the check", "The case is checked once more.", ("reason",)),
    "evaluate": Move("Record the call-back", "The case is archived with this score.", ("score", "reason"), "What the reporter said"),
    "ask_call_back": Move("Not content: send back", "Once only; the shift leader decides, then the lead works on.", ("reason",)),
    "not_content": Move("Still not content", "It was sent back once already: the unit gets a yellow plate and answers in writing.",
                        ("reason",)),
    "archive": Move("Archive without contact", "After three days without contact the case is archived without a score."),
    "reopen": Move("Reopen", "The case is filed anew and goes the whole way again.", ("reason",)),
    "ask_void": Move("Ask to void", "Another shift leader decides; the case ends as void and is kept.", ("code", "reason")),
    "meet": Move("Joint meeting", "Each decision becomes a task of its unit; the director closes the case.",
                 ("place", "reason", "decisions"), "Minutes"),
    "mediate": Move("Open mediation", "The handling has a month from now.", ("reason",), "What was agreed"),
    "mark": Move("Set or take off a mark", "The mark is shown wherever the case is shown.", ("mark",)),
    "hold": Move("Hold back from deletion", "Until that day nothing personal of the case is deleted.",
                 ("reason", "until"), "Why it is held, such as the court and its file number"),
    "unhold": Move("Lift the hold", "The case's own day of deletion counts again.", ("reason",), "Why the hold is lifted"),
    "grant": Move("Grant", "What was asked for is done at once.", ("reason",), "Advice"),
    "refuse": Move("Refuse", "Everything stays as it is; the applicant reads why.", ("reason",)),
    "answer": Move("Answer the plate", "The answer is kept with the plate.", ("reason",), "What is being done"),
}  # fmt: skip


def plain_action(action: str) -> str:
    """The act without what it is about: `grant:12` is grant."""
    return action.partition(":")[0]


def act_words(action: str) -> str:
    """The name of an act on a button."""
    move = MOVES.get(plain_action(action))
    return tr(move.words) if move is not None else action


def has_form(action: str) -> bool:
    """Whether an act says before what it does, or asks for words."""
    move = MOVES.get(plain_action(action))
    return move is not None and bool(move.does)
