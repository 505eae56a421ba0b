"""The last minute of real cameras through real workers: kept when told, cut unchanged, also after the camera is gone."""

import os
import signal

import pytest

from console.demo.cameras import DemoCameras
from console.domain.errors import Unavailable
from console.video.pool import Pool
from console.video.source import parse
from tests.video.clips import seen
from tests.waiting import until


@pytest.fixture
def street():
    with DemoCameras(("C301", "C304"), hevc=("C304",)) as served:
        yield served


@pytest.fixture
def pool():
    with Pool(workers=2) as started:
        yield started


def cut(pool, name, path, seconds=60.0):
    return pool.cut(name, seconds, path).result(25)


def filled(pool, name, path, seconds):
    """Cut until the clip is so long."""

    def long_enough():
        try:
            return seen(cut(pool, name, path)).seconds >= seconds
        except Unavailable:
            return False

    until(long_enough, 30, what=f"{seconds} s of {name}")
    return seen(path)


@pytest.mark.parametrize(("name", "codec"), [("C301", "h264"), ("C304", "hevc")])
def test_a_hidden_camera_s_last_seconds_become_a_clip(pool, street, tmp_path, name, codec):
    pool.remember({name})
    pool.open(name, parse(street.url(name)))
    found = filled(pool, name, tmp_path / "cut.mp4", 3.0)
    assert (found.codec, found.size, found.begins_with_key) == (codec, (640, 360), True)
    assert {path.name for path in tmp_path.iterdir()} == {"cut.mp4"}


def test_a_camera_already_open_is_kept_from_when_it_is_told(pool, street, tmp_path):
    pool.open("C301", parse(street.url("C301")))
    until(lambda: pool.facts("C301").codec, 15)
    with pytest.raises(Unavailable) as refused:
        cut(pool, "C301", tmp_path / "cut.mp4")
    assert refused.value.code == "nothing_kept"
    pool.remember({"C301"})
    filled(pool, "C301", tmp_path / "cut.mp4", 2.0)
    pool.remember(())
    with pytest.raises(Unavailable):
        cut(pool, "C301", tmp_path / "cut.mp4")


def test_what_came_before_the_camera_was_lost_can_still_be_cut(pool, street, tmp_path):
    pool.remember({"C301"})
    pool.open("C301", parse(street.url("C301")))
    filled(pool, "C301", tmp_path / "cut.mp4", 3.0)
    street.kill()
    until(lambda: pool.health("C301").state not in ("live", "connected", "hidden"), 20)
    assert seen(cut(pool, "C301", tmp_path / "late.mp4")).seconds >= 3.0
    street.start()
    filled(pool, "C301", tmp_path / "after.mp4", 6.0)


def test_a_worker_that_dies_takes_the_past_with_it_and_keeps_what_comes(pool, street, tmp_path):
    pool.remember({"C301"})
    pool.open("C301", parse(street.url("C301")))
    filled(pool, "C301", tmp_path / "cut.mp4", 2.0)
    for process in pool.worker_ids():
        os.kill(process, signal.SIGKILL)
    filled(pool, "C301", tmp_path / "again.mp4", 2.0)
