"""The officer's hand on the map: wheel, drag, keys, and the short flight to a case. Nothing else moves the map."""

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from console.ui.base import theme
from console.ui.base.text import tip_text
from console.ui.map.view import Box, View

FLY_MS, FRAME_MS = 140, 16
KEY_STEP, WHEEL_STEP, CLICK_REACH = 90, 0.5, 4


class Hand(QWidget):
    """A widget whose view the officer moves; whoever paints it listens to `moved`."""

    clicked = Signal(float, float)
    asked = Signal(float, float)  # what is here? at a pixel
    moved = Signal()

    def __init__(self, describe: Callable[[float, float], str], parent: QWidget | None = None) -> None:
        """Make the widget; `describe` says what a tooltip shows at a pixel."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        self.view = View()
        self.home: Box | None = None
        self._describe = describe
        self._grip: QPointF | None = None
        self._has_dragged = False
        self._flight: tuple[View, View, float] | None = None
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._fly_on)

    def fit(self) -> None:
        """Show the whole ground (Home)."""
        if self.home is not None:
            self.go(self.view.fitted(self.home))

    def fly(self, view: View) -> None:
        """Go to another view: a short flight when it is near, at once when it is far."""
        x, y = self.view.to_pixel(view.x, view.y)
        far = max(abs(x - self.width() / 2) / self.width(), abs(y - self.height() / 2) / self.height())
        if far > 3 or abs(view.zoom - self.view.zoom) > 4 or not self.isVisible():
            self._stop_flight()
            self.go(view)
        else:
            self._flight = (self.view, view, time.monotonic())
            self._frames.start()

    def go(self, view: View) -> None:
        """Stand at a view at once."""
        self.view = view
        self.moved.emit()
        self.update()

    @Slot()
    def _fly_on(self) -> None:
        if self._flight is None:
            self._frames.stop()
            return
        start, end, began = self._flight
        share = min(1.0, (time.monotonic() - began) * 1000 / FLY_MS)
        if share >= 1.0:
            self._stop_flight()
        self.go(start.between(end, share * (2 - share)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self._stop_flight()
        turned = event.angleDelta().y() / 120
        if turned:
            self.go(self.view.zoomed(turned * WHEEL_STEP, event.position().x(), event.position().y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the ground in hand."""
        self._stop_flight()
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip, self._has_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push the ground while it is held; else say what is under the pointer."""
        if self._grip is None:
            self._hover(event.position())
            return
        way = event.position() - self._grip
        if not self._has_dragged and way.manhattanLength() <= CLICK_REACH:
            return
        self._has_dragged = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._grip = event.position()
        self.go(self.view.panned(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the ground go; a press that did not move it is a click."""
        if event.button() != Qt.MouseButton.LeftButton or self._grip is None:
            return
        self._grip = None
        self.unsetCursor()
        if not self._has_dragged:
            self.clicked.emit(event.position().x(), event.position().y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Come one step nearer to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.fly(self.view.zoomed(1, event.position().x(), event.position().y()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask what is here: under the pointer, or under the cross when the keyboard asks."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = QPointF(self.width() / 2, self.height() / 2) if by_key else QPointF(event.pos())
        self.asked.emit(at.x(), at.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, zoom by plus and minus, Home for everything, Return for what is under the cross."""
        step, key = theme.px(KEY_STEP), event.key()
        middle = (self.width() / 2, self.height() / 2)
        pushes = {Qt.Key.Key_Left: (step, 0), Qt.Key.Key_Right: (-step, 0), Qt.Key.Key_Up: (0, step), Qt.Key.Key_Down: (0, -step)}
        zooms = {Qt.Key.Key_Plus: 0.5, Qt.Key.Key_Equal: 0.5, Qt.Key.Key_Minus: -0.5}
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
            return
        self._stop_flight()
        if key in pushes:
            self.go(self.view.panned(*pushes[Qt.Key(key)]))
        elif key in zooms:
            self.go(self.view.zoomed(zooms[Qt.Key(key)], *middle))
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(*middle)
        else:
            super().keyPressEvent(event)

    def _stop_flight(self) -> None:
        self._flight = None
        self._frames.stop()

    def _hover(self, at: QPointF) -> None:
        words = self._describe(at.x(), at.y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if words else Qt.CursorShape.ArrowCursor)
        if words:
            QToolTip.showText(self.mapToGlobal(at.toPoint()), tip_text(words), self)
        else:
            QToolTip.hideText()
