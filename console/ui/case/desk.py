"""The case desk: the case in hand, what may be done to it, and the forms that do it.

Which verbs there are is read from the flow table, what becomes of them from `Acts`; the desk
only shows, collects words and keeps them until they are sent.
"""

from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.case import Case
from console.domain.clip import ClipRow
from console.domain.errors import ConsoleError, Missing
from console.domain.rows import InboxRow
from console.service.ask import Suggestion
from console.ui.base import theme
from console.ui.base.panel import Panel
from console.ui.base.spans import time_of
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import VerbBar, verb_menu
from console.ui.base.words import language, tr
from console.ui.case.acts import Acts, Outcome, refusal_words
from console.ui.case.card import Card
from console.ui.case.choices import choices, seldom
from console.ui.case.drafts import Drafts
from console.ui.case.facts import due_words
from console.ui.case.forms import ActForm
from console.ui.case.moves import Answers, act_words, has_form
from console.ui.case.pictures import LargeView
from console.ui.case.plan import first_plan, resorted
from console.ui.case.reading import CaseQuestions, Reading
from console.ui.case.strip import DispatchStrip
from console.ui.clips.desk import ClipDesk
from console.ui.seat import Seat
from console.ui.wording import title_of


class CasePanel(Panel):
    """The case desk of a seat."""

    kinds = frozenset({"case", "task", "still", "clip", "video_leave", "sighting"})
    name = "case"

    shown = Signal(object)  # the Reading that now stands on the screen, or None

    def __init__(self, seat: Seat, acts: Acts | None = None, drafts: Drafts | None = None, parent: QWidget | None = None) -> None:
        """Make the desk; `drafts` outlives it when the screens are built anew."""
        super().__init__(seat.work, tr("Case"), parent)
        self._seat = seat
        self.acts = acts or Acts(seat, self)
        self._drafts = drafts or Drafts()
        self._questions = CaseQuestions(seat.services)
        self._reading: Reading | None = None
        self._pending = ""
        self._back: QWidget | None = None
        self._large: LargeView | None = None
        self.card = Card(seat, self._questions)
        self.nothing = PlainLabel(tr("No case in hand. F3 takes the next one nobody has acknowledged."), dim=True, wrap=True)
        self.nothing.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), 0)
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.message.hide()
        self.verbs = VerbBar()
        self.strip = DispatchStrip(lambda: seat.services.codes)
        self.form = ActForm(lambda: seat.services.codes)
        self.clips = ClipDesk(seat)
        self._lay_out()
        self._join()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self.setFocusProxy(self.card)

    def refresh(self) -> None:
        """Ask for the case in hand."""
        if not self._seat.case_id:
            self._show_nothing()
            self.fresh()
            return
        self.work.ask(self, self._questions.read, self.show_reading, self._seat.actor, self._seat.case_id, failed=self._cannot_read)

    @Slot(object)
    def show_reading(self, reading: Reading) -> None:
        """Show a case; an act that waited for it is done now."""
        if reading.case.id != self._seat.case_id:
            return
        self._reading = reading
        self.clips.refresh()
        case = reading.case
        self.nothing.hide()
        self.card.show()
        self.head.title.setText(tr("Case {number}", number=case.number))
        self.card.show_reading(reading)
        self.verbs.show_verbs(choices(case, self._seat.actor, reading.desk.tasks, reading.desk))
        self._show_sendable()
        self.fresh()
        self.shown.emit(reading)
        pending, self._pending = self._pending, ""
        if pending:
            self.act(pending)

    def preview(self, row: InboxRow) -> None:
        """Another case was taken in hand: show at once what the queue knows of it, while it is being read."""
        if self._reading is None and row.id == self._seat.case_id:
            self.nothing.hide()
            self.card.show()
            self.head.title.setText(tr("Case {number}", number=row.number))
            self.card.preview(row)

    def act(self, action: str) -> None:
        """Do what a button, a key or a typed verb says; waits for the case if it is just being read."""
        if not self._seat.case_id:
            self._seat.said.emit(tr("No case in hand: F3 takes the next one."))
            return
        if self._reading is None or self._reading.case.id != self._seat.case_id:
            self._pending = action
            self.refresh()
            return
        case = self._reading.case
        button = self.verbs.button(action)
        others = {verb.action for verb in seldom(case, self._seat.actor)}
        if action not in others and (button is None or not button.verb.is_enabled):
            self._seat.said.emit(self._why_not(action, case))
            return
        self._say("")
        if action == "order":
            self._open_strip(self._reading)
        elif action == "more":
            self._open_menu(case)
        elif has_form(action):
            self._open_form(action, self._reading)
        elif action == "cameras":
            self._seat.looked.emit(case.id)
        elif action == "locate":
            self._seat.located.emit(case.id)
        elif action == "recordings":
            self._seat.recorded.emit(case.id)
        elif action == "release":
            self.acts.release(case.id)
        else:
            {"ack": self.acts.ack, "accept": self.acts.accept, "file": self.acts.file}[action](case.id, case.version)

    def submit(self) -> bool:
        """Ctrl+Enter: send what is open, or ask about personal numbers in it; false when nothing can be sent."""
        QGuiApplication.inputMethod().commit()  # what is being composed belongs to the words that are sent
        if self._reading is None or self._reading.case.id != self._seat.case_id:
            return False
        case = self._reading.case
        if self.clips.export.isVisibleTo(self):
            self.clips.export.submit()
            return True
        if self.strip.can_send:
            self.strip.say("")
            if not self.strip.clears_words():
                return True
            self._keep_drafts()
            self.acts.send(case.id, case.version, self.strip.plan.dispatch())
            return True
        if self.form.can_send:
            self.form.say("")
            if not self.form.clears_words():
                return True
            self._keep_drafts()
            self.acts.perform(self.form.action, case.id, case.version, self.form.answers)
            return True
        return False

    def close_forms(self) -> None:
        """Back to the verbs; everything typed is kept for this case."""
        self._keep_drafts()
        if self.strip.isVisible() or self.form.isVisible():  # before they hide, or the focus would wander through every list
            keeps = self._back is not None and self._back.isVisible() and not isinstance(self._back, QLineEdit | QPlainTextEdit)
            (self._back if keeps and self._back is not None else self.card).setFocus()
        self.strip.hide()
        self.form.hide()
        self.verbs.show()
        self._back = None

    @property
    def reading(self) -> Reading | None:
        """The case that is shown, None while there is none."""
        return self._reading

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clocks run while they can be seen."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clocks of a hidden desk."""
        super().hideEvent(event)
        self._second.stop()

    def _lay_out(self) -> None:
        self.card.hide()
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.card, 1)
        below = QWidget()
        below.setMaximumWidth(theme.px(760))  # on a wide screen the next act stays near the words, not a metre long
        column = QVBoxLayout(below)
        column.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(6))
        for part in (self.message, self.strip, self.form, self.clips, self.verbs):
            column.addWidget(part)
        self.body.addStretch(0)
        self.body.addWidget(below)

    def _join(self) -> None:
        self.verbs.chosen.connect(self.act)
        self.strip.sent.connect(self.submit)
        self.strip.left.connect(self.close_forms)
        self.strip.changed.connect(self._show_due)
        self.strip.sorted_anew.connect(self._sort_anew)
        self.form.sent.connect(self.submit)
        self.form.left.connect(self.close_forms)
        self.card.photo_opened.connect(self._open_photo)
        self.card.evidence.wished.connect(self._open_clips)
        self.clips.left.connect(self.close_forms)
        self.clips.changed.connect(self.refresh)
        self.acts.began.connect(self._show_busy)
        self.acts.done.connect(self._show_done)
        self.acts.refused.connect(self._show_refusal)
        self._seat.selected.connect(self._follow)
        self._seat.ordering.connect(self._order)

    @Slot(str, object)
    def _open_clips(self, action: str, rows: tuple[ClipRow, ...]) -> None:
        self.close_forms()
        self._remember_focus()
        self.verbs.hide()
        self.clips.wish(action, rows)

    def _follow(self, case_id: int) -> None:
        """Another case is in hand: nothing may hit the old one any more."""
        if self._reading is not None and self._reading.case.id != case_id:
            self.close_forms()
            self._reading = None
            self.verbs.show_verbs(())
        self.clips.follow(case_id)
        self._pending = ""
        self._say("")
        self.refresh()

    def _order(self, case_id: int) -> None:
        self._seat.take(case_id)
        self.act("order")

    def _show_nothing(self) -> None:
        self._reading = None
        self.head.title.setText(tr("Case"))
        self.card.clear()
        self.card.hide()
        self.nothing.show()
        self.verbs.show_verbs(())
        self.shown.emit(None)

    def _cannot_read(self, error: Exception) -> None:
        self._pending = ""
        if isinstance(error, Missing):
            self._show_nothing()
            self._say(tr("This case is not to be seen from here any more."))
            self.fresh()
            return
        self.changed(self.kinds)  # still dirty: the head says how old the case is, and asks again by itself
        self.work.failed.emit(error)

    def _open_strip(self, reading: Reading) -> None:
        case = reading.case
        self._remember_focus()
        self.form.hide()
        self.verbs.hide()
        plan = self._drafts.plans.get(case.id) or first_plan(case, reading.suggestion)
        title = tr("Dispatch {number} · {title}", number=case.number[-6:], title=self._title(case))
        self.strip.set_busy(False)
        self.strip.open(plan, reading.units, title)
        self._show_sendable()
        self._show_due()

    def _open_menu(self, case: Case) -> None:
        menu = verb_menu(seldom(case, self._seat.actor), self)
        menu.triggered.connect(lambda chosen: self.act(str(chosen.data())))
        button = self.verbs.button("more")
        assert button is not None
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))

    def _open_form(self, action: str, reading: Reading) -> None:
        case = reading.case
        self._remember_focus()
        self.strip.hide()
        self.verbs.hide()
        title = tr("{act}: {number} {title}", act=act_words(action), number=case.number[-6:], title=self._title(case))
        answers = self._drafts.answers.get((case.id, action), Answers(category=case.category))
        self.form.open(action, title, answers, units=reading.verifiers, centres=reading.below)

    def _title(self, case: Case) -> str:
        return title_of(case.title, case.category, self._seat.services.codes)

    def _remember_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not self.strip.isAncestorOf(focus) and not self.form.isAncestorOf(focus):
            self._back = focus

    def _keep_drafts(self) -> None:
        if self._reading is None:
            return
        case_id = self._reading.case.id
        if self.strip.isVisibleTo(self):
            self._drafts.plans[case_id] = self.strip.plan
        if self.form.isVisibleTo(self):
            self._drafts.answers[case_id, self.form.action] = self.form.answers
        self._drafts.write()

    def _show_busy(self, action: str, case_id: int) -> None:
        if case_id != self._seat.case_id:
            return
        if action == "send":
            self.strip.set_busy(True)
        elif self.form.isVisibleTo(self) and self.form.action == action:
            self.form.set_busy(True)
        elif (button := self.verbs.button(action)) is not None:
            button.setEnabled(False)

    def _show_done(self, outcome: Outcome) -> None:
        is_here = outcome.case.id == self._seat.case_id
        if is_here and (outcome.action == "send" or has_form(outcome.action)):
            self.close_forms()
            self.strip.set_busy(False)
        if outcome.sent is None or not outcome.sent.lacking:
            self._drafts.forget(outcome.case.id, outcome.action)
        if is_here:
            if self._reading is not None and self._reading.case.id == outcome.case.id:
                # What the act gave back is what the store now holds; tasks and history follow with the reading.
                self.show_reading(replace(self._reading, desk=replace(self._reading.desk, case=outcome.case)))
            self.refresh()

    def _show_refusal(self, action: str, case_id: int, error: Exception) -> None:
        if not isinstance(error, ConsoleError):
            self.work.failed.emit(error)
        words = refusal_words(error, self._seat.services.clock.now())
        if case_id != self._seat.case_id:
            self._seat.said.emit(tr("{act}: {words}", act=act_words(action), words=words))
            return
        self.refresh()
        field = error.field if isinstance(error, ConsoleError) else None
        if action == "send" and self.strip.isVisibleTo(self):
            self.strip.set_busy(False)
            self.strip.say(words, field)
        elif self.form.isVisibleTo(self) and self.form.action == action:
            self.form.set_busy(False)
            self.form.say(words, field)
        else:
            self._say(words)

    def _show_sendable(self) -> None:
        if self._reading is None:
            return
        case = self._reading.case
        self.strip.set_sendable("" if self.verbs.button("order") is not None else self._why_not("order", case))

    def _why_not(self, action: str, case: Case) -> str:
        codes = self._seat.services.codes
        status = codes.statuses.get(case.state)
        state = status.named(language()) if status is not None else case.state
        if action == "ack" and case.acked_at is not None:
            return tr("Acknowledged already at {time}.", time=time_of(case.acked_at))
        if action in ("cameras", "locate"):
            return tr("The case has no position")
        return tr("{act} is not possible for you now: the case is “{state}”.", act=act_words(action), state=state)

    def _show_due(self) -> None:
        self.strip.show_due(due_words(self.strip.plan, self._seat.services.clock.now(), self._seat.services.codes))

    def _sort_anew(self, category: str) -> None:
        if self._reading is not None:
            self.work.ask(self, self._questions.resort, self._show_sorted, self._seat.actor, self._reading.case, category)

    def _show_sorted(self, answer: tuple[str, Suggestion]) -> None:
        if self._reading is not None:
            self.strip.show_plan(resorted(self.strip.plan, answer[0], answer[1], self._seat.services.codes), self._reading.units)
            self._show_due()

    def _open_photo(self, names: tuple[str, ...], name: str) -> None:
        if self._large is None or self._large.parentWidget() is not self.window():
            self._large = LargeView(self._seat, self._questions, self.window())
        self._large.open(names, name)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    @Slot()
    def _tick(self) -> None:
        self.card.tick()
        self._keep_drafts()  # a program that dies loses a second of typing
        if self.strip.isVisible():
            self._show_due()
