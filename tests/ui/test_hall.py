"""The first sixty seconds by keys alone, on a real store: F3, F4, F6, F5, Ctrl+Enter, and what can go wrong on the way."""

import pytest
from PySide6.QtCore import Qt

from console.domain.people import Actor
from console.domain.task import Order
from console.ui.base.line import LineEdit
from console.ui.hall import Hall, build_hall, kinds_of
from console.ui.map.panel import MapPanel
from console.ui.settings.page import Page
from console.ui.settings.panel import AdminPanel
from tests.make import SPOT

pytest_plugins = ("tests.ui.stage",)

F3, F4, F5, F6, F7 = Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7
CONTROL = Qt.KeyboardModifier.ControlModifier


def take_next(stage, hall):
    """F3, once the watch knows of the report and until the card shows it."""
    stage.until(lambda: hall.watch.rows)
    stage.press(F3)
    stage.until(lambda: hall.case.reading is not None)


def open_strip(stage, hall):
    stage.press(F5)
    stage.until(hall.case.strip.isVisible)


def state_of(stage, case_id):
    return stage.town.case(case_id).state


def test_f3_pressed_before_the_watch_has_looked_waits_for_it_instead_of_saying_that_all_is_well(stage):
    hall, said = stage.sit(), []
    stage.until(lambda: not hall.watch.is_behind)
    hall.case._seat.said.connect(said.append)
    stage.press(F3)
    assert said == ["没有未接案件。"]
    case_id = stage.town.report("0601").case_id
    hall.watch._soon.start()  # the news is on its way
    assert hall.watch.rows == ()

    stage.press(F3)

    stage.until(lambda: hall.case._seat.case_id == case_id)
    assert len(said) == 1


def test_six_keys_dispatch_a_critical_report(stage):
    hall = stage.sit()
    looked = []
    hall.case._seat.looked.connect(looked.append)
    case_id = stage.town.report("0601").case_id

    take_next(stage, hall)
    stage.press(F4)
    stage.until(lambda: stage.town.case(case_id).acked_at is not None)
    assert state_of(stage, case_id) == "10"
    stage.press(F6)
    open_strip(stage, hall)
    stage.submit()
    stage.until(lambda: state_of(stage, case_id) == "40")

    assert looked == [case_id]
    tasks = [row.task for row in stage.desk(case_id).tasks]
    assert [(task.org_id, task.kind, task.state) for task in tasks] == [(2, "lead", "held"), (3, "co", "held"), (4, "co", "held")]
    stage.until(lambda: stage.shell.toast.isVisible())
    assert "住建" in stage.shell.toast.words
    assert not hall.case.strip.isVisible()


def test_an_ordinary_report_goes_the_same_way(stage):
    hall = stage.sit()
    case_id = stage.town.report("0602").case_id

    take_next(stage, hall)
    open_strip(stage, hall)
    stage.submit()
    stage.until(lambda: state_of(stage, case_id) == "40")

    assert [line.facts["step"] for line in stage.desk(case_id).timeline if line.op == "dispatch"] == ["T43"]


def test_keys_pressed_in_one_breath_are_no_conflict(stage):
    hall = stage.sit()
    case_id = stage.town.report("0601").case_id
    stage.until(lambda: hall.watch.rows)

    stage.press(F3)
    stage.press(F4)
    stage.until(lambda: hall.case.reading is not None)
    open_strip(stage, hall)
    stage.submit()
    stage.until(lambda: state_of(stage, case_id) == "40")

    assert hall.case.message.text() == ""


def test_without_the_dispatcher_role_the_furthest_legal_step_is_taken_and_said(stage):
    hall = stage.sit("intake")
    case_id = stage.town.report("0601").case_id

    take_next(stage, hall)
    open_strip(stage, hall)
    hall.case.strip.note.write("请先看现场")
    stage.submit()
    stage.until(lambda: state_of(stage, case_id) == "20")

    stage.until(lambda: stage.shell.notices.isVisible())
    assert "受理" in stage.shell.notices.words
    assert hall.drafts.plans[case_id].instruction == "请先看现场"


def test_a_recall_in_time_leaves_nothing_on_the_desk(stage):
    hall = stage.sit()
    case_id = stage.town.report("0601").case_id
    take_next(stage, hall)
    open_strip(stage, hall)
    stage.submit()
    stage.until(lambda: stage.shell.toast.can_undo)

    stage.press(Qt.Key.Key_Z, CONTROL)
    stage.until(lambda: state_of(stage, case_id) == "30")
    stage.town.wait(30)
    stage.town.sweep.round()

    assert stage.town.ask.desk_inbox(stage.town.actor("d10")) == ()
    assert {row.task.state for row in stage.desk(case_id).tasks} == {"recalled"}


def test_a_lost_race_names_the_winner_and_keeps_the_words(stage):
    hall = stage.sit()
    case_id = stage.town.report("0601").case_id
    take_next(stage, hall)
    open_strip(stage, hall)
    stage.type("带上护栏")
    stage.feed.stop()  # the news of the other seat are still on their way
    other = Actor(**{**vars(stage.town.actor("leader")), "seat": "B1"})
    stage.town.cases.send(other, case_id, 1, [Order(2, "lead", "班长已派")])

    stage.submit()
    stage.until(lambda: hall.case.strip.message.text() != "")

    assert "值班长丙" in hall.case.strip.message.text()
    assert "带上护栏" in hall.case.strip.note.words
    stage.until(lambda: not hall.case.strip.can_send)
    assert [row.task.instruction for row in stage.desk(case_id).tasks] == ["班长已派"]


