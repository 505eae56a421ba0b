"""After every kind of switch the painted pixels of a tile are its camera's: read from the name burnt into the picture."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from console.domain.saved_wall import Step
from console.service.walls import Wish
from console.ui.wall.tile import picture_box
from console.video.wall import COLUMN
from tests.eyes import read_name
from tests.ui.wall.conftest import NAMES
from tests.ui.wall.walls import is_live, picture_of, shown

WITHIN_MS = 15_000


@pytest.fixture
def wall(live_hall, street, qtbot):
    """Four cameras on four tiles, live."""
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    panel.reasons.take("V3", "夜间例行巡查")
    for name in NAMES:
        panel.call(live_hall.cameras()[name])
    all_live(panel, qtbot)
    return panel


def all_live(panel, qtbot):
    """Wait until every seen tile with a camera is live and its picture has the tile's own size."""

    def holds():
        places = [at for at in panel.wall.visible if panel.wall.slots[at] is not None]
        sizes = [panel.tiles.pictures.image(panel.wall.slots[at].camera_id).width() for at in places if is_live(panel, at)]
        return len(sizes) == len(places) and all(
            size >= panel.tiles.boxes[at].width for size, at in zip(sizes, places, strict=True)
        )

    qtbot.waitUntil(holds, timeout=WITHIN_MS)


def names(panel):
    """Which camera's name is painted in each tile that is seen, by the tile's own place."""
    by_id = {camera.id: camera.code for camera in panel.list.cameras}
    seen = [(at, by_id[slot.camera_id]) for at in panel.wall.visible if (slot := panel.wall.slots[at]) is not None]
    return {at: read_name(picture_of(panel, code)) for at, code in seen}


def test_a_swap(wall, qtbot):
    wall.choose(0)
    QTest.keyClick(wall.tiles, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    all_live(wall, qtbot)
    assert names(wall) == {0: "C302", 1: "C301", 2: "C303", 3: "C304"}


@pytest.mark.parametrize("layout", ["9", "1+5", "1+7", COLUMN])
def test_another_layout(wall, qtbot, layout):
    wall.choose(2)
    wall.set_layout(layout)
    all_live(wall, qtbot)
    first = "C303" if layout.startswith("1+") else "C301"
    assert names(wall)[0] == first
    assert sorted(names(wall).values()) == list(NAMES)


def test_one_tile_large_and_back(wall, qtbot):
    wall.choose(1)
    QTest.keyClick(wall.tiles, Qt.Key.Key_Return)
    all_live(wall, qtbot)
    assert names(wall) == {1: "C302"}
    QTest.keyClick(wall.tiles, Qt.Key.Key_Return)
    all_live(wall, qtbot)
    assert list(names(wall).values()) == list(NAMES)


def test_between_the_low_and_the_high_stream_no_tile_is_ever_black(wall, qtbot):
    """The low stream's picture stays until the high one's first is there, and the other way round."""
    black = []

    def holds(stream):
        for place, box in wall.tiles.boxes.items():
            seen = wall.tiles.grab(picture_box(box)).toImage()
            spots = [(seen.width() * x // 9, seen.height() * y // 9) for x in range(1, 9) for y in range(1, 9)]
            dark = sum(seen.pixelColor(*spot).rgb() == QColor(12, 14, 16).rgb() for spot in spots)
            black.append((place, dark)) if dark > 6 else None
        look = wall.looks.get(2)
        return look.stream == stream and wall.tiles.pictures.image(2).width() >= wall.tiles.boxes[1].width

    wall.choose(1)
    for stream in ("main", "sub"):
        first = wall.tiles.pictures.taken(2).sequence >> 32
        QTest.keyClick(wall.tiles, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: holds(stream) and wall.tiles.pictures.taken(2).sequence >> 32 > first, timeout=WITHIN_MS)  # noqa: B023
    assert black == []


def test_looking_closer_wants_the_high_stream_and_shows_the_part(wall, qtbot):
    wall.choose(0)
    before = wall.tiles.boxes[0].width
    for _ in range(3):
        QTest.keyClick(wall.tiles, Qt.Key.Key_Plus)
    for _ in range(5):
        QTest.keyClick(wall.tiles, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(wall.tiles, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: wall.tiles.pictures.image(1).width() > 1.5 * before and wall.looks.get(1).stream == "main", timeout=WITHIN_MS)
    # 1.25³ times as large, the upper left part fills the tile; made as much smaller, its name is where it was.
    part = picture_of(wall, "C301")
    whole = Image.new("RGBA", part.size, "white")
    whole.paste(part.resize((round(part.width * 0.512), round(part.height * 0.512))))
    assert read_name(whole) == "C301"


def kept(wall, *ids):
    """A kept wall with these cameras, known to the panel."""
    walls = wall.seat.services.walls
    return walls.save(wall.seat.actor, Wish(f"墙{ids}", "4", tuple((Step(camera),) for camera in ids)))


def test_a_kept_wall_and_back_by_key(wall, qtbot):
    wall.shelf.open(kept(wall, 4, 2))
    qtbot.waitUntil(lambda: wall.wall.cameras == {2, 4})
    all_live(wall, qtbot)
    assert names(wall) == {0: "C304", 1: "C302"}
    QTest.keyClick(wall.tiles, Qt.Key.Key_PageDown)
    all_live(wall, qtbot)
    assert list(names(wall).values()) == list(NAMES)


def test_a_step_of_a_tour(wall, qtbot):
    steps = tuple(Step(kept(wall, camera).id, 600) for camera in (3, 1))
    tour = wall.seat.services.walls.save_tour(wall.seat.actor, "夜巡", steps)
    wall.shelf.refresh()
    qtbot.waitUntil(lambda: len(wall.shelf.shelf.walls) == 2)
    clock = wall.touring._clock
    wall.rounds.begin(tour)
    qtbot.waitUntil(lambda: wall.wall.cameras == {3})
    all_live(wall, qtbot)
    assert names(wall) == {0: "C303"}
    wall.touring._clock = lambda: clock() + 601
    qtbot.waitUntil(lambda: wall.wall.cameras == {1})
    all_live(wall, qtbot)
    assert names(wall) == {0: "C301"}


def test_a_step_of_a_carousel(wall, qtbot):
    QTest.keyClick(wall.tiles, Qt.Key.Key_Delete)
    wall.choose(0)
    clock = wall.touring._clock
    wall.touring.begin_carousel((Step(1, 600), Step(4, 600)))
    wall.touring._clock = lambda: clock() + 601
    qtbot.waitUntil(lambda: wall.wall.place_of(4) == 0)
    all_live(wall, qtbot)
    assert names(wall)[0] == "C304"
