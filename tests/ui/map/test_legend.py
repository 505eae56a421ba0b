"""The legend: as large as its rows, at the right foot, and only with signs that can be on the map."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.thematic import Cell
from console.ui.map.ground import survey
from console.ui.map.heat import heat_of
from console.ui.map.legend import Legend, signs_of_cameras, signs_of_cases, signs_of_heat, signs_of_shading, signs_of_sites
from console.ui.map.shading import shading_of
from tests.ui.map.grounds import county


@pytest.fixture
def legend(qtbot, look):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    found = Legend(parent)
    found.show()
    yield found


def test_rows_make_it_as_large_as_they_need(legend):
    legend.show_rows(signs_of_sites())
    small = legend.height()
    legend.show_rows((*signs_of_sites(), *signs_of_cameras(), *signs_of_cases([("P1", "P1 特急")])))
    assert legend.height() > small and legend.geometry().right() < 800 and legend.geometry().bottom() < 600
    assert legend.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert legend.grab().toImage().pixelColor(20, 20).isValid()


def test_classes_are_told_with_their_numbers(legend):
    ground = survey(county(60))
    codes = ground.grid_codes
    rows = signs_of_shading(shading_of(ground, "open", {codes[0]: 1, codes[1]: 3, codes[2]: 9}))
    assert [row.words for row in rows] == [
        "网格未办结案件", "1：1 个网格", "2–3 件：1 个网格", "4–7 件：0 个网格", "8 件及以上：1 个网格",
    ]  # fmt: skip
    legend.show_rows(rows)
    assert not legend.grab().isNull()


def test_heat_is_told_with_its_days_and_its_sum(legend):
    rows = signs_of_heat(heat_of([Cell(115.1, 35.8, 12), Cell(115.2, 35.8, 3)], 30))
    assert rows[0].words == "事件热力：30 天 15 件" and len(rows) == 2
    legend.show_rows(rows)
    assert not legend.grab().isNull()
