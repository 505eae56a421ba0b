"""Saving between two marks of the player: one clip for each camera, how far it is, and nothing left of what was called off."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.service.clips import Clips
from console.ui.clips.saver import SaveLine
from tests.service.filming import Filming
from tests.video.odd_cameras import OddCamera, over_http, transport_stream

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def filming(stage, tmp_path):
    return Filming(stage.town, tmp_path)


@pytest.fixture
def said():
    return []


@pytest.fixture
def line(stage, filming, said):
    seat = stage.seat()
    seat.said.connect(said.append)
    made = SaveLine(seat, Clips(stage.town.desk, filming.files))
    stage.qtbot.addWidget(made)
    return made


def test_between_in_and_out_goes_into_the_case(line, stage, filming, said, qtbot):
    case_id = stage.town.report().case_id
    footage = filming.footage(case_id)
    line.ask((footage,), footage.starts_at + timedelta(seconds=2), footage.starts_at + timedelta(seconds=6), case_id)
    assert line.title.text() == "将 C301 的 4秒存为证据：11-23 09:30:02 – 09:30:06"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.progress.is_running
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said == [f"C301 的 4 秒片段已存入案件 {stage.town.case(case_id).number}"]
    assert line.isHidden()
    assert len(filming.clips.of_case(stage.town.actor("duty"), case_id)) == 1


def test_one_that_cannot_be_cut_does_not_keep_the_others(line, stage, filming, said, qtbot):
    case_id = stage.town.report().case_id
    footage = filming.footage(case_id)
    gone = type(footage)(footage.access_id, footage.camera, str(filming.folder / "none.mp4"), footage.starts_at, footage.ends_at)
    line.ask((gone, footage), footage.starts_at, footage.ends_at, case_id)
    line.done.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "录像已不在原处" in line.problem.text()
    assert len(filming.clips.of_case(stage.town.actor("duty"), case_id)) == 1
    assert line.done.isEnabled()


def test_called_off_nothing_is_left(line, stage, filming, said, qtbot):
    case_id = stage.town.report().case_id
    footage = filming.footage(case_id)
    with OddCamera(over_http(transport_stream(range(60, 160)))) as platform:
        address = f"http://127.0.0.1:{platform.port}/playback.ts"
        endless = type(footage)(footage.access_id, footage.camera, address, footage.starts_at, footage.starts_at + timedelta(minutes=9))
        line.ask((endless, footage), endless.starts_at, endless.ends_at, case_id)
        line.done.click()
        qtbot.waitUntil(lambda: platform.visits > 0, timeout=20_000)
        QTest.keyClick(line, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "已取消" in line.problem.text()
    assert filming.clips.of_case(stage.town.actor("duty"), case_id) == ()
    assert filming.left() == set()


def test_without_a_case_or_pictures_it_says_so(line, stage, filming, said):
    case_id = stage.town.report().case_id
    footage = filming.footage(case_id)
    line.ask((footage,), footage.starts_at, footage.ends_at, 0)
    line.ask((footage,), footage.ends_at, footage.ends_at + timedelta(seconds=9), case_id)
    assert said == ["请先选定案件", "起止标记之间没有画面"]
    assert line.isHidden()
