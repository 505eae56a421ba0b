"""A canary for PySide6: emitting and painting must not eat references to True and None.

PySide6 6.12.0 on Python 3.11 lost a reference to True with every emit and aborted
after some 570; whoever raises the pin learns it here. Each trial runs in a child,
so that an abort is a failed test and not a dead test run.
"""

import ctypes
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

ROOT = Path(__file__).resolve().parents[1]
EMITS = 2_000
PAINTS = 500
HEALTHY = 100


class Emitter(QObject):
    """Sends one truth."""

    said = Signal(bool)


def drift(act: Callable[[], object], times: int) -> int:
    """How far the reference counts of True and None move, at most, while an act is repeated."""
    act()  # what the first time imports and caches is no leak
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(times):
        act()
    after = sys.getrefcount(True), sys.getrefcount(None)
    return max(abs(new - old) for new, old in zip(after, before, strict=True))


def emit() -> Callable[[], object]:
    """The act of sending a signal to a Python slot."""
    emitter = Emitter()
    emitter.said.connect(lambda truth: None)
    return lambda: emitter.said.emit(True)


def paint() -> Callable[[], object]:
    """The act of painting a few shapes into a picture."""
    picture = QImage(64, 64, QImage.Format.Format_ARGB32)

    def act() -> None:
        painter = QPainter(picture)
        painter.fillRect(0, 0, 64, 64, QColor(10, 20, 30))
        painter.drawLine(0, 0, 63, 63)
        painter.drawText(4, 20, "12")
        painter.end()

    return act


def leak() -> Callable[[], object]:
    """The broken subject: each act keeps a reference for ever."""
    return lambda: ctypes.pythonapi.Py_IncRef(ctypes.py_object(True))


def lose() -> Callable[[], object]:
    """The broken subject as PySide6 6.12.0 was: each act gives back a reference it never had."""
    return lambda: ctypes.pythonapi.Py_DecRef(ctypes.py_object(True))


SUBJECTS = {"emit": (emit, EMITS), "paint": (paint, PAINTS), "leak": (leak, EMITS), "lose": (lose, 50_000)}


def verdict(subject: str) -> str:
    """Run one trial in a child: "healthy", "drifts by N" or "dies"."""
    command = [sys.executable, "-m", "tests.test_canary", subject]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        return "dies"
    moved = json.loads(done.stdout)
    return "healthy" if moved < HEALTHY else f"drifts by {moved}"


@pytest.mark.parametrize("subject", ["emit", "paint"])
def test_true_and_none_keep_their_references(subject):
    assert verdict(subject) == "healthy"


def test_a_leaking_emit_is_caught():
    assert verdict("leak").startswith("drifts by 2")


def test_an_emit_that_kills_the_interpreter_is_a_clean_failure():
    assert verdict("lose") == "dies"


if __name__ == "__main__":
    application: QCoreApplication = QGuiApplication([])
    make, count = SUBJECTS[sys.argv[1]]
    print(json.dumps(drift(make(), count)))
