"""Real cameras through real workers: seen, killed, stalled, silent, restarted; and nobody ever waits."""

import os
import signal
import threading
import time

import pytest
from PIL import Image

from console.demo.cameras import DemoCameras
from console.domain.errors import Missing, Unavailable
from console.video import health
from console.video.budget import LAST_STEP, Budget
from console.video.pool import Pool
from console.video.source import parse
from tests.eyes import image_of, read_name
from tests.video.odd_cameras import UNAUTHORISED, LongWay, OddCamera
from tests.video.web_cameras import Page, WebCamera, playlist, second
from tests.waiting import until

NAMES = ("C301", "C302", "C303", "C304")


@pytest.fixture(scope="module")
def street():
    with DemoCameras(NAMES, hevc=("C304",)) as served:
        yield served


@pytest.fixture
def cameras():
    """Cameras of the test's own, to be killed and stalled."""
    with DemoCameras(("C301",)) as served:
        yield served


@pytest.fixture
def changes():
    return []


@pytest.fixture
def pool(changes):
    with Pool(workers=1, on_change=changes.append) as started:
        yield started


def watch(pool, name, address, size=(480, 270)):
    pool.open(name, parse(address))
    pool.show(name, *size)


def state(pool, name):
    return pool.health(name).state


def is_moving(pool, name):
    """Whether a picture arrives that was not there before."""
    before = pool.frame(name)
    last = before.sequence if before is not None else 0
    return until(lambda: (now := pool.frame(name)) is not None and now.sequence > last, 10, what=f"{name} moves")


def test_four_cameras_are_seen_each_with_its_own_name(pool, street, changes):
    for name in NAMES:
        watch(pool, name, street.url(name))
    for name in NAMES:
        until(lambda name=name: state(pool, name) == "live", 10, what=f"{name} live")
        frame = until(lambda name=name: pool.frame(name), 5)
        assert (frame.width, frame.height, frame.stride) == (480, 270, 1920)
        assert frame.age_s < 2.0
        assert read_name(image_of(frame)) == name
    assert set(changes) == set(NAMES)


def test_a_picture_has_the_size_of_its_tile_after_a_change(pool, street):
    watch(pool, "C301", street.url("C301"), (320, 180))
    until(lambda: (frame := pool.frame("C301")) and frame.width == 320)
    pool.show("C301", 960, 540)
    until(lambda: pool.frame("C301").width == 960)
    pool.show("C301", 320, 180)
    until(lambda: pool.frame("C301").width == 320)


def test_a_killed_camera_is_the_network_and_its_picture_ages_until_it_is_back(pool, cameras):
    watch(pool, "C301", cameras.url("C301"))
    is_moving(pool, "C301")
    cameras.kill()
    until(lambda: pool.health("C301").cause == "network", 5, what="the network is named")
    until(lambda: pool.health("C301").is_veiled, 8, what="the picture is veiled")
    assert pool.frame("C301").age_s > 5.0
    assert pool.health("C301").state == "stalled-network"
    cameras.start()
    until(lambda: state(pool, "C301") == "live", 10, what="live again")
    assert pool.frame("C301").age_s < 2.0
    is_moving(pool, "C301")


def test_a_stalled_camera_is_noticed_within_five_seconds_and_goes_on_when_it_wakes(pool, cameras):
    watch(pool, "C301", cameras.url("C301"))
    is_moving(pool, "C301")
    cameras.stall()
    until(lambda: state(pool, "C301") == "stalled-network", 5, what="the stall is named")
    cameras.resume()
    until(lambda: state(pool, "C301") == "live", 10, what="live again")


def test_pictures_that_waited_in_a_weak_link_show_their_true_age(pool, street):
    with LongWay(street.port) as way:
        watch(pool, "C301", f"rtsp://127.0.0.1:{way.port}/C301/sub")
        is_moving(pool, "C301")
        assert pool.frame("C301").age_s < 0.5
        way.delay_s = 3.0
        last = pool.frame("C301").sequence
        until(lambda: pool.frame("C301").age_s > 2.0, 5)  # nothing arrives: the last picture ages
        until(lambda: pool.frame("C301").sequence > last + 1, 8)
        assert pool.frame("C301").age_s > 2.0  # a new picture, and made three seconds ago
        way.delay_s = 0.0
        until(lambda: pool.frame("C301").age_s < 0.5, 8, what="caught up")
        until(lambda: state(pool, "C301") == "live", 3)


