"""Sealed secrets: opened by the folder that sealed them, by nobody else, and never readable as they lie."""

import stat

import pytest

from console.domain.errors import Unavailable
from console.net.vault import FILE, Vault


def test_what_was_sealed_is_opened_again_and_cannot_be_read_as_it_lies(tmp_path):
    sealed = Vault.in_file(tmp_path).seal({"password": "秘密 s3cret"})

    assert Vault.in_file(tmp_path).open(sealed) == {"password": "秘密 s3cret"}
    assert "s3cret" not in sealed
    assert sealed != Vault.in_file(tmp_path).seal({"password": "秘密 s3cret"})
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_nothing_sealed_needs_no_key(tmp_path):
    vault = Vault.in_file(tmp_path / "nowhere")

    assert (vault.seal({}), vault.open("")) == ("", {})


def test_another_folder_s_secret_and_a_changed_one_are_foreign(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    sealed = Vault.in_file(first).seal({"password": "x"})

    for vault, text in ((Vault.in_file(second), sealed), (Vault.in_file(first), sealed[:-4] + "AAA=")):
        with pytest.raises(Unavailable) as refused:
            vault.open(text)
        assert refused.value.code == "foreign_secret"


def test_a_key_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / FILE).write_text("no key")
    with pytest.raises(Unavailable) as refused:
        Vault.in_file(tmp_path).seal({"a": "b"})
    assert (refused.value.code, refused.value.facts["place"]) == ("no_secret_key", str(tmp_path / FILE))
