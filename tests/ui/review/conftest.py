"""Recordings of four cameras with gaps, a seat that may review them, and a window over them."""

from datetime import timedelta

import pytest

from console.domain.footage import Footage
from console.service.stills import Stills
from console.store import tables
from console.store.files import Files
from console.store.store import Store
from console.ui.review.deck import Deck
from console.ui.review.opening import Review
from console.ui.review.window import ReviewWindow
from console.ui.seat import Seat, Services
from console.video.timeline import Timeline
from tests.eyes import image_of
from tests.footage import FPS, read_number, record
from tests.make import CODES, Town
from tests.ui.wall.conftest import MORE

SECONDS = 20
BEGINS_S = (0.0, 2.0, 2.0, 0.0)  # of each camera, on the line; each picture's number is its true time


@pytest.fixture(scope="session")
def reels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reels")
    return [record(folder / f"路口 {n}.mp4", SECONDS, first=round(begin * FPS), size=(320, 180)) for n, begin in enumerate(BEGINS_S)]


@pytest.fixture
def town(tmp_path):
    made = Town(Store.open(f"sqlite:///{tmp_path / 'town.db'}"))
    with made.store.write() as unit:
        unit.add_many(tables.camera, MORE)
    yield made
    made.store.close()


@pytest.fixture
def seat(town, work, tmp_path):
    services = Services(
        CODES, town.clock, town.ask, town.reports, town.cases, town.tasks, None, town.video, None, *town.flow, town.unmask, None,
        stills=Stills(town.desk, Files(tmp_path / "files"), tmp_path / "exports"), sightings=town.sightings,
    )  # fmt: skip
    return Seat(town.actor("duty"), services, work)


@pytest.fixture
def begin(town):
    """When the recordings begin: ten minutes ago."""
    return town.clock.now() - timedelta(minutes=10)


@pytest.fixture
def footage(town, seat, reels, begin):
    """Playbacks of four cameras under rows of their own; the third has a second piece after a gap."""
    cameras = {camera.code: camera for camera in town.ask.cameras(seat.actor)}
    names = ("C301", "C302", "C303", "C304")
    views = town.video.open_live(seat.actor, tuple(cameras[name].id for name in names), "V3", "查看井盖现场")
    with town.store.write() as unit:
        unit.run(tables.video_access.update().values(kind="playback"))
    made = []
    for view, path, begins_s in zip(views, reels, BEGINS_S, strict=True):
        starts = begin + timedelta(seconds=begins_s)
        made.append(Footage(view.access_id, view.camera, str(path), starts, starts + timedelta(seconds=SECONDS)))
    return tuple(made)


@pytest.fixture
def deck(footage, qapp):
    made = Deck(Timeline.of(footage), 4.0)
    yield made
    made.close()
    made.join()


@pytest.fixture
def opened(seat, qtbot):
    """Opens review windows; each is closed at the end."""
    made = []

    def open_window(review: Review) -> ReviewWindow:
        window = ReviewWindow(seat, review)
        qtbot.addWidget(window)
        window.resize(1280, 860)
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: all(reel.piece is None or reel.playing.phase == "shown" for reel in window.deck.reels), timeout=20_000)
        return window

    yield open_window
    for window in made:
        window.close()
        window.deck.join()


def painted_s(deck, number):
    """The true second of the line that a camera's newest picture shows, or None."""
    frame = deck.reels[number].player.frame()
    return read_number(image_of(frame)) / FPS if frame is not None else None
