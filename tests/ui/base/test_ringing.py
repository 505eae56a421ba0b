"""When the seat sounds (ux.md A1, A2, A7, S2): silence is not acknowledging, floods are one tone."""

import itertools

from console.ui.base.ringing import Ring, Ringing, escalation


def ring(ref, priority, since=0.0):
    return Ring(ref, priority, since)


def tones(ringing, start, end, step=0.25):
    """Every tone played between two moments, with its time."""
    heard, now = [], start
    while now <= end:
        tone = ringing.due(now)
        if tone:
            heard.append((now, tone))
        now += step
    return heard


def test_a_p1_repeats_every_two_seconds_until_acknowledged():
    ringing = Ringing()
    ringing.unacked((ring("31", "P1"),))
    assert [at for at, _ in tones(ringing, 0.0, 6.5)] == [0.0, 2.0, 4.0, 6.0]
    ringing.unacked(())
    assert tones(ringing, 7.0, 60.0) == []


def test_a_p2_sounds_once_and_again_after_a_minute():
    ringing = Ringing()
    ringing.unacked((ring("30", "P2"),))
    assert tones(ringing, 0.0, 61.0) == [(0.0, "p2"), (60.0, "p2")]


def test_work_items_never_sound():
    ringing = Ringing()
    ringing.unacked((ring("1", "P3"), ring("2", "P4")))
    assert tones(ringing, 0.0, 100.0) == []
    assert ringing.count(100.0) == 0


def test_silence_lasts_30_s_and_then_what_is_unacknowledged_sounds_again():
    for priority, tone in (("P1", "p1"), ("P2", "p2")):
        ringing = Ringing()
        ringing.unacked((ring("31", priority),))
        assert ringing.due(0.0) == tone
        ringing.silence(1.0)
        assert ringing.silent_s(11.0) == 20.0
        assert tones(ringing, 1.0, 30.75) == []
        assert ringing.due(31.0) == tone


def test_silence_acknowledges_nothing_and_what_arrives_in_it_sounds_after_it():
    ringing = Ringing()
    ringing.silence(0.0)
    ringing.unacked((ring("31", "P2"),))
    assert tones(ringing, 0.0, 29.75) == []
    assert ringing.due(30.0) == "p2"
    assert ringing.count(30.0) == 1


def test_repeats_are_not_counted_and_ten_minutes_later_nothing_is():
    ringing = Ringing()
    ringing.unacked((ring("31", "P1"), ring("32", "P2")))
    tones(ringing, 0.0, 60.0)
    assert ringing.count(60.0) == 2
    assert ringing.count(600.0) == 0


def test_in_a_flood_of_200_at_most_one_tone_sounds_in_five_seconds():
    ringing, rings, heard = Ringing(), [], []
    for number in range(200):
        rings.append(ring(str(number), "P2", number * 0.25))
        ringing.unacked(tuple(rings))
        if ringing.due(number * 0.25):
            heard.append(number * 0.25)
    after = [at for at in heard if at > 3.0]
    assert ringing.is_flood(50.0)
    assert all(later - earlier >= 5.0 for earlier, later in itertools.pairwise(after))


def test_in_a_flood_a_p1_still_sounds():
    ringing = Ringing()
    ringing.unacked(tuple(ring(str(n), "P2") for n in range(20)))
    ringing.due(0.0)
    ringing.unacked((*(ring(str(n), "P2") for n in range(20)), ring("top", "P1")))
    assert ringing.due(0.25) == "p1"


def test_a_fault_sounds_once_and_waits_for_a_p1():
    ringing = Ringing()
    ringing.once("fault")
    ringing.unacked((ring("31", "P1"),))
    assert ringing.due(0.0) == "p1"
    ringing.unacked(())
    assert ringing.due(0.5) == "fault"
    assert ringing.due(1.0) is None


def test_an_unacknowledged_p1_climbs_to_the_supervisor_and_the_hall():
    assert [escalation(age) for age in (0, 59.9, 60, 119.9, 120)] == [0, 0, 1, 1, 2]
