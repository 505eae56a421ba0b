"""The typed verbs of the hall: what `jj . `, `pq 031 zj tx : 现场设围挡`, `dw`, `tx` do, through the same acts as the keys."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from console.domain.case import CASE_FLOW, OPEN_STATES, Case
from console.domain.people import Actor
from console.domain.task import Order
from console.ui.base.text import plain
from console.ui.base.words import tr
from console.ui.case.acts import Acts, Dispatch
from console.ui.case.choices import TOWARDS_DISPATCH
from console.ui.case.moves import Answers, act_words
from console.ui.case.reading import CaseQuestions, Reading
from console.ui.grammar import SELECTED, Choice, Command, VerbWord
from console.ui.seat import Seat, Services
from console.ui.wording import Named, unit_words, with_part


def verb_words() -> tuple[VerbWord, ...]:
    """The verbs of the command line in the seat's language."""
    return (
        VerbWord("acknowledge", tr("Acknowledge"), ("jj", "接警", "1")),
        VerbWord("dispatch", tr("Dispatch"), ("pq", "派遣", "2"), takes_targets=True, takes_text=True),
        VerbWord("cameras", tr("Show cameras"), ("tx", "调像", "3")),
        VerbWord("locate", tr("Locate"), ("dw", "定位", "4")),
        *(VerbWord(action, act_words(action), spellings, takes_text=action in WITH_WORDS) for action, spellings in MORE_VERBS.items()),
    )


# Every other act of the case's table that is often enough wanted to be typed; what needs more than words opens its form.
MORE_VERBS = {
    "accept": ("sl", "受理"), "file": ("la", "立案"), "recall": ("ch", "撤回"), "verify": ("hs", "核实"), "reject": ("bs", "不予受理"),
    "merge": ("ba", "并案"), "reclassify": ("gl", "改类"), "check": ("hc", "核查"), "rework": ("fg", "返工"), "close": ("ja", "结案"),
    "evaluate": ("pj", "评价"), "urge": ("cb", "催办"), "supervise": ("db", "督办"), "escalate": ("sb", "上报"), "skip": ("yj", "越级"),
    "take_over": ("jg", "接管"), "hand_back": ("tb", "退下级"), "send_down": ("xp", "下派"), "ask_suspend": ("gq", "挂起"),
    "resume": ("hf", "恢复"), "ask_void": ("zf", "作废"), "reopen": ("ck", "重开"), "meet": ("lx", "联席"), "mediate": ("tj", "调解"),
}  # fmt: skip
WITH_WORDS = frozenset({"recall", "rework", "check", "urge", "escalate", "skip", "hand_back", "reopen", "mediate"})


def unit_choices(units: Mapping[int, Named]) -> tuple[Choice, ...]:
    """The units a dispatch may name, as the command line knows them."""
    return tuple(Choice(str(unit.id), unit.short, unit.spellings) for unit in units.values())


class _Finder:
    """Finds the case a command means; runs in a reading thread."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._questions = CaseQuestions(services)

    def find(self, actor: Actor, command: Command, case_id: int) -> tuple[Command, tuple[Case, ...], Reading | None]:
        """The cases that may be meant; when it is one, all that is known of it."""
        if command.case == SELECTED:
            cases: tuple[Case, ...] = (self._services.ask.case(actor, case_id),) if case_id else ()
        else:
            ending = self._services.ask.cases_ending(actor, command.case)
            cases = tuple(case for case in ending if command.action == "reopen" or case.state in OPEN_STATES)
            # Numbers begin anew every day: what may be meant is what the verb could do something to.
            fitting = tuple(case for case in cases if _fits(command.action, case, actor))
            cases = fitting or cases
        return command, cases, self._questions.read(actor, cases[0].id) if len(cases) == 1 else None


class Typed(QObject):
    """Carries out what was typed."""

    def __init__(self, seat: Seat, acts: Acts, act: Callable[[str], None], parent: QObject | None = None) -> None:
        """Make it for a seat; `act` is the case desk's act on the case in hand."""
        super().__init__(parent)
        self._seat, self._acts, self._act = seat, acts, act
        self._finder = _Finder(seat.services)
        self._label = ""
        self.units: Mapping[int, Named] = {}

    def set_selected(self, label: str) -> None:
        """Say how the case in hand is called."""
        self._label = label

    def run(self, command: Command) -> None:
        """Carry out a command; what cannot be done is said."""
        self._seat.work.ask(self, self._finder.find, self._carry_out, self._seat.actor, command, self._seat.case_id)

    def describe(self, command: Command) -> str:
        """What Enter would do, said before."""
        case = self._label if command.case == SELECTED else command.case
        verb = next((word.label for word in verb_words() if word.action == command.action), command.action)
        if command.action in WITH_WORDS and command.text:
            return tr("{verb} {case}: “{text}” ⏎", verb=verb, case=case, text=plain(command.text, 60))
        if command.action != "dispatch":
            return tr("{verb} {case} ⏎", verb=verb, case=case)
        named = [with_part(self.units, int(each.value), "co" if place else "lead") for place, each in enumerate(command.targets)]
        whom = tr(", ").join(named) or tr("as proposed")
        if command.text:
            return tr("{verb} {case} → {targets}, note “{text}” ⏎", verb=verb, case=case, targets=whom, text=plain(command.text, 60))
        return tr("{verb} {case} → {targets} ⏎", verb=verb, case=case, targets=whom)

    def _carry_out(self, answer: tuple[Command, tuple[Case, ...], Reading | None]) -> None:
        command, cases, reading = answer
        if reading is None:
            self._say_which(command, cases)
            return
        self._seat.take(reading.case.id)
        if command.action == "dispatch":
            self._dispatch(command, reading)
        elif command.text and command.action in WITH_WORDS:
            self._acts.perform(command.action, reading.case.id, reading.case.version, Answers(reason=plain(command.text).strip()))
        else:
            self._act({"acknowledge": "ack"}.get(command.action, command.action))

    def _dispatch(self, command: Command, reading: Reading) -> None:
        case, words = reading.case, plain(command.text).strip()
        if command.targets:
            orders = tuple(
                Order(int(each.value), "co" if place else "lead", words) for place, each in enumerate(command.targets)
            )  # fmt: skip
        else:
            orders = tuple(Order(order.org_id, order.kind, words) for order in reading.suggestion.orders)
        self._acts.send(case.id, case.version, Dispatch(orders, case.category, case.priority))

    def _say_which(self, command: Command, cases: tuple[Case, ...]) -> None:
        if not cases:
            self._seat.said.emit(tr("No open case ends with {digits}.", digits=command.case))
            return
        numbers = tr(", ").join(case.number for case in cases[:4])
        words = tr("Several cases end with {digits}: {numbers}. Select one and type a dot.", digits=command.case, numbers=numbers)
        self._seat.said.emit(words)


def dispatched_words(case: Case, units: tuple[int, ...], known: Mapping[int, Named]) -> str:
    """The line that says what was sent to whom."""
    names = tr(", ").join(unit_words(known, unit) for unit in units[:3])
    if len(units) > 3:
        return tr("Dispatched {number} → {units} and {n} more", number=case.number[-6:], units=names, n=len(units) - 3)
    return tr("Dispatched {number} → {units}", number=case.number[-6:], units=names)


def _fits(action: str, case: Case, actor: Actor) -> bool:
    legal = {step.action for step in CASE_FLOW.verbs(case, actor)}
    if action == "dispatch":
        return not TOWARDS_DISPATCH.isdisjoint(legal)
    if action in ("cameras", "locate"):
        return case.place_known
    return {"acknowledge": "ack"}.get(action, action) in legal
