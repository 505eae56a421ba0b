"""Which layers the map shows: the button with its menu, the base map below the outlines, and one line when it has no pictures."""

import json
from dataclasses import asdict, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from console.domain.errors import ConsoleError, Unavailable
from console.domain.thematic import COUNTS, HEAT_DAYS, check_count
from console.service.basemaps import KeptMap, Shelf
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text, one_line, tip
from console.ui.base.words import language, refusal, tr
from console.ui.map.canvas import Canvas
from console.ui.map.ground import Ground
from console.ui.map.heat import heat_of
from console.ui.map.layers import ALL, Shown
from console.ui.map.legend import Legend, Row, signs_of_cameras, signs_of_cases, signs_of_heat, signs_of_shading, signs_of_sites
from console.ui.map.shading import shading_of
from console.ui.map.sheet import Sheets
from console.ui.map.sites import sites_of
from console.ui.map.still import Themes
from console.ui.map.underlay import Underlay
from console.ui.map.view import scale_number
from console.ui.map.views import MOST, NAME_MAX, KeptView, KeptViews
from console.ui.memory import Memory
from console.ui.seat import Seat

ANEW_MS = 60_000
THEMED = frozenset({"shade", "heat", "sites"})


class Layering(QObject):
    """Serves one canvas: what is chosen is shown at once and remembered for the next start."""

    def __init__(self, seat: Seat, canvas: Canvas, memory: Memory | None) -> None:
        """Make button and note; base maps are asked for by `refresh`."""
        super().__init__(canvas)
        self._seat, self._canvas, self._memory = seat, canvas, memory
        self._chosen, shown = read_kept(memory.map_layers() if memory is not None else "")
        self._shelf = Shelf()
        self._opened: KeptMap | None = None
        self._look = ""
        self.ground = Ground()
        self.underlay: Underlay | None = None
        if seat.services.tiles is not None:
            self.underlay = Underlay(seat.services.tiles.link, self)
            self.underlay.noted.connect(self._note)
            self.underlay.changed.connect(canvas.update)
            canvas.still.underlay = self.underlay
        self.button = QToolButton(canvas.parentWidget())
        self.button.setProperty("quiet", True)
        self.button.setFont(theme.font(theme.SMALL))
        tip(self.button, tr("Layers (L), another base map (B)"))
        self.button.clicked.connect(self.open_menu)
        self.note = PlainLabel("", canvas, size=theme.SMALL, wrap=True)
        self.note.set_badge("amber")
        self.note.hide()
        self.legend = Legend(canvas)
        self.views, self._sheets = KeptViews(memory), Sheets(seat, canvas)
        self._anew = QTimer(self, interval=ANEW_MS)
        self._anew.timeout.connect(self.ask_themes)
        canvas.show_layers(shown)
        canvas.moved.connect(self.legend.place)
        self._tell()
        canvas.layers_asked.connect(self.open_menu)
        canvas.basemap_asked.connect(self.next)
        canvas.dressed.connect(self.wear)

    @property
    def chosen(self) -> int:
        """The number of the base map that is shown; 0 for the outlines alone."""
        return self._chosen

    def refresh(self) -> None:
        """Ask which base maps there are, for one that was set otherwise is opened anew; and once for what is themed."""
        if not self._anew.isActive():
            self.ask_themes()
        if self._seat.services.basemaps is not None and self.underlay is not None:
            self._seat.work.ask(self, self._seat.services.basemaps.listed, self._show, self._seat.actor)

    @Slot()
    def open_menu(self) -> None:
        """Open the menu below its button."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    @Slot()
    def next(self) -> None:
        """Show the next base map of the list; after the last one the outlines alone."""
        numbers = [0, *(one.id for one in self._shelf.maps)]
        at = numbers.index(self._chosen) if self._chosen in numbers else 0
        self.choose(numbers[(at + 1) % len(numbers)])
        self._seat.said.emit(tr("Base map: {name}", name=self._name))

    def choose(self, number: int) -> None:
        """Show a base map of the list, or the outlines alone for 0."""
        self._chosen = number
        self._keep()
        self._open()
        self._tell()

    def show_part(self, name: str, value: object) -> None:
        """Show or hide a layer by its name in `Shown`, or another count, or other days."""
        self._canvas.show_layers(replace(self._canvas.still.shown, **{name: value}))
        self._keep()
        self._tell()
        if name in THEMED:
            self.ask_themes()
        self._show_legend()

    @Slot()
    def ask_themes(self) -> None:
        """Ask anew for what coloured grids, heat and key sites show; while any is shown, every minute."""
        shown = self._canvas.still.shown
        if self.ground.is_empty or not (shown.shade or shown.heat or shown.sites):
            self._anew.stop()
            self._show_themes(Themes())
            return
        self._anew.start()
        self._seat.work.ask(self, self._themes, self._show_themes, shown, self.ground)

    def set_ground(self, ground: Ground) -> None:
        """Colour the grids of this ground."""
        self.ground = ground
        self.ask_themes()

    def words_at(self, px: float, py: float) -> list[str]:
        """The key sites under a pixel, each with its inspection."""
        sites = self._canvas.still.themes.sites
        found = sites.at(self._canvas.view, px, py) if sites is not None else ()
        now = self._seat.services.clock.now()
        told = [(site.name, site.is_overdue(now)) for site in found]
        words = (tr("{name}: inspection overdue", name=name) if late else tr("Key site {name}", name=name) for name, late in told)
        return [one_line(line, 80) for line in words]

    def _themes(self, shown: Shown, ground: Ground) -> Themes:
        """In a reading thread: the answers, and outlines by class."""
        thematic, actor, now = self._seat.services.ask.thematic, self._seat.actor, self._seat.services.clock.now()
        return Themes(
            shading_of(ground, check_count(shown.shade), thematic.by_grid(actor, shown.shade)) if shown.shade else None,
            heat_of(thematic.heat(actor, shown.heat, now), shown.heat) if shown.heat else None,
            sites_of(thematic.sites(actor), now) if shown.sites else None,
        )

    @Slot(object)
    def _show_themes(self, themes: Themes) -> None:
        if not (themes.is_empty and self._canvas.still.themes.is_empty):
            self._canvas.still.themes = themes
            self._canvas.show_layers(self._canvas.still.shown)
        self._show_legend()

    def _show_legend(self) -> None:
        shown, themes = self._canvas.still.shown, self._canvas.still.themes
        rows: list[Row] = []
        if shown.legend:
            priorities = self._seat.services.codes.priorities
            rows += signs_of_cases([(code, f"{code} {one.named(language())}") for code, one in priorities.items()])
            rows += signs_of_cameras() if shown.cameras else ()
        rows += signs_of_sites() if themes.sites is not None else ()
        rows += signs_of_shading(themes.shading) if themes.shading is not None else ()
        rows += signs_of_heat(themes.heat) if themes.heat is not None else ()
        self.legend.show_rows(rows)
        self.legend.setVisible(bool(rows))

    @Slot()
    def wear(self) -> None:
        """Paint by day or by night, as the screen does now."""
        if self._look != theme.tokens().name:
            self._open()

    @property
    def _name(self) -> str:
        found = next((one for one in self._shelf.maps if one.id == self._chosen), None)
        return found.basemap.name if found is not None else tr("Outlines")

    @Slot(object)
    def _show(self, shelf: Shelf) -> None:
        self._shelf = shelf
        if next((one for one in shelf.maps if one.id == self._chosen), None) != self._opened:
            self._open()
        self._tell()

    def _open(self) -> None:
        services, found = self._seat.services, next((one for one in self._shelf.maps if one.id == self._chosen), None)
        self._opened, self._look = found, theme.tokens().name
        self._say("")
        if self.underlay is None:
            return
        if found is None or services.basemaps is None:
            self.underlay.show(None)
        elif found.lacks_key:
            self.underlay.show(None)
            self._note(Unavailable("map_lacks_key"))
        else:
            self._seat.work.ask(self, services.basemaps.key_of, self._show_opened, self._seat.actor, found, failed=self._note)
        self._canvas.show_layers(self._canvas.still.shown)

    @Slot(object)
    def _show_opened(self, key: str) -> None:
        if self._opened is not None and self.underlay is not None:
            self.underlay.show(self._opened.basemap, key, is_night=self._look == "night")
            self.underlay.want(self._canvas.view)
            self._canvas.show_layers(self._canvas.still.shown)

    @Slot(object)
    def _note(self, fault: Exception | None) -> None:
        self._say(refusal(fault) if isinstance(fault, ConsoleError) else "")

    def _say(self, words: str) -> None:
        self.note.setText(tr("Base map “{name}”: {problem}", name=self._name, problem=words) if words else "")
        self.note.setVisible(bool(words))
        QTimer.singleShot(0, self, self._place_note)

    @Slot()
    def _place_note(self) -> None:
        wide = min(theme.px(520), max(theme.px(160), self._canvas.width() - theme.px(32)))
        self.note.setFixedWidth(wide)
        self.note.adjustSize()
        self.note.move(theme.px(12), theme.px(12))

    def menu(self) -> QMenu:
        """What can be chosen now; made anew each time, so that it never changes under the hand."""
        menu = QMenu(self.button)
        group = QActionGroup(menu)
        for number, name in ((0, tr("Outlines")), *((one.id, one.basemap.name) for one in self._shelf.maps)):
            action = self._choice(menu, name, number == self._chosen)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, number=number: self.choose(number))
        menu.addSeparator()
        shown = asdict(self._canvas.still.shown)
        parts = (
            ("cameras", tr("Cameras")), ("grids", tr("Grid borders")), ("names", tr("Place names")), ("sites", tr("Key sites")),
            ("legend", tr("Legend")),
        )  # fmt: skip
        for name, words in parts:
            action = self._choice(menu, words, shown[name])
            action.toggled.connect(lambda is_on, name=name: self.show_part(name, is_on))
        shades = (("", tr("no colours")), ("open", tr("open cases")), ("overdue", tr("overdue cases")), ("cameras", tr("no camera there")))
        days = ((0, tr("no heat")), *((many, tr("{n} days", n=many)) for many in HEAT_DAYS))
        for name, head, options in (("shade", tr("Colour grids by"), shades), ("heat", tr("Heat of events"), days)):
            below = menu.addMenu(label_text(head))
            choices = QActionGroup(below)
            for value, words in options:
                action = self._choice(below, words, shown[name] == value)
                action.setActionGroup(choices)
                action.triggered.connect(lambda _=False, name=name, value=value: self.show_part(name, value))
        menu.addSeparator()
        self._add_views(menu)
        if self._seat.services.exports is not None:
            for ending, words in (("png", tr("Save the map as a picture (PNG)")), ("pdf", tr("Save the map as a page (PDF)"))):
                menu.addAction(label_text(words), partial(self._sheets.save, ending, self._name))
        return menu

    def _add_views(self, menu: QMenu) -> None:
        kept = menu.addMenu(label_text(tr("Kept views")))
        kept.addAction(label_text(tr("Keep this view")), self.keep_view)
        kept.addSeparator()
        for view in self.views.views:
            kept.addAction(label_text(one_line(view.name, 40)), partial(self.show_view, view))
        if self.views.views:
            gone = kept.addMenu(label_text(tr("Forget a view")))
            for view in self.views.views:
                gone.addAction(label_text(one_line(view.name, 40)), partial(self.views.forget, view.name))

    def keep_view(self) -> None:
        """Keep place, zoom and layers, named after what lies in the middle and the scale."""
        view = self._canvas.view
        divisions = self.ground.here(view.spot(view.width / 2, view.height / 2)).divisions
        place = " ".join(one.name for one in divisions[-2:]) or tr("Outside the known area")
        name = f"{place} 1:{scale_number(view):,}".replace(",", " ")[-NAME_MAX:]
        is_kept = self.views.keep(KeptView(name, view.x, view.y, view.zoom, self._words))
        words = tr("Kept: {name}", name=name) if is_kept else tr("There are {most} kept views already. Forget one first.", most=MOST)
        self._seat.said.emit(words)

    def show_view(self, kept: KeptView) -> None:
        """Go to a kept view, with the layers it was kept with."""
        number, shown = read_kept(kept.layers)
        self._canvas.show_layers(shown)
        self.choose(number)
        self.ask_themes()
        self._canvas.fly(self._canvas.view.at(kept.x, kept.y, kept.zoom))

    @property
    def _words(self) -> str:
        return json.dumps({"map": self._chosen, **asdict(self._canvas.still.shown)})

    def _choice(self, menu: QMenu, words: str, is_on: bool) -> QAction:
        action = menu.addAction(label_text(words))
        action.setCheckable(True)
        action.setChecked(is_on)
        return action

    def _tell(self) -> None:
        words = tr("Layers: {name}", name=self._name)
        shown = self._canvas.still.shown
        is_all = shown.cameras and shown.grids and shown.names
        self.button.setText(label_text(words if is_all else tr("{layers}, some hidden", layers=words)))

    def _keep(self) -> None:
        if self._memory is not None:
            self._memory.keep_map_layers(self._words)


def read_kept(words: str) -> tuple[int, Shown]:
    """The number of the base map and the layers that were remembered; what nobody knows, or of another kind, is left out."""
    try:
        said = json.loads(words or "{}")
    except ValueError:
        return 0, ALL
    if not isinstance(said, dict):
        return 0, ALL
    kept = {name: said[name] for name, usual in asdict(ALL).items() if type(said.get(name)) is type(usual)}
    shown = Shown(**kept)
    shown = replace(shown, shade=shown.shade if shown.shade in COUNTS else "", heat=shown.heat if shown.heat in HEAT_DAYS else 0)
    number = said.get("map")
    return number if isinstance(number, int) else 0, shown
