"""The docks: panels placed by a perspective's tree, locked unless the officer unlocks them.

The only file that knows the docking library. Title bars of single docks are hidden, because
every panel has its own head; they come back while the layout is unlocked.
"""

import PySide6QtAds as ads
from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from console.ui.base.panel import Panel
from console.ui.perspectives import Split, Tree, leaves

_FLAGS = ads.CDockManager.eConfigFlag
_ON = (_FLAGS.OpaqueSplitterResize,)
_OFF = (
    _FLAGS.ActiveTabHasCloseButton, _FLAGS.AllTabsHaveCloseButton, _FLAGS.DockAreaHasCloseButton,
    _FLAGS.DockAreaHasUndockButton, _FLAGS.DockAreaHasTabsMenuButton, _FLAGS.XmlCompressionEnabled,
    _FLAGS.FocusHighlighting, _FLAGS.AlwaysShowTabs,
)
_SINGLE = ads.CDockAreaWidget.eDockAreaFlag.HideSingleWidgetTitleBar


class Docks(QObject):
    """Places panels, remembers how they stood, and lets the officer enlarge one."""

    changed = Signal()  # the officer or a perspective changed the arrangement

    def __init__(self, panels: dict[str, Panel], parent: QWidget) -> None:
        """Wrap every panel in a dock; nothing is placed yet."""
        super().__init__(parent)
        for flag in _ON:
            ads.CDockManager.setConfigFlag(flag, True)
        for flag in _OFF:
            ads.CDockManager.setConfigFlag(flag, False)
        self.widget = ads.CDockManager(parent)
        self.widget.setStyleSheet("")
        self.is_locked = True
        self._enlarged: QByteArray | None = None
        self._is_placed = False
        self._panels = panels
        self._docks: dict[str, ads.CDockWidget] = {}
        for name, panel in panels.items():
            dock = ads.CDockWidget(self.widget, panel.title)
            dock.setObjectName(name)
            dock.setMinimumSizeHintMode(ads.CDockWidget.eMinimumSizeHintMode.MinimumSizeHintFromContent)
            self._docks[name] = dock
        self.widget.dockAreaCreated.connect(self._dress)
        self.lock(True)

    def arrange(self, tree: Tree, state: QByteArray) -> None:
        """Put the panels of a tree as they stood, or from scratch when nothing was kept or it does not fit."""
        if state.isEmpty() or not self._is_placed:  # the library restores only what it has placed once
            self._place(tree)
        if not state.isEmpty() and not self.restore(state, leaves(tree)):
            self._place(tree)
        self._fill()

    def place(self, tree: Tree) -> None:
        """Arrange the panels of a tree from scratch; the others are closed."""
        self._place(tree)
        self._fill()

    def _fill(self) -> None:
        """Put the panels into their docks, once they stand: a panel is dressed anew each time it is moved."""
        for name, dock in self._docks.items():
            if dock.widget() is None:
                dock.setWidget(self._panels[name], ads.CDockWidget.eInsertMode.ForceNoScrollArea)
                if not dock.isClosed():
                    self._unhide(dock)

    def _unhide(self, dock: ads.CDockWidget) -> None:
        """Show what holds a dock: the library hides areas that were restored while they were empty."""
        holder = dock.dockAreaWidget()
        while holder is not None and holder is not self.widget:
            holder.show()
            holder = holder.parentWidget()

    def _place(self, tree: Tree) -> None:
        self._enlarged, self._is_placed = None, True
        for dock in self._docks.values():
            if dock.dockAreaWidget() is not None:
                self.widget.removeDockWidget(dock)
        names = leaves(tree)
        self.widget.addDockWidget(ads.CenterDockWidgetArea, self._docks[names[0]])
        self._split(tree)
        for name, dock in self._docks.items():
            if name not in names:
                # The library restores only what it knows: docks of other perspectives wait here, closed.
                self.widget.addDockWidget(ads.CenterDockWidgetArea, dock, self._docks[names[0]].dockAreaWidget())
            dock.toggleView(name in names)
        self._docks[names[0]].setAsCurrentTab()
        self.weigh(tree)
        self._hook()

    def weigh(self, tree: Tree) -> None:
        """Give each part of a tree that stands its share of the room."""
        if not isinstance(tree, Split):
            return
        splitter = self._splitter_between(leaves(tree.parts[0])[0], leaves(tree.parts[1])[0])
        if splitter is not None:
            length = splitter.width() if tree.is_row else splitter.height()
            total = sum(tree.weights)
            splitter.setSizes([max(1, max(length, 1000) * weight // total) for weight in tree.weights])
            for place, weight in enumerate(tree.weights):
                splitter.setStretchFactor(place, weight)
        for part in tree.parts:
            self.weigh(part)

    def save(self) -> QByteArray:
        """How the docks stand now (as they stood before one was enlarged)."""
        return self._enlarged if self._enlarged is not None else self.widget.saveState()

    def restore(self, state: QByteArray, names: tuple[str, ...]) -> bool:
        """Put the docks as they stood; false when that is not possible or a panel would be lost."""
        self._enlarged = None
        if state.isEmpty() or not self.widget.restoreState(state):
            return False
        self._hook()
        return all(not self._docks[name].isClosed() and self._docks[name].dockAreaWidget() for name in names)

    def lock(self, is_locked: bool) -> None:
        """Lock the arrangement, or let panels be moved by their title bars."""
        self.is_locked = is_locked
        features = ads.CDockWidget.DockWidgetFeature
        for dock in self._docks.values():
            dock.setFeatures(features.NoDockWidgetFeatures if is_locked else features.DockWidgetMovable)
        for area in self.widget.openedDockAreas():
            self._dress(area)

    def enlarge(self, under: QWidget | None) -> bool:
        """Let the panel that holds a widget fill the screen, or put everything back; true while enlarged."""
        if self._enlarged is not None:
            state, self._enlarged = self._enlarged, None
            self.widget.restoreState(state)
            self._hook()
            return False
        name = self.name_of(under)
        if name is None:
            return False
        self._enlarged = self.widget.saveState()
        own = self._docks[name].dockAreaWidget()
        for area in self.widget.openedDockAreas():
            if area is not own:
                area.toggleView(False)
        return True

    def name_of(self, widget: QWidget | None) -> str | None:
        """The panel a widget belongs to, or None."""
        return next((n for n, p in self._panels.items() if widget is not None and (p is widget or p.isAncestorOf(widget))), None)

    def floating(self) -> list[QWidget]:
        """The windows of panels that were dragged out."""
        return list(self.widget.floatingWidgets())

    def _split(self, tree: Tree) -> None:
        if isinstance(tree, str):
            return
        before = leaves(tree.parts[0])[0]
        side = ads.RightDockWidgetArea if tree.is_row else ads.BottomDockWidgetArea
        for part in tree.parts[1:]:
            first = leaves(part)[0]
            self.widget.addDockWidget(side, self._docks[first], self._docks[before].dockAreaWidget())
            before = first
        for part in tree.parts:
            self._split(part)

    def _splitter_between(self, one: str, other: str) -> QSplitter | None:
        chains = []
        for name in (one, other):
            chain, widget = [], self._docks[name].dockAreaWidget()
            while widget is not None and widget is not self.widget:
                widget = widget.parentWidget()
                if isinstance(widget, QSplitter):
                    chain.append(widget)
            chains.append(chain)
        return next((splitter for splitter in chains[0] if splitter in chains[1]), None)

    def _dress(self, area: ads.CDockAreaWidget) -> None:
        area.setDockAreaFlag(_SINGLE, self.is_locked)
        area.updateTitleBarVisibility()

    def _hook(self) -> None:
        """Hear of every splitter that is moved; restoring makes new ones."""
        for area in self.widget.openedDockAreas():
            self._dress(area)
        for splitter in self.widget.findChildren(QSplitter):
            if not splitter.property("hooked"):
                splitter.setProperty("hooked", True)
                splitter.setChildrenCollapsible(False)
                splitter.splitterMoved.connect(self._moved)
        self.changed.emit()

    def _moved(self) -> None:
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.changed.emit()
