"""The heart of the screen: pauses are measured, a long one is written down with all stacks."""

import threading

from console.ui.base.heart import Heart, Watchdog


def test_a_pause_of_the_screen_is_measured(qtbot):
    heart = Heart()
    qtbot.wait(50)
    heart.longest_ms()
    threading.Event().wait(0.2)
    qtbot.wait(30)
    assert 150 < heart.longest_ms() < 2000


def test_reading_the_longest_pause_starts_anew(qtbot):
    now = [0.0]
    heart = Heart(clock=lambda: now[0])
    now[0] = 0.5
    heart.beat()
    assert heart.longest_ms() == 500
    heart.beat()
    assert heart.longest_ms() == 0


def test_a_screen_that_does_not_answer_is_written_down_once(qtbot):
    heart, told = Heart(), []
    dog = Watchdog(heart, silent_s=0.2, told=told.append)
    dog.start()
    qtbot.wait(100)
    assert told == []
    threading.Event().wait(0.8)
    dog.stop()
    assert len(told) == 1
    assert "test_a_screen_that_does_not_answer" in told[0]


def test_a_screen_that_answers_is_left_alone(qtbot):
    heart, told = Heart(), []
    dog = Watchdog(heart, silent_s=0.3, told=told.append)
    dog.start()
    qtbot.wait(700)
    dog.stop()
    assert told == []
