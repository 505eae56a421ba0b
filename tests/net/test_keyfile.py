"""A secret in a file: whole, once, and its owner's alone."""

import stat

import pytest

from console.net import keyfile


def test_the_first_one_written_stays(tmp_path):
    path = tmp_path / "x.key"
    assert keyfile.read(path) == b""

    keyfile.write(path, b"\x01\x02")
    keyfile.write(path, b"\x03")

    assert keyfile.read(path) == b"\x01\x02"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["x.key"]


def test_what_is_no_secret_is_refused(tmp_path):
    (tmp_path / "x.key").write_text("no key")
    with pytest.raises(ValueError):
        keyfile.read(tmp_path / "x.key")
