"""Four real players at one playhead: together while playing, exact while standing, each alone when one dies."""

import os
import signal
import time
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer

from console.domain.footage import Footage
from console.ui.review.deck import Deck
from console.video.timeline import Timeline
from tests.ui.review.conftest import painted_s

ALL = range(4)


def stand(qtbot, deck, at_s):
    qtbot.waitUntil(lambda: all((now := painted_s(deck, n)) is not None and abs(now - at_s) < 0.02 for n in ALL), timeout=15_000)


def test_standing_all_cameras_show_the_very_same_picture(qtbot, deck):
    stand(qtbot, deck, 4.0)
    for at_s in (12.0, 6.04, 6.0):
        deck.go(at_s)
        stand(qtbot, deck, at_s)


def test_a_step_moves_all_by_one_picture(qtbot, deck):
    stand(qtbot, deck, 4.0)
    for count, at_s in ((1, 4.04), (1, 4.08), (-1, 4.04), (-1, 4.0)):
        deck.step(count, deck.reels[0])
        stand(qtbot, deck, at_s)


def test_playing_no_camera_is_a_fifth_of_a_second_off(qtbot, deck):
    stand(qtbot, deck, 4.0)
    deck.run(True)
    qtbot.waitUntil(lambda: deck.at_s > 7.0, timeout=15_000)
    worst = 0.0
    while deck.at_s < 12.0:
        shown = [painted_s(deck, n) for n in ALL]
        worst = max(worst, max(abs(one - deck.at_s) for one in shown))
        qtbot.waitUntil(lambda shown=shown: painted_s(deck, 0) != shown[0])
    assert worst <= 0.2


def test_one_that_falls_behind_is_sent_after_the_others(qtbot, deck):
    stand(qtbot, deck, 4.0)
    deck.run(True)
    qtbot.waitUntil(lambda: deck.at_s > 6.0, timeout=15_000)
    player, sent = deck.reels[1].player, []
    seek = player.seek
    player.seek = lambda at_s: (sent.append(at_s), seek(at_s))
    seek(1.0)  # two seconds behind
    qtbot.waitUntil(lambda: bool(sent), timeout=10_000)
    qtbot.waitUntil(lambda: abs(painted_s(deck, 1) - deck.at_s) < 0.2, timeout=10_000)
    assert sent[0] >= 4.0  # after the others: they were past six seconds of the line, on which this reel begins at two


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_a_player_that_dies_or_hangs_comes_back_to_the_others_and_the_screen_never_waits(qtbot, deck, fault):
    stand(qtbot, deck, 4.0)
    late, last = [], [time.monotonic()]

    def beat():
        now = time.monotonic()
        late.append(now - last[0] - 0.01)
        last[0] = now

    timer = QTimer(interval=10)
    timer.timeout.connect(beat)
    timer.start()
    deck.run(True)
    qtbot.waitUntil(lambda: deck.at_s > 5.0, timeout=10_000)
    before, began = deck.reels[2].player.process_id, time.monotonic()
    os.kill(before, fault)
    qtbot.waitUntil(lambda: deck.reels[2].player.process_id not in (before, 0), timeout=10_000)
    qtbot.waitUntil(lambda: deck.reels[2].playing.phase == "shown" and abs(painted_s(deck, 2) - deck.at_s) < 0.25, timeout=10_000)
    timer.stop()
    assert time.monotonic() - began < 10
    assert max(late) < 0.1
    assert all(deck.reels[n].playing.phase == "shown" for n in ALL)


def test_in_a_gap_a_camera_has_no_picture_and_the_others_go_on(qtbot, footage):
    third = footage[2]
    later = third.starts_at + timedelta(seconds=40)
    deck = Deck(Timeline.of((*footage, Footage(9, third.camera, third.address, later, later + timedelta(seconds=20)))), 21.0)
    qtbot.waitUntil(lambda: painted_s(deck, 2) is not None, timeout=15_000)
    assert [reel.piece is None for reel in deck.reels] == [True, False, False, True]
    deck.go(30.0)
    assert all(reel.piece is None for reel in deck.reels)
    deck.go(43.0)
    # The second piece holds the same file again: a second into it, the file's own first second.
    qtbot.waitUntil(lambda: painted_s(deck, 2) == pytest.approx(3.0, abs=0.02), timeout=15_000)
    deck.close()
    deck.join()


def test_the_marked_part_is_repeated(qtbot, deck):
    stand(qtbot, deck, 4.0)
    deck.mark(is_begin=True)
    deck.go(5.5)
    deck.mark(is_begin=False)
    deck.go(4.8)
    deck.run(True)
    qtbot.waitUntil(lambda: 4.0 <= deck.at_s < 4.6, timeout=5_000)
    qtbot.waitUntil(lambda: 3.9 < painted_s(deck, 0) < 5.0, timeout=5_000)


def test_a_wrong_address_is_a_fault_of_its_camera_alone(qtbot, footage):
    wrong = Footage(8, footage[0].camera, "rtsp://recorder/1", footage[0].starts_at, footage[0].ends_at)
    deck = Deck(Timeline.of((wrong, footage[1])), 4.0)
    qtbot.waitUntil(lambda: painted_s(deck, 1) is not None, timeout=15_000)
    assert [reel.fault for reel in deck.reels] == ["bad_address", ""]
    assert deck.frame(deck.reels[0]) is None
    deck.close()
    deck.join()


def test_at_the_end_of_the_line_the_last_picture_stays(qtbot, footage):
    deck = Deck(Timeline.of(footage[:1]), 1.0)
    deck.go(deck.timeline.length_s)
    qtbot.waitUntil(lambda: (painted_s(deck, 0) or 0) > 19.8, timeout=15_000)
    assert deck.reels[0].piece is footage[0]
    assert abs((deck.shown_at(deck.reels[0]) - footage[0].ends_at).total_seconds()) < 0.2
    deck.close()
    deck.join()
