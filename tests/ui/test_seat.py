"""A seat tells every panel once which case is in hand."""

from dataclasses import replace

from console.ui.seat import Seat
from tests.service.halls import MANHOLE, TOMORROW, CodeHall

pytest_plugins = ("tests.ui.stage",)


def test_taking_a_case_in_hand_is_told_once(stage):
    seat = stage.seat()
    told = []
    seat.selected.connect(told.append)
    seat.take(7)
    seat.take(7)
    seat.take(0)
    assert told == [7, 0]
    assert seat.case_id == 0


def test_a_seat_reads_the_tables_of_its_own_centre_at_every_moment(stage):
    hall = CodeHall(stage.town)
    services = replace(stage.services, book=hall.book)
    own, other = (Seat(stage.town.actor(login), services, stage.work).services for login in ("duty", "stranger"))
    hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    assert own.codes is other.codes
    stage.town.clock.at = TOMORROW
    assert [str(one.codes.categories["0601"].limit) for one in (own, other)] == ["2H", "4H"]


def test_windows_beside_the_seat_hear_that_it_was_locked(stage):
    seat, heard = stage.seat(), []
    seat.locked.connect(lambda: heard.append(seat.is_locked))
    seat.set_locked(True)
    seat.set_locked(False)
    assert heard == [True]
