"""The case desk: what it offers, plans, tells and keeps; each rule by itself, over cases the services made."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from console.domain.task import Order
from console.service.tasks import Answer
from console.ui.case.choices import choices, may_release
from console.ui.case.desk import CasePanel
from console.ui.case.drafts import Drafts
from console.ui.case.facts import due_words, facts_of, held_for_s, proposal, state_fact
from console.ui.case.forms import Answers
from console.ui.case.history import story
from console.ui.case.note import Note
from console.ui.case.plan import Plan, find_units, first_plan, resorted, template_for
from console.ui.case.reading import CaseQuestions, load_picture
from tests.make import CODES, ROOT, START

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def read(stage):
    """Reads a case whole, as the desk does."""
    questions = CaseQuestions(stage.services)
    return lambda case_id, login="duty": questions.read(stage.town.actor(login), case_id)


def offered(reading, actor):
    return [verb.action for verb in choices(reading.case, actor, reading.desk.tasks)]


# ---- what it offers


def test_a_new_case_offers_dispatch_first_then_acknowledge_cameras_and_place(stage, read):
    reading = read(stage.town.report("0601").case_id)
    verbs = choices(reading.case, stage.town.actor("duty"), reading.desk.tasks)
    assert [verb.action for verb in verbs][:4] == ["order", "ack", "cameras", "locate"]
    assert [verb.action for verb in verbs if verb.is_primary] == ["order"]


def test_cameras_and_place_say_why_they_cannot_be_used(stage, read):
    reading = read(stage.town.report("0601", lon=None, lat=None, datum="").case_id)
    verbs = {verb.action: verb for verb in choices(reading.case, stage.town.actor("duty"), ())}
    assert not verbs["cameras"].is_enabled
    assert verbs["locate"].why_not == "案件没有位置"


def test_an_observer_may_look_and_nothing_else(stage, read):
    reading = read(stage.town.report("0601").case_id, "viewer")
    assert offered(reading, stage.town.actor("viewer")) == ["cameras", "locate"]


def test_a_held_dispatch_may_be_sent_at_once_or_recalled(stage, read):
    town = stage.town
    case_id = town.report("0601").case_id
    town.cases.send(town.actor("duty"), case_id, 1, [Order(2, "lead")])
    reading = read(case_id)
    assert may_release(reading.case, town.actor("duty"), reading.desk.tasks)
    assert {"release", "recall"} <= set(offered(reading, town.actor("duty")))
    assert not may_release(reading.case, town.actor("viewer"), reading.desk.tasks)
    assert held_for_s(reading.desk.tasks, START) == 3


# ---- what it plans


def test_the_first_plan_is_what_the_code_table_proposes(stage, read):
    reading = read(stage.town.report("0601").case_id)
    plan = first_plan(reading.case, reading.suggestion)
    assert plan.chosen == ((2, "lead"), (3, "co"), (4, "co"))
    assert (plan.category, plan.priority) == ("0601", "P1")
    assert plan.instruction == template_for("0601") != ""


def test_another_lead_makes_the_former_one_a_helper():
    plan = Plan("0601", "P1", ((2, "lead"), (3, "co"))).with_lead(3)
    assert plan.chosen == ((3, "lead"), (2, "co"))
    assert plan.is_touched


def test_a_helper_can_be_left_out_but_the_lead_stays():
    plan = Plan("0601", "P1", ((2, "lead"), (3, "co")))
    assert plan.with_co(3, False).chosen == ((2, "lead"),)
    assert plan.with_co(2, False).chosen == ((2, "lead"), (3, "co"))


def test_one_more_unit_leads_when_nobody_does():
    assert Plan("0601", "P1").with_unit(4).chosen == ((4, "lead"),)
    assert Plan("0601", "P1", ((2, "lead"),)).with_unit(4).chosen == ((2, "lead"), (4, "co"))


def test_another_category_changes_units_only_while_nobody_chose_them(stage, read):
    reading = read(stage.town.report("0601").case_id)
    plan = first_plan(reading.case, reading.suggestion)
    lamp = stage.town.ask.suggestion(stage.town.actor("duty"), replace(reading.case, category="0602"))
    assert resorted(plan, "0602", lamp, CODES).priority == "P4"
    assert resorted(plan.with_lead(3), "0602", lamp, CODES).chosen[0] == (3, "lead")
    written = replace(plan, instruction="请带抽水泵")
    assert resorted(written, "0602", lamp, CODES).instruction == "请带抽水泵"


def test_units_are_found_by_code_initials_and_name(stage, read):
    units = read(stage.town.report("0601").case_id).units
    for typed in ("D10", "zj", "住房"):
        assert find_units(typed, units)[0].id == 2
    assert find_units("  ", units) == ()
    assert find_units("D10", units, frozenset({2})) != find_units("D10", units)


# ---- what it tells


def test_the_state_counts_down_and_turns_its_colour(stage, read):
    reading = read(stage.town.report("0601").case_id)
    assert "1:00" in state_fact(reading.case, (), START + timedelta(seconds=60), CODES).value
    assert state_fact(reading.case, (), START + timedelta(minutes=3), CODES).lamp == "R"


def test_facts_mask_the_reporter_and_personal_numbers_in_the_text(stage, read):
    reading = read(stage.town.report("0601", text="联系人电话13800000042").case_id)
    said = " ".join(fact.value for fact in facts_of(reading, CODES))
    assert "网格员壬" not in said
    assert "13800000042" not in said


def test_a_protected_reporter_is_not_named_at_all(stage, read):
    reading = read(stage.town.report("0601", protected=True).case_id)
    assert "网*" not in " ".join(fact.value for fact in facts_of(reading, CODES))


def test_the_proposal_names_lead_helpers_and_its_reason(stage, read):
    head, why = proposal(read(stage.town.report("0601").case_id), CODES)
    assert "住建（主）" in head
    assert "0601" in why


def test_the_strip_says_until_when_it_will_be_due():
    said = due_words(Plan("0601", "P1"), START, CODES)
    assert "4小时" in said
    assert "14:00" in said, "four hours after 10:00 in China"


def test_the_history_tells_who_did_what_with_the_words_of_answers(stage, read):
    case, (task, *_) = stage.town.sent("0601")
    task = stage.town.answer("d10", task, "sign")
    stage.town.tasks.answer(stage.town.actor("d10"), task.id, task.version, Answer("progress", "已设围挡，等配件"))
    reading = read(case.id)
    told = story(reading.desk, reading.units, CODES)
    assert told[0].what == "上报"
    assert any("住建" in moment.what and moment.text == "已设围挡，等配件" for moment in told)
    assert any("值班员甲" in moment.who for moment in told)


def test_a_recall_inside_the_window_is_told_as_such(stage, read):
    town = stage.town
    case_id = town.report("0601").case_id
    sent = town.cases.send(town.actor("duty"), case_id, 1, [Order(2, "lead")]).case
    town.cases.recall(town.actor("duty"), case_id, sent.version, "单位选错")
    reading = read(case_id)
    last = story(reading.desk, reading.units, CODES)[-1]
    assert last.text == "单位选错"


# ---- what it keeps


def test_an_act_carried_out_forgets_its_own_draft_only():
    drafts = Drafts({7: Plan("0601", "P1")}, {(7, "recall"): Answers(reason="错"), (8, "recall"): Answers()})
    drafts.forget(7, "recall")
    assert 7 in drafts.plans
    assert set(drafts.answers) == {(8, "recall")}
    drafts.forget(7, "send")
    assert drafts.plans == {}


def test_a_draft_waits_while_another_case_is_in_hand(stage):
    hall = stage.sit()
    first, second = stage.town.report("0601").case_id, stage.town.report("0602").case_id
    seat = hall.case._seat
    seat.take(first)
    stage.until(lambda: hall.case.reading is not None)
    hall.case.act("order")
    hall.case.strip.note.setPlainText("请带抽水泵")
    seat.take(second)
    stage.until(lambda: hall.case.reading is not None and hall.case.reading.case.id == second)
    assert not hall.case.strip.isVisible()
    seat.take(first)
    stage.until(lambda: hall.case.reading is not None and hall.case.reading.case.id == first)
    hall.case.act("order")
    assert hall.case.strip.plan.instruction == "请带抽水泵"


def test_what_the_queue_knows_is_shown_before_the_case_has_been_read(stage):
    hall = stage.sit()
    receipt = stage.town.report("0601")
    stage.until(lambda: hall.queue.rows)
    hall.case._seat.take(receipt.case_id)
    assert hall.case.reading is None
    assert receipt.number in hall.case.head.title.text()
    assert hall.case.card.chip.priority == "P1"
    stage.until(lambda: hall.case.reading is not None)


def test_without_a_case_in_hand_the_desk_says_how_to_take_one(stage, qtbot):
    panel = CasePanel(stage.seat())
    qtbot.addWidget(panel)
    panel.show()
    stage.until(panel.nothing.isVisible)
    assert "F3" in panel.nothing.text()


# ---- foreign matter


def test_a_note_takes_pasted_words_without_their_dress(qtbot):
    note = Note("办理要求")
    qtbot.addWidget(note)
    pasted = QMimeData()
    pasted.setHtml("<table><tr><td><b>围挡</b></td></tr></table>")
    pasted.setText("围挡")
    pasted.setUrls([QUrl("file:///etc/hostname")])
    note.insertFromMimeData(pasted)
    assert note.toPlainText() == "围挡"


def test_a_picture_is_decoded_no_larger_than_asked(tmp_path):
    assert max(load_picture(ROOT / "resources" / "demo" / "photos" / "manhole.jpg", 200).size().toTuple()) <= 200
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    assert load_picture(broken, 200) == QImage()
