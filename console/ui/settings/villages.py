"""Cameras of every village of the area (SYS-19): those with fewer than six stand in red, sums stand above."""

from collections.abc import Callable

from PySide6.QtCore import QSettings, Slot
from PySide6.QtWidgets import QWidget

from console.domain.cover import LEAST, Cover
from console.service.exports import Figures
from console.service.figure_sheets import cover_figures
from console.ui.base.chips import Chips
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.figures import FiguresPage
from console.ui.settings.table import Column, Table

MOST = 6_000
ALL, SHORT, VILLAGES, SUMS = "all", "short", "villages", "sums"
_FILTERS: dict[str, Callable[[Cover], bool]] = {
    ALL: lambda row: True, SHORT: lambda row: row.lacking > 0, VILLAGES: lambda row: not row.is_sum, SUMS: lambda row: row.is_sum,
}  # fmt: skip


class VillagePage(FiguresPage):
    """The coverage report; a camera that comes changes its row at once."""

    kinds = frozenset({"camera"})

    def __init__(self, seat: Seat, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page of somebody who reads what centres own."""
        super().__init__(seat, kept, parent)
        self._rows: tuple[Cover, ...] = ()
        self.chips = Chips(is_in_head=True)
        self.chips.show_chips((
            (ALL, tr("All")), (SHORT, tr("Fewer than {n}", n=LEAST)), (VILLAGES, tr("Villages")), (SUMS, tr("Sums")),
        ))  # fmt: skip
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.table: Table[Cover] = Table(_columns(), lambda row: row.code, kept, "villages", most=MOST, first=lambda row: row.level)
        self.lay_out(self.table, self.chips)

    def refresh(self) -> None:
        """Count anew."""
        self.ask(self.seat.services.ask.areas.cover, self._show)

    def figures(self) -> Figures:
        """The whole area."""
        return cover_figures()

    @Slot(object)
    def _show(self, rows: tuple[Cover, ...]) -> None:
        self._rows = rows
        villages = [row for row in rows if not row.is_sum]
        short = sum(row.lacking > 0 for row in villages)
        cameras = max((row.cameras for row in rows), default=0)
        words = tr("{n} villages · {short} with fewer than {least} cameras · {cameras} cameras", n=len(villages), short=short, least=LEAST,
                   cameras=cameras)  # fmt: skip
        self.summary.setText(words if rows else "")
        self._show_rows()
        self.answered.emit()

    def _show_rows(self) -> None:
        fits = _FILTERS[self.chips.current]
        rows = tuple(row for row in self._rows if fits(row))
        self.table.empty_text = tr("Every village has {n} cameras or more.", n=LEAST) if self._rows else tr("No village in this area.")
        self.table.show_rows(rows)


def _columns() -> tuple[Column[Cover], ...]:
    return (
        Column(tr("Village or sum"), _name, 260, by=lambda row: row.name, ink=_ink, is_strong=_is_sum),
        Column(tr("Township"), lambda row: row.town, 200, by=lambda row: (row.county, row.town)),
        Column(tr("County"), lambda row: row.county, 140, by=lambda row: row.county),
        Column(tr("Cameras"), lambda row: str(row.cameras), 110, by=lambda row: row.cameras, ink=_ink, is_strong=_is_sum, is_number=True),
        Column(tr("Lacking"), lambda row: str(row.lacking or ""), 110, by=lambda row: row.lacking, ink=_ink, is_number=True),
        Column(tr("Villages"), lambda row: str(row.villages) if row.is_sum else "", 110, by=lambda row: row.villages, is_number=True),
        Column(tr("Fewer than {n}", n=LEAST), _short, 110, by=lambda row: row.short, is_number=True),
        Column(tr("Code"), lambda row: row.code, 150, by=lambda row: row.code),
    )  # fmt: skip


def _is_sum(row: Cover) -> bool:
    return row.is_sum


def _short(row: Cover) -> str:
    return str(row.short) if row.is_sum else ""


def _name(row: Cover) -> str:
    return tr("{name}, sum", name=row.name) if row.is_sum else row.name


def _ink(row: Cover) -> str:
    return "alarm" if row.lacking else ""
