"""Changing a row on the page of the code tables, by keyboard, on a real store."""

from PySide6.QtCore import Qt

from tests.service.halls import COUNTY, MANHOLE
from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)


def rows(page) -> list[str]:
    return [row.code for row in page.view._rows.rows]


def test_the_page_opens_on_the_categories_with_names_in_both_languages(stage):
    page = Room(stage).open("tables")
    assert len(rows(page)) == 93
    spoken = page._painter.spoken(page.view._rows.rows[rows(page).index("0601")])
    assert spoken == "0601 · 井盖缺失/破损 · Manhole cover missing or broken · 特急 · 4小时 · 住建 · 水气热、通信"


def test_a_limit_is_proposed_by_keyboard_alone(stage):
    room = Room(stage)
    page = room.open("tables")
    page.view.setFocus()
    page.view.select("0601")
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: page.editor.fields["zh"].editor.hasFocus())
    for _ in range(3):
        stage.press(Qt.Key.Key_Tab)
    assert page.editor.fields["limit"].editor.hasFocus()
    page.editor.fields["limit"].line.selectAll()
    stage.type("2h")
    assert page.editor.fields["limit"].now.text() == "现为：4小时"
    page.editor.note.setFocus()
    stage.type("现场两小时可到")
    stage.submit()
    stage.until(lambda: room.said)

    waiting = room.hall.changes.changes(room.seat.actor, "waiting")
    assert [(row.change.code, row.change.after["limit"], row.change.note) for row in waiting] == [("0601", "2H", "现场两小时可到")]
    assert room.said == ["已提出，须由另一人在 2026-11-24 00:00 前批准。"]
    stage.until(lambda: page.editor.subject.row.waiting is not None)
    assert not page.editor.send.isEnabled()


def test_a_refusal_names_the_field_goes_there_and_keeps_what_was_typed(stage):
    page = Room(stage).open("tables")
    page.view.select("0601")
    page.editor.fields["limit"].line.setText("0H")
    page.editor.note.write("试")
    page.editor.submit()
    stage.until(lambda: page.editor.message.text())
    assert page.editor.message.text() == "时限“0H”须大于零。请填如 30M、4H、3WD 的时限。"
    assert page.editor.fields["limit"].editor.hasFocus()
    page.view.select("0602")
    page.view.select("0601")
    assert (page.editor.fields["limit"].line.text(), page.editor.note.words) == ("0H", "试")


def test_a_date_in_the_past_and_one_without_year_are_named(stage):
    page = Room(stage).open("tables")
    page.view.select("0601")
    page.editor.fields["limit"].line.setText("2H")
    page.editor.note.write("试")
    for typed, words in (("2026-11-01 08:00", "已经过去"), ("11-30 08:00", "没有年份")):
        page.editor.begins.setText(typed)
        page.editor.submit()
        stage.until(lambda words=words: words in page.editor.message.text())
        assert page.editor.begins.hasFocus()


def test_nothing_can_be_proposed_before_something_is_changed(stage):
    page = Room(stage).open("tables")
    page.view.select("0601")
    assert not page.editor.send.isEnabled()
    assert page.submit() is False


def test_who_may_not_propose_reads_why(stage):
    room = Room(stage, "stranger")
    assert room.pages
    watcher = Room(stage, "viewer")
    assert watcher.pages == {}


def test_searching_narrows_the_rows_at_once_and_says_when_none_is_left(stage):
    page = Room(stage).open("tables")
    for typed, found in (("jg", ["0601"]), ("0601", ["0601"]), ("井盖", ["0601"])):
        page.search.setText(typed)
        stage.until(lambda found=found: set(found) <= set(rows(page)) and len(rows(page)) < 20)
    page.search.setText("zzz")
    stage.until(lambda: rows(page) == [])
    assert page.view.empty_text == "没有符合的行。"


def test_another_table_has_its_own_columns_and_form(stage):
    page = Room(stage).open("tables")
    page.chips.choose("stage_limits")
    stage.until(lambda: rows(page)[:2] == ["accept", "verify"])
    page.view.select("accept")
    assert list(page.editor.fields) == ["P1", "P2", "P3", "P4"]
    page.chips.choose("departments")
    stage.until(lambda: rows(page)[:1] == ["D01"])
    assert page.editor.subject is None or page.editor.subject.table == "departments"


def test_what_somebody_else_decides_appears_by_itself(stage):
    room = Room(stage)
    page = room.open("tables")
    change = room.hall.propose(room.hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    stage.until(lambda: page.view._rows.rows[rows(page).index("0601")].waiting is not None)
    room.hall.changes.approve(room.hall.city_director, change.id, 1)
    stage.until(lambda: page.view._rows.rows[rows(page).index("0601")].ahead is not None)


def test_a_row_of_ones_own_can_follow_the_centre_above_again(stage):
    room = Room(stage)
    room.hall.decided(room.hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    stage.town.clock.at = stage.town.clock.at.replace(day=24, hour=3)
    page = room.open("tables")
    page.view.select("0601")
    stage.until(lambda: page.editor.subject is not None)
    assert page.editor.follow.isVisible()
    page.editor.note.write("与全市一致")
    page.editor.follow.click()
    stage.until(lambda: room.said)
    assert room.hall.changes.changes(room.seat.actor, "waiting")[0].change.after == {}


def test_a_city_edits_a_county_and_the_proposal_is_the_countys(stage):
    room = Room(stage)
    room.seat = room.seat.__class__(room.hall.city_director, room.services, stage.work)
    page = room.pages["tables"].__class__(room.seat, room.services.code_desk)
    stage.show(page)
    page.refresh()
    stage.until(lambda: page._shown is not None)
    assert page.centre.count() == 4
    page.centre.choose(str(COUNTY))
    stage.until(lambda: page._shown.centre_id == COUNTY)
    page.view.select("0601")
    page.editor.fields["limit"].line.setText("3H")
    page.editor.note.write("市里统一")
    page.submit()
    stage.until(lambda: room.hall.changes.changes(room.hall.director, "waiting"))
    assert room.hall.changes.changes(room.hall.director, "waiting")[0].change.centre_id == COUNTY


def test_a_new_reason_gets_the_first_free_number_of_its_kind(stage):
    room = Room(stage)
    page = room.open("tables")
    assert not page.new_button.isVisible()
    page.chips.choose("reasons")
    stage.until(lambda: rows(page)[:1] == ["return.1"])
    page.view.select("delay.2")
    page.new_button.click()
    assert (page.editor.subject.row.code, page.editor.fields["zh"].line.text()) == ("delay.7", "")
    for name, words in (("zh", "疫情防控"), ("en", "Epidemic control")):
        page.editor.fields[name].line.setText(words)
    page.editor.note.write("本地常见")
    page.submit()
    stage.until(lambda: "delay.7" in rows(page))
    assert room.hall.changes.changes(room.seat.actor, "waiting")[0].change.before == {}


def test_the_form_keeps_its_row_when_a_search_hides_it(stage):
    page = Room(stage).open("tables")
    page.view.select("0602")
    page.search.setText("zzz")
    stage.until(lambda: rows(page) == [])
    assert page.editor.subject.row.code == "0602"
