"""What the pool knows of one camera, and what of it the budget and the order of openings are told."""

from console.video.budget import Load
from console.video.health import Counters, Status
from console.video.place import SETTLED_S, Place
from console.video.retry import Waiting
from console.video.source import parse

ADDRESS = parse("rtsp://127.0.0.1:8554/C301/sub")


def test_lateness_counts_when_who_was_just_shown_has_caught_up():
    status = Status("open", opened_at=10.0, shown_since=20.0, counters=Counters(late_s=0.7))
    place = Place("1", ADDRESS, status, shown=(480, 270), busy_share=0.25)
    assert place.load(20.0 + SETTLED_S - 0.1) == Load(0.0, 0.25, 480 * 270)
    assert place.load(20.0 + SETTLED_S) == Load(0.7, 0.25, 480 * 270)


def test_who_waits_says_whether_it_is_seen_and_has_failed():
    place = Place("1", ADDRESS, Status("waiting", next_try_at=3.0), failures=2)
    assert place.waiting() == Waiting("1", 3.0, False, True)
