"""Two people change a table: what each may do, what is refused in words, and what the journal keeps."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.people import system_actor
from console.domain.words import Words
from console.service.code_changes import MOST_AT_ONCE, NOTE_MAX, Plan, Wish
from console.store import tables
from tests.make import ROOT, START, Town
from tests.service.halls import CITY, COUNTY, MANHOLE, OTHER, TOMORROW, TOWN, CodeHall

WORDS = {language: Words.load(Path(ROOT) / "resources" / "i18n", language) for language in ("zh_CN", "en")}


@pytest.fixture
def hall(town: Town) -> CodeHall:
    return CodeHall(town)


@pytest.fixture
def small(sqlite_town: Town) -> CodeHall:
    return CodeHall(sqlite_town)


def journal(hall: CodeHall, ref: int) -> list[tuple]:
    j = tables.journal.c
    with hall.town.store.read() as unit:
        question = select(j.op, j.from_state, j.to_state, j.actor, j.version, j.facts).where(j.kind == "code_change", j.ref == ref)
        return [tuple(row) for row in unit.rows(question.order_by(j.id))]


def said(error: Exception) -> tuple[str, str]:
    """The sentence in both languages; a code or a gap in it would be nobody's words."""
    told = WORDS["zh_CN"].of(error), WORDS["en"].of(error)
    for words in told:
        assert error.code not in words, words
        assert "{" not in words
    return told


def test_a_limit_is_changed_by_one_and_approved_by_another(hall):
    change = hall.propose(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    approved = hall.changes.approve(hall.director, change.id, change.version)

    assert (change.state, change.before, change.differing) == ("proposed", MANHOLE, ("limit",))
    assert (approved.state, approved.decided_by, approved.decided_at) == ("approved", hall.director.user_id, START)
    assert hall.limit("0601", COUNTY) == "4H"
    hall.town.clock.at = TOMORROW - timedelta(microseconds=1)
    assert hall.limit("0601", COUNTY) == "4H"
    hall.town.clock.at = TOMORROW
    assert hall.limit("0601", COUNTY) == "2H"


def test_the_journal_names_who_proposed_and_who_approved_and_holds_no_names(hall):
    change = hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    hall.town.clock.at = TOMORROW
    assert hall.changes.take_effect(system_actor("sweep")) == 1
    assert hall.changes.take_effect(system_actor("sweep")) == 0

    lines = journal(hall, change.id)

    assert [line[:5] for line in lines] == [
        ("propose", "", "proposed", hall.leader.user_id, 1),
        ("approve", "proposed", "approved", hall.city_director.user_id, 2),
        ("take_effect", "approved", "in_force", 0, 3),
    ]
    assert lines[0][5] == {"step": "CC0", "table": "categories", "code": "0601", "centre": COUNTY, "from": TOMORROW.isoformat(),
                           "differing": ["limit"]}  # fmt: skip


def test_who_proposed_does_not_approve_whatever_the_role(hall):
    change = hall.propose(hall.director, "categories", "0601", {**MANHOLE, "limit": "2H"})

    for act in (lambda: hall.changes.approve(hall.director, change.id, 1), lambda: hall.changes.refuse(hall.director, change.id, 1, "no")):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "own_proposal"
        zh, en = said(refused.value)
    assert "本人" in zh
    assert "another" in en
    assert journal(hall, change.id)[-1][0] == "propose"


@pytest.mark.parametrize("roles", [{"R16"}, {"R22"}, {"R06", "R07", "R08"}, {"R19"}])
def test_only_a_director_approves(small, roles):
    change = small.propose(small.director, "categories", "0601", {**MANHOLE, "limit": "2H"})
    with pytest.raises((Denied, Missing)):
        small.changes.approve(small.someone("checker", roles, COUNTY, "/1/2/"), change.id, 1)


@pytest.mark.parametrize(("roles", "may"), [({"R16"}, True), ({"R17"}, True), ({"R22"}, True), ({"R06"}, False), ({"R19"}, False)])
def test_leaders_directors_and_administrators_propose(small, roles, may):
    actor = small.someone("checker", roles, COUNTY, "/1/2/")
    if may:
        assert small.propose(actor, "stage_limits", "accept", {"P1": "1M", "P2": "10M", "P3": "30WM", "P4": "60WM"}).id
        return
    with pytest.raises(Denied) as denied:
        small.propose(actor, "stage_limits", "accept", {"P1": "1M", "P2": "10M", "P3": "30WM", "P4": "60WM"})
    assert denied.value.code == "role"


def test_a_county_changes_nothing_in_another(hall):
    hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    hall.town.clock.at = TOMORROW

    assert [hall.limit("0601", centre) for centre in (CITY, COUNTY, OTHER, TOWN, 0)] == ["4H", "2H", "4H", "2H", "4H"]


def test_a_county_neither_sees_nor_decides_what_another_proposes(hall):
    change = hall.propose(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})

    assert hall.changes.changes(hall.stranger) == ()
    with pytest.raises(Missing):
        hall.changes.approve(hall.stranger, change.id, 1)
    with pytest.raises(Missing):
        hall.propose(hall.stranger, "categories", "0601", {**MANHOLE, "limit": "2H"}, centre=COUNTY)


