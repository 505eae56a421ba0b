"""A seat on a stage: the small town in a real store, real threads and feed, the hall's panels, a clock set by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.limits import CHINA
from console.domain.rows import CaseDesk
from console.media.photo import PhotoRoom
from console.service.exports import Exports
from console.service.feed import Feed
from console.service.photos import Photos
from console.service.retention import Holds
from console.store.files import Files
from console.store.store import Store
from console.ui.base.sound import Sounds
from console.ui.base.theme import Theme
from console.ui.base.work import Work
from console.ui.hall import Hall, build_hall
from console.ui.seat import Seat, Services
from console.ui.shell import Shell
from console.ui.strip import SeatWords
from tests.make import Town

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class Stage:
    """Everything a test of the hall needs; `sit` seats somebody and opens the window."""

    def __init__(self, qtbot, work: Work, look: Theme, folder: Path) -> None:
        self.qtbot, self.work, self.look, self.folder = qtbot, work, look, folder
        self.store = Store.open(f"sqlite:///{folder / 'console.sqlite'}")
        self.town = Town(self.store)
        self.room = PhotoRoom()
        self.photos = Photos(self.town.desk, Files(folder / "files"), self.room)
        self.feed = Feed(self.store)
        self.town.desk.wake = self.feed.wake
        self.feed.start()
        town = self.town
        self.services = Services(
            town.desk.book, town.clock, town.ask, town.reports, town.cases, town.tasks, self.photos, town.video, None, *town.flow,
            town.unmask, Exports(town.desk, folder / "exports"), holds=Holds(town.desk),
        )  # fmt: skip
        self.sounds = Sounds(RESOURCES / "sounds")
        self.shell: Shell | None = None

    def seat(self, login: str = "duty") -> Seat:
        """Seat somebody without a window."""
        return Seat(self.town.actor(login), self.services, self.work)

    def sit(self, login: str = "duty") -> Hall:
        """Seat somebody and open the whole window."""
        seat = self.seat(login)
        hall = build_hall(seat, self.sounds)
        self.feed.listen(hall.hear)
        words = SeatWords("南乐县综治中心", "A1", seat.actor.name)
        kept = QSettings(str(self.folder / "seat.ini"), QSettings.Format.IniFormat)
        self.shell = Shell(
            self.work, self.look, self.sounds, hall.furniture, kept, seat=words,
            now=lambda: self.town.clock.now().astimezone(CHINA), flash=hall.flash,
        )  # fmt: skip
        self.qtbot.addWidget(self.shell)
        hall.join(self.shell)
        self.shell.resize(1900, 1000)
        self.shell.show()
        self.qtbot.waitActive(self.shell)
        self.until(lambda: hall.queue.view.empty_text != "正在读取…")
        return hall

    def until(self, condition) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is, as an officer does."""
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, modifier)

    def submit(self) -> None:
        """Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type where the focus is; what no key can say comes from an input method."""
        focus = QApplication.focusWidget()
        if text.isascii():
            QTest.keyClicks(focus, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus, event)

    def show(self, panel: QWidget) -> None:
        """Show one panel alone."""
        self.qtbot.addWidget(panel)
        panel.resize(560, 900)
        panel.show()
        self.qtbot.waitExposed(panel)

    def desk(self, case_id: int) -> CaseDesk:
        """A case whole, as the store has it."""
        return self.town.ask.case_desk(self.town.actor("duty"), case_id)

    def close(self) -> None:
        """End the threads and the store."""
        self.feed.stop()
        self.work.stop()
        self.room.close()
        self.store.close()


@pytest.fixture
def stage(qtbot, work, look, tmp_path) -> Iterator[Stage]:
    """The small town, its feed and a seat in the hall; ask for it with `pytest_plugins = ("tests.ui.stage",)`."""
    made = Stage(qtbot, work, look, tmp_path)
    yield made
    made.close()
