"""What the limits ask for by themselves: lamps, urging and plates, pauses that are over, call-backs nobody answered."""

import logging
from collections.abc import Callable
from datetime import timedelta

from console.domain.application import REVIEW_EVERY, SUSPENDED_MOST_DAYS
from console.domain.errors import ConsoleError, Stale, Unavailable
from console.domain.people import Actor, system_actor
from console.domain.rules import NO_CONTACT_AFTER
from console.service.applications import Applications
from console.service.desk import Act, Desk, Facts
from console.service.endings import Endings
from console.service.supervision import turned
from console.store import clocks

DAY_S = 86_400
log = logging.getLogger(__name__)


class Timers:
    """Finds passed limits by their columns and turns each into an ordinary operation; twice at once is once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._actor: Actor = system_actor("timers")
        self._applications, self._endings = Applications(desk), Endings(desk)

    def round(self) -> int:
        """Do what is due now; how many cases were looked at."""
        now = self._desk.clock.now()
        with self._desk.store.read() as unit:
            lamps, pauses = clocks.lamps_due(unit, now), clocks.reviews_due(unit, now)
            unreached = clocks.unreached(unit, now - NO_CONTACT_AFTER)
        # What ends a case comes first: a limit that is over at the same instant presses nobody any more.
        for ids, act in ((unreached, self._archive), (lamps, self._lamp), (pauses, self._pause)):
            for case_id in ids:
                self._do(case_id, act)
        return len(lamps) + len(pauses) + len(unreached)

    def chore(self, _sweeper: Actor) -> int:
        """The same as a part of the sweep; the timers sign what they do with their own name."""
        return self.round()

    def _lamp(self, case_id: int) -> None:
        """Each lamp of each limit is told once, by whoever sweeps first (CT-12)."""
        with self._desk.store.read() as unit:
            at = clocks.clock_of(unit, case_id)

        def work(act: Act) -> Facts:
            case = act.case(case_id)
            is_due = case.lamp_at is not None and case.lamp_at <= act.now and case.running is not None
            return {"lamp": turned(act, case) if is_due else ""}

        if at is not None:
            self._desk.once(self._actor, f"lamp:{case_id}:{at.isoformat()}", {}, work)

    def _pause(self, case_id: int) -> None:
        """Every ten work days a suspension is to be looked at; after 90 days in all it ends by itself."""
        with self._desk.store.read() as unit:
            at = clocks.review_of(unit, case_id)

        def work(act: Act) -> Facts:
            case = act.case(case_id)
            if case.suspended_at is None or case.suspend_review is None or case.suspend_review > act.now:
                return {"goes_on": True}
            left = SUSPENDED_MOST_DAYS * DAY_S - case.suspended_s - (act.now - case.suspended_at).total_seconds()
            if left <= 0:
                return {"goes_on": False}
            review = min(act.after(REVIEW_EVERY, case), act.now + timedelta(seconds=left))
            act.move(case, "review", {"step": "T27"}, suspend_review=review)
            return {"goes_on": True}

        if at is not None and not self._desk.once(self._actor, f"pause:{case_id}:{at.isoformat()}", {}, work)["goes_on"]:
            self._applications.resume(self._actor, case_id)

    def _archive(self, case_id: int) -> None:
        self._endings.archive(self._actor, case_id)

    def _do(self, case_id: int, act: Callable[[int], None]) -> None:
        try:
            act(case_id)
        except Unavailable:
            raise
        except Stale:
            log.info("case %d moved while its limit was looked at; the next round looks again", case_id)
        except ConsoleError as refusal:
            if refusal.code in ("wrong_state", "not_suspended"):
                log.info("another sweeper was faster at case %d", case_id)
                return
            # One case that refuses must not keep the limits of the others from being told.
            log.exception("the limit of case %d cannot be told", case_id)