def test_a_county_sees_what_the_city_decides_and_may_not_decide_it(small):
    change = small.propose(small.someone("leader", {"R16"}, CITY, "/1/"), "categories", "0601", {**MANHOLE, "limit": "3H"})

    assert [row.change.id for row in small.changes.changes(small.director)] == [change.id]
    with pytest.raises(Denied) as denied:
        small.changes.approve(small.director, change.id, 1)
    assert said(denied.value)


def test_the_nearer_centre_wins_and_may_follow_the_one_above_again(small):
    small.decided(small.city_director, "categories", "0601", {**MANHOLE, "limit": "3H"})
    small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"}, at=TOMORROW + timedelta(hours=1))
    small.town.clock.at = TOMORROW + timedelta(hours=2)
    assert [small.limit("0601", centre) for centre in (CITY, COUNTY, OTHER)] == ["3H", "2H", "3H"]

    small.decided(small.leader, "categories", "0601", {}, at=TOMORROW + timedelta(hours=3))
    small.town.clock.at = TOMORROW + timedelta(hours=3)

    assert small.limit("0601", COUNTY) == "3H"
    with pytest.raises(Invalid) as refused:
        small.propose(small.leader, "categories", "0601", {}, at=TOMORROW + timedelta(hours=4))
    assert refused.value.code == "follows_already"


def test_a_running_stage_keeps_its_due_time_and_the_next_takes_the_new_table(hall):
    before = hall.town.case(hall.town.report("0504").case_id)
    rows = {"P1": "2M", "P2": "10M", "P3": "30WM", "P4": "20WM"}
    hall.decided(hall.leader, "stage_limits", "accept", rows, at=START + timedelta(minutes=1))
    hall.town.wait(60)
    after = hall.town.case(hall.town.report("0504").case_id)

    assert hall.town.case(before.id).due_accept == before.due_accept == START + timedelta(minutes=60)
    assert after.due_accept == START + timedelta(minutes=21)


def test_a_refusal_needs_a_reason_which_the_applicant_reads(hall):
    change = hall.propose(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    with pytest.raises(Refused) as refused:
        hall.changes.refuse(hall.director, change.id, 1, " ")
    assert refused.value.code == "needs_reason"

    hall.changes.refuse(hall.director, change.id, 1, "人手不够")

    row = hall.changes.changes(hall.leader)[0]
    assert (row.change.state, row.change.answer, row.proposer, row.decider) == ("refused", "人手不够", "值班长丙", "主任丁")
    hall.town.clock.at = TOMORROW
    assert hall.limit("0601", COUNTY) == "4H"


def test_a_proposal_is_withdrawn_by_its_applicant_until_it_is_in_force(hall):
    first = hall.propose(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    with pytest.raises(Denied):
        hall.changes.withdraw(hall.administrator, first.id, 1)
    assert hall.changes.withdraw(hall.leader, first.id, 1).state == "withdrawn"
    second = hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "3H"})
    assert hall.changes.withdraw(hall.leader, second.id, second.version).state == "withdrawn"
    third = hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "1H"})

    hall.town.clock.at = TOMORROW
    with pytest.raises(Refused) as refused:
        hall.changes.withdraw(hall.leader, third.id, third.version)

    assert refused.value.code == "day_passed"
    assert hall.limit("0601", COUNTY) == "1H"


