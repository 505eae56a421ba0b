"""Plain personal details for a reason: what comes back exists only after its row and journal line (handbook G24, 7.2).

In what the case desk asks for, reporters and numbers inside words are masked
before they reach the screen; it does not hold and merely hide them. Who reported is
hidden outside intake, and where protection was asked for, from everybody; then
only intake and the director may look.
"""

from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case
from console.domain.errors import Denied, Invalid
from console.domain.people import Actor, User
from console.domain.report import Report
from console.domain.texts import check_text
from console.service.desk import Act, Desk
from console.store import tables
from console.store.find import cases

REASON_MIN, REASON_MAX = 6, 200
MAY_LOOK = frozenset({"R04", "R05", "R06", "R07", "R08", "R16", "R17"})
MAY_LOOK_AT_PROTECTED = frozenset({"R05", "R06", "R17"})


@dataclass(frozen=True)
class PersonalAccess:
    """Who looked at what of a case, and why; the columns of its table."""

    id: int
    case_id: int
    fields: str
    reason: str
    user_id: int
    user_name: str
    org_id: int
    seat: str
    at: datetime


@dataclass(frozen=True)
class Person:
    """One reporter in plain words."""

    name: str
    phone: str

    def __repr__(self) -> str:
        """Without the words: they must not get into a log."""
        return "Person(…)"


@dataclass(frozen=True)
class Plain:
    """What unmasking a case gives: its reporters, first one first, and its words."""

    access_id: int
    case_id: int
    reporters: tuple[Person, ...]
    content: str

    def __repr__(self) -> str:
        """Without the words: they must not get into a log."""
        return f"Plain({self.access_id}, {self.case_id})"


class Unmask:
    """Looking at personal details."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def case(self, actor: Actor, case_id: int, reason: str) -> Plain:
        """Reporters and words of a case in plain text. Raises Denied, Invalid for a reason under 6 letters, Missing."""
        words = reason.strip()
        if not REASON_MIN <= len(words) <= REASON_MAX:
            raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
        check_text("reason", words, REASON_MAX)

        def work(act: Act) -> Plain:
            case = cases.case_by_id(act.unit, act.scope, case_id)
            if not actor.holds_any(MAY_LOOK):
                raise Denied("role")
            behind = cases.plain_reports_of(act.unit, act.scope, case_id)
            if any(report.protected for report in behind) and not actor.holds_any(MAY_LOOK_AT_PROTECTED):
                raise Denied("protected_reporter")
            access = _note(act, case, words)
            return Plain(access.id, case.id, tuple(_person(act, report) for report in behind), case.content)

        return self.desk.run(actor, work)


def _note(act: Act, case: Case, reason: str) -> PersonalAccess:
    who = act.actor
    row = PersonalAccess(0, case.id, "reporter,content", reason, who.user_id, who.name, who.org_id, who.seat, act.now)
    row = act.unit.add(tables.personal_access, row)
    act.note("unmask", "personal", row.id, 1, {"case": case.id, "fields": row.fields.split(",")}, states=("", "plain"))
    return row


def _person(act: Act, report: Report) -> Person:
    user = act.unit.get(tables.user, User, report.reporter_id)
    return Person(report.reporter_name, report.reporter_phone or (user.work_phone if user is not None else ""))
