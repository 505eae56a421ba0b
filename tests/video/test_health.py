"""What a tile says: the thresholds of video.md section 2 and ux W5, by hand-made counters."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from console.video.budget import Full, Heat
from console.video.health import LOWERED, WORDS, Counters, State, Status, assess, hangs

NOW = 1000.0
LIVE = Status(
    "open",
    counters=Counters(bytes=9, packets=9, frames=9, packet_at=NOW - 0.1, frame_at=NOW - 0.1),
    opened_at=NOW - 60,
    picture_at=NOW - 0.1,
    shown_since=NOW - 50,
)


def counted(**changes):
    return replace(LIVE, counters=replace(LIVE.counters, **changes))


def state(status, now=NOW):
    return assess(status, now).state


def test_moving_bytes_and_pictures_are_live():
    health = assess(LIVE, NOW)
    assert (health.state, health.cause, health.retry_in_s) == ("live", "", None)
    assert health.age_s == pytest.approx(0.1)
    assert not health.is_veiled


def test_three_seconds_without_bytes_are_the_network():
    assert state(counted(packet_at=NOW - 2.9, frame_at=NOW - 2.9)) == "live"
    assert state(counted(packet_at=NOW - 3.0, frame_at=NOW - 3.0)) == "stalled-network"
    assert assess(counted(packet_at=NOW - 3.0), NOW).cause == "network"


def test_bytes_without_pictures_are_the_decoder():
    assert state(counted(frame_at=NOW - 3.0)) == "stalled-decoder"
    assert assess(counted(frame_at=NOW - 3.0), NOW).cause == "decoder"


def test_a_hidden_camera_decodes_nothing_and_is_well_while_bytes_move():
    assert state(replace(counted(frame_at=0.0, frames=0), shown_since=None)) == "live"


def test_a_camera_shown_again_has_three_seconds_for_its_picture():
    assert state(replace(counted(frame_at=NOW - 500), shown_since=NOW - 2.9)) == "live"
    assert state(replace(counted(frame_at=NOW - 500), shown_since=NOW - 3.0)) == "stalled-decoder"


def test_a_picture_that_stands_still_for_ten_seconds_is_a_frozen_camera():
    assert state(counted(same_since=NOW - 9.9)) == "live"
    assert state(counted(same_since=NOW - 10.0)) == "frozen"


def test_a_dark_picture_is_black_rather_than_frozen():
    assert state(counted(dark_since=NOW - 2.9)) == "live"
    assert state(counted(dark_since=NOW - 3.0, same_since=NOW - 60)) == "black"


def test_a_picture_that_shows_nothing_for_ten_seconds_is_a_covered_lens():
    assert state(counted(flat_since=NOW - 9.9)) == "live"
    assert state(counted(flat_since=NOW - 10.0, same_since=NOW - 60)) == "covered"
    assert assess(counted(flat_since=NOW - 10.0), NOW).cause == "camera"


def test_a_picture_older_than_five_seconds_is_veiled():
    assert not assess(replace(LIVE, picture_at=NOW - 5.0), NOW).is_veiled
    assert assess(replace(LIVE, picture_at=NOW - 5.1), NOW).is_veiled


def test_a_shown_camera_says_why_not_every_picture_is_shown():
    assert assess(LIVE, NOW).lowered == ""
    assert assess(replace(LIVE, heat="keys"), NOW).lowered == "Key frames only: processor full"
    assert assess(replace(LIVE, heat="half", full="memory"), NOW).lowered == "Every other picture: memory full"
    assert assess(replace(LIVE, heat="keys", shown_since=None), NOW).lowered == ""


def test_between_key_frames_ten_seconds_apart_no_decoder_is_blamed():
    assert state(replace(counted(frame_at=NOW - 11.9), heat="keys")) == "live"
    assert state(replace(counted(frame_at=NOW - 12.0), heat="keys")) == "stalled-decoder"


def test_before_the_first_answer_a_camera_is_connecting():
    assert state(Status("waiting")) == "connecting"
    assert state(Status("opening")) == "connecting"
    assert state(Status("open", opened_at=NOW - 1, shown_since=NOW - 1)) == "connecting"
    assert assess(Status("opening"), NOW).age_s is None


def test_a_lost_camera_is_the_network_for_half_a_minute_and_then_offline():
    lost = Status("waiting", "lost", picture_at=NOW - 29.9, next_try_at=NOW + 4)
    assert (state(lost), assess(lost, NOW).retry_in_s) == ("stalled-network", 4.0)
    assert state(replace(lost, picture_at=NOW - 30)) == "offline"
    assert state(replace(lost, reason="refused")) == "stalled-network"
    assert state(replace(lost, reason="refused", picture_at=NOW - 30)) == "refused"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("refused", "refused"),
        ("timeout", "offline"),
        ("ended", "broken-off"),
        ("lost", "broken-off"),
        ("forbidden", "forbidden"),
        ("redirected", "elsewhere"),
        ("elsewhere", "elsewhere"),
        ("unauthorised", "unauthorised"),
        ("not_found", "not-found"),
        ("wrong_codec", "wrong-codec"),
        ("worker", "connecting"),
    ],
)
def test_a_camera_that_never_gave_a_picture_says_why(reason, expected):
    assert state(Status("waiting", reason, next_try_at=NOW + 1)) == expected
    assert state(Status("opening", reason)) == expected


def test_what_only_the_register_can_mend_is_said_at_once():
    assert state(Status("waiting", "unauthorised", picture_at=NOW - 1)) == "unauthorised"


def test_a_crashed_decoder_is_named_when_it_does_not_come_back():
    crashed = Status("waiting", "worker", picture_at=NOW - 2.9)
    assert state(crashed) == "connecting"
    assert state(crashed, NOW + 1) == "stalled-decoder"


@pytest.mark.parametrize(
    ("status", "is_hanging"),
    [
        (Status("opening"), False), (LIVE, False), (counted(frame_at=NOW - 19), False), (counted(frame_at=NOW - 21), True),
        (counted(packet_at=NOW - 21, frame_at=NOW - 21), False),  # a silent network ends an opening by itself
        (replace(counted(frame_at=NOW - 21), shown_since=None), False),  # decoded for nobody
        (replace(counted(frames=0, frame_at=0.0), picture_at=0.0), False),  # never readable: nothing would be better
        (Status("waiting", "timeout", picture_at=NOW - 60, next_try_at=NOW + 3), False),
    ],
)  # fmt: skip
def test_packets_without_pictures_for_twenty_seconds_hang_where_there_were_pictures(status, is_hanging):
    assert hangs(status, NOW, asked_at=NOW - 29) is is_hanging


def test_an_opening_that_never_ends_hangs_after_half_a_minute():
    assert not hangs(Status("opening"), NOW, asked_at=NOW - 30)
    assert hangs(Status("opening"), NOW, asked_at=NOW - 30.1)


def test_every_state_has_words_in_both_languages_and_every_trouble_a_next_step():
    chinese = tomllib.loads(
        (Path(__file__).parents[2] / "resources/i18n/zh_CN/video.toml").read_text(encoding="utf-8")
    )
    assert set(WORDS) == set(get_args(State))
    assert set(LOWERED) == {(heat, full) for heat in get_args(Heat) if heat != "live" for full in get_args(Full)}
    assert set(LOWERED.values()) <= set(chinese)
    for name, (words, step) in WORDS.items():
        assert words in chinese and (not step or step in chinese)
        assert step or name in ("live", "connecting")
