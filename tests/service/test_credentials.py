"""Proving who one is (G22): five wrong tries lock, a start word is changed at once, guarded roles say a code."""


import pytest
from sqlalchemy import select, update

from console.domain.account import Rules
from console.domain.errors import Denied, Invalid
from console.net import secrets, totp
from console.service.credentials import Credentials, Proof
from console.store import accounts, tables

PASSWORD, NEW = "correct horse battery", "three old locust trees"


@pytest.fixture
def credentials(sqlite_town):
    for user_id in (4, 6):
        sqlite_town.people.set_password(user_id, PASSWORD)
    return sqlite_town.people.credentials


def denied(call, *values) -> tuple[str, dict]:
    with pytest.raises(Denied) as refused:
        call(*values)
    return refused.value.code, refused.value.facts


def sign_in(town, login="d10", password=PASSWORD, code=""):
    return town.people.sign_in(login, password, code=code)


def enrolled(town, login="director") -> str:
    """A director with a second factor; its secret."""
    proof = Proof(login, PASSWORD)
    offer = town.people.credentials.enrol(proof)
    town.people.credentials.confirm_factor(proof, totp.code_now(offer.secret, town.clock.now()))
    town.wait(30)
    return offer.secret


def test_five_wrong_tries_lock_and_the_right_word_helps_no_more(sqlite_town, credentials):
    for _ in range(5):
        assert denied(sign_in, sqlite_town, "d10", "wrong")[0] == "bad_sign_in"

    assert denied(sign_in, sqlite_town) == ("account_locked", {"minutes": 15})
    sqlite_town.wait(14 * 60 + 1)
    assert denied(sign_in, sqlite_town) == ("account_locked", {"minutes": 1})
    sqlite_town.wait(59)
    assert sign_in(sqlite_town).actor.login == "d10"


def test_a_right_try_before_the_fifth_forgets_the_wrong_ones(sqlite_town, credentials):
    for _ in range(2):
        for _ in range(4):
            denied(sign_in, sqlite_town, "d10", "wrong")
        assert sign_in(sqlite_town).actor.login == "d10"


def test_a_lock_does_not_tell_which_logins_exist(sqlite_town, credentials):
    told = {login: [denied(sign_in, sqlite_town, login, "wrong") for _ in range(7)] for login in ("d10", "nobody")}

    assert told["d10"] == told["nobody"]
    assert [code for code, _ in told["d10"]] == ["bad_sign_in"] * 5 + ["account_locked"] * 2


def test_one_locked_account_is_nobody_elses(sqlite_town, credentials):
    sqlite_town.people.set_password(7, PASSWORD)
    for _ in range(6):
        denied(sign_in, sqlite_town, "d10", "wrong")

    assert sign_in(sqlite_town, "d30").actor.login == "d30"


def test_wrong_tries_and_the_lock_stand_in_the_journal_without_a_word_of_them(sqlite_town, credentials):
    for _ in range(5):
        denied(sign_in, sqlite_town, "d10", "wrong word")

    with sqlite_town.store.read() as unit:
        j = tables.journal.c
        rows = unit.rows(select(j.op, j.actor, j.kind, j.ref, j.facts).order_by(j.id))
    assert rows[0] == ("sign_in_failed", 0, "account", 6, {"part": "password", "locked": False})
    assert [row[4]["locked"] for row in rows] == [False] * 4 + [True]


@pytest.mark.parametrize(("changes", "code"), [({"status": "blocked"}, "account_blocked"), ({"status": "left"}, "account_blocked"),
                                               ({"valid_to": "now"}, "account_over")])  # fmt: skip
def test_only_who_knows_the_password_learns_how_the_account_stands(sqlite_town, credentials, changes, code):
    values = {name: sqlite_town.clock.now() if value == "now" else value for name, value in changes.items()}
    with sqlite_town.store.write() as unit:
        unit.run(update(tables.user).where(tables.user.c.id == 6).values(**values))

    assert denied(sign_in, sqlite_town)[0] == code
    assert denied(sign_in, sqlite_town, "d10", "wrong")[0] == "bad_sign_in"


def start_word(town, user_id=6) -> str:
    word = totp.new_words(1)[0]
    with town.store.write() as unit:
        accounts.set_password(unit, user_id, secrets.start_hash(word), None, must_change=True)
    return word


def test_a_start_word_opens_nothing_but_the_way_to_a_password_of_ones_own(sqlite_town, credentials):
    word = start_word(sqlite_town)

    assert denied(sign_in, sqlite_town, "d10", word)[0] == "must_change_password"
    credentials.change_password(Proof("d10", word.upper()), NEW)
    assert sign_in(sqlite_town, "d10", NEW).actor.user_id == 6
    assert denied(sign_in, sqlite_town, "d10", word)[0] == "bad_sign_in"


def test_a_new_password_follows_the_rules_and_is_none_of_the_last_five(sqlite_town, credentials):
    words = [f"locust tree number {number}" for number in range(6)]

    def change(old: str, new: str) -> str:
        try:
            credentials.change_password(Proof("d10", old), new)
        except Invalid as wrong:
            return wrong.code
        return ""

    assert change(PASSWORD, "short") == "password_short"
    assert change(PASSWORD, "d10d10d10d") == "password_common"
    assert change(PASSWORD, PASSWORD) == "password_used"
    assert change(PASSWORD, "words with \x00 nothing") == "bad_characters"
    assert [change(old, new) for old, new in zip([PASSWORD, *words], words, strict=False)] == [""] * 6
    assert [change(words[5], word) for word in words[1:]] == ["password_used"] * 5
    assert change(words[5], words[0]) == "", "five passwords later it may come back"


