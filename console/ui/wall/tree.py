"""The cameras by division: a tree with counts; what stands in a division comes when it is opened."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from console.domain.camera import Camera, CameraArea
from console.ui.base import draw, theme
from console.ui.base.text import one_line
from console.ui.base.words import tr
from console.ui.wall.hand import luggage

CODE, CAMERA, OWN = (int(Qt.ItemDataRole.UserRole) + n for n in range(3))
COUNTS_WIDTH = 78


class CameraTree(QTreeView):
    """Divisions and their cameras; Enter or a double click opens a camera, dragging brings it to a tile."""

    opened = Signal(object)  # a Camera
    wanted = Signal(str)  # a division whose cameras are to be read

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._model = QStandardItemModel(0, 2, self)
        self._items: dict[str, QStandardItem] = {}
        self._opened: set[str] = set()
        self._below: dict[str, list[CameraArea]] = {}
        self.setModel(self._model)
        self.setAccessibleName(tr("Cameras by area"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setFont(theme.font(theme.SMALL))
        self.setIndentation(theme.px(14))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setDragEnabled(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, theme.px(COUNTS_WIDTH))
        self.expanded.connect(self._unfold)
        self.activated.connect(self._open)

    def show_areas(self, areas: Sequence[CameraArea]) -> None:
        """Show these divisions; what was open stays open."""
        before = sorted((code for code, item in self._items.items() if self.isExpanded(item.index())), key=lambda code: self._depth(code))
        by_code = {area.code: area for area in areas}
        self._model.removeRows(0, self._model.rowCount())
        self._items, self._opened, self._below = {}, set(), {}
        for area in areas:
            self._below.setdefault(area.parent if area.parent in by_code else "", []).append(area)
        tops = self._below.get("", [])
        self._hang("", self._model.invisibleRootItem())
        while len(tops) == 1:  # a county of one city: the first fork is where looking begins
            self.expand(self._items[tops[0].code].index())
            tops = self._below.get(tops[0].code, [])
        for code in before:
            if code in self._items:
                self.expand(self._items[code].index())

    def show_cameras(self, code: str, cameras: Sequence[Camera]) -> None:
        """Show the cameras of a division below its own divisions."""
        item = self._items.get(code)
        if item is None:
            return
        for row in range(item.rowCount() - 1, -1, -1):
            if not item.child(row).data(CODE):
                item.removeRow(row)
        for camera in cameras:
            line = QStandardItem(one_line(f"{camera.code}  {camera.name}"))
            line.setData(camera, CAMERA)
            item.appendRow([line, QStandardItem()])
            self.setFirstColumnSpanned(item.rowCount() - 1, item.index(), True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, or say in words that there are none."""
        super().paintEvent(event)
        if not self._model.rowCount():
            box = self.viewport().rect().adjusted(theme.px(10), theme.px(6), -theme.px(10), 0)
            box.setHeight(theme.px(theme.LINE_ROW))
            draw.text(QPainter(self.viewport()), box, tr("No cameras"), size=theme.SMALL, ink=theme.tokens().dim)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Let the pointer carry the selected camera."""
        camera = self.currentIndex().siblingAtColumn(0).data(CAMERA)
        if isinstance(camera, Camera):
            drag = QDrag(self)
            drag.setMimeData(luggage(camera.id))
            drag.exec(Qt.DropAction.CopyAction)

    def _hang(self, code: str, item: QStandardItem) -> None:
        """Hang the divisions right below one; theirs come when they are opened."""
        for area in self._below.get(code, ()):
            line, counts = QStandardItem(one_line(area.name)), QStandardItem(f"{area.online}/{area.total}")
            line.setData(area.code, CODE)
            line.setData(area.own, OWN)
            counts.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            counts.setForeground(theme.colour(theme.tokens().dim))
            line.appendRow([QStandardItem(tr("reading …")), QStandardItem()])
            item.appendRow([line, counts])
            self._items[area.code] = line

    def _depth(self, code: str) -> int:
        item, depth = self._items[code], 0
        while (above := item.parent()) is not None:
            item, depth = above, depth + 1
        return depth

    @Slot(QModelIndex)
    def _unfold(self, index: QModelIndex) -> None:
        code = index.data(CODE)
        if not code or code in self._opened:
            return
        self._opened.add(code)
        item = self._items[code]
        if not index.data(OWN):
            item.removeRow(0)
        self._hang(code, item)
        if index.data(OWN):
            self.wanted.emit(code)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        camera = index.siblingAtColumn(0).data(CAMERA)
        if isinstance(camera, Camera):
            self.opened.emit(camera)
