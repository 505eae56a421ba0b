"""The view of rows: it keeps selection and place, and never moves a row under a finger.

While the pointer or the focus is inside, rows change where they stand and new ones wait
behind a button, because a row that moves under a finger is a wrong dispatch.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QToolTip,
    QWidget,
)

from console.ui.base import draw, theme, veil
from console.ui.base.flash import Flash
from console.ui.base.rows import RowLook, RowPainter
from console.ui.base.rowsmodel import Row, RowsModel
from console.ui.base.text import label_text, tip_text
from console.ui.base.words import language, tr

PICTURES = 240  # kept of rows, each some 100 KB: a screenful, its flashing twin, and the seconds just gone


class RowDelegate(QStyledItemDelegate):
    """Paints ground, hairline and focus of a row and leaves the rest to the row's painter.

    Rows keep their look for seconds while the list around them is repainted
    many times a second, so a picture of each is kept and shown again
    (painting a row anew costs about forty times as much).
    """

    def __init__(self, painter: RowPainter[Row], model: RowsModel[Row], flash: Flash, parent: QObject) -> None:
        """Make the delegate of one view."""
        super().__init__(parent)
        self._painter = painter
        self._model = model
        self._flash = flash
        self._pictures: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row of a view is equally high."""
        return QSize(theme.px(120), theme.px(self._painter.height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row = self._model.data(index)
        if row is None:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        bright = self._flash.is_bright or not self._painter.is_unacked(row)
        look = RowLook(selected, bright, self._model.is_gone(index.row()), focused)
        box = QRect(option.rect)
        painter.drawPixmap(box.topLeft(), self._picture(row, look, box.size(), painter.device().devicePixelRatioF()))

    def _picture(self, row: Row, look: RowLook, size: QSize, ratio: float) -> QPixmap:
        dress = (theme.tokens().name, theme.px(100), language(), veil.version())
        key = (self._painter.face(row), look, size.width(), size.height(), ratio, dress)
        kept = self._pictures.get(key)
        if kept is not None:
            self._pictures.move_to_end(key)
            return kept
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        painter = QPainter(made)
        self._draw(painter, QRect(QPoint(0, 0), size), row, look)
        painter.end()
        self._pictures[key] = made
        if len(self._pictures) > PICTURES:
            self._pictures.popitem(last=False)
        return made

    def _draw(self, painter: QPainter, box: QRect, row: Row, look: RowLook) -> None:
        shade = theme.tokens()
        painter.fillRect(box, theme.colour(shade.selected if look.is_selected else shade.panel))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour(shade.line))
        painter.save()
        if look.is_gone:
            painter.setOpacity(0.45)
        self._painter.paint(painter, box.adjusted(0, 0, 0, -1), row, look)
        painter.restore()
        if look.has_focus:
            painter.setPen(theme.colour(shade.accent))
            painter.drawRect(box.adjusted(0, 0, -1, -2))


class RowsView(QListView, Generic[Row]):
    """A list of rows that keeps selection and place, and lets news wait while the officer is in it."""

    picked = Signal(object)  # the selected row, or None
    opened = Signal(object)  # Enter or double click on a row

    def __init__(
        self, model: RowsModel[Row], painter: RowPainter[Row], flash: Flash | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the view; pass the seat's one `Flash` so that all markers beat together.

        Put `news` (the button "↑ 3 new") into the panel's head: `head.add_right(view.news)`.
        """
        super().__init__(parent)
        self.empty_text = ""
        self._rows = model
        self._painter = painter
        self._flash = flash or Flash(self)
        self._anchor: tuple[Hashable | None, int] = (None, 0)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(painter, model, self._flash, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.news = QToolButton(self)
        self.news.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.news.setProperty("quiet", True)
        self.news.hide()
        self.news.clicked.connect(model.settle)
        model.waiting.connect(self._show_waiting)
        self.selectionModel().currentChanged.connect(self._tell_picked)
        self.activated.connect(self._tell_opened)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; the selected one stays selected and what is looked at stays in its place."""
        top = self.indexAt(QPoint(2, 2))
        scrolled = self.verticalScrollBar().value() > 0 and top.isValid()
        anchor = (self._rows.key_at(top.row()), self.visualRect(top).top()) if scrolled else None
        self._rows.is_held = self._is_occupied()
        self._rows.show(rows)
        if not rows:
            self.viewport().update()  # nothing moved, but the words for nothing may be others
        if anchor is not None:
            self._keep(*anchor)
        unacked = [n for n, row in enumerate(self._rows.rows) if self._painter.is_unacked(row)]
        self._flash.watch(self.viewport(), sum(1 for place in unacked if not self._rows.is_gone(place)))

    def select(self, key: Hashable) -> bool:
        """Select a row by its key without taking the focus; false if it is not here.

        A row that is waiting behind the button is let in first: the officer asked for it.
        """
        place = self._rows.row_of(key)
        if place < 0:
            self._rows.settle()
            place = self._rows.row_of(key)
        if place < 0:
            return False
        index = self._rows.index(place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    @property
    def current(self) -> Row | None:
        """The selected row, or None."""
        index = self.currentIndex()
        return self._rows.data(index) if index.isValid() else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say in words that there are none."""
        super().paintEvent(event)
        if not self._rows.rows and self.empty_text:
            painter = QPainter(self.viewport())
            box = self.viewport().rect().adjusted(theme.px(16), theme.px(12), -theme.px(16), 0)
            box.setHeight(theme.px(theme.ROW))
            draw.text(painter, box, self.empty_text, ink=theme.tokens().dim)
        elif self._rows.left_out and self._rows.rows:
            self._paint_left_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home lets waiting rows in before it goes to the top; Enter opens the row."""
        if event.key() == Qt.Key.Key_Home:
            self._rows.settle()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving by keyboard lets waiting rows in."""
        super().focusOutEvent(event)
        QTimer.singleShot(0, self, self._release)

    def leaveEvent(self, event: QEvent) -> None:
        """Leaving with the pointer lets waiting rows in."""
        super().leaveEvent(event)
        QTimer.singleShot(0, self, self._release)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a row says in full where it had to be cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            spoken = self._painter.spoken(self._rows.data(index)) if index.isValid() else ""
            QToolTip.showText(event.globalPos(), tip_text(spoken), self)
            return True
        return super().viewportEvent(event)

    def _is_occupied(self) -> bool:
        return self.isVisible() and (self.hasFocus() or self.underMouse())

    def _release(self) -> None:
        if not self._is_occupied():
            self._rows.hold(False)

    def _keep(self, key: Hashable | None, top: int) -> None:
        place = self._rows.row_of(key)
        if place >= 0:
            self.doItemsLayout()
            moved = self.visualRect(self._rows.index(place)).top() - top
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def _show_waiting(self, count: int, is_waiting: bool) -> None:
        words = tr("↑ {n} new", n=count) if count else tr("↑ order changed")
        self.news.setText(label_text(words))
        self.news.setVisible(is_waiting)

    def _paint_left_out(self) -> None:
        last = self.visualRect(self._rows.index(len(self._rows.rows) - 1))
        box = QRect(last.left(), last.bottom() + 1, last.width(), theme.px(theme.ROW)).adjusted(theme.px(16), 0, 0, 0)
        painter = QPainter(self.viewport())
        draw.text(painter, box, tr("{n} more rows: narrow the filter", n=self._rows.left_out), ink=theme.tokens().dim)

    def _tell_picked(self, index: QModelIndex) -> None:
        self.picked.emit(self._rows.data(index) if index.isValid() else None)

    def _tell_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.data(index))
