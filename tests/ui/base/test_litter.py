"""Garbage: a Qt object in a cycle dies on the screen's thread, whichever thread makes the garbage grow."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QThread

from console.ui.base.litter import Litter


@pytest.fixture(autouse=True)
def automatic():
    """Leave the collector as the other tests know it."""
    yield
    gc.enable()


class Ring(QObject):
    """A Qt object that holds itself."""

    def __init__(self):
        super().__init__()
        self.itself = self


def allocate_elsewhere(count):
    """Make enough garbage on another thread for the automatic collector to run there several times."""
    def work():
        for _ in range(count):
            ring = []
            ring.append(ring)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_qt_object_in_a_cycle_dies_on_the_screens_thread_only(qtbot):
    litter = Litter()
    died_on = []
    ring = Ring()
    weakref.finalize(ring, lambda: died_on.append(QThread.currentThread()))
    del ring

    allocate_elsewhere(20_000)
    assert died_on == []
    litter.collect()
    qtbot.waitUntil(lambda: bool(died_on) or litter.collect() >= 0)

    assert died_on == [litter.thread()]
    litter.end()


def test_the_automatic_collector_rests_even_when_the_screen_has_gone():
    litter = Litter()
    assert not gc.isenabled()
    litter.end()
    assert not gc.isenabled()


def test_nothing_is_collected_while_there_is_little(qtbot):
    litter = Litter()
    gc.collect()
    assert litter.collect() == -1
    litter.end()
