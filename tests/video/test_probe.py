"""A recording is looked at before a player sees it; whatever leads elsewhere is refused by a code."""

import pytest

from console.video import probe
from console.video.probe import problem_of
from console.video.source import parse_footage
from tests.footage import Recorder, record

LISTS = {
    "file.m3u8": "#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n",
    "host.m3u8": "#EXTM3U\n#EXTINF:2,\nhttp://192.0.2.1/a.ts\n",
    "key.m3u8": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="file:///etc/passwd"\n#EXTINF:2,\na.ts\n',
    "nested.m3u8": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nfile.m3u8\n",
    "loop.m3u8": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nloop.m3u8\n",
    "winamp.pls": "[playlist]\nFile1=file:///etc/passwd\n",
    "xspf.mp4": "<?xml version='1.0'?><playlist><location>file:///etc/passwd</location></playlist>",
}


@pytest.fixture
def folder(tmp_path):
    for name, words in LISTS.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    (tmp_path / "good.m3u8").write_text("#EXTM3U\n#EXTINF:2,\na.ts\n", encoding="utf-8")
    (tmp_path / "empty.mp4").write_bytes(b"")
    return tmp_path


@pytest.fixture
def recorder(folder):
    with Recorder(folder) as serving:
        yield serving


def test_a_recording_that_is_there_is_fine_as_a_file_and_over_http(recorder, folder):
    path = record(folder / "东门 1.mp4", 0.2)
    assert problem_of(parse_footage(str(path)).for_player()) == ""
    assert problem_of(parse_footage(recorder.url("%E4%B8%9C%E9%97%A8%201.mp4")).for_player()) == ""
    assert problem_of(recorder.url("good.m3u8")) == ""


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_other_addresses_is_refused(recorder, name):
    assert problem_of(recorder.url(name)) == "bad_playlist"


def test_a_list_is_no_recording_as_a_file_either(folder):
    assert problem_of((folder / "file.m3u8").as_uri()) == "bad_playlist"


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "unauthorised"), (403, "unauthorised"), (404, "not_found"), (410, "not_found"), (500, "lost")]
)
def test_a_refusal_has_its_reason(recorder, status, reason):
    recorder.answers["/a.mp4"] = (status, {})
    assert problem_of(recorder.url("a.mp4")) == reason


def test_a_redirect_is_not_followed(recorder):
    recorder.answers["/a.mp4"] = (302, {"Location": "file:///etc/passwd"})
    assert problem_of(recorder.url("a.mp4")) == "redirected"
    assert recorder.asked == ["/a.mp4"]


def test_what_is_not_there_is_said(recorder, folder):
    assert problem_of((folder / "gone.mp4").as_uri()) == "not_found"
    assert problem_of((folder / "empty.mp4").as_uri()) == "empty"
    port = recorder.port
    recorder.__exit__()
    assert problem_of(f"http://127.0.0.1:{port}/a.mp4") == "refused"


def test_a_silent_recorder_is_not_waited_for(recorder, folder, monkeypatch):
    monkeypatch.setattr(probe, "WITHIN_S", 0.2)
    record(folder / "a.mp4", 0.2)
    recorder.may_go_on.clear()
    assert problem_of(recorder.url("a.mp4")) == "timeout"
