"""The lines that ask before a clip is looked at or held."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.ui.clips.lines import HoldLine, LookLine
from tests.make import START
from tests.ui.clips.rows import CLIP, ROW


@pytest.fixture
def heard():
    return []


def test_looking_asks_why_and_tells_it_is_noted(qtbot, heard):
    line = LookLine()
    qtbot.addWidget(line)
    line.asked.connect(lambda row, why: heard.append((row, why)))
    line.ask((ROW,))
    assert "C301" in line.title.text()
    assert "登记" in line.title.text()
    line.reason.setText("复核车辆颜色")
    line.done.click()
    assert heard == [((ROW,), "复核车辆颜色")]


def test_a_hold_is_proposed_for_ninety_days_and_lasts_to_the_end_of_its_day(qtbot, heard):
    line = HoldLine()
    qtbot.addWidget(line)
    line.held.connect(lambda row, why, until: heard.append((row, why, until)))
    line.ask(ROW, START)
    assert line.until.text() == "2027-02-21"
    assert line.lift.isHidden()
    line.reason.setText("法院调取，案件审理中")
    line.done.click()
    assert heard == [(ROW, "法院调取，案件审理中", datetime(2027, 2, 21, 15, 59, 59, tzinfo=UTC))]
    line.until.setText("明年")
    line.done.click()
    assert len(heard) == 1
    assert line.problem.text() == "日期请按 2026-11-23 的格式填写。"


def test_a_held_clip_may_be_let_go(qtbot, heard):
    line = HoldLine()
    qtbot.addWidget(line)
    line.lifted.connect(lambda row, why: heard.append((row, why)))
    row = replace(ROW, clip=replace(CLIP, hold_until=START + timedelta(days=3), hold_reason="法院调取，案件审理中"))
    line.ask(row, START)
    assert (line.until.text(), line.reason.text()) == ("2026-11-26", "法院调取，案件审理中")
    line.lift.click()
    assert heard == [(row, "法院调取，案件审理中")]
