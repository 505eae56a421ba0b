"""Units by centre: a tree that asks for a branch when it is opened, the units of the chosen centre, and the form of one."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from console.domain.people import OrgUnit
from console.domain.place import Centre
from console.service.administration import Administration, UnitRow
from console.service.units import KINDS, NewUnit
from console.ui.base import theme
from console.ui.base.words import language, tr
from console.ui.seat import Seat
from console.ui.settings.proposal import Proposal
from console.ui.settings.staff import StaffPage, button, choice, form, line, named, side_by_side
from console.ui.settings.table import Column, Table

VILLAGE = 5


class UnitsPage(StaffPage):
    """Centres left, their units in the middle, the chosen unit right."""

    kinds = frozenset({"unit", "user"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page; it begins at the officer's own centre."""
        super().__init__(seat, admin, kept, parent)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(tr("Centres"))
        columns: tuple[Column[UnitRow], ...] = (
            Column(tr("Unit code"), lambda row: row.unit.code, 150), Column(tr("Unit name"), lambda row: row.unit.name, 230),
            Column(tr("Kind"), lambda row: kind_words(row.unit.kind), 100), Column(tr("Duty phone"), lambda row: row.unit.duty_phone, 120),
            Column(tr("People"), lambda row: str(row.people), 60),
            Column(tr("State"), lambda row: tr("closed") if row.unit.closed else tr("open"), 60),
        )  # fmt: skip
        self.table: Table[UnitRow] = Table(columns, lambda row: row.unit.id, kept, "units")
        self.code, self.name = line(tr("Unit code"), longest=24), line(tr("Unit name"))
        self.phone = line(tr("Duty phone"), longest=30)
        self.kind = choice(tr("Kind"), tuple((kind, kind_words(kind)) for kind in KINDS))
        departments = tuple((code, f"{code} {one.named(language())}") for code, one in seat.services.codes.departments.items())
        self.department = choice(tr("Department"), (("", "—"), *departments))
        self.proposal = Proposal()
        self.middle = QStackedWidget()
        for part in (self.table, self.proposal):
            self.middle.addWidget(part)
        self._row: UnitRow | None = None
        self._centre = seat.actor.centre_id
        self._lay_out()
        self.tree.itemExpanded.connect(self._open_branch)
        self.tree.currentItemChanged.connect(self._choose_centre)
        self.table.picked.connect(self._pick)
        self.proposal.wanted.connect(lambda units: self.act(self.admin.departments.add, self._made, self._centre, units))
        self.proposal.left.connect(self._leave_proposal)
        self._pick(None)

    def refresh(self) -> None:
        """Ask for the units of the chosen centre, and once for the top of the tree."""
        if self.tree.topLevelItemCount() == 0:
            self.ask(self.admin.centres, self._show_top)
        self.ask(self.admin.offices, self._show, self._centre)

    def new(self) -> None:
        """An empty form for a new unit of the chosen centre."""
        self.table.forget()
        self._pick(None)
        self.code.setFocus()

    def save(self) -> None:
        """Write the form."""
        if self._row is None:
            kind, department = str(self.kind.currentData()), str(self.department.currentData())
            unit = NewUnit(self.code.text().strip(), self.name.text(), kind, self.phone.text().strip(), department)
            self.act(self.admin.units.add, self._saved, self._centre, unit)
        else:
            unit_id, version = self._row.unit.id, self._row.unit.version
            self.act(self.admin.units.change, self._saved, unit_id, version, self.name.text(), self.phone.text().strip())

    def submit(self) -> bool:
        """Ctrl+Enter saves the form."""
        if self.middle.currentWidget() is self.proposal:
            self.proposal.submit()
        elif self.may("units"):
            self.save()
        return self.may("units")

    def _close(self) -> None:
        if self._row is not None:
            unit = self._row.unit
            self.act(self.admin.units.set_closed, self._saved, unit.id, unit.version, not unit.closed)

    def propose(self) -> None:
        """Show the departments the chosen centre does not have yet, to be struck out, renamed and made."""
        self.act(self.admin.departments.proposed, self._show_proposal, self._centre)

    def _show_proposal(self, units: tuple[NewUnit, ...]) -> None:
        if not units:
            self.say(tr("There is nothing to propose: the centre has every department, or is not of a county or city."))
            return
        self.proposal.show_units(units)
        self.middle.setCurrentWidget(self.proposal)
        self.proposal.setFocus()

    def _made(self, units: tuple[OrgUnit, ...]) -> None:
        self._leave_proposal()
        self.refresh()
        self.say(tr("{n} departments are made.", n=len(units)), is_good=True)

    def _leave_proposal(self) -> None:
        self.middle.setCurrentWidget(self.table)
        self.table.setFocus()

    def _saved(self, unit: OrgUnit) -> None:
        self.refresh()
        self.say(tr("{name}: saved.", name=unit.name), is_good=True)

    def _show(self, rows: tuple[UnitRow, ...]) -> None:
        self.table.empty_text = tr("This centre has no unit yet. Add one with “New”, or all departments at once.")
        self.table.show_rows(rows)
        self.answered.emit()

    def _show_top(self, centres: tuple[Centre, ...]) -> None:
        if self.tree.topLevelItemCount() == 0:
            for centre in centres:
                item = self._item(centre)
                self.tree.addTopLevelItem(item)
                item.setExpanded(True)
                self.tree.setCurrentItem(item)

    def _item(self, centre: Centre) -> QTreeWidgetItem:
        item = QTreeWidgetItem([centre.name])
        item.setData(0, 0x0100, centre.id)
        shown = QTreeWidgetItem.ChildIndicatorPolicy
        item.setChildIndicatorPolicy(shown.ShowIndicator if centre.level < VILLAGE else shown.DontShowIndicator)
        return item

    def _open_branch(self, item: QTreeWidgetItem) -> None:
        if item.childCount() == 0:
            parent_id = int(item.data(0, 0x0100))
            self.seat.work.tell(self, self.admin.centres, self._grow, self._refuse, self.seat.actor, parent_id)

    def _grow(self, centres: tuple[Centre, ...]) -> None:
        parent = self._find(centres[0].parent_id) if centres else None
        if parent is not None and parent.childCount() == 0:
            parent.addChildren([self._item(centre) for centre in centres])

    def _find(self, centre_id: int | None) -> QTreeWidgetItem | None:
        waiting = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None and item.data(0, 0x0100) == centre_id:
                return item
            if item is not None:
                waiting += [item.child(at) for at in range(item.childCount())]
        return None

    def _choose_centre(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and int(item.data(0, 0x0100)) != self._centre:
            self._centre = int(item.data(0, 0x0100))
            self.middle.setCurrentWidget(self.table)
            self.table.forget()
            self.ask(self.admin.offices, self._show, self._centre)

    def _pick(self, row: UnitRow | None) -> None:
        before, self._row = self._row, row
        if row is None or before is None or (row.unit.id, row.unit.version) != (before.unit.id, before.unit.version):
            unit = row.unit if row is not None else None
            self.code.setText(unit.code if unit else "")
            self.name.setText(unit.name if unit else "")
            self.phone.setText(unit.duty_phone if unit else "")
            if unit is not None:
                self.kind.setCurrentIndex(max(0, self.kind.findData(unit.kind)))
                self.department.setCurrentIndex(max(0, self.department.findData(unit.department)))
        for field in (self.kind, self.department):
            field.setEnabled(row is None)
        self.code.setReadOnly(row is not None)
        for act in self.acts.values():
            act.setVisible(self.may("units"))
        self.acts["close"].setVisible(self.may("units") and row is not None and not row.unit.closed)
        self.acts["open"].setVisible(self.may("units") and row is not None and row.unit.closed)

    def _lay_out(self) -> None:
        self.acts = {
            "save": button(tr("Save"), self.save, is_primary=True), "new": button(tr("New"), self.new),
            "propose": button(tr("Departments …"), self.propose),
            "close": button(tr("Close the unit"), self._close), "open": button(tr("Open it again"), self._close),
        }  # fmt: skip
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.px(8), 0, 0, 0)
        fields = form()
        for words, field in (
            (tr("Unit code"), self.code), (tr("Unit name"), self.name), (tr("Kind"), self.kind), (tr("Department"), self.department),
            (tr("Duty phone"), self.phone),
        ):  # fmt: skip
            fields.addRow(named(words), field)
        column.addLayout(fields)
        column.addWidget(self.message)
        row = QHBoxLayout()
        for act in self.acts.values():
            row.addWidget(act)
        column.addLayout(row)
        column.addStretch(1)
        self.column.addWidget(side_by_side(self.kept, "units", (self.tree, 4), (self.middle, 11), (side, 6)), 1)
        self.setFocusProxy(self.tree)


def kind_words(kind: str) -> str:
    """What a kind of unit is called."""
    return {
        "centre": tr("centre"), "department": tr("department"), "town": tr("town government"), "village": tr("village"),
        "grid_office": tr("grid office"), "party": tr("party branch"), "property": tr("property company"), "team": tr("volunteer team"),
        "mediation": tr("mediation committee"),
    }.get(kind, kind)  # fmt: skip
