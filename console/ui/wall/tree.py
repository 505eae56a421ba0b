"""The cameras by division: a tree with counts; a division's cameras come when it is opened."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from console.domain.camera import Camera, CameraArea
from console.ui.base import theme
from console.ui.base.text import one_line
from console.ui.base.words import tr
from console.ui.wall.hand import luggage

CODE, CAMERA = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
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
        self._read: set[str] = set()
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
        self.expanded.connect(self._ask_for)
        self.activated.connect(self._open)

    def show_areas(self, areas: Sequence[CameraArea]) -> None:
        """Show these divisions; what was open stays open."""
        before = {code for code, item in self._items.items() if self.isExpanded(item.index())}
        self._model.removeRows(0, self._model.rowCount())
        self._items, self._read = {}, set()
        by_code = {area.code: area for area in areas}
        for area in sorted(areas, key=lambda area: (area.parent in by_code, area.code)):
            self._hang(area, by_code)
        tops = [self._model.item(row) for row in range(self._model.rowCount())]
        while len(tops) == 1:  # a county of one city: the first fork is where looking begins
            self.expand(tops[0].index())
            tops = [child for row in range(tops[0].rowCount()) if (child := tops[0].child(row)).data(CODE)]
        for code in before & self._items.keys():
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

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Let the pointer carry the selected camera."""
        camera = self.currentIndex().siblingAtColumn(0).data(CAMERA)
        if isinstance(camera, Camera):
            drag = QDrag(self)
            drag.setMimeData(luggage(camera.id))
            drag.exec(Qt.DropAction.CopyAction)

    def _hang(self, area: CameraArea, by_code: dict[str, CameraArea]) -> QStandardItem:
        known = self._items.get(area.code)
        if known is not None:
            return known
        item, counts = QStandardItem(one_line(area.name)), QStandardItem(f"{area.online}/{area.total}")
        item.setData(area.code, CODE)
        counts.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        counts.setForeground(theme.colour(theme.tokens().dim))
        above = self._hang(by_code[area.parent], by_code) if area.parent in by_code else self._model.invisibleRootItem()
        above.appendRow([item, counts])
        self._items[area.code] = item
        if area.own:
            item.appendRow([QStandardItem(tr("reading …")), QStandardItem()])
        return item

    @Slot(QModelIndex)
    def _ask_for(self, index: QModelIndex) -> None:
        code = index.data(CODE)
        if code and code not in self._read:
            self._read.add(code)
            self.wanted.emit(code)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        camera = index.siblingAtColumn(0).data(CAMERA)
        if isinstance(camera, Camera):
            self.opened.emit(camera)
