"""Real recordings through a real libvlc in its own process: played, sought, stepped, killed, stalled; and nobody ever waits."""

import os
import signal
import time

import pytest

from console.domain.errors import Unavailable
from console.video.player import Player
from console.video.source import parse_footage
from tests.eyes import image_of
from tests.footage import FPS, Recorder, read_number, record
from tests.waiting import until

SECONDS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("recordings")
    record(made / "a.mp4", SECONDS)
    record(made / "a.ts", SECONDS)
    record(made / "b.mp4", 3, first=5000)
    record(made / "long.mp4", 45, size=(320, 180))
    record(made / "large.mp4", 2, size=(1280, 720))
    return made


@pytest.fixture(scope="module")
def recorder(folder):
    with Recorder(folder) as serving:
        yield serving


@pytest.fixture
def player():
    made = Player()
    yield made
    made.close()
    made.join()


def second(player):
    """The second of the recording that is painted, or None."""
    frame = player.frame()
    return read_number(image_of(frame)) / FPS if frame is not None else None


def shows(player, at_s, within_s=0.02):
    return until(lambda: (now := second(player)) is not None and abs(now - at_s) <= within_s, 8, what=f"second {at_s} is shown")


def opened(player, address, at_s=0.0, *, runs=False):
    player.open(parse_footage(str(address)), at_s, runs=runs)
    until(lambda: player.playing.phase == "shown", 15, what="a picture")


def test_a_recording_begins_where_it_is_told_to_and_runs_with_the_clock(player, folder):
    opened(player, folder / "a.mp4", 5.0, runs=True)
    until(lambda: second(player) > 6.0)
    for _ in range(20):
        until(lambda: second(player) is not None)
        assert abs(player.playing.now_s(time.monotonic()) - second(player)) < 0.12
    until(lambda: player.playing.is_settled, 6)
    assert abs(player.playing.now_s(time.monotonic()) - second(player)) < 0.12


def test_a_seek_over_http_is_exact_to_the_picture(player, recorder):
    opened(player, recorder.url("a.mp4"))
    for at_s in (12.0, 3.0, 2.96, 2.92, 19.0, 0.0):
        player.seek(at_s)
        shows(player, at_s)
    assert player.playing.length_s == pytest.approx(SECONDS, abs=0.1)


def test_a_step_shows_the_next_picture(player, folder):
    opened(player, folder / "a.mp4", 4.0)
    shows(player, 4.0)
    for number in (1, 2, 3):
        player.step()
        shows(player, 4.0 + number / FPS)
    until(lambda: player.playing.at_s == pytest.approx(4.12, abs=0.02))


@pytest.mark.parametrize("rate", [0.25, 0.5, 2.0, 4.0, 8.0])
def test_it_runs_at_each_pace(player, folder, rate):
    opened(player, folder / "long.mp4", 1.0)
    shows(player, 1.0)
    player.pace(rate)
    player.run(True)
    first = until(lambda: (now := second(player)) >= 1.5 and now, 12)
    began, last = time.monotonic(), first + 2.0 * rate
    reached = until(lambda: (now := second(player)) >= last and now, 20)
    assert (reached - first) / (time.monotonic() - began) == pytest.approx(rate, rel=0.35)


def test_it_ends_and_begins_again_when_it_is_sent_back(player, folder):
    opened(player, folder / "b.mp4", 1.5, runs=True)
    until(lambda: player.playing.phase == "ended", 8)
    player.seek(0.4)
    until(lambda: player.playing.phase == "shown", 8)


def test_another_recording_replaces_the_first_without_a_black_flash(player, folder):
    opened(player, folder / "a.mp4", 2.0)
    shows(player, 2.0)
    player.open(parse_footage(str(folder / "b.mp4")), 0.4, runs=False)
    until(lambda: second(player) == 5010 / FPS, 8)


def test_a_picture_is_kept_at_the_size_of_the_recording(player, folder, tmp_path):
    player.resize(320, 180)
    opened(player, folder / "large.mp4", 1.0)
    shows(player, 1.0)
    assert (player.frame().width, player.frame().height) == (320, 180)
    taken = player.snapshot(tmp_path / "taken.png").result(5)
    from_file = taken.read_bytes()
    assert from_file[:4] == b"\x89PNG"
    assert (int.from_bytes(from_file[16:20]), int.from_bytes(from_file[20:24])) == (1280, 720)


