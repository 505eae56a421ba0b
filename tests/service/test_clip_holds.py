"""A clip is held for proceedings: by the director, for a reason, until a day; and let go again."""

from datetime import timedelta

import pytest

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.service.clip_holds import ClipHolds
from tests.service.filming import Filming

WHY = "法院调取，案件审理中"


@pytest.fixture
def clip(town, tmp_path):
    return Filming(town, tmp_path).kept(town.report().case_id)


@pytest.fixture
def holds(town):
    return ClipHolds(town.desk)


def test_who_why_and_until_are_kept_and_lifted(town, clip, holds):
    director, until = town.actor("director"), town.clock.now() + timedelta(days=90)
    held = holds.place(director, clip.id, clip.version, WHY, until)
    assert (held.hold_until, held.hold_reason, held.held_by, held.version) == (until, WHY, "主任丁", 2)
    with pytest.raises(Stale):
        holds.lift(director, clip.id, 1, WHY)
    free = holds.lift(director, clip.id, 2, WHY)
    assert (free.hold_until, free.hold_reason, free.held_by) == (None, "", "")
    with pytest.raises(Refused):
        holds.lift(director, clip.id, 3, WHY)


def test_only_the_director_of_the_area_holds_and_says_why_and_until_when(town, clip, holds):
    until = town.clock.now() + timedelta(days=90)
    with pytest.raises(Denied):
        holds.place(town.actor("duty"), clip.id, 1, WHY, until)
    with pytest.raises(Missing):
        holds.place(town.actor("stranger"), clip.id, 1, WHY, until)
    for reason, day in (("短", until), (WHY, town.clock.now()), (WHY, town.clock.now() + timedelta(days=4 * 365))):
        with pytest.raises(Invalid):
            holds.place(town.actor("director"), clip.id, 1, reason, day)
