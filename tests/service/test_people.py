"""Signing in and out: which of the two was wrong stays unsaid, tokens are kept as hashes, ended ones are worth nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from console.domain.errors import Denied
from console.store import tables

PASSWORD = "correct horse battery"


@pytest.fixture
def people(town):
    town.people.set_password(6, PASSWORD)
    return town.people


def test_the_right_password_opens_a_session_for_its_person(town, people):
    session = people.sign_in("d10", PASSWORD, seat="D10-1", kind="desk")

    assert (session.actor.user_id, session.actor.roles, session.actor.seat) == (6, frozenset({"R09"}), "D10-1")
    assert session.expires_at == town.clock.now() + timedelta(hours=12)
    assert people.session(session.token).actor == session.actor


@pytest.mark.parametrize(("login", "password"), [("d10", "wrong"), ("nobody", PASSWORD), ("d30", PASSWORD), ("d10", ""), ("", ""),
                                                 ("d10\x00", PASSWORD), ("\ud800", PASSWORD)])  # fmt: skip
def test_every_wrong_sign_in_gets_the_same_answer(people, login, password):
    with pytest.raises(Denied) as refused:
        people.sign_in(login, password)

    assert (refused.value.code, refused.value.facts) == ("bad_sign_in", {})


def test_who_has_left_cannot_sign_in(town, people):
    with town.store.write() as unit:
        unit.run(update(tables.user).where(tables.user.c.id == 6).values(status="left"))

    with pytest.raises(Denied):
        people.sign_in("d10", PASSWORD)


@pytest.mark.parametrize(("kind", "lasts"), [("seat", timedelta(hours=12)), ("desk", timedelta(hours=12)), ("phone", timedelta(days=30))])
def test_a_session_lasts_as_long_as_its_kind(town, people, kind, lasts):
    session = people.sign_in("d10", PASSWORD, kind=kind)

    town.clock.at += lasts - timedelta(seconds=1)
    assert people.session(session.token).kind == kind
    town.clock.at += timedelta(seconds=1)
    with pytest.raises(Denied) as refused:
        people.session(session.token)
    assert refused.value.code == "signed_out"


def test_after_signing_out_the_token_is_worth_nothing(people):
    session = people.sign_in("d10", PASSWORD)
    other = people.sign_in("d10", PASSWORD)

    people.sign_out(session)

    with pytest.raises(Denied):
        people.session(session.token)
    assert people.session(other.token).actor.login == "d10"


def test_a_device_has_a_token_of_its_own_that_outlives_the_session(town, people):
    session = people.sign_in("d10", PASSWORD)
    device = people.device_token(session.actor, "field app")

    people.sign_out(session)
    town.clock.at += timedelta(days=179)

    assert people.session(device.token).kind == "device"


def test_neither_token_nor_password_stands_anywhere_in_the_database(town, people):
    session = people.sign_in("d10", PASSWORD)

    with town.store.read() as unit:
        everything = repr([unit.rows(select(table)) for table in tables.metadata.tables.values()])
    assert session.token not in everything
    assert PASSWORD not in everything
    assert "$argon2id$" in everything
    assert session.token not in repr(session)
    assert session.csrf not in repr(session)


def test_a_sign_in_and_its_end_stand_in_the_journal(town, people):
    people.sign_out(people.sign_in("d10", PASSWORD, seat="D10-1", kind="desk"))

    with town.store.read() as unit:
        j = tables.journal.c
        rows = unit.rows(select(j.op, j.actor, j.seat, j.facts).order_by(j.id))
    assert rows == [("sign_in", 6, "D10-1", {"kind": "desk"}), ("sign_out", 6, "D10-1", {"kind": "desk"})]


def test_a_changed_password_replaces_the_old_one(people):
    people.set_password(6, "another one")

    with pytest.raises(Denied):
        people.sign_in("d10", PASSWORD)
    assert people.sign_in("d10", "another one").actor.user_id == 6


def test_a_guessed_token_is_signed_out(people):
    session = people.sign_in("d10", PASSWORD)

    for token in ("", "x", session.token[:-1], session.token + "x", "\ud800"):
        with pytest.raises(Denied):
            people.session(token)
    assert replace(session, token="x") != session
