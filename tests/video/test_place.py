"""What the pool knows of one camera: what the order of openings is told of it."""

from console.video.health import Status
from console.video.place import Place
from console.video.retry import Waiting
from console.video.source import parse

ADDRESS = parse("rtsp://127.0.0.1:8554/C301/sub")


def test_who_waits_says_whether_it_is_seen_and_has_failed():
    place = Place("1", ADDRESS, Status("waiting", next_try_at=3.0), failures=2)
    assert place.waiting() == Waiting("1", 3.0, False, True)
