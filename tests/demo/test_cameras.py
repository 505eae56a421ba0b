"""The demo's cameras: they answer, show their own name, die and come back at the same address."""

import socket
import subprocess

import av
import pytest

from console.demo import cameras
from console.demo.cameras import DemoCameras
from console.domain.errors import Unavailable
from tests.eyes import read_clock, read_name


def first_picture(address):
    with av.open(address, options={"rtsp_transport": "tcp"}, timeout=10) as container:
        return next(container.decode(video=0)).to_image()


@pytest.mark.parametrize(("stream", "size"), [("sub", (640, 360)), ("main", (1280, 720))])
def test_each_camera_shows_its_name_and_a_clock(stream, size):
    with DemoCameras(("C301", "X77"), hevc=("X77",)) as served:
        for name in served.names:
            picture = first_picture(served.url(name, stream))
            assert picture.size == size
            assert read_name(picture) == name
            assert read_clock(picture).startswith("20")


def test_killed_cameras_come_back_at_the_same_address():
    with DemoCameras(("C301",)) as served:
        address = served.url("C301")
        served.kill()
        with pytest.raises(OSError), socket.create_connection(("127.0.0.1", served.port), timeout=1):
            pass
        served.start()
        assert served.url("C301") == address
        assert read_name(first_picture(address)) == "C301"


def test_nothing_is_left_when_the_cameras_stop():
    with DemoCameras(("C301",)) as served:
        process = served._process.pid
        served.stall()
    assert subprocess.run(["ps", "-p", str(process)], capture_output=True, check=False).returncode == 1


def test_a_taken_port_is_said():
    with DemoCameras(("C301",)) as served, pytest.raises(Unavailable) as refused:
        DemoCameras(("C302",), port=served.port).start()
    assert refused.value.code == "demo_cameras_failed"
    assert str(served.port) in refused.value.facts["problem"]


def test_missing_gstreamer_names_the_packages(monkeypatch, tmp_path):
    bare = tmp_path / "python3"
    bare.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'gi'\" >&2\nexit 1\n")
    bare.chmod(0o755)
    for python in (bare, tmp_path / "none"):
        monkeypatch.setattr(cameras, "SYSTEM_PYTHON", str(python))
        with pytest.raises(Unavailable) as refused:
            DemoCameras(("C301",)).start()
        assert refused.value.code == "demo_cameras_missing"
        assert "gir1.2-gst-rtsp-server-1.0" in refused.value.facts["packages"]


def test_slow_cameras_send_few_pictures_and_show_their_own_name():
    with DemoCameras(("C301", "C305"), slow=("C305",)) as served:
        with av.open(served.url("C305"), options={"rtsp_transport": "tcp"}, timeout=10) as container:
            frames = [frame for _, frame in zip(range(9), container.decode(video=0), strict=False)]
        assert read_name(frames[-1].to_image()) == "C305"
        stamps = [frame.time for frame in frames if frame.time is not None]
        assert (len(stamps) - 1) / (stamps[-1] - stamps[0]) == pytest.approx(6, rel=0.35)
