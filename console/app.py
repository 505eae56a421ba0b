"""Where the parts are made and joined: started in order, stopped in reverse. No part looks another up."""

import gc
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.config import Config
from console.domain.clock import Clock, SystemClock
from console.domain.code_files import read_table
from console.domain.codes import TABLES
from console.domain.errors import Unavailable
from console.domain.words import LANGUAGES, Words
from console.gateway.listening import listen
from console.media.photo import PhotoRoom
from console.net import signing
from console.net.vault import Vault
from console.plugin.host import Host
from console.service.administration import Administration
from console.service.applications import Applications
from console.service.ask import Ask
from console.service.basemaps import Basemaps
from console.service.boundaries import Boundaries
from console.service.cases import Cases
from console.service.clip_exports import ClipExports
from console.service.clip_holds import ClipHolds
from console.service.clips import Clips
from console.service.code_book import CodeBook
from console.service.code_changes import CodeChanges
from console.service.departments import read_offices
from console.service.desk import Desk
from console.service.endings import Endings
from console.service.exports import Exports
from console.service.feed import Feed
from console.service.founding import Founding
from console.service.ground import Ground, LiveGround
from console.service.holidays import with_holidays
from console.service.indexer import Indexer
from console.service.intake import Intake
from console.service.levels import Levels
from console.service.notify import Notifier
from console.service.patrols import Patrols
from console.service.people import People, Session
from console.service.photos import Photos
from console.service.plugins import Plugins
from console.service.ptz import Ptz
from console.service.recordings import Recordings
from console.service.reports import Reports
from console.service.retention import Holds, Retention
from console.service.sealer import Sealer
from console.service.sightings import Sightings
from console.service.sites import Sites
from console.service.stills import Stills
from console.service.streams import Streams
from console.service.supervision import Supervisions
from console.service.sweep import Sweep
from console.service.tasks import Tasks
from console.service.timers import Timers
from console.service.unmask import Unmask
from console.service.verify import FIRST_S, Guard, Verify, journal_state
from console.service.video import Video
from console.service.video_leaves import VideoLeaves
from console.service.video_watch import VideoWatch
from console.service.walls import Walls
from console.store import migrate
from console.store.files import Files
from console.store.store import Store

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
PLUGINS = RESOURCES.parent / "plugins"
# How long a thread may hold the interpreter while the screen waits for it. Painting asks for it a thousand times in one pass, and at
# Python's 5 ms each a reading thread that works froze the window for most of a second.
SWITCH_S = 0.000_5
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
    ground: Callable[[], Ground]
    people: People
    admin: Administration
    reports: Reports
    cases: Cases
    tasks: Tasks
    intake: Intake
    applications: Applications
    supervisions: Supervisions
    levels: Levels
    endings: Endings
    photos: Photos
    video: Video
    ask: Ask
    feed: Feed
    notifier: Notifier
    sweep: Sweep
    room: PhotoRoom
    guard: Guard
    retention: Retention
    indexer: Indexer
    unmask: Unmask
    exports: Exports
    code_changes: CodeChanges
    sites: Sites
    plugins: Plugins
    streams: Streams
    ptz: Ptz
    video_leaves: VideoLeaves


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
    book = _read_book(store, clock)
    desk = Desk(store, book, clock)
    ground = LiveGround(store)  # a city of 16,385 grids: no start waits for it
    room, files = PhotoRoom(), Files(config.folder / "files")
    tasks = Tasks(desk)
    feed = Feed(store)
    desk.wake = feed.wake
    feed.listen(book.hear)
    feed.listen(ground.hear)
    code_changes = CodeChanges(desk, book)
    plugins = Plugins(desk, ground, vault(config))
    leaves = VideoLeaves(desk)
    return Parts(
        config, clock, book, read_words(), store, desk, ground, People(store, clock, config.account_rules),
        Administration(desk, read_offices(RESOURCES / "offices.toml", book.of(0))), Reports(desk, ground),
        Cases(desk, config.recall), tasks, Intake(desk), Applications(desk), Supervisions(desk), Levels(desk), Endings(desk),
        Photos(desk, files, room), Video(desk), Ask(store, book),
        feed, Notifier(store, feed.wake), Sweep(desk, tasks, (code_changes.take_effect, Timers(desk).chore, leaves.chore)), room,
        Guard(Verify(store), first_s=FIRST_S), Retention(desk, files), Indexer(store, book), Unmask(desk),
        Exports(desk, config.folder / "exports"), code_changes, Sites(store),
        plugins, Streams(desk, plugins), Ptz(desk, plugins), leaves,
    )  # fmt: skip


def founding(config: Config, store: Store) -> Founding:
    """What the first start of a real hall needs, before anything else can be joined."""
    clock = SystemClock()
    return Founding(Desk(store, _read_book(store, clock), clock), config.account_rules, RESOURCES / "geo")


def _read_book(store: Store, clock: Clock) -> CodeBook:
    return CodeBook(store, with_holidays({name: read_table(RESOURCES / "codes", name) for name in TABLES}), clock)


def vault(config: Config) -> Vault:
    """Where this process's secrets are sealed; its key lies where the sealing key does."""
    return Vault.in_keyring(str(config.folder.absolute())) if config.seal_key == "keyring" else Vault.in_file(config.folder)


def seal_key(config: Config) -> signing.SealKey:
    """This process's sealing key, made when there is none. Raises Unavailable."""
    if config.seal_key == "keyring":
        return signing.key_in_keyring(str(config.folder.absolute()))
    return signing.key_in_file(config.folder)


