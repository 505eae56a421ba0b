"""One-time codes by the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B)."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from console.net import totp

KEY = b"12345678901234567890"
SECRET = base64.b32encode(KEY).decode()
HOTP = ("755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489")
TIMES = (59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000)
VECTORS = {
    "sha1": (KEY, ("94287082", "07081804", "14050471", "89005924", "69279037", "65353130")),
    "sha256": (KEY + KEY[:12], ("46119246", "68084774", "67062674", "91819424", "90698825", "77737706")),
    "sha512": (KEY * 3 + KEY[:4], ("90693936", "25091201", "99943326", "93441116", "38618901", "47863826")),
}
AT = datetime.fromtimestamp(1111111109, UTC)


def test_the_codes_of_rfc_4226():
    assert tuple(totp.code(KEY, counter) for counter in range(10)) == HOTP


@pytest.mark.parametrize("algorithm", VECTORS)
def test_the_codes_of_rfc_6238(algorithm):
    key, codes = VECTORS[algorithm]

    assert tuple(totp.code(key, seconds // 30, digits=8, algorithm=algorithm) for seconds in TIMES) == codes


def test_what_an_app_shows_is_the_last_six_digits_of_the_vector():
    assert totp.code_now(SECRET, AT) == "081804"


@pytest.mark.parametrize(("late_s", "fits"), [(0, True), (30, True), (-30, True), (60, False), (-60, False)])
def test_a_code_fits_half_a_minute_either_way(late_s, fits):
    step = totp.matching_step(SECRET, "081804", AT + timedelta(seconds=late_s))

    assert step == (1111111109 // 30 if fits else None)


@pytest.mark.parametrize("said", ["", "81804", "0818040", "081805", "08180a", "０８１８０４", "-81804"])
def test_what_is_no_such_code_fits_nowhere(said):
    assert totp.matching_step(SECRET, said, AT) is None


def test_a_code_may_be_typed_with_a_gap():
    assert totp.matching_step(SECRET, " 081 804 ", AT) is not None


def test_secrets_are_fresh_and_have_160_bits():
    one, other = totp.new_secret(), totp.new_secret()

    assert one != other
    assert len(base64.b32decode(one)) == 20


def test_the_address_carries_secret_login_and_issuer():
    parts = urlsplit(totp.address(SECRET, "主任 a", "综治"))

    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path == "/%E7%BB%BC%E6%B2%BB:%E4%B8%BB%E4%BB%BB%20a"
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["综治"], "digits": ["6"], "period": ["30"]}


def test_drawn_words_are_read_however_they_are_typed():
    words = totp.new_words(8)

    assert len(set(words)) == 8
    for word in words:
        assert totp.is_word(word)
        assert totp.is_word(f" {word.upper()} ")
        assert totp.folded(f" {word.upper()} ") == word.replace("-", "")
    assert not totp.is_word("081804")
    assert not totp.is_word("l0o1i-l0o1i-l0o1i"), "letters that are misread are never drawn"
