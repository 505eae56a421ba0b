"""How a shift has patrolled: camera by camera what was planned, what was really seen, and why not."""

from PySide6.QtCore import QSettings, Slot
from PySide6.QtWidgets import QWidget

from console.domain.limits import CHINA
from console.domain.patrol import ENDED, GONE, MISSED, OFFLINE, SHOWN, SKIPPED, WAITING, PatrolLine, Shift
from console.service.exports import Figures
from console.service.figure_sheets import patrol_figures
from console.service.patrols import Patrols
from console.ui.base.chips import Chips
from console.ui.base.text import PlainLabel
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.figures import FiguresPage
from console.ui.settings.staff import button
from console.ui.settings.table import Column, Table

MOST = 3_000
ALL, NOT_SEEN, FOUND = "all", "missed", "found"


class PatrolPage(FiguresPage):
    """The coverage of a shift, the present one first."""

    kinds = frozenset({"patrol_run", "patrol_plan", "patrol_find"})

    def __init__(self, seat: Seat, patrols: Patrols, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page of a shift leader."""
        super().__init__(seat, kept, parent)
        self._patrols, self._back = patrols, 0
        self._shift = patrols.shift(seat.actor)
        self._lines: tuple[PatrolLine, ...] = ()
        self.shift = PlainLabel(bold=True)
        self.chips = Chips(is_in_head=True)
        self.chips.show_chips(((ALL, tr("All")), (NOT_SEEN, tr("Not seen")), (FOUND, tr("With reports"))))
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.table: Table[PatrolLine] = Table(
            _columns(), lambda line: (line.run_id, line.plan_id, line.place), kept, "patrols", most=MOST
        )  # fmt: skip
        before, after = button("←", lambda: self._turn(1)), button("→", lambda: self._turn(-1))
        before.setAccessibleName(tr("Shift before"))
        after.setAccessibleName(tr("Shift after"))
        self.lay_out(self.table, before, self.shift, after, self.chips)

    def refresh(self) -> None:
        """Ask what the shift has seen."""
        self._shift = self._patrols.shift(self.seat.actor, back=self._back)
        self.shift.setText(_shift_words(self._shift, self.seat))
        self.ask(self._patrols.coverage, self._show, self._shift)

    def figures(self) -> Figures:
        """The shift that is shown."""
        return patrol_figures(self._shift)

    def _turn(self, back: int) -> None:
        self._back = max(0, self._back + back)
        self.refresh()

    @Slot(object)
    def _show(self, lines: tuple[PatrolLine, ...]) -> None:
        self._lines = lines
        self.summary.setText(_summary(lines))
        self._show_rows()
        self.answered.emit()

    def _show_rows(self) -> None:
        only = self.chips.current
        rows = tuple(line for line in self._lines if only == ALL or (line.is_missed if only == NOT_SEEN else line.findings > 0))
        self.table.empty_text = tr("Nothing of this kind in this shift.") if self._lines else tr("No patrol was planned for this shift.")
        self.table.show_rows(rows)


def _columns() -> tuple[Column[PatrolLine], ...]:
    return (
        Column(tr("Patrol"), lambda line: line.plan, 170, by=lambda line: line.plan),
        Column(tr("Operator"), lambda line: line.operator or "—", 110, by=lambda line: line.operator),
        Column(tr("Began"), _began, 80, by=_began),
        Column(tr("Camera"), lambda line: line.code, 90, by=lambda line: line.code),
        Column(tr("Place"), lambda line: line.camera, 220, by=lambda line: line.camera),
        Column(tr("Planned s"), lambda line: str(line.planned_s), 100, by=lambda line: line.planned_s, is_number=True),
        Column(tr("Seen s"), lambda line: str(line.shown_s), 90, by=lambda line: line.shown_s, is_number=True),
        Column(tr("Reports"), lambda line: str(line.findings or ""), 90, by=lambda line: line.findings, is_number=True),
        Column(tr("Result"), _state_words, 110, by=lambda line: line.state, ink=_ink),
        Column(tr("Why not seen"), why_words, 240, by=why_words),
        Column(tr("Centre"), lambda line: line.centre, 180, by=lambda line: line.centre),
    )  # fmt: skip


def _began(line: PatrolLine) -> str:
    return f"{line.began_at.astimezone(CHINA):%H:%M}" if line.began_at is not None else "—"


def _ink(line: PatrolLine) -> str:
    return "alarm" if line.state == MISSED else ""


def _state_words(line: PatrolLine) -> str:
    return {SHOWN: tr("seen"), SKIPPED: tr("left out"), MISSED: tr("missed"), WAITING: tr("not yet")}[line.state]


def why_words(line: PatrolLine) -> str:
    """Why a camera was not seen: the words somebody gave, or those of the program."""
    if not line.run_id:
        return tr("nobody walked this patrol")
    known = {OFFLINE: tr("no live picture"), GONE: tr("camera gone or outside the area"), ENDED: tr("patrol ended early")}
    return known.get(line.why, line.why) if line.state != SHOWN else ""


def _shift_words(shift: Shift, seat: Seat) -> str:
    starts = shift.starts.astimezone(CHINA)
    return f"{starts:%m-%d} {seat.services.codes.shifts[shift.code].named(language())}"


def _summary(lines: tuple[PatrolLine, ...]) -> str:
    if not lines:
        return ""
    planned = sum(line.planned_s for line in lines)
    shown = sum(min(line.shown_ms, 1000 * line.planned_s) for line in lines) // 1000  # longer looks make up for no other camera
    return tr(
        "{share} % seen ({s} of {of} s) · {n} of {all} cameras not seen · {found} reports", share=100 * shown // planned, s=shown,
        of=planned, n=sum(line.is_missed for line in lines), all=len(lines), found=sum(line.findings for line in lines),
    )  # fmt: skip
