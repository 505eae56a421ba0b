"""The strip: time, seat, link and sound can always be read, troubles stand on their colour."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from console.ui.strip import SeatWords, Strip

CST = timezone(timedelta(hours=8))
AT = datetime(2026, 11, 22, 14, 22, 7, tzinfo=CST)
SEAT = SeatWords("南乐县综治中心", "A2席", "值班员甲", "值班员乙", "白班 08–16")


@pytest.fixture
def strip(qtbot):
    made = Strip(SEAT, lambda: AT)
    qtbot.addWidget(made)
    made.resize(1900, 40)
    made.show()
    return made


def test_the_time_is_the_halls_time(strip):
    assert strip.clock.text() == "14:22:07"
    assert strip.date.text() == "2026-11-22 周日"


def test_the_clock_goes_on_by_itself(qtbot):
    start = datetime.now(UTC)
    strip = Strip(SEAT, lambda: datetime.now(UTC))
    qtbot.addWidget(strip)
    before = strip.clock.text()
    qtbot.waitUntil(lambda: strip.clock.text() != before, timeout=2500)
    assert datetime.now(UTC) - start < timedelta(seconds=2.5)


def test_seat_officer_leader_and_shift_are_named(strip):
    assert strip.seat.text() == "南乐县综治中心 · A2席 · 值班员甲 · 值班长 值班员乙 · 白班 08–16"


def test_a_lost_link_counts_up_on_amber(strip, look):
    strip.set_link(is_up=False, age_s=72.4)
    assert strip.link.text() == "与服务器断开 01:12，正在重连"
    assert strip.link._badge == "amber"
    strip.set_link(is_up=True, age_s=0.24)
    assert strip.link.text() == "已联网 0.2 秒"
    assert strip.link._badge == ""


def test_sound_has_three_states_and_no_sound_is_an_alarm(strip):
    strip.set_sound("usable", 0)
    assert strip.sound.text() == "声音可用"
    strip.set_sound("muted", 21)
    assert strip.sound.text() == "静音 21 秒"
    strip.set_sound("unavailable", 0)
    assert strip.sound.text() == "声音不可用"
    assert strip.sound.property("badge") == "alarm"


def test_the_count_turns_amber_over_5_and_red_over_10(strip):
    badges = []
    for count in (5, 6, 10, 11):
        strip.set_rate(count)
        badges.append(strip.rate._badge)
    assert badges == ["", "amber", "amber", "alarm"]
    assert strip.rate.text() == "10分钟提示 11/10"


def test_cameras_are_shown_once_there_are_some(strip):
    assert not strip.cameras.isVisible()
    strip.set_cameras(1982, 2004)
    assert strip.cameras.isVisible()
    assert strip.cameras.text() == "摄像机 1,982/2,004"


def test_a_narrow_strip_leaves_out_what_matters_least(strip):
    strip.set_cameras(1, 4)
    strip.resize(1000, 40)
    assert not strip.cameras.isVisible()
    assert strip.clock.isVisible()
    assert strip.sound.isVisible()
    assert strip.seat.width() > 100
    strip.resize(1900, 40)
    assert strip.cameras.isVisible()


def test_an_exercise_is_marked(strip):
    assert not strip.drill.isVisible()
    strip.set_drill(True)
    assert strip.drill.text() == "演练"
    assert strip.drill.isVisible()


def test_the_strip_changes_with_the_look(strip, look, qtbot):
    look.wear("night")
    assert strip.grab().toImage().pixelColor(3, 3).name().upper() == "#15181B"


def test_a_journal_that_was_tampered_with_stands_in_the_strip_until_it_is_not(strip):
    strip.set_journal("fine")
    assert not strip.journal.isVisible()
    strip.set_journal("unsealed")
    assert (strip.journal.text(), strip.journal._badge) == ("日志未封存", "amber")
    strip.set_journal("damaged")
    assert (strip.journal.text(), strip.journal._badge) == ("日志被改动", "alarm")
    assert strip.journal.isVisible()
    assert "console verify" in strip.journal.toolTip()