def test_a_larger_place_gets_a_larger_picture_of_the_same_second(player, folder):
    player.resize(320, 180)
    opened(player, folder / "large.mp4", 1.0)
    shows(player, 1.0)
    player.resize(960, 540)
    until(lambda: player.frame().width == 960, 8)
    shows(player, 1.0)


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_a_player_that_dies_or_hangs_is_back_at_its_second_within_ten(player, recorder, fault):
    opened(player, recorder.url("a.mp4"), 7.0)
    shows(player, 7.0)
    before, began = player.process_id, time.monotonic()
    os.kill(before, fault)
    until(lambda: player.process_id not in (before, 0) and player.playing.phase == "shown", 10)
    assert time.monotonic() - began < 10
    player.seek(7.4)  # only a picture of the new process can be this one
    shows(player, 7.4)


def test_no_order_waits_for_a_player_that_hangs(player, folder):
    opened(player, folder / "a.mp4", 7.0)
    os.kill(player.process_id, signal.SIGSTOP)
    began = time.monotonic()
    for at_s in range(200):
        player.seek(at_s / 10)
        player.run(True)
        player.frame()
    assert time.monotonic() - began < 0.1
    with pytest.raises(Unavailable):
        player.snapshot(folder / "never.png").result(8)


def test_a_silent_server_is_said_and_the_recording_goes_on_when_it_wakes(player, tmp_path):
    size = record(tmp_path / "long.mp4", 40, size=(1280, 720)).stat().st_size
    with Recorder(tmp_path) as recorder:
        recorder.free_bytes = size // 8
        recorder.may_go_on.clear()
        opened(player, recorder.url("long.mp4"), runs=True)
        until(lambda: player.playing.phase in ("stalled", "failed"), 20)
        stopped_at = second(player)
        recorder.may_go_on.set()
        until(lambda: player.playing.phase == "shown" and second(player) > stopped_at + 1, 20)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"this is no video at all " * 500, "not_video"), (b"#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n", "bad_playlist")],
)
def test_what_is_no_recording_has_its_reason(player, tmp_path, content, reason):
    path = tmp_path / "坏 文件.mp4"
    path.write_bytes(content)
    player.open(parse_footage(str(path)))
    until(lambda: player.playing.phase == "failed", 15)
    assert player.playing.reason == reason


def test_a_file_that_was_cut_off_plays_as_far_as_it_goes_or_says_so(player, folder, tmp_path):
    whole = (folder / "a.mp4").read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])  # the index stood at its end
    player.open(parse_footage(str(cut)))
    until(lambda: player.playing.phase == "failed", 15)
    assert player.playing.reason == "not_video"


def test_a_missing_file_over_http_is_named_and_not_hammered(player, recorder):
    recorder.answers["/gone.mp4"] = (404, {})
    player.open(parse_footage(recorder.url("gone.mp4")))
    until(lambda: player.playing.phase == "failed", 15)
    assert player.playing.reason == "not_found"
    assert recorder.asked.count("/gone.mp4") == 1


def test_a_closed_player_leaves_no_process_and_no_picture_behind(folder):
    player = Player()
    opened(player, folder / "a.mp4")
    process, pictures = player.process_id, player._folder
    player.close()
    player.join()
    assert not pictures.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_stream_without_index_over_http_plays_from_its_beginning_and_says_so(player, recorder):
    opened(player, recorder.url("a.ts"), 5.0, runs=True)
    until(lambda: not player.playing.can_seek and second(player) > 1.0, 10)
    assert abs(player.playing.now_s(time.monotonic()) - second(player)) < 0.2
    player.seek(12.0)
    before = second(player)
    until(lambda: second(player) > before + 1.0, 5)
    assert abs(player.playing.now_s(time.monotonic()) - second(player)) < 0.3


def test_an_mpeg_ts_file_can_be_sent_anywhere_while_it_plays(player, folder):
    opened(player, folder / "a.ts", runs=True)
    player.seek(12.0)
    until(lambda: 13.5 < second(player) < 15.5, 8)
    assert player.playing.can_seek
    assert abs(player.playing.now_s(time.monotonic()) - second(player)) < 0.2
