"""The work calendar on its page: months, letters, a day off proposed by keyboard, and years nobody entered."""

from datetime import date

from PySide6.QtCore import Qt

from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)


def test_the_present_month_opens_and_a_year_without_holidays_is_asked_for(stage):
    page = Room(stage).open("calendar")
    assert page.title.text() == "2026年11月"
    assert page.prompt.text().startswith("2027 年的节假日尚未录入")
    assert page.hours.text() == "工作日 周一 周二 周三 周四 周五；工作时间 08:30-12:00、14:30-18:00"


def test_a_day_off_is_proposed_by_keyboard(stage):
    room = Room(stage)
    page = room.open("calendar")
    page.grid.setFocus()
    stage.press(Qt.Key.Key_Down)  # the 23rd is today, a week on is the 30th
    stage.press(Qt.Key.Key_Return)
    assert page.editor.title.text() == "2026-11-30（周一）"
    page.editor.fields["day"].pick.choose("off")
    page.editor.note.write("县庆")
    stage.submit() if page.editor.note.hasFocus() else page.submit()
    stage.until(lambda: room.said)
    change = room.hall.changes.changes(room.seat.actor, "waiting")[0].change
    assert (change.code, change.after) == ("2026-11-30", {"day": "off"})
    stage.until(lambda: page._shown.month.days[29].row.waiting is not None)


def test_months_turn_by_page_keys_and_over_the_year(stage):
    page = Room(stage).open("calendar")
    page.grid.setFocus()
    for words in ("2026年12月", "2027年01月"):
        stage.press(Qt.Key.Key_PageDown)
        stage.until(lambda words=words: page.title.text() == words)
    stage.press(Qt.Key.Key_PageUp)
    stage.until(lambda: page.title.text() == "2026年12月")


def test_walking_over_the_edge_of_a_month_turns_it(stage):
    page = Room(stage).open("calendar")
    page.grid.setFocus()
    for _ in range(2):
        stage.press(Qt.Key.Key_Down)
    stage.until(lambda: page.title.text() == "2026年12月")
    assert page.grid.day == date(2026, 12, 7)


def test_the_hours_of_the_week_are_changed_on_the_same_page(stage):
    room = Room(stage)
    page = room.open("calendar")
    page.week_button.click()
    page.editor.fields["weekdays"].buttons[5].click()
    page.editor.fields["hours"].line.setText("09:00-12:00 14:00-17:00")
    page.editor.note.write("冬季作息")
    page.submit()
    stage.until(lambda: room.said)
    change = room.hall.changes.changes(room.seat.actor, "waiting")[0].change
    assert change.after == {"weekdays": [1, 2, 3, 4, 5, 6], "hours": ["09:00-12:00", "14:00-17:00"]}


def test_hours_that_overlap_are_named(stage):
    page = Room(stage).open("calendar")
    page.week_button.click()
    page.editor.fields["hours"].line.setText("09:00-12:00 11:00-17:00")
    page.editor.note.write("冬季作息")
    page.submit()
    stage.until(lambda: page.editor.message.text())
    assert "重叠" in page.editor.message.text()
    assert page.editor.fields["hours"].editor.hasFocus()
