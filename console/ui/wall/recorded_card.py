"""The card that asks for recordings: which cameras, from when to when, what for and why; below it stands how the request fares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.codes import Entry
from console.domain.errors import Invalid
from console.domain.limits import CHINA
from console.domain.video_leave import LETTER_MAX, ORGAN, RELATIONS, RESIDENT
from console.ui.base import theme
from console.ui.base.card import Inset
from console.ui.base.line import LineEdit, to_ascii
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import language, tr

REASON_MIN, REASON_MAX = 6, 200
WRITTEN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Typed:
    """What stands in the card."""

    numbers: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    purpose: str
    reason: str
    relation: str = ""
    is_identity_seen: bool = False
    letter: str = ""


class RecordedCard(Inset):
    """Stands inside the panel until it is put away; text typed once is never lost."""

    wanted = Signal()  # ask for leave
    played = Signal()
    broken = Signal()  # play without leave, after a second press
    came = Signal()  # it is shown

    def __init__(self, purposes: Mapping[str, Entry], parent: QWidget | None = None) -> None:
        """Make it hidden, over the purposes of CT-26."""
        super().__init__(parent)
        self.title = PlainLabel(bold=True, elide=True)
        self.cameras = _line(tr("Camera numbers"), tr("Camera numbers, such as 301 302"), 200)
        self.first, self.last = _line(tr("From"), "2026-11-25 09:30", 16), _line(tr("To"), "2026-11-25 10:30", 16)
        self.purpose = _box(tr("Purpose"), tuple((code, f"{code} {entry.named(language())}") for code, entry in purposes.items()))
        self.reason = _line(tr("Reason"), tr("Reason, at least {n} letters", n=REASON_MIN), REASON_MAX)
        words = {"self": tr("for oneself"), "relative": tr("for a relative"), "guardian": tr("for a ward")}
        self.relation = _box(tr("For whom"), tuple((code, words[code]) for code in RELATIONS))
        self.seen = QCheckBox(label_text(tr("Identity seen at the desk (not stored)")))
        self.letter = _line(tr("Letter"), tr("Letter's number, officer, legal basis"), LETTER_MAX)
        self.recorded = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.state = PlainLabel(wrap=True)
        self.ask, self.play = QPushButton(label_text(tr("Ask for leave"))), QPushButton(label_text(tr("Play")))
        self._is_armed = False
        self.emergency, self.back = QPushButton(), QPushButton(label_text(tr("Back")))
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def typed(self) -> Typed:
        """What is asked for. Raises Invalid for a time nobody can read."""
        code = self.purpose.currentData()
        return Typed(
            tuple(to_ascii(self.cameras.text()).replace(",", " ").upper().split()),
            _time("period", self.first.text()), _time("period", self.last.text()), code, self.reason.text().strip(),
            self.relation.currentData() if code == RESIDENT else "", code == RESIDENT and self.seen.isChecked(),
            self.letter.text().strip() if code == ORGAN else "",
        )  # fmt: skip

    def fill(self, title: str, typed: Typed) -> None:
        """Show what is asked for now."""
        self.title.setText(title)
        self.cameras.setText(" ".join(typed.numbers))
        for field, at in ((self.first, typed.starts_at), (self.last, typed.ends_at)):
            field.setText(f"{at.astimezone(CHINA):{WRITTEN}}")
        for box, value in ((self.purpose, typed.purpose), (self.relation, typed.relation)):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.reason.setText(typed.reason)
        self.letter.setText(typed.letter)
        self.seen.setChecked(False)

    def open(self) -> None:
        """Show it and go there: the act was the officer's."""
        self.came.emit()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str, *, badge: str = "") -> None:
        """Say how the request fares, or what is wrong."""
        self.state.set_badge(badge)
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def tell(self, words: str) -> None:
        """Say what recorders have of it."""
        self.recorded.setText(words)
        self.recorded.setVisible(bool(words))

    def offer(self, *, asks: bool, plays: bool, breaks: bool) -> None:
        """Show the acts that are possible now; the first of them is the main one."""
        for button, is_there in ((self.ask, asks), (self.play, plays), (self.emergency, breaks)):
            button.setVisible(is_there)
        self._arm(False)
        for button, is_main in ((self.play, plays), (self.ask, asks and not plays)):
            button.setProperty("primary", is_main)
            button.style().unpolish(button)
            button.style().polish(button)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        self.ask.ensurePolished()  # before it, the style sheet has not given the button its height
        high, stretches = self.ask.sizeHint().height(), {self.cameras: 3, self.first: 2, self.last: 2, self.reason: 1, self.letter: 1}
        for parts in (
            (self.cameras, self.first, self.last), (self.relation, self.seen, self.letter),
            (self.purpose, self.reason, self.ask, self.play, self.emergency, self.back),
        ):  # fmt: skip
            row = QHBoxLayout()
            row.setSpacing(theme.px(6))
            for part in parts:
                part.setMinimumHeight(high)
                row.addWidget(part, stretches.get(part, 0))
            if parts[0] is self.relation:
                row.addStretch()
            column.addLayout(row)
        column.addWidget(self.recorded)
        column.addWidget(self.state)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._show_more()
        self.offer(asks=True, plays=False, breaks=False)
        self.say("")
        self.tell("")

    def _connect(self) -> None:
        self.purpose.currentIndexChanged.connect(lambda _: self._show_more())
        self.ask.clicked.connect(self.wanted)
        self.play.clicked.connect(self.played)
        self.emergency.clicked.connect(self._press)
        self.back.clicked.connect(self.hide)
        for field in (self.cameras, self.first, self.last, self.reason, self.letter):
            field.entered.connect(lambda _: self.played.emit() if self.play.isVisible() else self.wanted.emit())

    def _show_more(self) -> None:
        code = self.purpose.currentData()
        for part, purpose in ((self.relation, RESIDENT), (self.seen, RESIDENT), (self.letter, ORGAN)):
            part.setVisible(code == purpose)

    def _press(self) -> None:
        if self._is_armed:
            self.broken.emit()
        else:
            self._arm(True)
            words = tr("This plays without leave, once for this case. The director is told at once and reviews it within 24 h.")
            self.say(words, badge="amber")

    def _arm(self, is_armed: bool) -> None:
        self._is_armed = is_armed
        self.emergency.setText(label_text(tr("Yes, play without leave") if is_armed else tr("Emergency: play now")))


def _time(field: str, said: str) -> datetime:
    text = to_ascii(said).strip().replace("/", "-")
    for form in (WRITTEN, "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=CHINA)
        except ValueError:
            continue
    raise Invalid(field, "not_a_minute", value=said[:40])


def _line(name: str, hint: str, longest: int) -> LineEdit:
    made = LineEdit(hint=hint, longest=longest)
    made.setAccessibleName(name)
    return made


def _box(name: str, options: tuple[tuple[str, str], ...]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for code, words in options:
        made.addItem(label_text(words), code)
    return made
