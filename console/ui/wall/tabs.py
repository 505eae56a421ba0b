"""Walls that are open side by side, as tabs: the seat's own first, then kept ones; one of them hangs."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from console.domain.saved_wall import SavedWall, Steps
from console.ui.base import theme
from console.ui.base.text import label_text, tip_text
from console.ui.base.words import tr
from console.video.wall import Wall

MOST = 12
WIDEST = 18  # letters of a name on its tab


@dataclass(frozen=True)
class Open:
    """An open wall: where it is kept, if it is, and how it hung when it was left, with its carousels whole in `tiles`."""

    kept: SavedWall | None = None
    wall: Wall = field(default_factory=Wall)
    tiles: tuple[Steps, ...] = ()

    @property
    def name(self) -> str:
        """What its tab says."""
        return self.kept.name if self.kept is not None else tr("My wall")


class Tabs(QTabBar):
    """Which walls are open; it stands only where there are more than one."""

    turned = Signal(int)  # the officer wants another one
    closed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it with the seat's own wall."""
        super().__init__(parent)
        self.open: list[Open] = []
        self.setFont(theme.font(theme.SMALL))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setTabsClosable(False)
        self.setAccessibleName(tr("Open walls"))
        self.add(Open())
        self.currentChanged.connect(self.turned)
        self.tabCloseRequested.connect(self.closed)

    @property
    def now(self) -> Open:
        """The wall that hangs."""
        return self.open[max(0, self.currentIndex())]

    def add(self, one: Open) -> int:
        """Open another wall behind the others, without turning to it; the oldest kept one gives way to too many."""
        if len(self.open) >= MOST:
            self.drop(2 if self.currentIndex() == 1 else 1)
        self.blockSignals(True)
        self.open.append(one)
        at = self.addTab("")
        self.blockSignals(False)
        self._say(at)
        return at

    def drop(self, at: int) -> None:
        """Close a tab; the seat's own stays."""
        if at > 0:
            self.blockSignals(True)
            del self.open[at]
            self.removeTab(at)
            self.blockSignals(False)
            self._show()

    def put(self, at: int, one: Open) -> None:
        """Change what a tab stands for."""
        self.open[at] = one
        self._say(at)

    def leave(self, wall: Wall, tiles: tuple[Steps, ...]) -> None:
        """Note how the wall that hangs now is left."""
        self.open[self.currentIndex()] = replace(self.now, wall=wall, tiles=tiles)

    def turn_to(self, at: int) -> None:
        """Mark a tab as the one that hangs; nobody is told."""
        self.blockSignals(True)
        self.setCurrentIndex(at)
        self.blockSignals(False)

    def place_of(self, wall_id: int) -> int | None:
        """The tab of a kept wall, or None."""
        return next((at for at, one in enumerate(self.open) if one.kept is not None and one.kept.id == wall_id), None)

    def near(self, at: int) -> list[Wall]:
        """The other open walls with cameras, by how many keys each is away from a tab: next, before, the one after next, and so on."""
        count = len(self.open)
        steps = [step for far in range(1, count // 2 + 1) for step in (far, -far)]
        places = dict.fromkeys((at + step) % count for step in steps)
        return [self.open[place].wall for place in places if place != at and self.open[place].wall.cameras]

    def _say(self, at: int) -> None:
        one = self.open[at]
        self.setTabText(at, label_text(one.name if len(one.name) <= WIDEST else one.name[:WIDEST] + "…"))
        self.setTabToolTip(at, tip_text(_told(one)))
        self._show()

    def _show(self) -> None:
        self.setVisible(len(self.open) > 1)


def _told(one: Open) -> str:
    if one.kept is None:
        return tr("My wall, not kept")
    if one.kept.audience == "centre":
        lock = tr("locked") if one.kept.locked else tr("may be changed by all")
        return tr("{name}, of {owner}, for the centre, {lock}", name=one.name, owner=one.kept.owner_name, lock=lock)
    return tr("{name}, mine alone", name=one.name)
