"""Which worker keeps whose past: told when a camera opens, when nobody wants it any more, and when the worker is gone."""

from console.video.keeping import NOWHERE, Keeping, Opened


def test_a_running_camera_is_remembered_where_it_runs_and_forgotten_there():
    said = []
    keeping = Keeping(lambda seat, command: said.append((seat, command)))
    keeping.wish({"C301"}, {"C301": Opened(5, 1)}.get)
    assert keeping.seat("C301") == 1
    keeping.wish((), {"C301": Opened(5, 1)}.get)
    assert said == [
        (1, {"do": "remember", "number": 5, "ring": "C301"}), (1, {"do": "remember", "number": 5, "ring": ""}),
        (1, {"do": "forget", "ring": "C301"}),
    ]  # fmt: skip
    assert keeping.seat("C301") == NOWHERE


def test_a_camera_that_opens_brings_its_ring_along_and_leaves_none_behind():
    said = []
    keeping = Keeping(lambda seat, command: said.append((seat, command)))
    assert keeping.opening("C301", 0) == {}
    keeping.wish({"C301"}, {}.get)
    assert keeping.opening("C301", 0) == {"ring": "C301"}
    assert keeping.opening("C301", 2) == {"ring": "C301"}
    assert said == [(0, {"do": "forget", "ring": "C301"})]


def test_with_its_worker_the_past_is_gone():
    keeping = Keeping(lambda *_: None)
    keeping.wish({"C301"}, {"C301": Opened(5, 1)}.get)
    keeping.lost(1)
    assert keeping.seat("C301") == NOWHERE
