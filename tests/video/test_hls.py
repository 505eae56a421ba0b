"""Playlists played on: parts in their order, lists that grow, begin anew, stand still or lead elsewhere."""

import threading

import pytest

from console.video.fetch import Failed, Patience
from console.video.hls import Channel
from console.video.source import parse
from tests.video.web_cameras import Page, WebCamera, playlist

PARTS = {f"/{number}.ts": Page(f"[{number}]".encode()) for number in range(12)}


def played(camera, path="/live.m3u8", *, silence_s=5.0, waits=None):
    """Everything a channel gives until its end."""
    slept = waits if waits is not None else []
    page = camera.pages[path]
    content = page.body if isinstance(page, Page) else page().body
    channel = Channel(parse(camera.url(path)), content, Patience.of(5.0, silence_s), slept.append)
    found = b""
    while got := channel.read():
        found += got
    return found.decode()


def growing(*lists):
    """A list that is another one each time it is asked for; the last one stays."""
    left = list(lists)
    return lambda: Page(left.pop(0) if len(left) > 1 else left[0])


def test_parts_come_one_behind_the_other_with_their_head_first():
    with WebCamera({**PARTS, "/h.mp4": Page(b"head"), "/live.m3u8": Page(playlist(["1.ts", "2.ts"], head="h.mp4"))}) as camera:
        assert played(camera) == "head[1][2]"


def test_a_live_list_is_read_again_and_played_on_without_gap_or_repetition():
    lists = growing(
        playlist(["0.ts", "1.ts", "2.ts", "3.ts"], is_over=False), playlist(["1.ts", "2.ts", "3.ts"], first=1, is_over=False),
        playlist(["3.ts", "4.ts", "5.ts"], first=3),
    )  # fmt: skip
    with WebCamera({**PARTS, "/live.m3u8": lists}) as camera:
        slept = []
        assert played(camera, waits=slept) == "[1][2][3][4][5]"
        assert slept == [0.5, 0.5]


def test_a_camera_that_began_anew_is_followed_from_its_new_end():
    lists = growing(playlist(["8.ts", "9.ts"], first=800, is_over=False), playlist(["0.ts", "1.ts"], first=0))
    with WebCamera({**PARTS, "/live.m3u8": lists}) as camera:
        assert played(camera) == "[8][9][0][1]"


def test_parts_that_are_no_longer_kept_are_left_out():
    lists = growing(playlist(["0.ts"], is_over=False), playlist(["7.ts", "8.ts"], first=7))
    with WebCamera({**PARTS, "/live.m3u8": lists}) as camera:
        assert played(camera) == "[0][7][8]"


def test_the_first_of_several_streams_is_taken():
    master = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=9\nb.m3u8\n"
    pages = {**PARTS, "/live.m3u8": Page(master), "/a.m3u8": Page(playlist(["1.ts"])), "/b.m3u8": Page(playlist(["2.ts"]))}
    with WebCamera(pages) as camera:
        assert played(camera) == "[1]"
        assert camera.asked == ["/a.m3u8", "/1.ts"]


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ({"/live.m3u8": Page(playlist(["404.ts"]))}, "not_found"),
        ({"/live.m3u8": Page(playlist(["1.ts"])), "/1.ts": Page(status=302, headers={"Location": "/2.ts"})}, "elsewhere"),
        ({"/live.m3u8": Page(b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlive.m3u8\n")}, "wrong_codec"),
        ({"/live.m3u8": growing(playlist(["1.ts"], is_over=False), playlist(["1.ts"], head="h", is_over=False))}, "ended"),
        ({"/live.m3u8": growing(playlist(["1.ts"], is_over=False), playlist(["1.ts", "file:///etc/passwd"]))}, "elsewhere"),
    ],
)
def test_a_list_that_fails_is_named(pages, reason):
    with WebCamera({**PARTS, **pages}) as camera, pytest.raises(Failed) as said:
        played(camera)
    assert said.value.reason == reason


def test_a_list_that_stands_still_is_given_up_after_three_parts_time(monkeypatch):
    with WebCamera({**PARTS, "/live.m3u8": Page(playlist(["1.ts"], is_over=False))}) as camera:
        patience = Patience.of(0.4, 0.1)
        channel = Channel(parse(camera.url("/live.m3u8")), camera.pages["/live.m3u8"].body, patience, threading.Event().wait)
        assert (channel.read(), patience.silence_s) == (b"[1]", 3.0)
        with pytest.raises(TimeoutError):
            channel.read()


def test_a_live_list_knows_how_far_behind_it_is_played_and_a_finished_one_is_not():
    for is_over, behind_s in ((False, 12.0), (True, 0.0)):
        body = playlist([f"{number}.ts" for number in range(9)], is_over=is_over, target_s=4)
        with WebCamera({**PARTS, "/live.m3u8": Page(body)}) as camera:
            channel = Channel(parse(camera.url("/live.m3u8")), body, Patience.of(5.0, 5.0), [].append)
            assert channel.behind_s == behind_s
