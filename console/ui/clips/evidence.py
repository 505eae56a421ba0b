"""The clips of a case as its card lists them: first picture, camera, period, hash, who kept it, and what may be done with it."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.domain.clip import ClipRow
from console.domain.limits import CHINA
from console.service.retention import HOLDERS
from console.ui.base import draw, theme, veil
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import tr
from console.ui.case.reading import load_picture
from console.ui.clips.wording import about, in_full, length, span
from console.ui.seat import Seat
from console.video.timeline import MOST_CAMERAS

PICTURE_SIDE = 320


class _Picture(QWidget):
    """The first picture of a clip, or why there is none."""

    def __init__(self, seat: Seat, row: ClipRow) -> None:
        super().__init__()
        self.setFixedSize(theme.px(118), theme.px(68))
        self._picture = QPixmap()
        self._says = tr("Reading …")
        seat.work.ask(self, _first_picture, self._show, seat, row.clip.id, failed=self._fail)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the box with the middle of the picture, its length at the foot."""
        painter, shade = QPainter(self), theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.track))
        if veil.is_on() or self._picture.isNull():
            words = veil.HIDDEN if veil.is_on() else self._says
            draw.text(painter, self.rect().adjusted(4, 0, -4, 0), words, size=theme.SMALL, ink=shade.dim, centre=True)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.size().scaled(self._picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
        middle = QRect(0, 0, size.width(), size.height())
        middle.moveCenter(self._picture.rect().center())
        painter.drawPixmap(self.rect(), self._picture, middle)

    def _show(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self._says = tr("No picture")
        self.update()

    def _fail(self, _error: Exception) -> None:
        self._says = tr("No picture")
        self.update()


class ClipLine(QWidget):
    """One clip."""

    wished = Signal(str, object)  # look, export or hold; ClipRows, here this one

    def __init__(self, seat: Seat, row: ClipRow) -> None:
        """Make it for a clip as it stands."""
        super().__init__()
        self.row = row
        clip = row.clip
        self.what = PlainLabel(f"{row.camera.code}  {row.camera.name}", bold=True, elide=True)
        when = span(clip.starts_at, clip.ends_at, seat.services.clock.now())
        self.when = PlainLabel(tr("{span} · {length}", span=when, length=length(clip.seconds)), wrap=True)
        self.who = PlainLabel(about(clip), size=theme.SMALL, dim=True, wrap=True)
        self.who.is_private = True
        self.who.say_again()
        tip(self.who, in_full(clip))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(6))
        for action, words in self._acts(seat):
            buttons.addWidget(self._button(action, words))
        if clip.hold_until is not None and clip.hold_until > seat.services.clock.now():
            held = PlainLabel(tr("Held until {day}", day=f"{clip.hold_until.astimezone(CHINA):%Y-%m-%d}"), size=theme.SMALL)
            held.set_badge("amber")
            tip(held, tr("{who}: {why}", who=clip.held_by, why=clip.hold_reason))
            buttons.addWidget(held)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.px(1))
        for part in (self.what, self.when, self.who):
            column.addWidget(part)
        column.addLayout(buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.px(2), 0, theme.px(4))
        line.setSpacing(theme.px(10))
        line.addWidget(_Picture(seat, row), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    def _acts(self, seat: Seat) -> tuple[tuple[str, str], ...]:
        acts = [("look", tr("Look at it")), ("export", tr("Export …"))]
        return (*acts, ("hold", tr("Hold …"))) if seat.actor.holds_any(HOLDERS) else tuple(acts)

    def _button(self, action: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(label_text(words))
        button.setFont(theme.font(theme.SMALL))
        button.setAccessibleName(f"{words} {self.row.camera.code}")
        button.clicked.connect(lambda _=False: self.wished.emit(action, (self.row,)))
        return button


class Evidence(QWidget):
    """All clips of the case in hand; those that stay are not read again."""

    wished = Signal(str, object)  # what to do, with which ClipRows

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._seat = seat
        self.lines: list[ClipLine] = []
        self.title = PlainLabel(dim=True)
        self.side_by_side = QToolButton(self)
        self.side_by_side.setText(label_text(tr("Look at all together")))
        self.side_by_side.setFont(theme.font(theme.SMALL))
        self.side_by_side.clicked.connect(lambda _=False: self.wished.emit("look", shown_together(line.row for line in self.lines)))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.side_by_side)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._column.addLayout(head)
        self.hide()

    def show_clips(self, rows: tuple[ClipRow, ...]) -> None:
        """Show these clips, by the time they show."""
        if [line.row for line in self.lines] != list(rows):
            for line in self.lines:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self.lines = [ClipLine(self._seat, row) for row in rows]
            for line in self.lines:
                self._column.addWidget(line)
                line.wished.connect(self.wished)
            self.title.setText(tr("Clips kept as evidence: {n}", n=len(rows)))
            self.side_by_side.setVisible(len(rows) > 1)
        self.setVisible(bool(rows))

    def sizeHint(self) -> QSize:
        """As its column wants."""
        return self._column.sizeHint()


def shown_together(rows: Iterable[ClipRow]) -> tuple[ClipRow, ...]:
    """Those a review can show on one line: of the first nine cameras."""
    cameras: dict[int, None] = {}
    found = []
    for row in rows:
        if row.camera.id in cameras or len(cameras) < MOST_CAMERAS:
            cameras[row.camera.id] = None
            found.append(row)
    return tuple(found)


def _first_picture(seat: Seat, clip_id: int) -> QImage:  # in a reading thread
    assert seat.services.clips is not None
    return load_picture(seat.services.clips.picture(seat.actor, clip_id), PICTURE_SIDE)
