"""The register of looks at video (handbook G1): who, from where, through what, why and with whose leave; by the page, and as CSV."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QWidget

from console.domain.limits import CHINA
from console.domain.paging import Leaf
from console.domain.video_watch import LOOK_KINDS, Look, LookFilter
from console.service.exports import Figures
from console.service.video_watch import VideoWatch, look_figures
from console.ui.base import theme
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.figures import FiguresPage
from console.ui.settings.listing import Listing
from console.ui.settings.staff import choice, line, moment
from console.ui.settings.table import Column

TYPED_MS = 300
DAYS = {"1": 1, "7": 7, "30": 30, "": 0}


class LooksPage(FiguresPage):
    """Every look of the area, filtered by kind, time and words."""

    kinds = frozenset({"video"})

    def __init__(self, seat: Seat, kept: QSettings, watch: VideoWatch, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, kept, parent)
        self._watch = watch
        self.kind = choice(tr("Kind of look"), (("", tr("Every kind")), *((kind, look_words(kind)) for kind in LOOK_KINDS)))
        self.days = choice(tr("Time"), (("", tr("Any time")), ("1", tr("Today")), ("7", tr("7 days")), ("30", tr("30 days"))))
        self.words = line(tr("Words"), hint=tr("Person, unit, camera, case or reason"))
        self.words.setMinimumWidth(theme.px(340))
        self.listing: Listing[Look] = Listing(self._columns(), lambda row: row.access.id, kept, "looks")
        self.listing.asked.connect(self.refresh)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._begin)
        self.words.textChanged.connect(lambda _: self._typed.start())
        for box in (self.kind, self.days):
            box.currentIndexChanged.connect(lambda _: self._begin())
        self.lay_out(self.listing, self.kind, self.days, self.words)

    def refresh(self) -> None:
        """Ask for the page that is shown."""
        self.ask(self._watch.looks, self._show, self._wanted(), self.listing.turn)

    def figures(self) -> Figures:
        """What is filtered, up to the newest 2,000."""
        return look_figures(self._wanted())

    def _wanted(self) -> LookFilter:
        days = DAYS[self.days.currentData()]
        today = datetime.combine(self.seat.services.clock.now().astimezone(CHINA), time(), CHINA)
        return LookFilter(self.kind.currentData(), self.words.text().strip(), today - timedelta(days=days - 1) if days else None)

    def _begin(self) -> None:
        self.listing.begin()
        self.refresh()

    def _show(self, leaf: Leaf[Look]) -> None:
        is_filtered = self._wanted() != LookFilter()
        empty = tr("No look fits. Take a filter away.") if is_filtered else tr("Nobody has looked through a camera yet.")
        self.listing.show_leaf(leaf, empty)
        self.summary.setText(tr("{n} looks", n=f"{leaf.total:,}"))
        self.answered.emit()

    def _columns(self) -> tuple[Column[Look], ...]:
        return (
            Column(tr("Began"), lambda row: moment(row.access.opened_at), 150, "at"),
            Column(tr("Ended"), lambda row: moment(row.access.closed_at)[11:] if row.access.closed_at else tr("not ended"), 80),
            Column(tr("Person"), lambda row: row.access.user_name, 90, "user"), Column(tr("Unit"), lambda row: row.unit, 160, "unit"),
            Column(tr("Seat"), lambda row: row.access.seat or "—", 55, "seat"),
            Column(tr("Camera"), lambda row: f"{row.code} {row.camera}", 170, "camera"),
            Column(tr("Kind"), lambda row: look_words(row.access.kind), 90, "kind"), Column(tr("Purpose"), self._purpose, 130, "purpose"),
            Column(tr("Reason"), lambda row: row.access.reason, 210, "reason"),
            Column(tr("Case"), lambda row: row.number or "—", 235, "case"),
            Column(tr("Leave by"), _leave, 90, "approver", ink=lambda row: "alarm" if row.access.decision == "broken" else ""),
            Column(tr("Recorded"), _recorded, 185), Column(tr("Leave until"), _until, 150),
        )  # fmt: skip

    def _purpose(self, row: Look) -> str:
        entry = self.seat.services.codes.video_purposes.get(row.access.purpose)
        return entry.named(language()) if entry is not None else row.access.purpose


def look_words(kind: str) -> str:
    """What a kind of look is called."""
    return {
        "live": tr("live"), "playback": tr("playback"), "export": tr("export"), "snapshot": tr("picture"), "PTZ": tr("turning"),
        "mark": tr("mark"),
    }.get(kind, kind)  # fmt: skip


def _leave(row: Look) -> str:
    return tr("Emergency") if row.access.decision == "broken" else row.access.approver or "—"


def _recorded(row: Look) -> str:
    first, last = row.access.period_from, row.access.period_to
    return f"{moment(first)[5:]} – {moment(last)[11:]}" if first is not None else "—"


def _until(row: Look) -> str:
    return moment(row.access.granted_to) if row.access.granted_to is not None else "—"
