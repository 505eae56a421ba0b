"""Layouts: kept for each set of monitors, forgotten on demand, never outside what can be seen."""

import pytest
from PySide6.QtCore import QByteArray, QRect, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.layouts import Layouts, clamp, clamp_window, fingerprint

LEFT, RIGHT = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1920, 1080)


@pytest.fixture
def ini(tmp_path):
    return str(tmp_path / "seat.ini")


def layouts(ini):
    return Layouts(QSettings(ini, QSettings.Format.IniFormat))


def test_what_was_kept_is_there_after_a_crash(ini):
    layouts(ini).keep("Duty", ("inbox", "map"), QByteArray(b"docks"))
    assert layouts(ini).state("Duty", ("map", "inbox")) == QByteArray(b"docks")


def test_a_new_panel_makes_the_old_arrangement_void(ini):
    kept = layouts(ini)
    kept.keep("Duty", ("inbox",), QByteArray(b"docks"))
    assert kept.state("Duty", ("inbox", "wall")).isEmpty()
    assert kept.state("Cases", ("inbox",)).isEmpty()


def test_the_window_comes_back_with_its_perspective(ini):
    layouts(ini).keep_window(QByteArray(b"there"), "Video")
    assert layouts(ini).geometry() == QByteArray(b"there")
    assert layouts(ini).perspective() == "Video"


def test_everything_can_be_forgotten(ini):
    kept = layouts(ini)
    kept.keep("Duty", ("inbox",), QByteArray(b"docks"))
    kept.keep_window(QByteArray(b"there"), "Video")
    kept.forget()
    assert kept.state("Duty", ("inbox",)).isEmpty()
    assert kept.geometry().isEmpty()
    assert kept.perspective() == ""


def test_other_monitors_have_another_fingerprint():
    assert fingerprint() == fingerprint(QApplication.screens())
    assert fingerprint([]) != fingerprint()


@pytest.mark.parametrize(
    ("box", "rooms", "wanted"),
    [
        (QRect(2200, 100, 800, 600), [LEFT, RIGHT], QRect(2200, 100, 800, 600)),
        (QRect(2200, 100, 800, 600), [LEFT], QRect(0, 0, 800, 600)),
        (QRect(1850, 100, 800, 600), [LEFT], QRect(0, 0, 800, 600)),
        (QRect(1800, 100, 800, 600), [LEFT], QRect(1800, 100, 800, 600)),
        (QRect(100, 1060, 800, 600), [LEFT], QRect(0, 0, 800, 600)),
        (QRect(5000, 0, 4000, 3000), [LEFT], LEFT),
    ],
)
def test_a_window_shows_at_least_80_by_40_px(box, rooms, wanted):
    assert clamp(box, rooms) == wanted


def test_a_window_left_on_a_monitor_that_is_gone_comes_back(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(9000, 9000, 400, 300)
    window.show()
    clamp_window(window)
    seen = window.frameGeometry().intersected(QApplication.primaryScreen().availableGeometry())
    assert seen.width() >= 80
    assert seen.height() >= 40
