"""The hall: panels, keys, typed verbs, tones and ticker of one seat, joined. The shell gives them a window.

    hall = build_hall(seat, sounds, others={"map": map_panel, "wall": wall_panel})
    shell = Shell(work, look, sounds, hall.furniture, settings, seat=…, now=…, flash=hall.flash)
    hall.join(shell)
    feed.listen(hall.hear)
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from console.domain.case import REPORTERS
from console.domain.codes import Codes
from console.domain.journal import Entry
from console.service.cases import Sent
from console.ui.base.flash import Flash
from console.ui.base.panel import Panel
from console.ui.base.sound import Sounds
from console.ui.base.words import language, tr
from console.ui.board.board import BoardPanel
from console.ui.case.acts import Acts, Outcome
from console.ui.case.desk import CasePanel
from console.ui.case.drafts import Drafts
from console.ui.case.moves import act_words
from console.ui.case.reading import CaseQuestions, Reading
from console.ui.found import Deed, Item
from console.ui.inbox.queue import QueuePanel
from console.ui.inbox.told import PlatesTold
from console.ui.inbox.watch import Watch
from console.ui.palette import Palette
from console.ui.searched import deeds, go_to_found
from console.ui.seat import Seat
from console.ui.settings.panel import AdminPanel
from console.ui.shell import Furniture, Shell
from console.ui.typed import Typed, dispatched_words, unit_choices, verb_words
from console.ui.wording import Named


def kinds_of(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The kinds of record some journal entries are about; panels refresh by them."""
    return frozenset(entry.kind for entry in entries)


