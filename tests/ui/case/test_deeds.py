"""From a form to the store: what is typed does what its act says."""

import pytest

from console.domain.errors import Invalid
from console.domain.limits import CHINA
from console.ui.case.deeds import Deeds
from console.ui.case.moves import Answers

pytest_plugins = ("tests.ui.stage",)


def do(stage, login, action, case, **answers):
    return Deeds(stage.services).do(action, stage.town.actor(login), case.id, stage.town.case(case.id).version, Answers(**answers))


def test_a_rejection_carries_all_its_words(stage):
    case = stage.town.case(stage.town.report("0602").case_id)
    done = do(stage, "intake", "reject", case, code="1", reason="非本级", public_reply="请向水利局反映", right_body="县水利局")
    assert (done.state, done.public_reply, done.right_body) == ("91", "请向水利局反映", "县水利局")


def test_what_is_asked_for_is_granted_by_another_from_his_own_desk(stage):
    case, _ = stage.town.sent("0602")
    do(stage, "duty", "ask_void", case, code="2", reason="误报")
    asked = stage.desk(case.id).applications[0]
    assert do(stage, "leader", f"grant:{asked.id}", case).state == "92"


def test_a_plate_is_hung_up_and_answered(stage):
    case = stage.town.case(stage.town.report("0602").case_id)
    assert do(stage, "director", "supervise", case, plate="2", reason="尽快受理").card == "2"
    plate = stage.desk(case.id).supervisions[0]
    do(stage, "leader", f"answer:{plate.id}", case, reason="即办")
    assert stage.desk(case.id).supervisions[0].state == "answered"


def test_a_case_is_merged_into_the_one_open_case_whose_number_ends_so(stage):
    first, second = (stage.town.case(stage.town.report("0602").case_id) for _ in range(2))
    for typed in ("", "777777", "SJ410923"):
        with pytest.raises(Invalid) as wrong:
            do(stage, "duty", "merge", second, target=typed)
        assert (wrong.value.code, wrong.value.field) == ("no_one_case", "target")
    assert do(stage, "duty", "merge", second, target=first.number[-6:]).merged_into == first.id


def test_the_decisions_of_a_meeting_are_read_line_by_line(stage):
    case, _ = stage.town.worked()
    for typed, code in (("", "needs_decision"), ("住建", "unreadable_decision"), ("没有这个单位：迁移", "unreadable_decision")):
        with pytest.raises(Invalid) as wrong:
            do(stage, "director", "meet", case, decisions=typed, reason="纪要")
        assert wrong.value.code == code
    do(stage, "director", "meet", case, decisions="410923-D30：迁移水管\n\n410923-D31: 迁移光缆", reason="纪要", place="会议室")
    assert [(task.org_id, task.instruction) for task in stage.town.tasks_of(case.id)[1:]] == [(3, "迁移水管"), (4, "迁移光缆")]


def test_a_mark_is_set_and_taken_off_again(stage):
    case = stage.town.case(stage.town.report("0602").case_id)
    assert do(stage, "duty", "mark", case, mark="cross_city").flags == ("cross_city",)
    assert do(stage, "duty", "mark", case, mark="cross_city").flags == ()


def test_a_case_is_sent_down_to_the_centre_that_was_chosen(stage):
    case, _ = stage.town.worked()
    assert do(stage, "duty", "send_down", case, centre="4", reason="属地办理").owner_centre == 4


def test_a_case_is_held_until_the_end_of_a_day_and_let_go(stage):
    case = stage.town.case(stage.town.report("0602").case_id)
    with pytest.raises(Invalid) as wrong:
        do(stage, "director", "hold", case, until="明年", reason="法院调取案卷")
    assert (wrong.value.code, wrong.value.field) == ("not_a_day", "until")

    assert do(stage, "director", "hold", case, until="2027/12/31", reason="法院调取案卷").retention_class == "D"
    (hold,) = stage.services.holds.of(stage.town.actor("director"), case.id)
    assert hold.until.astimezone(CHINA).isoformat() == "2028-01-01T00:00:00+08:00"
    assert do(stage, "director", "unhold", case, reason="法院已退回案卷").retention_class == "B"
