"""Who may ask for recorded video, what a request must say, who decides and reviews (handbook G1, G5, G6, G26, Q6, 3.5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.errors import Denied, Invalid, Refused
from console.domain.people import Actor
from console.domain.video_leave import VideoLeave, Wish, check_decider, check_reviewer, check_trained, check_wish, may_ask, may_decide

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WISH = Wish((1,), NOW - timedelta(hours=1), NOW, "V1", "查看肇事车辆去向", case_id=5)
LEAVE = VideoLeave(1, "playback", "why", 1, 2, NOW, cameras=(1,), starts_at=NOW - timedelta(hours=1), ends_at=NOW)


def somebody(role, level=3, user_id=4):
    return Actor(user_id, "x", 1, 2, "/1/2/", frozenset({role}), level=level)


@pytest.mark.parametrize(
    ("role", "level", "may"),
    [("R06", 3, True), ("R08", 2, True), ("R07", 4, True), ("R05", 5, True), ("R14", 3, True), ("R16", 3, True), ("R17", 3, True),
     ("R09", 3, False), ("R01", 6, False), ("R18", 3, False), ("R19", 3, False), ("R22", 3, False), ("R23", 3, False)],
)  # fmt: skip
def test_villages_towns_and_halls_ask_others_do_not(role, level, may):
    assert may_ask(somebody(role, level)) is may


@pytest.mark.parametrize(
    ("role", "level", "of_police", "may"),
    [("R15", 3, False, True), ("R17", 2, False, True), ("R17", 4, False, False), ("R16", 3, False, False), ("R21", 3, False, False),
     ("R21", 3, True, True), ("R17", 3, True, False), ("R15", 2, True, False)],
)  # fmt: skip
def test_county_and_city_decide_and_the_police_on_their_own_cameras(role, level, of_police, may):
    assert may_decide(somebody(role, level), replace(LEAVE, is_police=of_police)) is may


def test_nobody_decides_or_reviews_their_own_request():
    for check, leave in ((check_decider, LEAVE), (check_reviewer, replace(LEAVE, state="broken"))):
        with pytest.raises(Denied) as refused:
            check(somebody("R17", user_id=1), leave)
        assert refused.value.code == "own_request"


def test_nothing_is_decided_or_reviewed_twice():
    reviewed = replace(LEAVE, state="broken", reviewed_at=NOW)
    for check, leave in ((check_decider, replace(LEAVE, state="granted")), (check_reviewer, reviewed)):
        with pytest.raises(Refused):
            check(somebody("R17"), leave)
    with pytest.raises(Denied):
        check_reviewer(somebody("R15"), replace(LEAVE, state="broken"))


@pytest.mark.parametrize(
    ("field", "changes"),
    [("cameras", {"cameras": ()}), ("cameras", {"cameras": tuple(range(33))}), ("period", {"ends_at": WISH.starts_at}),
     ("period", {"starts_at": NOW - timedelta(hours=25)}), ("case", {"case_id": None}), ("case", {"purpose": "V4", "case_id": None}),
     ("relation", {"purpose": "V6"}), ("identity", {"purpose": "V6", "relation": "self"}), ("letter", {"purpose": "V7"})],
)  # fmt: skip
def test_a_request_says_what_the_law_wants_to_know(field, changes):
    check_wish(WISH)
    with pytest.raises(Invalid) as refused:
        check_wish(replace(WISH, **changes))
    assert refused.value.field == field


def test_a_leave_ends_by_itself_and_covers_no_more_than_it_says():
    given = replace(LEAVE, state="granted", valid_until=NOW + timedelta(hours=2))

    assert given.is_live(NOW + timedelta(hours=2, seconds=-1))
    assert not given.is_live(NOW + timedelta(hours=2))
    assert not LEAVE.is_live(NOW)
    assert given.covers(NOW - timedelta(minutes=60), NOW)
    assert not given.covers(NOW - timedelta(minutes=61), NOW)
    assert not given.covers(NOW - timedelta(minutes=60), NOW + timedelta(seconds=1))


@pytest.mark.parametrize(("days", "code"), [(None, "training_missing"), (0, ""), (366, ""), (367, "training_over")])
def test_recordings_are_for_who_was_trained_within_a_year(days, code):
    trained_at = NOW - timedelta(days=days) if days is not None else None
    if not code:
        check_trained(trained_at, NOW)
        return
    with pytest.raises(Refused) as refused:
        check_trained(trained_at, NOW)
    assert refused.value.code == code
