"""The director is told of a red plate: a line when it is hung up, a list that waits until he has taken note."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt

from console.service.administration import Administration
from console.ui.inbox.told import PlatesTold
from console.ui.seat import Seat
from console.ui.settings.panel import AdminPanel
from console.ui.settings.plates import plate_pages

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def late(stage):
    """A critical report nobody has looked at for a day: its red plate hangs."""
    case_id = stage.town.report("0601").case_id
    stage.town.wait(86_400)
    stage.town.timers.round()
    return stage.town.case(case_id)


def seat_of(stage, login):
    return Seat(stage.town.actor(login), replace(stage.services, admin=Administration(stage.town.desk)), stage.work)


def page_of(stage, login="director"):
    seat = seat_of(stage, login)
    pages = plate_pages(seat, QSettings(str(stage.folder / "plates.ini"), QSettings.Format.IniFormat))
    panel = AdminPanel(stage.work, pages)
    stage.show(panel)
    stage.panel = panel
    return seat, pages[0][1]


def test_a_plate_waits_until_he_has_taken_note(stage, late, qtbot):
    seat, page = page_of(stage)
    stage.until(lambda: page.listing.table.cells.rows)
    assert [row.number for row in page.listing.table.cells.rows] == [late.number]
    qtbot.keyClick(page.listing.table, Qt.Key.Key_Return)
    assert seat.case_id == late.id

    page.submit()

    stage.until(lambda: not page.listing.table.cells.rows)
    assert page.listing.table.empty_text.startswith("没有待阅知的红牌")
    assert not page.take.isEnabled()


def test_a_line_tells_of_it_once(stage, late):
    seat = seat_of(stage, "director")
    said = []
    seat.said.connect(said.append)
    told = PlatesTold(seat)
    told.refresh()
    stage.until(lambda: said)
    told.refresh()
    stage.work.post(frozenset({"supervision"}))
    stage.until(lambda: told._waiting == 1)

    assert said == ["有 1 张红牌、黑牌待您阅知：Ctrl+7“挂牌阅知”。"]


def test_nobody_else_has_the_page(stage):
    assert plate_pages(seat_of(stage, "duty"), QSettings()) == ()
