"""A clip over the window: from its beginning, once, again by Space; Esc ends the look."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.service.clips import Clips
from console.ui.clips.view import ClipView
from console.video.pool import Pool
from tests.service.filming import Filming
from tests.video.clips import recording

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def view(stage, tmp_path):
    with Pool(workers=1) as pool:
        filming = Filming(stage.town, tmp_path)
        filming.film = recording(tmp_path / "short.mp4", range(40, 240, 10))
        clips = Clips(stage.town.desk, filming.files)
        clip = filming.kept(stage.town.report().case_id)
        stage.services = type(stage.services)(**(vars(stage.services) | {"clips": clips, "pool": pool}))
        window = QWidget()
        stage.qtbot.addWidget(window)
        window.resize(800, 600)
        made = ClipView(stage.seat(), clips, window)
        window.show()
        made.open(clips.open(stage.town.actor("duty"), clip.id, "复核车辆颜色"))
        yield made


def grey(view):
    return view._image.pixelColor(20, 20).red() if view._image is not None else 0


def test_it_plays_to_its_end_and_again(view, qtbot):
    qtbot.waitUntil(lambda: grey(view) > 200, timeout=20_000)
    qtbot.waitUntil(lambda: view.is_over, timeout=10_000)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not view.is_over
    qtbot.waitUntil(lambda: 0 < grey(view) < 150, timeout=20_000)


def test_it_is_put_away_with_its_window_s_lock(view, qtbot):
    qtbot.waitUntil(lambda: view._image is not None, timeout=20_000)
    view.shut()
    view.shut()
    assert view.footage is None
    assert view.isHidden()
