"""Buckets: how often, how soon again, and how much memory."""

import pytest

from console.gateway import throttle
from console.gateway.refusals import Bounced
from console.gateway.throttle import Throttle


class Hand:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def tries(bucket: Throttle, name: str, count: int) -> int:
    """How many of `count` tries at once pass."""
    passed = 0
    for _ in range(count):
        try:
            bucket.take(name)
        except Bounced:
            break
        passed += 1
    return passed


def test_a_burst_passes_and_the_next_try_waits_for_its_time():
    hand = Hand()
    bucket = Throttle(burst=5, every_s=240, clock=hand)
    assert tries(bucket, "grid001", 9) == 5
    with pytest.raises(Bounced) as refused:
        bucket.take("grid001")
    assert (refused.value.status, refused.value.facts["wait_s"]) == (429, 240)
    hand.at += 240
    assert tries(bucket, "grid001", 9) == 1


def test_at_most_twenty_guesses_pass_in_an_hour():
    hand = Hand()
    bucket = Throttle(burst=5, every_s=240, clock=hand)
    passed = 0
    for _ in range(3600):
        passed += tries(bucket, "duty", 1)
        hand.at += 1
    assert passed <= 20


def test_a_good_try_does_not_count():
    bucket = Throttle(burst=2, every_s=60, clock=Hand())
    for _ in range(50):
        bucket.take("grid001")
        bucket.give_back("grid001")
    assert tries(bucket, "grid001", 3) == 2


def test_names_do_not_share_a_bucket():
    bucket = Throttle(burst=1, every_s=60, clock=Hand())
    assert [tries(bucket, name, 2) for name in ("a", "b")] == [1, 1]


def test_only_so_many_names_are_remembered(monkeypatch):
    monkeypatch.setattr(throttle, "REMEMBERED", 100)
    bucket = Throttle(burst=2, every_s=60, clock=Hand())
    for number in range(1000):
        bucket.take(f"stranger{number}")
    assert len(bucket._kept._buckets) == 100
    assert tries(bucket, "stranger999", 2) == 1
