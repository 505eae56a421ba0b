"""Base maps: which there are, the chosen one's sources and key, and a piece of map that shows at once what comes of them."""

from dataclasses import replace

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from console.domain.basemap import LEAST_LEVEL, MOST_LEVEL, NAME_MAX, WORD_MAX, Basemap, check_basemap, is_file, wants_key
from console.domain.datum import world
from console.domain.errors import ConsoleError
from console.domain.place import Point
from console.service.administration import Administration
from console.service.basemaps import KEY_MAX, Basemaps, KeptMap, Shelf
from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import refusal, tr
from console.ui.case.note import Note
from console.ui.map.canvas import Canvas
from console.ui.map.ground import Ground
from console.ui.map.underlay import Underlay
from console.ui.memory import Memory
from console.ui.seat import Seat
from console.ui.settings.staff import StaffPage, button, choice, form, line, named, side_by_side
from console.ui.settings.table import Column, Table

CHINA_SEEN = (Point(105.0, 36.0), 5.0)


class BasemapsPage(StaffPage):
    """The list left; right the chosen base map's form and its trial."""

    kinds = frozenset({"basemap"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, basemaps: Basemaps, parent: QWidget | None = None) -> None:
        """Make the page; the trial stands where the officer's map stood last."""
        super().__init__(seat, admin, kept, parent)
        self.basemaps = basemaps
        columns: tuple[Column[KeptMap], ...] = (
            Column(tr("Name on the map"), lambda row: row.basemap.name, 150), Column(tr("Sources"), _kind_words, 170),
            Column(tr("Key"), _key_words, 90),
        )  # fmt: skip
        self.table: Table[KeptMap] = Table(columns, lambda row: row.id, kept, "basemaps")
        self.table.empty_text = tr("There is no base map yet: every map shows the outlines. Add one with “New”.")
        self.name = line(tr("Name on the map"), longest=NAME_MAX)
        self.layers = Note("", lines=4)
        self.layers.setAccessibleName(tr("Sources, the lowest first, one a line"))
        self.layers.setPlaceholderText("https://…/{z}/{x}/{y}.png\nhttps://…/vec_w/wmts?tk={key}")
        self.matrix = choice(tr("Matrix"), (("w", tr("Mercator (w, usual)")), ("c", tr("Degrees (c, CGCS2000)"))))
        self.datum = choice(tr("Datum"), (("wgs84", "WGS-84 / CGCS2000"), ("gcj02", tr("GCJ-02 (Amap, Tencent)")), ("bd09", "BD-09")))
        self.least, self.most = _level(tr("Coarsest level")), _level(tr("Finest level"))
        nights = (("turn", tr("light and dark change places")), ("dim", tr("darker")), ("as_it_is", tr("as it is")))
        self.night = choice(tr("At night"), nights)
        self.key = line(tr("Key"), longest=KEY_MAX)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.agent, self.referer = line(tr("User agent"), longest=WORD_MAX), line(tr("Referer"), longest=WORD_MAX)
        self.trial, self.trial_words = Canvas(lambda _x, _y: ""), PlainLabel(wrap=True, dim=True)
        self._row: KeptMap | None = None
        self._gone: KeptMap | None = None
        self._fault: ConsoleError | None = None
        self._version = 0
        self._lay_out()
        self._set_up_trial()
        self.table.picked.connect(self._pick)
        self._fill(None)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Ask which there are."""
        self.ask(self.basemaps.listed, self._show)

    def submit(self) -> bool:
        """Ctrl+Enter saves the form."""
        self.save()
        return True

    def new(self) -> None:
        """An empty form for another base map."""
        self.table.forget()
        self._fill(None)
        self.name.setFocus()

    def save(self) -> None:
        """Write the form; every map that shows this one shows it anew."""
        kept = replace(self._row or KeptMap(0, self.typed), basemap=self.typed)
        self.act(self.basemaps.save, self._saved, self._version, kept, self.key.text().strip())

    def remove(self) -> None:
        """Take the chosen base map away; it can be brought back until the page is left."""
        if self._row is not None:
            self._gone = self._row
            self.act(self.basemaps.remove, self._removed, self._version, self._row.id)

    def bring_back(self) -> None:
        """Undo the last removal."""
        if self._gone is not None:
            gone, self._gone = replace(self._gone, id=0), None
            self.act(self.basemaps.save, self._saved, self._version, gone, "")

    def try_out(self) -> None:
        """Show in the small map what comes of what is typed; nothing is written."""
        try:
            basemap = check_basemap(self.typed)
        except ConsoleError as wrong:
            self.say(refusal(wrong))
            return
        self.say("")
        key = self.key.text().strip()
        if not key and wants_key(basemap) and self._row is not None and self._row.sealed:
            self.ask(self.basemaps.key_of, lambda kept: self._try(basemap, kept), self._row)
        else:
            self._try(basemap, key)

    @property
    def typed(self) -> Basemap:
        """What the form holds, unchecked."""
        return Basemap(
            self.name.text(), tuple(self.layers.words.splitlines()), self.matrix.currentData(), self.datum.currentData(),
            self.least.value(), self.most.value(), self.night.currentData(), self.agent.text(), self.referer.text(),
        )  # fmt: skip

    def _try(self, basemap: Basemap, key: str) -> None:
        if self.underlay is None:
            return
        self._fault = None
        self.trial_words.set_badge("")
        self.trial_words.setText(tr("Asking for pictures …"))
        self.underlay.show(basemap, key, is_night=theme.tokens().name == "night")
        self.trial.show_layers(self.trial.still.shown)
        self.underlay.want(self.trial.view)
        self._tell_trial()

    def _tell_trial(self) -> None:
        if self.underlay is None or self.underlay.basemap is None:
            return
        if self.underlay.covers(self.trial.view):
            self.trial_words.set_badge("")
            self.trial_words.setText(tr("Pictures come. Move and zoom to look elsewhere."))
        elif self.underlay.awaited == 0 and self._fault is None:
            self.trial_words.setText(tr("There is no picture here at this level. Move or zoom."))

    def _note(self, fault: ConsoleError | None) -> None:
        self._fault = fault
        self.trial_words.set_badge("amber" if fault is not None else "")
        self.trial_words.setText(refusal(fault) if fault is not None else "")

    def _show(self, shelf: Shelf) -> None:
        self._version = shelf.version
        self.table.show_rows(shelf.maps)
        self.answered.emit()

    def _pick(self, row: KeptMap | None) -> None:
        """The table's choice; a list that came anew leaves alone what is being typed."""
        before, self._row = self._row, row
        is_same = (row.id if row is not None else 0) == (before.id if before is not None else 0)
        was_typed = self.typed != (before.basemap if before is not None else Basemap("", ()))
        if not is_same or not was_typed:
            self._fill(row)

    def _fill(self, row: KeptMap | None) -> None:
        self._row = row
        shown = row.basemap if row is not None else Basemap("", ())
        self.name.setText(shown.name)
        self.layers.write("\n".join(shown.layers))
        for box, code in ((self.matrix, shown.matrix), (self.datum, shown.datum), (self.night, shown.night)):
            box.setCurrentIndex(box.findData(code))
        self.least.setValue(shown.least)
        self.most.setValue(shown.most)
        self.key.setText("")
        self.key.setPlaceholderText(tr("kept; type to replace it") if row is not None and row.sealed else "")
        self.agent.setText(shown.agent)
        self.referer.setText(shown.referer)
        self.acts["remove"].setEnabled(row is not None)
        self.acts["back"].setVisible(self._gone is not None)

    def _saved(self, shelf: Shelf) -> None:
        name = self.typed.name.strip()
        self._show(shelf)
        saved = next((one for one in shelf.maps if one.basemap.name == name), shelf.maps[-1])
        self.table.choose(saved.id)
        self._fill(saved)
        self.acts["back"].setVisible(self._gone is not None)
        self.say(tr("Saved."), is_good=True)

    def _removed(self, shelf: Shelf) -> None:
        self.table.forget()
        self._show(shelf)
        self._fill(None)
        self.say(tr("Removed. Maps that showed it show the outlines."), is_good=True)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), "", "MBTiles, PMTiles (*.mbtiles *.pmtiles)")
        if path:
            lines = [one for one in self.layers.words.splitlines() if one.strip()]
            self.layers.write("\n".join((*lines, path)))

    def _set_up_trial(self) -> None:
        self.underlay = Underlay(self.seat.services.tiles.link, self) if self.seat.services.tiles is not None else None
        self.trial.set_ground(Ground())
        place = Memory(self.kept, self.seat.actor.login).map_place()
        self.trial.stand(*(place if place is not None else (*world(CHINA_SEEN[0]), CHINA_SEEN[1])))
        self.trial.setMinimumHeight(theme.px(220))
        self.trial.setAccessibleName(tr("Trial of the base map"))
        if self.underlay is not None:
            self.trial.still.underlay = self.underlay
            self.underlay.changed.connect(self.trial.update)
            self.underlay.changed.connect(self._tell_trial)
            self.underlay.emptied.connect(self._tell_trial)
            self.underlay.noted.connect(self._note)

    def _lay_out(self) -> None:
        self.acts = {
            "new": button(tr("New"), self.new), "save": button(tr("Save"), self.save, is_primary=True),
            "try": button(tr("Try it"), self.try_out), "remove": button(tr("Remove"), self.remove),
            "back": button(tr("Undo the removal"), self.bring_back),
        }  # fmt: skip
        rows = form()
        levels = QHBoxLayout()
        for part in (self.least, named("–"), self.most):
            levels.addWidget(part)
        levels.addStretch(1)
        sources = QVBoxLayout()
        sources.addWidget(self.layers)
        sources.addWidget(button(tr("Add a map file …"), self._choose_file))
        for words, field in (
            (tr("Name on the map"), self.name), (tr("Sources, the lowest first, one a line"), sources), (tr("Key"), self.key),
            (tr("Matrix"), self.matrix), (tr("Datum"), self.datum), (tr("Levels"), levels), (tr("At night"), self.night),
            (tr("User agent"), self.agent), (tr("Referer"), self.referer),
        ):  # fmt: skip
            label = named(words)
            label.setWordWrap(True)
            rows.addRow(label, field)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.px(10), 0)
        column.addLayout(rows)
        row = QHBoxLayout()
        for act in self.acts.values():
            row.addWidget(act)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.message)
        column.addStretch(1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.trial, 1)
        beside.addWidget(self.trial_words)
        self.column.addWidget(side_by_side(self.kept, "basemaps", (self.table, 6), (left, 8), (right, 7)), 1)


def _level(name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(LEAST_LEVEL, MOST_LEVEL)
    made.setAccessibleName(name)
    return made


def _kind_words(row: KeptMap) -> str:
    kinds = [tr("file") if is_file(layer) else tr("service") for layer in row.basemap.layers]
    return tr(" + ").join(kinds)


def _key_words(row: KeptMap) -> str:
    if not wants_key(row.basemap):
        return "—"
    return tr("missing") if row.lacks_key else tr("there")
