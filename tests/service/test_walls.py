"""Kept walls: whose they are, who may change them, what the next shift finds."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.saved_wall import Step
from console.service.walls import Walls, Wish
from console.store import tables

TILES = ((Step(2),), (), (Step(1),))
WISH = Wish("仓颉路一带", "9", TILES)


@pytest.fixture
def walls(town):
    return Walls(town.desk)


def names(walls, actor):
    return [wall.name for wall in walls.shelf(actor).walls]


def colleague(town, login="leader", seat="A1"):
    return replace(town.actor(login), seat=seat)


def test_a_kept_wall_is_its_owner_s_alone(walls, town):
    kept = walls.save(town.actor("duty"), WISH)
    assert (kept.name, kept.layout, kept.tiles, kept.audience) == ("仓颉路一带", "9", TILES, "self")
    assert names(walls, town.actor("duty")) == ["仓颉路一带"]
    assert names(walls, colleague(town)) == []
    with pytest.raises(Missing):
        walls.change(colleague(town), kept.id, kept.version, WISH)


def test_a_shared_wall_is_seen_at_the_centre_and_nowhere_else(walls, town):
    walls.save(town.actor("duty"), replace(WISH, audience="centre"))
    assert names(walls, colleague(town)) == ["仓颉路一带"]
    assert names(walls, town.actor("stranger")) == []
    assert names(walls, town.actor("d10")) == []


def test_a_shared_wall_may_be_changed_by_colleagues_unless_it_is_locked(walls, town):
    kept = walls.save(town.actor("duty"), replace(WISH, audience="centre"))
    changed = walls.change(colleague(town), kept.id, kept.version, replace(WISH, layout="4", audience="self", locked=True))
    # Whom it is for and its lock stay the owner's affair.
    assert (changed.layout, changed.audience, changed.locked, changed.owner_id) == ("4", "centre", False, kept.owner_id)
    locked = walls.change(town.actor("duty"), kept.id, changed.version, replace(WISH, audience="centre", locked=True))
    with pytest.raises(Denied) as refused:
        walls.change(colleague(town), kept.id, locked.version, WISH)
    assert (refused.value.code, refused.value.facts["name"]) == ("wall_locked", "值班员甲")


def test_two_who_change_a_wall_at_once_do_not_overwrite_each_other(walls, town):
    kept = walls.save(town.actor("duty"), replace(WISH, audience="centre"))
    walls.change(colleague(town), kept.id, kept.version, replace(WISH, layout="16"))
    with pytest.raises(Stale):
        walls.change(town.actor("duty"), kept.id, kept.version, WISH)


def test_only_its_owner_takes_a_wall_away(walls, town):
    kept = walls.save(town.actor("duty"), replace(WISH, audience="centre"))
    with pytest.raises(Denied) as refused:
        walls.remove(colleague(town), kept.id, kept.version)
    assert refused.value.code == "wall_of_another"
    walls.remove(town.actor("duty"), kept.id, kept.version)
    assert names(walls, town.actor("duty")) == []


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (replace(WISH, name="  "), Invalid), (replace(WISH, name="名" * 41), Invalid), (replace(WISH, layout="3x3"), Invalid),
        (replace(WISH, tiles=((Step(99),),)), Missing), (replace(WISH, tiles=((Step(1, 2), Step(2, 10)),)), Invalid),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_later_is_not_kept(walls, town, wish, error):
    with pytest.raises(error):
        walls.save(town.actor("duty"), wish)
    assert names(walls, town.actor("duty")) == []


def test_a_name_stands_for_one_wall(walls, town):
    kept = walls.save(town.actor("duty"), WISH)
    with pytest.raises(Refused) as refused:
        walls.save(town.actor("duty"), WISH)
    assert refused.value.code == "wall_name_taken"
    walls.change(town.actor("duty"), kept.id, kept.version, WISH)


def test_the_next_shift_at_the_same_seat_is_offered_the_wall_once(walls, town):
    duty, next_one = town.actor("duty"), colleague(town)
    walls.hand_over(duty, "4", TILES)
    left = walls.hand_over(duty, "9", TILES)
    assert walls.shelf(duty).handed is None
    assert walls.shelf(colleague(town, seat="A2")).handed is None
    assert walls.shelf(town.actor("stranger")).handed is None
    assert walls.shelf(next_one).handed == left
    assert names(walls, next_one) == []
    walls.take_over(next_one, left.id)
    assert walls.shelf(next_one).handed is None
    with pytest.raises(Missing):
        walls.take_over(next_one, left.id)


def test_a_wall_left_more_than_a_shift_ago_is_no_longer_offered(walls, town):
    walls.hand_over(town.actor("duty"), "9", TILES)
    town.wait(8 * 3600 + 1)
    assert walls.shelf(colleague(town)).handed is None


def test_an_empty_wall_is_not_handed_over(walls, town):
    with pytest.raises(Refused) as refused:
        walls.hand_over(town.actor("duty"), "9", ((), ()))
    assert refused.value.code == "empty_wall"


def test_who_does_not_look_at_video_keeps_no_walls(walls, town):
    with pytest.raises(Denied):
        walls.save(town.actor("checker"), WISH)


def test_a_tour_leads_over_walls_one_may_open(walls, town):
    duty = town.actor("duty")
    one, other = walls.save(duty, WISH), walls.save(duty, replace(WISH, name="学校"))
    tour = walls.save_tour(duty, "夜巡", (Step(one.id, 20), Step(other.id, 30)))
    assert walls.shelf(duty).tours == (tour,)
    assert tour.walls == (Step(one.id, 20), Step(other.id, 30))
    assert walls.shelf(colleague(town)).tours == ()
    with pytest.raises(Missing):
        walls.save_tour(colleague(town), "夜巡", (Step(one.id, 20), Step(other.id, 30)))
    with pytest.raises(Refused):
        walls.save_tour(duty, "一面", (Step(one.id, 20),))
    walls.remove_tour(duty, tour.id)
    assert walls.shelf(duty).tours == ()


def test_the_journal_tells_what_was_kept_and_by_whom_without_its_name(walls, town):
    kept = walls.save(town.actor("duty"), WISH)
    walls.remove(town.actor("duty"), kept.id, kept.version)
    j = tables.journal.c
    with town.store.read() as unit:
        rows = unit.rows(select(j.op, j.actor, j.ref, j.version, j.facts).where(j.kind == "wall").order_by(j.id))
    assert [tuple(row) for row in rows] == [
        ("save", 1, kept.id, 1, {"layout": "9", "cameras": [1, 2], "locked": False}), ("remove", 1, kept.id, 2, {}),
    ]  # fmt: skip


def test_cameras_that_are_gone_or_elsewhere_are_left_out(walls, town):
    assert [camera.id for camera in walls.cameras(town.actor("duty"), (1, 2, 99))] == [1, 2]
    assert walls.cameras(town.actor("stranger"), (1, 2)) == ()
    assert walls.cameras(town.actor("duty"), ()) == ()
