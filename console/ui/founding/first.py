"""The assistant as a program of its own, before there is anybody to sign in: shown until the hall has begun or somebody leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.domain.words import Words
from console.service.founding import Founding
from console.ui.application import dressed
from console.ui.base import theme, words
from console.ui.base.heart import Heart
from console.ui.base.work import Work
from console.ui.founding.assistant import Assistant


@dataclass(frozen=True)
class Taste:
    """How the seat looks and where it keeps what it remembers."""

    folder: Path
    language: str
    look: str


class FirstStart(QObject):
    """Shows the assistant, anew in another language when asked; `has_begun` tells how it ended."""

    def __init__(self, application: QApplication, founding: Founding, catalogues: Mapping[str, Words], taste: Taste) -> None:
        """Make the threads; `start` opens the window."""
        super().__init__()
        self._application, self._founding, self._catalogues = application, founding, catalogues
        self._kept = QSettings(str(taste.folder / "seat.ini"), QSettings.Format.IniFormat)
        self._language = str(self._kept.value("language", taste.language))
        self.work = Work()
        self.window: Assistant | None = None
        self.has_begun = False

    def start(self) -> None:
        """Open the assistant at its first page, in place of one in another language."""
        words.install(self._catalogues[self._language])
        old, self.window = self.window, Assistant(self._founding, self.work, self._kept)
        self.window.ended.connect(self._end)
        self.window.language_asked.connect(self._other_language)
        self.window.setGeometry(old.geometry() if old is not None else QGuiApplication.primaryScreen().availableGeometry())
        self.window.show()
        self.window.activateWindow()
        self.window.place.setFocus()
        if old is not None:
            old.ended.disconnect(self._end)
            old.hide()
            old.deleteLater()

    def stop(self) -> None:
        """End the threads; what is still being made is left undone."""
        if self.window is not None:
            self.window.give_up()
            self.window.deleteLater()
        self.work.stop()

    def _other_language(self) -> None:
        self._language = "en" if self._language == "zh_CN" else "zh_CN"
        self._kept.setValue("language", self._language)
        self.start()

    def _end(self, has_begun: bool) -> None:
        self.has_begun = has_begun
        if self.window is not None:
            self.window.hide()
        self._application.quit()


def run(founding: Founding, catalogues: Mapping[str, Words], taste: Taste, resources: Path) -> bool:
    """Show the assistant until it ends; whether the hall has begun. Raises Unavailable where Chinese cannot be shown."""
    application = dressed(resources)
    look = theme.Theme(application, resources / "themes")
    look.wear("night" if taste.look == "night" else "day", 100)
    heart = Heart()  # lets a Ctrl+C of the terminal through
    first = FirstStart(application, founding, catalogues, taste)
    first.start()
    try:
        application.exec()
        return first.has_begun
    finally:
        first.stop()
        heart.deleteLater()
        look.deleteLater()
