"""What hung last time is offered as far as it is still there, and kept while it is on offer."""

from PySide6.QtCore import QSettings
from sqlalchemy import delete

from console.store import tables
from console.ui.memory import Memory
from console.video.wall import Wall
from tests.ui.wall.test_screens import remembering


def test_a_camera_that_is_gone_is_not_offered(hall, qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    memory = Memory(settings, "duty")
    memory.keep_wall(Wall("9").by_hand(5).choose(1).by_hand(1))
    memory.write()
    with hall.town.store.write() as unit:
        unit.run(delete(tables.camera).where(tables.camera.c.id == 5))
        unit.run(tables.camera.insert(), [{**vars_of(hall, 4), "id": 9, "code": "C399"}])
    panel = remembering(hall, qtbot, settings)
    qtbot.waitUntil(lambda: not panel.reason.isHidden())
    assert "1 路" in panel.reason.what.text()
    panel.reasons.take("V3", "接班后继续巡查")
    assert (panel.wall.layout, panel.wall.cameras) == ("9", {1})


def vars_of(hall, number):
    with hall.town.store.read() as unit:
        return dict(unit.row(tables.camera.select().where(tables.camera.c.id == number))._mapping)


def test_an_empty_wall_does_not_wipe_out_what_is_on_offer(hall, qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    memory = Memory(settings, "duty")
    memory.keep_wall(Wall("4").by_hand(5))
    memory.write()
    panel = remembering(hall, qtbot, settings)
    panel.set_layout("9")
    assert panel.remembered._memory.wall().cameras == {5}
