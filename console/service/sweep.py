"""Turns passed times into ordinary operations; two sweepers at once are harmless, a restart misses nothing."""

import logging
import threading
import time
from collections.abc import Callable

from console.domain.errors import ConsoleError, Unavailable
from console.domain.people import Actor, system_actor
from console.service.desk import Desk
from console.service.tasks import Tasks
from console.store import outbox

log = logging.getLogger(__name__)
EVERY_S = 0.1  # the shortest pause: a case that refuses to be released is due again at once
QUIET_S = 0.5  # the longest: a window that begins and ends within it is released that late
CHORES_S = 1.0  # what is due by the day may be noted a second late
Chore = Callable[[Actor], int]


class Sweep:
    """The thread that releases dispatches when their recall window ends, and does other parts' chores now and then."""

    def __init__(self, desk: Desk, tasks: Tasks, chores: tuple[Chore, ...] = ()) -> None:
        self._desk = desk
        self._tasks = tasks
        self._chores = chores
        self._actor: Actor = system_actor("sweep")
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin sweeping; what passed while nobody swept is found in the first round."""
        self._thread = threading.Thread(target=self._run, name="sweep", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10)

    def round(self) -> int:
        """Release what is due now; how many tasks left the hall."""
        with self._desk.store.read() as unit:
            due = outbox.due_cases(unit, self._desk.clock.now())
        return sum(self._release(case_id) for case_id in due)

    def pause_s(self) -> float:
        """How long nobody has to look: until the next window known of ends, within bounds."""
        with self._desk.store.read() as unit:
            ends_at = outbox.next_release(unit)
        if ends_at is None:
            return QUIET_S
        return min(QUIET_S, max(EVERY_S, (ends_at - self._desk.clock.now()).total_seconds()))

    def _release(self, case_id: int) -> int:
        try:
            return len(self._tasks.release(self._actor, case_id))
        except Unavailable:
            raise
        except ConsoleError:
            # One case that refuses must not keep the others in the hall.
            log.exception("case %d cannot be released", case_id)
            return 0

    def _run(self) -> None:
        pause, chores_at = EVERY_S, 0.0
        while not self._stop.wait(pause):
            try:
                self.round()
                if time.monotonic() >= chores_at:
                    chores_at = time.monotonic() + CHORES_S
                    for chore in self._chores:
                        chore(self._actor)
                pause = self.pause_s()
            except Unavailable:
                log.warning("sweeping failed, the next round tries again", exc_info=True)
                self._stop.wait(1)
            except Exception:
                # Whatever it was: a sweeper that has died releases nothing any more, and nobody would notice.
                log.exception("sweeping failed, the next round tries again")
                self._stop.wait(1)
