"""The page of the local code tables: choose a table, find a row, change it in the form beside; sheets out and in."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.domain.code_rows import CALENDAR, LOCAL
from console.domain.codes import Codes
from console.domain.people import Actor
from console.domain.place import Centre
from console.service.code_tables import TableRow
from console.service.pinyin import initials
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.line import LineEdit
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.table import RowsView
from console.ui.base.text import label_text
from console.ui.base.words import tr
from console.ui.seat import CodeDesk, Seat
from console.ui.settings.book import BookPage
from console.ui.settings.editor import Subject
from console.ui.settings.lines import TableHead, TablePainter
from console.ui.settings.wording import table_words

TABLES = tuple(table for table in LOCAL if table != CALENDAR)


@dataclass(frozen=True)
class Shown:
    """One table at one centre, as it was read."""

    centre_id: int
    table: str
    sought: str
    rows: tuple[TableRow, ...]
    found: tuple[TableRow, ...]
    codes: Codes
    centres: tuple[Centre, ...]


class _Question:
    """Reads a table and keeps what the search line asks for, in a reading thread."""

    def __init__(self, desk: CodeDesk) -> None:
        self._tables = desk.tables

    def read(self, actor: Actor, table: str, centre_id: int, sought: str) -> Shown:
        rows = self._tables.rows(actor, table, centre_id)
        found = tuple(row for row in rows if _matches(row, sought.strip().lower()))
        return Shown(centre_id, table, sought, rows, found, self._tables.tables(actor, centre_id), self._tables.centres(actor))


def _matches(row: TableRow, sought: str) -> bool:
    if not sought:
        return True
    values = row.values or (row.waiting.after if row.waiting else {})
    words = [row.code, *(str(value) for value in values.values()), initials(str(values.get("zh", "")))]
    return any(sought in word.lower() for word in words)


class TablesPage(BookPage):
    """Categories, stage limits, departments and reasons of a centre."""

    def __init__(self, seat: Seat, desk: CodeDesk, parent: QWidget | None = None) -> None:
        """Make the page of a seat."""
        self._painter = TablePainter()
        self._model: RowsModel = RowsModel(lambda row: row.code)
        self.view: RowsView = RowsView(self._model, self._painter)
        super().__init__(seat, desk, self.view, parent)
        self._model.setParent(self)
        self._question = _Question(desk)
        self._shown: Shown | None = None
        self._wanted: tuple[str, Mapping[str, object]] | None = None
        self._is_showing = False
        self.chips = Chips()
        self.chips.show_chips(tuple((table, table_words(table)) for table in TABLES))
        self.search = LineEdit(hint=tr("Find by code, name, initials, department"))
        self.new_button = QToolButton()
        self.new_button.setText(label_text(tr("New reason …")))
        self.new_button.setFont(theme.font())
        self.new_button.hide()
        self.head = TableHead(self.view)
        self.view.setAccessibleName(tr("Code tables"))
        self.view.empty_text = tr("Reading …")
        self._lay_out()
        self._join()

    def refresh(self) -> None:
        """Ask for the table."""
        self._seat.work.ask(self, self._question.read, self.show_table, self._seat.actor, self.chips.current, self._centre_id,
                            self.search.text(), failed=self._failed)  # fmt: skip

    def open_row(self, table: str, code: str, values: Mapping[str, object], centre_id: int) -> None:
        """Bring a row into the form with these values to start from: to propose again, or to change back."""
        self._wanted = (code, values)
        self._centre_id = centre_id
        self.centre.choose(str(centre_id))
        self.search.clear()
        self.chips.choose(table)
        self.wanted.emit()
        self.refresh()

    @Slot(object)
    def show_table(self, shown: Shown) -> None:
        """Show the rows, and the chosen one anew in the form."""
        before, self._shown = self._shown, shown
        is_other = before is None or (shown.table, shown.centre_id) != (before.table, before.centre_id)
        self._painter.table, self._painter.codes = shown.table, shown.codes
        self.head.table = shown.table
        self.head.update()
        self.centre.offer(shown.centres, shown.centre_id)
        self.view.empty_text = tr("No row matches.") if shown.rows else tr("The table is empty.")
        self._is_showing = True  # the row that takes the place of one that went was not chosen by anybody
        self.view.show_rows(shown.found)
        if is_other or before is None or shown.sought != before.sought:
            self._model.settle()  # the officer asked for other rows: nothing has to wait
        self._is_showing = False
        self.new_button.setVisible(shown.table == "reasons")
        if is_other:
            self.editor.clear()
            self.view.scrollToTop()
        if self._wanted is not None:
            code, values = self._wanted
            self._wanted = None
            self.view.select(code)
            self._show(code, values)
            self.editor.take_focus()
        elif self.editor.subject is not None:
            self._show(self.editor.subject.row.code)
        self.sheet.aim(shown.table, shown.centre_id, shown.codes)
        self.answered.emit()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, theme.px(10), 0)
        top.setSpacing(theme.px(8))
        top.addWidget(self.chips, 1)
        self.search.setMinimumWidth(theme.px(260))
        for part in (self.centre, self.search, self.new_button, self.sheet_button):
            top.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self.view, 1)
        self.stand(top, left)

    def _join(self) -> None:
        self.chips.chosen.connect(self._ask_again)
        self.search.textChanged.connect(self.refresh)
        self.search.entered.connect(self._into_rows)
        self.new_button.clicked.connect(self._open_new)
        self.view.picked.connect(self._pick)
        self.view.opened.connect(self._open)

    def _ask_again(self, _table: str) -> None:
        self.refresh()

    def _into_rows(self, _text: str) -> None:
        self.view.setFocus()

    def _pick(self, row: TableRow | None) -> None:
        if row is not None and not self._is_showing:
            self.side.setCurrentWidget(self.editor)
            self._show(row.code)

    def _open(self, row: TableRow | None) -> None:
        if row is not None:
            self._pick(row)
            self.editor.take_focus()

    def _show(self, code: str, values: Mapping[str, object] | None = None) -> None:
        shown = self._shown
        assert shown is not None
        row = next((row for row in shown.rows if row.code == code), TableRow(code, {}))
        self.editor.show_row(Subject(shown.centre_id, shown.table, row, shown.codes), values)
        self.side.setCurrentWidget(self.editor)

    def _open_new(self) -> None:
        """A reason more of the kind of the chosen one, under the first free number."""
        if self._shown is None:
            return
        subject, taken = self.editor.subject, {row.code for row in self._shown.rows}
        kind = subject.row.code.partition(".")[0] if subject is not None else "return"
        code = next(code for number in range(1, 100) if (code := f"{kind}.{number}") not in taken)
        self._show(code)
        self.editor.take_focus()
