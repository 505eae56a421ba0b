"""A new case written by an officer at a place of the map: found categories, one case for one form, kept words, refusals at their field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.errors import Unavailable
from console.ui.case.new_case import NewCase
from tests.make import SPOT, VILLAGE

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def seat(stage):
    return stage.seat()


@pytest.fixture
def form(stage, seat, qtbot):
    made = NewCase(seat)
    qtbot.addWidget(made)
    made.open(SPOT, "元村镇 › 仓颉村")
    return made


def written(form, category="0602", text="路灯不亮三盏"):
    form.search.setText(category)
    form.text.write(text)
    return form


def offered(form):
    return [form.category.itemData(place) for place in range(form.category.count())]


def test_a_case_is_taken_in_where_the_map_was_pressed_and_is_in_hand(form, stage, seat):
    said = []
    seat.said.connect(said.append)
    written(form).address.setText("元村镇 仓颉路")
    QTest.keyClick(form.address, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: seat.case_id)
    case = stage.town.case(seat.case_id)
    assert (case.category, case.source, case.address, case.content) == ("0602", "03", "元村镇 仓颉路", "路灯不亮三盏")
    assert (case.lon, case.lat, case.grid) == (SPOT.lon, SPOT.lat, f"{VILLAGE}001")
    assert case.priority == seat.services.codes.categories["0602"].priority
    assert said == [f"{case.number} 已登记"]
    assert not form.isVisible() and form.text.words == ""


@pytest.mark.parametrize(("typed", "code"), [("0601", "0601"), ("井盖", "0601"), ("jg", "0601")])
def test_a_category_is_found_by_code_name_and_initials(form, stage, typed, code):
    form.search.setText(typed)
    stage.until(lambda: code in offered(form))
    assert len(offered(form)) < 40


def test_the_table_says_the_priority_of_a_category(form):
    form.search.setText("0601")
    assert form.priority.text() == "等级 特急"


def test_esc_puts_it_away_and_the_words_stay_for_another_place(form):
    written(form)
    QTest.keyClick(form.text, Qt.Key.Key_Escape)
    assert not form.isVisible()
    form.open(SPOT, "元村镇")
    assert (form.text.words, form.category.code, form.place.text()) == ("路灯不亮三盏", "0602", "元村镇")


@pytest.mark.parametrize(
    ("category", "text", "says"), [("没有这类", "路灯", "请选择类别。"), ("0602", " ", "请填写事项内容。")],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_sent(form, stage, seat, category, text, says):
    written(form, category, text).submit()
    assert form.message.text() == says
    assert not stage.town.ask.inbox(seat.actor, stage.town.clock.now()).rows


def test_a_report_that_was_refused_is_sent_again_under_the_same_key(form, stage, seat, monkeypatch):
    sent, receive = [], seat.services.reports.receive

    def fail(actor, draft):
        sent.append(draft.key)
        receive(actor, draft)  # taken, but the answer is lost
        raise Unavailable("store_busy")

    monkeypatch.setattr(seat.services.reports, "receive", fail)
    written(form).submit()
    stage.until(lambda: form.message.text())
    assert form.isVisible() and form.text.words
    monkeypatch.setattr(seat.services.reports, "receive", receive)
    form.submit()
    stage.until(lambda: seat.case_id)
    assert len(stage.town.ask.inbox(seat.actor, stage.town.clock.now()).rows) == 1
    assert form.draft.key != sent[0]


def test_personal_numbers_are_asked_about_before_they_are_stored(form, stage, seat):
    written(form, text="来电 13812345678 称路灯不亮").submit()
    assert form.personal.isVisibleTo(form)
    form.personal.mask.click()
    stage.until(lambda: seat.case_id)
    assert "13812345678" not in stage.town.case(seat.case_id).content


def test_a_locked_seat_shows_no_form(form, seat):
    seat.set_locked(True)
    assert not form.isVisible()


def test_nothing_is_chosen_for_an_officer_who_typed_nothing(form, stage):
    form.text.write("路灯不亮")
    form.submit()
    assert (form.category.code, form.message.text()) == ("", "请选择类别。")


def test_a_case_without_a_position_is_taken_in_and_flagged(form, stage, seat):
    form.open(None, "尚无位置")
    written(form).submit()
    stage.until(lambda: seat.case_id)
    assert "no_position" in stage.town.case(seat.case_id).flags
