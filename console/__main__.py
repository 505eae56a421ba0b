"""The program's front door: `console run | demo | setup | gateway | check | verify | roles | newkey`."""

import argparse
import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from console import app, config, founding, log, sealing
from console.config import Config
from console.demo import play
from console.demo.meter import Meter
from console.demo.pace import Pace
from console.demo.year import CASES
from console.domain.errors import ConsoleError, Refused, Unavailable
from console.domain.words import LANGUAGES, Words
from console.gateway import crew
from console.gateway.listening import listen
from console.service.founding import is_unused
from console.store.files import Files
from console.store.store import Store
from console.video import vlc

DAMAGED, REFUSED, INTERRUPTED = 1, 2, 130
MOST_REPORTS_PER_MIN, MOST_REPORTS, MOST_CASES, MOST_WORKERS = 1_200.0, 2_000, 100_000, 64
# Qt platforms that paint without a screen.
SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
# The demo's sizes, the usual one first, each with a folder of its own.
FOLDERS = {"city": "demo-city", "county": "demo"}
ABOUT = {
    "run": "the console of a hall",
    "demo": "the console with a made-up city, live cameras and a field that reports",
    "setup": "the first start of a real hall, at this terminal: its division and its three administrators",
    "gateway": "the gateway for phones and desks alone, without a screen",
    "check": "say whether settings, database and port are fit to start",
    "verify": "recompute every digest and seal of the journal and of clips; ends with 1 when something was changed",
    "roles": "give a PostgreSQL database its four roles with the least rights each needs",
    "newkey": "let the sealing key of this data folder seal the journal from now on",
}


