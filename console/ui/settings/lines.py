"""How rows of code tables and changes look in a list: columns for the first, two lines and a state for the second."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from console.domain.code_change import ChangeRow
from console.domain.code_rows import parts_of
from console.domain.codes import Codes
from console.service.code_tables import TableRow
from console.ui.base import draw, theme
from console.ui.base.rows import RowLook
from console.ui.base.words import language, tr
from console.ui.settings.wording import differing_words, instant_words, part_words, row_words, state_words, value_words

EDGE, GAP, MARK = 14, 12, 76
WIDTHS = {"code": 52, "priority": 54, "limit": 88, "lead": 136, "short": 120}
_LIMITS = 118
_UNSHOWN = ("active",)  # what is out of use is dim and says so at its end


@dataclass(frozen=True)
class TableLine:
    """A row of a table as it is painted: its cells by column, what is on its way, whether it is in use."""

    cells: tuple[str, ...]
    mark: str
    is_coming: bool
    is_used: bool


def columns_of(table: str) -> tuple[tuple[str, int], ...]:
    """The columns of a table with their widths; 0 shares what is left."""
    if table == "stage_limits":
        return (("stage", 0), *((name, _LIMITS) for name in ("P1", "P2", "P3", "P4")))
    names = [part.name for part in parts_of(table) if part.name not in _UNSHOWN]
    return (("code", 104 if table == "reasons" else WIDTHS["code"]), *((name, WIDTHS.get(name, 0)) for name in names))


def boxes_of(table: str, area: QRect) -> tuple[QRect, ...]:
    """Where the cells of a line stand; columns that do not fit any more get no width."""
    columns = columns_of(table)
    left, room = area.left() + theme.px(EDGE), area.width() - theme.px(EDGE * 2 + MARK)
    gaps = theme.px(GAP) * len(columns)
    shared = [name for name, wide in columns if wide == 0]
    rest = max(theme.px(90) * len(shared), room - gaps - sum(theme.px(wide) for _, wide in columns))
    found = []
    for _, wide in columns:
        width = theme.px(wide) if wide else rest // len(shared)
        found.append(QRect(left, area.top(), max(0, min(width, area.left() + theme.px(EDGE) + room - left)), area.height()))
        left += width + theme.px(GAP)
    return tuple(found)


class TableHead(QWidget):
    """The names of the columns over a table."""

    def __init__(self, rows: QAbstractScrollArea, parent: QWidget | None = None) -> None:
        """Make it for no table yet; `rows` is the view below, whose scroll bar takes room from the columns."""
        super().__init__(parent)
        self._rows = rows
        self.table = ""
        self.setFixedHeight(theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names where the cells stand."""
        if not self.table:
            return
        painter = QPainter(self)
        shade = theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.head))
        names = {"code": tr("Code"), "stage": tr("Stage")}
        area = QRect(0, 0, self._rows.viewport().width(), self.height())
        for (name, _), box in zip(columns_of(self.table), boxes_of(self.table, area), strict=True):
            draw.text(painter, box, names.get(name) or part_words(name), size=theme.SMALL, ink=shade.dim)


