"""The reason that holds at this wall: asked for when there is none, kept for the session, gone with the case it was given for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton

from console.domain.errors import Refused
from console.ui.base import theme
from console.ui.base.text import label_text, tip
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.wall.looks import Why
from console.ui.wall.reason import ReasonLine

CASE_PURPOSE = "V1"


class Reasons(QObject):
    """Joins the line that asks with what is done once somebody has answered."""

    settled = Signal()  # a reason was given or refused, and what waited for it is done or dropped

    def __init__(self, seat: Seat, line: ReasonLine, button: QToolButton) -> None:
        """Make it without a reason; `button` shows the one that holds and asks for another."""
        super().__init__(line)
        self._seat, self._line, self._button = seat, line, button
        self.why: Why | None = None
        self._then: Callable[[Why], None] | None = None
        button.clicked.connect(self._ask)
        line.given.connect(self.take)
        line.cancelled.connect(self._drop)
        self.show()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being asked."""
        return self._line.isHidden()

    @property
    def holding(self) -> Why | None:
        """The reason that holds now, or none."""
        return self.why if self.why is not None and self._fits(self.why) else None

    def with_reason(self, question: str, act: Callable[[Why], None]) -> None:
        """Do something that looks through cameras, for the reason that holds or the one given now."""
        if self.holding is not None:
            act(self.holding)
        else:
            self._then = act
            self._line.ask(question)

    def offer(self, question: str, act: Callable[[Why], None]) -> None:
        """Offer to do something for a reason of one's own; the keys stay where they are."""
        self._then = act
        self._line.offer(question)

    @Slot(str, str)
    def take(self, purpose: str, reason: str) -> None:
        """A reason is given."""
        why = Why(purpose, reason, (self._seat.case_id or None) if purpose == CASE_PURPOSE else None)
        if not self._fits(why):
            self._line.say(refusal(Refused("look_without_case")))
            return
        self.adopt(why)
        self._line.hide()
        then, self._then = self._then, None
        if then is not None:
            then(why)
        self.settled.emit()

    def adopt(self, why: Why | None) -> None:
        """Let this reason hold from now on."""
        self.why = why
        self.show()

    def show(self) -> None:
        """Show the reason that holds on its button."""
        words = tr("Give a reason") if self.why is None else f"{self.why.purpose}  {self.why.reason}"
        metrics = self._button.fontMetrics()
        room = self._button.parentWidget().width() - theme.px(44)
        self._button.setText(label_text(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)))
        tip(self._button, words)

    @Slot()
    def _drop(self) -> None:
        self._then = None
        self.settled.emit()

    @Slot()
    def _ask(self) -> None:
        self._line.ask(tr("Reason for cameras opened by hand from now on"))

    def _fits(self, why: Why) -> bool:
        """A look for a case needs the case it was given for to be in hand still."""
        return why.purpose != CASE_PURPOSE or (why.case_id is not None and why.case_id == self._seat.case_id)
