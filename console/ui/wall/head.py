"""The wall's buttons in the head of its panel: layouts, what can be done with walls, and the list of cameras."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QWidget

from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.panel import Head
from console.ui.base.text import label_text, tip
from console.ui.base.words import tr
from console.video.budget import Full
from console.video.wall import COLUMN, LAYOUTS

AT_HAND = ("1", "4", "9")
WATCHED_BY_ONE = 16  # live pictures (Wallace & Diffley, 1998)


def layout_words(name: str) -> str:
    """A layout's name for people."""
    layout = LAYOUTS[name]
    if name == COLUMN:
        return tr("One large and the case's column")
    if layout.cells:
        return tr("One large and {n} small", n=layout.count - 1)
    return tr("{n} tiles, overview", n=layout.count) if layout.is_overview else tr("{n} tiles", n=layout.count)


def advice(seen: int, lowered: int, full: Full) -> tuple[str, ...]:
    """What an officer should know of a wall as a whole; nothing is refused."""
    short = tr("processor full") if full == "processor" else tr("memory full")
    return (
        *((tr("{n} lowered: {short}", n=lowered, short=short),) if lowered else ()),
        *((tr("more than one person can watch ({n})", n=WATCHED_BY_ONE),) if seen > WATCHED_BY_ONE else ()),
    )


class WallHead(QWidget):
    """Owns the buttons and tells what was pressed."""

    laid_out = Signal(str)  # the name of a layout

    def __init__(self, head: Head, parent: QWidget) -> None:
        """Put the buttons into a head."""
        super().__init__(parent)
        self.hide()
        self._head = head
        self._group = QButtonGroup(self)
        self.layouts: dict[str, QToolButton] = {}
        for name in AT_HAND:
            self.layouts[name] = self.button(layout_words(name), name, checkable=True)
            self._group.addButton(self.layouts[name])
            self.layouts[name].clicked.connect(lambda _=False, name=name: self.laid_out.emit(name))
        self.more = self.button(tr("All layouts ({key})", key=shown("wall_layout")), tr("Layout"), checkable=True)
        self._group.addButton(self.more)
        self.more.clicked.connect(self.choose_layout)
        self.walls = self.button(tr("Kept walls, tours, handing over ({key})", key=shown("wall_open")), tr("Walls"))
        self.shot = self.button(tr("Picture of the chosen tile into the case ({key})", key=shown("wall_shot")), tr("Picture"))
        self.clip = self.button(tr("Last 60 s of the chosen tile into its case ({key})", key=shown("wall_clip")), tr("Clip"))
        self.list = self.button(tr("Show or hide the list of cameras"), tr("Camera list"), checkable=True)
        self._layout = ""

    def button(self, says: str, words: str, *, checkable: bool = False) -> QToolButton:
        """Add a quiet button at the right end."""
        button = QToolButton(self.parentWidget(), checkable=checkable)
        button.setText(label_text(words))
        button.setFont(theme.font(theme.SMALL))
        button.setFixedHeight(theme.px(26))
        button.setAccessibleName(says)
        tip(button, says)
        self._head.add_right(button)
        return button

    def show_layout(self, name: str) -> None:
        """Show which layout is on the wall."""
        self._layout = name
        self.layouts.get(name, self.more).setChecked(True)
        self.more.setText(label_text(tr("Layout") if name in AT_HAND else tr("Layout {name}", name=name.replace(COLUMN, "1+4"))))

    @Slot()
    def choose_layout(self) -> QMenu:
        """Offer all layouts."""
        menu = QMenu(self)
        for name in LAYOUTS:
            action = menu.addAction(label_text(layout_words(name)), lambda name=name: self.laid_out.emit(name))
            action.setCheckable(True)
            action.setChecked(name == self._layout)
        return self.pop(menu, self.more)

    def pop(self, menu: QMenu, button: QToolButton) -> QMenu:
        """Open a menu under a button."""
        menu.aboutToHide.connect(menu.deleteLater)
        menu.aboutToHide.connect(lambda: self.show_layout(self._layout))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        return menu
