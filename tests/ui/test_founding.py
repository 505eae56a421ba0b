"""The assistant of a first start: keys alone lead through it, mistakes are said where they are, leaving leaves nothing."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from console.domain.account import Rules
from console.domain.clock import SystemClock
from console.domain.words import Words
from console.net import totp
from console.service.desk import Desk
from console.service.founding import Founding
from console.store import migrate
from console.store.store import Store
from console.ui.founding.administrator import AdministratorPage
from console.ui.founding.assistant import Assistant
from console.ui.founding.first import FirstStart, Taste
from tests.make import CODES, ROOT

WORD = "Hongqi7-Lu-Deng"
RETURN = Qt.Key.Key_Return


@pytest.fixture
def founding(tmp_path):
    with closing(Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")) as store:
        migrate.upgrade(store)
        yield Founding(Desk(store, CODES, SystemClock()), Rules(), ROOT / "resources" / "geo")


@pytest.fixture
def assistant(qtbot, work, founding, tmp_path):
    made = Assistant(founding, work, QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    made.resize(1400, 900)
    made.show()
    made.ends = []
    made.ended.connect(made.ends.append)
    qtbot.waitUntil(lambda: made.place.place is not None, timeout=20_000)
    return made


def fill(qtbot, assistant, word=WORD):
    """Type one administrator and go on; the words of the refusal, or nothing."""
    page, at = assistant.pages.currentWidget(), assistant.at
    qtbot.keyClicks(page.name, "Zhao")
    for field in (page.password, page.again):
        qtbot.keyClicks(field, word)
    qtbot.keyClick(page.code, RETURN)
    qtbot.waitUntil(lambda: assistant.at != at or not assistant.message.isHidden(), timeout=10_000)
    return assistant.message.text()


def to_the_summary(qtbot, assistant, sought="410923102204"):
    qtbot.keyClicks(assistant.place.search, sought)
    qtbot.keyClick(assistant.place.search, RETURN)
    for _ in range(3):
        assert fill(qtbot, assistant) == ""
    assert assistant.pages.currentWidget() is assistant.summary


def test_typing_finds_the_division_and_enter_takes_it(qtbot, assistant):
    qtbot.keyClicks(assistant.place.search, "nlx")
    assert assistant.place.place.name == "南乐县"
    qtbot.keyClick(assistant.place.search, Qt.Key.Key_Down)
    assert assistant.place.place.name == "城关镇"
    qtbot.keyClicks(assistant.place.search, " ")
    assert assistant.place.place.name == "南乐县"  # other words: the best fit is chosen again
    qtbot.keyClick(assistant.place.search, RETURN)
    assert assistant.at == 1


def test_where_nothing_fits_there_is_no_way_on(qtbot, assistant):
    assistant.place.search.setText("没有这个")
    assert assistant.place.place is None
    assert not assistant.next.isEnabled()
    assert assistant.place.table.empty_text == "没有这个名称的区划。请少输几个字再试。"


def test_the_hall_is_made_and_leads_to_the_sign_in(qtbot, assistant, founding):
    to_the_summary(qtbot, assistant)
    assert founding.is_open()

    qtbot.keyClick(assistant.next, RETURN)
    qtbot.waitUntil(lambda: assistant.pages.currentWidget() is assistant.codes, timeout=30_000)
    assert not founding.is_open()
    assert assistant.codes.title.text().startswith("前什固村综治中心已建立：4 个中心")
    assert assistant.next.text() == "去登录"
    qtbot.keyClick(assistant.next, RETURN)

    assert assistant.ends == [True]
    assert {page.password.text() for page in assistant.administrators} == {""}


def test_a_second_factor_set_up_here_has_recovery_codes_afterwards(qtbot, assistant):
    qtbot.keyClicks(assistant.place.search, "410923102204")
    qtbot.keyClick(assistant.place.search, RETURN)
    page = assistant.administrators[0]
    qtbot.waitUntil(lambda: bool(page.secret), timeout=10_000)
    page.code.setText("000000" if totp.code_now(page.secret, SystemClock().now()) != "000000" else "111111")
    assert fill(qtbot, assistant) == "验证码不对或已用过。请等下一个验证码再试；手机丢失可用恢复码。"
    assert page.code.hasFocus() or assistant.focusWidget() is page.code
    page.code.setText(totp.code_now(page.secret, SystemClock().now()))
    qtbot.keyClick(page.code, RETURN)
    qtbot.waitUntil(lambda: assistant.at == 2, timeout=10_000)
    for _ in range(2):
        fill(qtbot, assistant)
    assert assistant.summary.people[0][2].text() == "双重验证已设置"

    assistant.go_on()
    qtbot.waitUntil(lambda: assistant.pages.currentWidget() is assistant.codes, timeout=30_000)
    assert all(totp.is_word(label.text()) for label in assistant.codes.codes)
    assistant.go_on()
    assert assistant.ends == [True]


def test_a_mistake_is_said_beside_its_field_and_gone_with_the_next_letter(qtbot, assistant):
    qtbot.keyClick(assistant.place.search, RETURN)
    page = assistant.administrators[0]

    assert fill(qtbot, assistant, "short") == "密码太短，至少 10 位。请加长。"
    assert assistant.focusWidget() is page.password
    qtbot.keyClicks(page.password, "x")
    assert assistant.message.isHidden()
    qtbot.keyClick(page.code, RETURN)
    assert assistant.message.text() == "两次输入的密码不一样。"


def test_the_same_login_twice_is_refused(qtbot, assistant):
    qtbot.keyClick(assistant.place.search, RETURN)
    fill(qtbot, assistant)
    assistant.administrators[1].login.setText("sysadmin")
    assert fill(qtbot, assistant) == "三个管理员要用三个不同的账号。请换一个账号。"


def test_escape_goes_back_and_keeps_what_was_typed(qtbot, assistant):
    qtbot.keyClick(assistant.place.search, RETURN)
    fill(qtbot, assistant)
    qtbot.keyClick(assistant, Qt.Key.Key_Escape)
    assert assistant.at == 1
    assert assistant.administrators[0].name.text() == "Zhao"


def test_leaving_leaves_nothing(qtbot, assistant, founding):
    to_the_summary(qtbot, assistant)
    qtbot.mouseClick(assistant.cancel, Qt.MouseButton.LeftButton)
    assert assistant.ends == [False]
    assert founding.is_open()


def test_what_is_being_made_can_be_stopped(qtbot, assistant, founding):
    to_the_summary(qtbot, assistant, "410900")  # all of the city takes seconds
    assistant.go_on()
    qtbot.waitUntil(assistant.busy.isVisible, timeout=20_000)
    assert not assistant.close()  # the window waits for the end

    qtbot.keyClick(assistant, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not assistant.message.isHidden(), timeout=60_000)
    assert assistant.message.text() == "已停止，没有留下任何改动。"
    assert founding.is_open()
    assert assistant.next.isEnabled()


def test_who_comes_late_is_led_to_the_sign_in(qtbot, assistant, founding):
    to_the_summary(qtbot, assistant)
    people = [page.typed for page in assistant.administrators]
    founding.found("410923102204", people)

    assistant.go_on()
    qtbot.waitUntil(lambda: not assistant.message.isHidden(), timeout=20_000)
    assert assistant.message.text() == "这个数据库里已经有大厅了。请直接登录，由系统管理员添加用户。"
    assert assistant.next.text() == "去登录"
    assistant.go_on()

    assert assistant.ends == [True]


def test_the_picture_follows_the_login(qtbot):
    page = AdministratorPage("R19")
    qtbot.addWidget(page)
    asked = []
    page.login_changed.connect(asked.append)
    assert page.login.text() == "auditor"
    page.login.setText("shenji")
    qtbot.waitUntil(lambda: asked == ["shenji"], timeout=5_000)


def test_another_language_is_another_window_and_is_remembered(qapp: QApplication, founding, tmp_path: Path):
    catalogues = {language: Words.load(ROOT / "resources" / "i18n", language) for language in ("zh_CN", "en")}
    first = FirstStart(qapp, founding, catalogues, Taste(tmp_path, "zh_CN", "day"))
    first.start()
    assert first.window.title.text() == "首次启动：建立本大厅"
    first.window.tongue.click()
    assert first.window.title.text() == "First start of this hall"
    assert QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat).value("language") == "en"
    first.window.close()
    assert not first.has_begun
    first.stop()