def test_a_dispatch_without_a_lead_names_the_units_and_goes_there(stage):
    hall = stage.sit()
    case_id = stage.town.report("0604").case_id  # power: no such unit in this town
    take_next(stage, hall)
    open_strip(stage, hall)
    stage.submit()
    stage.until(lambda: hall.case.strip.message.text() != "")
    assert hall.case.strip.search.line.hasFocus()

    stage.type("zj")
    stage.press(Qt.Key.Key_Return)
    stage.submit()
    stage.until(lambda: state_of(stage, case_id) == "40")

    assert [row.task.org_id for row in stage.desk(case_id).tasks] == [2]


def test_f3_takes_the_highest_then_the_oldest_and_goes_on_to_the_next(stage):
    hall = stage.sit()
    lamp = stage.town.report("0602").case_id
    first = stage.town.report("0601").case_id
    stage.town.wait(5)
    second = stage.town.report("0601").case_id
    stage.until(lambda: len(hall.watch.rows) == 3)

    taken = []
    hall.case._seat.selected.connect(taken.append)
    for _ in range(4):
        stage.press(F3)

    assert taken == [first, second, lamp, first]


def test_f3_takes_off_a_filter_that_hides_the_case(stage):
    hall = stage.sit()
    case_id = stage.town.report("0601").case_id
    stage.until(lambda: hall.watch.rows)
    hall.queue.chips.choose("overdue")
    stage.until(lambda: hall.queue.view.empty_text == "没有超期的。")

    stage.press(F3)

    stage.until(lambda: hall.queue.view.current is not None)
    assert hall.queue.view.current.id == case_id
    assert hall.queue.chips.current == "all"


def test_acknowledging_again_says_when_it_was_done(stage):
    hall = stage.sit()
    stage.town.report("0601")
    take_next(stage, hall)
    stage.press(F4)
    stage.until(lambda: hall.case.verbs.button("ack") is None)

    stage.press(F4)

    assert "10:00:00" in stage.shell.notices.words


def test_the_ticker_and_the_tones_know_of_critical_reports_whatever_the_queue_shows(stage):
    hall = stage.sit()
    stage.shell.open("Dispatch board")
    case_id = stage.town.report("0601").case_id
    stage.town.report("0602")
    stage.until(lambda: stage.shell.ticker.first is not None)

    assert stage.shell.ticker.first.ref == str(case_id)
    assert [ring.priority for ring in hall.watch.rings()] == ["P1"]
    stage.town.cases.ack(stage.town.actor("duty"), case_id, 1)
    stage.until(lambda: stage.shell.ticker.first is None)


def test_a_typed_dispatch_goes_the_same_road(stage):
    hall = stage.sit()
    case_id = stage.town.report("0601").case_id
    take_next(stage, hall)
    stage.until(lambda: hall.typed.units)
    stage.shell.command.take_focus()
    stage.type("pq . zj tx : ")
    stage.shell.command.line.insert("现场设围挡")
    assert "住建（主）、通信（协）" in stage.shell.command.preview.text()

    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: state_of(stage, case_id) == "40")

    tasks = [row.task for row in stage.desk(case_id).tasks]
    assert [(task.org_id, task.kind, task.instruction) for task in tasks] == [(2, "lead", "现场设围挡"), (4, "co", "现场设围挡")]


def test_a_typed_verb_finds_a_case_by_its_last_digits(stage):
    hall = stage.sit()
    receipt = stage.town.report("0601")
    located = []
    hall.case._seat.located.connect(located.append)
    stage.shell.command.take_focus()
    stage.type(f"dw {receipt.number[-3:]}")
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: located)

    assert located == [receipt.case_id]


def test_a_typed_case_that_is_not_there_is_said(stage):
    stage.sit()
    stage.shell.command.take_focus()
    stage.type("jj 999")
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: stage.shell.notices.isVisible())
    assert "999" in stage.shell.notices.words


def test_a_case_without_a_position_cannot_be_located_and_says_so(stage):
    hall = stage.sit()
    stage.town.report("0601", lon=None, lat=None)
    take_next(stage, hall)
    stage.press(F7)
    assert stage.shell.notices.words == "案件没有位置"


def test_the_kinds_of_some_entries_are_told_once_each(stage):
    entries = []
    stage.feed.listen(entries.extend)
    stage.town.report("0601", lon=SPOT.lon, lat=SPOT.lat)
    stage.until(lambda: len(entries) >= 2)
    assert kinds_of(tuple(entries)) == {"case", "report"}


class Form(Page):
    """A page with one line to type in."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.sent = LineEdit(self), 0
        self.setFocusProxy(self.line)

    def submit(self) -> bool:
        self.sent += 1
        return True


def test_ctrl_enter_belongs_to_the_form_the_officer_is_in(stage):
    form = Form()
    panel = AdminPanel(stage.work, [("page", form)])
    hall = build_hall(stage.seat(), stage.sounds, others={"admin": panel})
    stage.show(panel)
    form.line.setFocus()
    stage.until(form.line.hasFocus)
    hall.furniture.acts["submit"]()
    form.line.clearFocus()
    hall.furniture.acts["submit"]()
    assert form.sent == 1


@pytest.mark.parametrize(("login", "has_map", "offered"), [("duty", True, True), ("duty", False, False), ("director", True, False)])
def test_a_new_case_is_offered_to_who_may_report_where_a_map_opens_its_form(stage, login, has_map, offered):
    seat = stage.seat(login)
    others = {"map": MapPanel(seat)} if has_map else {}
    for panel in others.values():
        stage.qtbot.addWidget(panel)
    assert ("new_case" in Hall(seat, stage.sounds, others=others).furniture.acts) is offered
