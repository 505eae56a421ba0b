"""Importing people from a file: template, preview with every mistake, then all of them at once or nobody."""

from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from console.domain import people_file
from console.domain.errors import Unavailable
from console.domain.people import Actor
from console.domain.people_file import Problem
from console.service.administration import Administration
from console.service.people_import import Imported, Preview
from console.ui.base.notice import Busy
from console.ui.base.text import PlainLabel
from console.ui.base.words import language, refusal, tr
from console.ui.seat import Seat
from console.ui.settings.staff import StaffPage, button
from console.ui.settings.table import Column, Table


class ImportPage(StaffPage):
    """Choose a file, see what is wrong in it, import it when nothing is."""

    moved = Signal(int, int)  # done, total; comes from the writing thread

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._content = b""
        self._stopped = False
        self._problems: tuple[Problem, ...] = ()
        self._words: Imported | None = None
        self.summary = PlainLabel(wrap=True)
        columns: tuple[Column[tuple[int, Problem]], ...] = (
            Column(tr("Line"), lambda row: str(row[1].line), 70), Column(tr("Field"), lambda row: _head(row[1].field), 110),
            Column(tr("Written"), lambda row: row[1].value, 200), Column(tr("What to do"), lambda row: refusal(row[1].refusal), 500),
        )  # fmt: skip
        self.table: Table[tuple[int, Problem]] = Table(columns, lambda row: row[0], kept, "import")
        self.table.empty_text = tr("Choose a CSV file; what is wrong in it is listed here, and nothing is imported before.")
        self.busy = Busy()
        self.choose = button(tr("Choose a file …"), self._choose)
        self.take = button(tr("Import"), self._take, is_primary=True)
        self.report = button(tr("Save the list of mistakes …"), self._save_report)
        self.words_out = button(tr("Save the start words …"), self._save_words)
        self.template = button(tr("Save the template …"), self._save_template)
        row = QHBoxLayout()
        for act in (self.template, self.choose, self.take, self.report, self.words_out):
            row.addWidget(act)
        row.addStretch(1)
        for widget in (self.summary, self.busy):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addWidget(self.message)
        self.column.addWidget(self.table, 1)
        self.moved.connect(self._progress)
        self.busy.cancelled.connect(self._stop)
        self._show_state()
        self.setFocusProxy(self.choose)

    def preview(self, path: Path) -> None:
        """Judge a file; nothing of it is imported yet."""
        self.busy.begin(tr("Reading the file …"))
        self.act(self._read, self._previewed, path)

    def _read(self, actor: Actor, path: Path) -> tuple[bytes, Preview]:
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise Unavailable("no_such_file", "file", problem=fault.strerror or str(fault)) from fault
        return content, self.admin.imports.preview(actor, content)

    def _previewed(self, answer: tuple[bytes, Preview]) -> None:
        self.busy.end()
        self._content, found = answer
        self._problems, self._words = found.problems, None
        if found.problems:
            self._content = b""
            count = len(found.problems)
            self.summary.setText(tr("{total} people, {count} mistakes: nobody can be imported yet.", total=found.total, count=count))
        else:
            self.summary.setText(tr("{total} people, no mistake. “Import” takes all of them.", total=found.total))
        self.table.show_rows(tuple(enumerate(found.problems)))
        self._show_state()

    def _take(self) -> None:
        self._stopped = False
        self.busy.begin(tr("Importing …"), can_cancel=True)
        self.take.setEnabled(False)
        self.act(self.admin.imports.take, self._taken, self._content, self._tell_progress)

    def _tell_progress(self, done: int, total: int) -> bool:
        self.moved.emit(done, total)
        return not self._stopped

    def _progress(self, done: int, total: int) -> None:
        self.busy.progress(done, total)

    def _stop(self) -> None:
        self._stopped = True

    def _taken(self, imported: Imported) -> None:
        self.busy.end()
        self._content, self._words = b"", imported
        self.summary.setText(tr("{count} people are imported. Save their start words now; they are not shown again.", count=imported.count))
        self._show_state()

    def _refuse(self, error: Exception) -> None:
        self.busy.end()
        super()._refuse(error)
        self._show_state()

    def _show_state(self) -> None:
        self.take.setEnabled(bool(self._content))
        self.summary.setVisible(bool(self.summary.text()))
        self.report.setVisible(bool(self._problems))
        self.words_out.setVisible(self._words is not None)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), "", "CSV (*.csv *.txt)")
        if path:
            self.preview(Path(path))

    def _save_template(self) -> None:
        self._save("people.csv", people_file.template(english=language() == "en"))

    def _save_report(self) -> None:
        heads = (tr("Line"), tr("Field"), tr("Written"), tr("What to do"))
        self._save("mistakes.csv", self.admin.imports.report(self._problems, refusal, heads))

    def _save_words(self) -> None:
        if self._words is not None:
            self._save("start-words.csv", people_file.write([[tr("Login"), tr("Name"), tr("Start word")], *self._words.words]))

    def _save(self, name: str, content: bytes) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as"), name, "CSV (*.csv)")
        if path:
            self.act(lambda _actor: written(Path(path), content), self._saved)

    def _saved(self, path: Path) -> None:
        self.say(tr("Saved: {name}", name=path.name), is_good=True)


def written(path: Path, content: bytes) -> Path:
    """Write a file the officer chose. Raises Unavailable("cannot_save")."""
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise Unavailable("cannot_save", "file", problem=fault.strerror or str(fault)) from fault
    return path


def _head(field: str) -> str:
    known = {name: (english if language() == "en" else chinese) for name, chinese, english, _, _ in people_file.COLUMNS}
    return known.get(field, field)
