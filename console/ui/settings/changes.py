"""The page of proposals: what waits for another's word, what is coming, and all that was; old beside new."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.code_change import PROPOSERS, ChangeRow, CodeChange, Offer, offers
from console.domain.code_rows import parts_of
from console.domain.codes import Codes
from console.domain.errors import ConsoleError
from console.domain.people import Actor
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.table import RowsView
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbBar
from console.ui.base.words import refusal, tr
from console.ui.case.note import Note
from console.ui.seat import CodeDesk, Seat
from console.ui.settings.fields import see_through
from console.ui.settings.lines import ChangePainter
from console.ui.settings.page import Page
from console.ui.settings.wording import instant_words, part_words, row_words, state_words, table_words, value_words

ENDED = ("in_force", "refused", "withdrawn")


@dataclass(frozen=True)
class Shown:
    """Changes, as they were read, and what was asked for."""

    asked: tuple[str, str, str]
    rows: tuple[ChangeRow, ...]
    codes: Codes


class _Desk:
    """Asks and decides, away from the screen's thread."""

    def __init__(self, desk: CodeDesk) -> None:
        self._desk = desk

    def read(self, actor: Actor, only: str, about: tuple[str, str]) -> Shown:
        rows = self._desk.changes.changes(actor, only, *about)
        return Shown((only, *about), rows, self._desk.tables.tables(actor, actor.centre_id))

    def decide(self, actor: Actor, action: str, change: CodeChange, words: str) -> CodeChange:
        changes = self._desk.changes
        if action == "approve":
            return changes.approve(actor, change.id, change.version)
        return (changes.refuse if action == "refuse" else changes.withdraw)(actor, change.id, change.version, words)


