"""The demo's hall is manned for a week, and who was put there by hand stays."""

import itertools
from datetime import timedelta

from console.demo import shifts
from console.domain.limits import CHINA
from console.service.administration import Administration

TURNS = {"leader": ("leader", "director"), "officer": ("duty", "intake")}


def rows_of(admin, town, leader):
    return admin.on_duty(leader, leader.centre_id, town.clock.now() - timedelta(days=1), town.clock.now() + timedelta(days=9))


def test_every_shift_of_a_week_has_its_people(town):
    admin, leader = Administration(town.desk), town.actor("leader")

    shifts.fill(admin, leader, town.clock.now(), TURNS)

    rows = rows_of(admin, town, leader)
    begins = sorted({row.duty.starts_at.astimezone(CHINA) for row in rows})
    # It is Monday, 10:00: the early shift has begun, and with it twenty are left of seven days' twenty-one.
    assert len(begins) == 20
    assert {later - earlier for earlier, later in itertools.pairwise(begins)} == {timedelta(hours=8)}
    assert {begin.hour for begin in begins} == {0, 8, 16}
    assert all({row.duty.part for row in rows if row.duty.starts_at == begin} == {"leader", "officer"} for begin in begins)


def test_filled_again_it_stays_as_it_is_and_grows_with_the_days(town):
    admin, leader = Administration(town.desk), town.actor("leader")
    shifts.fill(admin, leader, town.clock.now(), TURNS)
    first = rows_of(admin, town, leader)

    shifts.fill(admin, leader, town.clock.now(), TURNS)
    assert rows_of(admin, town, leader) == first
    town.wait(86_400)
    shifts.fill(admin, leader, town.clock.now(), TURNS)
    assert set(first) < set(rows_of(admin, town, leader))
