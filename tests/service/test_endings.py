"""The end of a case: checked, sent back, closed, evaluated, archived, reopened; joint meetings and mediation."""

from datetime import timedelta

import pytest

from console.domain.case import Case
from console.domain.errors import Denied, Refused
from console.domain.meeting import Decision
from console.service.applications import Wish
from console.service.cases import Closing
from console.service.endings import Endings, Held
from console.store import uploads
from console.store.uploads import Upload
from tests.make import Town

pytestmark = pytest.mark.usefixtures("retold")
PHOTO = "c" * 64
CLOSING = Closing("done", "已修复", "您反映的问题已解决")


def finish(town: Town, case_id: int, place: int = 0) -> Case:
    """The lead finishes, with a photo."""
    with town.store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, town.actor("d10").user_id, 1, 4, 3, town.clock.now()))
    town.answer("d10", town.tasks_of(case_id)[place], "finish", text="已更换", photos=(PHOTO,))
    return town.case(case_id)


def closing(town: Town, category: str = "0602") -> Case:
    case, _ = town.worked(category)
    done = finish(town, case.id)
    return town.cases.check(town.actor("checker"), case.id, done.version)


def closed(town: Town, category: str = "0602") -> Case:
    case = closing(town, category)
    return town.cases.close(town.actor("duty"), case.id, case.version, CLOSING)


def test_what_is_not_ready_to_be_closed_goes_back_to_its_handling(town):
    case = closing(town)
    with pytest.raises(Refused):
        town.endings.send_back(town.actor("duty"), case.id, case.version, "back_to_handling", "")
    back = town.endings.send_back(town.actor("duty"), case.id, case.version, "back_to_handling", "照片不清")

    assert (back.state, back.done_handle, back.done_check, back.due_close, back.reworked) == ("50", None, None, None, 0)
    assert town.tasks_of(case.id)[0].state == "handling"
    assert finish(town, case.id).state == "60"


def test_or_to_its_check(town):
    case = closing(town)
    back = town.endings.send_back(town.actor("duty"), case.id, case.version, "back_to_check", "未到现场")

    assert (back.state, back.done_check) == ("60", None)
    assert town.tasks_of(case.id)[0].state == "finished"


def test_the_third_rework_is_the_directors(town):
    case, _ = town.worked()
    checker, director = town.actor("checker"), town.actor("director")
    for _turn in range(2):
        done = finish(town, case.id)
        with pytest.raises(Denied):
            town.cases.rework(director, case.id, done.version, "未修好")
        town.cases.rework(checker, case.id, done.version, "未修好")
    done = finish(town, case.id)
    with pytest.raises(Denied):
        town.cases.rework(checker, case.id, done.version, "未修好")

    assert town.cases.rework(director, case.id, done.version, "未修好").reworked == 3


def test_a_check_without_photo_of_afterwards_has_a_note(town):
    case, tasks = town.sent("0502")  # P4 is finished without a photo
    town.answer("d10", tasks[0], "sign")
    town.answer("d10", town.tasks_of(case.id)[0], "finish", text="已清理")
    done = town.case(case.id)
    with pytest.raises(Refused) as silent:
        town.cases.check(town.actor("checker"), case.id, done.version)
    checked = town.cases.check(town.actor("checker"), case.id, done.version, "电话回访，已清理")

    assert (silent.value.code, checked.state) == ("needs_check_note", "70")


def test_a_call_back_archives_with_its_score_and_retention_class(town):
    """0602 is P4: called back within three natural days (3.3); ordinary matters are class B (G9)."""
    case = closed(town)
    assert (case.state, case.due_evaluate) == ("80", town.clock.now() + timedelta(days=3))
    with pytest.raises(Refused):
        town.endings.evaluate(town.actor("intake"), case.id, case.version, "0")
    ended = town.endings.evaluate(town.actor("intake"), case.id, case.version, "4", "很快")

    assert (ended.state, ended.satisfaction, ended.retention_class, ended.ended_at) == ("90", "4", "B", town.clock.now())


def test_the_reporter_may_evaluate_his_own(town):
    case = closed(town)
    with pytest.raises(Denied):
        town.endings.evaluate(town.actor("checker"), case.id, case.version, "5")
    assert town.endings.evaluate(town.actor("grid001"), case.id, case.version, "5").state == "90"


