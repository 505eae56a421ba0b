"""Administering accounts: what each may do to whom, four eyes for guarded roles, nobody for himself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.people import Actor, User
from console.net import totp
from console.service.accounts import Accounts, Person
from console.service.credentials import Proof
from console.store import sessions, tables
from console.store.find import accounts as find
from console.store.scope import Scope
from tests.make import START

WORD = "correct horse battery"
PERSON = Person("新人子", "13800000999", 1)
MORE = (
    User(41, "admin", "系统管理员", "", 1, 2, ("R22",)),
    User(42, "admin2", "系统管理员二", "", 1, 2, ("R22",)),
    User(43, "auditor", "审计员", "", 1, 2, ("R19",)),
    User(44, "clerk2", "平台管理员", "", 1, 2, ("R04",)),
    User(45, "director2", "副主任", "", 1, 2, ("R17",)),
)


@pytest.fixture
def town(sqlite_town):
    with sqlite_town.store.write() as unit:
        unit.add_many(tables.user, MORE)
    return sqlite_town


@pytest.fixture
def accounts(town):
    return Accounts(town.desk)


def an_actor(login: str) -> Actor:
    user = next(user for user in MORE if user.login == login)
    return Actor(user.id, user.name, user.org_id, user.centre_id, "/1/2/", frozenset(user.roles), "A1", "person", login, level=3)


ADMIN, ADMIN2, AUDITOR, CLERK = (an_actor(name) for name in ("admin", "admin2", "auditor", "clerk2"))


def stored(town, user_id: int) -> User:
    with town.store.read() as unit:
        found = unit.get(tables.user, User, user_id)
    assert found is not None
    return found


def wishes(town, actor):
    with town.store.read() as unit:
        return find.role_wishes(unit, Scope(actor))


def refused(kind, call, *values, **more):
    with pytest.raises(kind) as refusal:
        call(*values, **more)
    return refusal.value


def test_a_new_person_gets_a_start_word_that_must_be_changed(town, accounts):
    begun, waits = accounts.add(ADMIN, "xinren", PERSON, ("R06", "R07"))

    assert (begun.user.roles, begun.user.centre_id, begun.user.status, waits) == (("R06", "R07"), 2, "active", False)
    with pytest.raises(Denied) as first:
        town.people.sign_in("xinren", begun.word)
    assert first.value.code == "must_change_password"
    town.people.credentials.change_password(Proof("xinren", begun.word), WORD)
    assert town.people.sign_in("xinren", WORD).actor.roles == frozenset({"R06", "R07"})


def test_the_journal_says_who_added_whom_and_holds_nothing_personal(town, accounts):
    begun, _ = accounts.add(ADMIN, "xinren", PERSON, ("R06",))
    accounts.change(ADMIN, begun.user.id, 1, replace(PERSON, name="改名子", work_phone="13800000998"))

    with town.store.read() as unit:
        j = tables.journal.c
        rows = unit.rows(select(j.op, j.actor, j.ref, j.version, j.facts).where(j.kind == "user").order_by(j.id))
    assert rows == [
        ("add", 41, begun.user.id, 1, {"org": 1, "roles": ["R06"]}),
        ("change", 41, begun.user.id, 2, {"fields": ["name", "work_phone"]}),
    ]


@pytest.mark.parametrize(
    ("login", "person", "roles", "field", "code"),
    [
        ("a b", PERSON, (), "login", "bad_login"), ("X", PERSON, (), "login", "bad_login"), ("duty", PERSON, (), "login", "login_taken"),
        ("new1", replace(PERSON, name=" "), (), "name", "needs_text"), ("new1", replace(PERSON, name="子" * 41), (), "name", "too_long"),
        ("new1", replace(PERSON, work_phone="电话"), (), "work_phone", "bad_phone"),
        ("new1", replace(PERSON, grid="12"), (), "grid", "bad_grid"),
        ("new1", replace(PERSON, employment="rich"), (), "employment", "unknown_code"),
        ("new1", PERSON, ("R01",), "roles", "role_level"), ("new1", PERSON, ("R99",), "roles", "unknown_code"),
        ("new1", PERSON, ("R19", "R06"), "roles", "roles_contradict"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(town, accounts, login, person, roles, field, code):
    wrong = refused((Invalid, Refused), accounts.add, ADMIN, login, person, roles)

    assert (wrong.field, wrong.code) == (field, code)


def test_guarded_roles_are_asked_by_one_and_granted_by_another(town, accounts):
    given = accounts.set_roles(ADMIN, 1, 1, ("R06", "R07", "R08", "R15"))

    assert given.waits
    assert stored(town, 1).roles == ("R06", "R07", "R08")
    (wish,) = wishes(town, town.actor("director"))
    assert (wish.login, wish.asker, wish.change.after) == ("duty", "系统管理员", ("R06", "R07", "R08", "R15"))
    accounts.decide(town.actor("director"), wish.change.id, 1, grant=True)
    assert stored(town, 1).roles == ("R06", "R07", "R08", "R15")
    assert wishes(town, town.actor("director")) == ()
    assert isinstance(refused(Stale, accounts.decide, town.actor("director"), wish.change.id, 1, grant=True), Stale)


def test_neither_administrators_nor_clerks_grant_and_nobody_grants_himself(town, accounts):
    accounts.set_roles(ADMIN, 4, 1, ("R17", "R15"))
    (wish,) = wishes(town, town.actor("director"))

    for actor in (ADMIN, ADMIN2, CLERK, AUDITOR):
        assert refused(Denied, accounts.decide, actor, wish.change.id, 1, grant=True).code == "role"
    assert refused(Missing, accounts.decide, town.actor("duty"), wish.change.id, 1, grant=True).facts["kind"] == "user"
    assert refused(Refused, accounts.decide, town.actor("director"), wish.change.id, 1, grant=True).code == "own_role_request"
    accounts.decide(an_actor("director2"), wish.change.id, 1, grant=True)
    assert stored(town, 4).roles == ("R15", "R17")


def test_a_refused_wish_changes_nothing_and_a_newer_one_overtakes_an_older(town, accounts):
    accounts.set_roles(ADMIN, 2, 1, ("R06", "R15"))
    accounts.set_roles(ADMIN, 2, 1, ("R06", "R18"))
    (wish,) = wishes(town, town.actor("director"))
    assert wish.change.after == ("R06", "R18")

    accounts.decide(town.actor("director"), wish.change.id, 1, grant=False)

    assert stored(town, 2).roles == ("R06",)
    assert wishes(town, town.actor("director")) == ()


def test_roles_are_taken_at_once_even_while_others_wait(town, accounts):
    given = accounts.set_roles(ADMIN, 1, 1, ("R06", "R17"))

    assert given.waits
    assert stored(town, 1).roles == ("R06",)


def test_an_auditor_is_made_of_an_officer_only_by_giving_the_business_up(town, accounts):
    wrong = refused(Refused, accounts.set_roles, ADMIN, 1, 1, ("R06", "R19"))
    assert (wrong.code, wrong.facts["first"], wrong.facts["second"]) == ("roles_contradict", "R19", "R06")
    assert stored(town, 1).roles == ("R06", "R07", "R08"), "nothing half done"

    accounts.set_roles(ADMIN, 1, 1, ("R19",))
    assert stored(town, 1).roles == ()


def test_nobody_administers_his_own_account(town, accounts):
    calls = (
        (accounts.change, 1, PERSON), (accounts.set_roles, 1, ("R22",)), (accounts.set_status, 1, "blocked"),
    )  # fmt: skip
    for call, *values in calls:
        assert refused(Refused, call, ADMIN, 41, *values).code == "own_account"
    for call in (accounts.reset_password, accounts.unlock, accounts.end_sessions):
        assert refused(Refused, call, ADMIN, 41).code == "own_account"
    assert refused(Refused, accounts.reset_factor, town.actor("director"), 4).code == "own_account"


def test_a_clerk_edits_ordinary_accounts_of_the_own_centre_alone(town, accounts):
    assert accounts.set_roles(CLERK, 2, 1, ("R06", "R07")).user.roles == ("R06", "R07")
    assert refused(Denied, accounts.set_roles, CLERK, 1, 1, ("R06", "R15")).code == "guarded_role"
    assert refused(Denied, accounts.reset_password, CLERK, 4).code == "guarded_role"
    assert refused(Denied, accounts.add, CLERK, "xinren", PERSON, ("R17",)).code == "guarded_role"
    assert refused(Missing, accounts.set_status, CLERK, 9, 1, "blocked").facts == {"kind": "user", "ref": 9}, "a village's"
    assert accounts.set_status(ADMIN, 9, 1, "blocked").status == "blocked"


def test_another_county_is_nobodys_to_administer(town, accounts):
    assert refused(Missing, accounts.set_status, ADMIN, 10, 1, "blocked").facts["kind"] == "user"
    assert refused(Missing, accounts.add, ADMIN, "xinren", replace(PERSON, org_id=5), ()).facts["kind"] == "unit"
    assert refused(Missing, accounts.change, ADMIN, 2, 1, replace(PERSON, org_id=5)).facts["kind"] == "unit"


def test_who_is_blocked_has_no_session_and_comes_back_without_one(town, accounts):
    town.people.set_password(6, WORD)
    session = town.people.sign_in("d10", WORD)

    accounts.set_status(ADMIN, 6, 1, "blocked")
    assert refused(Denied, town.people.session, session.token).code == "signed_out"
    assert refused(Denied, town.people.sign_in, "d10", WORD).code == "account_blocked"
    accounts.set_status(ADMIN, 6, 2, "active")
    assert refused(Denied, town.people.session, session.token).code == "signed_out"
    assert town.people.sign_in("d10", WORD).actor.user_id == 6
    assert refused(Refused, accounts.set_status, ADMIN, 6, 3, "active").code == "same_status"


def test_a_reset_password_opens_the_lock_and_ends_what_was_open(town, accounts):
    town.people.set_password(6, WORD)
    session = town.people.sign_in("d10", WORD)
    for _ in range(5):
        refused(Denied, town.people.sign_in, "d10", "wrong")

    begun = accounts.reset_password(ADMIN, 6)

    assert refused(Denied, town.people.session, session.token).code == "signed_out"
    assert refused(Denied, town.people.sign_in, "d10", WORD).code == "bad_sign_in"
    assert refused(Denied, town.people.sign_in, "d10", begun.word).code == "must_change_password"
    assert begun.word not in repr(begun)


def test_a_lock_is_opened_by_hand_before_its_time(town, accounts):
    town.people.set_password(6, WORD)
    assert refused(Refused, accounts.unlock, ADMIN, 6).code == "not_locked"
    for _ in range(5):
        refused(Denied, town.people.sign_in, "d10", "wrong")

    accounts.unlock(ADMIN, 6)

    assert town.people.sign_in("d10", WORD).actor.user_id == 6


def test_a_lost_second_factor_is_the_directors_affair_and_not_the_administrators(town, accounts):
    town.people.set_password(45, WORD)
    offer = town.people.credentials.enrol(Proof("director2", WORD))
    town.people.credentials.confirm_factor(Proof("director2", WORD), totp.code_now(offer.secret, START))

    assert refused(Denied, accounts.reset_factor, ADMIN, 45).code == "role"
    accounts.reset_factor(town.actor("director"), 45)
    assert refused(Denied, town.people.sign_in, "director2", WORD).code == "needs_enrolment"
    assert refused(Refused, accounts.reset_factor, town.actor("director"), 45).code == "no_factor"


def test_sessions_are_seen_and_ended_by_the_administrator(town, accounts):
    town.people.set_password(6, WORD)
    desk = town.people.sign_in("d10", WORD, seat="D10-1", kind="desk", address="10.0.0.9")
    phone = town.people.sign_in("d10", WORD, kind="phone")
    device = town.people.device_token(desk.actor, "field app")
    with town.store.read() as unit:
        listed = find.sessions_of(unit, Scope(ADMIN), 6, town.clock.now())
    found = {(one.kind, one.seat, one.address) for one in listed}
    assert found == {("desk", "D10-1", "10.0.0.9"), ("phone", "", ""), ("device", "field app", "")}

    accounts.end_session(ADMIN, 6, desk.name)
    assert refused(Denied, town.people.session, desk.token).code == "signed_out"
    assert town.people.session(phone.token).actor.user_id == 6
    assert refused(Missing, accounts.end_session, ADMIN, 6, desk.name).facts["kind"] == "session"
    assert accounts.end_sessions(ADMIN, 6) == 2
    assert refused(Denied, town.people.session, device.token).code == "signed_out"


def test_an_older_version_of_a_person_is_refused(town, accounts):
    accounts.change(ADMIN, 2, 1, replace(PERSON, name="受理员乙乙"))

    stale = refused(Stale, accounts.change, ADMIN2, 2, 1, PERSON)
    assert (stale.facts["kind"], stale.facts["by"]) == ("user", "系统管理员")


def test_a_person_whose_account_ends_cannot_sign_in_after(town, accounts):
    town.people.set_password(2, WORD)
    accounts.change(ADMIN, 2, 1, replace(PERSON, valid_to=START + timedelta(hours=1)))
    session = town.people.sign_in("intake", WORD)
    town.wait(3600)

    assert refused(Denied, town.people.session, session.token).code == "signed_out"
    assert refused(Denied, town.people.sign_in, "intake", WORD).code == "account_over"


def test_moving_to_a_unit_where_the_roles_do_not_sit_is_refused(town, accounts):
    wrong = refused(Invalid, accounts.change, ADMIN, 1, 1, replace(PERSON, org_id=7))

    assert (wrong.code, wrong.facts["level"]) == ("role_level", 5)


def test_last_seen_is_kept_to_five_minutes(town):
    town.people.set_password(6, WORD)
    session = town.people.sign_in("d10", WORD)

    def seen():
        with town.store.read() as unit:
            return sessions.open_ones(unit, 6, town.clock.now())[0].seen_at - START

    town.wait(299)
    town.people.session(session.token)
    assert seen() == timedelta(0)
    town.wait(1)
    town.people.session(session.token)
    assert seen() == timedelta(minutes=5)


@pytest.mark.parametrize(("days", "is_kept"), [(-400, True), (1, True), (2, False)])
def test_a_training_that_is_still_to_come_is_not_kept(town, accounts, days, is_kept):
    day = START + timedelta(days=days)  # of the form comes the end of the day: today's is at most a day ahead
    if is_kept:
        assert accounts.change(ADMIN, 2, 1, replace(PERSON, trained_at=day)).trained_at == day
        return
    with pytest.raises(Invalid) as refused:
        accounts.change(ADMIN, 2, 1, replace(PERSON, trained_at=day))
    assert (refused.value.field, refused.value.code) == ("trained_at", "training_to_come")
