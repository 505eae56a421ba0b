"""The page of base maps over a real store, a real process and a real service: typed, tried, saved, removed and brought back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from console.domain.people import User
from console.net.vault import Vault
from console.service.administration import Administration
from console.service.basemaps import Basemaps
from console.store import tables
from console.tiles.link import Links
from console.ui.seat import Seat
from console.ui.settings.panel import AdminPanel
from console.ui.settings.staff_pages import staff_pages
from tests.plugins.halls import ADMIN as CLERK
from tests.tiles.hosts import KEY, serving

pytest_plugins = ("tests.ui.stage",)
ADMIN = replace(CLERK, user_id=90)


@pytest.fixture
def host():
    with serving() as found:
        yield found


class Room:
    """The administration with the page of base maps in front."""

    def __init__(self, stage, links, actor=ADMIN) -> None:
        self.stage = stage
        kept = QSettings(str(stage.folder / "admin.ini"), QSettings.Format.IniFormat)
        with stage.town.store.write() as unit:
            unit.add_many(tables.user, (User(90, "admin", "系统管理员", "", 1, 2, ("R22",)),))
        self.service = Basemaps(stage.town.desk, Vault.in_file(stage.folder))
        services = replace(stage.services, admin=Administration(stage.town.desk), basemaps=self.service, tiles=links)
        self.pages = dict(staff_pages(Seat(actor, services, stage.work), kept))
        self.page = self.pages.get("底图")
        if self.page is not None:
            panel = AdminPanel(stage.work, tuple(self.pages.items()))
            stage.show(panel)
            panel.resize(1500, 900)
            panel.show_page(self.page)

    @property
    def maps(self):
        return self.service.listed(ADMIN).maps

    def type(self, name, layers, key=""):
        self.page.new()
        self.page.name.setText(name)
        self.page.layers.write(layers)
        self.page.key.setText(key)

    def press(self, act):
        QTest.mouseClick(self.page.acts[act], Qt.MouseButton.LeftButton)


@pytest.fixture
def links(stage):
    found = Links(stage.folder / "tiles.db")
    yield found
    found.stop()


@pytest.fixture
def room(stage, links):
    return Room(stage, links)


def test_a_service_is_tried_before_anything_is_written_and_then_saved(room, stage, host):
    room.type("街道", host.wmts, KEY)
    room.press("try")
    stage.until(lambda: room.page.trial_words.text().startswith("取到图了"))
    assert room.maps == ()
    room.press("save")
    stage.until(lambda: [one.basemap.name for one in room.maps] == ["街道"])
    stage.until(lambda: room.page.table.current is not None)
    assert room.page.key.text() == "" and room.page.key.placeholderText().startswith("已保存")
    asked = len(host.asked)
    room.press("try")  # with the key that was kept
    stage.until(lambda: room.page.trial_words.text().startswith("取到图了"))
    assert len(host.asked) == asked  # what was seen once is kept on this machine


def test_a_trial_says_what_is_wrong(room, stage, host):
    room.type("街道", host.wmts, "wrong")
    room.press("try")
    stage.until(lambda: "不接受这个密钥" in room.page.trial_words.text())
    room.type("街道", "tiles.example/{z}")
    room.press("try")
    assert "不是 http" in room.page.message.text()


def test_a_refusal_leaves_the_form_as_it_is(room, stage):
    room.type("街道", "https://tiles.example/{z}/{x}.png")
    assert room.page.submit()
    stage.until(lambda: "没有图片的编号" in room.page.message.text())
    assert room.page.layers.words == "https://tiles.example/{z}/{x}.png" and room.maps == ()


def test_a_list_that_comes_anew_leaves_alone_what_is_being_typed(room, stage, host):
    room.type("半截", "https://tiles")
    asked = []
    room.page.answered.connect(lambda: asked.append(1))
    room.page.refresh()
    stage.until(lambda: asked)
    assert (room.page.name.text(), room.page.layers.words) == ("半截", "https://tiles")


def test_what_is_removed_can_be_brought_back_with_its_key(room, stage, host):
    room.type("街道", host.wmts, KEY)
    room.press("save")
    stage.until(lambda: room.page.table.current is not None)
    room.press("remove")
    stage.until(lambda: room.maps == () and room.page.acts["back"].isVisible())
    room.press("back")
    stage.until(lambda: len(room.maps) == 1)
    assert room.service.key_of(ADMIN, room.maps[0]) == KEY
    stage.until(lambda: not room.page.acts["back"].isVisible())


def test_another_choice_shows_its_own_values(room, stage, host):
    for name in ("街道", "影像"):
        room.type(name, host.xyz)
        room.page.datum.setCurrentIndex(room.page.datum.findData("gcj02" if name == "影像" else "wgs84"))
        room.press("save")
        stage.until(lambda name=name: name in [one.basemap.name for one in room.maps] and room.page.table.current is not None)
    room.page.table.choose(1)
    stage.until(lambda: (room.page.name.text(), room.page.datum.currentData()) == ("街道", "wgs84"))
    room.page.table.choose(2)
    stage.until(lambda: (room.page.name.text(), room.page.datum.currentData()) == ("影像", "gcj02"))


def test_only_the_administrator_has_the_page(stage, links):
    assert "底图" not in Room(stage, links, stage.town.actor("duty")).pages
