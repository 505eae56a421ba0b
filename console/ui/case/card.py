"""The card of a case: title, facts, photos, proposal, tasks, history, one below the other in one scroll.

Parts are changed in place, so a refresh moves neither the scroll nor the focus.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.rows import InboxRow
from console.ui.base import draw, theme
from console.ui.base.spans import moment, time_of
from console.ui.base.text import PlainLabel
from console.ui.base.words import language, tr
from console.ui.case.facts import Fact, facts_of, proposal, state_fact
from console.ui.case.history import Moment, story
from console.ui.case.person import PersonReveal
from console.ui.case.pictures import Thumbs
from console.ui.case.reading import CaseQuestions, Reading
from console.ui.clips.evidence import Evidence
from console.ui.progress import TaskLook, task_look
from console.ui.seat import Seat
from console.ui.wording import title_of

MOST_MOMENTS = 200
WIDE = 760


class _Chip(QWidget):
    """The priority as shape, character and colour."""

    def __init__(self) -> None:
        super().__init__()
        self.priority = ""
        self.setFixedSize(theme.px(40), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        if self.priority:
            side = theme.px(30)
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            draw.chip(QPainter(self), box, self.priority, is_chinese=language() == "zh_CN")


class _Facts(QWidget):
    """Pairs of label and value."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self.pairs: list[tuple[PlainLabel, PlainLabel]] = []

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these lines."""
        while len(self.pairs) < len(facts):
            # The first line is the state: one line, so that its colour ends with its words.
            is_state = not self.pairs
            pair = (PlainLabel(dim=True), PlainLabel(wrap=not is_state, elide=is_state, selectable=not is_state))
            pair[0].setMinimumWidth(theme.px(56))
            place = len(self.pairs)
            self._grid.addWidget(pair[0], place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[1], place, 1, Qt.AlignmentFlag.AlignLeft if is_state else Qt.AlignmentFlag(0))
            self.pairs.append(pair)
        for place, (label, value) in enumerate(self.pairs):
            is_used = place < len(facts)
            label.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                self.show_fact(place, facts[place])

    def show_fact(self, place: int, fact: Fact) -> None:
        """Change one line."""
        label, value = self.pairs[place]
        label.setText(fact.label)
        value.is_private = fact.is_private
        value.setText(fact.value)
        value.set_badge({"Y": "amber", "R": "alarm"}.get(fact.lamp, ""))


class _TaskLine(QWidget):
    """One unit's part: who, how far, how much time is left."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(34))
        self.look: TaskLook | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint who at the left, what is left at the right, the used time below."""
        if self.look is None:
            return
        px, shade, line = theme.px, theme.tokens(), self.look.line
        painter = QPainter(self)
        box = self.rect().adjusted(0, 0, 0, -px(8))
        ink = {"Y": shade.text, "R": shade.text}.get(line.lamp, shade.dim)
        who = draw.text(painter, box.adjusted(0, 0, -box.width() // 2, 0), line.who, bold=True)
        draw.text(painter, box.adjusted(who + px(10), 0, 0, 0), line.words, size=theme.SMALL, ink=ink, right=True)
        draw.bar(painter, QRectF(0, self.height() - px(7), self.width(), px(4)), line.share, line.lamp)


class _MomentLine(QWidget):
    """One act of the history, with its words and photos."""

    def __init__(self, told: Moment, when: str, thumbs: Thumbs | None) -> None:
        super().__init__()
        self.told = told
        self.when = PlainLabel(when, size=theme.SMALL, dim=True)
        self.when.setFixedWidth(theme.px(66))
        self.what = PlainLabel(told.what, size=theme.SMALL, wrap=True, selectable=True)
        self.who = PlainLabel(told.who, size=theme.SMALL, dim=True, elide=True)
        self.who.is_private = True
        self.who.say_again()
        self.who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        said = QHBoxLayout()
        said.setSpacing(theme.px(8))
        said.addWidget(self.what, 3, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.who, 2, Qt.AlignmentFlag.AlignTop)
        words.addLayout(said)
        self.text: PlainLabel | None = None
        if told.text:
            self.text = PlainLabel(tr("“{text}”", text=told.text), size=theme.SMALL, wrap=True, selectable=True)
            self.text.is_private = True
            self.text.say_again()
            words.addWidget(self.text)
        if thumbs is not None:
            words.addWidget(thumbs)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        row.setSpacing(theme.px(8))
        row.addWidget(self.when, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class Card(QScrollArea):
    """Everything the case desk says of one case."""

    photo_opened = Signal(object, str)  # all photos of the case, the one that was chosen

    def __init__(self, seat: Seat, questions: CaseQuestions, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._seat, self._questions = seat, questions
        self._reading: Reading | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.chip = _Chip()
        self.title = PlainLabel(size=theme.CLOCK, bold=True, wrap=True, selectable=True)
        self.facts = _Facts()
        self.person = PersonReveal(seat)
        self.photos = Thumbs(seat, questions)
        self.photos.opened.connect(self._open_photo)
        self.evidence = Evidence(seat)
        self.proposal = QFrame()
        self.proposal.setObjectName("card")
        self.proposed, self.why = PlainLabel(bold=True, wrap=True), PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.tasks_title = PlainLabel(tr("Tasks under way"), dim=True)
        self.history_title = PlainLabel(tr("History"), dim=True)
        self.tasks: list[_TaskLine] = []
        self.moments: list[_MomentLine] = []
        self._lay_out()

    def show_reading(self, reading: Reading) -> None:
        """Show a case; scroll and focus stay when it is the same one."""
        is_other = self._reading is None or self._reading.case.id != reading.case.id
        self._reading = reading
        case = reading.case
        if is_other:
            self._forget_moments()
        self.chip.priority = case.priority
        self.chip.update()
        self.title.setText(title_of(case.title, case.category, self._seat.services.codes))
        now = self._seat.services.clock.now()
        state = state_fact(case, reading.desk.tasks, now, self._seat.services.codes)
        self.facts.show_facts((state, *facts_of(reading, self._seat.services.codes)))
        self.person.follow(case.id if reading.desk.reports else 0)
        shown = (each.sha256 for each in reading.desk.attachments if each.stage == "before" or each.kind == "snapshot")
        self.photos.show_photos(tuple(shown))
        self.evidence.show_clips(reading.clips)
        head, why = proposal(reading, self._seat.services.codes)
        self.proposed.setText(head)
        self.why.setText(why)
        self.proposal.setVisible(case.state in ("10", "20", "30"))
        self._show_tasks()
        self._show_moments(story(reading.desk, reading.units, self._seat.services.codes))
        self.widget().show()
        if is_other:
            self.verticalScrollBar().setValue(0)

    def preview(self, row: InboxRow) -> None:
        """Show what the queue knows of another case at once; the rest follows when it has been read."""
        self._reading = None
        self._forget_moments()
        self.chip.priority = row.priority
        self.chip.update()
        self.title.setText(title_of(row.title, row.category, self._seat.services.codes))
        self.facts.show_facts((Fact(tr("Place"), row.address),))
        self.person.follow(0)
        self.photos.show_photos(())
        self.evidence.show_clips(())
        for widget in (self.proposal, self.tasks_title, self.history_title, *self.tasks):
            widget.hide()
        self.widget().show()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With room enough, tasks and history stand beside the facts."""
        is_wide = event.size().width() >= theme.px(WIDE)
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
            self._columns.setSpacing(theme.px(28 if is_wide else 8))
            self._columns.setStretch(0, 1 if is_wide else 0)
            self._first.setStretch(self._first.count() - 1, 1 if is_wide else 0)
        super().resizeEvent(event)

    def clear(self) -> None:
        """Show nothing."""
        self._reading = None
        self.person.follow(0)
        self.widget().hide()

    def tick(self) -> None:
        """Let the clocks of the card run."""
        if self._reading is None:
            return
        now = self._seat.services.clock.now()
        self.facts.show_fact(0, state_fact(self._reading.case, self._reading.desk.tasks, now, self._seat.services.codes))
        self._show_tasks()

    def _lay_out(self) -> None:
        room = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, room)
        self._columns.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
        self._columns.setSpacing(theme.px(8))
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.person)
        column.addWidget(self.photos)
        column.addWidget(self.evidence)
        inside = QVBoxLayout(self.proposal)
        inside.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(8))
        inside.setSpacing(theme.px(2))
        inside.addWidget(self.proposed)
        inside.addWidget(self.why)
        column.addWidget(self.proposal)
        column.addStretch(0)
        self._columns.addLayout(column)
        self._first, column = column, QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(self.tasks_title)
        self._task_lines = QVBoxLayout()
        self._task_lines.setSpacing(theme.px(4))
        column.addLayout(self._task_lines)
        column.addWidget(self.history_title)
        self._history = QVBoxLayout()
        self._history.setSpacing(0)
        column.addLayout(self._history)
        column.addStretch(1)
        self._columns.addLayout(column, 1)
        self.setWidget(room)
        room.hide()

    def _show_tasks(self) -> None:
        assert self._reading is not None
        now = self._seat.services.clock.now()
        looks = [task_look(row, now, self._seat.services.codes, self._reading.units) for row in self._reading.desk.tasks]
        while len(self.tasks) < len(looks):
            line = _TaskLine()
            self._task_lines.addWidget(line)
            self.tasks.append(line)
        for place, line in enumerate(self.tasks):
            line.setVisible(place < len(looks))
            if place < len(looks) and line.look != looks[place]:
                line.look = looks[place]
                line.setAccessibleName(f"{looks[place].line.who} {looks[place].line.words}")
                line.update()
        self.tasks_title.setVisible(bool(looks))

    def _show_moments(self, told: tuple[Moment, ...]) -> None:
        cut = len(told) - MOST_MOMENTS
        self.history_title.show()
        self.history_title.setText(tr("History, the last {n}", n=MOST_MOMENTS) if cut > 0 else tr("History"))
        told = told[max(0, cut) :]
        if [line.told for line in self.moments] != list(told[: len(self.moments)]):
            self._forget_moments()
        now = self._seat.services.clock.now()
        for each in told[len(self.moments) :]:
            thumbs = None
            if each.photos:
                thumbs = Thumbs(self._seat, self._questions)
                thumbs.show_photos(each.photos)
                thumbs.opened.connect(self._open_photo)
            when = time_of(each.at) if moment(each.at, now) == time_of(each.at)[:5] else moment(each.at, now)
            line = _MomentLine(each, when, thumbs)
            self._history.addWidget(line)
            self.moments.append(line)

    def _forget_moments(self) -> None:
        for line in self.moments:
            self._history.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.moments = []

    def _open_photo(self, name: str) -> None:
        if self._reading is not None:
            pictures = (each.sha256 for each in self._reading.desk.attachments if each.kind != "clip")
            self.photo_opened.emit(tuple(dict.fromkeys(pictures)), name)
