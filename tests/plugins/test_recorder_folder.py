"""Recordings from a folder of files: found by their names, played over HTTP, cut to what was asked for, nothing else readable."""

import contextlib
import urllib.error
import urllib.request
from datetime import timedelta

import av
import pytest

from console.domain.errors import Unavailable
from console.plugin.host import Host
from plugins.recorder_folder.segments import Shelf
from plugins.recorder_folder.serving import part_of
from tests.make import ROOT
from tests.plugin.processes import Ear
from tests.plugins import recorded
from tests.waiting import until

# 10:00:00 to 10:00:10 and 10:00:10 to 10:00:16 in China, then a gap, then 10:00:30 to 10:00:40.
FILES = (("2026-11-23_02-00-00-000000.mp4", 10, 0), ("2026-11-23_02-00-10-000000.mp4", 6, 10), ("20261123T020030.ts", 10, 30))
DAY = "2026-11-23 "


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("recordings")
    for name, seconds, first in FILES:
        recorded.write(root / "C301" / ("2026-11-23" if name.endswith("ts") else "") / name, seconds, first=first)
    (root / "C301" / "2026-11-23_02-01-00-000000.mp4").write_bytes(b"no video")
    (root / "C301" / "notes.txt").write_text("x")
    (root.parent / "secret.mp4").write_bytes(b"secret")
    (root / "C302").mkdir()
    return root


@contextlib.contextmanager
def running(folder, **settings):
    ear = Ear()
    host = Host(ROOT / "plugins", ear, back_off_s=(60.0,))

    def ask(method, ref, start, end):
        return host.ask("recorder_folder", method, {"ref": ref, "start": DAY + start, "end": DAY + end}, 10.0)

    try:
        host.start("recorder_folder", {"folder": str(folder), "clock": "utc", "names": "", **settings})
        until(ear.notes, 10)
        yield ask, ear
    finally:
        host.stop_all()


@pytest.fixture(scope="module")
def recorder(folder):
    with running(folder) as (ask, _):
        yield ask


def fetched(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=5) as answer:
        return answer.status, answer.headers, answer.read()


def times(rows):
    return [(row["start"][11:19], row["end"][11:19]) for row in rows]


def test_what_there_is_stands_in_names_and_lengths(recorder):
    assert times(recorder("records", "C301", "09:00:00", "11:00:00")) == [
        ("10:00:00", "10:00:10"), ("10:00:10", "10:00:16"), ("10:00:30", "10:00:40"),
    ]  # fmt: skip
    assert times(recorder("records", "C301", "10:00:10", "10:00:30")) == [("10:00:10", "10:00:16")]
    assert recorder("records", "C301", "10:00:17", "10:00:29") == recorder("records", "C302", "09:00:00", "11:00:00") == []


def test_a_whole_file_is_played_as_it_is(recorder, folder, tmp_path):
    (part,) = recorder("playback", "C301", "10:00:00", "10:00:10")["parts"]

    status, headers, content = fetched(part["main"])

    assert part["main"].startswith("http://127.0.0.1:")
    assert (status, headers["Accept-Ranges"]) == (200, "bytes")
    assert content == (folder / "C301" / FILES[0][0]).read_bytes()
    assert recorded.seconds_in(content, tmp_path, ".mp4") == list(range(10))


@pytest.mark.parametrize(
    ("start", "end", "suffix", "begins", "shown"),
    [("10:00:03", "10:00:08", ".mp4", "10:00:04", range(4, 8)), ("10:00:33", "10:00:36", ".ts", "10:00:34", range(34, 36))],
)
def test_what_was_not_asked_for_is_cut_away(recorder, tmp_path, start, end, suffix, begins, shown):
    (part,) = recorder("playback", "C301", start, end)["parts"]

    assert times([part]) == [(begins, end)]
    assert recorded.seconds_in(fetched(part["main"])[2], tmp_path, suffix) == list(shown)


def test_a_period_over_several_files_comes_in_parts(recorder):
    parts = recorder("playback", "C301", "10:00:05", "10:00:35")["parts"]
    assert times(parts) == [("10:00:06", "10:00:10"), ("10:00:10", "10:00:16"), ("10:00:30", "10:00:35")]


