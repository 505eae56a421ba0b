"""The search of everything (Ctrl+K): one line over the seat, what is found below it while typing, Enter goes there.

It stops nothing and steals nothing: reports go on arriving below, Esc gives the focus back where it was. Digits
belong to what is typed, so a line is chosen by Alt and its number. A Return faster than the answer waits for it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from console.domain.search import Found
from console.ui import found as lines
from console.ui.base import draw, theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.found import Deed, Item
from console.ui.seat import Seat

WIDTH, LINE, GROUP_LINE = 820, 34, 26
NUMBERED = 9
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class FoundList(QWidget):
    """The lines, drawn; a click chooses one. It never has the focus: keys go on to the line above."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()
        self.current = 0
        self._boxes: list[QRect] = []
        self._heads: list[tuple[QRect, str]] = []
        self.setAccessibleName(tr("Search results"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_items(self, items: tuple[Item, ...], choice: int = 0) -> None:
        """Show these lines, with one of them chosen."""
        self.items = items
        self.current = choice
        self.setFixedHeight(self._measure())
        self._tell()

    def step(self, by: int) -> None:
        """Choose the next or the one before; at the ends it goes round."""
        if self.items:
            self.current = (self.current + by) % len(self.items)
            self._tell()

    def resizeEvent(self, event: QEvent) -> None:
        """Lay the lines out anew."""
        self._measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the line under it."""
        for place, box in enumerate(self._boxes):
            if box.contains(event.position().toPoint()):
                self.clicked.emit(place)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads and lines."""
        painter, shade = QPainter(self), theme.tokens()
        for box, title in self._heads:
            painter.fillRect(box.left(), box.top(), box.width(), 1, theme.colour(shade.line))
            draw.text(painter, box.adjusted(theme.px(14), 0, -theme.px(14), 0), title, size=theme.SMALL, ink=shade.dim)
        for place, (box, item) in enumerate(zip(self._boxes, self.items, strict=True)):
            lines.paint(painter, box, item, str(place + 1) if place < NUMBERED else "", is_current=place == self.current)

    def _measure(self) -> int:
        self._boxes, self._heads, top, group = [], [], 0, ""
        for item in self.items:
            if item.group != group:
                group = item.group
                self._heads.append((QRect(0, top, self.width(), theme.px(GROUP_LINE)), lines.title_of_group(group)))
                top += theme.px(GROUP_LINE)
            self._boxes.append(QRect(0, top, self.width(), theme.px(LINE)))
            top += theme.px(LINE)
        return top

    def _tell(self) -> None:
        self.setAccessibleDescription(self.items[self.current].spoken if self.items else "")
        self.update()


class Palette(QFrame):
    """The sheet: line, results, and a word on what can be typed or why nothing is shown."""

    chosen = Signal(object)  # an Item

    def __init__(self, seat: Seat, host: QWidget, deeds: Callable[[], tuple[Deed, ...]]) -> None:
        """Make it hidden over the host; `deeds` are the commands that exist at the moment of asking."""
        super().__init__(host)
        self.setObjectName("notice")
        self.setAutoFillBackground(True)
        self._seat, self._deeds = seat, deeds
        self._back: QWidget | None = None
        self._answered: str | None = None
        self._is_waiting = False
        self.line = LineEdit(hint=tr("Search: case, place, camera, colleague, command"), longest=100)
        self.line.setFont(theme.font(theme.TITLE))
        self.line.setFrame(False)
        self.line.setStyleSheet("QLineEdit, QLineEdit:focus { background: transparent; border: 0; padding: 0; }")
        self.line.setAccessibleName(tr("Search everything"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._ask)
        self.line.entered.connect(self._enter)
        self.list = FoundList(self)
        self.list.clicked.connect(self._choose)
        self.hint = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.hint.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(10))
        self.keys = PlainLabel(tr("↑ ↓ choose · Enter go there · Alt+1…9 at once · Esc back"), size=theme.SMALL, dim=True)
        self.keys.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, theme.px(10), 2, 2)
        column.setSpacing(theme.px(6))
        top = QVBoxLayout()
        top.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(2))
        top.addWidget(self.line)
        column.addLayout(top)
        for widget in (self.list, self.hint, self.keys):
            column.addWidget(widget)
        host.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Open it and bring the officer here, or close it again (Ctrl+K)."""
        if self.isVisible():
            self.close_back()
            return
        self._back = QApplication.focusWidget()
        shade = theme.tokens()
        self.setStyleSheet(f"#notice {{ background: {shade.panel}; border: 2px solid {shade.accent}; }}")
        self._show(())
        self._ask(self.line.text())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def close_back(self) -> None:
        """Close and give the focus back where it was; the words stay for the next time."""
        back, self._back = self._back, None
        self.hide()
        if back is not None and back.isVisible():
            # As by the mouse: given back otherwise, a list without a chosen row would choose its first, and take it in hand.
            back.setFocus(Qt.FocusReason.MouseFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size; take the keys that mean the list before the line sees them; close when left."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is not self.line:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._number(event) is not None:
            event.accept()  # Alt and a digit belong to the wall's tiles everywhere else
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.line.is_composing:
            return self._take(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in _STAYS:
            self.hide()  # the officer went elsewhere: their new place is theirs
        return False

    @Slot(object)
    def show_found(self, found: Found) -> None:
        """Show an answer; one to words that are no longer typed is not asked to come here."""
        self._answered = found.text
        shown = lines.items(found, self._deeds(), self._seat.services.codes)
        self._show(shown, lines.first_choice(found, shown))
        if self._is_waiting and self._answered == self.line.text():
            self._is_waiting = False
            self._choose(self.list.current)

    def _ask(self, text: str) -> None:
        self._is_waiting = False
        if not text.strip():
            self._answered = text
            self._show(())
            return
        self._seat.work.ask(self, self._seat.services.ask.search.find, self.show_found, self._seat.actor, text)

    def _show(self, items: tuple[Item, ...], choice: int = 0) -> None:
        self.list.show_items(items, choice)
        self.list.setVisible(bool(items))
        self.keys.setVisible(bool(items))
        self.hint.setVisible(not items)
        if not items and self.line.text().strip() and self._answered == self.line.text():
            self.hint.setText(
                tr("Nothing found for “{words}”. Two characters are enough; phone numbers, plates and reporters cannot be searched.",
                   words=self.line.text().strip())
            )  # fmt: skip
        else:
            self.hint.setText(
                tr("Type words of a case, the end of its number, a place, a camera or a colleague; initials will do (jg: 井盖).")
            )
        self._place()

    def _take(self, event: QKeyEvent) -> bool:
        number = self._number(event)
        if number is not None:
            self._choose(number)
            return True
        acts = {
            Qt.Key.Key_Up: lambda: self.list.step(-1), Qt.Key.Key_Down: lambda: self.list.step(1), Qt.Key.Key_Escape: self.close_back,
            Qt.Key.Key_Tab: lambda: self.list.step(1), Qt.Key.Key_Backtab: lambda: self.list.step(-1),
        }  # fmt: skip
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            return False
        act()
        return True

    def _number(self, event: QKeyEvent) -> int | None:
        is_digit = Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9
        return event.key() - Qt.Key.Key_1 if is_digit and event.modifiers() == Qt.KeyboardModifier.AltModifier else None

    @Slot()
    def _enter(self) -> None:
        if self._answered == self.line.text():
            self._choose(self.list.current)
        else:
            self._is_waiting = True

    @Slot(int)
    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.list.items):
            item = self.list.items[place]
            self.close_back()
            self.chosen.emit(item)

    def _place(self) -> None:
        host = self.parentWidget()
        self.setFixedWidth(min(theme.px(WIDTH), host.width() - theme.px(40)))
        self.layout().activate()
        self.adjustSize()
        self.move((host.width() - self.width()) // 2, max(0, min(theme.px(90), host.height() - self.height())))
