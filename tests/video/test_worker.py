"""One stream in this process, fed by odd cameras: what it publishes and what it says of its end."""

import os
import threading

import pytest
from PIL import Image

from console.video import worker
from console.video.frames import FrameReader
from console.video.worker import Stream
from tests.video.odd_cameras import GARBAGE, UNAUTHORISED, OddCamera, over_http, sound_only, transport_stream
from tests.waiting import until

ENDED = ("ended", "lost")  # a server that closes its line ends a stream or loses it, as FFmpeg sees fit


class Watched:
    """A stream with its events and the pictures a reader saw."""

    def __init__(self, folder, address, *, shown=(320, 180)):
        self.events = []
        self.stream = Stream(1, address, folder, self.events.append)
        if shown:
            self.stream.show(*shown)

    def said(self, name):
        return next((event for event in list(self.events) if event["event"] == name), None)

    def ended(self, within_s=10.0):
        return until(lambda: self.said("lost"), within_s)["reason"]


@pytest.fixture
def published(monkeypatch):
    """Every picture written, as (width, height, middle pixel's brightness); a reader may miss some of them."""
    seen = []

    class Recorder(worker.FrameWriter):
        def write(self, picture, width, height, stride, captured_ns):
            seen.append((width, height, picture[(height // 2) * stride + (width // 2) * 4 + 1]))
            return super().write(picture, width, height, stride, captured_ns)

    monkeypatch.setattr(worker, "FrameWriter", Recorder)
    return seen


def watch_clip(folder, body, **kinds):
    with OddCamera(over_http(body), closes=True, waits=True) as camera:
        watched = Watched(folder, f"http://127.0.0.1:{camera.port}/live.ts", **kinds)
        camera.begin()
        reason = watched.ended()
    return watched, reason


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg2video"])
def test_every_usual_codec_gives_pictures(tmp_path, published, codec):
    watched, reason = watch_clip(tmp_path, transport_stream(range(60, 100), codec=codec))
    assert reason in ENDED
    assert {size[:2] for size in published} == {(320, 180)}
    assert len(published) >= 30
    assert watched.stream.counters()["frames"] >= len(published)


def test_b_frames_are_never_shown_out_of_order(tmp_path, published):
    watch_clip(tmp_path, transport_stream(range(40, 200, 2), b_frames=3))
    levels = [level for _, _, level in published]
    assert len(levels) >= 20
    assert levels == sorted(levels)


def test_a_camera_that_changes_its_size_goes_on_in_the_new_shape(tmp_path, published):
    body = transport_stream(range(60, 90)) + transport_stream(range(100, 130), (240, 240), first_second=2)
    watch_clip(tmp_path, body)
    assert [size for index, size in enumerate(s[:2] for s in published) if index in (0, len(published) - 1)] == [
        (320, 180),
        (180, 180),
    ]


def test_a_clock_that_jumps_back_an_hour_does_not_stop_the_picture(tmp_path, published):
    body = transport_stream(range(60, 90), first_second=3600) + transport_stream(range(100, 130))
    watch_clip(tmp_path, body)
    assert max(level for _, _, level in published) > 110
    assert len(published) >= 50


def test_damaged_packets_are_survived(tmp_path, published):
    body = bytearray(transport_stream(range(60, 180)))
    for place in range(len(body) // 3, len(body) // 2, 997):
        body[place] ^= 0xFF
    _, reason = watch_clip(tmp_path, bytes(body))
    assert reason in ENDED
    assert published[-1][2] > 170  # the end of the clip was seen


def test_sound_without_pictures_is_the_wrong_codec(tmp_path):
    _, reason = watch_clip(tmp_path, sound_only())
    assert reason == "wrong_codec"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (UNAUTHORISED, "unauthorised"),
        (b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", "not_found"),
        (GARBAGE, "lost"),
    ],
)
def test_a_rude_rtsp_camera_is_named(tmp_path, answer, reason):
    with OddCamera(answer) as camera:
        assert Watched(tmp_path, f"rtsp://u:p@127.0.0.1:{camera.port}/live").ended(worker.OPEN_WITHIN_S + 4) == reason


def test_a_page_instead_of_a_stream_is_the_wrong_codec(tmp_path):
    with OddCamera(over_http(b"<html>" + b"camera " * 200_000, "text/html"), closes=True) as camera:
        assert Watched(tmp_path, f"http://127.0.0.1:{camera.port}/").ended() == "wrong_codec"


def test_a_closed_port_is_refused_at_once(tmp_path):
    with OddCamera() as camera:
        port = camera.port
    assert Watched(tmp_path, f"rtsp://127.0.0.1:{port}/live").ended(3.0) == "refused"


def test_a_camera_that_never_answers_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "OPEN_WITHIN_S", 0.5)
    with OddCamera() as camera:
        assert Watched(tmp_path, f"rtsp://127.0.0.1:{camera.port}/live").ended(3.0) == "timeout"


def test_no_event_repeats_the_password(tmp_path):
    with OddCamera(UNAUTHORISED) as camera:
        watched = Watched(tmp_path, f"rtsp://admin:hunter2@127.0.0.1:{camera.port}/live")
        watched.ended()
    assert "hunter2" not in str(watched.events)


def test_a_hidden_stream_decodes_nothing_until_a_picture_is_wanted(tmp_path, published):
    watched, _ = watch_clip(tmp_path, transport_stream(range(60, 100)), shown=None)
    counters = watched.stream.counters()
    assert (counters["frames"], published) == (0, [])
    assert counters["packets"] == 40


@pytest.mark.parametrize(("heat", "least", "most"), [("live", 90, 100), ("half", 44, 50), ("keys", 9, 9)])
def test_a_lowered_stream_shows_every_other_picture_or_its_key_frames(tmp_path, published, heat, least, most):
    """A hundred pictures with a key frame every twelve."""
    with OddCamera(over_http(transport_stream(range(60, 160))), closes=True, waits=True) as camera:
        watched = Watched(tmp_path, f"http://127.0.0.1:{camera.port}/live.ts")
        watched.stream.warm(heat)
        camera.begin()
        watched.ended()
    assert least <= len(published) <= most


def test_the_picture_lies_in_the_file_the_event_names(tmp_path):
    ready = threading.Event()
    seen = []

    def emit(event):
        if event["event"] == "surface":
            seen.append(FrameReader(tmp_path / os.path.basename(event["path"])))
        if event["event"] == "lost":
            ready.set()

    with OddCamera(over_http(transport_stream(range(60, 100))), closes=True, waits=True) as camera:
        Stream(7, f"http://127.0.0.1:{camera.port}/a.ts", tmp_path, emit).show(160, 90)
        camera.begin()
        assert ready.wait(10)
    frame = seen[0].newest()
    assert (frame.width, frame.height, frame.sequence >> 32) == (160, 90, 7)
    assert list(tmp_path.iterdir()) == []  # the file is gone with its stream, the picture is not


def test_a_hidden_stream_shows_its_picture_before_the_next_packet_comes(tmp_path, published):
    """The camera sends eleven pictures and then holds its breath."""
    body = transport_stream(range(60, 71))
    with OddCamera(over_http(body), waits=True) as camera:
        watched = Watched(tmp_path, f"http://127.0.0.1:{camera.port}/live.ts", shown=None)
        camera.begin()
        until(lambda: watched.stream.counters()["packets"] >= 8, 10)
        before = watched.stream.counters()["packets"]
        watched.stream.show(160, 90)
        until(lambda: published, 3)
        assert published[0] == (160, 90, 51)  # the key frame comes first: (60 - 16) * 255 / 219
        until(lambda: published[-1][2] > 51, 3)
        assert watched.stream.counters()["packets"] == before
        watched.stream.close()


def test_a_snapshot_has_the_sources_size(tmp_path):
    with OddCamera(over_http(transport_stream(range(60, 100))), closes=True, waits=True) as camera:
        watched = Watched(tmp_path, f"http://127.0.0.1:{camera.port}/a.ts", shown=None)
        watched.stream.snapshot(5, str(tmp_path / "snap.jpg"))
        camera.begin()
        watched.ended()
    assert watched.said("snapshot") == {"event": "snapshot", "request": 5, "problem": ""}
    assert Image.open(tmp_path / "snap.jpg").size == (320, 180)


def test_a_snapshot_that_cannot_be_written_costs_no_picture(tmp_path, published):
    with OddCamera(over_http(transport_stream(range(60, 100))), closes=True, waits=True) as camera:
        watched = Watched(tmp_path, f"http://127.0.0.1:{camera.port}/a.ts")
        watched.stream.snapshot(5, str(tmp_path / "no" / "snap.jpg"))
        camera.begin()
        assert watched.ended() in ENDED
    assert watched.said("snapshot")["problem"] == "FileNotFoundError"
    assert len(published) >= 30
