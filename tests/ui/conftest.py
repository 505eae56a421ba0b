"""A dressed application in Chinese for every test of the screens, and threads that end."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from console.domain.words import Words
from console.ui.base import words
from console.ui.base.theme import Theme
from console.ui.base.work import Work

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """The day theme at 100 % and Chinese words; both are put back after the test, and its windows are gone.

    Every window left behind is dressed anew for every later test: a thousand tests cost five minutes more.
    """
    theme = Theme(qapp, RESOURCES / "themes")
    theme.wear("day", 100)
    words.install(Words.load(RESOURCES / "i18n", "zh_CN"))
    yield theme
    for window in QApplication.topLevelWidgets():
        if window.parent() is None:
            window.deleteLater()
    theme.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def english() -> None:
    """English words for one test."""
    words.install(Words.load(RESOURCES / "i18n", "en"))


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    """Threads for questions and operations, which must all end."""
    made = Work()
    yield made
    assert made.stop()
    gc.enable()  # no thread is left that could destroy what belongs to the screen
