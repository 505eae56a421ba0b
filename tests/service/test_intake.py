"""Before a case is filed: verified, turned away, merged, sorted anew, withdrawn, settled on the spot; drafts too."""

from dataclasses import replace

import pytest

from console.domain.case import Case
from console.domain.errors import Denied, Invalid, KeyReused, Missing, Refused
from console.domain.task import Task
from console.service.applications import Wish
from console.service.intake import Intake, OwnAnswer, Rejection, likeness
from console.service.tasks import Answer
from console.store import search, tables, uploads
from console.store.find import cases
from console.store.scope import Scope
from console.store.uploads import Upload
from tests.make import Town

pytestmark = pytest.mark.usefixtures("retold")
PHOTO, OTHER = "a" * 64, "b" * 64


def sent_photos(town: Town, login: str, *names: str) -> None:
    with town.store.write() as unit:
        for name in names:
            uploads.remember(unit, Upload(name, town.actor(login).user_id, 1, 4, 3, town.clock.now()))


def verifying(town: Town) -> tuple[Case, Task]:
    case_id = town.report("0602").case_id
    town.intake.verify(town.actor("duty"), case_id, 1, 7, "请现场看")
    return town.case(case_id), town.tasks_of(case_id)[0]


def test_a_verification_goes_to_a_village_and_files_the_case_when_true(town):
    case, task = verifying(town)
    assert (case.state, task.kind, task.state, case.due_verify) == ("15", "verify", "awaiting", task.due_sign)
    worker = town.actor("grid001")
    with pytest.raises(Refused) as nothing:
        town.tasks.answer(worker, task.id, task.version, Answer("verified"))
    town.tasks.answer(worker, task.id, task.version, Answer("verified", "属实，灯杆倾斜"))

    assert nothing.value.code == "needs_text_or_photo"
    after = town.case(case.id)
    assert (after.state, after.done_verify, after.handler_ids) == ("20", town.clock.now(), ())


def test_what_is_said_to_be_untrue_ends_only_when_another_confirms_it(town):
    case, task = verifying(town)
    village = town.actor("village")
    asked = town.applications.ask_on_task(village, task.id, task.version, "ask_untrue", Wish(text="现场未见异常"))
    assert town.case(case.id).state == "15"
    with pytest.raises(Denied):
        town.applications.decide(village, asked.id, asked.version, grant=True)

    town.applications.decide(town.actor("intake"), asked.id, asked.version, grant=True)

    assert (town.case(case.id).state, town.tasks_of(case.id)[0].state) == ("92", "recalled")