class TablePainter:
    """Paints rows of a table as columns."""

    height = theme.LINE_ROW

    def __init__(self) -> None:
        """Make it for no table yet; set `table` and `codes` before rows are shown."""
        self.table = ""
        self.codes: Codes | None = None

    def face(self, row: TableRow) -> Hashable:
        """The row's cells and marks."""
        return self.table, self._line(row)

    def is_unacked(self, row: TableRow) -> bool:
        """Rows of tables never flash."""
        return False

    def spoken(self, row: TableRow) -> str:
        """The row as words."""
        line = self._line(row)
        return "\n".join(part for part in (" · ".join(cell for cell in line.cells if cell), line.mark) if part)

    def paint(self, painter: QPainter, box: QRect, row: TableRow, look: RowLook) -> None:
        """Paint the cells, and at the right what is special about the row."""
        line, shade = self._line(row), theme.tokens()
        for place, (cell, (name, _)) in enumerate(zip(boxes_of(self.table, box), columns_of(self.table), strict=True)):
            if cell.width() < theme.px(24):
                continue
            if name == "priority" and line.cells[place]:
                side = theme.px(24)
                spot = QRectF(cell.left() + theme.px(4), cell.center().y() - side / 2 + 0.5, side, side)
                draw.chip(painter, spot, str(self._values(row).get("priority", "")), is_chinese=language() == "zh_CN")
                continue
            ink = shade.dim if not line.is_used or name in ("code", "en") else shade.text
            draw.text(painter, cell, line.cells[place], ink=ink, bold=name in ("zh", "stage") and line.is_used)
        if line.mark:
            end = QRect(box.right() - theme.px(MARK + EDGE), box.top(), theme.px(MARK), box.height())
            _badge(painter, end, line.mark, is_coming=line.is_coming)

    def _values(self, row: TableRow) -> dict[str, object]:
        return dict(row.values or (row.waiting.after if row.waiting else row.ahead.after if row.ahead else {}))

    def _line(self, row: TableRow) -> TableLine:
        assert self.codes is not None
        values, parts = self._values(row), [part for part in parts_of(self.table) if part.name not in _UNSHOWN]
        is_used = bool(values.get("active", True))
        cells = [value_words(part, values.get(part.name, ""), self.codes) for part in parts]
        head = row_words(self.table, row.code, self.codes) if self.table == "stage_limits" else row.code
        mark = tr("waiting") if row.waiting else tr("coming") if row.ahead else tr("out of use") if not is_used else ""
        mark = mark or (tr("own rule") if row.is_own else "")
        return TableLine((head, *cells), mark, bool(row.waiting or row.ahead), is_used)


class ChangePainter:
    """Paints changes: what changes, by whom and from when, and how far it has come."""

    height = theme.ROW

    def __init__(self) -> None:
        """Make it; set `codes` before rows are shown."""
        self.codes: Codes | None = None

    def face(self, row: ChangeRow) -> Hashable:
        """The words of the change."""
        return self._words(row)

    def is_unacked(self, row: ChangeRow) -> bool:
        """Changes never flash: they wait for days, not for seconds."""
        return False

    def spoken(self, row: ChangeRow) -> str:
        """The change as words."""
        return "\n".join(self._words(row))

    def paint(self, painter: QPainter, box: QRect, row: ChangeRow, look: RowLook) -> None:
        """Paint two lines and the state."""
        title, below, state = self._words(row)
        shade, px = theme.tokens(), theme.px
        end = QRect(box.right() - px(170 + EDGE), box.top(), px(170), box.height())
        half, wide = box.height() // 2, end.left() - box.left() - px(EDGE * 2)
        draw.text(painter, QRect(box.left() + px(EDGE), box.top() + px(2), wide, half), title, bold=True)
        draw.text(painter, QRect(box.left() + px(EDGE), box.top() + half - px(1), wide, half), below, size=theme.SMALL, ink=shade.dim)
        _badge(painter, end, state, is_coming=row.change.state == "proposed")

    def _words(self, row: ChangeRow) -> tuple[str, str, str]:
        assert self.codes is not None
        change = row.change
        named = row_words(change.table_name, change.code, self.codes, change.after or change.before)
        title = tr("{row}: {what}", row=named, what=differing_words(change))
        below = tr("{who}, from {at}, {centre}", who=row.proposer, at=instant_words(change.effective_from), centre=row.centre)
        return title, below, state_words(change)


def _badge(painter: QPainter, box: QRect, words: str, *, is_coming: bool) -> None:
    """Words at the right end; what waits for a person stands on amber."""
    shade = theme.tokens()
    if not is_coming:
        draw.text(painter, box, words, size=theme.SMALL, ink=shade.dim, right=True)
        return
    face = theme.font(theme.SMALL, bold=True)
    painter.setFont(face)
    wide = min(box.width(), painter.fontMetrics().horizontalAdvance(words) + theme.px(14))
    high = min(theme.px(24), box.height() - 2)
    ground = QRect(box.right() - wide + 1, box.center().y() - high // 2, wide, high)
    painter.fillRect(ground, theme.colour(shade.amber))
    draw.text(painter, ground, words, size=theme.SMALL, bold=True, ink=shade.on_amber, centre=True)
