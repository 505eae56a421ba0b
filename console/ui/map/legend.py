"""What the signs of the map mean: a plate in its corner, with those signs only that can be on it now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from console.ui.base import draw, theme
from console.ui.base.words import tr
from console.ui.map.heat import STEPS, Heat
from console.ui.map.shading import Shade, Shading
from console.ui.map.sites import SITE, diamond
from console.ui.map.sprites import PIN, Sprites

SIGN, ROW = 44, 28  # of the design: how wide a sign is, how high a row
Sign = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class Row:
    """One sign and its meaning; a row without a sign is a head."""

    words: str
    sign: Sign | None = None


class Legend(QWidget):
    """A plate of rows; the mouse goes through it to the map."""

    def __init__(self, parent: QWidget) -> None:
        """Make it empty and hidden."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Legend"))
        self.rows: tuple[Row, ...] = ()
        self.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows at the right foot of the map."""
        self.rows = tuple(rows)
        self.place()
        self.update()

    def place(self) -> None:
        """Stand at the right foot of the parent, whatever its size."""
        self.resize(self.sizeHint())
        parent = self.parentWidget()
        self.move(max(0, parent.width() - self.width() - theme.px(10)), max(0, parent.height() - self.height() - theme.px(10)))

    def sizeHint(self) -> QSize:
        """As wide as the longest meaning, as high as the rows."""
        metrics = QFontMetricsF(theme.font(theme.SMALL))
        wide = max((metrics.horizontalAdvance(row.words) for row in self.rows), default=0.0)
        return QSize(round(wide) + theme.px(SIGN + 26), len(self.rows) * theme.px(ROW) + theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.tokens().panel)
        ground.setAlphaF(0.94)
        painter.setPen(QPen(QColor(theme.tokens().edge), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        high = theme.px(ROW)
        for at, row in enumerate(self.rows):
            top = theme.px(6) + at * high
            left = theme.px(12) if row.sign is None else theme.px(SIGN + 14)
            if row.sign is not None:
                row.sign(painter, QRectF(theme.px(8), top, theme.px(SIGN), high))
            painter.setFont(theme.font(theme.SMALL, bold=row.sign is None))
            painter.setPen(QColor(theme.tokens().text if row.sign is not None else theme.tokens().dim))
            painter.drawText(QRectF(left, top, self.width() - left, high), int(Qt.AlignmentFlag.AlignVCenter), row.words)


def signs_of_cases(names: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    """The signs of pins; `names` are priorities with their names."""
    sprites = Sprites()
    rows = [Row(name, _pin(sprites, priority, "")) for priority, name in names]
    rows.append(Row(tr("ring: nobody has acknowledged it yet"), _pin(sprites, "P2", "", is_acked=False)))
    for lamp, words in (("Y", tr("due soon")), ("R", tr("overdue")), ("K", tr("badly overdue"))):
        rows.append(Row(words, lambda painter, box, lamp=lamp: draw.lamp(painter, _middle(box, theme.px(16)), lamp)))
    rows.append(Row(tr("several cases together"), _crowd(sprites)))
    return tuple(rows)


def signs_of_cameras() -> tuple[Row, ...]:
    """The sign of a camera and of what it sees."""

    def camera(painter: QPainter, box: QRectF) -> None:
        accent = QColor(theme.tokens().accent)
        centre, far = QPointF(box.left() + theme.px(12), box.center().y()), theme.px(24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 80))
        painter.drawPie(QRectF(centre.x() - far, centre.y() - far, 2 * far, 2 * far), -25 * 16, 50 * 16)
        painter.setBrush(accent)
        painter.drawRect(_middle(QRectF(box.left(), box.top(), theme.px(24), box.height()), theme.px(10)))

    return (Row(tr("camera, and where it looks"), camera),)


def signs_of_sites() -> tuple[Row, ...]:
    """The signs of key sites."""

    def sign(is_filled: bool) -> Sign:
        return lambda painter, box: diamond(painter, box.center(), theme.px(SITE) / 2, is_filled=is_filled)

    return Row(tr("key site"), sign(False)), Row(tr("key site, inspection overdue"), sign(True))


def signs_of_shading(shading: Shading) -> tuple[Row, ...]:
    """The classes of coloured grids, each with how many there are."""
    heads = {"open": tr("Open cases in a grid"), "overdue": tr("Overdue cases in a grid"), "cameras": tr("Cameras in a grid")}
    return (Row(heads[shading.what]), *(Row(_class_words(shade), _swatch(shade)) for shade in shading.shades))


def signs_of_heat(heat: Heat) -> tuple[Row, ...]:
    """The scale of the cloud."""

    def scale(painter: QPainter, box: QRectF) -> None:
        ramp = QLinearGradient(box.left(), 0, box.right(), 0)
        for share, *ink in STEPS:
            ramp.setColorAt(share, QColor(*ink))
        painter.fillRect(box.adjusted(0, theme.px(8), 0, -theme.px(8)), ramp)

    head = tr("Heat of events: {n} in {days} days", n=heat.total, days=heat.days)
    return Row(head), Row(tr("few → most in sight"), scale)


def _class_words(shade: Shade) -> str:
    if shade.most is None:
        return tr("{least} and more: {n} grids", least=shade.least, n=shade.grids)
    if shade.least == shade.most:
        return tr("{least}: {n} grids", least=shade.least, n=shade.grids)
    return tr("{least}–{most}: {n} grids", least=shade.least, most=shade.most, n=shade.grids)


def _swatch(shade: Shade) -> Sign:
    def paint(painter: QPainter, box: QRectF) -> None:
        patch = box.adjusted(theme.px(4), theme.px(6), -theme.px(4), -theme.px(6))
        painter.fillRect(patch, QColor(theme.tokens().panel))
        painter.fillRect(patch, shade.ink)
        painter.setPen(QPen(QColor(theme.tokens().edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(patch)

    return paint


def _crowd(sprites: Sprites) -> Sign:
    return lambda painter, box: _sprite(painter, box, sprites.pins("P3", 12, is_acked=True, ratio=1.0), 0.8)


def _pin(sprites: Sprites, priority: str, lamp: str, *, is_acked: bool = True) -> Sign:
    return lambda painter, box: _sprite(painter, box, sprites.pins(priority, 1, lamp, is_acked=is_acked, ratio=1.0), 0.8)


def _sprite(painter: QPainter, box: QRectF, picture: QPixmap, scale: float) -> None:
    side = theme.px(PIN) * scale
    size = picture.deviceIndependentSize()
    left, top = box.center().x() - side, box.center().y() - side
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRectF(left, top, size.width() * scale, size.height() * scale), picture, QRectF(picture.rect()))


def _middle(box: QRectF, side: float) -> QRectF:
    return QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
