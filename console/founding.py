"""`console setup`: the first start of a real hall at a terminal, asked for line by line or read from a file of its owner's alone."""

import os
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from getpass import getpass
from pathlib import Path
from typing import TextIO

from console.domain.errors import ConsoleError, Invalid, Refused, Unavailable
from console.domain.words import Words
from console.service.founding import ADMINISTRATORS, Administrator, Founded, Founding, Place

TITLES = {"R22": "System administrator", "R17": "Security administrator (director)", "R19": "Auditor"}
PARTS = dict(zip(("system", "security", "audit"), ADMINISTRATORS, strict=True))
MOST_SHOWN = 20
KEYS = ("login", "name", "password", "work_phone")


@dataclass(frozen=True)
class Terminal:
    """Where questions are asked: `ask` reads a line, `ask_secret` one that is not shown."""

    tr: Words
    out: TextIO
    ask: Callable[[str], str] = input
    ask_secret: Callable[[str], str] = getpass

    def label(self, source: str) -> str:
        """What a question is called, before its answer."""
        named = self.tr(source)
        return f"{named}: "

    def write(self, text: str) -> None:
        """Say something that is in words already."""
        print(text, file=self.out, flush=True)

    def say(self, source: str, **facts: object) -> None:
        """Say a sentence."""
        self.write(self.tr(source, **facts))


def set_up(founding: Founding, terminal: Terminal, file: Path | None) -> Founded:
    """Make the hall from a file, or from answers. Raises whatever `Founding.found` does, and Refused when the terminal has ended."""
    if not founding.is_open():
        raise Refused("hall_exists", "database")
    try:
        division, people = read(file) if file is not None else _asked(founding, terminal)
    except EOFError as end:
        raise Refused("stopped") from end
    founded = founding.found(division, people, _told(terminal))
    terminal.write("")
    centre, counts = founded.centre.name, {"centres": founded.centres, "grids": founded.grids}
    terminal.say("{name} has begun: {centres} centres, {grids} grids", name=centre, **counts)
    for login, codes in founded.recovery.items():
        terminal.say("Recovery codes of {login}: write them down. Each replaces a lost phone once; they are not shown again.", login=login)
        terminal.write("\n".join(f"  {code}" for code in codes))
    return founded


def read(file: Path) -> tuple[str, list[Administrator]]:
    """Division and administrators from a TOML file; their passwords must be changed with the first sign-in.

    Raises Refused("setup_file_open") for a file others may read, Unavailable,
    Invalid for what is wrong inside.
    """
    try:
        with file.open("rb") as stream:
            if os.name == "posix" and (stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & 0o077):
                raise Refused("setup_file_open", "file", name=file.name)
            found = tomllib.load(stream)
    except OSError as fault:
        raise Unavailable("no_such_file", "file", problem=fault.strerror or str(fault)) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise Invalid(file.name, "broken_file", problem=str(broken)) from broken
    for key in found:
        if key not in (*PARTS, "division"):
            raise Invalid(file.name, "broken_file", problem=key)
    return _text(file, found, "division"), [_from_file(file, found.get(part), part) for part in PARTS]


def _from_file(file: Path, said: object, part: str) -> Administrator:
    if not isinstance(said, dict) or set(said) - set(KEYS):
        raise Invalid(file.name, "broken_file", problem=f"[{part}]")
    login, name, password = (_text(file, said, key) for key in KEYS[:3])
    phone = _text(file, {"work_phone": "", **said}, "work_phone")
    return Administrator(PARTS[part], login, name, password, phone, must_change=True)


def _text(file: Path, said: Mapping[str, object], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str):
        raise Invalid(file.name, "broken_file", problem=key)
    return value


def _asked(founding: Founding, terminal: Terminal) -> tuple[str, list[Administrator]]:
    place = _ask_place(founding.places(), terminal)
    people: list[Administrator] = []
    for role in ADMINISTRATORS:
        people.append(_ask_person(founding, terminal, role, people))
    terminal.say("{above} {name}: {logins}", above=place.above, name=place.name, logins=", ".join(one.login for one in people))
    if terminal.ask(terminal.tr("Make this hall? (y/n) ")).strip().lower() not in ("y", "yes", "是"):
        raise Refused("stopped")
    return place.code, people


def _ask_place(places: tuple[Place, ...], terminal: Terminal) -> Place:
    shown: tuple[Place, ...] = ()
    while True:
        said = terminal.ask(terminal.tr("Division of the hall (name, code, pinyin; a number chooses from the list): ")).strip()
        if said.isdecimal() and 0 < int(said) <= len(shown):
            return shown[int(said) - 1]
        found = tuple(place for place in places if said and place.matches(said))
        if len(found) == 1:
            terminal.say("{name} ({code})", name=found[0].name, code=found[0].code)
            return found[0]
        shown = found[:MOST_SHOWN]
        for number, place in enumerate(shown, start=1):
            terminal.write(f"{number:3}  {place.code}  {place.above} {place.name}")
        if len(found) > MOST_SHOWN or not found:
            terminal.say("{n} divisions fit: type more letters." if found else "No division is called so. Try fewer letters.", n=len(found))


def _ask_person(founding: Founding, terminal: Terminal, role: str, others: list[Administrator]) -> Administrator:
    """Ask until the answers are in order."""
    terminal.write("")
    terminal.say(TITLES[role])
    while True:
        name, login, phone = (terminal.ask(terminal.label(words)).strip() for words in ("Name", "Login", "Work phone"))
        password = terminal.ask_secret(terminal.label("Password"))
        if password != terminal.ask_secret(terminal.label("Password again")):
            terminal.say("The two passwords differ.")
            continue
        one = Administrator(role, login, name, password, phone)
        try:
            founding.check([*others, one])
        except ConsoleError as refused:
            terminal.write(terminal.tr.of(refused))
            continue
        return _ask_factor(founding, terminal, one)


def _ask_factor(founding: Founding, terminal: Terminal, one: Administrator) -> Administrator:
    offer = founding.offer(one.login)
    terminal.write("\n".join((*drawn(offer.picture), offer.secret)))
    terminal.say("Scan it with an authenticator app and type the code it shows; or leave the code empty.")
    while code := terminal.ask(terminal.label("One-time code")).strip():
        try:
            return replace(one, factor=(offer.secret, founding.first_code(offer.secret, code)))
        except ConsoleError as refused:
            terminal.write(terminal.tr.of(refused))
    return one


def drawn(picture: tuple[str, ...]) -> tuple[str, ...]:
    """A QR picture for a terminal, two rows a line, dark on light whatever the terminal's own colours are."""
    halves = {("1", "1"): " ", ("1", "0"): "▄", ("0", "1"): "▀", ("0", "0"): "█"}
    below = (*picture[1::2], *(("0" * len(picture[0]),) if len(picture) % 2 else ()))
    rows = zip(picture[::2], below, strict=True)
    return tuple(f"\033[97;40m{''.join(halves[pair] for pair in zip(*two, strict=True))}\033[0m" for two in rows)


def _told(terminal: Terminal) -> Callable[[float], None]:
    """How much is done, on one line of a terminal; silent in a log."""

    def tick(share: float) -> None:
        if terminal.out.isatty():
            print(f"\r\033[K{round(share * 100)} %", end="", file=terminal.out, flush=True)

    return tick