def test_a_killed_worker_is_replaced_within_three_seconds(pool, street):
    for name in ("C301", "C302"):
        watch(pool, name, street.url(name))
        is_moving(pool, name)
    (worker,) = pool.worker_ids()
    os.kill(worker, signal.SIGKILL)
    killed = time.monotonic()
    last = {name: pool.frame(name).sequence >> 32 for name in ("C301", "C302")}
    for name, opening in last.items():
        until(lambda name=name, opening=opening: pool.frame(name).sequence >> 32 > opening, 5, what=f"{name} is back")
    assert time.monotonic() - killed < 3.0
    assert pool.worker_ids() != (worker,)


def test_the_pictures_of_a_killed_worker_take_no_memory(pool, street):
    watch(pool, "C301", street.url("C301"))
    is_moving(pool, "C301")
    (worker,), before = pool.worker_ids(), set(pool._folder.iterdir())
    os.kill(worker, signal.SIGKILL)
    until(lambda: pool.worker_ids() not in ((worker,), ()), 8, what="another worker")
    is_moving(pool, "C301")
    assert not before & set(pool._folder.iterdir())


def test_a_hanging_worker_is_killed_and_replaced(pool, street):
    watch(pool, "C301", street.url("C301"))
    is_moving(pool, "C301")
    (worker,) = pool.worker_ids()
    os.kill(worker, signal.SIGSTOP)
    until(lambda: pool.worker_ids() not in ((worker,), ()), 8, what="another worker")
    is_moving(pool, "C301")


def test_a_stream_that_gives_packets_and_no_pictures_begins_anew(pool, street, monkeypatch):
    monkeypatch.setattr(health, "DECODES_WITHIN_S", 3.5)
    watch(pool, "C301", street.url("C301"))
    until(lambda: state(pool, "C301") == "live", 10, what="live")
    camera = pool._cameras["C301"]
    first = camera.number
    pool._seats.send(camera.seat, {"do": "hide", "number": first})  # behind the pool's back: connected, and decoding nothing
    until(lambda: state(pool, "C301") == "stalled-decoder", 10, what="no pictures")
    until(lambda: camera.number not in (0, first), 10, what="another opening")
    until(lambda: state(pool, "C301") == "live", 10, what="live again")
    is_moving(pool, "C301")


def test_a_crash_costs_the_cameras_of_its_worker_and_no_others(street):
    with Pool(workers=2) as pool:
        for name in ("C301", "C302"):
            watch(pool, name, street.url(name))
            is_moving(pool, name)
        opening = {name: pool.frame(name).sequence >> 32 for name in ("C301", "C302")}
        os.kill(pool.worker_ids()[0], signal.SIGKILL)
        until(lambda: any(pool.frame(name).sequence >> 32 != opening[name] for name in opening), 8)
        assert sum(pool.frame(name).sequence >> 32 == opening[name] for name in opening) == 1


def test_a_camera_that_never_answers_blocks_nobody_and_is_said(pool, street):
    with OddCamera() as silent:
        began = time.monotonic()
        watch(pool, "C999", f"rtsp://127.0.0.1:{silent.port}/live")
        watch(pool, "C301", street.url("C301"))
        pool.frame("C999")
        assert state(pool, "C999") == "connecting"
        assert time.monotonic() - began < 0.1
        is_moving(pool, "C301")
        until(lambda: state(pool, "C999") == "offline", 10, what="the silence is named")
        assert pool.health("C999").age_s is None
        began = time.monotonic()
        pool.close("C999")
        assert time.monotonic() - began < 0.1


def test_a_wrong_password_is_named_and_not_hammered(pool):
    with OddCamera(UNAUTHORISED) as camera:
        watch(pool, "C301", f"rtsp://admin:wrong@127.0.0.1:{camera.port}/live")
        health = until(lambda: (now := pool.health("C301")).state == "unauthorised" and now, 5)
        assert (health.cause, camera.visits) == ("register", 1)
        assert pool.health("C301").retry_in_s > 2.0


def test_an_unknown_path_and_a_closed_port_are_named(pool, street):
    watch(pool, "C998", f"rtsp://127.0.0.1:{street.port}/C998/sub")
    with OddCamera() as camera:
        port = camera.port
    watch(pool, "C997", f"rtsp://127.0.0.1:{port}/live")
    until(lambda: state(pool, "C998") == "not-found", 5)
    until(lambda: state(pool, "C997") == "refused", 5)


def test_no_more_than_six_cameras_are_opened_at_once():
    with OddCamera() as silent, Pool(workers=1) as pool:
        for number in range(12):
            pool.open(f"C{number}", parse(f"rtsp://127.0.0.1:{silent.port}/{number}"))
        until(lambda: silent.visits == 6, 10)
        until(lambda: sum(state(pool, f"C{number}") == "offline" for number in range(12)) >= 6, 10)
        assert silent.visits <= 12