def test_who_is_not_content_is_sent_back_once_by_two_and_then_answered_for(town):
    case, intake, leader = closed(town), town.actor("intake"), town.actor("leader")
    with pytest.raises(Refused) as first:
        town.endings.evaluate(intake, case.id, case.version, "1")
    town.applications.ask_on_case(intake, case.id, case.version, "ask_call_back", Wish(text="仍然不亮"))
    asked = town.ask.case_desk(leader, case.id).applications[-1]
    town.applications.decide(leader, asked.id, asked.version, grant=True)
    back = town.case(case.id)
    assert (first.value.code, back.state, back.called_back, back.done_close) == ("call_back_returns", "50", 1, None)
    done = finish(town, case.id)
    checked = town.cases.check(town.actor("checker"), case.id, done.version)
    again = town.cases.close(town.actor("duty"), case.id, checked.version, CLOSING)
    with pytest.raises(Refused) as second:
        town.applications.ask_on_case(intake, case.id, again.version, "ask_call_back", Wish(text="仍然不亮"))
    with pytest.raises(Refused) as unanswered:
        town.endings.evaluate(intake, case.id, again.version, "1")
    pressed = town.endings.not_content(intake, case.id, again.version, "仍然不亮")
    plate = town.ask.case_desk(leader, case.id).supervisions[-1]
    town.supervisions.answer(town.actor("d10"), plate.id, plate.version, "已整体更换")
    ended = town.endings.evaluate(intake, case.id, town.case(case.id).version, "2")

    assert (second.value.code, unanswered.value.code) == ("called_back_before", "supervise_first")
    assert (pressed.card, ended.state, ended.satisfaction) == ("1", "90", "2")


def test_an_ended_case_is_reopened_within_thirty_days_and_goes_the_whole_way_again(town):
    case = closed(town)
    ended = town.endings.evaluate(town.actor("intake"), case.id, case.version, "5")
    with pytest.raises(Denied):
        town.endings.reopen(town.actor("duty"), case.id, ended.version, "又坏了")
    town.wait(30 * 86_400)
    open_again = town.endings.reopen(town.actor("leader"), case.id, ended.version, "又坏了")
    assert (open_again.state, open_again.lead_org, open_again.due_handle, open_again.satisfaction, open_again.ended_at) == (
        "20", None, None, "", None,
    )  # fmt: skip
    assert town.tasks_of(case.id)[0].state == "settled"
    filed = town.cases.file(town.actor("duty"), case.id, open_again.version)
    town.cases.dispatch(town.actor("duty"), case.id, filed.version, list(town.ask.suggestion(town.actor("duty"), filed).orders))
    assert town.case(case.id).state == "40"


def test_after_thirty_days_it_is_not(town):
    case = closed(town)
    ended = town.endings.evaluate(town.actor("intake"), case.id, case.version, "5")
    town.wait(30 * 86_400 + 1)
    with pytest.raises(Refused) as late:
        town.endings.reopen(town.actor("leader"), case.id, ended.version, "又坏了")
    assert late.value.code == "reopen_too_late"


def test_the_decisions_of_a_joint_meeting_are_tasks_and_the_director_closes(town):
    case, _ = town.worked()
    end = town.clock.now() + timedelta(days=2)
    held = Held(town.clock.now(), "三楼会议室", "各单位分工", (2, 3), (Decision(3, "迁移水管", end), Decision(4, "迁移光缆")))
    with pytest.raises(Denied):
        town.endings.meet(town.actor("leader"), case.id, case.version, held)
    joint = town.endings.meet(town.actor("director"), case.id, case.version, held)

    made = town.tasks_of(case.id)[1:]
    assert ("joint" in joint.flags, joint.state) == (True, "50")
    assert [(task.org_id, task.kind, task.state, task.instruction, task.mandatory) for task in made] == [
        (3, "co", "awaiting", "迁移水管", True), (4, "co", "awaiting", "迁移光缆", True),
    ]  # fmt: skip
    assert (made[0].due_handle, made[1].due_handle) == (end, case.due_handle)
    with pytest.raises(Refused) as first_the_others:
        finish(town, case.id)
    assert first_the_others.value.code == "co_open"


def test_mediation_is_opened_on_disputes_alone_and_gives_a_month(town):
    lamp, _ = town.worked()
    with pytest.raises(Denied):
        town.endings.mediate(town.actor("intake"), lamp.id, lamp.version)
    case_id = town.report("0102").case_id
    accepted = town.cases.accept(town.actor("intake"), case_id, 1)
    opened = town.endings.mediate(town.actor("mediator"), case_id, accepted.version, "双方同意调解")
    with pytest.raises(Refused):
        town.endings.mediate(town.actor("mediator"), case_id, opened.version)

    assert (opened.state, opened.flags) == ("20", ("mediation",))


def test_nobody_reached_is_archived_by_the_clerk_after_three_days(town):
    case = closed(town)
    clerk = town.actor("clerk")
    with pytest.raises(Refused):
        town.endings.archive(clerk, case.id, case.version)
    town.wait(3 * 86_400)
    ended = town.endings.archive(clerk, case.id, case.version)

    assert (ended.state, ended.satisfaction) == ("90", "0")
    assert isinstance(town.endings, Endings)
