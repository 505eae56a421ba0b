"""The lines that ask before something is done with a clip: why it is looked at, why and until when it is held."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.domain.clip import ClipRow
from console.domain.limits import CHINA
from console.service.clips import REASON_MAX, REASON_MIN
from console.ui.base import theme
from console.ui.base.card import Card
from console.ui.base.line import LineEdit
from console.ui.base.text import label_text
from console.ui.base.words import tr

DAYS = 90  # what a hold is proposed for


class LookLine(Card):
    """Asks why somebody looks at clips; the same reason is offered again for the next ones."""

    asked = Signal(object, str)  # ClipRows, why

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        reason = LineEdit(hint=tr("Reason, at least {n} letters", n=REASON_MIN), longest=REASON_MAX)
        super().__init__("", (reason,), tr("Look at it"), parent)
        self.reason = reason
        self.reason.setAccessibleName(tr("Why the clip is looked at"))
        self._rows: tuple[ClipRow, ...] = ()
        self.done.clicked.connect(self._ask)
        self.reason.entered.connect(lambda _: self._ask())

    def ask(self, rows: tuple[ClipRow, ...]) -> None:
        """Ask about one clip, or several that are looked at together."""
        self._rows = rows
        codes = tr(", ").join(dict.fromkeys(row.camera.code for row in rows))
        self.title.setText(
            tr("Why look at the clip of {code}? It is noted.", code=codes) if len(rows) == 1
            else tr("Why look at {n} clips of {codes}? It is noted.", n=len(rows), codes=codes)
        )  # fmt: skip
        self.say("")
        self.show()
        self.reason.selectAll()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        if self._rows:
            self.asked.emit(self._rows, self.reason.text())


class HoldLine(Card):
    """Asks the director why and until when a clip is held, or why it is let go."""

    held = Signal(object, str, object)  # the ClipRow, why, until when (a datetime)
    lifted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        reason, until = LineEdit(hint=tr("Reason, at least {n} letters", n=REASON_MIN), longest=REASON_MAX), LineEdit(longest=10)
        lift = QPushButton(label_text(tr("Lift the hold")))
        super().__init__("", (until, lift), tr("Hold"), parent, narrow=(lift,))
        self.reason, self.until, self.lift = reason, until, lift
        self.until.setMinimumWidth(theme.px(112))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.reason)  # a reason wants a line of its own
        self.reason.setAccessibleName(tr("Why the clip is held"))
        self.until.setAccessibleName(tr("Held until"))
        self._row: ClipRow | None = None
        self.done.clicked.connect(self._hold)
        self.lift.clicked.connect(self._lift)
        self.reason.entered.connect(lambda _: self._hold())

    def ask(self, row: ClipRow, now: datetime) -> None:
        """Ask about one clip."""
        self._row = row
        is_held = row.clip.hold_until is not None and row.clip.hold_until > now
        self.title.setText(tr("Hold the clip of {code} until a day", code=row.camera.code))
        self.until.setText(f"{(row.clip.hold_until if is_held else now + timedelta(days=DAYS)).astimezone(CHINA):%Y-%m-%d}")
        self.reason.setText(row.clip.hold_reason if is_held else "")
        self.lift.setVisible(is_held)
        self.say("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold(self) -> None:
        if self._row is None:
            return
        try:
            day = date.fromisoformat(self.until.text().strip())
        except ValueError:
            self.say(tr("Type the day as 2026-11-23."))
            return
        self.held.emit(self._row, self.reason.text(), datetime.combine(day, time(23, 59, 59), CHINA))

    def _lift(self) -> None:
        if self._row is not None:
            self.lifted.emit(self._row, self.reason.text())
