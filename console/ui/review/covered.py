"""The pictures of a review under a cover: a coarse mosaic, but for the parts somebody opened by drawing a box (handbook G6, G7)."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from console.domain.redaction import LEAST_SIDE
from console.ui.base import draw, theme
from console.ui.review.cover import Cover
from console.ui.review.deck import Deck
from console.ui.review.pictures import Pictures
from console.video.mosaic import covered_rgb32


@dataclass
class _Drawn:
    """A box that is being drawn over a camera's picture; its corners are shares of the picture."""

    camera: int
    first: QPointF
    last: QPointF

    @property
    def area(self) -> QRectF:
        return QRectF(self.first, self.last).normalized()


class CoveredPictures(Pictures):
    """Paints the cameras of a review covered; drawing over one opens a part, a press chooses an open one."""

    def __init__(self, deck: Deck, watermark: str, cover: Cover, parent: QWidget | None = None) -> None:
        """Make it for the players of a review."""
        super().__init__(deck, watermark, parent)
        self._cover = cover
        self._drawn: _Drawn | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        cover.changed.connect(self.update)

    def paint_picture(self, painter: QPainter, box: QRect, number: int, image: QImage) -> None:
        """Paint a camera's picture covered, the open parts framed."""
        at_s = self._deck.at_s
        size = (image.width(), image.height(), image.bytesPerLine())
        shown = covered_rgb32(image.constBits(), size, self._cover.of(number, at_s))
        super().paint_picture(painter, box, number, QImage(shown, size[0], size[1], size[0] * 4, QImage.Format.Format_RGB32))
        painter.save()
        painter.setClipRect(box)
        for index, one in enumerate(self._cover.parts):
            if one.camera == number and one.clear.is_at(at_s):
                clear = one.clear
                area = QRectF(QPointF(clear.left, clear.top), QPointF(clear.right, clear.bottom))
                self._frame(painter, self._on_screen(number, box, area), str(index + 1), is_chosen=index == self._cover.chosen)
        if self._drawn is not None and self._drawn.camera == number:
            self._frame(painter, self._on_screen(number, box, self._drawn.area), "", is_chosen=True)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the camera and the part under the pointer, or begin a box."""
        super().mousePressEvent(event)
        number = self._at(event)
        spot = self._spot(event, number) if number is not None else None
        if number is not None and spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._drawn = _Drawn(number, spot, spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the box on."""
        if self._drawn is not None:
            self._drawn.last = self._spot(event, self._drawn.camera) or self._drawn.last
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was drawn; where nothing was drawn, choose what is open there."""
        drawn, self._drawn = self._drawn, None
        if drawn is None:
            return
        if min(drawn.area.width(), drawn.area.height()) >= LEAST_SIDE:
            self._cover.open(drawn.camera, drawn.area)
        else:
            self._cover.choose(self._cover.at(drawn.camera, drawn.first.x(), drawn.first.y(), self._deck.at_s))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Drawing needs the pointer: cameras are enlarged by key and button here."""

    def _spot(self, event: QMouseEvent, number: int) -> QPointF | None:
        """The point of a camera's picture under the pointer, its sides 0 to 1; at the edge for one outside."""
        box = self.picture_box(number)
        if box is None:
            return None
        part, at = self._part(number), event.position()
        across = min(1.0, max(0.0, (at.x() - box.x()) / max(1, box.width())))
        down = min(1.0, max(0.0, (at.y() - box.y()) / max(1, box.height())))
        return QPointF(part.x() + across * part.width(), part.y() + down * part.height())

    def _on_screen(self, number: int, box: QRect, area: QRectF) -> QRectF:
        part = self._part(number)
        wide, high = box.width() / part.width(), box.height() / part.height()
        left, top = box.x() + (area.x() - part.x()) * wide, box.y() + (area.y() - part.y()) * high
        return QRectF(left, top, area.width() * wide, area.height() * high)

    def _frame(self, painter: QPainter, area: QRectF, name: str, *, is_chosen: bool) -> None:
        shade = theme.tokens()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(shade.ground), 4))
        painter.drawRect(area)
        painter.setPen(QPen(theme.colour(shade.accent if is_chosen else shade.text), 2))
        painter.drawRect(area)
        if name:
            badge = QRect(round(area.x()), round(area.y()), theme.px(22), theme.px(20))
            painter.fillRect(badge, theme.colour(shade.strip))
            draw.text(painter, badge, name, size=theme.SMALL, bold=True, ink=shade.on_strip, centre=True)
