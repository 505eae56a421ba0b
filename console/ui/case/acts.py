"""What the officer does to cases from this seat: one place for buttons, keys and typed commands.

Acts run one after the other in the writing thread. An act carries the version the officer saw,
or the one the officer's own act before it has just made: F4 and Ctrl+Enter in one breath are not a
conflict, somebody else's change is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from console.domain.case import Case
from console.domain.errors import Stale
from console.domain.people import Actor
from console.domain.task import HELD
from console.service.cases import Sent
from console.ui.base.spans import time_of
from console.ui.base.text import plain
from console.ui.base.words import told, tr
from console.ui.case.deeds import Deeds
from console.ui.case.moves import Answers, Dispatch
from console.ui.seat import Seat, Services


@dataclass(frozen=True)
class Outcome:
    """What an act came to. `window_s`: for how long a dispatch can be taken back before it leaves the hall; `units`: to whom."""

    action: str
    case: Case
    sent: Sent | None = None
    window_s: float = 0.0
    units: tuple[int, ...] = ()


class _Hand:
    """Carries acts out in the writing thread and remembers the versions they made."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._deeds = Deeds(services)
        self._own: dict[int, int] = {}

    def do(self, action: str, act: Callable[..., Case], actor: Actor, case_id: int, *rest: object) -> Outcome:
        case = act(actor, case_id, self._version(case_id, int(str(rest[0]))), *rest[1:])
        self._own[case_id] = case.version
        return Outcome(action, case)

    def perform(self, action: str, actor: Actor, case_id: int, version: int, answers: Answers) -> Outcome:
        case = self._deeds.do(action, actor, case_id, self._version(case_id, version), answers)
        self._own[case_id] = case.version
        return Outcome(action, case)

    def send(self, actor: Actor, case_id: int, version: int, dispatch: Dispatch) -> Outcome:
        sent = self._services.cases.send(
            actor, case_id, self._version(case_id, version), dispatch.orders, category=dispatch.category, priority=dispatch.priority,
        )  # fmt: skip
        self._own[case_id] = sent.case.version
        held = [row.task for row in self._services.ask.case_desk(actor, case_id).tasks if row.task.state == HELD]
        windows = [(task.release_at - task.sent_at).total_seconds() for task in held]
        return Outcome("send", sent.case, sent, max(windows, default=0.0), tuple(task.org_id for task in held))

    def release(self, actor: Actor, case_id: int) -> Outcome:
        self._services.tasks.release(actor, case_id)
        case = self._services.ask.case(actor, case_id)
        self._own[case_id] = case.version
        return Outcome("release", case)

    def _version(self, case_id: int, seen: int) -> int:
        return max(seen, self._own.get(case_id, 0))


class Acts(QObject):
    """The acts of one seat. Whatever becomes of one is told once, by `done` or by `refused`."""

    began = Signal(str, int)  # action, case
    done = Signal(object)  # an Outcome
    refused = Signal(str, int, object)  # action, case, error

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        """Make the acts of a seat."""
        super().__init__(parent)
        self._seat = seat
        self._cases = seat.services.cases
        self._hand = _Hand(seat.services)

    def ack(self, case_id: int, version: int) -> None:
        """F4: take note of a case."""
        self._do("ack", self._cases.ack, case_id, version)

    def accept(self, case_id: int, version: int) -> None:
        """Take a case on as it was sorted."""
        self._do("accept", self._cases.accept, case_id, version)

    def file(self, case_id: int, version: int) -> None:
        """File a case."""
        self._do("file", self._cases.file, case_id, version)

    def send(self, case_id: int, version: int, dispatch: Dispatch) -> None:
        """Dispatch a case, as far as the officer's roles reach."""
        self._tell("send", self._hand.send, case_id, version, dispatch)

    def recall(self, case_id: int, version: int, reason: str) -> None:
        """Take a dispatch back."""
        self._do("recall", self._cases.recall, case_id, version, plain(reason))

    def release(self, case_id: int) -> None:
        """Let a dispatch leave the hall before its window ends."""
        self._tell("release", self._hand.release, case_id)

    def perform(self, action: str, case_id: int, version: int, answers: Answers) -> None:
        """Do what a form was filled in for."""
        self._tell(action, partial(self._hand.perform, action), case_id, version, answers)

    def _do(self, action: str, act: Callable[..., Case], case_id: int, version: int, *rest: object) -> None:
        self._tell(action, partial(self._hand.do, action, act), case_id, version, *rest)

    def _tell(self, action: str, operation: Callable[..., Outcome], case_id: int, *rest: object) -> None:
        self.began.emit(action, case_id)
        failed = partial(self._refuse, action, case_id)
        self._seat.work.tell(self, operation, self._tell_done, failed, self._seat.actor, case_id, *rest)

    def _tell_done(self, outcome: Outcome) -> None:
        self.done.emit(outcome)

    def _refuse(self, action: str, case_id: int, error: Exception) -> None:
        self.refused.emit(action, case_id, error)


def refusal_words(error: Exception, now: datetime) -> str:
    """The sentence for an act that was refused; a lost race names who won it and that nothing typed is lost."""
    if isinstance(error, Stale):
        who, at = str(error.facts.get("by") or tr("somebody")), str(error.facts.get("at") or "")
        when = time_of(datetime.fromisoformat(at)) if at else time_of(now)
        return tr("Already dealt with by {who} at {time}. What you typed is kept; look again before you send.", who=who, time=when)
    return told(error)
