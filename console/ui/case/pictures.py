"""Photos of a case: small ones in the card, one large over the window; read and decoded away from the screen."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from console.ui.base import draw, theme, veil
from console.ui.base.icons import pixmap
from console.ui.base.text import tip
from console.ui.base.words import tr
from console.ui.case.reading import CaseQuestions
from console.ui.seat import Seat

SMALL_SIDE, LARGE_SIDE = 420, 2400


class Thumb(QAbstractButton):
    """One photo; says when it is being read and when it cannot be shown."""

    def __init__(self, seat: Seat, questions: CaseQuestions, sha256: str, parent: QWidget | None = None) -> None:
        """Make it and begin to read."""
        super().__init__(parent)
        self.sha256 = sha256
        self._picture = QPixmap()
        self._says = tr("Reading …")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Photo"))
        tip(self, tr("Enter or click: larger"))
        seat.work.ask(self, questions.picture, self._show, seat.actor, sha256, SMALL_SIDE, failed=self._fail)

    @property
    def is_shown(self) -> bool:
        """Whether the photo can be seen."""
        return not self._picture.isNull()

    def sizeHint(self) -> QSize:
        """A 16:9 box."""
        return QSize(theme.px(176), theme.px(104))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the box with the middle of the photo, or say why there is none."""
        painter = QPainter(self)
        shade = theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.track))
        if veil.is_on():
            draw.text(painter, self.rect(), veil.HIDDEN, size=theme.SMALL, ink=shade.dim, centre=True)
        elif self._picture.isNull():
            draw.text(painter, self.rect().adjusted(6, 0, -6, 0), self._says, size=theme.SMALL, ink=shade.dim, centre=True)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._picture, _middle(self._picture.size(), self.size()))
        if self.hasFocus():
            painter.setPen(theme.colour(shade.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _show(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self._says = tr("Not a readable photo")
        self.update()

    def _fail(self, _error: Exception) -> None:
        self._says = tr("The photo is missing")
        self.update()


class Thumbs(QWidget):
    """The photos of a case side by side; those that stay are not read again."""

    opened = Signal(str)  # the photo's name

    def __init__(self, seat: Seat, questions: CaseQuestions, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._seat, self._questions = seat, questions
        self.thumbs: dict[str, Thumb] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(theme.GUTTER))
        self.hide()

    def show_photos(self, names: tuple[str, ...]) -> None:
        """Show these photos."""
        names = tuple(dict.fromkeys(names))
        for name in [name for name in self.thumbs if name not in names]:
            gone = self.thumbs.pop(name)
            gone.hide()
            gone.deleteLater()
        columns = min(3, max(2, len(names)))
        for place, name in enumerate(names):
            thumb = self.thumbs.get(name)
            if thumb is None:
                thumb = self.thumbs[name] = Thumb(self._seat, self._questions, name, self)
                thumb.clicked.connect(self._open)
            thumb.setFixedHeight(theme.px(104 if columns == 2 else 76))
            self._grid.addWidget(thumb, place // columns, place % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.setVisible(bool(names))

    def _open(self) -> None:
        sender = self.sender()
        if isinstance(sender, Thumb):
            self.opened.emit(sender.sha256)


class LargeView(QWidget):
    """One photo over the whole window: Left and Right walk, Esc or a click goes back."""

    def __init__(self, seat: Seat, questions: CaseQuestions, window: QWidget) -> None:
        """Make it hidden over a window."""
        super().__init__(window)
        self._seat, self._questions = seat, questions
        self._names: tuple[str, ...] = ()
        self._place = 0
        self._picture = QPixmap()
        self._back: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.hide()

    def open(self, names: tuple[str, ...], name: str) -> None:
        """Show one of several photos."""
        self._names, self._place = names, names.index(name) if name in names else 0
        if not self.isVisible():
            self._back = self.window().focusWidget()
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk or go back."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._names:
            self._place = (self._place + steps[Qt.Key(event.key())]) % len(self._names)
            self._read()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere goes back."""
        self._close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew in the new size."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo in the middle of a dark ground, its number below."""
        painter = QPainter(self)
        shade = theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.strip))
        room = self.rect().adjusted(theme.px(24), theme.px(24), -theme.px(24), -theme.px(56))
        if veil.is_on():
            draw.text(painter, room, veil.HIDDEN, ink=shade.on_strip, centre=True)
        elif self._picture.isNull():
            mark = pixmap("image", "on_strip", 48)
            painter.drawPixmap(self.rect().center() - mark.rect().center(), mark)
        else:
            size = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(0, 0, min(size.width(), self._picture.width() * 2), min(size.height(), self._picture.height() * 2))
            box.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, self._picture)
        line = QRect(0, self.height() - theme.px(48), self.width(), theme.px(36))
        words = tr("Photo {n} of {all} · ← → · Esc back", n=self._place + 1, all=len(self._names))
        draw.text(painter, line, words, ink=shade.on_strip, centre=True)

    def _read(self) -> None:
        self._picture = QPixmap()
        self.update()
        if self._names:
            self._seat.work.ask(self, self._questions.picture, self._show, self._seat.actor, self._names[self._place], LARGE_SIDE)

    def _show(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self.update()

    def _close(self) -> None:
        self.hide()
        if self._back is not None:
            self._back.setFocus()
        self._back = None


def _middle(picture: QSize, box: QSize) -> QRect:
    """The largest part of a picture with the shape of a box, around its middle."""
    size = box.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    found = QRect(0, 0, size.width(), size.height())
    found.moveCenter(QRect(0, 0, picture.width(), picture.height()).center())
    return found
