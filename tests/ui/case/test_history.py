"""The history of a case in words: every act once, in order, by whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.sighting import Seen
from console.service.clip_holds import ClipHolds
from console.service.tasks import Answer
from console.ui.case.history import story
from console.ui.wording import name_units
from tests.make import CODES, ORGS
from tests.service.filming import Filming

pytest_plugins = ("tests.ui.stage",)


def told(stage, case_id):
    return story(stage.desk(case_id), name_units(ORGS, 2, CODES), CODES)


def whats(stage, case_id):
    return [moment.what for moment in told(stage, case_id)]


def test_a_dispatch_to_three_units_is_told_once(stage):
    case, _ = stage.town.sent("0601", co=True)
    assert whats(stage, case.id) == ["上报", "受理", "立案", "派遣 → 住建（主）、水气热（协）、通信（协）", "送达 住建、水气热、通信"]


def test_answers_are_told_with_their_words_and_pictures(stage):
    case, (task,) = stage.town.sent("0602")
    for action, text in (("sign", ""), ("on_site", ""), ("progress", "已换4盏，电话13800001234")):
        task = stage.town.answer("d10", task, action, text=text)
    moments = told(stage, case.id)
    assert [moment.what for moment in moments][-3:] == ["住建 签收", "住建 到场", "住建 反馈"]
    assert moments[-1].text == "已换4盏，电话138****1234"
    assert moments[-1].who == "承办人己 · A1 席"
    assert moments[4].who == "系统"


@pytest.mark.parametrize(("seat", "words"), [("phone", "手机页"), ("desk", "部门工作台"), ("A2", "A2 席")])
def test_who_works_on_a_page_is_told_by_its_name(stage, seat, words):
    town = stage.town
    case, (task,) = town.sent("0602")
    town.tasks.answer(replace(town.actor("d10"), seat=seat), task.id, task.version, Answer("sign"))
    assert told(stage, case.id)[-1].who == f"承办人己 · {words}"


def test_a_return_names_its_reason(stage):
    case, (task,) = stage.town.sent("0602")
    stage.town.answer("d10", task, "return", reason="1", text="路灯属供电")
    last = told(stage, case.id)[-1]
    assert (last.what, last.text) == ("住建 退回", "非本单位职责：路灯属供电")


def test_a_recall_says_whether_anything_had_left_the_hall(stage):
    case, _ = stage.town.sent("0601")
    stage.town.cases.recall(stage.town.actor("duty"), case.id, case.version, "派错单位")
    last = told(stage, case.id)[-1]
    assert (last.what, last.text) == ("撤回（已送达 1 个单位）", "派错单位")


@pytest.mark.parametrize(
    ("heading", "words"), [(90.0, "10:00:00 在摄像机 C301 看到目标，向东离开"), (None, "10:00:00 在摄像机 C301 看到目标")]
)
def test_a_mark_on_a_camera_is_told_with_its_way_and_its_words(stage, heading, words):
    town, duty = stage.town, stage.town.actor("duty")
    case_id = town.report().case_id
    access_id = town.video.open_live(duty, (1,), "V1", "案件周边视频", case_id)[0].access_id
    town.sightings.mark(duty, access_id, case_id, Seen(town.clock.now(), heading, "黄色挖掘机"))
    last = told(stage, case_id)[-1]
    assert (last.what, last.text, last.who) == (words, "黄色挖掘机", "值班员甲 · A1 席")


def test_clips_are_told_kept_looked_at_and_held(stage, tmp_path):
    town, filming = stage.town, Filming(stage.town, tmp_path)
    case_id = town.report().case_id
    clip = filming.kept(case_id)
    filming.clips.open(town.actor("leader"), clip.id, "复核车辆颜色")
    ClipHolds(town.desk).place(town.actor("director"), clip.id, 1, "法院调取，案件审理中", town.clock.now() + timedelta(days=9))
    ClipHolds(town.desk).lift(town.actor("director"), clip.id, 2, "案件已审结，不再保留")
    assert [(one.what, one.who) for one in told(stage, case_id)][1:] == [
        ("C301 的片段存为证据", "值班员甲 · A1 席"), ("查看了片段", "值班长丙 · A1 席"), ("片段被保留，暂不删除", "主任丁 · A1 席"),
        ("片段不再保留", "主任丁 · A1 席"),
    ]  # fmt: skip
    assert told(stage, case_id)[-1].text == "案件已审结，不再保留"
