"""Who reported a case, in plain words for a reason: the case desk's use of `base/reveal.py`."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.errors import ConsoleError
from console.service.unmask import MAY_LOOK, Plain
from console.ui.base.reveal import Reveal
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat


class PersonReveal(Reveal):
    """Shows reporters and words of one case; another case masks it at once."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        """Make it hidden: there is no case yet."""
        super().__init__(tr("Show reporter and words in plain …"), parent)
        self._seat = seat
        self._case_id = 0
        self.asked.connect(self._ask)
        self.hide()

    def follow(self, case_id: int) -> None:
        """Offer to look at this case, 0 for none; the same one changes nothing."""
        if case_id != self._case_id:
            self._case_id = case_id
            self.reason.clear()
            self.mask()
        self.setVisible(bool(case_id) and self._seat.actor.holds_any(MAY_LOOK))

    def _ask(self, reason: str) -> None:
        self._seat.work.tell(self, self._seat.services.unmask.case, self._show, self._fail, self._seat.actor, self._case_id, reason)

    @Slot(object)
    def _show(self, plain: Plain) -> None:
        if plain.case_id != self._case_id or not self.isVisible():
            return  # the officer has gone on; nobody is there to read it
        self.show_plain("\n".join((*(person_words(one.name, one.phone) for one in plain.reporters), plain.content)).strip())

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.say(refusal(error))
        else:
            self.mask()
            self._seat.work.failed.emit(error)


def person_words(name: str, phone: str) -> str:
    """A person on one line."""
    return " · ".join(part for part in (name, phone) if part)
