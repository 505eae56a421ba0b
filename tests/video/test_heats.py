"""Once a second the budget is asked, about settled cameras only; whose heat changes is told with the reason."""

from dataclasses import replace

from console.video.health import Counters, Status
from console.video.heats import Heats

BEHIND = Status("open", counters=Counters(frames=9, late_s=0.8, busy_share=0.9), opened_at=1.0, shown_since=10.0)
SIZE = (480, 270)


def after(heats, statuses, first, last):
    """Looks each second, keeping what became of the cameras."""
    for now in range(first, last + 1):
        statuses |= heats.changes({camera: (status, SIZE) for camera, status in statuses.items()}, float(now))
    return statuses


def test_cameras_that_were_just_shown_may_be_late():
    assert set(after(Heats(), {"C1": BEHIND, "C2": BEHIND}, 10, 12).values()) == {BEHIND}


def test_settled_ones_that_stay_behind_are_lowered_with_the_reason():
    statuses = after(Heats(), {"C1": BEHIND, "C2": BEHIND}, 13, 15)
    assert {(status.heat, status.full) for status in statuses.values()} == {("half", "processor")}


def test_between_two_seconds_nothing_is_asked_and_who_stays_as_it_is_is_not_named():
    heats = Heats()
    heats.budget.step = 1
    told = heats.changes({"C1": (BEHIND, SIZE)}, 20.0)
    assert told == {"C1": replace(BEHIND, heat="half")}
    assert heats.changes({"C1": (BEHIND, SIZE)}, 20.9) == {}
    assert heats.changes({"C1": (told["C1"], SIZE)}, 21.0) == {}