def test_a_hidden_camera_shows_its_picture_at_once_when_it_is_wanted(pool, street):
    pool.open("C301", parse(street.url("C301")))
    until(lambda: state(pool, "C301") == "live", 10)
    assert pool.frame("C301") is None
    pool.show("C301", 480, 270)
    shown = time.monotonic()
    until(lambda: pool.frame("C301"), 5)
    # A GOP lasts 2 s: waiting for the next key frame would show. Kept packets make it quick.
    assert time.monotonic() - shown < 0.6
    pool.hide("C301")
    until(lambda: pool.health("C301").age_s > 2.5, 5, what="bytes go on, the picture ages")
    assert pool.health("C301").state == "live"
    still = pool.frame("C301")
    assert read_name(image_of(still)) == "C301"


def test_on_a_full_machine_key_frames_are_shown_with_the_reason_and_all_pictures_again_later(pool, street):
    watch(pool, "C301", street.url("C301"))
    is_moving(pool, "C301")
    budget = Budget(calm_s=1.0)
    budget.step, pool._heats.budget = LAST_STEP, budget
    until(lambda: pool.health("C301").lowered == "Key frames only: processor full", 5)
    assert pool.lowered() == (1, "processor")
    assert state(pool, "C301") == "live"
    until(lambda: pool.lowered() == (0, "processor"), 20)
    assert pool.health("C301").lowered == ""
    first = pool.frame("C301").sequence
    until(lambda: pool.frame("C301").sequence >= first + 20, 5)


def test_another_address_replaces_the_stream_without_a_black_flash(pool, street):
    watch(pool, "spot", street.url("C301", "sub"))
    is_moving(pool, "spot")
    before = pool.frame("spot").sequence
    pool.open("spot", parse(street.url("C301", "main")))
    pool.show("spot", 1280, 720)

    def now():
        frame = pool.frame("spot")
        assert frame is not None
        return frame

    until(lambda: now().width == 1280 and now().sequence > before, 10)


def test_a_snapshot_is_the_source_in_full_size(pool, street, tmp_path):
    watch(pool, "C302", street.url("C302", "main"), (320, 180))
    is_moving(pool, "C302")
    saved = pool.snapshot("C302", tmp_path / "C302.jpg").result(8)
    assert Image.open(saved).size == (1280, 720)
    assert read_name(saved) == "C302"


def test_a_snapshot_without_a_camera_or_a_picture_is_unavailable(pool, tmp_path):
    with pytest.raises(Unavailable):
        pool.snapshot("C301", tmp_path / "none.jpg").result(8)
    with OddCamera() as silent:
        watch(pool, "C301", f"rtsp://127.0.0.1:{silent.port}/live")
        until(lambda: silent.visits, 10)
        with pytest.raises(Unavailable):
            pool.snapshot("C301", tmp_path / "none.jpg").result(8)


def test_a_closed_camera_is_gone(pool, street):
    watch(pool, "C301", street.url("C301"))
    is_moving(pool, "C301")
    pool.close("C301")
    assert pool.frame("C301") is None
    with pytest.raises(Missing):
        pool.health("C301")
    pool.close("C301")


def test_nothing_is_left_when_the_pool_stops(street):
    with Pool(workers=2) as pool:
        watch(pool, "C301", street.url("C301"))
        is_moving(pool, "C301")
        workers, folder = pool.worker_ids(), pool._folder
        began = time.monotonic()
    assert time.monotonic() - began < 2.0
    assert not folder.exists()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("video-")]


def test_what_a_camera_really_sends_is_known_after_some_seconds(pool, street):
    watch(pool, "low", street.url("C301"))
    watch(pool, "high", street.url("C304", "main"))
    until(lambda: pool.facts("low").width == 640 and pool.facts("low").fps > 10, 20, what="facts of the low stream")
    until(lambda: pool.facts("high").width == 1280 and pool.facts("high").kbit_s > 0, 20, what="facts of the high stream")
    # The demo's cameras send fifteen pictures a second; a busy machine counts a little unevenly.
    assert 12 < pool.facts("low").fps < 18
    assert (pool.facts("low").codec, pool.facts("high").codec) == ("H.264", "H.265")
    with pytest.raises(Missing):
        pool.facts("nobody")


def test_a_live_list_is_said_to_be_behind(pool):
    parts = {f"/{number}.ts": Page(second(number)) for number in range(4)}
    with WebCamera(parts | {"/live.m3u8": Page(playlist([path[1:] for path in parts], is_over=False))}) as camera:
        watch(pool, "C301", camera.url("/live.m3u8"))
        is_moving(pool, "C301")
        assert pool.facts("C301").behind_s == 3.0
