"""Holds, deletions and exports on the screen: who sees them, empty and full, sorted, turned, and acts with their refusals."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from sqlalchemy import insert

from console.domain.approval import ExportRecord
from console.domain.people import Actor
from console.domain.retention import DeletionReport
from console.service.administration import Administration
from console.service.retention import Holds
from console.store import tables
from console.ui.seat import Seat
from console.ui.settings.oversight_pages import oversight_pages
from console.ui.settings.panel import AdminPanel
from tests.make import START

pytest_plugins = ("tests.ui.stage",)
AUDITOR = Actor(91, "审计员", 1, 2, "/1/2/", frozenset({"R19"}), "A2", "person", "auditor", level=3)
NIGHTS_EMPTY = "还没有删除记录。每天凌晨两点开始删除到期内容。"
WHY = "法院调取案卷，(2026)民初12号"


class Watch:
    """The three pages of somebody, shown."""

    def __init__(self, stage) -> None:
        self.stage, self.town = stage, stage.town
        self.services = replace(stage.services, admin=Administration(stage.town.desk), holds=Holds(stage.town.desk))

    def pages(self, actor):
        kept = QSettings(str(self.stage.folder / "over.ini"), QSettings.Format.IniFormat)
        self.seat = Seat(actor, self.services, self.stage.work)
        return oversight_pages(self.seat, kept)

    def open(self, actor, at):
        found = self.pages(actor)
        self.panel = AdminPanel(self.stage.work, found)
        self.stage.show(self.panel)
        self.panel.resize(1500, 900)
        page = found[at][1]
        answers = []
        page.answered.connect(lambda: answers.append(1))
        self.panel.show_page(page)
        self.stage.until(lambda: page.isVisible() and answers)
        return page

    def hold(self):
        receipt = self.town.report()
        case = self.town.case(receipt.case_id)
        return self.services.holds.place(self.town.actor("director"), case.id, case.version, WHY, START.replace(year=2027))


@pytest.fixture
def watch(stage):
    return Watch(stage)


def cells(table, column=0):
    return [table.cells.data(table.cells.index(row, column)) for row in range(table.cells.rowCount())]


@pytest.mark.parametrize(("actor", "count"), [("director", 3), ("duty", 0), ("viewer", 0)])
def test_who_watches_over_personal_data_has_three_pages(watch, actor, count):
    assert len(watch.pages(watch.town.actor(actor))) == count
    assert len(watch.pages(AUDITOR)) == 3


def test_the_director_lifts_a_hold_with_a_reason(watch):
    case = watch.hold()
    page = watch.open(watch.town.actor("director"), 0)
    assert cells(page.listing.table) == [case.number]
    assert cells(page.listing.table, 2) == [WHY]
    page.listing.table.choose(page.listing.table.cells.rows[0].hold.id)

    page.submit()
    watch.stage.until(lambda: not page.message.isHidden())
    assert "6" in page.message.text()  # a reason has at least six letters
    page.reason.setText("法院已退回案卷")
    page.submit()

    watch.stage.until(lambda: not page.listing.table.cells.rows)
    assert watch.town.case(case.id).retention_class == "B"
    assert page.listing.table.empty_text.startswith("没有暂缓删除的案件")


def test_a_hold_leads_to_its_case(watch):
    case = watch.hold()
    page = watch.open(watch.town.actor("director"), 0)
    page.listing.table.choose(page.listing.table.cells.rows[0].hold.id)
    page.listing.table.opened.emit(page.listing.table.current)
    assert watch.seat.case_id == case.id


def test_an_auditor_reads_and_cannot_lift(watch):
    watch.hold()
    page = watch.open(AUDITOR, 0)
    assert len(page.listing.table.cells.rows) == 1
    assert page.lift.isHidden()
    assert page.reason.isHidden()
    page.show_case()
    assert watch.seat.case_id == 0


def test_no_night_is_said_so(watch):
    page = watch.open(AUDITOR, 1)
    assert page.nights.table.empty_text == NIGHTS_EMPTY
    assert page.nights.back.isHidden()


def test_the_newest_night_is_open_and_ten_thousand_things_turn_by_the_page(watch, qtbot):
    number = watch.town.case(watch.town.report().case_id).number
    with watch.town.store.write() as unit:
        first = unit.add(tables.deletion_report, DeletionReport(0, "2026-11-22", START, START, 1, 2, 3))
        unit.add(tables.deletion_report, DeletionReport(0, "2026-11-23", START))
        rows = [{"report_id": first.id, "kind": "report", "ref": n, "number": number, "sha256": f"{n:064d}"} for n in range(10_000)]
        unit.run(insert(tables.deletion_item), rows)
    page = watch.open(AUDITOR, 1)
    watch.stage.until(lambda: page.items.table.empty_text == "这一夜没有到期内容。")
    assert cells(page.nights.table) == ["2026-11-23", "2026-11-22"]
    assert cells(page.nights.table, 4)[0] == "未结束"

    qtbot.keyClick(page.nights.table, Qt.Key.Key_Down)
    watch.stage.until(lambda: cells(page.items.table, 2)[:1] == ["9999"])
    assert page.items.count.text() == "1–200，共 10000"
    qtbot.keyClick(page.items.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    watch.stage.until(lambda: cells(page.items.table, 2)[:1] == ["9799"])
    qtbot.keyClick(page.items.table, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)  # by hash, from the first page
    watch.stage.until(lambda: cells(page.items.table, 2)[:1] == ["0"])
    page.items.table.sort_by(3)
    watch.stage.until(lambda: cells(page.items.table, 2)[:1] == ["9999"])


def test_the_director_decides_on_requests_of_others_only(watch):
    exports = watch.services.exports
    exports.ask(watch.town.actor("duty"), "月度调度会材料")
    exports.ask(watch.town.actor("director"), "主任自己的申请")
    page = watch.open(watch.town.actor("director"), 2)
    watch.stage.until(lambda: len(page.waiting.table.cells.rows) == 2)
    assert not page.grant.isEnabled()
    own, other = page.waiting.table.cells.rows

    page.waiting.table.choose(own.approval.id)
    page.grant.click()
    watch.stage.until(lambda: not page.message.isHidden())
    assert len(page.waiting.table.cells.rows) == 2
    page.waiting.table.choose(other.approval.id)
    page.grant.click()

    watch.stage.until(lambda: len(page.waiting.table.cells.rows) == 1)
    watch.stage.until(lambda: page.message.text() == "已批准。")
    assert exports.leave(watch.town.actor("duty")) is not None


def test_the_log_is_sorted_by_its_heads(watch):
    with watch.town.store.write() as unit:
        for rows, who in ((5, "甲"), (9, "乙"), (1, "丙")):
            record = ExportRecord(0, "queue", rows, rows != 9, "月度调度会材料", who, None, "0" * 64, 1, "值班员甲", "A1", START)
            unit.add(tables.export_log, record)
    page = watch.open(AUDITOR, 2)
    assert cells(page.log.table, 3) == ["1", "9", "5"]
    assert cells(page.log.table, 4) == ["已脱敏", "未脱敏", "已脱敏"]
    assert page.grant.isHidden()
    page.log.table.sort_by(3)
    watch.stage.until(lambda: cells(page.log.table, 3) == ["1", "5", "9"])
    page.log.table.sort_by(7)  # the hash sorts nothing, and the order stays
    assert cells(page.log.table, 3) == ["1", "5", "9"]
