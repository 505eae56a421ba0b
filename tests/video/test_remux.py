"""Stamps that stand still, run back or leap make no clip unplayable; a half file is none."""

from fractions import Fraction

import av
import pytest

from console.video.remux import Timeline, Writer, partly
from tests.video.clips import FPS, Reel, recording, seen

BASE = Fraction(1, 90_000)


def stamped(dts, pts=None):
    packet = av.Packet(b"x")
    packet.time_base, packet.dts, packet.pts = BASE, dts, pts
    return packet


def test_a_timeline_follows_the_stamps_and_cuts_leaps_out():
    line = Timeline()
    hour = 3600 * 90_000
    given = ((900, 0.0), (9_900, 0.1), (hour, 0.2), (hour - 50, 0.3), (hour + 8_950, 0.4))
    told = [line.pass_on(stamped(dts), came) for dts, came in given]
    assert told == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])


def test_a_recording_s_leap_counts_as_the_usual_step():
    line = Timeline()
    told = [line.pass_on(stamped(dts)) for dts in (0, 9_000, 90_000_000, 90_009_000)]
    assert told == pytest.approx([0.0, 0.1, 0.14, 0.24])


def test_packets_without_stamps_go_by_when_they_came():
    line = Timeline()
    assert [line.pass_on(stamped(None), came) for came in (5.0, 5.5, 7.0)] == pytest.approx([0.0, 0.5, 2.0])


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
@pytest.mark.parametrize("odd", ["still", "back", "leap"])
def test_odd_stamps_give_a_clip_that_plays_whole(tmp_path, codec, odd):
    source = recording(tmp_path / "source.mp4", range(40, 240, 10), codec=codec)
    with av.open(str(source)) as container:
        stream = container.streams.video[0]
        shift = {"still": -1, "back": -5_000_000, "leap": 5_000_000}[odd]
        with partly(tmp_path / "out.mp4") as part, Writer.like(part, stream) as writer:
            for number, packet in enumerate(one for one in container.demux(stream) if one.size):
                if number >= 8:
                    packet.dts, packet.pts = packet.dts + shift, packet.pts + shift
                if odd == "still" and number == 12:
                    packet.dts = packet.pts = None
                writer.put(packet)
    found = seen(tmp_path / "out.mp4")
    assert len(found.levels) == 20
    assert found.seconds == pytest.approx(2.0, abs=0.2)


def test_b_frames_keep_their_order(tmp_path):
    source = recording(tmp_path / "source.mp4", range(40, 240, 10), b_frames=2)
    with av.open(str(source)) as container, Writer.like(tmp_path / "out.mp4", container.streams.video[0]) as writer:
        for packet in container.demux(container.streams.video[0]):
            if packet.size:
                writer.put(packet)
    levels = seen(tmp_path / "out.mp4").levels
    assert len(levels) == 20
    assert list(levels) == sorted(levels)


def test_a_half_file_leaves_nothing(tmp_path):
    path = tmp_path / "out.mp4"
    with pytest.raises(RuntimeError), partly(path) as part:
        part.write_bytes(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    assert len(Reel(recording(tmp_path / "one.mp4", range(40, 140, 10)))) == FPS
