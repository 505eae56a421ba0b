"""Joins what belongs to a covered review: its cover, the pictures under it, the bar over them, and the file that may come of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from console.ui.base.words import tr
from console.ui.review.cover import Cover
from console.ui.review.cover_bar import CoverBar
from console.ui.review.covered import CoveredPictures
from console.ui.review.deck import Deck
from console.ui.review.opening import Review

KEPT_BACK = frozenset({"review_sound", "review_shot", "review_seen", "review_clip", "review_begin", "review_end"})


class Covering(QObject):
    """Carries out what the keys and buttons of a cover mean."""

    done = Signal()  # the file is being written: the review is over

    def __init__(self, review: Review, deck: Deck, watermark: str, parent: QWidget) -> None:
        """Everything is covered."""
        super().__init__(parent)
        self._review, self._deck = review, deck
        self.cover = Cover(deck.timeline.length_s, self)
        self.pictures = CoveredPictures(deck, watermark, self.cover, parent)
        self.bar = CoverBar(self.cover, deck, parent, may_write=review.take is not None)
        self._is_warned = False
        self.bar.wished.connect(self.act)
        self.cover.changed.connect(self._forget_warning)

    @Slot(str)
    def act(self, action: str) -> None:
        """Carry out what a key or a button means."""
        self.acts()[action]()

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does."""
        cover, deck = self.cover, self._deck
        return {
            "cover_open": lambda: cover.open(self.pictures.chosen), "cover_next": cover.choose_next,
            "cover_begin": lambda: cover.begin(deck.at_s), "cover_end": lambda: cover.end(deck.at_s),
            "cover_left": lambda: cover.move(-1, 0), "cover_right": lambda: cover.move(1, 0), "cover_up": lambda: cover.move(0, -1),
            "cover_down": lambda: cover.move(0, 1), "cover_narrow": lambda: cover.grow(-1, 0), "cover_broad": lambda: cover.grow(1, 0),
            "cover_low": lambda: cover.grow(0, -1), "cover_high": lambda: cover.grow(0, 1), "cover_remove": cover.remove,
            "cover_undo": cover.undo, "cover_write": self._write,
        }  # fmt: skip

    def may_close(self) -> bool:
        """Whether the review may be put away; the first time parts that were opened for a file would be lost, it says so instead."""
        if self._review.take is None or not self.cover.parts or self._is_warned:
            return True
        self._is_warned = True
        self.bar.say(tr("The open parts are lost when you close. Press Esc again to close, Ctrl+Enter to write the file."))
        return False

    def _write(self) -> None:
        if self._review.take is not None:
            parts = tuple(one.clear for one in self.cover.parts)
            self.done.emit()
            self._review.take(parts)

    def _forget_warning(self) -> None:
        self._is_warned = False
