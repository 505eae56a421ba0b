"""The one place where threads and Qt meet: ask, tell, post.

Four reading threads answer questions, one writing thread runs operations in the officer's
order, and whatever comes back is handed over on the screen's thread. Callbacks never travel
to the other threads, so no widget can die there.
"""

import logging
import queue
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from console.domain.errors import ConsoleError
from console.ui.base.litter import Litter

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[Exception], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    """What a thread gets: a number and something to call."""

    number: int
    call: Callable[..., object]
    args: tuple[object, ...]


@dataclass(frozen=True)
class _Waiting:
    """What stays on the screen's thread: who wants the answer, and how."""

    owner: weakref.ref[QObject]
    then: Callable[[], Callable[..., None] | None]
    failed: Callable[[], Callable[..., None] | None]
    key: tuple[int, object] | None


def _hold(callback: Callable[..., None] | None) -> Callable[[], Callable[..., None] | None]:
    """A way to get a callback back that does not keep its owner alive."""
    if callback is not None and hasattr(callback, "__self__") and hasattr(callback, "__func__"):
        return weakref.WeakMethod(callback)
    return lambda: callback


class Work(QObject):
    """Hands questions and operations to threads and their results to the screen."""

    changed = Signal(object)  # frozenset of kinds something happened to
    failed = Signal(object)  # an exception nobody else wanted
    _done = Signal(int, object, object)
    _news = Signal()

    def __init__(self, read_threads: int = 4, parent: QObject | None = None) -> None:
        """Start the threads; make it on the screen's thread."""
        super().__init__(parent)
        self._numbers = 0
        self._waiting: dict[int, _Waiting] = {}
        self._latest: dict[tuple[int, object], int] = {}
        self._stale: set[int] = set()
        self._kinds: set[str] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._may_read = threading.Event()
        self._may_read.set()
        self._reads: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writes: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._news.connect(self._spread, Qt.ConnectionType.QueuedConnection)
        named = [(self._reads, f"read-{n}") for n in range(1, read_threads + 1)] + [(self._writes, "write")]
        self._threads = [
            threading.Thread(target=self._serve, args=(jobs,), name=name, daemon=True) for jobs, name in named
        ]
        self._litter = Litter(self)
        for thread in self._threads:
            thread.start()

    def ask(
        self, owner: QObject, question: Callable[..., T], then: Then[T], *args: object, failed: Failed | None = None,
    ) -> None:
        """Run a question in a reading thread and hand its answer to `then` on the screen.

        A newer ask with the same owner and `then` replaces an older one that is
        still under way; nothing is delivered to an owner that is gone.
        """
        key = (id(owner), getattr(then, "__func__", then))
        number = self._note(owner, then, failed, key)
        older = self._latest.get(key)
        if older is not None:
            self._waiting.pop(older, None)
            self._stale.add(older)
        self._latest[key] = number
        self._reads.put(_Job(number, question, args))

    def tell(
        self, owner: QObject, operation: Callable[..., T], then: Then[T] | None, failed: Failed | None, *args: object,
    ) -> None:
        """Run an operation in the writing thread, after all told before it.

        Nothing told is ever skipped. A refusal goes to `failed`, or to the
        shell when there is none or its owner is gone: an act that failed is never silent.
        """
        number = self._note(owner, then, failed, None)
        self._writes.put(_Job(number, operation, args))

    def labour(
        self, owner: QObject, labour: Callable[..., T], then: Then[T], failed: Failed, *args: object,
    ) -> None:
        """Run what takes minutes in a thread of its own, so that neither questions nor operations wait for it."""
        job = _Job(self._note(owner, then, failed, None), labour, args)
        threading.Thread(target=self._do, args=(job,), name=f"labour-{job.number}", daemon=True).start()

    def post(self, kinds: frozenset[str]) -> None:
        """Say, from any thread, that something happened to these kinds of record.

        Posts that arrive before the screen gets round to them become one `changed`.
        """
        with self._lock:
            first = not self._kinds
            self._kinds |= kinds
        if first and kinds and not self._stopping.is_set():
            self._news.emit()

    def hold(self) -> None:
        """Begin no reading: a window that opens paints faster alone than beside four questions."""
        self._may_read.clear()

    def go_on(self) -> None:
        """Begin what was asked meanwhile."""
        self._may_read.set()

    def stop(self, wait_s: float = 5.0) -> bool:
        """Finish what was told, drop what was asked, end the threads; false if one hangs."""
        self._stopping.set()
        self._may_read.set()
        self._waiting.clear()
        self._latest.clear()
        self._writes.put(None)
        for _ in range(len(self._threads) - 1):
            self._reads.put(None)
        for thread in self._threads:
            thread.join(wait_s)
        alive = [thread.name for thread in self._threads if thread.is_alive()]
        if alive:
            log.error("threads do not end: %s", ", ".join(alive))
        else:
            self._litter.end()
        return not alive

    @property
    def busy(self) -> int:
        """How many questions and operations are under way."""
        return len(self._waiting)

    def _note(
        self, owner: QObject, then: Callable[..., None] | None, failed: Failed | None, key: tuple[int, object] | None,
    ) -> int:
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("ask and tell belong to the screen's thread")
        self._numbers += 1
        self._waiting[self._numbers] = _Waiting(weakref.ref(owner), _hold(then), _hold(failed), key)
        return self._numbers

    def _serve(self, jobs: "queue.SimpleQueue[_Job | None]") -> None:
        reads = jobs is self._reads
        while (job := jobs.get()) is not None:
            if reads:
                self._may_read.wait()
            if reads and (self._stopping.is_set() or job.number in self._stale):
                self._stale.discard(job.number)
                continue
            self._do(job, reads=reads)

    def _do(self, job: _Job, *, reads: bool = False) -> None:
        try:
            result, error = job.call(*job.args), None
        except Exception as caught:  # noqa: BLE001 - every failure is shown on the screen, in _deliver
            result, error = None, caught
        if self._stopping.is_set() and reads:
            return  # nobody waits for the answer, and the store may be closing under it
        if not isinstance(error, ConsoleError | None):
            log.error("unexpected failure in %s", job.call, exc_info=error)
        if not self._stopping.is_set():
            self._done.emit(job.number, result, error)
        elif isinstance(error, ConsoleError):
            log.error("an operation was refused while stopping: %s", error)

    @Slot(int, object, object)
    def _deliver(self, number: int, result: object, error: Exception | None) -> None:
        self._stale.discard(number)
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return
        if waiting.key is not None and self._latest.get(waiting.key) == number:
            del self._latest[waiting.key]
        owner = waiting.owner()
        alive = owner is not None and shiboken6.isValid(owner)
        if error is None:
            then = waiting.then() if alive else None
            if then is not None:
                then(result)
            return
        failed = waiting.failed() if alive else None
        if failed is not None:
            failed(error)
        elif alive or waiting.key is None:
            self.failed.emit(error)

    @Slot()
    def _spread(self) -> None:
        with self._lock:
            kinds, self._kinds = frozenset(self._kinds), set()
        self.changed.emit(kinds)
