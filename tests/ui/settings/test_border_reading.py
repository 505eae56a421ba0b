"""What the pages reckon away from the screen."""

from console.domain.boundary import AreaChange, Checked, Columns, Finding
from console.service.boundaries import Survey
from console.ui.settings.border_reading import answered, columns_for, read_borders, read_ground
from tests.make import GRIDS, VILLAGE
from tests.ui.settings.borders import Borders, square

pytest_plugins = ("tests.ui.stage",)
AREA = AreaChange(GRIDS[0].code, 6, VILLAGE, "/", "新", square(115.2, 115.212))


def test_columns_named_by_hand_win_where_a_file_has_them():
    checked = Checked((), columns={"a.shp": ("甲", "name"), "b.shp": ("WGBM", "WGMC", "上级")})
    assert columns_for(checked, "甲", "", "上级") == {"a.shp": Columns("甲", "name", ""), "b.shp": Columns("WGBM", "WGMC", "上级")}


def test_an_answer_has_its_lines_and_outlines():
    found = (Finding("a.shp", 1, "1", "noted", "ring_open"),)
    answer = answered(Survey(Checked(found, 1, changes=(AREA,)), ("a.shp",), 0))
    assert [line.finding for line in answer.lines] == list(found)
    assert set(answer.borders.areas) == {AREA.code}


def test_the_ground_and_a_change_are_read_for_the_map(stage):
    borders = Borders(stage, "town")
    change = borders.propose()
    assert read_ground(borders.seat).box_of(VILLAGE) is not None
    assert set(read_borders(borders.boundaries, borders.seat.actor, change.id).areas) == {grid.code for grid in GRIDS}