class Difference(QWidget):
    """A row's values, old beside new; what differs is written strongly, what stays dimly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)

    def show_change(self, change: CodeChange, codes: Codes) -> None:
        """Show what a change does to its row."""
        while self._grid.count():
            gone = self._grid.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()
        for column, words in enumerate(("", tr("before"), tr("after"))):
            self._grid.addWidget(PlainLabel(words, size=theme.SMALL, dim=True), 0, column)
        for place, part in enumerate(parts_of(change.table_name, change.code), start=1):
            before = value_words(part, change.before.get(part.name, ""), codes)
            after = value_words(part, change.after.get(part.name, ""), codes) if change.after else tr("as above")
            differs = part.name in change.differing
            for column, (words, bold) in enumerate(((part_words(part.name), False), (before, False), (after, differs))):
                label = PlainLabel(words, bold=bold, dim=not differs or column == 0, wrap=True)
                self._grid.addWidget(label, place, column, Qt.AlignmentFlag.AlignTop)
                label.show()


class ChangeCard(QFrame):
    """One change whole, with what may be done with it."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.setObjectName("card")
        self._seat = seat
        self._id = 0
        self.title = PlainLabel(bold=True, elide=True)
        self.said = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.difference = Difference()
        self.why = PlainLabel(wrap=True)
        self.words = Note(tr("Why it is refused or withdrawn"))
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.verbs = VerbBar(columns=2)
        self.message.hide()
        self.verbs.chosen.connect(self.chosen)
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 0, theme.px(6), 0)
        for part in (self.difference, self.why):
            inner.addWidget(part)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(room)
        see_through(scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addWidget(scroll, 1)
        for part in (self.words, self.message, self.verbs):
            column.addWidget(part)
        self.show_row(None, None)

    def show_row(self, row: ChangeRow | None, codes: Codes | None) -> None:
        """Show a change, or say that none is chosen."""
        for part in (self.said, self.difference, self.why, self.words, self.verbs):
            part.setVisible(row is not None)
        shown = row.change.id if row is not None else 0
        if shown != self._id:  # what was said of the same change stays until it is answered
            self._id = shown
            self.say("")
        if row is None or codes is None:
            self.title.setText(tr("Choose a change"))
            return
        change = row.change
        self.title.setText(row_words(change.table_name, change.code, codes, change.after or change.before))
        self.said.setText("\n".join(_history(row)))
        self.difference.show_change(change, codes)
        self.why.setText(tr("Reason: {words}", words=change.note))
        may = offers(change, self._seat.actor, self._seat.services.clock.now())
        self.words.setVisible(any(offer.action in ("refuse", "withdraw") for offer in may))
        self.verbs.show_verbs(_verbs(change, may, self._seat.actor))

    def say(self, words: str, field: str | None = None) -> None:
        """Say what went wrong; empty words say nothing did."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words and field == "reason":
            self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ChangesPage(Page):
    """Changes of the centre's tables and of those above."""

    kinds = frozenset({"code_change"})
    again = Signal(object, object)  # a change, and the values a new proposal of its row starts from

    def __init__(self, seat: Seat, desk: CodeDesk, parent: QWidget | None = None) -> None:
        """Make the page of a seat; it shows what waits."""
        super().__init__(parent)
        self._seat, self._desk = seat, _Desk(desk)
        self._about: tuple[str, str] = ("", "")
        self._shown: Shown | None = None
        self._id = 0
        self._is_showing = False
        self._drafts: dict[int, str] = {}
        self.chips = Chips()
        self.chips.show_chips((("waiting", tr("waiting")), ("ahead", tr("coming")), ("all", tr("all"))))
        self.about = VerbBar(columns=1)
        self._painter = ChangePainter()
        self._model: RowsModel = RowsModel(lambda row: row.change.id, self)
        self.view: RowsView = RowsView(self._model, self._painter)
        self.view.setAccessibleName(tr("Changes"))
        self.view.empty_text = tr("Reading …")
        self.card = ChangeCard(seat)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, theme.px(10), 0)
        top.addWidget(self.chips, 1)
        top.addWidget(self.about)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(theme.GUTTER))
        middle.addWidget(self.view, 60)
        middle.addWidget(self.card, 40)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(middle, 1)
        self.chips.chosen.connect(self._ask_again)
        self.about.chosen.connect(self._forget)
        self.view.picked.connect(self._pick)
        self.view.opened.connect(self._open)
        self.card.chosen.connect(self._do)
        self.card.left.connect(self.view.setFocus)
        self.card.words.textChanged.connect(self._keep)
        self.setFocusProxy(self.view)

    def refresh(self) -> None:
        """Ask for the changes."""
        self._seat.work.ask(self, self._desk.read, self.show_changes, self._seat.actor, self.chips.current, self._about, failed=self._lost)

    def show_history(self, table: str, code: str) -> None:
        """Show all that ever happened to one row."""
        self._about = (table, code)
        self.about.show_verbs((Verb("all_rows", tr("Only {row}: show all rows", row=code)),))
        self.chips.choose("all")
        self.wanted.emit()
        self.refresh()

    @Slot(object)
    def show_changes(self, shown: Shown) -> None:
        """Show the list, and the chosen change anew."""
        before, self._shown = self._shown, shown
        self._painter.codes = shown.codes
        empty = {"waiting": tr("Nothing waits for approval."), "ahead": tr("Nothing is coming.")}
        self.view.empty_text = empty.get(self.chips.current, tr("Nothing has been changed yet."))
        self._is_showing = True  # the row that takes the place of a decided one must not come under the same button
        self.view.show_rows(shown.rows)
        if before is None or before.asked != shown.asked:
            self._model.settle()
        self._is_showing = False
        self._show_card()
        self.answered.emit()

    def _ask_again(self, _only: str) -> None:
        self.refresh()

    def _forget(self, _action: str) -> None:
        self._about = ("", "")
        self.about.show_verbs(())
        self.refresh()

    def _pick(self, row: ChangeRow | None) -> None:
        if self._is_showing:
            return
        self._id = row.change.id if row is not None else 0
        self._show_card()

    def _open(self, row: ChangeRow | None) -> None:
        self._pick(row)
        button = self.card.verbs.button("approve") or self.card.verbs.button("again")
        if button is not None:
            button.setFocus()

    def _row(self) -> ChangeRow | None:
        rows = self._shown.rows if self._shown is not None else ()
        return next((row for row in rows if row.change.id == self._id), None)

    def _show_card(self) -> None:
        row = self._row()
        self.card.words.write(self._drafts.get(self._id, ""))
        self.card.show_row(row, self._shown.codes if self._shown is not None else None)

    def _keep(self) -> None:
        if self._id:
            self._drafts[self._id] = self.card.words.words

    def _do(self, action: str) -> None:
        row = self._row()
        if row is None:
            return
        if action in ("again", "revert"):
            self.again.emit(row.change, row.change.after if action == "again" else row.change.before)
            return
        self.card.say("")
        self._seat.work.tell(self, self._desk.decide, self._done, self._failed, self._seat.actor, action, row.change, self.card.words.words)

    def _done(self, change: CodeChange) -> None:
        self._drafts.pop(change.id, None)
        said = {
            "approved": tr("Approved; it counts from {at}.", at=instant_words(change.effective_from)),
            "refused": tr("Refused; the applicant reads why."), "withdrawn": tr("Withdrawn."),
        }  # fmt: skip
        self._seat.said.emit(said.get(change.state, state_words(change)))
        self.refresh()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.card.say(refusal(error), error.field)
        else:
            self._seat.work.failed.emit(error)
        self.refresh()

    def _lost(self, error: Exception) -> None:
        self.answered.emit()
        self._seat.work.failed.emit(error)


def _history(row: ChangeRow) -> list[str]:
    change = row.change
    asked = tr("{table} of {centre}, proposed by {who} at {at}", table=table_words(change.table_name), centre=row.centre, who=row.proposer,
               at=instant_words(change.proposed_at))  # fmt: skip
    said = [asked, tr("In force from {at}", at=instant_words(change.effective_from))]
    if change.decided_at is not None:
        state = tr("Approved") if change.state == "in_force" else state_words(change)
        said.append(tr("{state}: {who} at {at}", state=state, who=row.decider, at=instant_words(change.decided_at)))
    if change.answer:
        said.append(tr("Answer: {words}", words=change.answer))
    return said


def _verbs(change: CodeChange, found: tuple[Offer, ...], actor: Actor) -> tuple[Verb, ...]:
    words = {"approve": tr("Approve"), "refuse": tr("Turn down"), "withdraw": tr("Take back")}
    verbs = [
        Verb(offer.action, words[offer.action], is_primary=offer.action == "approve", is_enabled=offer.why_not is None,
             why_not=refusal(offer.why_not) if offer.why_not is not None else "")
        for offer in found if offer.action in words
    ]  # fmt: skip
    if actor.holds_any(PROPOSERS) and change.state in ENDED:
        verbs.append(Verb("again", tr("Propose again …")))
        if change.state == "in_force" and change.before:
            verbs.append(Verb("revert", tr("Change back …")))
    return tuple(verbs)
