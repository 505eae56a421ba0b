"""The page of grids and boundaries: files chosen and checked, every fault in a table, the changes on a map, and the proposal."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from console.domain.boundary import SEVERITIES, Checked
from console.domain.boundary_change import BoundaryChange
from console.domain.frame import frame_of
from console.domain.people import Actor
from console.service.administration import Administration
from console.service.boundaries import Boundaries, Survey
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.notice import Busy
from console.ui.base.text import PlainLabel, one_line
from console.ui.base.words import tr
from console.ui.map.ground import Ground
from console.ui.seat import Seat
from console.ui.settings.border_map import NOTHING, BorderMap
from console.ui.settings.border_reading import Answer, answered, columns_for, read_ground
from console.ui.settings.border_words import INK, Line, findings_csv, findings_text, frame_choices, heads, severity_words, summary_words
from console.ui.settings.importing import written
from console.ui.settings.staff import StaffPage, button, choice, line, named, side_by_side
from console.ui.settings.table import Column, Table

MOST = 20_000  # findings in the table; the saved list has all
_WIDTHS = (150, 60, 150, 90, 420)
_FILES = "GeoJSON, Shapefile (*.geojson *.json *.shp)"


class BoundariesPage(StaffPage):
    """Choose files, see what is wrong with each area, propose what is sound. Another officer decides, on the next page."""

    kinds = frozenset({"boundary"})
    moved = Signal(int, int)  # done, total; comes from the thread that works

    def __init__(self, seat: Seat, admin: Administration, boundaries: Boundaries, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page of a seat; nothing is chosen."""
        super().__init__(seat, admin, kept, parent)
        self._boundaries = boundaries
        self._files: tuple[Path, ...] = ()
        self._survey: Survey | None = None
        self._lines: tuple[Line, ...] = ()
        self._stopped = False
        self.names, self.summary = PlainLabel(elide=True, dim=True), PlainLabel(wrap=True)
        self.busy = Busy()
        self.datum = choice(tr("Coordinates"), frame_choices())
        self.columns = tuple(choice(words, (("", tr("As it is called")),)) for words in _columns())
        self.chips, self.filter = Chips(), line(tr("Filter the list"), hint=tr("Filter the list"))
        columns = tuple(_column(place, head) for place, head in enumerate(heads()))
        self.table: Table[Line] = Table(columns, lambda row: row.at, kept, "boundaries", most=MOST)
        self.table.setAccessibleName(tr("What the check found"))
        self.note = line(tr("Why the borders change"), longest=200, hint=tr("Why the borders change"))
        self.choose = button(tr("Choose boundary files …"), self.choose_files)
        self.again = button(tr("Check again"), self.check)
        self.fit = button("", self._take_fit)
        self.copy, self.save = button(tr("Copy the list"), self.copy_list), button(tr("Save the list …"), self.save_list)
        self.send = button(tr("Propose these changes"), self.propose, is_primary=True)
        self.map = BorderMap()
        self._lay_out()
        self.chips.chosen.connect(lambda _key: self._show_findings())
        self.filter.textChanged.connect(lambda _words: self._show_findings())
        self.table.picked.connect(self._pick)
        self.moved.connect(self.busy.progress)
        self.busy.cancelled.connect(self._stop)
        self.setFocusProxy(self.choose)
        self._show()

    def refresh(self) -> None:
        """Ask for the ground the changes are drawn over."""
        self.seat.work.ask(self, read_ground, self._show_ground, self.seat, failed=self._refuse)

    def submit(self) -> bool:
        """Ctrl+Enter proposes what the check found to be sound."""
        self.propose()
        return True

    def choose_files(self) -> None:
        """Let files be chosen, and check them."""
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Choose boundary files …"), "", _FILES)
        if paths:
            self.check_files([Path(path) for path in paths])

    def check_files(self, files: Sequence[Path]) -> None:
        """Check files as they say they are, with the columns they are known by."""
        self._files = tuple(files)
        self.names.setText(one_line(tr(", ").join(path.name for path in files), 200))
        self._take_survey(None)
        for box in (self.datum, *self.columns):
            box.setCurrentIndex(0)
        self.check()

    def check(self) -> None:
        """Check the chosen files as is said of them now."""
        frame, old = str(self.datum.currentData()), self._survey
        code, name, parent = (str(box.currentData()) for box in self.columns)
        columns = columns_for(old.checked, code, name, parent) if old is not None and (code or name or parent) else {}
        self._begin(tr("Checking the files …"))

        def work(actor: Actor) -> Answer:
            return answered(self._boundaries.check(actor, self._files, frame_of(frame) if frame else None, columns, self._tell))

        self.say("")
        self.seat.work.labour(self, work, self._checked, self._refuse, self.seat.actor)

    def show_survey(self, answer: Answer) -> None:
        """Show a check somebody else asked for, such as the older outlines of a change; it can be proposed from here."""
        self._files = ()
        self.names.setText(one_line(tr("Earlier outlines: {names}", names=", ".join(answer.survey.files)), 200))
        self.wanted.emit()
        self._checked(answer)

    def propose(self) -> None:
        """Propose what the check found to be sound."""
        if self._survey is None or not self.send.isEnabled():
            return
        self._begin(tr("Writing the proposal …"))
        self.say("")
        self.seat.work.labour(
            self, self._boundaries.propose, self._proposed, self._refuse, self.seat.actor, self._survey, self.note.text(), self._tell
        )

    def copy_list(self) -> None:
        """Put the list as it is shown on the clipboard."""
        QApplication.clipboard().setText(findings_text(self._rows()))
        self.say(tr("{n} lines are on the clipboard.", n=len(self._rows())), is_good=True)

    def save_list(self) -> None:
        """Save the list as it is shown."""
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as"), "boundaries.csv", "CSV (*.csv)")
        if path:
            content = findings_csv(self._rows())
            self.act(lambda _actor: written(Path(path), content), self._saved)

    # What came back.

    def _saved(self, path: Path) -> None:
        self.say(tr("Saved: {name}", name=path.name), is_good=True)

    def _checked(self, answer: Answer) -> None:
        self.busy.end()
        self._take_survey(answer.survey, answer.lines)
        self.map.show_borders(answer.borders)
        self._show()
        self.table.setFocus()

    def _proposed(self, change: BoundaryChange) -> None:
        self._take_survey(None)
        self.map.show_borders(NOTHING)
        self.note.clear()
        self.busy.end()
        self._show()
        words = tr("Proposed as no. {number}: {areas} areas wait for another's approval.", number=change.id, areas=change.areas)
        self.say(words, is_good=True)
        self.seat.said.emit(words)

    def _refuse(self, error: Exception) -> None:
        self.busy.end()
        super()._refuse(error)
        self._show()

    def _show_ground(self, ground: Ground) -> None:
        self.map.show_ground(ground)
        self.answered.emit()

    # On the screen.

    def _begin(self, words: str) -> None:
        self._stopped = False
        self.busy.begin(words, can_cancel=True)
        for part in (self.send, self.again, self.choose, self.fit):
            part.setEnabled(False)

    def _stop(self) -> None:
        self._stopped = True

    def _tell(self, done: int, total: int) -> bool:
        self.moved.emit(done, total)
        return not self._stopped

    def _take_survey(self, survey: Survey | None, lines: tuple[Line, ...] = ()) -> None:
        self._survey, self._lines = survey, lines
        names = dict.fromkeys(name for columns in (survey.checked.columns.values() if survey is not None else ()) for name in columns)
        if survey is None:
            return
        for box in self.columns:
            chosen = box.currentData()
            while box.count() > 1:
                box.removeItem(1)
            for name in names:
                box.addItem(one_line(name, 40), name)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    @property
    def _report(self) -> Checked | None:
        return self._survey.checked if self._survey is not None else None

    def _fits(self) -> str:
        """The frame that fits instead, when a whole file lies elsewhere."""
        report = self._report
        found = [str(one.facts["fits"]) for one in (report.findings if report is not None else ()) if one.problem == "wrong_datum"]
        return found[0] if found else ""

    def _take_fit(self) -> None:
        self.datum.setCurrentIndex(max(0, self.datum.findData(self._fits())))
        self.check()

    def _show(self) -> None:
        report, fits = self._report, self._fits()
        self.summary.setText(summary_words(report) if report is not None else "")
        self.summary.setVisible(report is not None)
        self.choose.setEnabled(True)
        self.again.setEnabled(bool(self._files))
        self.fit.setVisible(bool(fits))
        self.fit.setEnabled(bool(fits))
        if fits:
            self.fit.setText(tr("Check as {frame}", frame=self.datum.itemText(max(0, self.datum.findData(fits)))))
        self.send.setEnabled(report is not None and bool(report.changes))
        counts = {severity: report.count(severity) if report is not None else 0 for severity in SEVERITIES}
        every = (("all", tr("all {n}", n=sum(counts.values()))),)
        self.chips.show_chips((*every, *((one, tr("{result} {n}", result=severity_words(one), n=count)) for one, count in counts.items())))
        self._show_findings()

    def _rows(self) -> tuple[Line, ...]:
        only, words = self.chips.current, self.filter.text().strip().lower()
        return tuple(one for one in self._lines if only in ("", "all", one.finding.severity) and words in one.searched)

    def _show_findings(self) -> None:
        rows, report = self._rows(), self._report
        if report is None:
            self.table.empty_text = tr("Choose GeoJSON files or shapefiles; what is wrong is listed area by area, and nothing changes yet.")
        else:
            self.table.empty_text = tr("Nothing of the kind was found.") if report.findings else tr("Nothing is wrong.")
        self.table.show_rows(rows)
        self.table.viewport().update()
        for part in (self.copy, self.save):
            part.setEnabled(bool(rows))

    def _pick(self, row: Line | None) -> None:
        if row is not None and row.finding.code:
            self.map.choose(row.finding.code)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.GUTTER))
        column.addLayout(_row(self.choose, (self.names, 1)))
        column.addLayout(_row(named(tr("Coordinates")), self.datum, self.fit, self.again))
        column.addLayout(_row(*(part for words, box in zip(_columns(), self.columns, strict=True) for part in (named(words), (box, 1)))))
        for part in (self.busy, self.summary):
            column.addWidget(part)
        column.addLayout(_row((self.chips, 1), self.filter, self.copy, self.save))
        column.addWidget(self.table, 1)
        column.addLayout(_row((self.note, 1), self.send))
        column.addWidget(self.message)
        self.column.addWidget(side_by_side(self.kept, "boundaries", (left, 2), (self.map, 3)), 1)


def _columns() -> tuple[str, str, str]:
    return tr("Code column"), tr("Name column"), tr("Parent column")


def _column(place: int, head: str) -> Column[Line]:
    ink = (lambda row: INK[row.finding.severity]) if place == 3 else None
    return Column(head, lambda row: row.cells[place], _WIDTHS[place], by=lambda row: _order(row, place), ink=ink)


def _order(row: Line, place: int) -> tuple[int, str]:
    return (row.finding.feature, "") if place == 1 else (0, row.cells[place])


def _row(*parts: QWidget | tuple[QWidget, int]) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for part in parts:
        widget, share = part if isinstance(part, tuple) else (part, 0)
        row.addWidget(widget, share)
    if not any(isinstance(part, tuple) for part in parts):
        row.addStretch(1)
    return row
