"""From a filled-in form to an operation: which service does an act, and with which of the words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from console.domain.application import Application
from console.domain.case import OPEN_STATES, Case
from console.domain.errors import Invalid
from console.domain.limits import CHINA
from console.domain.meeting import Decision
from console.domain.people import Actor
from console.domain.supervision import Supervision
from console.service.applications import CASE_ASKS, Wish
from console.service.cases import Closing
from console.service.endings import Held
from console.service.intake import Rejection
from console.service.retention import Holds
from console.ui.base.text import plain
from console.ui.case.moves import Answers, plain_action
from console.ui.case.plan import find_units
from console.ui.seat import Services
from console.ui.wording import Named, name_units

Operation = Callable[[Actor, int, int], Case]


@dataclass(frozen=True)
class Deeds:
    """The acts of the case desk's forms, carried out in the writing thread. Raises what the services raise."""

    services: Services

    def do(self, action: str, actor: Actor, case_id: int, version: int, answers: Answers) -> Case:
        """Do one act with the words of its form; the case as it is then."""
        kind, _, ref = action.partition(":")
        if ref:
            self._decide(kind, actor, case_id, int(ref), plain(answers.reason))
            return self.services.ask.case(actor, case_id)
        if kind in CASE_ASKS:
            wish = Wish(answers.code, plain(answers.reason), target=answers.category)
            return self.services.applications.ask_on_case(actor, case_id, version, kind, wish)
        return self._operation(kind, actor, answers)(actor, case_id, version)

    def _decide(self, kind: str, actor: Actor, case_id: int, ref: int, words: str) -> None:
        desk = self.services.ask.case_desk(actor, case_id)
        parts: Mapping[int, Application | Supervision] = {
            part.id: part for part in (desk.supervisions if kind == "answer" else desk.applications)
        }  # fmt: skip
        version = parts[ref].version if ref in parts else 0
        if kind == "answer":
            self.services.supervisions.answer(actor, ref, version, words)
        else:
            self.services.applications.decide(actor, ref, version, grant=kind == "grant", advice=words)

    def _operation(self, kind: str, actor: Actor, answers: Answers) -> Operation:
        on, reason = self.services, plain(answers.reason)
        made: dict[str, Operation] = {
            "accept": lambda *of: on.cases.accept(*of),
            "recall": lambda *of: on.cases.recall(*of, reason),
            "check": lambda *of: on.cases.check(*of, reason),
            "rework": lambda *of: on.cases.rework(*of, reason),
            "close": lambda *of: on.cases.close(*of, Closing(answers.close_type, answers.close_text, answers.public_reply)),
            "verify": lambda *of: on.intake.verify(*of, int(answers.unit or 0), reason),
            "reject": lambda *of: on.intake.reject(*of, _rejection(answers)),
            "refuse_filing": lambda *of: on.intake.refuse_filing(*of, reason),
            "merge": lambda *of: on.intake.merge(*of, self._other(actor, answers.target)),
            "reclassify": lambda *of: on.intake.reclassify(*of, category=answers.category, priority=answers.priority),
            "withdraw": lambda *of: on.intake.withdraw(*of, reason),
            "escalate": lambda *of: on.levels.escalate(*of, reason),
            "skip": lambda *of: on.levels.pass_by(*of, reason),
            "take_over": lambda *of: on.levels.take_over(*of),
            "hand_back": lambda *of: on.levels.hand_back(*of, reason),
            "send_down": lambda *of: on.levels.send_down(*of, int(answers.centre or 0), reason),
            "resume": lambda *of: on.applications.resume(*of),
            "urge": lambda *of: on.supervisions.urge(*of, reason),
            "supervise": lambda *of: on.supervisions.supervise(*of, answers.plate, reason),
            "back_to_handling": lambda *of: on.endings.send_back(*of, "back_to_handling", reason),
            "back_to_check": lambda *of: on.endings.send_back(*of, "back_to_check", reason),
            "evaluate": lambda *of: on.endings.evaluate(*of, answers.score, reason),
            "not_content": lambda *of: on.endings.not_content(*of, reason),
            "archive": lambda *of: on.endings.archive(*of),
            "reopen": lambda *of: on.endings.reopen(*of, reason),
            "mediate": lambda *of: on.endings.mediate(*of, reason),
            "meet": lambda *of: on.endings.meet(*of, self._held(actor, answers)),
            "hold": lambda *of: self._holds.place(*of, reason, _end_of(answers.until)),
            "unhold": lambda *of: self._holds.lift(*of, reason),
            "mark": lambda *of: on.supervisions.mark(*of, answers.mark, is_on=answers.mark not in on.ask.case(*of[:2]).flags),
        }
        return made[plain_action(kind)]

    @property
    def _holds(self) -> Holds:
        assert self.services.holds is not None  # the verbs are offered where it is there
        return self.services.holds

    def _other(self, actor: Actor, typed: str) -> int:
        """The one open case whose number ends with what was typed. Raises Invalid."""
        digits = typed.strip().rpartition("-")[2]
        found = [case for case in self.services.ask.cases_ending(actor, digits) if case.state in OPEN_STATES] if digits else []
        if len(found) != 1:
            raise Invalid("target", "no_one_case", value=typed.strip()[:40], count=len(found))
        return found[0].id

    def _held(self, actor: Actor, answers: Answers) -> Held:
        units = name_units(self.services.ask.units(actor), actor.centre_id, self.services.codes)
        decisions = tuple(_decision(line, units) for line in answers.decisions.splitlines() if line.strip())
        if not decisions:
            raise Invalid("decisions", "needs_decision")
        now = self.services.clock.now()
        return Held(now, plain(answers.place), plain(answers.reason), tuple(dict.fromkeys(each.org_id for each in decisions)), decisions)


def _end_of(day: str) -> datetime:
    """The end of a day of China. Raises Invalid for what is no day."""
    try:
        first = datetime.combine(date.fromisoformat(day.strip().replace("/", "-")), time(), CHINA)
    except ValueError as wrong:
        raise Invalid("until", "not_a_day", value=day.strip()[:40]) from wrong
    return first + timedelta(days=1)


def _rejection(answers: Answers) -> Rejection:
    return Rejection(answers.code, plain(answers.reason), plain(answers.public_reply), plain(answers.right_body))


def _decision(line: str, units: Mapping[int, Named]) -> Decision:
    """`住建：迁移水管`: a unit as the command line knows it, a colon, what it is to do. Raises Invalid."""
    name, _, task = line.replace("：", ":").partition(":")
    found = find_units(name, units)
    exact = [unit for unit in found if name.strip().casefold() in (spelling.casefold() for spelling in (*unit.spellings, unit.short))]
    chosen = exact or list(found)
    if len(chosen) != 1 or not task.strip():
        raise Invalid("decisions", "unreadable_decision", value=line.strip()[:40])
    return Decision(chosen[0].id, plain(task).strip())
