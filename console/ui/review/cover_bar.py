"""What stands over covered pictures: what the cover is, which part is chosen and while it is open, and what may be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.errors import ConsoleError
from console.domain.limits import CHINA
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import refusal, tr
from console.ui.review.cover import Cover
from console.ui.review.deck import Deck
from console.ui.review.keys import says, shown

BUTTONS = (
    ("cover_open", "Open a part"), ("cover_next", "Next part"), ("cover_begin", "From here"), ("cover_end", "Until here"),
    ("cover_remove", "Cover again"), ("cover_undo", "Undo"),
)  # fmt: skip


class CoverBar(QFrame):
    """Buttons press what keys press; nothing is decided here."""

    wished = Signal(str)

    def __init__(self, cover: Cover, deck: Deck, parent: QWidget | None = None, *, may_write: bool = False) -> None:
        """Make it over a cover; `may_write` where a file comes of it."""
        super().__init__(parent)
        self._cover, self._deck = cover, deck
        self.setObjectName("card")
        self.what = PlainLabel(
            tr("For everybody to see: all is covered. Draw a box where neither faces nor plates are to open that part.") if may_write
            else tr("A resident looks: all is covered. Draw a box round what is theirs to open that part; nothing of it is kept."),
            bold=True, wrap=True,
        )  # fmt: skip
        self.state = PlainLabel(dim=True, wrap=True)
        self.problem = PlainLabel(wrap=True)  # in the place of `state` while it says something
        self.problem.set_badge("amber")
        self.buttons = {action: self._button(action, words) for action, words in BUTTONS}
        if may_write:
            self.buttons["cover_write"] = self._button("cover_write", "Write the file")
            self.buttons["cover_write"].setProperty("primary", True)
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(6))
        for button in self.buttons.values():
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        for part in (self.what, self.state, self.problem):
            column.addWidget(part)
        column.addLayout(acts)
        words = [" ".join((shown(action), tr(says(action)))) for action in self.buttons]
        words += [tr("Ctrl+arrows move it"), tr("Ctrl+Shift+arrows size it")]
        column.addWidget(PlainLabel("   ".join(words), size=theme.SMALL, dim=True, wrap=True))
        cover.changed.connect(self.tell)
        cover.refused.connect(self._refuse)
        self.tell()

    def tell(self) -> None:
        """Show what is open and chosen now."""
        part, count = self._cover.part, len(self._cover.parts)
        if part is None:
            words = tr("Nothing is open") if count == 0 else tr("Open parts: {n}. Press one to choose it.", n=count)
        else:
            line = self._deck.timeline
            begin, end = (f"{line.instant(at).astimezone(CHINA):%H:%M:%S}" for at in (part.clear.from_s, part.clear.to_s))
            words = tr("Part {k} of {n}, open {begin} – {end}", k=(self._cover.chosen or 0) + 1, n=count, begin=begin, end=end)
        self.state.setText(words)
        self.say("")
        for action in ("cover_begin", "cover_end", "cover_remove"):
            self.buttons[action].setEnabled(part is not None)
        self.buttons["cover_next"].setEnabled(count > 0)
        self.buttons["cover_undo"].setEnabled(self._cover.can_undo)

    def say(self, words: str) -> None:
        """Say what cannot be opened."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.state.setVisible(not words)

    def _refuse(self, error: ConsoleError) -> None:
        self.say(refusal(error))

    def _button(self, action: str, words: str) -> QPushButton:
        button = QPushButton(label_text(tr(words)), self)
        tip(button, tr("{says} ({key})", says=tr(says(action)), key=shown(action)))
        button.clicked.connect(self._wish(action))
        return button

    def _wish(self, action: str) -> Callable[[], None]:
        return lambda: self.wished.emit(action)
