"""Clips cut and stamped by a child: whole or not at all, whatever the source is or becomes meanwhile."""

import os
import signal
import subprocess
import threading

import av
import numpy as np
import pytest
from PIL import Image

from console.domain.errors import Refused, Unavailable
from console.domain.redaction import Clear
from console.video import cutting
from console.video.cutting import Stop, Watch
from tests.video.clips import pictures, recording, seen
from tests.video.odd_cameras import OddCamera, over_http, sound_only, transport_stream
from tests.waiting import until


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Ten seconds, from dark to bright, a key frame each second."""
    return recording(tmp_path_factory.mktemp("source") / "source.mp4", range(40, 240, 2))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "clip.mp4"


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_stretch_begins_with_its_key_frame_and_keeps_its_codec(tmp_path, out, codec):
    given = recording(tmp_path / "given.mp4", range(40, 240, 2), codec=codec)
    told = cutting.cut(str(given), (3.5, 2.0), out)
    found = seen(out)
    assert found.begins_with_key
    assert (told.width, told.height, told.codec) == (320, 180, {"libx264": "h264", "libx265": "hevc"}[codec])
    assert (told.lead_s, told.seconds) == pytest.approx((0.5, 2.5), abs=0.15)
    assert len(found.levels) == 25
    assert abs(found.levels[0] - 100) <= 6
    assert Image.open(told.picture).size == (320, 180)


def test_a_platform_s_stream_is_cut_as_well(out):
    with OddCamera(over_http(transport_stream(range(60, 160))), closes=True) as platform:
        told = cutting.cut(f"http://127.0.0.1:{platform.port}/playback.ts", (0.0, 2.0), out)
    assert told.seconds == pytest.approx(2.0, abs=0.3)
    assert seen(out).begins_with_key


def test_a_source_that_ends_early_gives_what_it_has(source, out):
    told = cutting.cut(str(source), (8.0, 60.0), out)
    assert told.seconds == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize(
    ("name", "period", "code"),
    [
        ("ended", (30.0, 5.0), "source_ended"), ("gone", (0.0, 5.0), "clip_source_gone"), ("text", (0.0, 5.0), "clip_broken"),
        ("sound", (0.0, 5.0), "clip_codec"), ("mpeg2", (0.0, 5.0), "clip_codec"),
    ],
)  # fmt: skip
def test_what_cannot_be_cut_is_told_and_leaves_nothing(tmp_path, source, out, name, period, code):
    given = {"ended": source, "gone": tmp_path / "none.mp4"}.get(name, tmp_path / f"{name}.ts")
    if name == "text":
        given.write_text("no recording at all\n" * 500)
    elif name == "sound":
        given.write_bytes(sound_only())
    elif name == "mpeg2":
        given.write_bytes(transport_stream(range(60, 100), codec="mpeg2video"))
    with pytest.raises((Refused, Unavailable)) as refused:
        cutting.cut(str(given), period, out)
    assert refused.value.code == code
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("clip")]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "clip_source_gone"),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "clip_source_gone"),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "clip_source_silent"),
        (over_http(b"\0\1\2nothing like a film" * 400), "clip_broken"),
        (over_http(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "application/vnd.apple.mpegurl"), "clip_broken"),
    ],
)  # fmt: skip
def test_what_a_platform_answers_instead_is_told_and_leaves_nothing(tmp_path, out, answer, code):
    with OddCamera(answer, closes=True) as platform, pytest.raises((Refused, Unavailable)) as refused:
        cutting.cut(f"http://user:secret@127.0.0.1:{platform.port}/playback.ts", (0.0, 2.0), out)
    assert refused.value.code == code
    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(source, tmp_path, out):
    (tmp_path / "clip.mp4.part").symlink_to("/dev/full")
    with pytest.raises(Unavailable) as refused:
        cutting.cut(str(source), (0.0, 5.0), out)
    assert refused.value.code == "disk_refuses"
    assert list(tmp_path.iterdir()) == []


def test_called_off_half_way_nothing_is_left(tmp_path, out):
    stop, refusals = Stop(), []

    def work(address):
        try:
            cutting.cut(address, (0.0, 60.0), out, Watch(stop=stop))
        except Refused as refused:
            refusals.append(refused.code)

    with OddCamera(over_http(transport_stream(range(60, 160)))) as platform:  # it never closes its line: there might be more
        thread = threading.Thread(target=work, args=(f"http://127.0.0.1:{platform.port}/playback.ts",))
        thread.start()
        until(lambda: (tmp_path / "clip.mp4.part").exists(), 20)
        stop.call()
        thread.join(10)
    assert refusals == ["called_off"]
    assert list(tmp_path.iterdir()) == []


def test_called_off_before_it_begins_nothing_is_left(source, tmp_path, out):
    stop = Stop()
    stop.call()
    for _ in range(5):
        with pytest.raises(Refused) as refused:
            cutting.cut(str(source), (0.0, 5.0), out, Watch(stop=stop))
        assert refused.value.code == "called_off"
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_falls_silent_has_a_deadline(tmp_path, out, monkeypatch):
    monkeypatch.setattr(cutting, "LEAST_S", 1.0)
    with OddCamera() as silent, pytest.raises(Unavailable) as refused:
        cutting.cut(f"http://127.0.0.1:{silent.port}/playback.ts", (0.0, 0.5), out)
    assert refused.value.code == "clip_late"
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_dies_is_no_clip(tmp_path, out):
    def kill(_part):
        for line in subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "console.video.cutter"], capture_output=True).stdout.split():
            os.kill(int(line), signal.SIGKILL)

    with OddCamera(over_http(transport_stream(range(60, 160)))) as platform, pytest.raises(Refused) as refused:
        cutting.cut(f"http://127.0.0.1:{platform.port}/playback.ts", (0.0, 60.0), out, Watch(kill))
    assert refused.value.code == "clip_broken"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def stamp(tmp_path):
    margin = Image.new("RGBA", (320, 200))
    margin.paste((255, 255, 255, 255), (0, 180, 320, 200))
    margin.save(tmp_path / "stamp.png")
    return tmp_path / "stamp.png"


def test_a_stamp_stands_on_every_picture_and_progress_is_told(source, stamp, out):
    parts = []
    told = cutting.burn(source, (2.0, 3.0), stamp, out, Watch(parts.append))
    found = seen(out)
    assert (told.codec, found.size) == ("h264", (320, 200))
    assert told.seconds == pytest.approx(3.0, abs=0.15)
    assert len(found.levels) == 30
    assert min(found.foot) >= 225
    assert abs(found.levels[0] - 80) <= 8
    assert parts == sorted(parts)
    assert all(0 <= part <= 1 for part in parts)


def test_covered_pictures_show_what_lies_beneath_only_where_and_while_it_was_opened(tmp_path, stamp, out):
    """Stripes of two pixels: grey where they are covered, black and white where they are not."""
    striped = np.zeros((180, 320, 3), np.uint8)
    striped[:, ::4], striped[:, 1::4] = 255, 255
    source = pictures(tmp_path / "striped.mp4", [striped] * 40)
    cutting.burn(source, (1.0, 2.0), stamp, out, clear=(Clear(0.5, 0, 1, 1, 1.0, 2.0),))
    with av.open(str(out)) as container:
        grey = [picture.to_ndarray(format="gray")[40:140].astype(int) for picture in container.decode(video=0)]
    spread = [(int(np.ptp(one[:, 20:140])), int(np.ptp(one[:, 180:300]))) for one in grey]
    assert len(spread) == 20
    assert all(left < 40 and right < 40 for left, right in spread[:10])
    assert all(left < 40 and right > 150 for left, right in spread[10:])


def test_what_a_clip_is_can_be_asked(source):
    told = cutting.look(source)
    assert (told.width, told.height, told.codec, told.lead_s) == (320, 180, "h264", 0.0)
    assert told.seconds == pytest.approx(10.0, abs=0.1)
    told.picture.unlink()
