"""What a plugin reported: what taking it in would do, every mistake, and the act itself."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.people_file import Problem
from console.service.register import Preview
from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import refusal, tr
from console.ui.settings.plugin_words import field_words, placeless_words, preview_words, value_words
from console.ui.settings.staff import button
from console.ui.settings.table import Column, Table


class PluginReport(QWidget):
    """Shows one report; asks to look, to take in, to save the mistakes, and does none of it itself."""

    looked = Signal()
    taken = Signal()
    saved = Signal()

    def __init__(self, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make it for no report yet."""
        super().__init__(parent)
        self.preview: Preview | None = None
        self.summary, self.places = PlainLabel(wrap=True), PlainLabel(wrap=True, dim=True, size=theme.SMALL)
        columns: tuple[Column[tuple[int, Problem]], ...] = (
            Column(tr("Line"), lambda row: str(row[1].line), 60), Column(tr("Field"), lambda row: field_words(row[1]), 110),
            Column(tr("Written"), lambda row: value_words(row[1]), 170), Column(tr("What to do"), lambda row: refusal(row[1].refusal), 460),
        )  # fmt: skip
        self.table: Table[tuple[int, Problem]] = Table(columns, lambda row: row[0], kept, "plugin-report")
        self.look = button(tr("Check the report"), self.looked.emit)
        self.take = button(tr("Take in"), self.taken.emit, is_primary=True)
        self.save = button(tr("Save the list of mistakes …"), self.saved.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self.places)
        row = QHBoxLayout()
        for act in (self.look, self.take, self.save):
            row.addWidget(act)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.clear()

    def clear(self, words: str = "") -> None:
        """Show no report, with these words instead."""
        self.preview = None
        self.summary.setText(words or tr("Nothing is reported yet."))
        self._show(())
        self.places.hide()
        for part in (self.look, self.take, self.table):
            part.hide()

    def show_report(self, found: Preview, *, is_whole: bool) -> None:
        """Show what taking a report in would do; `is_whole`: with any mistake nothing can be taken in."""
        self.preview = found
        self.summary.setText(preview_words(found, is_whole=is_whole))
        self.places.setText(placeless_words(found.placeless))
        self.places.setVisible(bool(found.placeless))
        self._show(tuple(enumerate(found.problems)))
        for part in (self.look, self.take, self.table):
            part.setVisible(bool(found.total))
        has_news = bool(found.fresh or found.changed)
        self.take.setEnabled(has_news and not (is_whole and found.problems))

    def _show(self, problems: Sequence[tuple[int, Problem]]) -> None:
        self.table.empty_text = tr("No mistake.") if self.preview is not None else ""
        self.table.show_rows(tuple(problems))
        self.save.setVisible(bool(problems))
