"""How a case of an area is painted as a line of a list: priority, when, what and where, how far it has come, how far away."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from console.domain.case import OPEN_STATES
from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.domain.vicinity import CaseHere
from console.ui.base import draw, theme
from console.ui.base.rows import RowLook
from console.ui.base.words import language, tr
from console.ui.map.ruler import length_words
from console.ui.wording import title_of

TAIL = 6  # digits of a number that people say


class CaseRows:
    """Paints rows of `CaseHere`; an ended case is dim, so that an open one among old ones is seen at once."""

    height = theme.ROW

    def __init__(self, codes: Callable[[], Codes]) -> None:
        """Make the painter; `codes` gives the tables of the seat as they are now."""
        self._codes = codes

    def face(self, row: CaseHere) -> Hashable:
        """The words and marks of the row."""
        return row, language()

    def is_unacked(self, row: CaseHere) -> bool:
        """Nothing in this list waits for anybody."""
        return False

    def spoken(self, row: CaseHere) -> str:
        """The line as words."""
        parts = (self._when(row), self._title(row), row.address, self.state(row), self.reach(row), row.number)
        return "\n".join(part for part in parts if part)

    def state(self, row: CaseHere) -> str:
        """How far a case has come, in words (CT-08)."""
        entry = self._codes().statuses.get(row.state)
        return entry.named(language()) if entry is not None else row.state

    def reach(self, row: CaseHere) -> str:
        """How far away it lies, in words; empty in an outline."""
        return "" if row.distance_m is None else length_words(row.distance_m)

    def paint(self, painter: QPainter, box: QRect, row: CaseHere, look: RowLook) -> None:
        """Paint chip, day and time, two lines, state and distance over the end of the number."""
        shade, px = theme.tokens(), theme.px
        is_open, half = row.state in OPEN_STATES, box.height() // 2
        side = px(26)
        chip = QRectF(box.left() + px(10), box.center().y() - side / 2 + 0.5, side, side)
        draw.chip(painter, chip, row.priority, is_chinese=language() == "zh_CN")
        ends = QRect(box.right() - px(10) - px(84), box.top(), px(84), box.height())
        high, low = box.top() + px(2), box.top() + half - px(1)
        first, second = QRect(ends.left(), high, ends.width(), half), QRect(ends.left(), low, ends.width(), half)
        draw.text(painter, first if self.reach(row) else ends, row.number[-TAIL:], size=theme.SMALL, ink=shade.dim, right=True)
        draw.text(painter, second, self.reach(row), size=theme.SMALL, right=True)
        wide = px(84 if language() == "zh_CN" else 124)
        state = QRect(ends.left() - wide - px(6), box.top(), wide, box.height())
        draw.text(painter, state, self.state(row), bold=is_open, ink=shade.text if is_open else shade.dim)
        at = row.reported_at.astimezone(CHINA)
        left = box.left() + px(46)
        draw.text(painter, QRect(left, high, px(92), half), f"{at:%Y-%m-%d}", size=theme.SMALL, ink=shade.dim)
        draw.text(painter, QRect(left, low, px(92), half), f"{at:%H:%M}", size=theme.SMALL, ink=shade.dim)
        left += px(96)
        room = state.left() - left - px(10)
        title = QRect(left, high, room, half)
        draw.text(painter, title, self._title(row), bold=is_open, ink=shade.text if is_open else shade.dim)
        draw.text(painter, QRect(left, low, room, half), row.address, size=theme.SMALL, ink=shade.dim)

    def _title(self, row: CaseHere) -> str:
        return title_of(row.title, row.category, self._codes())

    def _when(self, row: CaseHere) -> str:
        at = row.reported_at.astimezone(CHINA)
        return tr("{day} {time}", day=f"{at:%Y-%m-%d}", time=f"{at:%H:%M}")