def test_a_rejection_has_reason_reply_and_when_not_ours_the_right_body(town):
    case_id, intake = town.report("0602").case_id, town.actor("intake")
    for wrong, code in ((Rejection("1", "非本级", "请向水利部门反映"), "needs_right_body"), (Rejection("4", "非本级", ""), "needs_text"),
                        (Rejection("4", "", "不予受理"), "needs_reason")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            town.intake.reject(intake, case_id, 1, wrong)
        assert refused.value.code == code
    with pytest.raises(Invalid):
        town.intake.reject(intake, case_id, 1, Rejection("77", "非本级", "不予受理"))

    case = town.intake.reject(intake, case_id, 1, Rejection("1", "非本级", "请向水利部门反映", "县水利局"))

    assert (case.state, case.right_body, case.public_reply, case.ended_at) == ("91", "县水利局", "请向水利部门反映", town.clock.now())


def test_filing_is_refused_with_a_reason_the_reporter_reads(town):
    case_id, duty = town.report("0602").case_id, town.actor("duty")
    town.cases.accept(duty, case_id, 1)
    case = town.intake.refuse_filing(duty, case_id, 2, "已有同类工程在建")

    assert (case.state, case.public_reply) == ("91", "已有同类工程在建")


def test_the_same_matter_is_merged_and_each_names_the_other(town):
    first, second = town.report("0602").case_id, town.report("0601").case_id
    merged = town.intake.merge(town.actor("duty"), second, 1, first)

    assert (merged.state, merged.merged_into) == ("95", first)
    lines = town.ask.case_desk(town.actor("duty"), first).timeline
    assert [(line.op, line.facts.get("case")) for line in lines][-1] == ("joined_by", second)
    with pytest.raises(Refused) as itself:
        town.intake.merge(town.actor("duty"), first, 2, first)
    assert itself.value.code == "merge_is_other"


def test_what_differs_in_kind_place_or_time_is_not_one_matter(town):
    one = town.case(town.report("0602").case_id)
    other = replace(town.case(town.report("0602").case_id), lon=one.lon)

    assert all(likeness(one, other).values())
    assert not likeness(one, replace(other, category="0102"))["same_kind"]
    assert not likeness(one, replace(other, lat=one.lat + 0.01))["same_place"]  # 0.01 degrees north are 1.1 km
    assert likeness(one, replace(other, lat=None, lon=None))["same_place"]  # the same grid
    assert not likeness(one, replace(other, lat=None, lon=None, grid=""))["same_place"]
    assert not likeness(one, replace(other, state="90"))["is_open"]


def test_a_new_category_counts_the_running_limit_anew(town):
    case_id, duty = town.report("0602").case_id, town.actor("duty")
    accepted = town.cases.accept(duty, case_id, 1)
    town.wait(60)
    case = town.intake.reclassify(duty, case_id, 2, category="0601")  # P1: filing within 3 minutes of the acceptance

    assert (case.category, case.priority) == ("0601", "P1")
    assert (case.due_file - accepted.done_accept).total_seconds() == 180
    with pytest.raises(Invalid) as same:
        town.intake.reclassify(duty, case_id, 3, category="0601")
    assert same.value.code == "nothing_changes"


def test_after_filing_the_shift_leader_decides_on_a_new_category(town):
    case_id, duty = town.report("0602").case_id, town.actor("duty")
    town.cases.accept(duty, case_id, 1)
    town.cases.file(duty, case_id, 2)
    with pytest.raises(Denied):
        town.intake.reclassify(duty, case_id, 3, category="0601")
    town.applications.ask_on_case(duty, case_id, 3, "ask_reclassify", Wish(text="应为井盖", target="0601"))
    asked = town.ask.case_desk(duty, case_id).applications[0]
    town.applications.decide(town.actor("leader"), asked.id, asked.version, grant=True)

    assert (town.case(case_id).category, town.case(case_id).state) == ("0601", "30")


def test_only_the_reporter_withdraws_and_only_before_acceptance(town):
    case_id, worker = town.report("0602").case_id, town.actor("grid001")
    with pytest.raises(Missing):
        town.intake.withdraw(town.actor("grid002"), case_id, 1, "误报")
    with pytest.raises(Refused):
        town.intake.withdraw(worker, case_id, 1, "")
    assert town.intake.withdraw(worker, case_id, 1, "误报").state == "93"
    other = town.report("0602").case_id
    town.cases.accept(town.actor("duty"), other, 1)
    with pytest.raises(Refused) as late:
        town.intake.withdraw(worker, other, 2, "误报")
    assert late.value.code == "wrong_state"


def test_who_settles_it_alone_shows_both_photos_and_is_checked_by_another(town):
    sent_photos(town, "grid001", PHOTO, OTHER)
    case_id, worker = town.report("0602", photos=(PHOTO,)).case_id, town.actor("grid001")
    with pytest.raises(Refused) as without:
        town.intake.self_handle(worker, case_id, 1, text="已清理", photos=())
    case = town.intake.self_handle(worker, case_id, 1, text="已清理", photos=(OTHER,))

    assert without.value.code == "needs_photo_after"
    assert (case.state, case.handler_ids, "self_handled" in case.flags) == ("60", (worker.user_id,), True)
    assert [(task.kind, task.state) for task in town.tasks_of(case_id)] == [("lead", "finished")]
    assert town.cases.check(town.actor("checker"), case_id, 2).state == "70"


def report_key(town: Town, login: str = "grid001") -> str:
    return town.ask.my_reports(town.actor(login))[0].report.key


def test_who_sent_a_report_withdraws_it_by_its_key_and_once_only(town):
    case_id, worker = town.report("0602").case_id, town.actor("grid001")
    withdrawn = OwnAnswer("withdraw", "误报")
    for _ in range(2):
        town.intake.answer_own(worker, report_key(town), withdrawn, key="k1")

    assert (town.case(case_id).state, town.case(case_id).version) == ("93", 2)
    with pytest.raises(KeyReused):
        town.intake.answer_own(worker, report_key(town), OwnAnswer("withdraw", "看错了"), key="k1")
    with pytest.raises(Refused) as twice:
        town.intake.answer_own(worker, report_key(town), withdrawn)
    assert twice.value.code == "wrong_state"


def test_the_key_of_anothers_report_is_nobodys(town):
    town.report("0602")
    for key in (report_key(town), "no such key"):
        with pytest.raises(Missing):
            town.intake.answer_own(town.actor("grid002"), key, OwnAnswer("withdraw", "误报"))


def test_what_was_settled_on_the_spot_may_bring_both_pictures_with_it(town):
    sent_photos(town, "grid001", PHOTO, OTHER)
    case_id, worker = town.report("0602").case_id, town.actor("grid001")
    with pytest.raises(Refused) as without:
        town.intake.answer_own(worker, report_key(town), OwnAnswer("self_handle", "已清理", (), (OTHER,)))
    assert without.value.code == "needs_photo_before"

    town.intake.answer_own(worker, report_key(town), OwnAnswer("self_handle", "已清理", (PHOTO,), (OTHER,)))

    assert town.case(case_id).state == "60"
    with town.store.read() as unit:
        kept = [(one.stage, one.sha256) for one in cases.attachments_of(unit, Scope(town.actor("duty")), case_id)]
    assert kept == [("before", PHOTO), ("after", OTHER)]


def test_an_unknown_act_on_a_report_is_named(town):
    town.report("0602")
    with pytest.raises(Invalid) as unknown:
        town.intake.answer_own(town.actor("grid001"), report_key(town), OwnAnswer("close"))
    assert (unknown.value.field, unknown.value.code) == ("action", "unknown_code")


@pytest.mark.parametrize(("serial", "is_sample"), [("000010", True), ("000011", False)])
def test_one_of_ten_settled_alone_is_marked_to_be_seen_on_the_spot(town, serial, is_sample):
    sent_photos(town, "grid001", PHOTO, OTHER)
    case_id = town.report("0602", photos=(PHOTO,)).case_id
    with town.store.write() as unit:
        unit.run(tables.case.update().where(tables.case.c.id == case_id).values(number=f"SJ410923-20261123-{serial}"))
    case = town.intake.self_handle(town.actor("grid001"), case_id, 1, text="已清理", photos=(OTHER,))

    assert ("sample" in case.flags) is is_sample


def test_a_draft_is_its_authors_alone_until_it_is_sent(town):
    worker, draft = town.actor("grid001"), town.draft("0602")
    kept = town.reports.keep(worker, draft)
    again = town.reports.keep(worker, replace(draft, text="路灯不亮，两盏"))
    assert (kept.state, kept.due_accept, again.id, again.version, again.content) == ("00", None, kept.id, 2, "路灯不亮，两盏")
    for login in ("duty", "grid002", "director"):
        with pytest.raises(Missing):
            town.ask.case(town.actor(login), kept.id)
    with pytest.raises(Missing):
        town.reports.submit(town.actor("grid002"), kept.id, 2)

    receipt = town.reports.submit(worker, kept.id, 2)

    case = town.case(kept.id)
    assert (case.state, case.number, receipt.case_id) == ("10", receipt.number, kept.id)
    assert (case.due_accept - town.clock.now()).total_seconds() == 3_600  # P4: 60 work minutes, Monday 10:00
    assert town.ask.my_reports(worker)[0].report.text == "路灯不亮，两盏"


def test_a_draft_is_thrown_away_by_its_author_and_nothing_else_is(town):
    worker = town.actor("grid001")
    kept = town.reports.keep(worker, town.draft("0602"))
    with pytest.raises(Missing):
        town.reports.delete(town.actor("duty"), kept.id, 1)
    town.reports.delete(worker, kept.id, 1)
    sent = town.report("0602")
    with pytest.raises(Refused):
        town.reports.delete(worker, sent.case_id, 1)

    assert isinstance(town.intake, Intake)
    assert sent.case_id != kept.id, "an id is given once, or its lines would be another's"
    with pytest.raises(Missing):
        town.reports.submit(worker, kept.id, 1)


def test_a_draft_that_is_thrown_away_leaves_nothing_in_the_search_index(town):
    worker = town.actor("grid001")
    draft = town.reports.keep(worker, town.draft(text="院内有积水"))
    town.reports.delete(worker, draft.id, draft.version)

    with town.store.write() as unit:
        assert search.forget_lost(unit) == 0
