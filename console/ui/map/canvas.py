"""The map's surface: one kept picture of what stands still, moved at once and made anew when the hand rests.

Panning copies the kept picture; zooming stretches it. Where it does not reach, a
small picture of everything stands in, so the map is never blank. The road not
taken is a graphics scene: it repaints every border in every frame.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
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
from console.ui.map.trace import Trace
from console.ui.map.view import View, scale_bar

IDLE_MS = 70  # how long the hand must rest before the picture is made anew
OVERSCAN = 0.25  # of the widget's size, on each side
QUICK_MS = 8.0  # a picture made this fast may be made in the middle of a movement
WHOLE_SIZE = 900


class Canvas(Hand):
    """Shows a ground and marks at the hand's view."""

    measured = Signal()  # another length, or measuring begins or ends

    def __init__(self, describe: Callable[[float, float], str], parent: QWidget | None = None) -> None:
        """Make an empty canvas; `describe` says what a tooltip shows at a pixel."""
        super().__init__(describe, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.selected = 0
        self.paint_ms = 0.0
        self._ground: Ground | None = None
        self._marks = Marks()
        self.trace = Trace()
        self.here: Point | None = None
        self.ruler: Ruler | None = None
        self._sprites = Sprites()
        self._picture: QPixmap | None = None
        self._picture_view = View()
        self._whole: QPixmap | None = None
        self._whole_view = View()
        self._made_ms = 0.0
        self._is_fitted = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._renew)
        self.moved.connect(self._idle.start)

    @property
    def marks(self) -> Marks:
        """What stands on the map now."""
        return self._marks

    def set_ground(self, ground: Ground) -> None:
        """Show another ground; the first one is fitted into the widget, later ones do not move the map."""
        self._ground = ground
        self.home = ground.box
        self._picture = self._whole = None
        self._fit_once()
        self.update()

    def set_marks(self, made: Marks) -> None:
        """Show other pins and cameras."""
        self._marks = made
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
        """D begins and ends measuring, Backspace takes a point back, Esc ends; the rest moves the map."""
        key, is_free = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_free and key == Qt.Key.Key_D:
            self.measure(Ruler() if self.ruler is None else None)
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
        if self._ground is not None and (self._picture is None or self._lacks_ground_and_is_quick()):
            self._make()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().ground))
        if self._picture is not None:
            if not self._covers(self._picture_view):
                self._make_whole()
                self._copy(painter, self._whole, self._whole_view)
            self._copy(painter, self._picture, self._picture_view)
        marks.paint(painter, self.view, self._marks, self._sprites, selected=self.selected, ratio=self.devicePixelRatioF())
        if self.trace.marks:
            traces.paint(painter, self.view, self.trace)
        if self.ruler is not None:
            rulers.paint(painter, self.view, self.ruler)
        if self.here is not None:
            marks.paint_here(painter, QPointF(*self.view.to_pixel(*world(self.here))))
        if self._ground is not None:  # before, the map stands nowhere
            self._scale_bar(painter)
        if self.hasFocus():
            self._focus(painter)
        self.paint_ms = (time.perf_counter() - began) * 1000

    def _covers(self, kept: View) -> bool:
        (left, top), (right, bottom) = self.view.to_pixel(*kept.box[:2]), self.view.to_pixel(*kept.box[2:])
        return left <= 0 and top <= 0 and right >= self.width() and bottom >= self.height()

    def _lacks_ground_and_is_quick(self) -> bool:
        return self._made_ms < QUICK_MS and not self._covers(self._picture_view)

    def _copy(self, painter: QPainter, picture: QPixmap | None, kept: View) -> None:
        if picture is None:
            return
        left, top = self.view.to_pixel(*kept.box[:2])
        if abs(kept.scale / self.view.scale - 1) < 1e-9:
            painter.drawPixmap(QPointF(round(left), round(top)), picture)
            return
        right, bottom = self.view.to_pixel(*kept.box[2:])
        painter.drawPixmap(QRectF(left, top, right - left, bottom - top), picture, QRectF(picture.rect()))

    @Slot()
    def _renew(self) -> None:
        if self._ground is not None and self.isVisible() and self._picture is not None and self._picture_view != self._wanted():
            self._make()
            self.update()

    def _wanted(self) -> View:
        wide, high = (round(side * (1 + 2 * OVERSCAN)) for side in (self.width(), self.height()))
        # An even difference keeps whole pixels on whole pixels.
        return self.view.sized(wide + (wide - self.width()) % 2, high + (high - self.height()) % 2)

    def _make(self) -> None:
        began = time.perf_counter()
        self._picture_view = self._wanted()
        self._picture = self._painted(self._picture_view, self.devicePixelRatioF())
        self._made_ms = (time.perf_counter() - began) * 1000

    def _make_whole(self) -> None:
        if self._whole is None and self.home is not None:
            self._whole_view = View().sized(WHOLE_SIZE, WHOLE_SIZE).fitted(self.home)
            self._whole = self._painted(self._whole_view, 1.0)

    def _painted(self, view: View, ratio: float) -> QPixmap | None:
        if self._ground is None:
            return None
        picture = QPixmap(round(view.width * ratio), round(view.height * ratio))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        layers.paint(painter, view, self._ground)
        painter.end()
        return picture

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
            self._picture = self._whole = None
            self._sprites = Sprites()
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