@dataclass(frozen=True)
class Call:
    """One start of the program: its settings, its language, and what the command line wished."""

    settings: Config
    tr: Words
    wished: argparse.Namespace

    def say(self, text: str) -> None:
        """Tell the person at the terminal."""
        print(self.tr(text), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command; 0 when it went well, 1 when `verify` found damage, 2 with a sentence when it was refused."""
    gc.freeze()  # what was loaded is never garbage, and need not be looked through
    gc.enable()
    environment = dict(os.environ)
    catalogues = app.read_words()
    tr = catalogues[_language(environment.get("CONSOLE_LANGUAGE", ""))]
    wished = _parser(tr).parse_args(arguments)
    tr = catalogues[_language(wished.language or tr.language)]
    try:
        settings = _settings(wished, environment)
        tr = catalogues[settings.language]
        log.start(settings.folder / "logs", verbose=wished.verbose)
        return COMMANDS[wished.command](Call(settings, tr, wished))
    except ConsoleError as refusal:
        print(tr.of(refusal), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _language(said: str) -> str:
    return said if said in LANGUAGES else LANGUAGES[0]


def _settings(wished: argparse.Namespace, environment: Mapping[str, str]) -> Config:
    named = wished.config or environment.get("CONSOLE_CONFIG", "")
    settings = config.load(
        Path(named) if named else None, environment, data=wished.data, language=wished.language, gateway_port=wished.port,
        database=wished.database,
    )  # fmt: skip
    if wished.command == "demo" and not settings.data:
        return replace(settings, data=str(config.home_folder() / FOLDERS[wished.scale]))
    return settings


def _parser(tr: Words) -> argparse.ArgumentParser:
    said = {name: tr(about) for name, about in ABOUT.items()}
    title, commands = tr("Command-and-dispatch console of a governance centre"), "\n".join(f"  {name:8} {said[name]}" for name in ABOUT)
    parser = argparse.ArgumentParser(
        prog="console", description=f"{title}\n\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False,
    )  # fmt: skip
    parser.add_argument("command", choices=tuple(ABOUT), metavar="|".join(ABOUT), help=tr("what to start"))
    parser.add_argument("-h", "--help", action="help", help=tr("show this and end"))
    parser.add_argument("--config", metavar="FILE", help=tr("a TOML file with settings"))
    parser.add_argument("--data", metavar="FOLDER", help=tr("folder of database, photos and logs"))
    parser.add_argument("--database", metavar="ADDRESS", help=tr("SQLAlchemy address of the database"))
    parser.add_argument("--language", metavar="LANGUAGE", help="zh_CN, en")
    parser.add_argument("--port", type=int, metavar="PORT", help=tr("port of the gateway; 0 takes a free one"))
    parser.add_argument("--seed", type=_within(2**31 - 1), default=play.SEED, metavar="NUMBER", help=tr("seed of the demo"))
    parser.add_argument("--scale", choices=tuple(FOLDERS), default="city", help=tr("size of the demo: all of Puyang, or one county"))
    pace, morning = _within(MOST_REPORTS_PER_MIN, float), _within(MOST_REPORTS)
    parser.add_argument("--pace", type=pace, default=2.0, metavar="NUMBER", help=tr("the demo's reports a minute; 0 for silence"))
    parser.add_argument("--morning", type=morning, default=60, metavar="NUMBER", help=tr("how many reports a fresh demo opens on"))
    cases, year = _within(MOST_CASES), tr("how many past cases a fresh demo of the city has")
    parser.add_argument("--cases", type=cases, default=CASES, metavar="NUMBER", help=year)
    parser.add_argument("--head", metavar="HEX:ID", default="", help=tr("verify: a head of the seals that was printed earlier"))
    parser.add_argument("--print-head", action="store_true", help=tr("verify: print the newest head and check nothing"))
    workers = tr("gateway: processes behind one address (PostgreSQL only)")
    parser.add_argument("--workers", type=_within(MOST_WORKERS), default=1, metavar="NUMBER", help=workers)
    answers = tr("setup: a TOML file with the answers, readable by its owner alone")
    parser.add_argument("--from", dest="answers", metavar="FILE", help=answers)
    parser.add_argument("--socket", type=int, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--rebuild-search", action="store_true", help=tr("check: write the search index of all cases anew"))
    parser.add_argument("--reset-layout", action="store_true", help=tr("put all panels where they were on the first day"))
    parser.add_argument("--verbose", action="store_true", help=tr("say more on the terminal"))
    return parser


def _within(most: float, kind: type[int] | type[float] = int) -> Callable[[str], float]:
    def number(text: str) -> float:
        found = kind(text)
        if not 0 <= found <= most:
            raise argparse.ArgumentTypeError(f"{text}: 0 - {most}")
        return found

    return number


def _run(call: Call) -> int:
    _check_screen(os.environ)
    store = app.open_store(call.settings)
    if not _has_begun(call.settings, store):
        return 0
    running = _start(call.settings, store, gateway=call.settings.gateway)
    try:
        return app.show(running, behind=running.answer, reset_layout=call.wished.reset_layout)
    finally:
        running.stop()


def _demo(call: Call) -> int:
    _check_screen(os.environ)
    pace = call.wished.pace
    # No reports asked for: nobody else moves either, and the visitor plays every part alone.
    silent = Pace(pace, step_s=Pace.step_s if pace else 0.0)
    wishes = play.Wishes(call.wished.seed, silent, call.wished.morning, call.wished.scale, call.wished.cases)
    _check_port(play.LOOPBACK, call.settings.gateway_port)  # said now and not after the preparation
    with play.Demo(call.settings, wishes, call.say, Meter(call.tr, sys.stdout)) as demo:
        return app.show(demo.running, behind=demo.live, demo_sign_in=demo.sign_in, reset_layout=call.wished.reset_layout)


def _setup(call: Call) -> int:
    file = Path(call.wished.answers) if call.wished.answers else None
    with closing(app.open_store(call.settings)) as store:
        founding.set_up(app.founding(call.settings, store), founding.Terminal(call.tr, sys.stdout), file)
    return 0


def _gateway(call: Call) -> int:
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    if call.wished.workers > 1:
        return _gateway_crew(call, told)
    listening = None
    if call.wished.socket is not None:
        listening = socket.socket(fileno=call.wished.socket)
        crew.tell_at_end_of_input(told)
    store = app.open_store(call.settings)
    running = _start(call.settings, store, gateway=True, listening=listening)
    try:
        running.answer()
        call.say(f"http://{call.settings.gateway_host}:{running.gateway_port}/")
        if is_unused(store):
            call.say("There is no hall in this database yet: `console setup` makes one; then start the gateway again.")
        told.wait()
    finally:
        running.stop()
    return 0


def _gateway_crew(call: Call, told: threading.Event) -> int:
    settings = call.settings
    store = app.open_store(settings)  # one takes the steps of the schema, and the reason why not is told here
    engine = store.dialect
    store.close()
    if engine == "sqlite" or sys.platform == "win32":
        raise Refused("one_worker_only", "workers", engine=engine)
    listening = listen(settings.gateway_host, settings.gateway_port)
    given = ["--data", str(settings.folder), "--language", settings.language]
    given += ["--config", call.wished.config] if call.wished.config else []
    # The database's address may hold a password, and everybody can read a command line.
    environment = {**os.environ, "CONSOLE_DATABASE": settings.database_url}
    workers = crew.Crew([sys.executable, "-m", "console", "gateway", *given], environment, int(call.wished.workers), listening)
    workers.start()
    try:
        call.say(f"http://{settings.gateway_host}:{listening.getsockname()[1]}/")
        workers.watch(told)
    finally:
        workers.stop()
    return 0


def _check(call: Call) -> int:
    store = app.open_store(call.settings)
    try:
        parts = app.build(call.settings, store)
        found = {"engine": store.dialect, "grids": len(parts.ground().grids), "categories": len(parts.codes.of(0).categories)}
        print(call.tr("Database: {engine}, {grids} grids, {categories} categories", **found))
        if call.wished.rebuild_search:
            count = parts.indexer.rebuild()
            parts.indexer.spell()
            print(call.tr("The search index is written anew: {n} cases", n=count))
    finally:
        store.close()
    _check_port(call.settings.gateway_host, call.settings.gateway_port)
    try:
        print(f"libvlc {vlc.library_version()}")
    except Unavailable as absent:
        print(call.tr.of(absent))
    call.say("Everything needed for a start is there.")
    return 0


def _verify(call: Call) -> int:
    with closing(app.open_store(call.settings)) as store:
        if call.wished.print_head:
            return sealing.print_head(store)
        is_whole = sealing.verify(store, call.tr, call.wished.head)
        return 0 if sealing.verify_clips(store, Files(call.settings.folder / "files"), call.tr) and is_whole else DAMAGED


def _roles(call: Call) -> int:
    with closing(app.open_store(call.settings)) as store:
        sealing.make_roles(store, call.tr)
    return 0


def _newkey(call: Call) -> int:
    with closing(app.open_store(call.settings)) as store:
        sealing.adopt_key(store, app.seal_key(call.settings), call.tr)
    return 0


def _has_begun(settings: Config, store: Store) -> bool:
    """Whether there is a hall; with a database nobody has used, the first start's assistant is shown before. If not, it is closed."""
    has_begun = False
    try:
        has_begun = not is_unused(store) or app.show_first_start(settings, store)
    finally:
        if not has_begun:
            store.close()
    return has_begun


def _start(settings: Config, store: Store, *, gateway: bool, listening: socket.socket | None = None) -> app.Running:
    try:
        parts = app.build(settings, store)
    except BaseException:
        store.close()
        raise
    return app.start(parts, gateway=gateway, listening=listening)


def _check_port(host: str, port: int) -> None:
    """Raise Unavailable when nobody could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as fault:
            raise Unavailable("port_taken", "gateway_port", port=port, host=host, problem=str(fault)) from fault


def _check_screen(environment: Mapping[str, str]) -> None:
    """Raise Unavailable("no_screen") where Qt would find none: it would not refuse but end the process."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in SCREENLESS:
        return
    display = environment.get("DISPLAY", "")
    if not display and not environment.get("WAYLAND_DISPLAY"):
        raise Unavailable("no_screen", display="")
    if display.startswith(":") and not environment.get("WAYLAND_DISPLAY") and not _answers(display[1:].partition(".")[0]):
        raise Unavailable("no_screen", display=display)


def _answers(number: str) -> bool:
    path = f"/tmp/.X11-unix/X{number}"
    for address in (f"\0{path}", path):
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(address)
            except OSError:
                continue
            return True
    return False


COMMANDS: dict[str, Callable[[Call], int]] = {
    "run": _run, "demo": _demo, "setup": _setup, "gateway": _gateway, "check": _check, "verify": _verify, "roles": _roles,
    "newkey": _newkey,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
