"""Taking walls away: the version that was seen, and only one's own tours."""

from console.domain.saved_wall import SavedWall, WallTour
from console.store import tables, walls
from tests.make import START


def test_a_wall_goes_only_in_the_version_that_was_seen(town):
    with town.store.write() as unit:
        kept = unit.add(tables.saved_wall, SavedWall(0, 2, 1, "值班员甲", "一", "self", "A1", False, "4", "1 2", START))
        assert not walls.remove_wall(unit, kept.id, 2)
        assert walls.remove_wall(unit, kept.id, 1)


def test_what_was_left_for_a_seat_gives_way_there_alone(town):
    with town.store.write() as unit:
        for seat in ("A1", "A2"):
            unit.add(tables.saved_wall, SavedWall(0, 2, 1, "值班员甲", "", "shift", seat, True, "4", "1", START))
        walls.remove_handed(unit, 2, "A1")
        assert [row[0] for row in unit.rows(tables.saved_wall.select().with_only_columns(tables.saved_wall.c.seat))] == ["A2"]


def test_a_tour_of_somebody_else_stays(town):
    with town.store.write() as unit:
        tour = unit.add(tables.wall_tour, WallTour(0, 2, 1, "夜巡", "1:20 2:20"))
        assert not walls.remove_tour(unit, tour.id, 3)
        assert walls.remove_tour(unit, tour.id, 1)
