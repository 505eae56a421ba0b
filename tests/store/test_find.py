"""What the questions of the store answer to those who may ask: order, filters, figures, joins."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from console.domain.errors import Missing
from console.domain.report import Draft
from console.domain.task import Order
from console.store import tables, uploads
from console.store.find import cases, places, tasks
from console.store.scope import Scope
from console.store.uploads import Upload
from tests.make import START, VILLAGE, Town

PHOTO = "ab" * 32


def ask(town: Town, login: str, question, *values, **more):
    with town.store.read() as unit:
        return question(unit, Scope(town.actor(login)), *values, **more)


def report(town: Town, category: str, **more) -> int:
    town.wait(1)
    return town.report(category, **more).case_id


def test_the_queue_has_the_unacknowledged_first_then_the_urgent_then_the_newest(town):
    ordinary = report(town, "0602")
    old_urgent = report(town, "0601")
    acked = report(town, "0601")
    new_urgent = report(town, "0601")
    town.cases.ack(town.actor("duty"), acked, 1)

    rows = ask(town, "duty", cases.inbox)

    assert [row.id for row in rows] == [new_urgent, old_urgent, ordinary, acked]
    assert [row.acked for row in rows] == [False, False, False, True]


def test_the_queue_shows_the_running_limit_of_each_state(town):
    case_id = report(town, "0601")
    before = ask(town, "duty", cases.inbox)[0]
    town.cases.accept(town.actor("intake"), case_id, 1)
    after = ask(town, "duty", cases.inbox)[0]

    at = START + timedelta(seconds=1)
    assert (before.due, before.started) == (at + timedelta(minutes=2), at)
    assert (after.due, after.started, after.state, after.version) == (at + timedelta(minutes=3), at, "20", 2)


def test_the_queue_can_show_only_what_waits_or_what_is_mine(town):
    waiting, mine, theirs = report(town, "0601"), report(town, "0601"), report(town, "0601")
    town.cases.ack(town.actor("duty"), mine, 1)
    town.cases.ack(town.actor("intake"), theirs, 1)

    assert [row.id for row in ask(town, "duty", cases.inbox, "unacked")] == [waiting]
    assert [row.id for row in ask(town, "duty", cases.inbox, "mine")] == [mine]
    assert len(ask(town, "duty", cases.inbox, limit=2)) == 2


def test_some_rows_of_the_queue_by_number(town):
    first, second = report(town, "0601"), report(town, "0602")

    assert {row.id for row in ask(town, "duty", cases.inbox_rows, [first, second, 99])} == {first, second}
    assert ask(town, "duty", cases.inbox_rows, []) == ()


def test_the_figures_over_the_queue(town):
    report(town, "0601")
    report(town, "0602")
    town.sent()

    counts = ask(town, "duty", cases.inbox_counts, START - timedelta(hours=10))
    later = ask(town, "duty", cases.inbox_counts, START + timedelta(hours=14))

    assert (counts.unacked, counts.handling, counts.today) == (2, 1, 3)
    assert (later.unacked, later.handling, later.today) == (2, 1, 0)


def test_a_case_is_found_by_the_end_of_its_number(town):
    first, second = report(town, "0601"), report(town, "0601")

    assert [case.id for case in ask(town, "duty", cases.case_by_tail, "000002")] == [second]
    assert [case.id for case in ask(town, "duty", cases.case_by_tail, "0000")] == []
    assert [case.id for case in ask(town, "duty", cases.case_by_tail, "%")] == []
    assert first != second


def test_a_case_that_is_not_there_is_missing(town):
    with pytest.raises(Missing):
        ask(town, "duty", cases.case_by_id, 99)


def test_a_worker_sees_how_far_the_own_reports_have_come(town):
    with town.store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, 9, 1, 4, 3, START))
    first = report(town, "0601", photos=(PHOTO,))
    report(town, "0602")
    town.cases.ack(town.actor("duty"), first, 1)

    newest, oldest = ask(town, "grid001", cases.my_reports)

    assert (oldest.report.category, oldest.case.state, oldest.photos) == ("0601", "10", (PHOTO,))
    assert oldest.case.acked_at == START + timedelta(seconds=2)  # two reports a second apart went before
    assert (newest.report.category, newest.case.acked_at, newest.photos) == ("0602", None, ())
    assert ask(town, "grid001", cases.my_report, oldest.report.key) == oldest
    assert ask(town, "grid002", cases.my_reports) == ()
    with pytest.raises(Missing):
        ask(town, "grid002", cases.my_report, oldest.report.key)


def test_a_picture_is_seen_by_its_sender_the_hall_and_the_unit_of_its_case(town):
    with town.store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, 9, 1, 4, 3, START))
    before = [ask(town, login, cases.may_see_file, PHOTO) for login in ("grid001", "duty", "d10")]
    case_id = report(town, "0601", photos=(PHOTO,))
    town.cases.send(town.actor("duty"), case_id, 1, [Order(2, "lead")])
    town.wait(10)
    town.sweep.round()

    assert before == [True, False, False]
    assert [ask(town, login, cases.may_see_file, PHOTO) for login in ("grid001", "duty", "d10", "d30", "grid002")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_the_timeline_tells_every_act_once_in_order_with_its_words(town):
    case, (task, *_) = town.sent("0602")
    task = town.answer("d10", task, "sign")
    town.answer("d10", task, "progress", text="已派车")

    rows = ask(town, "duty", cases.timeline, case.id)

    assert [(row.kind, row.op) for row in rows] == [
        ("case", "submit"), ("case", "accept"), ("case", "file"), ("task", "order"), ("case", "dispatch"), ("task", "released"),
        ("case", "released"), ("task", "sign"), ("case", "sign"), ("task", "progress"), ("case", "progress"),
    ]  # fmt: skip
    assert [row.text for row in rows if row.op == "progress" and row.kind == "task"] == ["已派车"]
    assert (rows[0].actor, rows[0].unit) == ("网***", "仓颉村综治中心")
    assert (rows[1].actor, rows[1].unit, rows[1].seat) == ("值班员甲", "南乐县综治中心", "A1")
    assert rows[5].actor == "", "the program has no name"


def test_pins_are_open_cases_with_a_place(town):
    here = report(town, "0601")
    nowhere = report(town, "0601", lon=None, lat=None, datum="")
    closed = report(town, "0602")
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == closed).values(state="90"))

    pins = ask(town, "duty", cases.pins)

    assert [(pin.id, pin.lon, pin.lat, pin.priority, pin.acked) for pin in pins] == [(here, 115.201, 36.101, "P1", False)]
    assert nowhere not in [pin.id for pin in pins]


def test_no_pin_is_left_out_of_a_storm_and_each_tells_its_lamp(town):
    first = town.case(town.report().case_id)
    with town.store.write() as unit:
        unit.add_many(tables.case, [replace(first, id=1000 + number, number=f"X{number}", lamp="R") for number in range(2_500)])
        found = cases.pins(unit, Scope(town.actor("duty")))
    assert len(found) == 2_501
    assert [pin.lamp for pin in found].count("R") == 2_500



def test_the_board_has_the_tasks_under_way_most_pressing_first(town):
    ordinary, _ = town.sent("0602")
    urgent, _ = town.sent("0601")
    held = report(town, "0602")
    town.cases.send(town.actor("duty"), held, 1, [Order(3, "lead")])

    rows = ask(town, "duty", tasks.board)

    assert [row.case_id for row in rows] == [held, urgent.id, ordinary.id]
    assert (rows[1].unit, rows[1].priority, rows[1].case_number, rows[1].case_state) == (
        "南乐县住房和城乡建设局", "P1", urgent.number, "40",
    )  # fmt: skip


def test_a_desk_sees_its_own_tasks_with_the_count_of_pictures(town):
    with town.store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, 9, 1, 4, 3, START))
    case_id = report(town, "0601", photos=(PHOTO,))
    town.cases.send(town.actor("duty"), case_id, 1, [Order(2, "lead"), Order(3, "co")])
    town.wait(10)
    town.sweep.round()

    row = ask(town, "d10", tasks.desk_inbox)[0]

    assert (row.task.org_id, row.task.kind, row.title, row.priority, row.photos) == (2, "lead", "井盖缺失/破损", "P1", 1)
    assert [row.task.kind for row in ask(town, "d30", tasks.desk_inbox)] == ["co"]


def test_a_desks_page_shows_the_matter_without_its_reporter_and_only_the_own_answers(town):
    with town.store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, 9, 1, 4, 3, START))
        uploads.remember(unit, Upload("cd" * 32, 7, 1, 4, 3, START))
    case_id = report(town, "0601", photos=(PHOTO,))
    town.cases.send(town.actor("duty"), case_id, 1, [Order(2, "lead"), Order(3, "co")])
    town.wait(10)
    town.sweep.round()
    helper = ask(town, "d30", tasks.desk_inbox)[0].task
    helper = town.answer("d30", helper, "sign")
    town.answer("d30", helper, "progress", text="协办单位的话", photos=("cd" * 32,))
    lead = ask(town, "d10", tasks.desk_inbox)[0].task

    page = ask(town, "d10", tasks.desk_task, lead.id)
    own = ask(town, "d30", tasks.desk_task, helper.id)

    assert (page.content, page.lon, page.grid, page.unit.id) == ("井盖缺失，已围挡", 115.201, f"{VILLAGE}001", 2)
    assert [one.sha256 for one in page.attachments] == [PHOTO]
    assert [one.sha256 for one in own.attachments] == [PHOTO, "cd" * 32]
    assert "协办单位的话" not in repr(page)
    assert "网格员" not in repr(page)


def test_units_departments_people_and_cameras_of_the_own_area(town):
    assert [org.id for org in ask(town, "duty", places.orgs)] == [2, 3, 4, 1, 9, 7]
    assert {code: org.id for code, org in ask(town, "duty", places.departments, 2).items()} == {"D10": 2, "D30": 3, "D31": 4}
    assert "stranger" not in [user.login for user in ask(town, "duty", places.people)]
    assert [user.login for user in ask(town, "d10", places.people)] == ["d10"]
    assert [camera.code for camera in ask(town, "duty", places.cameras)] == ["C301", "C302"]
    assert ask(town, "d10", places.cameras) == ()
    assert ask(town, "duty", places.camera_by_id, 2).code == "C302"


def test_hostile_words_are_only_words(town):
    words = "'; drop table case_file; -- %_\\ <b>&nbsp;</b>"
    receipt = town.reports.receive(town.actor("grid001"), Draft(town.draft().key, "0601", words, address=words[:40]))

    assert town.case(receipt.case_id).content == words
    assert ask(town, "duty", cases.case_by_tail, words) == ()
