"""Bad cameras of every kind at once: each says what is wrong with it, a good one goes on, nobody waits, nothing is written."""

import time
from contextlib import ExitStack

import pytest

from console.demo.cameras import DemoCameras
from console.video.health import WORDS
from console.video.pool import Pool
from console.video.source import parse
from tests.video.bad_cameras import BAD, black_hole, flapping
from tests.video.web_cameras import Page, WebCamera, second
from tests.waiting import until

LONGEST_S = 0.15


class Heartbeat:
    """What the screen's thread does with a pool all the time, and how long the longest of it took."""

    def __init__(self, pool, names):
        self.pool, self.names, self.longest_s = pool, names, 0.0

    def states(self):
        began = time.monotonic()
        found = {name: self.pool.health(name).state for name in self.names}
        for name in self.names:
            self.pool.frame(name)
        self.longest_s = max(self.longest_s, time.monotonic() - began)
        return found

    def until(self, holds, within_s, what):
        until(lambda: holds(self.states()), within_s, what=what)


@pytest.fixture
def good():
    with DemoCameras(("C301",)) as served:
        yield served


@pytest.fixture
def disk(tmp_path, tmp_path_factory, monkeypatch):
    """The home and the place for temporary files of everything that is started."""
    for name in ("HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("GST_REGISTRY", str(tmp_path_factory.mktemp("registry") / "gst.bin"))  # what the cameras themselves keep
    return tmp_path


def is_moving(pool, name):
    before = pool.frame(name)
    last = before.sequence if before is not None else 0
    until(lambda: (now := pool.frame(name)) is not None and now.sequence > last, 10, what=f"{name} moves")


def test_every_bad_camera_says_what_is_wrong_while_a_good_one_goes_on(good, disk):
    with ExitStack() as stack, Pool(workers=2) as pool:
        heart = Heartbeat(pool, [*BAD, "good"])
        pool.open("good", parse(good.url("C301")))
        pool.show("good", 320, 180)
        for name, bad in BAD.items():
            pool.open(name, parse(bad.make(stack)))
            pool.show(name, 320, 180)
        wanted = {name: bad.state for name, bad in BAD.items()}
        told = {}

        def all_told(states):
            told.update({name: state for name, state in states.items() if state == wanted.get(name)})
            return len(told) == len(wanted)

        try:
            heart.until(all_told, 60, "every bad camera is named")
        except AssertionError:
            assert {name: state for name, state in heart.states().items() if name in wanted and name not in told} == {}
        is_moving(pool, "good")
        assert all(pool.frame(name) is None for name in BAD)
    assert heart.longest_s <= LONGEST_S
    assert [path for path in disk.rglob("*") if path.is_file()] == []


def test_what_is_wrong_comes_with_what_to_do():
    assert all(WORDS[bad.state][1] for bad in BAD.values())


def test_64_cameras_that_swallow_every_call_hold_up_nobody(good):
    with black_hole() as port, Pool(workers=2, openings=6) as pool:
        names = [f"C{number}" for number in range(64)]
        heart = Heartbeat(pool, [*names, "good"])
        for name in names:
            pool.open(name, parse(f"{'rtsp' if int(name[1:]) % 2 else 'http'}://127.0.0.1:{port}/{name}"))
            pool.show(name, 160, 90)
        pool.open("good", parse(good.url("C301")))
        pool.show("good", 320, 180)
        heart.until(lambda states: list(states.values()).count("offline") >= 6, 20, "the first six are named")
        heart.until(lambda states: states["good"] == "live", 45, "the good one had its turn")
        is_moving(pool, "good")
        began = time.monotonic()
    assert time.monotonic() - began < 3.0  # nobody sits out the calls at the end
    assert heart.longest_s <= LONGEST_S


def test_a_camera_that_comes_and_goes_shows_what_there_is_and_is_not_hammered():
    with flapping() as camera, Pool(workers=1) as pool:
        began = time.monotonic()
        pool.open("flaps", parse(f"http://127.0.0.1:{camera.port}/live"))
        pool.show("flaps", 320, 180)
        heart = Heartbeat(pool, ["flaps"])
        until(lambda: camera.visits >= 4, 20, what="it was called again")
        assert time.monotonic() - began > 2.0  # a second or so between two calls
        assert pool.frame("flaps") is not None
        assert heart.states()["flaps"] in ("live", "connecting", "stalled-network")


def test_a_redirect_to_a_host_of_the_register_is_followed():
    with WebCamera({"/live": Page(second(0) + second(1))}) as there:
        home = WebCamera({"/live": Page(status=302, headers={"Location": there.url("/live", host="localhost")})})
        with home, Pool(workers=1, knows_host=lambda host: host == "localhost") as pool:
            pool.open("C1", parse(home.url("/live", login="admin:secret")))
            pool.show("C1", 320, 180)
            until(lambda: pool.frame("C1"), 10, what="pictures from there")
            assert set(there.logins) == {""}
