"""HLS playlists as RFC 8216 has them, and those that would lead us elsewhere."""

import pytest

from console.video.fetch import Failed
from console.video.playlist import MAX_BYTES, MAX_PARTS, is_playlist, read
from console.video.source import parse
from tests.video.web_cameras import playlist

AT = parse("http://admin:secret@10.1.2.3:8080/hls/live.m3u8?token=1")


def refused(content):
    with pytest.raises(Failed) as said:
        read(content, AT)
    return said.value.reason


def test_parts_are_read_in_their_order_with_number_head_and_pace():
    found = read(playlist(["7.m4s", "/x/8.m4s?a=1"], first=7, head="init.mp4", target_s=4), AT)

    assert [part.for_player() for part in found.parts] == [
        "http://admin:secret@10.1.2.3:8080/hls/7.m4s", "http://admin:secret@10.1.2.3:8080/x/8.m4s?a=1",
    ]  # fmt: skip
    assert found.head.path == "/hls/init.mp4"
    assert (found.first, found.last, found.target_s, found.is_over) == (7, 8, 4.0, True)


def test_a_live_list_is_begun_three_parts_before_its_end_and_a_finished_one_at_its_beginning():
    names = [f"{number}.ts" for number in range(10)]
    assert read(playlist(names, first=100, is_over=False), AT).begin() == 107
    assert read(playlist(names[:2], first=100, is_over=False), AT).begin() == 100
    assert read(playlist(names, first=100), AT).begin() == 100


def test_a_master_list_names_others():
    master = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=700000\nsub.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=4000000\nmain.m3u8\n"
    assert [one.path for one in read(master, AT).variants] == ["/hls/sub.m3u8", "/hls/main.m3u8"]


@pytest.mark.parametrize(
    "told",
    [
        "file:///etc/passwd", "http://elsewhere.example/1.ts", "http://10.1.2.3@elsewhere.example/1.ts", "//elsewhere.example/1.ts",
        "rtsp://10.1.2.3/live", "concat:/etc/passwd|/etc/hosts", "data:video/mp2t;base64,AA", "crypto+file:///etc/passwd",
        "http://169.254.169.254/latest", "http://10.1.2.3/a%0d%0aHost: x", "gopher://10.1.2.3/",
    ],
)  # fmt: skip
def test_a_list_that_leads_elsewhere_is_refused_whole(told):
    assert refused(playlist(["1.ts", told])) == "elsewhere"
    assert refused(playlist(["1.m4s"], head=told)) == "elsewhere"
    assert refused(b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + told.encode() + b"\n") == "elsewhere"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n", b"#EXTM3U\n#EXT-X-TARGETDURATION:soon\n1.ts\n",
        b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:-1\n1.ts\n", b'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n1.ts\n',
        b"#EXTM3U\n#EXT-X-BYTERANGE:10@0\n1.ts\n", b'#EXTM3U\n#EXT-X-MAP:URI="a"\n#EXT-X-MAP:URI="b"\n1.ts\n',
        b"#EXTM3U\n" + b"1.ts\n" * (MAX_PARTS + 1), b"#EXTM3U\n#" + b"x" * MAX_BYTES,
    ],
)  # fmt: skip
def test_what_is_no_list_or_no_list_for_us_is_no_readable_video(content):
    assert refused(content) == "wrong_codec"


def test_a_list_is_known_by_its_first_word_even_behind_a_mark():
    assert is_playlist(b"#EXTM3U\n") and is_playlist(b"\xef\xbb\xbf#EXTM3U")
    assert not is_playlist(b"G@\x00#EXTM3U")


def test_strange_paces_are_held_in_bounds():
    assert read(playlist(["1.ts"], target_s=86_400), AT).target_s == 30.0
    assert read(playlist(["1.ts"], target_s=0), AT).target_s == 1.0
