"""The page of boundary changes: what waits for another's word, what was decided and by whom, older outlines, and files going out."""

from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.boundary_change import APPROVED, BoundaryChange, BoundaryRow, Offer, offers
from console.domain.people import Actor
from console.domain.place import Division
from console.service.administration import Administration
from console.service.boundaries import Boundaries
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbBar
from console.ui.base.words import refusal, tr
from console.ui.case.note import Note
from console.ui.map.ground import Ground
from console.ui.seat import Seat
from console.ui.settings.border_map import NOTHING, BorderMap, Borders
from console.ui.settings.border_reading import Answer, Listed, answered, read_borders, read_ground
from console.ui.settings.border_words import boundary_state_words, history_words
from console.ui.settings.staff import StaffPage, button, line, moment, named, side_by_side
from console.ui.settings.table import Column, Table

_FILES = "GeoJSON (*.geojson);;Shapefile (*.shp)"


class BorderChangesPage(StaffPage):
    """Changes of the area, the chosen one on a map with what may be done about it."""

    kinds = frozenset({"boundary"})
    reverted = Signal(object)  # an Answer: older outlines, checked and ready to be proposed

    def __init__(self, seat: Seat, admin: Administration, boundaries: Boundaries, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page of a seat; it shows what waits."""
        super().__init__(seat, admin, kept, parent)
        self._boundaries = boundaries
        self._row: BoundaryRow | None = None
        self._drawn = 0
        self._is_ground_stale = True
        self.chips = Chips()
        self.chips.show_chips((("waiting", tr("waiting")), ("approved", tr("taken over")), ("all", tr("all"))))
        columns: tuple[Column[BoundaryRow], ...] = (
            Column(tr("No."), lambda row: str(row.change.id), 50),
            Column(tr("State"), lambda row: boundary_state_words(row.change.state), 80), Column(tr("Centre"), lambda row: row.centre, 200),
            Column(tr("Areas"), lambda row: str(row.change.areas), 60), Column(tr("Proposed by"), lambda row: row.proposer, 110),
            Column(tr("Proposed at"), lambda row: moment(row.change.proposed_at), 140),
            Column(tr("Decided by"), lambda row: row.decider or "—", 90),
        )  # fmt: skip
        self.table: Table[BoundaryRow] = Table(columns, lambda row: row.change.id, kept, "border-changes")
        self.table.setAccessibleName(tr("Boundary changes"))
        self.history = PlainLabel(wrap=True)
        self.reason = Note(tr("Why it is refused or withdrawn"))
        self.verbs = VerbBar(columns=4)
        self.area = line(tr("Division to export"), longest=12)
        self.out = button(tr("Export …"), self.export)
        self.map = BorderMap()
        self._lay_out()
        self.chips.chosen.connect(lambda _key: self._read())
        self.table.picked.connect(self._pick)
        self.table.opened.connect(lambda _row: self._focus_verb())
        self.verbs.chosen.connect(self._do)
        self.setFocusProxy(self.table)
        self._show_row(None)

    def refresh(self) -> None:
        """Ask for the changes, and for the ground they lie on."""
        self._read()
        if not self.area.text():
            self.ask(self._boundaries.reach, self._show_reach)
        self.seat.work.ask(self, read_ground, self._show_ground, self.seat, failed=self._refuse)

    def export(self) -> None:
        """Let a file be named, and write the boundaries of a division into it."""
        path, kind = QFileDialog.getSaveFileName(self, tr("Save as"), f"{self.area.text()}.geojson", _FILES)
        if path:
            ending = ".shp" if "shp" in kind else ".geojson"
            self.export_to(Path(path) if Path(path).suffix.lower() in (".shp", ".geojson") else Path(path + ending))

    def export_to(self, path: Path) -> None:
        """Write the boundaries of the named division into a file."""
        self.act(self._boundaries.export, self._exported, self.area.text().strip(), path)

    def _exported(self, files: tuple[Path, ...]) -> None:
        self.say(tr("Saved: {name}", name=", ".join(file.name for file in files)), is_good=True)

    # What came back.

    def _read(self) -> None:
        self.ask(lambda actor, only: Listed(only, self._boundaries.changes(actor, only)), self._show, self.chips.current)

    def _show(self, listed: Listed) -> None:
        empty = {"waiting": tr("Nothing waits for approval."), "approved": tr("No borders have been changed yet.")}
        self.table.empty_text = empty.get(listed.only, tr("Nothing has been proposed yet."))
        self.table.show_rows(listed.rows)
        self.table.viewport().update()
        self.answered.emit()

    def _show_reach(self, division: Division | None) -> None:
        if division is not None:
            self.area.setText(division.code)

    def _show_ground(self, ground: Ground) -> None:
        self.map.show_ground(ground)

    def _show_borders(self, found: Borders) -> None:
        self.map.show_borders(found)

    def _decided(self, change: BoundaryChange) -> None:
        self.reason.write("")
        words = {
            "approved": tr("No. {number} is taken over; the map and new reports follow it.", number=change.id),
            "refused": tr("No. {number} is turned down; the applicant reads why.", number=change.id),
        }.get(change.state, tr("No. {number} is taken back.", number=change.id))  # fmt: skip
        self.say(words, is_good=True)
        self.seat.said.emit(words)
        self._read()

    def _refuse(self, error: Exception) -> None:
        super()._refuse(error)
        if getattr(error, "field", "") == "reason":
            self.reason.setFocus()

    # On the screen.

    def _pick(self, row: BoundaryRow | None) -> None:
        self._show_row(row)
        shown = row.change.id if row is not None else 0
        if shown == self._drawn:
            return
        self._drawn = shown
        self.reason.write("")
        if row is None:
            self.map.show_borders(NOTHING)
        else:
            self.ask(lambda actor, number: read_borders(self._boundaries, actor, number), self._show_borders, shown)

    def _show_row(self, row: BoundaryRow | None) -> None:
        self._row = row
        self.history.setText(history_words(row) if row is not None else tr("Choose a change to see it on the map."))
        may = offers(row.change, self.seat.actor) if row is not None else ()
        self.reason.setVisible(any(offer.action in ("refuse", "withdraw") for offer in may))
        self.verbs.show_verbs(self._verbs(row, may))

    def _verbs(self, row: BoundaryRow | None, may: tuple[Offer, ...]) -> tuple[Verb, ...]:
        words = {"approve": tr("Approve"), "refuse": tr("Turn down"), "withdraw": tr("Take back")}
        verbs = [
            Verb(offer.action, words[offer.action], is_primary=offer.action == "approve", is_enabled=offer.why_not is None,
                 why_not=refusal(offer.why_not) if offer.why_not is not None else "")
            for offer in may
        ]  # fmt: skip
        if row is not None and row.change.state == APPROVED and self._boundaries.may(self.seat.actor, "propose"):
            verbs.append(Verb("revert", tr("Propose the earlier outlines …")))
        return tuple(verbs)

    def _focus_verb(self) -> None:
        for action in ("approve", "withdraw", "revert"):
            found = self.verbs.button(action)
            if found is not None and found.isEnabled():
                found.setFocus()
                return

    def _do(self, action: str) -> None:
        if self._row is None:
            return
        change, words = self._row.change, self.reason.words
        if action == "revert":
            self.ask(self._reverted_by, self._hand_back, change.id)
        elif action == "approve":
            self.act(self._boundaries.approve, self._decided, change.id, change.version)
        else:
            decide = self._boundaries.refuse if action == "refuse" else self._boundaries.withdraw
            self.act(decide, self._decided, change.id, change.version, words)

    def _reverted_by(self, actor: Actor, change_id: int) -> Answer:
        return answered(self._boundaries.revert(actor, change_id))

    def _hand_back(self, answer: Answer) -> None:
        self.reverted.emit(answer)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.GUTTER))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.chips, 1)
        for part in (named(tr("Division to export")), self.area, self.out):
            foot.addWidget(part)
        foot.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        for part in (self.history, self.reason, self.verbs, self.message):
            column.addWidget(part)
        if self._boundaries.may(self.seat.actor, "export"):
            column.addLayout(foot)
        self.column.addWidget(side_by_side(self.kept, "border-changes", (left, 3), (self.map, 2)), 1)
