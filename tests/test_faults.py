"""Parts of the live wall are killed and stopped under the real console: its tiles come back in ten seconds, its screen never waits.

How late the screen is tells the hall's own meter, a timer of 10 ms; what a busy machine lets the screen's thread wait for a
processor is not the console's doing and does not count.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench import gauge
from tests.bench.hanging import Hanging, Street
from tests.video.bad_cameras import black_hole
from tests.waiting import until

TILES = 9
BACK_S, LATE_MS, LOOK_S, DARK_S = 10.0, 100.0, 3.0, 15.0
pytestmark = [pytest.mark.timeout(300), pytest.mark.alone]


@dataclass
class Scene:
    """The console with its cameras."""

    hanging: Hanging
    street: Street

    def children(self, is_one: Callable[[int], bool]) -> list[int]:
        """Processes of the console of one kind; the player's child will be another kind."""
        return [pid for pid in self.hanging.processes() if is_one(pid)]

    def back(self) -> float:
        """Seconds until each tile has had a new picture painted."""
        began = time.monotonic()
        self.hanging.wait_until_moving(TILES, 3 * BACK_S)
        return time.monotonic() - began


def passed(seconds: float) -> None:
    """Let some time pass."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end, seconds + 5)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the cameras' pictures are kept."""
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="module")
def scene(display, clips, tmp_path_factory) -> Iterator[Scene]:
    """Nine tiles that move."""
    with Street(clips, TILES) as street, Hanging(display, tmp_path_factory.mktemp("faults") / "data", street, 7) as hanging:
        hanging.hang(street.names)
        hanging.wait_for_pictures(TILES, 60)
        hanging.pace()
        yield Scene(hanging, street)


CHILDREN = {"a worker": gauge.is_worker}


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
@pytest.mark.parametrize("is_one", CHILDREN.values(), ids=CHILDREN)
def test_a_child_that_dies_or_hangs_is_replaced(scene, is_one, with_signal):
    victim = scene.children(is_one)[0]
    scene.hanging.pace()
    os.kill(victim, with_signal)
    began = time.monotonic()
    until(lambda: victim not in scene.children(is_one), BACK_S, what="it is gone")
    dying = scene.hanging.pace()
    scene.back()

    assert time.monotonic() - began <= BACK_S
    assert dying.own_late_max_ms <= LATE_MS
    assert scene.hanging.pace().own_late_max_ms <= LATE_MS


def test_cameras_that_stop_are_veiled_and_come_back(scene):
    scene.hanging.pace()
    os.kill(scene.street.pid, signal.SIGSTOP)
    until(lambda: scene.hanging.stage.hall()["pictures"] == [], DARK_S, what="no picture is taken for live")
    dark = scene.hanging.pace()
    os.kill(scene.street.pid, signal.SIGCONT)

    assert scene.back() <= BACK_S
    assert dark.own_late_max_ms <= LATE_MS
    assert scene.hanging.pace().own_late_max_ms <= LATE_MS


def test_cameras_that_lose_their_power_come_back(scene):
    scene.hanging.pace()
    scene.street.kill()
    until(lambda: scene.hanging.stage.hall()["pictures"] == [], DARK_S, what="no picture is taken for live")
    dark = scene.hanging.pace()
    scene.street.start()

    assert scene.back() <= BACK_S
    assert dark.own_late_max_ms <= LATE_MS
    assert scene.hanging.pace().own_late_max_ms <= LATE_MS


class Holes:
    """One sound camera behind 63 that swallow every call."""

    def __init__(self, street: Street, port: int) -> None:
        self._street, self._port = street, port
        self.names = (*(f"C{500 + number}" for number in range(63)), *street.names)

    def url(self, name: str) -> str:
        """Its address."""
        return self._street.url(name) if name in self._street.names else f"rtsp://127.0.0.1:{self._port}/{name}/sub"


def test_63_cameras_that_swallow_every_call_hold_up_neither_screen_nor_the_64th(display, clips, tmp_path):
    with black_hole() as port, Street(clips, 1) as street, Hanging(display, tmp_path / "data", Holes(street, port), 7) as hanging:
        hanging.hang(Holes(street, port).names)
        hanging.pace()
        hanging.wait_until_moving(1, 45)
        passed(LOOK_S)
        assert hanging.pace().own_late_max_ms <= LATE_MS