class Hall(QObject):
    """The parts of one seat. Build it before the shell, join it after."""

    def __init__(
        self, seat: Seat, sounds: Sounds, *, others: Mapping[str, Panel] | None = None, drafts: Drafts | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Make the panels of a seat; `others` are panels made elsewhere, by the shell's names."""
        super().__init__(parent)
        self._seat = seat
        self._sounds = sounds
        self._shell: Shell | None = None
        self._questions = CaseQuestions(seat.services)
        self._units: dict[int, Named] = {}
        self.flash = Flash(self)
        self.drafts = drafts or Drafts()
        self.acts = Acts(seat, self)
        self.queue = QueuePanel(seat, self.flash)
        self.board = BoardPanel(seat, self.flash)
        self.case = CasePanel(seat, self.acts, self.drafts)
        self.watch, self.told = Watch(seat, self), PlatesTold(seat, self)
        self.typed = Typed(seat, self.acts, self.case.act, self)
        self.furniture = self._furnish(others or {})
        self.queue.opened.connect(self._go_to_case)
        seat.selected.connect(self._preview)
        self.palette: Palette | None = None
        self.case.shown.connect(self._name_selected)
        self.watch.changed.connect(self._warn)
        self.acts.done.connect(self._tell)

    def join(self, shell: Shell) -> None:
        """Give the parts their window and begin to watch."""
        self._shell = shell
        self._seat.said.connect(shell.notices.say)
        self.palette = Palette(self._seat, shell.centralWidget(), self._deeds)
        self.palette.chosen.connect(self._go_to_found)
        shell.lock_asked.connect(self.palette.hide)
        shell.lock_changed.connect(self._seat.set_locked)
        shell.jumped.connect(self._jump)
        shell.toast.undone.connect(self._undo)
        self._seat.work.ask(self, self._questions.units, self._know_units, self._seat.actor)
        self.watch.refresh()
        self.told.refresh()

    def leave(self) -> None:
        """End with its window, behind it: what is still on its way is nobody's any more."""
        self._shell = None
        self.watch.changed.disconnect(self._warn)
        self.deleteLater()

    def hear(self, entries: tuple[Entry, ...]) -> None:
        """News from the feed, on the feed's thread."""
        self._seat.work.post(kinds_of(entries))

    @Slot()
    def next_unacked(self) -> None:
        """F3: take the most urgent, oldest case nobody has acknowledged in hand; pressed again, the one behind it."""
        row = self.watch.next_after(self._seat.case_id)
        if row is None and self.watch.is_behind:
            self.watch.when_known(self.next_unacked)  # the row may stand in the queue already: that all is well is not known yet
            return
        if row is None:
            self._seat.said.emit(tr("Everything is acknowledged."))
            return
        self._seat.take(row.id)
        self.queue.reveal(row.id)

    def _furnish(self, others: Mapping[str, Panel]) -> Furniture:
        acts = {
            "next_unacked": self.next_unacked,
            "acknowledge": lambda: self.case.act("ack"),
            "dispatch": lambda: self.case.act("order"),
            "cameras": lambda: self.case.act("cameras"),
            "recordings": lambda: self.case.act("recordings"),
            "locate": lambda: self.case.act("locate"),
            "submit": self._submit,
            "search": self._search,
        }
        if "map" in others and self._seat.actor.holds_any(REPORTERS):
            acts["new_case"] = self._seat.reporting.emit  # the map opens the form
        panels = {"inbox": self.queue, "board": self.board, "case": self.case, **others}
        return Furniture(panels, acts, verb_words(), self.typed.run, self.typed.describe)

    def _search(self) -> None:
        if self.palette is not None:
            self.palette.toggle()

    def _deeds(self) -> tuple[Deed, ...]:
        return deeds(self._shell) if self._shell is not None else ()

    def _go_to_found(self, item: Item) -> None:
        if self._shell is not None:
            go_to_found(item, self._seat, self._shell, self.queue.reveal)

    def _submit(self) -> None:
        """Ctrl+Enter belongs to the form the officer is in."""
        admin, focus = self.furniture.panels.get("admin"), QApplication.focusWidget()
        if isinstance(admin, AdminPanel) and focus is not None and admin.isAncestorOf(focus):
            admin.submit()
        else:
            self.case.submit()

    def _preview(self, case_id: int) -> None:
        known = {row.id: row for row in (*self.queue.rows, *self.watch.rows)}
        if case_id in known:
            self.case.preview(known[case_id])

    def _go_to_case(self, _case_id: int) -> None:
        self.case.setFocus()

    def _jump(self, ref: str) -> None:
        self._seat.take(int(ref))
        self.queue.reveal(int(ref))

    def _name_selected(self, reading: Reading | None) -> None:
        label = reading.case.number[-3:] if reading is not None else ""
        self.typed.set_selected(label)
        if self._shell is not None:
            self._shell.command.set_selected(label)

    def _know_units(self, units: dict[int, Named]) -> None:
        self._units = units
        self.typed.units = units
        if self._shell is not None:
            self._shell.command.set_targets({"dispatch": unit_choices(units)})

    def _warn(self) -> None:
        self._sounds.unacked(self.watch.rings())
        if self._shell is not None:
            self._shell.ticker.show_events(self.watch.events())

    def _tell(self, outcome: Outcome) -> None:
        if self._shell is None:
            return
        number = outcome.case.number[-6:]
        if outcome.sent is not None and outcome.sent.lacking:
            self._shell.notices.say(_lacking_words(number, outcome.sent, self._seat.services.codes))
        elif outcome.action == "send":
            words = dispatched_words(outcome.case, outcome.units, self._units)
            self._shell.toast.say(words, undo_s=outcome.window_s, tag=f"{outcome.case.id}:{outcome.case.version}")
        elif outcome.action != "ack":
            self._shell.notices.say(tr("{number}: {act}, done", number=number, act=act_words(outcome.action)))

    def _undo(self, tag: str) -> None:
        case_id, _, version = tag.partition(":")
        self.acts.recall(int(case_id), int(version), tr("Recalled at once from the seat"))


def _lacking_words(number: str, sent: Sent, codes: Codes) -> str:
    role = codes.roles.get(sent.lacking)
    return tr(
        "{number}: {steps}, done; to go on it takes somebody with the role {role}",
        number=number, steps=tr(", ").join(act_words(step) for step in sent.steps),
        role=role.named(language()) if role is not None else sent.lacking,
    )  # fmt: skip


def build_hall(
    seat: Seat, sounds: Sounds, *, others: Mapping[str, Panel] | None = None, drafts: Drafts | None = None,
) -> Hall:
    """The parts of a seat, joined among themselves; the shell is built from `furniture` and then joined."""
    return Hall(seat, sounds, others=others, drafts=drafts)
