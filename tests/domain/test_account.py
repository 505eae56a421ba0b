"""Rules of accounts (G22): passwords, locks, second factors, the end of an account."""

from datetime import timedelta

import pytest

from console.domain.account import Rules, is_over, needs_second_factor
from console.domain.errors import Invalid
from tests.make import START

RULES = Rules()


def refusal(word: str, login: str = "zhangsan") -> str:
    try:
        RULES.check_password(word, login)
    except Invalid as wrong:
        assert wrong.field == "password"
        return wrong.code
    return ""


@pytest.mark.parametrize("word", ["correct horse battery", "仓颉路口的三棵老槐树啊", "Tz7!kkq-02xv", "k7mqx-3tbnw-r9fhd"])
def test_a_long_word_of_ones_own_is_taken(word):
    assert refusal(word) == ""


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("", "password_short"), ("Tz7!kkq-0", "password_short"), ("x7" * 101, "too_long"),
        ("zhangsan2026", "password_login"), ("ZhangSan!!", "password_login"), ("nasgnahz12", "password_login"),
        ("1234567890", "password_common"), ("0987654321", "password_common"), ("qwertyuiop", "password_common"),
        ("1q2w3e4r5t", "password_common"), ("1qaz2wsx3edc", "password_common"), ("abcdefghijkl", "password_common"),
        ("Password123", "password_common"), ("P@ssw0rd123", "password_common"), ("woaini1314520", "password_common"),
        ("admin@1234", "password_common"), ("1111111111", "password_common"), ("ababababab", "password_common"),
        ("abc1abc1abc1", "password_common"), ("aaaabbbbcccc", "password_common"),
    ],
)  # fmt: skip
def test_short_known_and_telling_words_are_refused(word, code):
    assert refusal(word) == code


def test_a_login_inside_a_long_word_tells_nothing():
    assert refusal("zhangsan rides a green bicycle") == ""


def test_ten_letters_are_the_least_and_a_hall_may_want_more():
    assert refusal("Tz7!kkq-02") == ""
    with pytest.raises(Invalid) as short:
        Rules(least=12).check_password("Tz7!kkq-02", "zhangsan")
    assert short.value.facts == {"least": 12}


def test_a_lock_opens_by_itself_after_its_minutes():
    assert RULES.locked_until(None, START) is None
    assert RULES.locked_until(START, START + timedelta(minutes=14, seconds=59)) == START + timedelta(minutes=15)
    assert RULES.locked_until(START, START + timedelta(minutes=15)) is None


def test_a_password_grows_old_only_where_a_hall_says_so():
    year = timedelta(days=365)
    assert not RULES.is_old(START, START + 10 * year)
    assert Rules(days=90).is_old(START, START + timedelta(days=90, seconds=1))
    assert not Rules(days=90).is_old(START, START + timedelta(days=90))
    assert not Rules(days=90).is_old(None, START), "a start word is changed at once anyway"


def test_exactly_four_roles_need_a_second_factor():
    every = [f"R{number:02d}" for number in range(1, 24)]

    assert [role for role in every if needs_second_factor((role,))] == ["R15", "R17", "R19", "R22"]
    assert needs_second_factor(("R06", "R17"))
    assert not needs_second_factor(())


def test_an_account_is_over_at_its_instant():
    assert not is_over(None, START)
    assert not is_over(START + timedelta(seconds=1), START)
    assert is_over(START, START)
