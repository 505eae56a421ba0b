"""What people sign in with, as rows, on both engines."""

from console.store import accounts
from tests.make import START


def test_an_account_is_found_by_its_login_whatever_its_state(town):
    with town.store.write() as unit:
        accounts.set_password(unit, 6, "hash one", START, must_change=False)

    with town.store.read() as unit:
        found = accounts.account(unit, "d10")
        assert (found.user.name, found.argon2, found.failures, found.locked_at, found.factor) == ("承办人己", "hash one", 0, None, "")
        assert accounts.account(unit, "nobody") is None
        assert accounts.account(unit, "d30") is None, "nobody without a password signs in"
        assert "hash one" not in repr(found)


def test_failures_are_counted_by_the_database_and_lock_with_the_last(town):
    with town.store.write() as unit:
        accounts.set_password(unit, 6, "hash", START, must_change=False)
        assert [accounts.fail(unit, 6, START, 3) for _ in range(3)] == [False, False, True]
        assert accounts.account(unit, "d10").locked_at == START
        assert accounts.unlock(unit, 6)
        assert not accounts.unlock(unit, 6)
        accounts.fail(unit, 6, START, 3)
        accounts.succeed(unit, 6, START)
        assert [accounts.fail(unit, 6, START, 3) for _ in range(2)] == [False, False]


def test_passwords_of_before_are_kept_newest_first_and_no_more_than_asked_for(town):
    with town.store.write() as unit:
        for number in range(6):
            accounts.set_password(unit, 6, f"hash {number}", START, must_change=False)

        assert accounts.past_passwords(unit, 6, 3) == ("hash 4", "hash 3", "hash 2")
        accounts.forget_past(unit, 6, 3)
        assert accounts.past_passwords(unit, 6, 9) == ("hash 4", "hash 3", "hash 2"), "older ones are forgotten"
        assert accounts.past_passwords(unit, 7, 3) == ()


def test_a_factor_counts_once_confirmed_and_its_steps_and_words_are_used_up(town):
    with town.store.write() as unit:
        accounts.set_password(unit, 6, "hash", START, must_change=False)
        accounts.offer_factor(unit, 6, "OLDOFFER")
        accounts.offer_factor(unit, 6, "SECRET")
        assert accounts.account(unit, "d10").factor == ""
        assert accounts.offered_factor(unit, 6) == "SECRET"
        accounts.confirm_factor(unit, 6, START, 100, ["a" * 64, "b" * 64])
        assert accounts.account(unit, "d10").factor == "SECRET"
        assert accounts.offered_factor(unit, 6) == ""
        assert [accounts.use_step(unit, 6, step) for step in (100, 101, 101, 99)] == [False, True, False, False]
        assert [accounts.use_recovery(unit, 6, code, START) for code in ("a" * 64, "a" * 64, "c" * 64)] == [True, False, False]
        assert accounts.forget_factor(unit, 6)
        assert not accounts.forget_factor(unit, 6)
        assert not accounts.use_recovery(unit, 6, "b" * 64, START)


def test_which_logins_are_taken(town):
    with town.store.read() as unit:
        assert accounts.taken(unit, ["d10", "nobody", "duty"]) == frozenset({"d10", "duty"})
        assert accounts.waiting_change(unit, 6) is None
