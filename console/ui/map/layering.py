"""Which layers the map shows: the button with its menu, the base map below the outlines, and one line when it has no pictures."""

from dataclasses import asdict, replace

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from console.domain.errors import ConsoleError, Unavailable
from console.service.basemaps import KeptMap, Shelf
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import refusal, tr
from console.ui.map.canvas import Canvas
from console.ui.map.layers import ALL, Shown
from console.ui.map.underlay import Underlay
from console.ui.memory import Memory
from console.ui.seat import Seat


class Layering(QObject):
    """Serves one canvas: what is chosen is shown at once and remembered for the next start."""

    def __init__(self, seat: Seat, canvas: Canvas, memory: Memory | None) -> None:
        """Make button and note; base maps are asked for by `refresh`."""
        super().__init__(canvas)
        self._seat, self._canvas, self._memory = seat, canvas, memory
        self._chosen, shown = _read(memory.map_layers() if memory is not None else "")
        self._shelf = Shelf()
        self._opened: KeptMap | None = None
        self._look = ""
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
        canvas.show_layers(shown)
        self._tell()
        canvas.layers_asked.connect(self.open_menu)
        canvas.basemap_asked.connect(self.next)
        canvas.dressed.connect(self.wear)
        canvas.destroyed.connect(self.stop)

    @property
    def chosen(self) -> int:
        """The number of the base map that is shown; 0 for the outlines alone."""
        return self._chosen

    def refresh(self) -> None:
        """Ask which base maps there are; one that was set otherwise is opened anew."""
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

    def show_part(self, name: str, is_on: bool) -> None:
        """Show or hide a layer by its name in `Shown`."""
        self._canvas.show_layers(replace(self._canvas.still.shown, **{name: is_on}))
        self._keep()
        self._tell()

    @Slot()
    def wear(self) -> None:
        """Paint by day or by night, as the screen does now."""
        if self._look != theme.tokens().name:
            self._open()

    @Slot()
    def stop(self) -> None:
        """End the process of the pictures, without waiting for it."""
        if self.underlay is not None:
            self.underlay.stop()

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
        for name, words in (("cameras", tr("Cameras")), ("grids", tr("Grid borders")), ("names", tr("Place names"))):
            action = self._choice(menu, words, shown[name])
            action.toggled.connect(lambda is_on, name=name: self.show_part(name, is_on))
        return menu

    def _choice(self, menu: QMenu, words: str, is_on: bool) -> QAction:
        action = menu.addAction(label_text(words))
        action.setCheckable(True)
        action.setChecked(is_on)
        return action

    def _tell(self) -> None:
        words = tr("Layers: {name}", name=self._name)
        is_all = self._canvas.still.shown == ALL
        self.button.setText(label_text(words if is_all else tr("{layers}, some hidden", layers=words)))

    def _keep(self) -> None:
        if self._memory is not None:
            hidden = [name for name, is_on in asdict(self._canvas.still.shown).items() if not is_on]
            self._memory.keep_map_layers(" ".join((str(self._chosen), *hidden)))


def _read(words: str) -> tuple[int, Shown]:
    """What was remembered; words nobody knows are left out."""
    number, *hidden = words.split() or ["0"]
    known = asdict(ALL)
    return int(number) if number.isascii() and number.isdigit() else 0, Shown(**{name: name not in hidden for name in known})
