"""The form that asks for a clip to leave the hall, what was asked already, and the way out once somebody else allowed it (G5, G7)."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.clip import (
    ASKS_AGAIN,
    BASIS_MAX,
    LETTER_MAX,
    NEEDED,
    OFFICER_MAX,
    ORGAN_MAX,
    USES,
    ClipRow,
    ClipWish,
    Use,
)  # fmt: skip
from console.domain.errors import Invalid
from console.domain.video_leave import PUBLISH
from console.service.clip_exports import Asked, Standing
from console.ui.base import theme
from console.ui.base.card import Inset
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import refusal, tr
from console.ui.case.pick import Pick
from console.ui.clips.progress import ProgressLine
from console.ui.clips.wording import clock, length, read_time, span

MOST_ASKED = 3
FIELDS = ("organ", "letter_no", "officer", "basis", "starts", "ends", "why_long")


class ExportForm(Inset):
    """Stands inside the panel; it asks and shows, and decides nothing."""

    asked = Signal(object)  # an ClipWish for the clip that is shown
    written = Signal(object)  # the Asked whose file shall be written
    covering = Signal(object)  # the Asked whose file shall be written once it was looked at under its cover

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.row: ClipRow | None = None
        self._before: tuple[tuple[str, PlainLabel, QPushButton], ...] = ()
        self.title, self.proposal = PlainLabel(bold=True, elide=True), PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        words = {
            "organ": tr("For a state organ, by its letter"), "inside": tr("For the case itself, unchanged"),
            "public": tr("For everybody to see, covered"),
        }  # fmt: skip
        self.use = Pick(tr("What for"), tuple((use, words[use]) for use in USES))
        hints = (
            tr("Organ that asks"), tr("Letter number"), tr("Officer"), tr("Legal basis"), tr("Period from"), tr("Period until"),
            tr("Why more than two hours"),
        )  # fmt: skip
        most = (ORGAN_MAX, LETTER_MAX, OFFICER_MAX, BASIS_MAX, 8, 8, BASIS_MAX)
        self.fields = {name: LineEdit(hint=hint, longest=longest) for name, hint, longest in zip(FIELDS, hints, most, strict=True)}
        self.names = {name: PlainLabel(hint, size=theme.SMALL, dim=True) for name, hint in zip(FIELDS, hints, strict=True)}
        for name, hint in zip(FIELDS, hints, strict=True):
            self.fields[name].setAccessibleName(hint)
        self.problem = PlainLabel(wrap=True)
        self.problem.set_badge("amber")
        self.good = PlainLabel(size=theme.SMALL, wrap=True, selectable=True)
        self.ask, self.back = QPushButton(label_text(tr("Ask to export"))), QPushButton(label_text(tr("Back")))
        self.ask.setProperty("primary", True)
        self.waiting = QVBoxLayout()
        self.progress = ProgressLine()
        self._grid = QGridLayout()
        self._lay_out()
        self.ask.clicked.connect(self._ask)
        self.back.clicked.connect(self.hide)
        self.use.currentIndexChanged.connect(self._show_use)
        self._show_use()
        self.hide()

    def open(self, standing: Standing) -> None:
        """Show the form for a clip; what was typed for the same one stays."""
        is_other = self.row is None or self.row.clip.id != standing.row.clip.id
        self.row = standing.row
        clip = standing.row.clip
        self.title.setText(tr("Take the clip of {code} out of the hall", code=standing.row.camera.code))
        whole = length(clip.seconds)
        part = length((standing.period[1] - standing.period[0]).total_seconds())
        self.proposal.setText(
            tr("The clip: {span} ({whole}). Proposed is the least around the matter: {part}.", part=part, whole=whole,
               span=span(clip.starts_at, clip.ends_at))
        )  # fmt: skip
        if is_other:
            for name in ("organ", "letter_no", "officer", "basis", "why_long"):
                self.fields[name].clear()
            self.fields["starts"].setText(clock(standing.period[0]))
            self.fields["ends"].setText(clock(standing.period[1] + timedelta(seconds=0 if standing.period[1].microsecond == 0 else 1)))
        self.show_asked(standing.asked)
        self.show_long(clip.seconds > ASKS_AGAIN.total_seconds())
        self.say("")
        self.tell("")
        self.show()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_asked(self, asked: tuple[Asked, ...]) -> None:
        """List what was asked for this clip already and how that stands."""
        while (item := self.waiting.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in asked[:MOST_ASKED]:
            self.waiting.addWidget(self._line(one))

    def show_long(self, is_long: bool) -> None:
        """Ask why more than two hours are needed."""
        for part in (self.fields["why_long"], self.names["why_long"]):
            part.setVisible(is_long)

    def say(self, words: str, field: str | None = None) -> None:
        """Say what is wrong; the field it is about gets the cursor."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if field == "why_long":
            self.show_long(True)
        if field in self.fields:
            self.fields[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, words: str) -> None:
        """Say what was done."""
        self.good.setText(words)
        self.good.setVisible(bool(words))

    def submit(self) -> None:
        """Ctrl+Enter asks."""
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc calls off what is under way, then goes back; Ctrl+Enter asks."""
        if event.key() == Qt.Key.Key_Escape and self.progress.is_running:
            self.progress.call_off()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.row is None or not self.ask.isEnabled():
            return
        clip, typed = self.row.clip, {name: field.text() for name, field in self.fields.items()}
        try:
            start = max(clip.starts_at, read_time(typed["starts"], clip.starts_at))
            end = min(clip.ends_at, read_time(typed["ends"], start))
        except Invalid as wrong:
            self.say(refusal(wrong), "starts")
            return
        said = (typed[name] if self._is_asked(name) else "" for name in ("organ", "letter_no", "officer", "basis"))
        self.say("")
        self.asked.emit(ClipWish(*said, start, end, typed["why_long"], self._use))

    @property
    def _use(self) -> Use:
        return next((use for use in USES if use == self.use.code), USES[0])

    @property
    def _first(self) -> LineEdit:
        return self.fields["organ" if self._is_asked("organ") else "officer"]

    def _is_asked(self, name: str) -> bool:
        return name in NEEDED[self._use] or name not in ("organ", "letter_no", "officer")

    def _show_use(self) -> None:
        """Ask for what this use needs, by the names it has there."""
        use = self._use
        names = {
            "organ": tr("Where it is published") if use == "public" else tr("Organ that asks"),
            "officer": {"organ": tr("Officer"), "inside": tr("Who receives it"), "public": tr("Who answers for it")}[use],
            "basis": tr("Legal basis") if use == "organ" else tr("Why it is needed"),
        }
        for name, words in names.items():
            self.names[name].setText(words)
            self.fields[name].setPlaceholderText(label_text(words))
            self.fields[name].setAccessibleName(words)
        for name in ("organ", "letter_no", "officer"):
            for part in (self.names[name], self.fields[name]):
                part.setVisible(self._is_asked(name))
        wide = 2 if self._is_asked("letter_no") else 4
        for line, part in enumerate((self.names["organ"], self.fields["organ"])):
            self._grid.addWidget(part, line, 0, 1, wide)

    def _line(self, one: Asked) -> QWidget:
        request, leave = one.request, one.leave
        state = {"asked": tr("waits for leave"), "granted": tr("allowed"), "refused": tr("refused"), "used": tr("used")}[leave.state]
        if leave.state == "granted" and leave.valid_until is not None:
            state = tr("allowed until {time}", time=clock(leave.valid_until))
        period = length((request.ends_at - request.starts_at).total_seconds())
        who = tr(" · ").join(part for part in (request.letter_no, request.organ or request.officer) if part)
        words = tr("{state} · {who} · {period}", who=who, period=period, state=state)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PlainLabel(words, size=theme.SMALL, elide=True), 1)
        if leave.state == "granted":
            is_public = leave.kind == PUBLISH
            write = QPushButton(label_text(tr("Cover and write …") if is_public else tr("Write the file")))
            write.setProperty("primary", True)
            write.clicked.connect(lambda _=False: (self.covering if is_public else self.written).emit(one))
            row.addWidget(write)
        return line

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(3))
        places = {
            "organ": (0, 0, 2), "letter_no": (0, 2, 2), "officer": (2, 0, 2), "basis": (2, 2, 2), "starts": (4, 0, 1),
            "ends": (4, 1, 1), "why_long": (4, 2, 2),
        }  # fmt: skip
        for name, (line, column, width) in places.items():
            grid.addWidget(self.names[name], line, column, 1, width)
            grid.addWidget(self.fields[name], line + 1, column, 1, width)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.ask, 2)
        buttons.addWidget(self.back, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(6))
        for part in (self.title, self.proposal, self.use, grid, self.problem, self.good, self.waiting, self.progress, buttons):
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
