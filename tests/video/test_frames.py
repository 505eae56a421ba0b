"""Pictures in shared memory: whole ones only, however fast the writer is and wherever it dies."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from console.domain.errors import Invalid, Unavailable
from console.video.frames import FrameReader, FrameWriter, empty, picture_folder

ROOT = Path(__file__).resolve().parents[2]

# Writes pictures of one byte value each as fast as it can until its stdin closes.
FAST_WRITER = """
import sys, threading, time
from pathlib import Path
from console.video.frames import FrameWriter
writer = FrameWriter(Path(sys.argv[1]), 200_000)
print("ready", flush=True)
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
number = 0
while not ended.is_set():
    number += 1
    rows = 100 + number % 150
    picture = memoryview(bytes([number % 251]) * (800 * rows))
    writer.write(picture, 200, rows, 800, time.monotonic_ns())
"""


def picture(level, width=4, height=2):
    return memoryview(bytes([level]) * (width * 4 * height))


@pytest.fixture
def writer(tmp_path):
    made = FrameWriter(tmp_path / "1-1", 4096)
    yield made
    made.close()


def test_before_the_first_picture_there_is_none(writer):
    reader = FrameReader(writer.path)
    assert reader.newest() is None
    assert (reader.captured_at(), reader.sequence()) == (0.0, 0)


def test_a_picture_arrives_with_its_size_and_age(writer):
    reader = FrameReader(writer.path)
    writer.write(picture(7), 4, 2, 16, time.monotonic_ns() - 2_000_000_000)
    frame = reader.newest()
    assert (frame.width, frame.height, frame.stride, frame.sequence) == (4, 2, 16, 1)
    assert bytes(frame.data) == bytes([7]) * 32
    assert frame.data.readonly
    assert 2.0 <= frame.age_s < 3.0
    assert reader.captured_at() == pytest.approx(frame.captured_ns / 1e9)
    writer.write(picture(8), 4, 2, 16, time.monotonic_ns())
    assert (reader.sequence(), frame.is_whole) == (2, True)  # asked, not taken


def test_without_news_the_same_frame_is_given(writer):
    reader = FrameReader(writer.path)
    writer.write(picture(7), 4, 2, 16, 1)
    assert reader.newest() is reader.newest()


def test_the_newest_of_many_is_given(writer):
    reader = FrameReader(writer.path)
    for level in range(10):
        writer.write(picture(level), 4, 2, 16, 1)
    assert reader.newest().data[0] == 9


def test_a_held_frame_stays_whole_while_the_writer_goes_on(writer):
    reader = FrameReader(writer.path)
    writer.write(picture(1), 4, 2, 16, 1)
    held = reader.newest()
    for level in range(2, 100):
        writer.write(picture(level), 4, 2, 16, 1)
    assert bytes(held.data) == bytes([1]) * 32
    assert held.is_whole


def test_a_frame_given_back_knows_that_it_was_overwritten(writer):
    reader = FrameReader(writer.path)
    writer.write(picture(1), 4, 2, 16, 1)
    old = reader.newest()
    for level in range(2, 8):
        writer.write(picture(level), 4, 2, 16, 1)
        reader.newest()
    assert not old.is_whole


def test_a_picture_that_does_not_fit_is_refused(writer):
    with pytest.raises(Invalid):
        writer.write(picture(1, 100, 100), 100, 100, 400, 1)
    with pytest.raises(Invalid):
        writer.write(picture(1), 4, 3, 16, 1)


def test_a_frame_outlives_its_writers_file(writer):
    reader = FrameReader(writer.path)
    writer.write(picture(3), 4, 2, 16, 1)
    frame = reader.newest()
    writer.close()
    del reader
    assert bytes(frame.data) == bytes([3]) * 32


def test_a_strangers_or_missing_file_is_refused(tmp_path):
    (tmp_path / "other").write_bytes(b"x" * 8192)
    (tmp_path / "empty").write_bytes(b"")
    for name in ("other", "empty", "gone"):
        with pytest.raises(Unavailable):
            FrameReader(tmp_path / name)


def test_no_torn_picture_is_ever_seen_between_two_processes(tmp_path):
    path = tmp_path / "fast"
    child = subprocess.Popen(
        [sys.executable, "-c", FAST_WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        assert child.stdout.readline() == b"ready\n"
        reader = FrameReader(path)
        last = seen = 0
        while seen < 3000:
            frame = reader.newest()
            if frame is None or frame.sequence == last:
                continue
            assert frame.sequence > last
            assert frame.height == 100 + frame.sequence % 150
            # Every byte of picture N is N % 251: a torn one would show two values.
            assert frame.data.tobytes().count(frame.sequence % 251) == len(frame.data) == 800 * frame.height
            assert frame.is_whole
            last, seen = frame.sequence, seen + 1
        assert last > seen  # the writer was faster, so pictures were really overwritten
    finally:
        child.stdin.close()
        child.wait(10)
        child.stdout.close()


def test_what_a_killed_console_left_is_swept_by_the_next_one():
    child = subprocess.Popen(
        [sys.executable, "-c", "from console.video.frames import picture_folder as f; print(f(), flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    left = Path(child.stdout.readline().decode().strip())
    (left / "1-1").write_bytes(b"x")
    child.kill()
    child.communicate()
    own = picture_folder()
    try:
        assert not left.exists()
        assert own.is_dir() and own.stat().st_mode & 0o077 == 0 and str(os.getpid()) in own.name
        empty(picture_folder())
        assert own.is_dir()  # a living console's folder stays
    finally:
        empty(own)
