"""Leave for recorded video: asked, decided by others, taken in an emergency and reviewed, or the right rests (G1, G5, G6, G26, Q6)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.domain.clip import ClipWish
from console.domain.errors import ConsoleError, Denied, Invalid, Missing, Refused, Stale
from console.domain.people import system_actor
from console.domain.video_leave import EXPORT, PLAYBACK
from console.service.clip_exports import ClipExports
from console.service.clips import Clips
from console.service.video_leaves import VideoLeaves
from console.store import register, tables
from console.store.files import Files
from console.store.register import Source
from tests.make import CAMERAS
from tests.service.filming import Filming
from tests.service.recording import APPROVER, AUDITOR, POLICE, REASON, wish

SWEEPER = system_actor("sweep")


@pytest.fixture
def leaves(town):
    return VideoLeaves(town.desk)


def asked(town, leaves, kind=PLAYBACK, **more):
    (made,) = leaves.ask(town.actor("duty"), kind, wish(1, 2, **more))
    return made


def urgent(town):
    return town.report("0401").case_id


def broken(town, leaves, login="duty"):
    return leaves.break_glass(town.actor(login), wish(1, purpose="V1", case_id=urgent(town)))


def lines(town):
    j = tables.journal.c
    question = select(j.op, j.actor, j.from_state, j.to_state).where(j.kind == "video_leave").order_by(j.id)
    with town.store.read() as unit:
        return [tuple(row) for row in unit.rows(question)]


def test_a_request_waits_for_the_approver_with_all_it_is_for(town, leaves):
    case_id = urgent(town)
    made = asked(town, leaves, purpose="V1", case_id=case_id)

    (row,) = leaves.waiting(APPROVER).rows
    assert row.leave == made
    assert (row.unit, row.number, row.cameras) == ("南乐县综治中心", town.case(case_id).number, ("C301 仓颉路西", "C302 小学西门"))
    assert (made.asker, made.reason, made.state, made.org_id, made.asked_at) == ("值班员甲", REASON, "asked", 1, town.clock.now())
    assert leaves.waiting(town.actor("duty")).rows == leaves.waiting(town.actor("stranger")).rows == leaves.waiting(AUDITOR).rows == ()
    assert leaves.newest(town.actor("duty"), case_id) == (made,)


@pytest.mark.parametrize(("kind", "hours"), [(PLAYBACK, 2), (EXPORT, 24)])
def test_leave_is_given_for_hours_by_somebody_else(town, leaves, kind, hours):
    made = asked(town, leaves, kind)

    given = leaves.grant(APPROVER, made.id, made.version)

    assert (given.state, given.decider, given.decided_at) == ("granted", "审批人甲", town.clock.now())
    assert given.valid_until == town.clock.now() + timedelta(hours=hours)
    assert leaves.waiting(APPROVER).total == 0
    assert lines(town) == [("ask_leave", 1, "", "asked"), ("grant", 30, "asked", "granted")]


def test_a_refusal_gives_nothing(town, leaves):
    made = asked(town, leaves)
    assert leaves.refuse(town.actor("director"), made.id, made.version).valid_until is None


def test_nobody_decides_on_their_own_or_out_of_place_or_late(town, leaves):
    (own,) = leaves.ask(town.actor("director"), PLAYBACK, wish(1))
    made = asked(town, leaves)
    for actor, leave, version, refusal in (
        (town.actor("director"), own, 1, Denied), (town.actor("stranger"), made, 1, Missing), (town.actor("leader"), made, 1, Missing),
        (town.actor("duty"), made, 1, Denied), (POLICE, made, 1, Missing), (APPROVER, made, 7, Stale),
    ):  # fmt: skip
        with pytest.raises(refusal):
            leaves.grant(actor, leave.id, version)
    leaves.grant(APPROVER, made.id, 1)
    with pytest.raises(Refused):
        leaves.refuse(town.actor("director"), made.id, 2)


def test_a_town_asks_and_its_county_decides(town, leaves):
    with town.store.write() as unit:
        unit.run(tables.camera.update().where(tables.camera.c.id == 1).values(centre_id=4))
    (made,) = leaves.ask(town.actor("town"), PLAYBACK, wish(1))

    with pytest.raises(Denied):
        leaves.grant(replace(town.actor("town"), user_id=40), made.id, 1)
    assert leaves.grant(APPROVER, made.id, 1).state == "granted"


def test_the_polices_cameras_are_asked_of_the_police(town, leaves):
    theirs = replace(CAMERAS[0], id=0, code="C303", gb_id="")
    with town.store.write() as unit:
        (number,) = register.write(unit, [theirs], [Source(0, "other", "x", attributes={"owner": "police"})], [("", "")])

    ours, police = leaves.ask(town.actor("duty"), PLAYBACK, wish(1, number))

    assert (ours.cameras, ours.is_police, police.cameras, police.is_police) == ((1,), False, (number,), True)
    assert [row.leave for row in leaves.waiting(POLICE).rows] == [police]
    assert leaves.newest(town.actor("duty"), None) == (ours, police)
    with pytest.raises(Missing):
        leaves.grant(APPROVER, police.id, 1)
    assert leaves.grant(POLICE, police.id, 1).decider == "联络员丙"


@pytest.mark.parametrize(
    ("field", "more"),
    [("reason", {"reason": "看看"}), ("purpose", {"purpose": "V9"}), ("case", {"purpose": "V1"}), ("relation", {"purpose": "V6"}),
     ("identity", {"purpose": "V6", "relation": "relative"}), ("letter", {"purpose": "V7"}), ("kind", {})],
)  # fmt: skip
def test_a_request_that_does_not_say_enough_is_not_kept(town, leaves, field, more):
    with pytest.raises(Invalid) as refused:
        leaves.ask(town.actor("duty"), "live" if field == "kind" else PLAYBACK, wish(1, **more))
    assert refused.value.field == field
    assert leaves.waiting(APPROVER).total == 0


def test_of_a_residents_request_only_the_relation_is_kept(town, leaves):
    made = asked(town, leaves, purpose="V6", relation="relative", is_identity_seen=True)
    assert (made.relation, made.letter) == ("relative", "")
    assert not {"identity", "id_number", "name"} & set(tables.video_leave.c.keys())


@pytest.mark.parametrize("login", ["viewer", "d10", "grid001", "supervisor"])
def test_who_uses_no_video_asks_for_none(town, leaves, login):
    with pytest.raises(Denied):
        leaves.ask(town.actor(login), PLAYBACK, wish(1))


def test_cameras_and_cases_of_elsewhere_cannot_be_asked_for(town, leaves):
    for more in ({}, {"case_id": 999}):
        with pytest.raises(Missing):
            leaves.ask(town.actor("stranger"), PLAYBACK, wish(1, **more))


def test_whose_training_is_over_or_untold_sees_no_recordings_not_even_in_an_emergency(town, leaves, tmp_path):
    duty, case_id = town.actor("duty"), urgent(town)
    clip = Filming(town, tmp_path).kept(case_id)
    clips, out = Clips(town.desk, Files(tmp_path / "files")), ClipExports(town.desk, Files(tmp_path / "files"), tmp_path / "out")
    letter = ClipWish("公安局", "12号", "民警甲", "刑事诉讼法第五十四条", clip.starts_at, clip.ends_at)
    ways = (
        lambda: leaves.ask(duty, PLAYBACK, wish(1)), lambda: leaves.break_glass(duty, wish(1, purpose="V1", case_id=case_id)),
        lambda: clips.open(duty, clip.id, REASON), lambda: out.ask(duty, clip.id, letter),
    )  # fmt: skip
    for trained_at, code in ((None, "training_missing"), (town.clock.now() - timedelta(days=367), "training_over")):
        with town.store.write() as unit:
            unit.run(tables.user.update().where(tables.user.c.login == "duty").values(trained_at=trained_at))
        for way in ways:
            with pytest.raises(Refused) as refused:
                way()
            assert refused.value.code == code


def test_an_emergency_opens_at_once_and_the_director_hears_of_it(town, leaves):
    made = broken(town, leaves)

    assert (made.state, made.valid_until, made.review_due) == (
        "broken", town.clock.now() + timedelta(hours=2), town.clock.now() + timedelta(hours=24),
    )  # fmt: skip
    assert [row.leave for row in leaves.waiting(town.actor("director")).rows] == [made]
    assert leaves.waiting(APPROVER).total == 0
    assert lines(town) == [("break_glass", 1, "", "broken")]


def test_an_emergency_is_once_per_case_whoever_it_is(town, leaves):
    case_id = urgent(town)
    assert leaves.may_break_glass(town.actor("duty"), case_id)

    def take(login):
        try:
            return leaves.break_glass(town.actor(login), wish(1, purpose="V1", case_id=case_id)).state
        except ConsoleError as said:
            return said.code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(take, ("duty", "leader"))) == ["broken", "emergency_used"]
    assert not leaves.may_break_glass(town.actor("duty"), case_id)


def test_an_emergency_is_for_p1_alone(town, leaves):
    case_id = town.report("0602").case_id
    assert not leaves.may_break_glass(town.actor("duty"), case_id)
    with pytest.raises(Refused) as refused:
        leaves.break_glass(town.actor("duty"), wish(1, purpose="V1", case_id=case_id))
    assert refused.value.code == "emergency_p1_only"
    with pytest.raises(Invalid):
        leaves.break_glass(town.actor("duty"), wish(1))


def test_a_review_in_time_leaves_the_right_as_it_is(town, leaves):
    made = broken(town, leaves)
    town.wait(timedelta(hours=23).total_seconds())
    done = leaves.review(town.actor("director"), made.id, made.version, "fit")
    town.wait(timedelta(hours=2).total_seconds())

    assert (done.verdict, done.reviewed_by, done.decider) == ("fit", 4, "主任丁")
    assert leaves.chore(SWEEPER) == 0
    assert asked(town, leaves).state == "asked"


def test_without_a_review_the_right_rests_until_there_is_one(town, leaves):
    made = broken(town, leaves)
    again = urgent(town)
    town.wait(timedelta(hours=24).total_seconds())

    for act in (
        lambda: leaves.ask(town.actor("duty"), PLAYBACK, wish(1)),
        lambda: leaves.break_glass(town.actor("duty"), wish(1, purpose="V1", case_id=again)),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "playback_suspended"
    assert not leaves.may_break_glass(town.actor("duty"), again)
    leaves.ask(town.actor("leader"), PLAYBACK, wish(1))
    late = next(row.leave for row in leaves.waiting(town.actor("director")).rows if row.leave.id == made.id)
    leaves.review(town.actor("director"), late.id, late.version, "unfit")
    assert asked(town, leaves).state == "asked"


def test_the_sweeper_tells_of_a_late_review_once(town, leaves):
    made = broken(town, leaves)
    town.wait(timedelta(hours=24).total_seconds() - 1)
    assert leaves.chore(SWEEPER) == 0
    town.wait(1)

    assert [leaves.chore(SWEEPER), leaves.chore(SWEEPER)] == [1, 0]
    assert [line[0] for line in lines(town)] == ["break_glass", "suspend_person"]
    (row,) = leaves.waiting(town.actor("director")).rows
    assert (row.leave.id, row.leave.suspended_at) == (made.id, town.clock.now())


def test_reviewing_takes_a_director_who_is_somebody_else(town, leaves):
    made = broken(town, leaves)
    for actor, refusal in ((town.actor("duty"), Denied), (APPROVER, Missing), (town.actor("stranger"), Missing)):
        with pytest.raises(refusal):
            leaves.review(actor, made.id, made.version, "fit")
    with pytest.raises(Invalid):
        leaves.review(town.actor("director"), made.id, made.version, "perhaps")
