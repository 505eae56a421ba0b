"""The two kinds of row the hall shows, and their painters: a line of the queue, a line of the board.

Painters take plain values; a panel says with a small function how its record becomes one.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from console.ui.base import draw, theme
from console.ui.base.words import language

Row = TypeVar("Row")
RowIn = TypeVar("RowIn", contravariant=True)


@dataclass(frozen=True)
class RowLook:
    """How a row stands at this moment: what its painter cannot know from the row."""

    is_selected: bool = False
    is_bright: bool = True  # the flash marker's phase; bright whenever nothing flashes
    is_gone: bool = False  # left the list, but may not move while the officer is here
    has_focus: bool = False


class RowPainter(Protocol[RowIn]):
    """Draws one kind of row; the delegate has already painted ground and hairline."""

    height: int

    def face(self, row: RowIn) -> Hashable:
        """What the row looks like now; as long as it stays the same, a picture of it may be shown again."""

    def paint(self, painter: QPainter, box: QRect, row: RowIn, look: RowLook) -> None:
        """Draw the row inside the box."""

    def is_unacked(self, row: RowIn) -> bool:
        """Whether the row's marker must flash."""

    def spoken(self, row: RowIn) -> str:
        """The row as one sentence, for screen readers and tests."""


@dataclass(frozen=True)
class Line:
    """What a line of the queue says: `◆ 14:21 井盖缺失 / 元村镇… 未接 0:58`.

    `lamp` is a CT-11 letter: Y shows the clock on amber, R and K on the
    alarm colour; the words of `clock` must say the same.
    """

    priority: str
    at: str
    title: str
    place: str
    state: str
    clock: str
    lamp: str = "G"
    is_unacked: bool = False


@dataclass(frozen=True)
class BarLine:
    """What a line of the board says: `031 住建 主 [未签收 02:10/05:00 ▓▓░] 剩 2:50`."""

    number: str
    who: str
    words: str
    share: float
    left: str
    lamp: str = "G"
    is_unacked: bool = False


Said = TypeVar("Said", Line, BarLine)


def clock(painter: QPainter, box: QRect, words: str, lamp: str, *, bold: bool = False) -> None:
    """Paint a time at the right of its box; due soon and past due stand on their colour."""
    shade = theme.tokens()
    ground, ink = {"Y": (shade.amber, shade.on_amber), "R": (shade.alarm, shade.on_alarm)}.get(
        "R" if lamp == "K" else lamp, ("", ""),
    )
    if not ground:
        draw.text(painter, box, words, bold=bold, right=True)
        return
    face = theme.font(theme.SMALL, bold=True)
    painter.setFont(face)
    wide = min(box.width(), painter.fontMetrics().horizontalAdvance(words) + theme.px(12))
    high = min(theme.px(24), box.height() - 2)
    badge = QRect(box.right() - wide + 1, box.center().y() - high // 2, wide, high)
    painter.fillRect(badge, theme.colour(ground))
    draw.text(painter, badge, words, size=theme.SMALL, bold=True, ink=ink, centre=True)


class _Told(Generic[Row, Said]):
    """A painter that is told in plain words what a record looks like."""

    def __init__(self, line: Callable[[Row], Said]) -> None:
        """Make the painter; `line` says what a record looks like."""
        self._line = line

    def face(self, row: Row) -> Hashable:
        """The words and marks of the row."""
        return self._line(row)

    def is_unacked(self, row: Row) -> bool:
        """Whether the row waits for somebody to take note."""
        return self._line(row).is_unacked


class LinePainter(_Told[Row, Line]):
    """Paints rows as lines of the queue."""

    height = theme.ROW

    def spoken(self, row: Row) -> str:
        """The line as words."""
        line = self._line(row)
        return f"{line.at} {line.title}\n{line.place}\n{line.state} {line.clock}"

    def paint(self, painter: QPainter, box: QRect, row: Row, look: RowLook) -> None:
        """Paint marker, chip, time, two lines, state and clock."""
        line, shade, px = self._line(row), theme.tokens(), theme.px
        bold = line.is_unacked
        if line.is_unacked and not look.is_gone:
            draw.marker(painter, QRectF(box.left(), box.top(), px(10), box.height()), is_bright=look.is_bright)
        side = px(26)
        chip = QRectF(box.left() + px(18), box.center().y() - side / 2 + 0.5, side, side)
        draw.chip(painter, chip, line.priority, is_chinese=language() == "zh_CN")
        left = box.left() + px(54)
        draw.text(painter, QRect(left, box.top(), px(50), box.height()), line.at, ink=shade.dim, bold=bold)
        right = self._paint_ends(painter, box, line)
        left += px(56)
        wide = right - left - px(10)
        half = box.height() // 2
        draw.text(painter, QRect(left, box.top() + px(2), wide, half), line.title, bold=True)
        low = QRect(left, box.top() + half - px(1), wide, half)
        draw.text(painter, low, line.place, size=theme.SMALL, ink=shade.dim, bold=bold)

    def _paint_ends(self, painter: QPainter, box: QRect, line: Line) -> int:
        """Paint state and clock side by side, in a narrow list one above the other; returns where they begin."""
        px, ink, bold = theme.px, theme.tokens().dim, line.is_unacked
        ends = QRect(box.right() - px(10) - px(92), box.top(), px(92), box.height())
        if box.width() >= px(460):
            clock(painter, ends, line.clock, line.lamp, bold=bold)
            wide = px(78 if language() == "zh_CN" else 118)
            state = QRect(ends.left() - wide - px(6), box.top(), wide, box.height())
            draw.text(painter, state, line.state, ink=ink, bold=bold)
            return state.left()
        half = box.height() // 2
        clock(painter, QRect(ends.left(), box.top() + px(2), ends.width(), half), line.clock, line.lamp, bold=bold)
        low = QRect(ends.left(), box.top() + half - px(1), ends.width(), half)
        draw.text(painter, low, line.state, size=theme.SMALL, ink=ink, bold=bold, right=True)
        return ends.left()


class BarPainter(_Told[Row, BarLine]):
    """Paints rows as lines of the board, with the used part of the limit as a bar."""

    height = theme.LINE_ROW

    def spoken(self, row: Row) -> str:
        """The line as words."""
        line = self._line(row)
        return f"{line.number} {line.who}\n{line.words}\n{line.left}"

    def paint(self, painter: QPainter, box: QRect, row: Row, look: RowLook) -> None:
        """Paint number, unit, words over the bar, time left."""
        line, px = self._line(row), theme.px
        if line.is_unacked and not look.is_gone:
            draw.marker(painter, QRectF(box.left(), box.top(), px(10), box.height()), is_bright=look.is_bright)
        left = box.left() + px(16)
        draw.text(painter, QRect(left, box.top(), px(42), box.height()), line.number, bold=True)
        left += px(46)
        who = min(px(150), max(px(76), box.width() * 6 // 25))
        draw.text(painter, QRect(left, box.top(), who - px(8), box.height()), line.who)
        left += who
        end = px(92)
        wide = box.right() - px(10) - end - left - px(10)
        draw.text(painter, QRect(left, box.top() + px(2), wide, px(22)), line.words, size=theme.SMALL)
        used = QRectF(left, box.top() + px(26), min(wide, px(220)), px(8))
        draw.bar(painter, used, line.share, line.lamp)
        clock(painter, QRect(box.right() - px(10) - end, box.top(), end, box.height()), line.left, line.lamp)
