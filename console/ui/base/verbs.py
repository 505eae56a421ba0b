"""Buttons and menus made from a list of verbs; nothing here knows which verbs are legal.

The flow table decides which verbs there are; a verb that is known but cannot be done now is
shown disabled with its reason. Outline buttons only: red means alarm, never "delete".
"""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from console.ui.base import theme
from console.ui.base.text import label_text, one_line, tip
from console.ui.base.words import tr

COLUMNS = 3


@dataclass(frozen=True)
class Verb:
    """One thing the officer may do to what is shown; `key` is only displayed, the shell binds it."""

    action: str
    label: str
    key: str = ""
    is_primary: bool = False
    is_enabled: bool = True
    why_not: str = ""


class VerbButton(QPushButton):
    """A button with its words in the middle and its key small beside them."""

    def __init__(self, verb: Verb, parent: QWidget | None = None) -> None:
        """Make the button of a verb."""
        super().__init__(parent)
        self.setAutoDefault(False)
        self.verb = verb
        self.show_verb(verb)

    def show_verb(self, verb: Verb) -> None:
        """Show a verb in this button; the focus stays where it is."""
        self.verb = verb
        self.setFont(theme.font())
        self.setAccessibleName(f"{verb.label} {verb.key}".strip())
        if bool(self.property("primary")) != verb.is_primary:
            self.setProperty("primary", verb.is_primary)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setEnabled(verb.is_enabled)
        tip(self, verb.why_not if not verb.is_enabled else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for words and key."""
        words, key = self._widths()
        return QSize(words + key + theme.px(28), theme.px(theme.BUTTON))

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that the words are cut."""
        return QSize(self._widths()[0] + theme.px(16), theme.px(theme.BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame by the style, then words and key together in the middle."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter = QPainter(self)
        shade = theme.tokens()
        ink = shade.dim if not self.isEnabled() else shade.on_accent if self.verb.is_primary else shade.text
        painter.setPen(theme.colour(ink))
        words, key = self._widths()
        if words + key + theme.px(8) > self.width():
            key = 0
        left = max(0, (self.width() - words - key) // 2)
        painter.setFont(theme.font())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRect(left, 0, words, self.height()), flags, one_line(self.verb.label))
        if key:
            painter.setFont(theme.font(theme.SMALL))
            painter.drawText(QRect(left + words + theme.px(6), 1, key, self.height()), flags, self.verb.key)

    def _widths(self) -> tuple[int, int]:
        words = QFontMetrics(theme.font()).horizontalAdvance(one_line(self.verb.label))
        key = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(self.verb.key)
        return words, key + theme.px(6) if key else 0


class VerbBar(QWidget):
    """The verbs of what is shown: the one next action across, the others below in columns."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, columns: int = COLUMNS) -> None:
        """Make an empty bar."""
        super().__init__(parent)
        self._columns = columns
        self._places: dict[str, tuple[int, int, int, int]] = {}
        self._buttons: dict[str, VerbButton] = {}
        self._shown: tuple[Verb, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(theme.GUTTER))

    def show_verbs(self, verbs: tuple[Verb, ...]) -> None:
        """Show these verbs; a button that stays keeps its focus."""
        wanted = {verb.action for verb in verbs}
        for action in [action for action in self._buttons if action not in wanted]:
            gone = self._buttons.pop(action)
            gone.hide()
            gone.deleteLater()
        for verb in verbs:
            button = self._buttons.get(verb.action)
            if button is None:
                button = self._buttons[verb.action] = VerbButton(verb, self)
                button.clicked.connect(self._tell)
                button.show()
            button.show_verb(verb)
        self._shown = tuple(sorted(verbs, key=lambda verb: not verb.is_primary))
        self._arrange()

    def button(self, action: str) -> VerbButton | None:
        """The button of an action, or None when it is not offered."""
        return self._buttons.get(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use fewer columns rather than cutting words."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the widest verb alone."""
        return QSize(self._widest(), self._grid.sizeHint().height())

    def _widest(self) -> int:
        return max((button.minimumSizeHint().width() for button in self._buttons.values()), default=0)

    def _arrange(self) -> None:
        room = (self.width() + self._grid.spacing()) // max(1, self._widest() + self._grid.spacing())
        columns = max(1, min(self._columns, room))
        places, place = {}, 0
        for verb in self._shown:
            wide = columns if verb.is_primary else 1
            places[verb.action] = (*divmod(place, columns), 1, wide)
            place += wide
        if places == self._places:
            return
        self._places = places
        for action, (row, column, high, wide) in places.items():
            self._grid.addWidget(self._buttons[action], row, column, high, wide)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()

    def _tell(self) -> None:
        button = self.sender()
        if isinstance(button, VerbButton):
            self.chosen.emit(button.verb.action)


def verb_menu(verbs: tuple[Verb, ...], parent: QWidget) -> QMenu:
    """A menu of the same verbs; each action's `data()` is the verb's action.

    Use `popup`, never `exec`: nothing on a seat may be modal.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setFont(theme.font())
    for verb in verbs:
        words = label_text(verb.label) if verb.is_enabled or not verb.why_not else tr(
            "{verb} ({why})", verb=label_text(verb.label), why=label_text(verb.why_not),
        )
        action = menu.addAction(f"{words}\t{verb.key}" if verb.key else words)
        action.setData(verb.action)
        action.setEnabled(verb.is_enabled)
    return menu
