"""The plugins page over a real store and real processes: state, settings, what was said, what was reported and taken in."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit

from console.domain.people import User
from console.service.administration import Administration
from console.store import tables
from console.ui.seat import Seat
from console.ui.settings.panel import AdminPanel
from console.ui.settings.staff_pages import staff_pages
from tests.plugin.processes import plugin
from tests.plugins.halls import ADMIN as CLERK
from tests.plugins.halls import plugins_of

pytest_plugins = ("tests.ui.stage",)
ADMIN = replace(CLERK, user_id=90)
MORE = ('[settings.address]\nlabel = {zh = "地址", en = "Address"}\ntype = "text"\nneeded = true\n'
        '[settings.password]\nlabel = {zh = "密码", en = "Password"}\ntype = "secret"\n'
        '[settings.is_deep]\nlabel = {zh = "深入", en = "Deep"}\ntype = "flag"\n'
        '[settings.places]\nlabel = {zh = "地点", en = "Places"}\ntype = "lines"\n'
        '[settings.way]\nlabel = {zh = "方式", en = "Way"}\ntype = "choice"\nchoices.a = {zh = "甲", en = "A"}\n'
        'choices.b = {zh = "乙", en = "B"}\n'
        '[words]\nhello = {zh = "你好 {who}", en = "Hello {who}"}\nbroke = {zh = "坏了：{why}", en = "Broken: {why}"}\n')  # fmt: skip
BODY = ("from console.plugin.api import Failure\ndef run(host):\n    s = host.settings\n"
        "    if s['address'] == 'bad': raise Failure('broke', why='<b>电</b>')\n"
        "    host.note('hello', who=f\"{s['address']} {s['password']} {s['is_deep']} {s['places']} {s['way']}\")\n"
        "    host.cameras([{'ref': 'a', 'name': '一号'}, {'ref': 'b', 'name': '', 'main': 'rtsp://u:secret@h/ x'}])\n"
        "    host.wait(600)\n")  # fmt: skip


class Room:
    """The administration with the plugins page in front."""

    def __init__(self, stage, service) -> None:
        self.stage, self.service = stage, service
        kept = QSettings(str(stage.folder / "admin.ini"), QSettings.Format.IniFormat)
        with stage.town.store.write() as unit:
            unit.add_many(tables.user, (User(90, "admin", "系统管理员", "", 1, 2, ("R22",)),))
        services = replace(stage.services, admin=Administration(stage.town.desk), plugins=service)
        self.seat = Seat(ADMIN, services, stage.work)
        found = dict(staff_pages(self.seat, kept))
        self.page = found["插件"]
        self.panel = AdminPanel(stage.work, tuple(found.items()))
        stage.show(self.panel)
        self.panel.resize(1500, 900)
        self.panel.show_page(self.page)
        stage.until(lambda: self.page.table.cells.rows)

    def choose(self, name: str) -> None:
        self.page.table.choose(name)

    def shown(self, what: str) -> bool:
        return self.page.acts[what].isVisible()


@pytest.fixture
def room(stage, tmp_path):
    root = tmp_path / "plugins"
    plugin(root, "trial", BODY, more=MORE)
    plugin(root, "later", "", api=2)
    (plugin(root, "odd", "") / "plugin.toml").write_text("id = ")
    with plugins_of(stage.town, tmp_path, root) as service:
        service.start()
        stage.feed.listen(service.hear)
        made = Room(stage, service)
        yield made
        made.panel.hide()


def test_every_plugin_stands_there_with_its_state(room):
    rows = {row.found.id: (room.page.table.cells.columns[0].says(row), room.page.table.cells.columns[1].says(row))
            for row in room.page.table.cells.rows}  # fmt: skip
    assert rows == {"later": ("试", "版本太新"), "odd": ("odd", "出错"), "trial": ("试", "未设置")}
    room.choose("odd")
    assert "plugin.toml" in room.page.state.text()
    assert not any(room.shown(act) for act in room.page.acts)


def test_a_plugin_is_set_turned_on_heard_and_turned_off(room):
    page, until = room.page, room.stage.until
    room.choose("trial")
    page.turn_on()
    assert "还缺：地址" in page.message.text()

    fields = page.form.fields
    fields["address"].setText("http://h")
    fields["password"].setText("s3cret")
    fields["is_deep"].setChecked(True)
    fields["places"].write("一\n二")
    fields["way"].setCurrentIndex(1)
    assert fields["password"].echoMode() == QLineEdit.EchoMode.Password
    page.turn_on()

    until(lambda: "运行中" in page.state.text() and page.report.preview is not None)
    assert [row[1] for row in page.notes.cells.rows] == ["你好 http://h s3cret True 一\n二 b"]
    assert (room.shown("off"), room.shown("on"), room.shown("save")) == (True, False, True)
    until(lambda: page.form.fields["password"].text() == "")
    assert "已保存" in page.form.fields["password"].placeholderText()
    page.turn_off()
    until(lambda: "已关" in page.state.text() and room.shown("on"))


def test_what_is_typed_stays_while_the_page_asks_again(room):
    room.choose("trial")
    room.page.form.fields["address"].setText("halb")
    for _ in range(3):
        room.page.refresh()
    room.stage.until(lambda: not room.stage.work.busy)
    assert room.page.form.fields["address"].text() == "halb"


def test_a_report_is_checked_its_mistakes_shown_and_the_rest_taken_in(room):
    page, until = room.page, room.stage.until
    room.choose("trial")
    page.form.fields["address"].setText("http://h")
    page.turn_on()
    until(lambda: page.report.preview is not None)

    assert page.report.summary.text() == "共 2 台：新增 1，变更 0；有 2 处问题，相应的不接收。"
    cells = [[column.says(row) for column in page.report.table.cells.columns] for row in page.report.table.cells.rows]
    assert [cell[:3] for cell in cells] == [["2", "摄像机名称", ""], ["2", "主码流", "***"]]
    assert "secret" not in str(cells)
    page.take()
    until(lambda: "已接收：新增 1，变更 0；未接收 1。" in page.message.text())
    until(lambda: not page.report.take.isEnabled())
    assert len(room.stage.town.ask.cameras(room.stage.town.actor("duty"), "一号")) == 1


def test_a_failure_is_said_in_the_plugin_s_words_as_plain_text(room):
    room.choose("trial")
    room.page.form.fields["address"].setText("bad")
    room.page.turn_on()

    room.stage.until(lambda: "坏了：<b>电</b>" in room.page.state.text())
    assert "60 秒后重试" in room.page.state.text()


def test_ctrl_enter_saves(room):
    room.choose("trial")
    room.page.form.fields["address"].setText("http://other")
    assert room.page.submit()
    room.stage.until(lambda: "已保存" in room.page.message.text())
    # The list is asked for anew, once for the act and once for its news; until then its row knows of no settings.
    room.stage.until(lambda: (row := room.page.table.current) is not None and row.plugin is not None)
    assert room.page.table.current.plugin.settings["address"] == "http://other"


def test_a_wrong_value_is_refused_beside_the_form(room):
    room.choose("trial")
    room.page.form.fields["address"].setText("a\x7fb")
    room.page.save()
    room.stage.until(room.page.message.isVisible)
    assert room.page.form.fields["address"].text()


def test_only_a_system_administrator_has_the_page(stage, room):
    kept = QSettings(str(stage.folder / "other.ini"), QSettings.Format.IniFormat)
    for login in ("duty", "director", "clerk", "leader"):
        seat = Seat(stage.town.actor(login), room.seat.services, stage.work)
        assert "插件" not in dict(staff_pages(seat, kept))