def test_what_is_in_force_is_reverted_by_a_new_change(small):
    first = small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.town.clock.at = TOMORROW
    later = TOMORROW + timedelta(days=1)

    small.decided(small.leader, "categories", "0601", dict(first.before), at=later)
    small.town.clock.at = later

    assert small.limit("0601", COUNTY) == "4H"
    assert [row.change.differing for row in small.changes.changes(small.leader, table="categories", code="0601")] == [("limit",)] * 2


def test_an_approval_too_late_is_refused_and_nothing_is_lost(small):
    change = small.propose(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.town.clock.at = TOMORROW
    with pytest.raises(Refused) as refused:
        small.changes.approve(small.director, change.id, 1)
    assert refused.value.code == "day_passed"
    assert said(refused.value)
    assert small.changes.changes(small.leader, only="waiting")[0].change.after["limit"] == "2H"


def test_a_row_that_changed_meanwhile_is_not_approved_unseen(small):
    waiting = small.propose(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.decided(small.city_director, "categories", "0601", {**MANHOLE, "limit": "3H"}, at=TOMORROW - timedelta(hours=1))
    with pytest.raises(Refused) as refused:
        small.changes.approve(small.director, waiting.id, 1)
    assert refused.value.code == "row_changed"
    assert said(refused.value)


def test_a_row_has_one_proposal_at_a_time(small):
    small.propose(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    with pytest.raises(Refused) as refused:
        small.propose(small.director, "categories", "0601", {**MANHOLE, "limit": "3H"})
    assert refused.value.code == "already_proposed"
    assert said(refused.value)


def test_the_second_of_two_who_decide_is_told_who_was_faster(hall):
    change = hall.propose(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    hall.changes.approve(hall.director, change.id, 1)
    with pytest.raises(Stale) as stale:
        hall.changes.refuse(hall.city_director, change.id, 1, "否")
    assert stale.value.facts["by"] == "主任丁"


def test_all_rows_of_a_proposal_or_none(hall):
    good = Wish("categories", "0601", {**MANHOLE, "limit": "2H"})
    bad = Wish("stage_limits", "accept", {"P1": "0M", "P2": "10M", "P3": "30WM", "P4": "60WM"})
    with pytest.raises(Invalid):
        hall.changes.propose(hall.leader, [good, bad], Plan(TOMORROW, "试行"))
    assert hall.changes.changes(hall.leader) == ()


@pytest.mark.parametrize(("table", "code", "after", "field", "problem"), [
    ("categories", "0601", {**MANHOLE, "limit": "0H"}, "limit", "limit_not_positive"),
    ("categories", "0601", {**MANHOLE, "limit": "-4H"}, "limit", "limit_not_positive"),
    ("categories", "0601", {**MANHOLE, "limit": "soon"}, "limit", "bad_limit"),
    ("categories", "0601", {**MANHOLE, "lead": "D99"}, "lead", "no_such_department"),
    ("categories", "0601", {**MANHOLE, "co": ["D30", "D10"]}, "co", "lead_helps_too"),
    ("categories", "0601", {**MANHOLE, "co": ["D30", "D30"]}, "co", "department_twice"),
    ("categories", "0601", {**MANHOLE, "en": " "}, "en", "name_needed"),
    ("categories", "0601", MANHOLE, "code", "nothing_changed"),
    ("categories", "0655", MANHOLE, "code", "no_new_rows"),
    ("departments", "D10", {"zh": "住建", "en": "Housing", "short": "住建", "active": False}, "active", "still_leads"),
    ("reasons", "return", {"zh": "其", "en": "O", "active": True}, "code", "bad_reason_code"),
    ("work_calendar", "10-01", {"day": "off"}, "day", "day_without_year"),
    ("work_calendar", "week", {"weekdays": [1, 2], "hours": ["18:00-08:30"]}, "hours", "bad_work_hours"),
    ("work_calendar", "week", {"weekdays": [], "hours": ["08:30-12:00"]}, "weekdays", "bad_weekdays"),
    ("actions", "A01", {"zh": "上报", "en": "Report"}, "table", "not_local"),
])  # fmt: skip
def test_what_cannot_be_is_refused_by_field_with_a_remedy(small, table, code, after, field, problem):
    with pytest.raises(Invalid) as refused:
        small.propose(small.leader, table, code, after)
    assert (refused.value.field, refused.value.code) == (field, problem)
    zh, en = said(refused.value)
    assert "field." not in zh + en
    assert small.changes.changes(small.leader) == ()


@pytest.mark.parametrize("at", [START, START - timedelta(days=1)])
def test_a_change_cannot_begin_in_the_past(small, at):
    with pytest.raises(Invalid) as refused:
        small.propose(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"}, at=at)
    assert (refused.value.field, refused.value.code) == ("effective_from", "day_passed")
    assert said(refused.value)


@pytest.mark.parametrize(("plan", "problem"), [
    (Plan(TOMORROW, " "), "needs_reason"), (Plan(TOMORROW, "长" * (NOTE_MAX + 1)), "too_long"),
    (Plan(datetime(2027, 1, 1), "无时区"), "naive_instant"),  # noqa: DTZ001
])
def test_a_proposal_says_why_and_from_when(small, plan, problem):
    with pytest.raises(Invalid) as refused:
        small.changes.propose(small.leader, [Wish("categories", "0601", {**MANHOLE, "limit": "2H"})], plan)
    assert refused.value.code == problem


@pytest.mark.parametrize(("count", "problem"), [(0, "no_rows"), (MOST_AT_ONCE + 1, "too_many")])
def test_a_proposal_has_some_rows_and_not_too_many(small, count, problem):
    with pytest.raises(Invalid) as refused:
        small.changes.propose(small.leader, [Wish("work_calendar", "week", {})] * count, Plan(TOMORROW, "批量"))
    assert refused.value.code == problem
    assert said(refused.value)


def test_what_does_not_fit_a_centre_below_is_refused(small):
    fire = {"zh": "通信线缆", "en": "Telecom cable", "priority": "P4", "limit": "3WD", "lead": "D36", "co": [], "active": True}
    small.decided(small.leader, "categories", "0606", fire)
    unused = {"zh": "物业", "en": "Property company", "short": "物业", "active": False}
    for code in ("0304", "1602"):  # what the property companies lead by the shipped tables goes to the town
        row = {**small.book.rows(CITY)["categories"][code], "lead": "D34", "co": [], "active": True}
        small.decided(small.city_director, "categories", code, row)

    with pytest.raises(Refused) as refused:
        small.propose(small.city_director, "departments", "D36", unused, at=TOMORROW + timedelta(days=1))

    assert (refused.value.code, refused.value.facts["key"], refused.value.facts["centre"]) == ("does_not_fit", "0606", COUNTY)
    assert said(refused.value)


def test_a_new_reason_is_offered_from_its_day_on_and_old_ones_stay_known(small):
    small.decided(small.leader, "reasons", "return.7", {"zh": "不在辖区", "en": "Outside our area", "active": True})
    small.decided(small.leader, "reasons", "return.6", {"zh": "已在办", "en": "Already in hand", "active": False})
    small.town.clock.at = TOMORROW
    reasons = small.book.of(COUNTY).reasons["return"]
    assert reasons["7"].zh == "不在辖区"
    assert not reasons["6"].active
    assert "7" not in small.book.of(OTHER).reasons["return"]


def test_a_withdrawn_change_never_begins(small):
    change = small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.changes.withdraw(small.director, change.id, change.version)
    small.town.clock.at = TOMORROW
    assert small.changes.take_effect(system_actor("sweep")) == 0
    assert small.limit("0601", COUNTY) == "4H"


def test_two_who_sweep_at_once_note_a_change_once(small):
    change = small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.town.clock.at = TOMORROW
    other = CodeHall(small.town).changes
    assert small.changes.take_effect(system_actor("a")) + other.take_effect(system_actor("b")) == 1
    assert [line[0] for line in journal(small, change.id)].count("take_effect") == 1


def test_a_proposer_in_two_chairs_is_one_person(small):
    """The person counts, not the role in which somebody sits down."""
    change = small.propose(small.someone("director", {"R22"}, COUNTY, "/1/2/"), "categories", "0601", {**MANHOLE, "limit": "2H"})
    with pytest.raises(Refused) as refused:
        small.changes.approve(replace(small.director, seat="B2"), change.id, 1)
    assert refused.value.code == "own_proposal"
