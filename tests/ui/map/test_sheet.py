"""The map as a file: a picture with head and foot, one page to print, its record, and the words about where it lies."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from sqlalchemy import select

from console.domain.errors import Unavailable
from console.store import tables
from console.ui.map.panel import MapPanel
from console.ui.map.sheet import Words, as_pdf, as_png, sheet


@pytest.fixture
def panel(seat, qtbot):
    found = MapPanel(seat)
    qtbot.addWidget(found)
    found.resize(900, 600)
    found.show()
    seat.work.changed.connect(found.changed)
    qtbot.waitUntil(lambda: found._is_loaded, timeout=5000)
    return found


def saved(panel, seat, qtbot, ending):
    said = []
    seat.said.connect(said.append)
    panel.layering._sheets.save(ending, "街道")
    qtbot.waitUntil(lambda: any("地图已存" in words for words in said), timeout=5000)
    return said[-1].partition("：")[2]


@pytest.mark.parametrize(("ending", "mark"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_file_lies_where_it_is_said_and_its_record_has_its_hash(panel, seat, town, qtbot, tmp_path, ending, mark):
    town.report()
    path = saved(panel, seat, qtbot, ending)
    content = Path(path).read_bytes()
    assert content.startswith(mark) and path.startswith(str(tmp_path / "exports"))
    with town.store.read() as unit:
        e = tables.export_log.c
        (row,) = unit.rows(select(e.kind, e.sha256, e.masked, e.user_id))
    assert tuple(row) == ("map", hashlib.sha256(content).hexdigest(), True, seat.actor.user_id)


def test_the_picture_holds_the_map_between_head_and_foot(panel):
    image = sheet(panel.canvas, Words("案件地图", "示意图 1:20 000"))
    assert image.width() > panel.canvas.width() and image.height() > panel.canvas.height()
    plain = sheet(panel.canvas, Words("", ""))
    top, middle = [image.copy(0, 0, image.width(), 40), plain.copy(0, 0, image.width(), 40)], image.height() // 2
    assert top[0] != top[1]
    assert image.copy(30, middle, 300, 60) == plain.copy(30, middle, 300, 60)
    again = QImage.fromData(as_png(image))
    assert again.size() == image.size()
    assert as_pdf(image, "案件地图").count(b"/Type /Page\n") == 1


def test_a_disk_that_refuses_is_said(panel, seat, qtbot, monkeypatch):
    said = []
    seat.said.connect(said.append)

    def full(*_):
        raise Unavailable("disk_refuses", problem="full")

    monkeypatch.setattr(seat.services.exports, "map_sheet", full)
    panel.layering._sheets.save("png", "街道")
    qtbot.waitUntil(lambda: any("full" in words for words in said), timeout=5000)
