"""Sign-in: by keyboard alone, nothing sent twice, refusals in clear words, Caps Lock noticed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from console.ui.signin import SignIn, is_caps_lock


@pytest.fixture
def form(qtbot):
    made = SignIn("南乐县综治中心", has_demo=True)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.asks, made.demos = [], []
    made.asked.connect(lambda login, password: made.asks.append((login, password)))
    made.demo_asked.connect(lambda: made.demos.append(1))
    made.show()
    made.focus_first()
    return made


def test_signing_in_needs_no_mouse(qtbot, form):
    qtbot.keyClicks(form.login, "duty")
    qtbot.keyClick(form.login, Qt.Key.Key_Return)
    qtbot.waitUntil(form.password.hasFocus)
    qtbot.keyClicks(form.password, "secret")
    qtbot.keyClick(form.password, Qt.Key.Key_Return)
    assert form.asks == [("duty", "secret")]
    assert form.password.echoMode() == QLineEdit.EchoMode.Password


def test_nothing_is_sent_twice(qtbot, form):
    form.login.setText("duty")
    form.password.setText("secret")
    qtbot.mouseClick(form.enter, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.enter, Qt.MouseButton.LeftButton)
    qtbot.keyClick(form.password, Qt.Key.Key_Return)
    assert form.asks == [("duty", "secret")]


def test_a_long_refusal_is_shown_whole(qtbot, form):
    form.refuse("User or password is wrong. Try again; ask your centre's administrator for a new password if it stays so. " * 2)
    qtbot.waitUntil(lambda: form.refusal.height() >= form.refusal.heightForWidth(form.refusal.width()))
    assert form.rect().contains(form._card.geometry())


def test_a_refusal_is_said_and_the_login_kept(form):
    form.login.setText("duty")
    form.password.setText("wrong")
    form.enter.click()
    form.refuse("账号或密码不对")
    assert form.refusal.isVisible()
    assert form.refusal.text() == "账号或密码不对"
    assert form.login.text() == "duty"
    assert form.password.text() == ""
    assert form.enter.isEnabled()


def test_empty_fields_are_named_and_nothing_is_sent(form):
    form.enter.click()
    assert form.asks == []
    assert form.refusal.text() == "请输入账号和密码"


def test_the_demo_is_one_visible_click(qtbot, form):
    assert form.demo.isVisible()
    assert form.demo.text() == "以演示值班员进入"
    qtbot.mouseClick(form.demo, Qt.MouseButton.LeftButton)
    assert form.demos == [1]


def test_without_demo_there_is_no_such_button(qtbot):
    made = SignIn("南乐县综治中心")
    qtbot.addWidget(made)
    made.show()
    assert not made.demo.isVisible()


def test_a_locked_seat_lets_only_its_officer_back(qtbot):
    made = SignIn("南乐县综治中心", locked_login="duty")
    qtbot.addWidget(made)
    made.show()
    made.focus_first()
    assert made.login.isReadOnly()
    assert made.enter.text() == "解锁"
    qtbot.waitUntil(made.password.hasFocus)


@pytest.mark.parametrize(
    ("letter", "shift", "caps"),
    [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True), ("1", False, False)],
)
def test_caps_lock_is_known_by_the_letters_case(letter, shift, caps):
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    assert is_caps_lock(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, keys, letter)) is caps


def test_caps_lock_is_told_while_the_password_is_typed(qtbot, form):
    qtbot.keyClick(form.password, "a")
    assert not form.caps.isVisible()
    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(form.password, pressed)
    assert form.caps.isVisible()