def test_a_new_password_ends_every_session(sqlite_town, credentials):
    session = sign_in(sqlite_town)

    credentials.change_password(Proof("d10", PASSWORD), NEW)

    assert denied(sqlite_town.people.session, session.token)[0] == "signed_out"


def test_an_old_password_must_be_changed_where_the_hall_says_so(sqlite_town, credentials):
    credentials.change_password(Proof("d10", PASSWORD), NEW)
    aged = Credentials(sqlite_town.store, sqlite_town.clock, Rules(days=90))
    aged.check_ready(aged.prove(Proof("d10", NEW)))
    sqlite_town.wait(90 * 86_400 + 1)

    assert denied(aged.check_ready, aged.prove(Proof("d10", NEW)))[0] == "must_change_password"
    credentials.check_ready(credentials.prove(Proof("d10", NEW)))


def test_a_director_enrols_a_second_factor_before_the_first_session(sqlite_town, credentials):
    assert denied(sign_in, sqlite_town, "director")[0] == "needs_enrolment"

    offer = credentials.enrol(Proof("director", PASSWORD))
    assert offer.secret in offer.address
    assert len(offer.picture) == len(offer.picture[0])
    assert denied(sign_in, sqlite_town, "director")[0] == "needs_enrolment", "an offer is no factor yet"
    assert denied(credentials.confirm_factor, Proof("director", PASSWORD), "000000")[0] == "bad_code"
    words = credentials.confirm_factor(Proof("director", PASSWORD), totp.code_now(offer.secret, sqlite_town.clock.now()))

    assert len(set(words)) == 8
    sqlite_town.wait(30)
    assert denied(sign_in, sqlite_town, "director")[0] == "needs_code"
    assert sign_in(sqlite_town, "director", code=totp.code_now(offer.secret, sqlite_town.clock.now())).actor.user_id == 4


def test_a_code_counts_once_also_the_one_that_confirmed(sqlite_town, credentials):
    secret = enrolled(sqlite_town)
    code = totp.code_now(secret, sqlite_town.clock.now())

    sign_in(sqlite_town, "director", code=code)
    assert denied(sign_in, sqlite_town, "director", PASSWORD, code)[0] == "bad_code"
    sqlite_town.wait(30)
    assert denied(sign_in, sqlite_town, "director", PASSWORD, code)[0] == "bad_code", "nor half a minute later"
    assert sign_in(sqlite_town, "director", code=totp.code_now(secret, sqlite_town.clock.now())).actor.user_id == 4


def test_wrong_codes_lock_as_wrong_passwords_do(sqlite_town, credentials):
    enrolled(sqlite_town)

    for _ in range(5):
        assert denied(sign_in, sqlite_town, "director", PASSWORD, "000000")[0] == "bad_code"
    assert denied(sign_in, sqlite_town, "director", PASSWORD, "000000")[0] == "account_locked"


def test_a_recovery_code_counts_once_and_is_journalled(sqlite_town, credentials):
    offer = credentials.enrol(Proof("director", PASSWORD))
    words = credentials.confirm_factor(Proof("director", PASSWORD), totp.code_now(offer.secret, sqlite_town.clock.now()))

    assert sign_in(sqlite_town, "director", code=words[3].upper()).actor.user_id == 4
    assert denied(sign_in, sqlite_town, "director", PASSWORD, words[3])[0] == "bad_code"
    assert sign_in(sqlite_town, "director", code=words[0]).actor.user_id == 4
    with sqlite_town.store.read() as unit:
        assert len(unit.rows(select(tables.journal.c.id).where(tables.journal.c.op == "recovery_used"))) == 2


def test_a_second_factor_is_not_replaced_by_who_knows_the_password_alone(sqlite_town, credentials):
    secret = enrolled(sqlite_town)

    assert denied(credentials.enrol, Proof("director", PASSWORD))[0] == "needs_code"
    assert denied(credentials.change_password, Proof("director", PASSWORD), NEW)[0] == "needs_code"
    code = totp.code_now(secret, sqlite_town.clock.now())
    assert denied(credentials.enrol, Proof("director", PASSWORD, code))[0] == "has_factor"


def test_a_locked_seat_opens_with_the_password_and_only_while_its_session_lives(sqlite_town, credentials):
    secret = enrolled(sqlite_town)
    session = sign_in(sqlite_town, "director", code=totp.code_now(secret, sqlite_town.clock.now()))

    sqlite_town.people.confirm(session, PASSWORD)
    assert denied(sqlite_town.people.confirm, session, "wrong")[0] == "bad_sign_in"
    sqlite_town.people.sign_out(session)
    assert denied(sqlite_town.people.confirm, session, PASSWORD)[0] == "signed_out"


def test_no_secret_word_stands_in_the_database_in_clear(sqlite_town, credentials):
    word = start_word(sqlite_town)
    offer = credentials.enrol(Proof("director", PASSWORD))
    words = credentials.confirm_factor(Proof("director", PASSWORD), totp.code_now(offer.secret, sqlite_town.clock.now()))

    with sqlite_town.store.read() as unit:
        everything = repr([unit.rows(select(table)) for table in tables.metadata.tables.values()])
    for hidden in (PASSWORD, word, totp.folded(word), *words, *(totp.folded(one) for one in words)):
        assert hidden not in everything
    assert offer.secret not in repr(offer)
