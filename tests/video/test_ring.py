"""The last ninety seconds of a camera: from a key frame, within its memory, past the camera's end."""

import pytest

from console.video import ring
from console.video.ring import Ring, Rings
from tests.video.clips import FPS, Reel, recording, seen
from tests.waiting import until


class Clock:
    """Monotonic seconds set by hand."""

    def __init__(self):
        self.now = 1_000.0

    def monotonic(self):
        return self.now

    def time(self):
        return 1_800_000_000.0 + self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(ring, "time", made)
    return made


def feed(kept, given, clock, *, opening=1):
    for packet in given:
        clock.now += 1 / FPS
        kept.take(packet, opening)


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
@pytest.mark.parametrize("kind", ["mp4", "ts"])
def test_the_last_seconds_come_out_from_the_key_frame_before_them(tmp_path, clock, codec, kind):
    kept = Ring()
    feed(kept, Reel(recording(tmp_path / f"source.{kind}", range(40, 240, 2), codec=codec)), clock)
    kept.write(2.5, tmp_path / "cut.mp4")
    found = seen(tmp_path / "cut.mp4")
    assert found.begins_with_key
    assert found.size == (320, 180)
    assert found.seconds == pytest.approx(3.0, abs=0.2)
    assert (len(found.levels), round(found.levels[-1], -1)) == (30, 240)


def test_the_file_says_when_its_last_picture_came(tmp_path, clock):
    kept = Ring()
    feed(kept, Reel(recording(tmp_path / "source.ts", range(40, 140, 2))), clock)
    clock.now += 20.0  # the camera is gone since then
    kept.write(60.0, tmp_path / "cut.mp4")
    assert (tmp_path / "cut.mp4").stat().st_mtime == pytest.approx(1_800_001_005.0, abs=0.01)


def test_what_is_older_than_ninety_seconds_is_gone(tmp_path, clock):
    kept = Ring()
    for _ in range(10):
        feed(kept, Reel(recording(tmp_path / "source.ts", range(40, 240, 2))), clock)
    assert clock.now == pytest.approx(1_100.0)
    kept.write(500.0, tmp_path / "cut.mp4")
    assert 90 * FPS <= len(seen(tmp_path / "cut.mp4").levels) <= 91 * FPS


def test_memory_ends_before_the_seconds_do(tmp_path, clock, monkeypatch):
    given = Reel(recording(tmp_path / "source.ts", range(40, 240, 2)))
    monkeypatch.setattr(ring, "MOST_BYTES", sum(packet.size for packet in given) // 2)
    kept = Ring()
    feed(kept, given, clock)
    kept.write(60.0, tmp_path / "cut.mp4")
    found = seen(tmp_path / "cut.mp4")
    assert found.begins_with_key
    assert 30 <= len(found.levels) <= 50


def test_a_group_larger_than_the_memory_is_not_kept(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(ring, "MOST_BYTES", 100)
    kept = Ring()
    feed(kept, Reel(recording(tmp_path / "source.ts", range(40, 240, 2))), clock)
    with pytest.raises(LookupError):
        kept.write(60.0, tmp_path / "cut.mp4")
    assert not (tmp_path / "cut.mp4").exists()


def test_without_a_key_frame_there_is_nothing(tmp_path, clock):
    kept = Ring()
    feed(kept, Reel(recording(tmp_path / "source.ts", range(40, 80, 2), gop=100))[1:], clock)
    with pytest.raises(LookupError):
        kept.write(60.0, tmp_path / "cut.mp4")


def test_a_camera_that_came_back_goes_on_and_the_gap_stays_a_gap(tmp_path, clock):
    kept, given = Ring(), Reel(recording(tmp_path / "source.ts", range(40, 140, 2)))
    feed(kept, given, clock)
    clock.now += 5.0
    feed(kept, given, clock, opening=2)
    kept.write(60.0, tmp_path / "cut.mp4")
    found = seen(tmp_path / "cut.mp4")
    assert len(found.levels) == 100
    assert found.seconds == pytest.approx(15.0, abs=0.3)


def test_another_codec_throws_the_past_away(tmp_path, clock):
    kept = Ring()
    feed(kept, Reel(recording(tmp_path / "one.ts", range(40, 140, 2))), clock)
    feed(kept, Reel(recording(tmp_path / "two.ts", range(40, 140, 2), codec="libx265")), clock, opening=2)
    kept.write(60.0, tmp_path / "cut.mp4")
    assert seen(tmp_path / "cut.mp4").codec == "hevc"


def test_a_disk_that_refuses_is_told_and_leaves_nothing(tmp_path, clock):
    said = []
    rings = Rings(said.append)
    feed(rings.of("C301"), Reel(recording(tmp_path / "source.ts", range(40, 140, 2))), clock)
    (tmp_path / "cut.mp4.part").symlink_to("/dev/full")
    assert rings.obey({"do": "cut", "ring": "C301", "request": 7, "seconds": 60, "path": str(tmp_path / "cut.mp4")})
    told = until(lambda: said and said[0])
    assert (told["event"], told["request"], bool(told["problem"])) == ("cut", 7, True)
    assert {path.name for path in tmp_path.iterdir()} == {"source.ts"}


def test_a_forgotten_camera_has_no_past(tmp_path, clock):
    said = []
    rings = Rings(said.append)
    feed(rings.of("C301"), Reel(recording(tmp_path / "source.ts", range(40, 140, 2))), clock)
    rings.obey({"do": "forget", "ring": "C301"})
    rings.obey({"do": "cut", "ring": "C301", "request": 1, "seconds": 60, "path": str(tmp_path / "cut.mp4")})
    assert until(lambda: said and said[0]) == {"event": "cut", "request": 1, "problem": "nothing_kept"}
    assert not rings.obey({"do": "snapshot", "number": 1})
    assert rings.of("") is None
