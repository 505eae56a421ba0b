"""A table as a sheet: export it, check one that comes in, read the report line by line, propose what it changes."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.domain.code_change import CodeChange, parse_begin
from console.domain.codes import Codes
from console.domain.errors import ConsoleError
from console.domain.people import Actor
from console.service.code_changes import Plan, Wish
from console.service.code_sheets import Report
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, PlainView, label_text
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import refusal, tr
from console.ui.case.note import Note
from console.ui.seat import CodeDesk, Seat
from console.ui.settings.wording import instant_words, row_words, table_words, tomorrow_words


class _Desk:
    """What the card asks and does, away from the screen's thread."""

    def __init__(self, desk: CodeDesk) -> None:
        self._desk = desk

    def export(self, actor: Actor, table: str, centre_id: int, path: str) -> int:
        return self._desk.sheets.export(actor, table, centre_id, Path(path).expanduser())

    def check(self, actor: Actor, table: str, centre_id: int, path: str) -> Report:
        return self._desk.sheets.check(actor, table, centre_id, Path(path).expanduser())

    def propose(self, actor: Actor, wishes: tuple[Wish, ...], centre_id: int, begins: str, note: str) -> tuple[CodeChange, ...]:
        return self._desk.changes.propose(actor, wishes, Plan(parse_begin(begins), note, centre_id))


class SheetCard(QFrame):
    """Export and import of the table that is shown."""

    left = Signal()
    proposed = Signal()

    def __init__(self, seat: Seat, desk: CodeDesk, parent: QWidget | None = None) -> None:
        """Make the card for no table yet."""
        super().__init__(parent)
        self.setObjectName("card")
        self._seat, self._desk = seat, _Desk(desk)
        self._aim: tuple[str, int] = ("", 0)
        self._codes: Codes | None = None
        self.report: Report | None = None
        self.title = PlainLabel(bold=True, elide=True)
        self.path = LineEdit(hint=tr("File (CSV)"))
        self.browse = QToolButton()
        self.browse.setText(label_text(tr("Choose …")))
        self.browse.setFont(theme.font())
        self.write = VerbButton(Verb("export", tr("Export")))
        self.read = VerbButton(Verb("check", tr("Check file")))
        self.told = PlainView()
        self.told.setAccessibleName(tr("Report"))
        self.begins = LineEdit(hint=tr("In force from, such as 2026-12-01 08:00"), longest=40)
        self.note = Note(tr("Why"))
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.message.hide()
        self.send = VerbButton(_send_verb(0))
        self.back = VerbButton(Verb("back", tr("Back"), "Esc"))
        self._lay_out()
        self.browse.clicked.connect(self._choose)
        self.write.clicked.connect(self._export)
        self.read.clicked.connect(self._check)
        self.path.entered.connect(self._check)
        self.send.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)

    def aim(self, table: str, centre_id: int, codes: Codes) -> None:
        """Work on this table of this centre from now on."""
        self._codes = codes
        if (table, centre_id) == self._aim:
            return
        self._aim = (table, centre_id)
        self.title.setText(tr("{table} as a sheet", table=table_words(table)))
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
        self.path.setText(str(Path(folder) / f"{table}.csv"))
        self._show_report(None)

    def take_focus(self) -> None:
        """Put the cursor into the file's name."""
        self.path.setFocus()
        self.path.selectAll()

    def submit(self) -> bool:
        """Propose what the checked file changes; false while there is nothing."""
        QGuiApplication.inputMethod().commit()
        if self.report is None or not self.report.wishes or not self.send.isEnabled():
            return False
        self.say("")
        self.send.setEnabled(False)
        self._seat.work.tell(self, self._desk.propose, self._told, self._failed, self._seat.actor, self.report.wishes, self._aim[1],
                             self.begins.text(), self.note.words)  # fmt: skip
        return True

    def say(self, words: str) -> None:
        """Say what went wrong; empty words say nothing did."""
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the table."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(8))
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self.browse)
        acts = QHBoxLayout()
        acts.addWidget(self.write)
        acts.addWidget(self.read)
        ends = QHBoxLayout()
        ends.addWidget(self.send, 3)
        ends.addWidget(self.back, 1)
        column.addWidget(self.title)
        column.addLayout(file)
        column.addLayout(acts)
        column.addWidget(self.told, 1)
        for part in (self.begins, self.note, self.message):
            column.addWidget(part)
        column.addLayout(ends)

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("File (CSV)"), self.path.text(), "CSV (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)  # nothing on a seat may be modal: an alarm may come while it is open
        dialog.fileSelected.connect(self.path.setText)
        dialog.show()

    def _export(self) -> None:
        self.say("")
        self._seat.work.tell(self, self._desk.export, self._exported, self._failed, self._seat.actor, *self._aim, self.path.text())

    def _exported(self, count: int) -> None:
        self.told.show_text(tr("{n} rows written to {file}.", n=count, file=self.path.text()))

    def _check(self) -> None:
        self.say("")
        self._seat.work.ask(self, self._desk.check, self._show_report, self._seat.actor, *self._aim, self.path.text(), failed=self._failed)

    def _show_report(self, report: Report | None) -> None:
        self.report = report
        if not self.begins.text():
            self.begins.setText(tomorrow_words(self._seat.services.clock.now()))
        for part in (self.begins, self.note):
            part.setVisible(report is not None and bool(report.wishes))
        self.send.show_verb(_send_verb(len(report.wishes) if report is not None else 0))
        if report is None:
            words = tr("Export the table, change it in a spreadsheet, then check the file here. Nothing is proposed before you say so.")
            self.told.show_text(words)
            return
        self.told.show_text("\n".join(self._lines(report)))

    def _lines(self, report: Report) -> list[str]:
        assert self._codes is not None
        codes, table = self._codes, self._aim[0]
        counts = {"n": len(report.wishes), "same": report.unchanged, "wrong": len(report.problems)}
        said = [tr("{n} rows change, {same} stay as they are, {wrong} are wrong.", **counts)]
        said += [tr("Line {n}, {code}: {why}", n=one.line, code=one.code or "—", why=refusal(one.error)) for one in report.problems]
        said += [tr("changes: {row}", row=row_words(table, wish.code, codes, wish.after)) for wish in report.wishes]
        return said

    def _told(self, made: tuple[CodeChange, ...]) -> None:
        self._show_report(None)
        self.note.write("")
        self.told.show_text(tr("{n} rows proposed, to begin {at}.", n=len(made), at=instant_words(made[0].effective_from)))
        self.proposed.emit()

    def _failed(self, error: Exception) -> None:
        self.send.setEnabled(self.report is not None and bool(self.report.wishes))
        if isinstance(error, ConsoleError):
            self.say(refusal(error))
            places: dict[str | None, QWidget] = {"effective_from": self.begins, "note": self.note, "file": self.path}
            places.get(error.field, self.path).setFocus()
        else:
            self._seat.work.failed.emit(error)


def _send_verb(count: int) -> Verb:
    words = tr("Propose {n} rows", n=count) if count else tr("Propose")
    why = "" if count else tr("Check a file first.")
    return Verb("propose", words, shown("submit"), is_primary=True, is_enabled=bool(count), why_not=why)
