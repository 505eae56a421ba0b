"""Server-side sessions: found while open, by the hash of their token alone, with the rights the person has now."""

from datetime import timedelta

from sqlalchemy import update

from console.store import sessions, tables
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


def test_a_password_is_found_by_the_login_of_an_active_person(town):
    with town.store.write() as unit:
        sessions.set_secret(unit, 6, "hash one")
        sessions.set_secret(unit, 6, "hash two")

    with town.store.read() as unit:
        user, hashed = sessions.secret_of(unit, "d10")
        assert (user.name, hashed) == ("承办人己", "hash two")
        assert sessions.secret_of(unit, "nobody") is None
        assert sessions.secret_of(unit, "d30") is None, "nobody without a password signs in"


def test_many_people_get_a_first_password_at_once(town):
    with town.store.write() as unit:
        sessions.set_secrets(unit, [6, 7], "hash")

    with town.store.read() as unit:
        assert sessions.secret_of(unit, "d30")[1] == "hash"
