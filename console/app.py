"""Where the parts are made and joined: started in order, stopped in reverse. No part looks another up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.config import Config
from console.domain.clock import Clock, SystemClock
from console.domain.code_files import read_table
from console.domain.codes import TABLES
from console.domain.errors import Unavailable
from console.domain.words import LANGUAGES, Words
from console.media.photo import PhotoRoom
from console.service.ask import Ask
from console.service.cases import Cases
from console.service.code_book import CodeBook
from console.service.code_changes import CodeChanges
from console.service.desk import Desk
from console.service.feed import Feed
from console.service.ground import Ground
from console.service.holidays import with_holidays
from console.service.notify import Notifier
from console.service.people import People, Session
from console.service.photos import Photos
from console.service.reports import Reports
from console.service.sweep import Sweep
from console.service.tasks import Tasks
from console.service.video import Video
from console.store import migrate
from console.store.files import Files
from console.store.store import Store

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """Everything below the doors, joined."""

    config: Config
    clock: Clock
    codes: CodeBook
    words: dict[str, Words]
    store: Store
    desk: Desk
    ground: Ground
    people: People
    reports: Reports
    cases: Cases
    tasks: Tasks
    photos: Photos
    video: Video
    ask: Ask
    feed: Feed
    notifier: Notifier
    sweep: Sweep
    room: PhotoRoom
    code_changes: CodeChanges


def read_words() -> dict[str, Words]:
    """The catalogue of every language."""
    return {language: Words.load(RESOURCES / "i18n", language) for language in LANGUAGES}


def open_store(config: Config) -> Store:
    """The database, brought to the schema this program knows. Raises Unavailable for a folder or database that cannot be used."""
    try:
        config.folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unavailable("no_data_folder", folder=str(config.folder), problem=fault.strerror or str(fault)) from fault
    store = Store.open(config.database_url)
    try:
        migrate.upgrade(store)
    except BaseException:
        store.close()
        raise
    return store


def build(config: Config, store: Store, clock: Clock | None = None) -> Parts:
    """Join the services over an open store; nothing runs yet."""
    clock = clock or SystemClock()
    book = CodeBook(store, with_holidays({name: read_table(RESOURCES / "codes", name) for name in TABLES}), clock)
    desk = Desk(store, book, clock)
    ground = Ground.load(store)
    room = PhotoRoom()
    tasks = Tasks(desk)
    feed = Feed(store)
    desk.wake = feed.wake
    feed.listen(book.hear)
    code_changes = CodeChanges(desk, book)
    return Parts(
        config, clock, book, read_words(), store, desk, ground, People(store, clock), Reports(desk, ground),
        Cases(desk, config.recall), tasks, Photos(desk, Files(config.folder / "files"), room), Video(desk), Ask(store, book),
        feed, Notifier(store, feed.wake), Sweep(desk, tasks, (code_changes.take_effect,)), room, code_changes,
    )  # fmt: skip


class Running:
    """The background of a console: feed, hints, sweeper, and the gateway when asked for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.gateway_port = 0
        self._stops: list[Callable[[], None]] = [parts.store.close]

    def add(self, stop: Callable[[], None]) -> None:
        """Note how something that runs is stopped; the last one added is stopped first."""
        self._stops.append(stop)

    def stop(self) -> None:
        """Stop in reverse; one part that fails to stop does not keep the others running."""
        while self._stops:
            stop = self._stops.pop()
            try:
                stop()
            except Exception:
                log.exception("a part did not stop cleanly")


def start(parts: Parts, *, gateway: bool) -> Running:
    """Start everything below the screens in order; when one part refuses, those that run are stopped again."""
    running = Running(parts)
    try:
        for part in (parts.feed, parts.notifier, parts.sweep):
            part.start()
            running.add(part.stop)
        parts.codes.reload()  # what was decided between building and the feed's first look
        running.add(parts.room.close)
        if gateway:
            _start_gateway(running)
    except BaseException:
        running.stop()
        raise
    return running


def _start_gateway(running: Running) -> None:
    from console.gateway import app, parts, serve

    config = running.parts.config
    gateway = serve.Gateway(app.build(parts.Parts.of(running.parts, RESOURCES / "web")), config.gateway_host, config.gateway_port)
    gateway.start()
    running.gateway_port = gateway.port
    running.add(gateway.stop)


def show(running: Running, *, demo_sign_in: Callable[[], Session] | None = None, reset_layout: bool = False) -> int:
    """Open the window and stay until it is closed; the exit code of the program."""
    from console.ui import program
    from console.ui.seat import CodeDesk, Services
    from console.video.pool import Pool

    parts = running.parts
    pool = Pool(workers=parts.config.video_workers)
    pool.start()
    running.add(pool.stop)
    parts.store.ban_this_thread()
    services = Services(
        parts.codes, parts.clock, parts.ask, parts.reports, parts.cases, parts.tasks, parts.photos, parts.video, pool,
        code_desk=CodeDesk.over(parts.code_changes),
    )  # fmt: skip
    door = program.Door(parts.people, parts.feed, parts.words, services, RESOURCES, demo_sign_in)
    return program.run(door, parts.config, reset_layout=reset_layout)
