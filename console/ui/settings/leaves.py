"""Requests for recorded video that wait for a decision, and emergencies that wait for their review."""

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from console.domain.paging import Leaf
from console.domain.video_leave import BROKEN, PLAYBACK, PUBLISH, RESIDENT, VideoLeave
from console.domain.video_watch import LeaveRow
from console.service.administration import Administration
from console.service.video_leaves import VideoLeaves
from console.ui.base.text import PlainLabel
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.listing import Listing
from console.ui.settings.staff import StaffPage, button, moment
from console.ui.settings.table import Column


class LeavesPage(StaffPage):
    """What waits for this officer: requests above all, each with what it is for; its buttons fit the chosen one."""

    kinds = frozenset({"video_leave"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, leaves: VideoLeaves, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(seat, admin, kept, parent)
        self._leaves = leaves
        self.listing: Listing[LeaveRow] = Listing(self._columns(), lambda row: row.leave.id, kept, "video_leaves")
        self.grant = button(tr("Grant"), lambda: self._decide(leaves.grant), is_primary=True)
        self.refuse = button(tr("Refuse"), lambda: self._decide(leaves.refuse))
        self.fit = button(tr("It was right"), lambda: self._review("fit"), is_primary=True)
        self.unfit = button(tr("It was not right"), lambda: self._review("unfit"))
        for part in (self.unfit, self.fit, self.refuse, self.grant):
            self.listing.line.addWidget(part)
        self.in_full = PlainLabel(wrap=True, selectable=True)
        self.column.addWidget(self.listing, 1)
        self.column.addWidget(self.in_full)
        self.column.addWidget(self.message)
        self.listing.asked.connect(self.refresh)
        self.listing.table.picked.connect(lambda _: self._show_state())
        self.setFocusProxy(self.listing)
        self._show_state()

    def refresh(self) -> None:
        """Ask for what waits."""
        self.ask(self._leaves.waiting, self._show, self.listing.turn)

    def _columns(self) -> tuple[Column[LeaveRow], ...]:
        return (
            Column(tr("Asked at"), lambda row: moment(row.leave.asked_at), 150, "at"),
            Column(tr("What"), lambda row: kind_words(row.leave), 150, "kind", ink=_ink),
            Column(tr("Asked by"), lambda row: row.leave.asker, 100, "asker"), Column(tr("Unit"), lambda row: row.unit, 170, "unit"),
            Column(tr("Cameras"), lambda row: tr(", ").join(row.cameras), 240), Column(tr("Period"), lambda row: period(row.leave), 200),
            Column(tr("Purpose"), self._purpose, 140, "purpose"), Column(tr("Case"), lambda row: row.number or "—", 240, "case"),
            Column(tr("Reason"), lambda row: _reason(row.leave), 280),
            Column(tr("Review until"), lambda row: moment(row.leave.review_due) if row.leave.review_due else "", 150, "until", ink=_ink),
        )  # fmt: skip

    def _show(self, leaf: Leaf[LeaveRow]) -> None:
        self.listing.show_leaf(leaf, tr("Nobody waits for a decision on recordings."))
        if leaf.rows and self.listing.table.current is None:
            self.listing.table.choose(leaf.rows[0].leave.id)
        self._show_state()
        self.answered.emit()

    def _decide(self, verdict: Callable[..., VideoLeave]) -> None:
        row = self.listing.table.current
        if row is not None:
            self.act(verdict, self._decided, row.leave.id, row.leave.version)

    def _review(self, verdict: str) -> None:
        row = self.listing.table.current
        if row is not None:
            self.act(self._leaves.review, self._reviewed, row.leave.id, row.leave.version, verdict)

    def _decided(self, leave: VideoLeave) -> None:
        self.refresh()
        until = moment(leave.valid_until)
        self.say(tr("Granted to {name} until {time}.", name=leave.asker, time=until) if leave.valid_until else tr("Refused."), is_good=True)

    def _reviewed(self, leave: VideoLeave) -> None:
        self.refresh()
        self.say(tr("Reviewed. {name} may play recordings again, with leave.", name=leave.asker), is_good=True)

    def _show_state(self) -> None:
        row = self.listing.table.current
        is_broken = row is not None and row.leave.state == BROKEN
        self.in_full.setText(_in_full(row) if row is not None else "")
        self.in_full.setVisible(row is not None)
        for part in (self.grant, self.refuse):
            part.setVisible(not is_broken)
            part.setEnabled(row is not None)
        for part in (self.fit, self.unfit):
            part.setVisible(is_broken)

    def _purpose(self, row: LeaveRow) -> str:
        entry = self.seat.services.codes.video_purposes.get(row.leave.purpose)
        return f"{row.leave.purpose} {entry.named(language())}" if entry is not None else row.leave.purpose


def kind_words(leave: VideoLeave) -> str:
    """What is asked for, or was taken."""
    if leave.state == BROKEN:
        return tr("Emergency: right suspended") if leave.suspended_at is not None else tr("Emergency playback")
    if leave.kind == PUBLISH:
        return tr("Publication, covered")
    return tr("Playback") if leave.kind == PLAYBACK else tr("Export")


def relation_words(relation: str) -> str:
    """For whom a resident asks."""
    return {"self": tr("for oneself"), "relative": tr("for a relative"), "guardian": tr("for a ward")}.get(relation, relation)


def period(leave: VideoLeave) -> str:
    """From when to when, the day once where it is the same."""
    first, last = moment(leave.starts_at), moment(leave.ends_at)
    return f"{first[5:]} – {last[11:] if first[:10] == last[:10] else last[5:]}"


def _in_full(row: LeaveRow) -> str:
    """What a row has no room for: every camera, the whole reason."""
    cameras, reason = tr(", ").join(row.cameras), _reason(row.leave)
    return tr("{name} ({unit}): {reason}. Cameras: {cameras}", name=row.leave.asker, unit=row.unit, reason=reason, cameras=cameras)


def _reason(leave: VideoLeave) -> str:
    more = relation_words(leave.relation) if leave.purpose == RESIDENT else leave.letter
    return f"{leave.reason} ({more})" if more else leave.reason


def _ink(row: LeaveRow) -> str:
    return "alarm" if row.leave.state == BROKEN else ""
