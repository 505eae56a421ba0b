"""The way in: a wrong password, a start word, a second factor that is still to be set up; who may sits down."""

import pytest

from console.domain.people import Actor
from console.net import totp
from console.service.accounts import Accounts
from console.store import accounts
from console.ui.door import Door
from console.ui.entrance import Entrance

pytest_plugins = ("tests.ui.stage",)
WORD = "夜班-2026"


@pytest.fixture
def entered():
    return []


@pytest.fixture
def entrance(stage, work, entered, tmp_path):
    stage.town.people.set_password(1, WORD)
    made = Entrance(Door(stage.town.people, stage.feed, {}, stage.services, tmp_path), work, "A1")
    made.entered.connect(entered.append)
    made.open()
    yield made
    made.close()


def test_the_right_password_lets_in_and_the_page_goes_when_the_seat_stands(entrance, entered, stage):
    entrance.page.asked.emit("duty", WORD)
    stage.until(lambda: entered)
    assert (entered[0].actor.user_id, entered[0].actor.seat) == (1, "A1")
    entrance.close()
    assert entrance.page is None


def test_why_the_page_is_there_again_is_said(entrance):
    entrance.say("登录已失效")
    assert entrance.page.refusal.text() == "登录已失效"
    entrance.close()
    entrance.say("…")  # nobody is asked


def test_a_wrong_password_is_refused_in_words_and_the_login_stays(entrance, entered, stage):
    page = entrance.page
    page.login.setText("duty")
    page.asked.emit("duty", "wrong")
    stage.until(lambda: page.refusal.isVisible())
    assert page.login.text() == "duty"
    assert entered == []


def test_a_start_word_is_changed_at_the_door(entrance, entered, stage):
    begun = Accounts(stage.town.desk).reset_password(Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), level=3), 1)
    page = entrance.page
    page.login.setText("duty")
    page.password.setText(begun.word)
    page._ask()
    stage.until(lambda: page.changes)
    page.new.setText("three old locust trees")
    page.again.setText("three old locust treez")
    page._ask()
    assert "不一样" in page.refusal.text()
    page.new.setText("three old locust trees")
    page.again.setText("three old locust trees")
    page._ask()

    stage.until(lambda: entered)


def test_a_director_sets_a_second_factor_up_at_the_door(entrance, entered, stage):
    stage.town.people.set_password(4, WORD)
    page = entrance.page
    page.login.setText("director")
    page.password.setText(WORD)
    page._ask()
    stage.until(lambda: page.enrolment is not None)
    with stage.town.store.read() as unit:
        secret = accounts.offered_factor(unit, 4)
    page.enrolment.confirmed.emit("000000")
    stage.until(lambda: page.enrolment.refusal.isVisible())
    page.enrolment.confirmed.emit(totp.code_now(secret, stage.town.clock.now()))
    stage.until(lambda: not page.enrolment.code.isVisible())
    page.enrolment.finished.emit()
    assert page.code.isVisible()
    stage.town.wait(30)
    page.code.setText(totp.code_now(secret, stage.town.clock.now()))
    page._ask()

    stage.until(lambda: entered)
