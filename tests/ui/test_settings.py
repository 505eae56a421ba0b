"""The administration on the screen, over a real store: pages by rights, forms that keep what is typed, refusals beside them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt

from console.domain.people import Actor, User
from console.domain.place import Centre
from console.service.administration import Administration, Wanted
from console.store import atlas, tables
from console.ui.seat import Seat
from console.ui.settings.duty import DutyPage
from console.ui.settings.importing import ImportPage
from console.ui.settings.offices import UnitsPage
from console.ui.settings.panel import AdminPanel
from console.ui.settings.staff import StaffPage
from console.ui.settings.staff_pages import staff_pages
from console.ui.settings.users import UsersPage
from console.ui.settings.wishes import SessionsPage, WishesPage
from tests.make import OTHER_COUNTY

pytest_plugins = ("tests.ui.stage",)
ADMIN = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), "A1", "person", "admin", level=3)
NAMES = {UsersPage: "users", UnitsPage: "units", WishesPage: "wishes", DutyPage: "duty", ImportPage: "import", SessionsPage: "sessions"}


class Desk:
    """The pages about people and units in their panel, shown for one actor."""

    def __init__(self, stage) -> None:
        self.stage, self.admin, self.panels = stage, Administration(stage.town.desk), []
        with stage.town.store.write() as unit:
            unit.add_many(tables.user, (User(90, "admin", "系统管理员", "", 1, 2, ("R22",)),))

    def open(self, actor: Actor, page: str = "") -> dict[str, StaffPage]:
        kept = QSettings(str(self.stage.folder / "admin.ini"), QSettings.Format.IniFormat)
        seat = Seat(actor, replace(self.stage.services, admin=self.admin), self.stage.work)
        found = staff_pages(seat, kept)
        pages = {NAMES[type(made)]: made for _, made in found}
        panel = AdminPanel(self.stage.work, found)
        self.panels.append((panel, seat))  # a panel nobody holds is gone with its pages
        self.stage.show(panel)
        panel.resize(1500, 900)
        if page:
            panel.show_page(pages[page])
            self.stage.until(pages[page].isVisible)
        return pages


@pytest.fixture
def desk(stage):
    return Desk(stage)


def users(desk, actor=ADMIN):
    page = desk.open(actor)["users"]
    desk.stage.until(lambda: page.table.cells.rows)
    return page


@pytest.mark.parametrize(
    ("role", "pages"),
    [("R22", ["users", "units", "wishes", "duty", "import", "sessions"]), ("R17", ["users", "units", "wishes", "duty", "sessions"]),
     ("R04", ["users", "units", "wishes", "duty", "sessions"]), ("R06", ["duty", "sessions"]),
     ("R19", ["users", "units", "wishes", "duty", "sessions"])],
)  # fmt: skip
def test_a_role_has_its_pages(desk, role, pages):
    assert list(desk.open(replace(ADMIN, roles=frozenset({role})))) == pages


def test_people_are_found_while_typing_and_by_filters(desk):
    page = users(desk)
    assert len(page.table.cells.rows) == 20, "all of the county and below, none of the other"

    page.words.setText("承办人")
    desk.stage.until(lambda: len(page.table.cells.rows) == 3)
    page.role.setCurrentIndex(page.role.findData("R16"))
    desk.stage.until(lambda: not page.table.cells.rows)
    assert "没有符合条件" in page.table.empty_text


def test_a_person_is_added_by_keyboard_and_the_start_word_shown(desk):
    page = users(desk)
    page.new()
    for field, text in ((page.form.login, "xinren"), (page.form.name, "新人子"), (page.form.unit, "410923-ZZ")):
        field.setText(text)
    page.form.roles["R06"].setChecked(True)
    page.form.login.setFocus()
    desk.stage.qtbot.keyClick(page.form.login, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.stage.until(page.word.isVisible)

    with pytest.raises(Exception, match="must_change_password"):
        desk.stage.town.people.sign_in("xinren", page.word.text())
    desk.stage.until(lambda: any(row.user.login == "xinren" for row in page.table.cells.rows))


@pytest.mark.parametrize(("login", "name", "sends"), [("admin", "users", True), ("director", "units", False), ("leader", "duty", True),
                                                      ("duty", "duty", False), ("duty", "sessions", False)])  # fmt: skip
def test_ctrl_enter_sends_a_form_for_those_who_may_alone(desk, login, name, sends):
    page = desk.open(ADMIN if login == "admin" else desk.stage.town.actor(login), name)[name]
    assert desk.panels[-1][0].submit() is sends
    if sends:
        desk.stage.until(page.message.isVisible)


def test_a_refusal_stands_beside_the_form_and_what_was_typed_stays(desk):
    page = users(desk)
    page.new()
    page.form.login.setText("duty")
    page.form.name.setText("重名子")
    page.form.unit.setText("410923-ZZ")
    page.save()
    desk.stage.until(page.message.isVisible)

    assert "已有人使用" in page.message.text()
    assert page.form.name.text() == "重名子"
    page.form.valid_to.setText("明天")
    page.save()
    assert "2027-12-31" in page.message.text()


def test_news_do_not_wipe_what_is_being_typed(desk):
    page = users(desk)
    page.table.choose(1)
    page.form.name.setText("正在改名")
    before = page.table.cells.rows

    page.refresh()
    desk.stage.until(lambda: page.table.cells.rows is not before)

    assert page.table.current.user.login == "duty"
    assert page.form.name.text() == "正在改名"


def test_contradicting_roles_are_refused_with_both_names(desk):
    page = users(desk)
    page.table.choose(1)
    page.form.roles["R19"].setChecked(True)
    page.save()
    desk.stage.until(page.message.isVisible)

    assert "安全审计员（R19）" in page.message.text()
    assert "受理员(座席)（R06）" in page.message.text()


def test_guarded_roles_wait_and_the_director_grants_them(desk):
    page = users(desk)
    page.table.choose(1)
    page.form.roles["R15"].setChecked(True)
    page.save()
    desk.stage.until(page.message.isVisible)
    assert "待中心主任审批" in page.message.text()

    wishes = desk.open(desk.stage.town.actor("director"), "wishes")["wishes"]
    desk.stage.until(lambda: wishes.table.cells.rows)
    wishes.table.selectRow(0)
    wishes.grant.click()
    desk.stage.until(lambda: not wishes.table.cells.rows)
    assert "R15" in desk.admin.person(ADMIN, 1).user.roles


def test_an_auditor_reads_and_changes_nothing(desk):
    page = users(desk, replace(ADMIN, roles=frozenset({"R19"})))
    page.table.choose(1)

    assert not any(act.isVisible() for act in page.acts.values())
    assert not page.form.name.isEnabled()


def test_a_unit_is_renamed_and_a_branch_opens_when_it_is_clicked(desk):
    page = desk.open(ADMIN, "units")["units"]
    desk.stage.until(lambda: page.table.cells.rows and page.tree.topLevelItemCount())
    top = page.tree.topLevelItem(0)
    desk.stage.until(lambda: top.childCount() == 1)
    page.table.choose(2)
    page.name.setText("住建局")
    page.save()
    desk.stage.until(lambda: any(row.unit.name == "住建局" for row in page.table.cells.rows))

    page.tree.setCurrentItem(top.child(0))
    desk.stage.until(lambda: [row.unit.code for row in page.table.cells.rows] == ["410923102-ZZ"])


def test_a_centre_without_units_says_how_to_add_one(desk):
    with desk.stage.town.store.write() as unit:
        atlas.put_centres(unit, (Centre(6, "ZZ410923103", 4, OTHER_COUNTY, "空镇综治中心", 2, "/1/2/6/", False),))
    page = desk.open(ADMIN, "units")["units"]
    desk.stage.until(lambda: page.tree.topLevelItemCount() and page.tree.topLevelItem(0).childCount() == 2)
    page.tree.setCurrentItem(page.tree.topLevelItem(0).child(1))
    desk.stage.until(lambda: not page.table.cells.rows and page.table.empty_text)
    assert "还没有单位" in page.table.empty_text


def test_a_duty_is_put_on_and_taken_off(desk):
    page = desk.open(desk.stage.town.actor("leader"), "duty")["duty"]
    for field, text in ((page.login, "duty"), (page.starts, "2026-11-23 08:00"), (page.ends, "2026-11-23 20:00")):
        field.setText(text)
    page.part.setCurrentIndex(page.part.findData("officer"))
    page.put()
    desk.stage.until(lambda: page.table.cells.rows)
    assert page.table.cells.data(page.table.cells.index(0, 5)) == "在岗"
    page.table.selectRow(0)
    page.take_off()
    desk.stage.until(lambda: not page.table.cells.rows)
    page.starts.setText("明早")
    page.put()
    assert "2026-11-23 08:00" in page.message.text()


def test_a_file_is_judged_before_it_is_imported(desk, tmp_path):
    page = desk.open(ADMIN, "import")["import"]
    file = tmp_path / "people.csv"
    file.write_text("账号,姓名,单位编码,角色\nBAD LOGIN,甲甲,410923-ZZ,R06\n", encoding="gbk")
    page.preview(file)
    desk.stage.until(lambda: page.table.cells.rows)
    assert "1 处错误" in page.summary.text()
    assert not page.take.isEnabled()

    file.write_text("账号,姓名,单位编码,角色\nnew1,甲甲,410923-ZZ,受理员(座席)\n", encoding="utf-8-sig")
    page.preview(file)
    desk.stage.until(page.take.isEnabled)
    page.take.click()
    desk.stage.until(page.words_out.isVisible)
    assert desk.admin.people(ADMIN, desk_wanted("new1")).total == 1
    page.preview(tmp_path / "absent.csv")
    desk.stage.until(page.message.isVisible)


def desk_wanted(words: str):
    return Wanted(words)


def test_widths_are_kept_for_the_next_day(desk):
    page = users(desk)
    page.table.horizontalHeader().resizeSection(0, 222)

    assert users(desk).table.columnWidth(0) == 222
