"""Where reviews are opened from: one window at a time, over recordings somebody else has opened under leave."""

from datetime import datetime

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from console.domain.footage import Footage
from console.ui.base.words import tr
from console.ui.review.opening import Close, Review
from console.ui.review.window import ReviewWindow
from console.ui.seat import Seat


class ReviewDesk(QObject):
    """Opens the window and lets it go; a new review replaces the old one, whose looks end."""

    closed = Signal()

    def __init__(
        self, seat: Seat, close: Close | None = None, *, settings: QSettings | None = None, parent: QObject | None = None
    ) -> None:
        """Nothing is reviewed; `close` ends looks at recordings, `settings` keep the window's size."""
        super().__init__(parent)
        self._seat, self._close, self._settings = seat, close, settings
        self.window: ReviewWindow | None = None

    @Slot(object)
    def open(self, footage: tuple[Footage, ...], *, at: datetime | None = None) -> None:
        """Review recordings; their looks end with the window."""
        case_id = self._seat.case_id or None
        why = tr("for the case in hand") if case_id else ""
        self.show(Review(footage, why, case_id, at, frozenset(one.access_id for one in footage), self._close))

    def show(self, review: Review) -> None:
        """Review what was made ready."""
        if not review.footage:
            return
        self.leave()
        self.window = ReviewWindow(self._seat, review, self._settings)
        self.window.closed.connect(self._forget)
        self.window.play()
        self.window.activateWindow()

    def leave(self) -> None:
        """Close the window, at sign-out and before another review."""
        if self.window is not None:
            self.window.close()

    @Slot()
    def _forget(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.deleteLater()
        self.closed.emit()
