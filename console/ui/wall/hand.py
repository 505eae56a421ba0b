"""What pointer and fingers do to the tiles: choose, close, maximise, move, bring a camera, look closer. It decides nothing."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

CAMERA = "application/x-command-console-camera"
NOTCH = 120  # what one notch of a wheel counts


def luggage(camera_id: int) -> QMimeData:
    """A camera on its way from a list to a tile."""
    carried = QMimeData()
    carried.setData(CAMERA, str(camera_id).encode())
    return carried


def camera_in(carried: QMimeData) -> int:
    """The camera that is being dragged, or 0."""
    number = bytes(carried.data(CAMERA).data())
    return int(number) if number.isdigit() else 0


class Hand(QObject):
    """Reads a surface's pointer events."""

    pressed = Signal(int)
    doubled = Signal()
    closed = Signal(int)
    moved = Signal(int, int)  # a tile was dropped on another
    brought = Signal(int, int)  # a tile, and the camera that was dropped on it
    turned = Signal(int, float, QPoint)  # the wheel over a tile: steps closer, and where
    pulled = Signal(int, QPoint)  # dragged inside a tile that is looked into closely
    hovered = Signal(object)  # the tile a drag is over, None when there is no drag

    def __init__(self, surface: QWidget, place_at: Callable[[QPoint], int | None], is_close: Callable[[int], bool]) -> None:
        """Watch a surface; `place_at` says which tile lies under a point, `is_close` whether it is looked into closely."""
        super().__init__(surface)
        self._place_at, self._is_close = place_at, is_close
        self._from: int | None = None
        self._at = QPoint()
        self._drags = False
        surface.setAcceptDrops(True)
        surface.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is the pointer's, leave the rest."""
        match event:
            case QMouseEvent():
                return self._mouse(event)
            case QWheelEvent():
                return self._wheel(event)
            case QDragMoveEvent():
                return self._carry(event)
            case QDropEvent():
                return self._drop(event)
        if event.type() == QEvent.Type.DragLeave:
            self.hovered.emit(None)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        place, spot = self._place_at(event.position().toPoint()), event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.MiddleButton and place is not None:
                self.closed.emit(place)
            case QEvent.Type.MouseButtonPress if place is not None:
                self._from, self._at, self._drags = place, spot, False
                self.pressed.emit(place)
            case QEvent.Type.MouseButtonDblClick if event.button() == Qt.MouseButton.LeftButton:
                self.doubled.emit()
            case QEvent.Type.MouseMove if self._from is not None and event.buttons() & Qt.MouseButton.LeftButton:
                self._drag(spot, place)
            case QEvent.Type.MouseButtonRelease:
                self._let_go(place)
            case _:
                return False
        return True

    def _drag(self, spot: QPoint, place: int | None) -> None:
        assert self._from is not None
        self._drags = self._drags or (spot - self._at).manhattanLength() >= QApplication.startDragDistance()
        if not self._drags:
            return
        if self._is_close(self._from):
            self.pulled.emit(self._from, spot - self._at)
            self._at = spot
        else:
            self.hovered.emit(place if place != self._from else None)

    def _let_go(self, place: int | None) -> None:
        begun, self._from = self._from, None
        self.hovered.emit(None)
        if not self._drags or begun is None or self._is_close(begun):
            return
        if place is not None and place != begun:
            self.moved.emit(begun, place)

    def _wheel(self, event: QWheelEvent) -> bool:
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self.turned.emit(place, event.angleDelta().y() / NOTCH, event.position().toPoint())
        return place is not None

    def _carry(self, event: QDragMoveEvent) -> bool:
        place = self._place_at(event.position().toPoint())
        self.hovered.emit(place)
        if camera_in(event.mimeData()) and (place is not None or isinstance(event, QDragEnterEvent)):
            event.acceptProposedAction()
        else:
            event.ignore()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        place, camera = self._place_at(event.position().toPoint()), camera_in(event.mimeData())
        self.hovered.emit(None)
        if place is not None and camera:
            event.acceptProposedAction()
            self.brought.emit(place, camera)
        return True
