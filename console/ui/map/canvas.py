"""The map's surface: what stands still as a kept picture, what changes painted over it in every frame.

The road not taken is a graphics scene: it repaints every border in every frame.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.domain.datum import world
from console.domain.place import Point
from console.ui.base import theme
from console.ui.map import layers, marks
from console.ui.map import ruler as rulers
from console.ui.map import trace as traces
from console.ui.map.ground import Ground
from console.ui.map.hand import Hand
from console.ui.map.marks import Marks
from console.ui.map.ruler import Ruler
from console.ui.map.sprites import Sprites
from console.ui.map.still import Still
from console.ui.map.trace import Trace
from console.ui.map.view import scale_bar

IDLE_MS = 70  # how long the hand must rest before the picture is made anew


class Canvas(Hand):
    """Shows a ground and marks at the hand's view."""

    layers_asked = Signal()  # L: which layers are shown
    basemap_asked = Signal()  # B: another base map
    dressed = Signal()  # the look has changed
    measured = Signal()  # another length, or measuring begins or ends

    def __init__(self, describe: Callable[[float, float], str], parent: QWidget | None = None) -> None:
        """Make an empty canvas; `describe` says what a tooltip shows at a pixel."""
        super().__init__(describe, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.selected = 0
        self.paint_ms = 0.0
        self.still = Still()
        self._marks = self._seen = Marks()
        self.trace = Trace()
        self.here: Point | None = None
        self.ruler: Ruler | None = None
        self._sprites = Sprites()
        self._is_moving = False
        self._is_fitted = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._renew)
        self.moved.connect(self._move)

    @property
    def marks(self) -> Marks:
        """What stands on the map now."""
        return self._marks

    @property
    def seen(self) -> Marks:
        """What is painted of it: without the layers that are not shown."""
        return self._seen

    def show_layers(self, shown: layers.Shown) -> None:
        """Show these layers and no others, over the base map that is chosen now."""
        self.still.shown = shown
        self.still.forget()
        self.set_marks(self._marks)

    def set_ground(self, ground: Ground) -> None:
        """Show another ground; the first one is fitted into the widget, later ones do not move the map."""
        self.still.ground, self.home = ground, ground.box
        self.still.forget()
        self._fit_once()
        self.update()

    def set_marks(self, made: Marks) -> None:
        """Show other pins and cameras."""
        self._marks = made
        self._seen = made if self.still.shown.cameras else made.without_cameras()
        self.update()

    def set_trace(self, trace: Trace) -> None:
        """Show the trace of the case in hand."""
        self.trace = trace
        self.update()

    def set_here(self, spot: Point | None) -> None:
        """Mark a position somebody asked for, or none."""
        self.here = spot
        self.update()

    def measure(self, ruler: Ruler | None) -> None:
        """Measure from these points on, or no more."""
        self.ruler = ruler
        self.setCursor(Qt.CursorShape.CrossCursor if ruler is not None else Qt.CursorShape.ArrowCursor)
        self.measured.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """L and B ask for layers, D begins and ends measuring, Backspace takes a point back, Esc ends; the rest moves the map."""
        key, is_free = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_free and key == Qt.Key.Key_D:
            self.measure(Ruler() if self.ruler is None else None)
        elif is_free and key in (Qt.Key.Key_L, Qt.Key.Key_B):
            (self.layers_asked if key == Qt.Key.Key_L else self.basemap_asked).emit()
        elif is_free and self.ruler is not None and key == Qt.Key.Key_Backspace:
            self.measure(self.ruler.shorter())
        elif is_free and self.ruler is not None and key == Qt.Key.Key_Escape:
            self.measure(None)
        else:
            super().keyPressEvent(event)

    def stand(self, x: float, y: float, zoom: float) -> None:
        """Stand where the map stood before, instead of fitting the first ground."""
        self._is_fitted = True
        self.go(self.view.at(x, y, zoom))

    def select(self, case_id: int) -> None:
        """Mark the case in hand; the map does not move."""
        self.selected = case_id
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy or stretch the kept picture, then paint what changes over it."""
        began = time.perf_counter()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().ground))
        self.still.paint(painter, self.view, self.devicePixelRatioF(), is_moving=self._is_moving)
        marks.paint(painter, self.view, self._seen, self._sprites, selected=self.selected, ratio=self.devicePixelRatioF())
        if self.trace.marks:
            traces.paint(painter, self.view, self.trace)
        if self.ruler is not None:
            rulers.paint(painter, self.view, self.ruler)
        if self.here is not None:
            marks.paint_here(painter, QPointF(*self.view.to_pixel(*world(self.here))))
        if self.still.ground is not None:  # before, the map stands nowhere
            self._scale_bar(painter)
        if self.hasFocus():
            self._focus(painter)
        self.paint_ms = (time.perf_counter() - began) * 1000

    @Slot()
    def _move(self) -> None:
        self._is_moving = True
        self._idle.start()
        if self.still.underlay is not None:
            self.still.underlay.want(self.view)

    @Slot()
    def _renew(self) -> None:
        self._is_moving = False
        if self.still.is_old(self.view) and self.isVisible():
            self.still.make(self.view, self.devicePixelRatioF())
        self.update()  # a base map is painted smoothly now

    def _scale_bar(self, painter: QPainter) -> None:
        metres, long = scale_bar(self.view, theme.px(140))
        words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
        left, foot = theme.px(16), self.height() - theme.px(30)
        painter.fillRect(QRectF(left, foot, long, 2), QColor(theme.tokens().text))
        painter.setFont(theme.font(theme.SMALL))
        layers.halo_text(painter, QRectF(left, foot + 3, theme.px(10), theme.px(20)), "0", theme.tokens().text)
        layers.halo_text(painter, QRectF(left + long - theme.px(60), foot + 3, theme.px(60), theme.px(20)), words, theme.tokens().text)

    def _focus(self, painter: QPainter) -> None:
        accent = QColor(theme.tokens().accent)
        middle = QPointF(self.width() / 2, self.height() / 2)
        for dx, dy in ((7, 0), (0, 7)):
            painter.fillRect(QRectF(middle.x() - max(dx, 0.5), middle.y() - max(dy, 0.5), 2 * dx or 1, 2 * dy or 1), accent)
        painter.setPen(accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the centre; the first real size fits the ground."""
        super().resizeEvent(event)
        self.view = self.view.sized(self.width(), self.height())
        self._fit_once()
        self.moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Paint all anew in another look."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.still.forget()
            self._sprites = Sprites()
            self.dressed.emit()
            self.update()

    def showEvent(self, event: QEvent) -> None:
        """Fit the ground that came while nobody looked."""
        super().showEvent(event)
        self._fit_once()
        self._idle.start()

    def _fit_once(self) -> None:
        if not self._is_fitted and self.home is not None and self.isVisible():
            self._is_fitted = True
            self.fit()
