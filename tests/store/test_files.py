"""Bytes under their SHA-256: kept once, on the disk before anybody is told, found only by their name."""

import hashlib
import os
import stat
import time

import pytest

from console.domain.errors import Missing, Unavailable
from console.store import files as files_file
from console.store.files import Files

CONTENT = b"\xff\xd8\xff a picture"
NAME = hashlib.sha256(CONTENT).hexdigest()


def test_bytes_are_found_by_their_hash(tmp_path):
    files = Files(tmp_path)
    files.put(NAME, CONTENT)
    files.put(NAME, CONTENT)

    assert files.path(NAME).read_bytes() == CONTENT
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [files.path(NAME)]


@pytest.mark.parametrize("name", ["", "a" * 63, "A" * 64, "../" + NAME, NAME + "/..", NAME + "\n", "0" * 64])
def test_what_is_no_hash_or_not_there_is_missing(tmp_path, name):
    with pytest.raises(Missing):
        Files(tmp_path / "files").path(name)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "files").write_text("in the way")

    with pytest.raises(Unavailable) as refused:
        Files(tmp_path / "files").put(NAME, CONTENT)

    assert refused.value.code == "disk_refuses"


def test_a_write_that_fails_leaves_no_crumbs(tmp_path, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(files_file.os, "fsync", full)
        with pytest.raises(Unavailable):
            Files(tmp_path).put(NAME, CONTENT)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    Files(tmp_path).put(NAME, CONTENT)


def test_what_a_killed_process_left_half_written_goes_after_an_hour(tmp_path):
    Files(tmp_path).put(NAME, CONTENT)
    forgotten, under_way = tmp_path / "new" / "forgotten", tmp_path / "new" / "under-way"
    for path in (forgotten, under_way):
        path.write_bytes(b"\xff\xd8")
    os.utime(forgotten, (time.time() - 3700,) * 2)

    other = b"\xff\xd8\xff another picture"
    Files(tmp_path).put(hashlib.sha256(other).hexdigest(), other)

    assert list((tmp_path / "new").iterdir()) == [under_way]


def test_the_folder_is_flushed_too_so_that_the_name_survives(tmp_path, monkeypatch):
    flushed: list[bool] = []
    real = files_file.os.fsync

    def note(descriptor: int) -> None:
        flushed.append(stat.S_ISDIR(files_file.os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(files_file.os, "fsync", note)
    Files(tmp_path).put(NAME, CONTENT)

    assert flushed == [False, True]


def test_bytes_are_removed_once(tmp_path):
    files = Files(tmp_path)
    name = hashlib.sha256(b"x").hexdigest()
    files.put(name, b"x")

    assert (files.remove(name), files.remove(name)) == (True, False)
    with pytest.raises(Missing):
        files.path(name)


def test_a_file_made_in_the_room_is_taken_in_under_its_hash_and_a_changed_byte_shows(tmp_path):
    files = Files(tmp_path)
    made = files.room(".mp4")
    made.write_bytes(b"film")
    name = files.take(made)
    assert name == hashlib.sha256(b"film").hexdigest()
    assert not made.exists()
    assert files.is_whole(name)
    files.path(name).write_bytes(b"filn")
    assert not files.is_whole(name)
    with pytest.raises(Missing):
        files.is_whole("0" * 64)


def test_what_was_forgotten_in_the_room_goes_by_itself(tmp_path):
    files = Files(tmp_path)
    half = files.room(".mp4.part")
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    files.room(".mp4")
    assert not half.exists()
