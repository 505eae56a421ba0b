"""Passwords and tokens: slow hashes, random words, and no difference an outsider could see."""


import pytest

from console.net import secrets

PASSWORD = "correct horse 电池"


def test_a_password_belongs_to_its_hash_and_no_other_does():
    hashed = secrets.hash_password(PASSWORD)

    assert hashed.startswith("$argon2id$")
    assert secrets.is_password(hashed, PASSWORD)
    assert not secrets.is_password(hashed, PASSWORD + " ")
    assert not secrets.is_password(hashed, "")


def test_one_password_has_another_hash_each_time():
    assert secrets.hash_password(PASSWORD) != secrets.hash_password(PASSWORD)


@pytest.mark.parametrize("hashed", ["", "no hash", "$argon2id$v=19$m=65536", "$2b$12$abcdefghijklmnopqrstuv"])
def test_a_broken_hash_belongs_to_no_password(hashed):
    assert not secrets.is_password(hashed, PASSWORD)


def test_characters_of_no_text_are_a_wrong_password():
    assert not secrets.is_password(secrets.nobody(), "\ud800\x00")
    assert len(secrets.token_hash("\ud800")) == 64


def test_an_unknown_login_costs_the_work_of_a_known_one():
    """Same algorithm, memory, rounds and lanes: the parts of the hash that decide the work."""
    known, nobodys = secrets.hash_password(PASSWORD), secrets.nobody()

    assert known.split("$")[1:4] == nobodys.split("$")[1:4]
    assert not secrets.is_password(nobodys, PASSWORD)
    assert secrets.nobody() == nobodys, "hashed once, verified ever after"


def test_tokens_are_long_random_and_fit_into_a_header():
    tokens = {secrets.new_token() for _ in range(1_000)}

    assert len(tokens) == 1_000
    assert {len(token) for token in tokens} == {43}, "256 bits in URL-safe letters"
    assert all(token.replace("-", "").replace("_", "").isalnum() and token.isascii() for token in tokens)


def test_a_token_is_kept_as_its_sha256():
    """SHA-256 of "abc", the standard's own example."""
    assert secrets.token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