class Running:
    """The background of a console: sealer and guard of the journal, feed, hints, sweeper, retention, and the gateway when asked for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.gateway_port = 0
        self.listening: socket.socket | None = None
        self.sealer: Sealer | None = None
        self._stops: list[Callable[[], None]] = [parts.store.close]

    def answer(self) -> None:
        """Let the gateway answer, when one was asked for: heavy to load, so a window stands before it.

        Who calls before is not refused: the socket listens already, and the calls wait in it.
        Raises Unavailable("gateway_silent") when it does not answer.
        """
        if self.listening is None:
            return
        with _loading():
            from console.gateway import app, parts, serve

        made = app.build(parts.Parts.of(self.parts, RESOURCES / "web"))
        gateway = serve.Gateway(made, self.parts.config.gateway_host, listening=self.listening)
        gateway.start()
        self.add(gateway.stop)

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


def start(parts: Parts, *, gateway: bool, listening: socket.socket | None = None) -> Running:
    """Start everything below the screens in order; when one part refuses, those that run are stopped again.

    The gateway's socket listens from here on; `Running.answer` sets the gateway behind it.
    """
    running = Running(parts)
    try:
        if gateway or parts.store.dialect == "sqlite":
            _start_sealer(running)  # first, so that it is stopped last and seals what the others still wrote
        for part in (parts.guard, parts.feed, parts.notifier, parts.sweep, parts.retention, parts.indexer):
            part.start()
            running.add(part.stop)
        parts.codes.reload()  # what was decided between building and the feed's first look
        running.add(parts.room.close)
        if gateway:
            _listen(running, listening)
    except BaseException:
        running.stop()
        raise
    return running


def _start_sealer(running: Running) -> None:
    config, store = running.parts.config, running.parts.store
    if config.seal_database:
        store = Store.open(config.seal_database, readers=2)
        running.add(store.close)
    running.sealer = Sealer(store, running.parts.clock, lambda: seal_key(config))
    running.sealer.start()
    running.add(running.sealer.stop)


@contextmanager
def _loading() -> Iterator[None]:
    """Load a heavy toolkit without looking through all of it for garbage meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def _listen(running: Running, listening: socket.socket | None) -> None:
    config = running.parts.config
    running.listening = listening or listen(config.gateway_host, config.gateway_port)
    running.gateway_port = running.listening.getsockname()[1]
    running.add(running.listening.close)


def _start_plugins(running: Running) -> None:
    parts = running.parts
    host = Host(PLUGINS, parts.plugins.told)
    parts.plugins.runner = host
    running.add(host.stop_all)
    for hear in (parts.plugins.hear, parts.ptz.hear):
        running.add(parts.feed.listen(hear))
    parts.plugins.start()
    running.add(parts.plugins.stop)
    parts.ptz.start()
    running.add(parts.ptz.close)


def show_first_start(config: Config, store: Store) -> bool:
    """Open the assistant of a real hall's first start; whether the hall has begun."""
    with _loading():
        from console.ui.founding import first

    taste = first.Taste(config.folder, config.language, config.look)
    return first.run(founding(config, store), read_words(), taste, RESOURCES)


def show(
    running: Running, *, behind: Callable[[], None], demo_sign_in: Callable[[], Session] | None = None, reset_layout: bool = False,
) -> int:  # fmt: skip
    """Open the window and stay until it is closed; the exit code of the program. `behind` is done when the window stands."""
    with _loading():
        from console.tiles.link import Links
        from console.ui import program
        from console.ui.door import Door
        from console.ui.seat import CodeDesk, Services
        from console.video.pool import Pool

    parts = running.parts
    sys.setswitchinterval(SWITCH_S)
    pool = Pool(workers=parts.config.video_workers, knows_host=parts.video.knows_host)
    pool.start()
    running.add(pool.stop)
    tiles = Links(parts.config.folder / "map-pictures.db")
    running.add(tiles.stop)
    _start_plugins(running)
    parts.store.ban_this_thread()
    services = Services(
        parts.codes, parts.clock, parts.ask, parts.reports, parts.cases, parts.tasks, parts.photos, parts.video, pool,
        parts.intake, parts.applications, parts.supervisions, parts.levels, parts.endings,
        parts.unmask, parts.exports, parts.admin, code_desk=CodeDesk.over(parts.code_changes), holds=Holds(parts.desk),
        walls=Walls(parts.desk), stills=Stills(parts.desk, parts.photos.files, parts.config.folder / "exports"),
        plugins=parts.plugins, streams=parts.streams, ptz=parts.ptz, sightings=Sightings(parts.desk),
        patrols=Patrols(parts.desk, parts.reports), leaves=parts.video_leaves, recordings=Recordings(parts.desk, parts.plugins),
        video_watch=VideoWatch(parts.desk), clips=Clips(parts.desk, parts.photos.files),
        basemaps=Basemaps(parts.desk, vault(parts.config)), tiles=tiles,
        clip_exports=ClipExports(parts.desk, parts.photos.files, parts.config.folder / "exports"), clip_holds=ClipHolds(parts.desk),
        boundaries=Boundaries(parts.desk),
    )  # fmt: skip
    door = Door(
        parts.people, parts.feed, parts.words, services, RESOURCES, demo_sign_in,
        journal=lambda: journal_state(parts.guard, running.sealer), behind=behind,
    )  # fmt: skip
    return program.run(door, parts.config, reset_layout=reset_layout)
