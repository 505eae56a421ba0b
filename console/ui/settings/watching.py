"""What of video deserves a question: a week's sample for the auditor (G27), cameras that lack what the law wants (G2-G4)."""

from datetime import timedelta

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.limits import CHINA
from console.domain.paging import Leaf
from console.domain.video_watch import AGAIN, MANY, NIGHT_FROM_H, NIGHT_TO_H, STORAGE_DAYS, WEEK, Lacking, Sampled
from console.service.administration import Administration
from console.service.video_watch import VideoWatch, week_of
from console.ui.base.chips import Chips
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.listing import Listing
from console.ui.settings.staff import StaffPage, button, moment
from console.ui.settings.table import Column


class SamplePage(StaffPage):
    """One kind of one week at a time, Monday to Sunday."""

    kinds = frozenset({"video"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, watch: VideoWatch, parent: QWidget | None = None) -> None:
        """Make the page, with the week that runs."""
        super().__init__(seat, admin, kept, parent)
        self._watch = watch
        self.week = week_of(seat.services.clock.now())
        self.chips = Chips(is_in_head=True)
        self.chips.show_chips((
            ("off_duty", tr("Off duty")), ("many", tr("More than {n} cameras in 10 min", n=MANY)),
            ("again", tr("One camera {n} times, no case", n=AGAIN)),
            ("night", tr("Taken out at night ({first}–{last} h)", first=NIGHT_FROM_H, last=NIGHT_TO_H)),
        ))  # fmt: skip
        self.when = PlainLabel(bold=True)
        self.listing: Listing[Sampled] = Listing(_sample_columns(), lambda row: (row.user_id, row.at, row.code), kept, "sample")
        top = QHBoxLayout()
        top.addWidget(self.chips)
        top.addStretch(1)
        for part in (button("‹", lambda: self._turn(-1)), self.when, button("›", lambda: self._turn(1))):
            top.addWidget(part)
        self.column.addLayout(top)
        self.column.addWidget(self.listing, 1)
        self.column.addWidget(self.message)
        self.listing.asked.connect(self.refresh)
        self.chips.chosen.connect(lambda _: self._begin())
        self.setFocusProxy(self.listing)

    def refresh(self) -> None:
        """Ask for the kind and week that are shown."""
        last = self.week + WEEK - timedelta(days=1)
        self.when.setText(f"{self.week.astimezone(CHINA):%Y-%m-%d} – {last.astimezone(CHINA):%m-%d}")
        self.ask(self._watch.sample, self._show, self.chips.current, self.week, self.listing.turn)

    def _turn(self, weeks: int) -> None:
        self.week += WEEK * weeks
        self._begin()

    def _begin(self) -> None:
        self.listing.begin()
        self.refresh()

    def _show(self, leaf: Leaf[Sampled]) -> None:
        self.listing.show_leaf(leaf, tr("Nothing of this kind in this week."))
        self.answered.emit()


class LackingPage(StaffPage):
    """Cameras of the register by what they lack."""

    kinds = frozenset({"camera"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, watch: VideoWatch, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._watch = watch
        self.chips = Chips(is_in_head=True)
        self.chips.show_chips((
            ("storage", tr("Kept less than {n} days", n=STORAGE_DAYS)), ("sign", tr("No sign after 30 days")),
            ("filing", tr("Not filed after 30 days")), ("guarded", tr("Indoors or private place")), ("unstated", tr("Nothing stated")),
        ))  # fmt: skip
        self.listing: Listing[Lacking] = Listing(_lacking_columns(), lambda row: row.camera.id, kept, "lacking")
        self.column.addWidget(self.chips)
        self.column.addWidget(self.listing, 1)
        self.column.addWidget(self.message)
        self.listing.asked.connect(self.refresh)
        self.chips.chosen.connect(lambda _: self._begin())
        self.setFocusProxy(self.listing)

    def refresh(self) -> None:
        """Ask for the kind that is shown."""
        self.ask(self._watch.lacking, self._show, self.chips.current, self.listing.turn)

    def _begin(self) -> None:
        self.listing.begin()
        self.refresh()

    def _show(self, leaf: Leaf[Lacking]) -> None:
        self.listing.show_leaf(leaf, tr("No camera of the area lacks this."))
        self.answered.emit()


def _sample_columns() -> tuple[Column[Sampled], ...]:
    return (
        Column(tr("When"), lambda row: moment(row.at), 160, "at"),
        Column(tr("Person"), lambda row: row.user or str(row.user_id), 130, "user"),
        Column(tr("Unit"), lambda row: row.unit or "—", 220, "unit"),
        Column(tr("How often"), lambda row: str(row.count), 110, "count", is_number=True),
        Column(tr("Camera"), lambda row: f"{row.code} {row.camera}".strip() or "—", 300, "camera"),
    )  # fmt: skip


def _lacking_columns() -> tuple[Column[Lacking], ...]:
    return (
        Column(tr("Number"), lambda row: row.camera.code, 100, "code"), Column(tr("Camera"), lambda row: row.camera.name, 220, "name"),
        Column(tr("Centre"), lambda row: row.centre, 200, "centre"),
        Column(tr("Days kept"), lambda row: _stated(row, "storage_days"), 110, is_number=True),
        Column(tr("Sign"), lambda row: {"yes": tr("yes"), "no": tr("no")}.get(_stated(row, "notice_sign"), "—"), 80),
        Column(tr("Filing number"), lambda row: _stated(row, "filing_no"), 230),
        Column(tr("Known since"), lambda row: _stated(row, "registered_on"), 120),
        Column(tr("Written basis"), lambda row: _stated(row, "basis"), 300),
        Column(tr("Approved by"), lambda row: _stated(row, "approved_by"), 120),
    )  # fmt: skip


def _stated(row: Lacking, name: str) -> str:
    value = row.stated.get(name)
    return "—" if value is None else str(value)
