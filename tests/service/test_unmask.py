"""Plain text only after its line: who looks at a reporter says why, and the reporter stays hidden outside intake (G24, AC-4)."""

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing
from console.service.unmask import PersonalAccess, Plain, Unmask
from console.store import tables

WHY = "回拨核实井盖位置"
WORDS = "井盖缺失，联系 13800000099"


@pytest.fixture
def unmask(town):
    return Unmask(town.desk)


def looks(town):
    with town.store.read() as unit:
        return unit.records(PersonalAccess, unit.rows(select(tables.personal_access)))


def last_line(town):
    with town.store.read() as unit:
        j = tables.journal.c
        row = unit.row(select(j.op, j.kind, j.ref, j.actor, j.facts).order_by(j.id.desc()))
    return tuple(row)


def test_a_reason_gives_name_phone_and_words_and_leaves_a_line(town, unmask):
    case_id = town.report(text=WORDS).case_id

    plain = unmask.case(town.actor("duty"), case_id, WHY)

    assert [(one.name, one.phone) for one in plain.reporters] == [("网格员壬", "13800000009")]
    assert plain.content == WORDS
    (look,) = looks(town)
    assert (look.case_id, look.reason, look.user_name, look.seat, look.at) == (case_id, WHY, "值班员甲", "A1", town.clock.now())
    assert last_line(town) == ("unmask", "personal", look.id, 1, {"case": case_id, "fields": ["reporter", "content"]})


def test_the_line_has_no_words(town, unmask):
    case_id = town.report(text=WORDS).case_id
    plain = unmask.case(town.actor("duty"), case_id, WHY)

    assert WHY not in repr(last_line(town))
    for secret in ("网格员壬", "13800000009", "13800000099"):
        assert secret not in repr(plain)
        assert secret not in repr(last_line(town))
    assert isinstance(plain, Plain)


@pytest.mark.parametrize("reason", ["", "     ", "太短了吧", "长" * 201, "坏字符\x00坏字符"])
def test_without_a_proper_reason_nothing_is_shown_and_nothing_written(town, unmask, reason):
    case_id = town.report().case_id

    with pytest.raises(Invalid):
        unmask.case(town.actor("duty"), case_id, reason)

    assert looks(town) == ()


@pytest.mark.parametrize(("login", "refusal"), [("viewer", Denied), ("checker", Denied), ("stranger", Missing), ("d10", Missing)])
def test_who_has_no_business_with_it_sees_nothing(town, unmask, login, refusal):
    case_id = town.report().case_id

    with pytest.raises(refusal):
        unmask.case(town.actor(login), case_id, WHY)

    assert looks(town) == ()


@pytest.mark.parametrize(("login", "may"), [("intake", True), ("director", True), ("duty", True), ("leader", False)])
def test_who_asked_for_protection_is_known_to_intake_and_director_alone(town, unmask, login, may):
    case_id = town.report(protected=True).case_id

    if may:
        assert unmask.case(town.actor(login), case_id, WHY).reporters[0].name == "网格员壬"
        return
    with pytest.raises(Denied) as denied:
        unmask.case(town.actor(login), case_id, WHY)
    assert denied.value.code == "protected_reporter"


@pytest.mark.parametrize(("login", "shown"), [("duty", "网***"), ("intake", "网***"), ("leader", ""), ("director", ""), ("checker", "")])
def test_outside_intake_the_reporter_is_hidden(town, login, shown):
    case_id = town.report().case_id

    desk = town.ask.case_desk(town.actor(login), case_id)

    assert desk.reports[0].reporter_name == shown
    assert "网格员壬" not in repr(desk)


def test_numbers_inside_words_do_not_reach_the_case_desk(town):
    case_id = town.report(text=WORDS).case_id

    desk = town.ask.case_desk(town.actor("duty"), case_id)

    assert desk.case.content == "井盖缺失，联系 138****0099"
    assert "13800000099" not in repr(desk)
