"""The line that saves a stretch of recorded pictures into the case: asked by whoever plays them, one clip for each camera.

The player calls `ask` with the footage that is open and its marks in and out; the line says how far it is and calls it off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.errors import ConsoleError, Refused
from console.domain.footage import Footage
from console.domain.people import Actor
from console.service.clips import Clips, Saved
from console.ui.base import theme
from console.ui.base.card import Inset
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import refusal, tr
from console.ui.clips.progress import ProgressLine
from console.ui.clips.wording import length, span
from console.ui.seat import Seat
from console.video.cutting import Watch


@dataclass(frozen=True)
class Stretch:
    """What is to be saved: of each footage the part between two instants, into one case."""

    footage: tuple[Footage, ...]
    start: datetime
    end: datetime
    case_id: int


@dataclass(frozen=True)
class Done:
    """What became of it: clips that were saved, and why others were not."""

    saved: tuple[Saved, ...]
    lacking: tuple[tuple[str, ConsoleError], ...]


class SaveLine(Inset):
    """Stands inside the player until it is answered; Enter saves, Esc calls off or goes back."""

    saved = Signal(object)  # a Done

    def __init__(self, seat: Seat, clips: Clips, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._seat, self._clips = seat, clips
        self._stretch: Stretch | None = None
        self.title, self.problem = PlainLabel(bold=True, wrap=True), PlainLabel(size=theme.SMALL, wrap=True)
        self.done, self.back = QPushButton(label_text(tr("Save into the case (Enter)"))), QPushButton(label_text(tr("Back")))
        self.done.setProperty("primary", True)
        self.progress = ProgressLine()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.done)
        row.addWidget(self.back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        for part in (self.title, self.problem, self.progress):
            column.addWidget(part)
        column.addLayout(row)
        self.done.clicked.connect(self.save)
        self.back.clicked.connect(self.hide)
        self.hide()

    def ask(self, footage: Sequence[Footage], start: datetime, end: datetime, case_id: int) -> None:
        """Ask whether this stretch of these cameras is to be saved; cameras without pictures then are left out."""
        there = tuple(one for one in footage if one.starts_at < end and one.ends_at > start)
        if not there or not case_id or start >= end:
            self._seat.said.emit(tr("Between the two marks there is no picture") if case_id else tr("Take a case in hand first"))
            return
        self._stretch = Stretch(there, start, end, case_id)
        codes = tr(", ").join(dict.fromkeys(one.camera.code for one in there))
        words = length((end - start).total_seconds())
        self.title.setText(tr("Save {length} of {codes} as evidence: {span}", length=words, codes=codes, span=span(start, end)))
        self.say("")
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Say what is wrong or what was done."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    @Slot()
    def save(self) -> None:
        """Begin."""
        if self._stretch is None or self.progress.is_running:
            return
        self.done.setEnabled(False)
        watch = self.progress.begin(tr("Saving"))
        self._seat.work.labour(self, _cut_all, self._tell, self._fail, self._clips, self._seat.actor, self._stretch, watch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves; Esc calls off what is under way, then goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape and self.progress.is_running:
            self.progress.call_off()
        else:
            super().keyPressEvent(event)

    def _tell(self, done: Done) -> None:
        self._end()
        lines = [_kept_words(one, code) for one, code in zip(done.saved, self._codes(done), strict=True)]
        lines += [tr("No clip of {code}: {why}", code=code, why=refusal(error)) for code, error in done.lacking]
        self.saved.emit(done)
        if done.lacking:
            self.say("\n".join(lines))
        else:
            self.hide()
        self._seat.said.emit(lines[0] if len(lines) == 1 else tr("{n} clips are in the case", n=len(done.saved)))

    def _codes(self, done: Done) -> list[str]:
        assert self._stretch is not None
        known = {one.camera.id: one.camera.code for one in self._stretch.footage}
        return [known[one.clip.camera_id] for one in done.saved]

    def _fail(self, error: Exception) -> None:
        self._end()
        if isinstance(error, ConsoleError):
            self.say(refusal(error))
        else:
            self._seat.work.failed.emit(error)

    def _end(self) -> None:
        self.progress.end()
        self.done.setEnabled(True)


def _kept_words(one: Saved, code: str) -> str:
    facts = {"n": round(one.clip.seconds), "code": code, "number": one.case_number}
    if one.missing_s:
        return tr("{n} s of {code} are in case {number}; the recording ended {late} s early", late=round(one.missing_s), **facts)
    return tr("{n} s of {code} are in case {number}", **facts)


def _cut_all(clips: Clips, actor: Actor, stretch: Stretch, watch: Watch) -> Done:  # in a thread of its own
    """One clip after the other; one that is refused does not keep the others, one that is called off ends all."""
    saved, lacking = list[Saved](), list[tuple[str, ConsoleError]]()
    for number, one in enumerate(stretch.footage):
        share = Watch(lambda part, number=number: watch.progress((number + part) / len(stretch.footage)), watch.stop)
        period = max(stretch.start, one.starts_at), min(stretch.end, one.ends_at)
        try:
            saved.append(clips.cut(actor, one, period, stretch.case_id, share))
        except ConsoleError as refused:
            lacking.append((one.camera.code, refused))
            if isinstance(refused, Refused) and refused.code == "called_off":
                break
    return Done(tuple(saved), tuple(lacking))
