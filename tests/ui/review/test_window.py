"""The review window by keyboard alone, over four real recordings."""

from datetime import datetime, timedelta

import pytest
from PIL import Image
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from console.domain.limits import CHINA
from console.ui.review.keys import KEYS
from console.ui.review.opening import Review
from console.ui.review.window import KEPT_SIZE, ReviewWindow, instant_of
from console.video.timeline import Timeline
from tests.footage import FPS, read_number

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(opened, footage, begin):
    return opened(Review(footage, at=begin + timedelta(seconds=4)))


def press(window, key, held=NONE):
    QTest.keyClick(window, key, held)


def seen_s(window, number):
    """The true second painted in a camera's place."""
    box = window.pictures.picture_box(number)
    grabbed = window.pictures.grab(box).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    size, pixels = (grabbed.width(), grabbed.height()), bytes(grabbed.constBits())
    return read_number(Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", grabbed.bytesPerLine(), 1)) / FPS


def stands_at(qtbot, window, at_s):
    qtbot.waitUntil(lambda: all(seen_s(window, n) == pytest.approx(at_s, abs=0.02) for n in range(4)), timeout=15_000)


def test_every_key_of_the_table_is_an_act_of_the_window(window):
    assert window._acts().keys() == {key.action for key in KEYS}


def test_the_slider_by_keys(qtbot, window):
    stands_at(qtbot, window, 4.0)
    press(window, Qt.Key.Key_Right)
    stands_at(qtbot, window, 14.0)
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Period)
    stands_at(qtbot, window, 4.04)
    press(window, Qt.Key.Key_Comma)
    press(window, Qt.Key.Key_Comma)
    stands_at(qtbot, window, 3.96)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: seen_s(window, 0) > 5.0, timeout=10_000)
    press(window, Qt.Key.Key_BracketRight)
    assert window.deck.playhead.rate == 2.0
    press(window, Qt.Key.Key_Space)
    # The picture of 40 ms that holds the moment 5 ms on, in whole milliseconds: there `video/vlc.py` seeks.
    qtbot.waitUntil(lambda: all(-0.0056 < window.deck.at_s - seen_s(window, n) < 0.0356 for n in range(4)), timeout=15_000)


def test_a_time_is_typed(qtbot, window, begin):
    wanted = (begin + timedelta(seconds=9)).astimezone(CHINA)
    press(window, Qt.Key.Key_T)
    QTest.keyClicks(window.foot.jump, f"{wanted:%H:%M:%S}")
    QTest.keyClick(window.foot.jump, Qt.Key.Key_Return)
    stands_at(qtbot, window, 9.0)
    press(window, Qt.Key.Key_T)
    QTest.keyClicks(window.foot.jump, "25:00:00")
    QTest.keyClick(window.foot.jump, Qt.Key.Key_Return)
    assert "25:00:00" in window.foot.says.text()
    assert window.deck.at_s == pytest.approx(9.0)
    QTest.keyClick(window.foot.jump, Qt.Key.Key_Escape)
    assert window.isVisible() and window.foot.jump.text() == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("23:59:30", "2026-03-01 23:59:30"), ("235930", "2026-03-01 23:59:30"), ("0:00", "2026-03-02 00:00:00"),
        ("00:01:10", "2026-03-02 00:01:10"), ("12:00", None), ("24:00:00", None), ("abc", None), ("", None), ("１２", None),
    ],
)  # fmt: skip
def test_a_clock_reading_is_found_in_the_line_also_past_midnight(text, told):
    begin = datetime(2026, 3, 1, 23, 59, tzinfo=CHINA)
    found = instant_of(text, Timeline((), begin, begin + timedelta(minutes=5)))
    assert (f"{found:%Y-%m-%d %H:%M:%S}" if found is not None else None) == told


def test_a_camera_is_chosen_enlarged_and_looked_into(qtbot, window):
    press(window, Qt.Key.Key_3)
    assert window.pictures.reel.track.camera.code == "C303"
    press(window, Qt.Key.Key_Return)
    assert [window.pictures.box(n) is not None for n in range(4)] == [False, False, True, False]
    press(window, Qt.Key.Key_Plus)
    assert window.pictures.zoom.factor == pytest.approx(1.25)
    before = window.pictures.zoom.x
    press(window, Qt.Key.Key_Right, SHIFT)
    assert window.pictures.zoom.x > before
    press(window, Qt.Key.Key_Escape)
    assert window.pictures.zoom is None
    press(window, Qt.Key.Key_Escape)
    assert not window.pictures.is_alone
    press(window, Qt.Key.Key_9)
    assert window.pictures.chosen == 2


def test_the_part_between_in_and_out_is_repeated_and_forgotten(window):
    press(window, Qt.Key.Key_I)
    window.deck.go(6.0)
    press(window, Qt.Key.Key_O)
    assert window.deck.playhead.part == (pytest.approx(4.0), pytest.approx(6.0))
    press(window, Qt.Key.Key_U)
    assert window.deck.playhead.part is None


def test_the_keys_stand_at_the_foot(window):
    said = window.foot.keys.text()
    assert "Space 播放" in said and "← 后退10秒" in said
    assert "Enter 放大此路、还原" in said


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F6])
def test_closing_ends_the_looks_and_the_players_and_keeps_the_size(qtbot, seat, footage, tmp_path, key):
    ended = []
    kept = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    ids = frozenset(piece.access_id for piece in footage)
    window = ReviewWindow(seat, Review(footage, ending=ids, close=lambda actor, which: ended.append((actor.name, which))), kept)
    qtbot.addWidget(window)
    window.play()
    window.resize(1000, 700)
    press(window, key)
    window.deck.join()
    qtbot.waitUntil(lambda: ended == [("值班员甲", tuple(sorted(ids)))])
    assert kept.value(KEPT_SIZE) == QSize(1000, 700)
    again = ReviewWindow(seat, Review(footage[:1]), kept)
    qtbot.addWidget(again)
    assert again.size() == QSize(1000, 700)
    again.close()
    again.deck.join()
