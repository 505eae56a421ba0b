"""Rounds begun at the wall: numbers become a carousel, kept walls a tour; the next wall is connected before its turn."""

import pytest
from PySide6.QtWidgets import QMenu

from console.domain.saved_wall import Step
from console.service.walls import Wish
from tests.ui.wall.walls import shown

WHY = "夜间例行巡查"


@pytest.fixture
def touring(hall, qtbot):
    """A panel with three kept walls and a tour over them: C301, C302, C303."""
    walls = hall.seat.services.walls
    kept = [walls.save(hall.seat.actor, Wish(f"墙{n}", "1", ((Step(n),),))) for n in (1, 2, 3)]
    walls.save_tour(hall.seat.actor, "夜巡", tuple(Step(wall.id, 20) for wall in kept))
    panel = shown(hall, qtbot)
    panel.touring._clock = lambda: panel.at
    panel.touring._timer.setInterval(3_600_000)
    panel.at = 100.0
    qtbot.waitUntil(lambda: len(panel.shelf.shelf.tours) == 1)
    return panel


def test_a_tour_leads_from_wall_to_wall_under_one_reason(touring, hall, qtbot):
    touring.rounds.begin(touring.shelf.shelf.tours[0])
    assert "夜巡" in touring.reason.what.text()
    touring.reasons.take("V3", WHY)
    for cameras in ({1}, {2}, {3}, {1}):
        qtbot.waitUntil(lambda cameras=cameras: touring.wall.cameras == cameras)
        touring.at += 20
        touring.touring.look()
    assert "巡视" in touring.head.counters.text()


def test_the_next_wall_of_a_tour_is_connected_before_its_turn(touring, hall, qtbot):
    touring.reasons.take("V3", WHY)
    touring.rounds.begin(touring.shelf.shelf.tours[0])
    qtbot.waitUntil(lambda: touring.wall.cameras == {1})
    qtbot.waitUntil(lambda: 2 in touring.shelf._warm.cameras)
    qtbot.waitUntil(lambda: [row[0] for row in hall.looks()] == [1])  # its row is written beside the other's connection
    assert hall.pool.health("2") is not None


def test_numbers_become_a_carousel_in_the_chosen_tile(panel, hall, qtbot):
    panel.reasons.take("V3", WHY)
    panel.choose(2)
    panel.rounds.carousel.given.emit("301 302:30", 10)
    qtbot.waitUntil(lambda: panel.wall.place_of(1) == 2)
    assert panel.touring.steps_at(1) == (Step(1, 10), Step(2, 30))
    assert panel.shelf.tiles_of(panel.wall) == ((), (), (Step(1, 10), Step(2, 30)))


@pytest.mark.parametrize(
    ("numbers", "said"), [("301", "两个以上"), ("301 999", "没有编号为 999"), ("301 30", "没有编号为 30 的"), ("301:1 302", "3 到 600 秒")]
)
def test_what_is_wrong_with_numbers_stands_on_the_line(panel, hall, qtbot, numbers, said):
    panel.rounds.carousel.ask()
    panel.rounds.carousel.given.emit(numbers, 10)
    qtbot.waitUntil(lambda: said in panel.rounds.carousel.problem.text())


def test_a_tour_is_made_from_the_line_and_begins(touring, hall, qtbot):
    touring.reasons.take("V3", WHY)
    touring.rounds.tour.ask(touring.shelf.shelf.walls)
    touring.rounds.tour.name.setText("二巡")
    touring.rounds.tour.done.click()
    qtbot.waitUntil(lambda: touring.wall.cameras == {1} and touring.touring.tour is not None)
    menu = QMenu()
    qtbot.addWidget(menu)
    qtbot.waitUntil(lambda: len(touring.shelf.shelf.tours) == 2)
    touring.rounds.fill(menu)
    assert [action.text() for action in menu.actions()][:3] == ["巡视“二巡”（3 面）", "巡视“夜巡”（3 面）", "结束巡视"]
