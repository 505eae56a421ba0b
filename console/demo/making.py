"""The processes that make the year's parts while this one writes them."""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from console.demo.year import PARTS, Piece, Stretch, YearPlan, joined, pieces
from console.domain.errors import Unavailable

_ROOT = Path(__file__).resolve().parents[2]
_WAITING = 2  # pieces made ahead of the one being written


@contextmanager
def making(plan: YearPlan) -> Iterator[Iterator[Stretch]]:
    """A process for each part of the year, and its stretches as they come; all end with the block.

    Raises Unavailable("year_failed") when one ends before its time.
    """
    with ExitStack() as ends:
        yield joined(plan, [_coming(ends.enter_context(_part(plan, part))) for part in range(PARTS)])


@contextmanager
def _part(plan: YearPlan, part: int) -> Iterator["queue.Queue[Piece | None]"]:
    path = os.pathsep.join(one for one in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if one)
    command = [sys.executable, "-c", "from console.demo.making import serve; serve()"]
    # In a session of its own: Ctrl+C at the terminal is answered here, and the child is ended below.
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, start_new_session=True
    )
    ready: queue.Queue[Piece | None] = queue.Queue(_WAITING)
    reader = threading.Thread(target=_read, args=(child, (plan, part), ready), name="year", daemon=True)
    reader.start()
    try:
        yield ready
    finally:
        child.kill()
        while reader.is_alive():
            _drain(ready)
            reader.join(0.05)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _read(child: "subprocess.Popen[bytes]", wanted: tuple[YearPlan, int], ready: "queue.Queue[Piece | None]") -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        pickle.dump(wanted, child.stdin, protocol=5)
        child.stdin.flush()
        while True:
            found: Piece = pickle.load(child.stdout)  # from our own child, over our own pipe
            ready.put(found)
            if found.number == found.count - 1:
                return
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        ready.put(None)


def _drain(ready: "queue.Queue[Piece | None]") -> None:
    while not ready.empty():
        ready.get_nowait()


def _coming(ready: "queue.Queue[Piece | None]") -> Iterator[Piece]:
    while True:
        found = ready.get()
        if found is None:
            raise Unavailable("year_failed")
        yield found
        if found.number == found.count - 1:
            return


def serve() -> None:
    """A making process: a plan and the part's place on stdin, pieces on stdout."""
    plan, part = pickle.load(sys.stdin.buffer)  # from our own parent, over our own pipe
    try:
        for piece in pieces(plan, part):
            pickle.dump(piece, sys.stdout.buffer, protocol=5)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)  # the parent is gone: nobody waits for the rest, and nothing may be said at the end
