"""The cameras beside the wall: searched by name, number or initials, found by digits alone, or looked up by area."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from console.domain.camera import Camera
from console.ui.base import draw, theme
from console.ui.base.keys import shown
from console.ui.base.line import LineEdit
from console.ui.base.rows import RowLook
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.table import RowsView
from console.ui.base.text import label_text, tip
from console.ui.base.words import tr
from console.ui.wall.hand import luggage
from console.ui.wall.tree import CameraTree

LIST_WIDTH = 232


def digits_of(code: str) -> str:
    """The number in a camera's code: "C301" is 301."""
    return "".join(letter for letter in code if letter.isascii() and letter.isdigit())


def numbered(cameras: tuple[Camera, ...], digits: str) -> tuple[Camera, ...]:
    """The cameras a number calls: those with just this number, else those whose number ends so."""
    exact = tuple(camera for camera in cameras if digits_of(camera.code) == digits)
    return exact or tuple(camera for camera in cameras if digits and digits_of(camera.code).endswith(digits))


def matching(cameras: tuple[Camera, ...], words: str) -> tuple[Camera, ...]:
    """The cameras whose code or name holds every one of the words."""
    parts = words.casefold().split()
    return tuple(camera for camera in cameras if all(part in f"{camera.code} {camera.name}".casefold() for part in parts))


class CameraPainter:
    """Paints a camera as a line: number, name, and the tile it stands in."""

    height = theme.LINE_ROW

    def __init__(self, tile_of: Callable[[int], int | None]) -> None:
        """Make the painter; `tile_of` says in which tile a camera stands."""
        self._tile_of = tile_of

    def face(self, row: Camera) -> Hashable:
        """What the line says: the camera and its tile."""
        return row.code, row.name, self._tile_of(row.id)

    def is_unacked(self, row: Camera) -> bool:
        """Nothing in this list waits for anybody."""
        return False

    def spoken(self, row: Camera) -> str:
        """The camera as words."""
        return f"{row.code} {row.name}"

    def paint(self, painter: QPainter, box: QRect, row: Camera, look: RowLook) -> None:
        """Draw one camera."""
        room = box.adjusted(theme.px(10), 0, -theme.px(10), 0)
        place = self._tile_of(row.id)
        if place is not None:
            words = tr("tile {n}", n=place + 1)
            draw.text(painter, room, words, size=theme.SMALL, ink=theme.tokens().dim, right=True)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(words) - theme.px(8))
        wide = draw.text(painter, room, row.code, size=theme.SMALL, bold=True)
        room.setLeft(room.left() + max(wide, theme.px(40)) + theme.px(8))
        draw.text(painter, room, row.name, size=theme.SMALL)


class CameraRows(RowsModel[Camera]):
    """Rows of cameras that can be dragged onto a tile."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Every camera may be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled


class CameraView(RowsView[Camera]):
    """The list itself; a camera is dragged out of it onto a tile."""

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Let the pointer carry the selected camera."""
        if self.current is not None:
            drag = QDrag(self)
            drag.setMimeData(luggage(self.current.id))
            drag.exec(Qt.DropAction.CopyAction)


class CameraList(QFrame):
    """Search line, list and tree; Enter or a double click opens a camera."""

    opened = Signal(object)  # a Camera
    wanted = Signal(str)  # words to search the register for, when only it knows all that fits
    areas_wanted = Signal()  # the tree is looked at

    def __init__(self, tile_of: Callable[[int], int | None], parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.cameras: tuple[Camera, ...] = ()
        self.is_cut = False
        self.setFixedWidth(theme.px(LIST_WIDTH))
        self.search = LineEdit(hint=tr("Name, number or initials"), longest=60)
        self.search.setAccessibleName(tr("Search cameras"))
        self._model = CameraRows(lambda camera: camera.id, self)
        self.view = CameraView(self._model, CameraPainter(tile_of))
        self.view.setAccessibleName(tr("Camera list"))
        self.view.setDragEnabled(True)
        self.tree = CameraTree(self)
        self.by_list = self._turner(tr("List"), tr("Cameras as a list ({key})", key=shown("wall_list")))
        self.by_area = self._turner(tr("By area"), tr("Cameras by area, with how many can be opened ({key})", key=shown("wall_areas")))
        self.by_list.setChecked(True)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.tree)
        self.foot = QVBoxLayout()
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.entered.connect(self._open_first)
        self.view.opened.connect(self.opened)
        self.tree.opened.connect(self.opened)
        self.by_area.toggled.connect(self._turn)

    def show_cameras(self, cameras: tuple[Camera, ...], *, is_cut: bool = False) -> None:
        """Show these cameras, as far as the search lets them; `is_cut`: the register has more than came."""
        self.cameras, self.is_cut = cameras, is_cut
        self._filter()

    def show_found(self, words: str, cameras: tuple[Camera, ...]) -> None:
        """Show what the register holds for some words, unless the officer searches for others by now."""
        if words == self.search.text().strip():
            self.view.show_rows(cameras)
            self._model.settle()

    def show_tree(self) -> None:
        """Turn to the cameras by area and let the keys go there."""
        self.by_area.setChecked(True)
        self.tree.setFocus()

    def redraw(self) -> None:
        """Write the tile numbers anew."""
        self.view.viewport().update()

    def _turner(self, words: str, says: str) -> QToolButton:
        button = QToolButton(self, checkable=True, autoExclusive=True)
        button.setText(label_text(words))
        button.setFont(theme.font(theme.SMALL))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tip(button, says)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.by_list, 1)
        row.addWidget(self.by_area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(6))
        column.setSpacing(theme.px(6))
        column.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self.pages, 1)
        column.addLayout(self.foot)

    @Slot(bool)
    def _turn(self, is_by_area: bool) -> None:
        self.pages.setCurrentWidget(self.tree if is_by_area else self.view)
        if is_by_area:
            self.areas_wanted.emit()

    def _filter(self) -> None:
        words = self.search.text().strip()
        if words:
            self.by_list.setChecked(True)
        self.view.empty_text = tr("No camera found") if words else tr("No cameras")
        self.view.show_rows(matching(self.cameras, words))
        if words and (self.is_cut or _may_be_initials(words)):
            self.wanted.emit(words)
        self._model.settle()  # the officer typed: the list may move under the pointer

    def _open_first(self, _: str) -> None:
        row = self.view.current if self.view.current in self._model.rows else None
        first = row or (self._model.rows[0] if self._model.rows else None)
        if first is not None and self.search.text().strip():
            self.opened.emit(first)


def _may_be_initials(words: str) -> bool:
    return any(letter.isascii() and letter.isalpha() for letter in words)
