"""The program's front door: `console run | demo | gateway | check`."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from console import app, config, log
from console.demo import play
from console.domain.errors import ConsoleError

EXIT_REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command; 0 when it went well, 2 with a sentence when it was refused."""
    given = _parser().parse_args(arguments)
    environment = dict(os.environ)
    language = given.language or environment.get("CONSOLE_LANGUAGE", "zh_CN")
    try:
        named = given.config or environment.pop("CONSOLE_CONFIG", "")
        settings = config.load(
            Path(named) if named else None, environment, data=given.data, language=given.language, gateway_port=given.port,
            database=given.database,
        )  # fmt: skip
        if given.command == "demo" and not settings.data:
            settings = config.load(
                Path(named) if named else None, environment, data=str(config.data_folder() / "demo"), language=given.language,
                gateway_port=given.port, database=given.database,
            )  # fmt: skip
        log.start(settings.folder / "logs", verbose=given.verbose)
        return COMMANDS[given.command](settings, given)
    except ConsoleError as refusal:
        words = app.read_words()
        print(words[language if language in words else "zh_CN"].of(refusal), file=sys.stderr)
        return EXIT_REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="console", description="Command-and-dispatch console / 综治中心指挥调度台")
    says = "run: the console; demo: with a made-up county; gateway: without a screen; check: say what is wrong here"
    parser.add_argument("command", choices=sorted(COMMANDS), help=says)
    parser.add_argument("--config", help="a TOML file with settings")
    parser.add_argument("--data", help="data folder")
    parser.add_argument("--database", help="SQLAlchemy address of the database")
    parser.add_argument("--language", help="zh_CN or en")
    parser.add_argument("--port", type=int, help="port of the gateway; 0 takes a free one")
    parser.add_argument("--seed", type=int, default=play.SEED, help="seed of the demo")
    parser.add_argument("--pace", type=float, default=2.0, help="reports a minute of the demo's field; 0 for silence")
    parser.add_argument("--reset-layout", action="store_true", help="put all panels where they were on the first day")
    parser.add_argument("--verbose", action="store_true", help="say more on the terminal")
    return parser


def _run(settings: config.Config, given: argparse.Namespace) -> int:
    store = app.open_store(settings)
    running = app.start(app.build(settings, store), gateway=settings.gateway)
    try:
        return app.show(running, reset_layout=given.reset_layout)
    finally:
        running.stop()


def _demo(settings: config.Config, given: argparse.Namespace) -> int:
    with play.Demo(settings, play.Wishes(given.seed, given.pace), print) as demo:
        return app.show(demo.running, demo_sign_in=demo.sign_in, reset_layout=given.reset_layout)


def _gateway(settings: config.Config, given: argparse.Namespace) -> int:
    store = app.open_store(settings)
    running = app.start(app.build(settings, store), gateway=True)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print(f"http://{settings.gateway_host}:{running.gateway_port}/", flush=True)
    stop.wait()
    running.stop()
    return 0


def _check(settings: config.Config, given: argparse.Namespace) -> int:
    store = app.open_store(settings)
    try:
        parts = app.build(settings, store)
        print(f"{store.dialect} · {len(parts.ground.grids)} grids · {len(parts.codes.categories)} categories")
        return 0
    finally:
        store.close()


COMMANDS = {"run": _run, "demo": _demo, "gateway": _gateway, "check": _check}


if __name__ == "__main__":
    sys.exit(main())
