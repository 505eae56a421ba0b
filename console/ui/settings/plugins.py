"""Plugins: which there are and how they fare, the chosen one's settings, what it said, and what it reported to be taken in."""

from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.plugin import Note, Plugin
from console.service.administration import Administration
from console.service.plugins import PluginRow, Plugins
from console.service.register import Preview, TakenIn
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.notice import Busy
from console.ui.base.text import PlainLabel
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.settings.importing import written
from console.ui.settings.plugin_form import PluginForm
from console.ui.settings.plugin_report import PluginReport
from console.ui.settings.plugin_words import name_words, note_words, reason_words, state_words, taken_words
from console.ui.settings.staff import StaffPage, button, moment, side_by_side
from console.ui.settings.table import Column, Table

LOOK_MS = 1_000  # processes change by themselves and leave no line in the journal


class PluginsPage(StaffPage):
    """The list left; right the chosen plugin."""

    kinds = frozenset({"plugin"})

    def __init__(self, seat: Seat, admin: Administration, plugins: Plugins, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self.plugins = plugins
        columns: tuple[Column[PluginRow], ...] = (
            Column(tr("Plugin"), name_words, 215), Column(tr("State"), state_words, 170),
            Column(tr("Cameras told"), lambda row: str(row.reported) if row.reported_at else "—", 110),
            Column(tr("Centre"), lambda row: row.centre or "—", 140),
        )  # fmt: skip
        self.table: Table[PluginRow] = Table(columns, lambda row: row.found.id, kept, "plugins")
        self.title, self.state = PlainLabel(bold=True), PlainLabel(wrap=True)
        self.form = PluginForm()
        self.report = PluginReport(kept)
        said: tuple[Column[tuple[int, str, Note]], ...] = (
            Column(tr("Time"), lambda row: moment(row[2].at), 140), Column(tr("What it said"), lambda row: row[1], 600),
        )  # fmt: skip
        self.notes: Table[tuple[int, str, Note]] = Table(said, lambda row: row[0], kept, "plugin-notes")
        self.busy = Busy()
        self._row: PluginRow | None = None
        self._is_edited = False
        self._lay_out()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_again)
        self._look.start()
        self.table.picked.connect(self._pick)
        self.form.changed.connect(self._edit)
        self.report.looked.connect(self.check)
        self.report.taken.connect(self.take)
        self.report.saved.connect(self._save_mistakes)
        self._pick(None)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Ask how the plugins fare."""
        self.ask(self.plugins.listed, self._show)

    def submit(self) -> bool:
        """Ctrl+Enter saves the settings."""
        if self._row is not None and self.form.fields:
            self.save()
        return self._row is not None and bool(self.form.fields)

    def save(self) -> None:
        """Write the settings; a plugin that is on starts anew with them."""
        if self._row is not None:
            self.act(self.plugins.save, self._saved, self._row.found.id, self._version, self.form.values)

    def turn_on(self) -> None:
        """Let the chosen plugin run, or do its work once, with what is typed."""
        if self._row is None:
            return
        if self.form.lacks:
            self.say(tr("Still missing: {known}. Fill it in first.", known=self.form.lacks))
            return
        run = self.plugins.run_once if self._is_once else None
        name, version, values = self._row.found.id, self._version, self.form.values

        def act(actor: object) -> Plugin | None:
            saved = self.plugins.save(self.seat.actor, name, version, values)
            if run is not None:
                run(self.seat.actor, name)
                return None
            return self.plugins.turn_on(self.seat.actor, name, saved.version)

        self.act(act, self._done)

    def turn_off(self) -> None:
        """Stop the chosen plugin everywhere."""
        if self._row is not None:
            self.act(self.plugins.turn_off, self._done, self._row.found.id, self._version)

    def check(self) -> None:
        """Judge the report; nothing is taken in."""
        if self._row is not None:
            self.busy.begin(tr("Checking the report …"))
            self.ask(self.plugins.preview, self._checked, self._row.found.id)

    def take(self) -> None:
        """Take the report in that was looked at."""
        if self._row is not None and self.report.preview is not None:
            self.busy.begin(tr("Taking in …"))
            self.report.take.setEnabled(False)
            self.act(self.plugins.take_in, self._taken, self._row.found.id, self.report.preview.digest)

    @property
    def _version(self) -> int:
        return self._row.plugin.version if self._row is not None and self._row.plugin is not None else 0

    @property
    def _is_once(self) -> bool:
        return self._row is not None and self._row.found.manifest is not None and self._row.found.manifest.life == "once"

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, rows: tuple[PluginRow, ...]) -> None:
        self.table.empty_text = tr("This program comes without plugins.")
        if rows != self.table.cells.rows:
            self.table.show_rows(rows)
        if self.table.current is None and rows:
            self.table.choose(rows[0].found.id)
        self.answered.emit()

    def _pick(self, row: PluginRow | None) -> None:
        before, self._row = self._row, row
        is_other = row is None or before is None or before.found.id != row.found.id
        if is_other or (row is not None and before is not None and before.plugin != row.plugin and not self._is_edited):
            self._fill(row)
        if is_other:
            self.say("")
            self.report.clear()
        self._show_state(row)
        if row is not None and row.reported_at is not None and (is_other or before is None or before.reported_at != row.reported_at):
            self.check()

    def _fill(self, row: PluginRow | None) -> None:
        plugin, manifest = (row.plugin, row.found.manifest) if row is not None else (None, None)
        is_known = manifest is not None and not manifest.is_too_new
        values, has_secrets = (plugin.settings, bool(plugin.sealed)) if plugin is not None else ({}, False)
        self.form.show_plugin(manifest if is_known else None, values, has_secrets=has_secrets)
        self._is_edited = False

    def _show_state(self, row: PluginRow | None) -> None:
        self.title.setText(name_words(row) if row is not None else "")
        health = row.found.health if row is not None else None
        why = reason_words(row) if row is not None else ""
        garbage = tr("{count} lines could not be read", count=health.garbage) if health is not None and health.garbage else ""
        self.state.setText(" · ".join(part for part in (state_words(row) if row is not None else "", why, garbage) if part))
        self.state.set_badge("amber" if health is not None and health.state == "failed" else "")
        notes = tuple((at, note_words(row, note), note) for at, note in enumerate(row.notes)) if row is not None else ()
        if [note for *_, note in notes[::-1]] != [note for *_, note in self.notes.cells.rows]:
            self.notes.empty_text = tr("It has said nothing since it was started here.")
            self.notes.show_rows(notes[::-1])
        can_run = row is not None and row.found.manifest is not None and not row.found.manifest.is_too_new
        is_on = row is not None and row.is_on
        self.acts["save"].setVisible(can_run and not self._is_once)
        self.acts["on"].setVisible(can_run and not self._is_once and not is_on)
        self.acts["off"].setVisible(is_on)
        self.acts["run"].setVisible(can_run and self._is_once)

    def _edit(self) -> None:
        self._is_edited = True

    def _saved(self, _plugin: Plugin) -> None:
        self._done(None)
        self.say(tr("Saved."), is_good=True)

    def _done(self, _answer: object) -> None:
        self._is_edited = False
        self.refresh()

    def _checked(self, found: Preview) -> None:
        self.busy.end()
        self.report.show_report(found, is_whole=self._is_once)

    def _taken(self, taken: TakenIn) -> None:
        self.busy.end()
        self.say(taken_words(taken), is_good=True)
        self.check()

    def _refuse(self, error: Exception) -> None:
        self.busy.end()
        super()._refuse(error)

    def _save_mistakes(self) -> None:
        found = self.report.preview
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as"), "mistakes.csv", "CSV (*.csv)")
        if path and found is not None:
            heads = (tr("Line"), tr("Field"), tr("Written"), tr("What to do"))
            content = self.plugins.register.mistakes(found.problems, refusal, heads)
            self.act(lambda _actor: written(Path(path), content), lambda made: self.say(tr("Saved: {name}", name=made.name), is_good=True))

    def _lay_out(self) -> None:
        self.acts = {
            "run": button(tr("Read it"), self.turn_on, is_primary=True), "save": button(tr("Save"), self.save),
            "on": button(tr("Turn on"), self.turn_on, is_primary=True), "off": button(tr("Turn off"), self.turn_off),
        }  # fmt: skip
        chips, stack = Chips(), QStackedWidget()
        chips.show_chips((("report", tr("What it reported")), ("notes", tr("What it said"))))
        for part in (self.report, self.notes):
            stack.addWidget(part)
        chips.chosen.connect(lambda key: stack.setCurrentIndex(0 if key == "report" else 1))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.px(10), 0, 0, 0)
        row = QHBoxLayout()
        for act in self.acts.values():
            row.addWidget(act)
        row.addStretch(1)
        for part in (self.title, self.state):
            column.addWidget(part)
        column.addWidget(self.form)
        column.addLayout(row)
        for part in (self.message, self.busy, chips):
            column.addWidget(part)
        column.addWidget(stack, 1)
        self.column.addWidget(side_by_side(self.kept, "plugins", (self.table, 9), (side, 11)), 1)
