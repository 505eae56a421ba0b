"""The review belongs to the wall it was opened from, and shows what this console kept where no recorder has it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings
from sqlalchemy import select

from console.domain.camera import VideoAccess
from console.service.recordings import Recordings
from console.store import tables
from console.ui.review.joined import join_wall, review_desk
from console.ui.wall.panel import WallPanel
from console.video.pool import Pool


@pytest.fixture
def wall(town, seat, qtbot, tmp_path):
    seat.services = replace(seat.services, pool=Pool(workers=0), recordings=Recordings(town.desk, None))
    panel = WallPanel(seat)
    qtbot.addWidget(panel)
    desk = review_desk(seat, QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat), panel)
    join_wall(panel, desk)
    return panel, desk


def closed(town):
    with town.store.read() as unit:
        found = unit.records(VideoAccess, unit.rows(select(tables.video_access).where(tables.video_access.c.kind == "playback")))
    return [row.closed_at is not None for row in found]


def test_who_leaves_the_wall_leaves_the_review_and_its_looks_end(wall, footage, town, qtbot):
    panel, desk = wall
    desk.open(footage[:2])
    window = desk.window
    panel.leave()
    assert desk.window is None
    window.deck.join()
    qtbot.waitUntil(lambda: closed(town).count(True) == 2)


def test_without_recorder_leave_or_anything_kept_the_key_says_so(wall, seat, qtbot):
    panel, desk = wall
    said = []
    seat.said.connect(said.append)
    panel.case_wall.again(1, "案件周边摄像机", ())
    qtbot.waitUntil(lambda: len(said) == 2)
    assert desk.window is None
    assert "一分钟" in said[0]
