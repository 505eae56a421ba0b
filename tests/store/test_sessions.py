"""Server-side sessions: found while open, by the hash of their token alone, with the rights the person has now."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from console.domain.duty import Duty
from console.store import accounts, sessions, tables
from console.store.sessions import SessionRow
from tests.make import START

HOUR = timedelta(hours=1)
ROW = SessionRow("h" * 64, 6, "c" * 43, "D10-1", "desk", START, START + HOUR)


def open_one(town, row: SessionRow = ROW) -> None:
    with town.store.write() as unit:
        sessions.open_session(unit, row)


def find(town, at=START, token_hash: str = ROW.token_hash):
    with town.store.read() as unit:
        return sessions.find(unit, token_hash, at)


def test_a_session_stands_for_its_person(town):
    open_one(town)

    row, actor = find(town)

    assert row == ROW
    assert (actor.user_id, actor.login, actor.org_id, actor.centre_path, actor.roles) == (6, "d10", 2, "/1/2/", frozenset({"R09"}))
    assert (actor.seat, actor.kind) == ("D10-1", "person")


def test_a_session_ends_at_its_hour(town):
    open_one(town)

    assert find(town, START + HOUR - timedelta(microseconds=1)) is not None
    assert find(town, START + HOUR) is None


def test_an_unknown_token_is_none(town):
    open_one(town)

    assert find(town, token_hash="x" * 64) is None


def test_a_closed_session_is_none_and_closing_twice_is_harmless(town):
    open_one(town)
    with town.store.write() as unit:
        sessions.close(unit, ROW.token_hash, START)
        sessions.close(unit, ROW.token_hash, START + HOUR)

    assert find(town) is None


def test_who_is_no_longer_active_has_no_session(town):
    open_one(town)
    with town.store.write() as unit:
        unit.run(update(tables.user).where(tables.user.c.id == 6).values(status="left"))

    assert find(town) is None


def test_rights_are_those_of_now_not_of_the_sign_in(town):
    open_one(town)
    with town.store.write() as unit:
        unit.run(update(tables.user).where(tables.user.c.id == 6).values(roles=("R10",)))

    assert find(town)[1].roles == frozenset({"R10"})


def test_many_people_get_a_first_password_at_once(town):
    with town.store.write() as unit:
        sessions.set_secrets(unit, [6, 7], "hash")

    with town.store.read() as unit:
        assert accounts.account(unit, "d30").argon2 == "hash"


def test_an_account_whose_time_is_over_has_no_session(town):
    open_one(town)
    with town.store.write() as unit:
        unit.run(update(tables.user).where(tables.user.c.id == 6).values(valid_to=START + timedelta(minutes=5)))

    assert find(town, START + timedelta(minutes=4)) is not None
    assert find(town, START + timedelta(minutes=5)) is None


def test_a_session_gives_the_level_of_its_centre(town):
    open_one(town)

    assert find(town)[1].level == 3


def test_open_sessions_are_listed_last_used_first_and_ended_by_name(town):
    open_one(town, replace(ROW, token_hash="a" * 64, seat="older"))
    open_one(town, replace(ROW, token_hash="b" * 64, seat="newer", address="10.0.0.7", opened_at=START + timedelta(minutes=1)))
    open_one(town, replace(ROW, token_hash="c" * 64, user_id=7, seat="another's"))
    with town.store.write() as unit:
        sessions.touch(unit, "a" * 64, START + timedelta(minutes=30))

    with town.store.read() as unit:
        listed = sessions.open_ones(unit, 6, START + timedelta(minutes=31))
    assert [(one.seat, one.name, one.address, one.seen_at) for one in listed] == [
        ("older", "a" * 16, "", START + timedelta(minutes=30)), ("newer", "b" * 16, "10.0.0.7", START + timedelta(minutes=1)),
    ]  # fmt: skip

    with town.store.write() as unit:
        assert sessions.close_named(unit, 6, "a" * 16, START)
        assert not sessions.close_named(unit, 6, "a" * 16, START), "ended already"
        assert not sessions.close_named(unit, 6, "c" * 16, START), "somebody else's"
        assert not sessions.close_named(unit, 6, "b", START), "half a name"
        assert sessions.close_all(unit, 6, START, but="x") == 1
    assert find(town, token_hash="b" * 64) is None
    assert find(town, token_hash="c" * 64) is not None


def test_the_roster_says_who_leads_the_shift(town):
    open_one(town)
    actor = find(town)[1]
    with town.store.read() as unit:
        assert sessions.seat_words(unit, town.actor("duty"), START) == ("南乐县综治中心", "值班长丙")
    with town.store.write() as unit:
        unit.add(tables.duty, Duty(0, 2, 4, START, START + HOUR, "leader"))
    with town.store.read() as unit:
        assert sessions.seat_words(unit, actor, START)[1] == "主任丁"
        assert sessions.seat_words(unit, town.actor("duty"), START + HOUR)[1] == "值班长丙"