def test_a_player_may_seek(recorder, folder):
    (part,) = recorder("playback", "C301", "10:00:00", "10:00:10")["parts"]
    whole = (folder / "C301" / FILES[0][0]).read_bytes()

    status, headers, content = fetched(part["main"], Range="bytes=100-199")

    assert (status, content, headers["Content-Range"]) == (206, whole[100:200], f"bytes 100-199/{len(whole)}")
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetched(part["main"], Range=f"bytes={len(whole)}-")
    assert refused.value.code == 416


def test_a_player_that_has_read_it_all_may_go_back_to_the_start(recorder, folder):
    recorded.write(folder / "C306" / FILES[2][0], 30, is_noisy=True)  # of a transport stream the end is looked at first
    (part,) = recorder("playback", "C306", "10:00:30", "10:01:00")["parts"]

    assert fetched(part["main"])[1]["Connection"] == "close"
    with av.open(part["main"]) as source:
        assert sum(1 for _ in source.decode(video=0)) == 30 * recorded.FPS


@pytest.mark.parametrize(
    ("said", "part"),
    [(None, (0, 99)), ("bytes=0-", (0, 99)), ("bytes=10-19", (10, 19)), ("bytes=90-500", (90, 99)), ("bytes=-5", (95, 99)),
     ("bytes=-500", (0, 99)), ("bytes=100-", None), ("bytes=9-3", None), ("bytes=-", None), ("lines=1-2", None)],
)  # fmt: skip
def test_ranges_are_read_as_the_web_means_them(said, part):
    assert part_of(said, 100) == part


def test_nothing_is_served_but_what_was_offered(recorder):
    (part,) = recorder("playback", "C301", "10:00:00", "10:00:10")["parts"]
    place = part["main"].rsplit("/", 2)[0]
    for path in ("/", "/x/clip.mp4", "/../secret.mp4", "/%2e%2e/secret.mp4"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetched(place + path)
        assert refused.value.code == 404


@pytest.mark.parametrize("ref", ["C399", "..", "../secret.mp4", "/etc", ".", "", "C301/../.."])
def test_a_name_that_leads_elsewhere_is_no_camera(recorder, ref):
    with pytest.raises(Unavailable) as refused:
        recorder("records", ref, "10:00:00", "10:00:10")
    assert refused.value.code == "folder_no_camera"


def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder, tmp_path):
    recorded.write(tmp_path / "else" / FILES[0][0], 2)
    (folder / "C304").symlink_to(tmp_path / "else")
    (folder / "C305").mkdir()
    (folder / "C305" / FILES[0][0]).symlink_to(tmp_path / "else" / FILES[0][0])
    shelf = Shelf(folder, "utc", {})
    assert shelf.folder_of("C304") is None
    assert shelf._starts(folder / "C305") == []


def test_folders_may_have_other_names_and_another_clock(folder):
    with running(folder, names="C777 = C301\n\nnonsense\n", clock="china") as (ask, _):
        assert times(ask("records", "C777", "02:00:00", "02:00:12")) == [("02:00:00", "02:00:10"), ("02:00:10", "02:00:16")]


def test_a_folder_that_is_not_there_is_told_and_has_nothing(tmp_path):
    with running(tmp_path / "gone") as (ask, ear):
        assert ear.notes() == ["folder_unreadable"]
        with pytest.raises(Unavailable):
            ask("records", "C301", "10:00:00", "10:00:10")


def test_a_file_that_still_grows_is_as_long_as_it_is_now(tmp_path):
    path = tmp_path / "C301" / "20261123T020000.ts"
    recorded.write(path, 4)
    shelf = Shelf(tmp_path, "utc", {})
    (start, _), = shelf._starts(path.parent)
    (before,) = shelf.between("C301", start, start + timedelta(hours=1))
    recorded.write(path, 8)
    (after,) = shelf.between("C301", start, start + timedelta(hours=1))

    assert [round((one.ends_at - one.starts_at).total_seconds()) for one in (before, after)] == [4, 8]
