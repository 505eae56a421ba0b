"""Deciding on proposals: old beside new, a reason for a no, and never by who proposed."""

from PySide6.QtWidgets import QLabel

from console.domain.people import system_actor
from tests.service.halls import MANHOLE, TOMORROW
from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)


def words_of(page) -> list[str]:
    return [label.text() for label in page.card.difference.findChildren(QLabel) if not label.isHidden()]


def waiting(stage, by: str = "leader") -> tuple[Room, object]:
    room = Room(stage)
    room.change = room.hall.propose(stage.town.actor(by), "categories", "0601", {**MANHOLE, "limit": "2H"})
    page = room.open("changes")
    stage.until(lambda: page._shown.rows)
    page.view.select(room.change.id)
    return room, page


def test_an_empty_list_says_so(stage):
    page = Room(stage).open("changes")
    assert page.view.empty_text == "没有等待审批的变更。"


def test_a_change_shows_old_beside_new_and_who_wants_it(stage):
    _, page = waiting(stage)
    assert page._painter.spoken(page._shown.rows[0]).splitlines() == [
        "0601 井盖缺失/破损：时限", "值班长丙提出，自 2026-11-24 10:00，南乐县综治中心", "待审批"]
    stage.until(lambda: "时限" in words_of(page))
    shown = words_of(page)
    assert shown[shown.index("时限") :][:3] == ["时限", "4小时", "2小时"]
    assert page.card.why.text() == "理由：本地实际"


def test_approving_takes_one_button_and_is_said(stage):
    room, page = waiting(stage)
    page.card.verbs.button("approve").click()
    stage.until(lambda: room.said)
    assert room.said == ["已批准，自 2026-11-24 10:00 起生效。"]
    stage.until(lambda: page._shown.rows == ())
    stage.town.clock.at = TOMORROW
    assert room.hall.limit("0601", 2) == "2H"


def test_a_no_needs_a_reason_and_what_was_typed_stays(stage):
    room, page = waiting(stage)
    page.card.verbs.button("refuse").click()
    stage.until(lambda: page.card.message.text())
    assert page.card.words.hasFocus()
    page.card.words.write("人手不够")
    page.card.verbs.button("refuse").click()
    stage.until(lambda: room.said)
    assert room.hall.changes.changes(room.seat.actor)[0].change.answer == "人手不够"


def test_the_applicant_sees_why_the_buttons_are_off(stage):
    _, page = waiting(stage, "director")
    button = page.card.verbs.button("approve")
    assert not button.isEnabled()
    assert "本人" in button.verb.why_not
    assert page.card.verbs.button("withdraw").isEnabled()


def test_a_refused_change_can_be_proposed_again_from_what_it_wanted(stage):
    room, page = waiting(stage)
    room.hall.changes.refuse(room.hall.director, room.change.id, 1, "再议")
    page.chips.choose("all")
    stage.until(lambda: page._shown.rows and page._shown.rows[0].change.state == "refused")
    page.view.select(room.change.id)
    page.card.verbs.button("again").click()
    tables = room.pages["tables"]
    stage.until(lambda: tables.editor.subject is not None)
    assert room.panel.stack.currentWidget() is tables
    assert tables.editor.fields["limit"].line.text() == "2H"


def test_a_change_in_force_is_changed_back_by_a_new_proposal(stage):
    room = Room(stage)
    change = room.hall.decided(room.hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    stage.town.clock.at = TOMORROW
    room.hall.changes.take_effect(system_actor("sweep"))
    page = room.open("changes")
    page.chips.choose("all")
    stage.until(lambda: page._shown.rows)
    page.view.select(change.id)
    stage.until(lambda: page.card.verbs.button("revert") is not None)
    page.card.verbs.button("revert").click()
    tables = room.pages["tables"]
    stage.until(lambda: tables.editor.subject is not None)
    assert tables.editor.fields["limit"].line.text() == "4H"


def test_the_history_of_one_row_is_shown_and_left_again(stage):
    room, page = waiting(stage)
    lamp = {**room.hall.book.rows(0)["categories"]["0602"], "limit": "1WD", "active": True}
    room.hall.propose(room.hall.leader, "categories", "0602", lamp)
    page.show_history("categories", "0601")
    stage.until(lambda: page._shown.asked == ("all", "categories", "0601"))
    assert [row.change.code for row in page._shown.rows] == ["0601"]
    page.about.button("all_rows").click()
    stage.until(lambda: len(page._shown.rows) == 2)


def test_after_a_decision_no_other_change_slips_under_the_button(stage):
    room, page = waiting(stage)
    lamp = {**room.hall.book.rows(0)["categories"]["0602"], "limit": "1WD", "active": True}
    room.hall.propose(room.hall.leader, "categories", "0602", lamp)
    page.refresh()
    stage.until(lambda: len(page._shown.rows) == 2)
    page.view.select(room.change.id)
    page.card.verbs.button("approve").click()
    stage.until(lambda: len(page._shown.rows) == 1)
    assert page.card.title.text() == "请选择一项变更"
    assert not page.card.verbs.isVisible()
