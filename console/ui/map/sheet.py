"""The map as a file: what is seen, with a head, its scale, date and officer; as a picture or as a page to print."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QRectF, Slot
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from console.domain.approval import ExportRecord
from console.domain.errors import ConsoleError
from console.domain.limits import CHINA
from console.ui.base import theme
from console.ui.base.text import one_line
from console.ui.base.words import refusal, tr
from console.ui.map.canvas import Canvas
from console.ui.map.view import scale_number
from console.ui.seat import Seat

MARGIN, HEAD, FOOT = 24, 44, 36  # of the design, in pixels
DOTS_AN_INCH, RIM_MM = 200, 8


@dataclass(frozen=True)
class Words:
    """What stands over and under the map."""

    head: str
    foot: str


def sheet(canvas: Canvas, words: Words) -> QImage:
    """What the canvas shows now with its words; light paper whatever the look."""
    picture = canvas.grab().toImage()
    ratio = picture.devicePixelRatio()
    wide, high = canvas.width() + 2 * theme.px(MARGIN), canvas.height() + theme.px(HEAD) + theme.px(FOOT)
    image = QImage(round(wide * ratio), round(high * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawImage(QRectF(theme.px(MARGIN), theme.px(HEAD), canvas.width(), canvas.height()), picture)
    painter.setPen(QColor("black"))
    painter.setFont(theme.font(theme.TITLE, bold=True))
    painter.drawText(QRectF(theme.px(MARGIN), 0, canvas.width(), theme.px(HEAD)), 0x0080, words.head)
    painter.setFont(theme.font(theme.SMALL))
    painter.drawText(QRectF(theme.px(MARGIN), high - theme.px(FOOT), canvas.width(), theme.px(FOOT)), 0x0080, words.foot)
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    """The bytes of a picture."""
    content = QByteArray()
    sink = QBuffer(content)
    sink.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(sink, "PNG")
    sink.close()
    return bytes(content.data())


def as_pdf(image: QImage, title: str) -> bytes:
    """The bytes of one A4 page across with the picture as large as it goes."""
    content = QByteArray()
    sink = QBuffer(content)
    sink.open(QIODevice.OpenModeFlag.WriteOnly)
    paper = QPdfWriter(sink)
    paper.setTitle(title)
    paper.setResolution(DOTS_AN_INCH)
    size, rim = QPageSize(QPageSize.PageSizeId.A4), QMarginsF(RIM_MM, RIM_MM, RIM_MM, RIM_MM)
    paper.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Landscape, rim, QPageLayout.Unit.Millimeter))
    painter = QPainter(paper)
    room = painter.viewport()
    scale = min(room.width() / image.width(), room.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    painter.drawImage(QRectF((room.width() - wide) / 2, 0, wide, high), image)
    painter.end()
    sink.close()
    return bytes(content.data())


class Sheets(QObject):
    """Saves what a canvas shows; where it lies is said in the message strip."""

    def __init__(self, seat: Seat, canvas: Canvas) -> None:
        """Serve one canvas."""
        super().__init__(canvas)
        self._seat, self._canvas = seat, canvas

    def save(self, ending: str, basemap: str) -> None:
        """Save the map as "png" or "pdf"; encoding and writing happen beside the screen."""
        words, cases = self._words(basemap), len(self._canvas.marks.pins)
        image = sheet(self._canvas, words)
        self._seat.said.emit(tr("Saving the map …"))
        self._seat.work.tell(self, self._keep, self._saved, self._refused, image, ending, words.head, cases)

    def _keep(self, image: QImage, ending: str, title: str, cases: int) -> tuple[ExportRecord, Path]:
        content = as_png(image) if ending == "png" else as_pdf(image, title)
        return self._seat.services.exports.map_sheet(self._seat.actor, content, tr("The map saved as a file"), cases)

    def _words(self, basemap: str) -> Words:
        now = self._seat.services.clock.now().astimezone(CHINA)
        scale = f"1:{scale_number(self._canvas.view):,}".replace(",", " ")
        facts = {"cases": len(self._canvas.marks.pins), "name": self._seat.actor.name, "seat": self._seat.actor.seat, "scale": scale}
        foot = tr("Schematic, {basemap} · {scale} · {cases} open cases · saved by {name}, seat {seat}", basemap=basemap, **facts)
        return Words(one_line(tr("Map of cases, {at}", at=now.strftime("%Y-%m-%d %H:%M")), 120), one_line(foot, 200))

    @Slot(object)
    def _saved(self, found: tuple[ExportRecord, Path]) -> None:
        self._seat.said.emit(tr("The map lies in {path}", path=str(found[1])))

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self._seat.said.emit(refusal(error))
        else:
            self._seat.work.failed.emit(error)
