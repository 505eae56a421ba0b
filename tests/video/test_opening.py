"""Every kind of source through a real stream: web servers, playlists, files and RTSP; usual codecs, odd GOPs, odd clocks."""

import threading

import pytest

from console.video import worker
from console.video.source import parse_file
from console.video.worker import Stream
from tests.video.odd_cameras import OddCamera, transport_stream
from tests.video.rtsp_cameras import RtspCameras
from tests.video.web_cameras import Page, WebCamera, fragments, playlist, second
from tests.waiting import until

RISING = range(40, 115)  # three seconds


class Watched:
    """A stream of one address, shown from the beginning."""

    def __init__(self, folder, address):
        self.events = []
        self.gone = threading.Event()
        self.stream = Stream(1, address, folder, self._emit)
        self.stream.show(320, 180)

    def _emit(self, event):
        self.events.append(event)
        if event["event"] == "lost":
            self.gone.set()

    def ended(self, within_s=15.0):
        assert self.gone.wait(within_s)
        return self.events[-1]["reason"]


@pytest.fixture
def levels(monkeypatch):
    """How bright each picture was that was published, in its order."""
    seen = []

    class Recorder(worker.FrameWriter):
        def write(self, picture, width, height, stride, captured_ns):
            seen.append(picture[(height // 2) * stride + (width // 2) * 4 + 1])
            return super().write(picture, width, height, stride, captured_ns)

    monkeypatch.setattr(worker, "FrameWriter", Recorder)
    return seen


def is_rising(levels, least=60):
    """Whether nearly all of three seconds' pictures came, none before an earlier one."""
    return len(levels) >= least and levels == sorted(levels)


def hls(*, codec="libx264", container="mpegts", b_frames=0):
    """A finished list of three seconds with its parts."""
    if container == "mp4":
        head, parts = fragments(transport_stream(RISING, codec=codec, gop=25, container="mp4", b_frames=b_frames))
    else:
        rises = [range(at, at + 25) for at in (40, 65, 90)]
        head, parts = b"", [transport_stream(rise, codec=codec, first_second=at, b_frames=b_frames) for at, rise in enumerate(rises)]
    names = [f"{number}.part" for number in range(len(parts))]
    pages = {f"/{name}": Page(part) for name, part in zip(names, parts, strict=True)}
    return pages | {"/h": Page(head), "/live": Page(playlist(names, head="h" if head else ""))}


@pytest.mark.parametrize("b_frames", [0, 3])
@pytest.mark.parametrize("codec", ["libx264", "libx265"])
@pytest.mark.parametrize("kind", ["ts", "fmp4", "hls-ts", "hls-fmp4"])
def test_every_picture_of_a_web_camera_comes_in_its_order(tmp_path, levels, kind, codec, b_frames):
    container = "mp4" if kind.endswith("fmp4") else "mpegts"
    if kind.startswith("hls"):
        pages = hls(codec=codec, container=container, b_frames=b_frames)
    else:
        pages = {"/live": Page(transport_stream(RISING, codec=codec, container=container, b_frames=b_frames))}
    with WebCamera(pages) as camera:
        Watched(tmp_path, camera.url("/live")).ended()
    assert is_rising(levels, 45 if b_frames else 60)


@pytest.mark.parametrize("container", ["mpegts", "mp4"])
def test_a_file_is_played_at_its_own_pace(tmp_path, levels, container):
    (tmp_path / "clip").write_bytes(transport_stream(RISING, container=container))
    watched = Watched(tmp_path, parse_file(f"file://{tmp_path}/clip", folder=tmp_path).for_player())
    until(lambda: levels, 5)
    assert not watched.gone.is_set()  # three seconds are not over in a blink
    assert watched.ended() == "ended"
    assert is_rising(levels)


@pytest.mark.parametrize(
    "content", [playlist(["file:///etc/hostname"]), b"ffconcat version 1.0\nfile clip.ts\n", b"v=0\r\nm=video 0 RTP/AVP 96\r\n"]
)
def test_a_file_that_names_others_is_no_clip(tmp_path, content):
    (tmp_path / "clip.m3u8").write_bytes(content)
    assert Watched(tmp_path, f"file://{tmp_path}/clip.m3u8").ended() == "wrong_codec"


@pytest.mark.parametrize("gop", [1, 500])
def test_a_gop_of_one_picture_and_one_of_twenty_seconds_are_shown(tmp_path, levels, gop):
    with WebCamera({"/live": Page(transport_stream(RISING, gop=gop))}) as camera:
        Watched(tmp_path, camera.url("/live")).ended()
    assert is_rising(levels)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(second(0) + transport_stream(range(65, 90), first_second=7_200), id="two hours on"),
        pytest.param(transport_stream(range(40, 65), first_second=7_200) + second(1), id="two hours back"),
        pytest.param(transport_stream(range(40, 65), first_second=95_440) + second(1), id="33 bits over"),
        pytest.param(second(0) + second(1) + second(0) + second(1), id="the same again"),
        pytest.param(transport_stream(RISING, container="h264"), id="no time stamps"),
    ],
)
def test_clocks_that_jump_or_are_missing_stop_no_picture(tmp_path, levels, body):
    with WebCamera({"/live": Page(body)}) as camera:
        Watched(tmp_path, camera.url("/live")).ended()
    assert len(levels) >= 40


def test_a_list_whose_clock_jumps_plays_on_without_a_pause(tmp_path, levels):
    far = Page(transport_stream(range(65, 90), first_second=7_200))
    with WebCamera({"/0": Page(second(0)), "/1": far, "/2": Page(second(2)), "/live": Page(playlist(["0", "1", "2"]))}) as camera:
        Watched(tmp_path, camera.url("/live")).ended(8.0)
    assert is_rising(levels)


@pytest.fixture(scope="module")
def street():
    with RtspCameras() as served:
        yield served


@pytest.mark.parametrize("name", ["every-frame", "twenty-seconds", "no-key-frames", "b-frames", "h265", "jpeg"])
def test_every_odd_rtsp_camera_shows_its_pictures(tmp_path, levels, street, name, monkeypatch):
    monkeypatch.setattr(worker, "WAIT_FOR_KEY_S", 1.0)
    watched = Watched(tmp_path, street.url(name))
    until(lambda: len(levels) > 25, 15, what=f"pictures of {name}")
    watched.stream.close()


def test_an_rtsp_camera_that_only_sends_sound_is_no_readable_video(tmp_path, street):
    assert Watched(tmp_path, street.url("sound")).ended() == "wrong_codec"


@pytest.mark.parametrize(("address", "reason"), [("127.0.0.1", ""), ("127.0.0.2", "elsewhere")])
def test_an_rtsp_redirect_is_followed_on_its_own_host_only(tmp_path, levels, address, reason):
    with RtspCameras(address) as there:
        told = f"RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: {there.url('every-frame')}\r\n\r\n"
        with OddCamera(told.encode()) as camera:
            watched = Watched(tmp_path, f"rtsp://127.0.0.1:{camera.port}/live")
            if reason:
                assert watched.ended() == reason
                assert levels == []
            else:
                until(lambda: len(levels) > 5, 15)
                watched.stream.close()
