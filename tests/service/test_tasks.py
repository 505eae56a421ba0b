"""What units answer: sign, return, on site, progress, finish; who may, until when, with what, and what the case does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from console.domain.errors import Denied, Invalid, KeyReused, Missing, Refused, Stale
from console.domain.people import system_actor
from console.domain.task import Order, Task
from console.service.tasks import Answer
from console.store import tables, uploads
from console.store.uploads import Upload
from tests.make import START, Town

PHOTO, OTHER_PHOTO = "ab" * 32, "cd" * 32
KEY = "0d9b1c62-8f0e-4a0a-9a52-5a0f7a3a0001"


def keep_photo(town: Town, login: str = "d10", sha256: str = PHOTO) -> tuple[str]:
    with town.store.write() as unit:
        uploads.remember(unit, Upload(sha256, town.actor(login).user_id, 10, 4, 3, town.clock.now()))
    return (sha256,)


def journal_size(town: Town) -> int:
    with town.store.read() as unit:
        return int(str(unit.scalar(select(func.count()).select_from(tables.journal))))


def signed(town: Town, category: str = "0601", *, co: bool = False) -> tuple[Task, ...]:
    _, tasks = town.sent(category, co=co)
    return tuple(town.answer(login, task, "sign") for login, task in zip(("d10", "d30", "d31"), tasks, strict=False))


def test_the_leads_signature_moves_the_case(town):
    case, (task, *_) = town.sent()
    town.wait(60)
    at = town.clock.now()

    task = town.answer("d10", task, "sign")

    after = town.case(case.id)
    assert (task.state, task.signed_at, task.user_id) == ("handling", at, 6)
    assert (after.state, after.done_sign, after.handler_ids) == ("50", at, (6,))
    assert after.version == case.version + 1


def test_a_helpers_signature_is_its_own(town):
    case, (_, helper, _) = town.sent(co=True)

    helper = town.answer("d30", helper, "sign")

    after = town.case(case.id)
    assert (helper.state, after.state, after.done_sign, after.handler_ids) == ("handling", "40", None, (7,))


def test_the_first_reply_stops_its_clock_once(town):
    task, *_ = signed(town)
    town.wait(60)
    first = town.clock.now()
    task = town.answer("d10", task, "on_site")
    town.wait(60)
    task = town.answer("d10", task, "progress", text="正在更换")

    case = town.case(task.case_id)
    assert (task.on_site_at, task.first_reply_at, task.state) == (first, first, "replied")
    assert (case.done_first, case.state) == (first, "50")


def test_finishing_needs_words_a_picture_and_the_helpers(town):
    lead, helper, other = signed(town, co=True)
    photos = keep_photo(town)

    def refusal(task: Task, login: str = "d10", **said) -> str:
        with pytest.raises(Refused) as refused:
            town.answer(login, task, "finish", **said)
        return refused.value.code

    assert refusal(lead, photos=photos) == "needs_text"
    assert refusal(lead, text="已更换") == "needs_photo"
    assert refusal(lead, text="已更换", photos=photos) == "co_open"
    town.answer("d30", helper, "finish", text="无管线受损", photos=keep_photo(town, "d30"))
    assert refusal(lead, text="已更换", photos=photos) == "co_open"
    town.answer("d31", other, "finish", text="无线缆受损", photos=keep_photo(town, "d31"))

    done = town.answer("d10", lead, "finish", text="已更换", photos=photos, solved="yes")

    case = town.case(lead.case_id)
    assert (done.state, case.state, case.done_handle) == ("finished", "60", town.clock.now())
    assert case.due_check == town.clock.now() + timedelta(hours=1)
    assert case.handler_ids == (6, 7, 8)


def test_a_helper_that_need_not_answer_holds_nobody_up(town):
    receipt = town.report("0602")
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead"), Order(3, "co", mandatory=False)])
    town.wait(10)
    town.sweep.round()
    lead = town.ask.desk_inbox(town.actor("d10"))[0].task

    lead = town.answer("d10", lead, "sign")

    assert town.answer("d10", lead, "finish", text="已修复").state == "finished"


def test_an_ordinary_task_is_finished_without_a_picture(town):
    task, *_ = signed(town, "0602")

    assert town.answer("d10", task, "finish", text="已修复").state == "finished"


def test_an_answer_is_kept_with_its_pictures(town):
    task, *_ = signed(town)
    town.answer("d10", task, "finish", text="  已更换  ", photos=(*keep_photo(town), PHOTO), solved="yes")

    reply = town.ask.desk_task(town.actor("d10"), task.id).replies[-1]
    desk = town.ask.case_desk(town.actor("duty"), task.case_id)
    assert (reply.kind, reply.text, reply.solved, reply.photos, reply.user_name) == ("finish", "已更换", "yes", (PHOTO,), "承办人己")
    assert [(one.sha256, one.stage, one.owner_kind, one.owner_id) for one in desk.attachments] == [(PHOTO, "after", "reply", reply.id)]
    assert [row.text for row in desk.timeline if row.op == "finish" and row.kind == "task"] == ["已更换"]


def test_a_return_gives_the_case_back_and_counts(town):
    case, (task, *_) = town.sent(co=True)
    town.wait(60)

    task = town.answer("d10", task, "return", reason="1", text="属通信井盖")

    after = town.case(case.id)
    assert (task.state, task.refuse_reason) == ("returned", "1 属通信井盖")
    assert (after.state, after.returned, after.lead_org, after.due_sign) == ("30", 1, None, None)
    assert after.due_dispatch == town.clock.now() + timedelta(minutes=5)
    states = [row.task.state for row in town.ask.case_desk(town.actor("duty"), case.id).tasks]
    assert states == ["returned", "recalled", "recalled"], "what the helpers have not begun goes back with the lead"
    assert town.ask.desk_inbox(town.actor("d30")) == ()


def test_a_helper_that_works_already_works_on_when_the_lead_returns(town):
    case, (lead, helper, _) = town.sent(co=True)
    town.answer("d30", helper, "sign")

    town.answer("d10", lead, "return", reason="1")

    states = [row.task.state for row in town.ask.case_desk(town.actor("duty"), case.id).tasks]
    assert states == ["returned", "handling", "recalled"]


def test_a_return_is_possible_up_to_the_sign_limit(town):
    _, (task, *_) = town.sent()
    assert task.due_sign is not None
    town.clock.at = task.due_sign + timedelta(microseconds=1)

    with pytest.raises(Refused) as late:
        town.answer("d10", task, "return", reason="1")

    assert late.value.code == "return_too_late"
    town.clock.at = task.due_sign
    assert town.answer("d10", task, "return", reason="1").state == "returned"


@pytest.mark.parametrize(("reason", "error"), [("", Refused), ("77", Invalid), ("x" * 11, Invalid)])
def test_a_return_names_a_reason_of_the_table(sqlite_town, reason, error):
    _, (task, *_) = sqlite_town.sent()

    with pytest.raises(error) as refused:
        sqlite_town.answer("d10", task, "return", reason=reason)

    assert refused.value.field == "reason"


def test_the_same_answer_twice_counts_once(town):
    _, (task, *_) = town.sent()
    answer = Answer("sign")

    first = town.tasks.answer(town.actor("d10"), task.id, task.version, answer, key=KEY)
    size = journal_size(town)
    second = town.tasks.answer(town.actor("d10"), task.id, task.version, answer, key=KEY)

    assert first == second
    assert journal_size(town) == size


def test_the_same_answer_from_two_connections_at_once_counts_once(town):
    task, *_ = signed(town)
    answer = Answer("progress", "正在更换")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: town.tasks.answer(town.actor("d10"), task.id, task.version, answer, key=KEY), range(4)))

    replies = town.ask.desk_task(town.actor("d10"), task.id).replies
    assert [reply.kind for reply in replies] == ["sign", "progress"]


def test_a_key_used_for_another_answer_is_refused(town):
    _, (task, *_) = town.sent()
    town.tasks.answer(town.actor("d10"), task.id, task.version, Answer("sign"), key=KEY)

    with pytest.raises(KeyReused):
        town.tasks.answer(town.actor("d10"), task.id, task.version + 1, Answer("on_site"), key=KEY)


def test_two_answers_at_once_and_one_is_stale(town):
    _, (task, *_) = town.sent()
    colleagues = [town.actor("d10"), replace(town.actor("d10"), user_id=61, name="承办人二")]

    def sign(actor) -> str:
        try:
            town.tasks.answer(actor, task.id, task.version, Answer("sign"))
        except Stale:
            return "stale"
        return "signed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sign, colleagues)) == ["signed", "stale"]


@pytest.mark.parametrize(
    ("answer", "field", "code"),
    [
        (Answer("vanish"), "action", "unknown_code"),
        (Answer("progress", "字" * 2_001), "text", "too_long"),
        (Answer("progress", "坏\x00字"), "text", "bad_characters"),
        (Answer("progress", "好", photos=(PHOTO,) * 10), "photos", "too_many"),
        (Answer("progress", "好", photos=("x\x00",)), "photos", "unknown_photo"),
        (Answer("progress", "好", photos=(PHOTO,)), "photos", "unknown_photo"),
        (Answer("progress", "好", solved="perhaps"), "solved", "unknown_code"),
    ],
)
def test_what_cannot_be_read_names_its_field_and_changes_nothing(sqlite_town, answer, field, code):
    town = sqlite_town
    task, *_ = signed(town)
    size = journal_size(town)

    with pytest.raises(Invalid) as refused:
        town.tasks.answer(town.actor("d10"), task.id, task.version, answer)

    assert (refused.value.field, refused.value.code) == (field, code)
    assert journal_size(town) == size


def test_a_picture_of_another_unit_cannot_be_used(sqlite_town):
    town = sqlite_town
    task, *_ = signed(town)
    keep_photo(town, "d30", OTHER_PHOTO)

    with pytest.raises(Invalid):
        town.answer("d10", task, "finish", text="已更换", photos=(OTHER_PHOTO,))


@pytest.mark.parametrize("key", ["k" * 81, "bad\x00key"])
def test_a_key_no_table_can_keep_names_its_field(sqlite_town, key):
    _, (task, *_) = sqlite_town.sent()

    with pytest.raises(Invalid) as refused:
        sqlite_town.tasks.answer(sqlite_town.actor("d10"), task.id, task.version, Answer("sign"), key=key)

    assert refused.value.field == "key"


def test_a_unit_without_the_role_may_look_but_not_answer(sqlite_town):
    town = sqlite_town
    _, (task, *_) = town.sent()
    head = replace(town.actor("d10"), roles=frozenset({"R10"}))

    assert town.ask.desk_task(head, task.id).task == task
    with pytest.raises(Denied):
        town.tasks.answer(head, task.id, task.version, Answer("sign"))


def test_an_officer_may_send_a_held_task_now(town):
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead"), Order(3, "co")])
    town.wait(1)

    released = town.tasks.release(town.actor("duty"), receipt.case_id)

    assert [task.released_at for task in released] == [START + timedelta(seconds=1)] * 2
    assert town.case(receipt.case_id).due_sign == START + timedelta(minutes=5, seconds=1)
    assert town.tasks.release(town.actor("duty"), receipt.case_id) == ()


def test_the_program_releases_only_what_is_due(town):
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead")])
    town.wait(2.9)

    assert town.tasks.release(system_actor("sweep"), receipt.case_id) == ()
    town.wait(0.1)
    assert len(town.tasks.release(system_actor("sweep"), receipt.case_id)) == 1


@pytest.mark.parametrize("login", ["viewer", "checker", "intake"])
def test_who_may_not_send_cannot_release(sqlite_town, login):
    town = sqlite_town
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead")])

    with pytest.raises(Denied):
        town.tasks.release(town.actor(login), receipt.case_id)


def test_a_held_task_cannot_be_answered_even_by_its_unit(town):
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead")])

    with pytest.raises(Missing) as refused:
        town.tasks.answer(town.actor("d10"), 1, 1, Answer("sign"))

    assert refused.value.facts == {"kind": "task", "ref": 1}


def test_a_hidden_task_is_missing_in_the_same_words_as_one_that_never_was(town):
    town.sent()
    said = []
    for task_id in (1, 999):
        with pytest.raises(Missing) as refused:
            town.tasks.answer(town.actor("stranger-d10"), task_id, 1, Answer("sign"))
        said.append((refused.value.code, refused.value.facts["kind"]))

    assert said[0] == said[1] == ("missing", "task")


def test_the_delivery_follows_its_task(town):
    _, tasks = town.sent()
    with town.store.read() as unit:
        d = tables.delivery.c
        assert unit.rows(select(d.task_id, d.state)) == [(tasks[0].id, "released")]
