"""Importing people from a file: judged whole, staged in batches, and made valid by one switch or not at all.

Nobody is taken while anybody is wrong. The preview writes nothing; the import
judges again, fills the staging table in batches of five hundred, and moves
everything into place in one statement each, so that no transaction is long.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from console.domain import people_file, roles
from console.domain.account import EMPLOYMENTS
from console.domain.codes import Codes
from console.domain.errors import ConsoleError, Denied, Invalid, Refused
from console.domain.people import Actor, OrgUnit
from console.domain.people_file import Line, Problem
from console.domain.place import Centre
from console.net import secrets, totp
from console.service.accounts import Person, check_login, check_person
from console.service.desk import Act, Desk
from console.store import imports
from console.store.imports import Staged
from console.store.scope import Scope

BATCH = 500
Progress = Callable[[int, int], bool]  # done, total; false stops the import


@dataclass(frozen=True)
class Preview:
    """What an import would do: how many people, what is wrong, and the first ones as they would be."""

    total: int
    problems: tuple[Problem, ...]
    first: tuple[Staged, ...]
    digest: str


@dataclass(frozen=True)
class Imported:
    """How many people came in, and the start word of each; the words are told this once."""

    words: tuple[tuple[str, str, str], ...] = field(repr=False)  # login, name, word

    @property
    def count(self) -> int:
        """How many people came in."""
        return len(self.words)


class Stopped(ConsoleError):
    """Somebody stopped the import; nothing of it stays."""

    def __init__(self) -> None:
        super().__init__("import_stopped")


class Imports:
    """Reads files of people."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def preview(self, actor: Actor, content: bytes) -> Preview:
        """Judge a file and write nothing. Raises Denied, and Invalid for what is no such file."""
        self._check(actor)
        lines = people_file.read(content)
        staged, problems = self._judge(actor, lines)
        return Preview(len(lines), problems, staged[:50], hashlib.sha256(content).hexdigest())

    def take(self, actor: Actor, content: bytes, progress: Progress = lambda _done, _total: True) -> Imported:
        """Import a file whole. Raises Refused("import_broken") with anything wrong in it, Stopped when `progress` says so."""
        self._check(actor)
        lines = people_file.read(content)
        staged, problems = self._judge(actor, lines)
        if problems:
            raise Refused("import_broken", "file", count=len(problems))
        words = totp.new_words(len(staged))
        hashes = [secrets.start_hash(word) for word in words]
        number = self.desk.run(actor, lambda act: imports.begin(act.unit, actor.user_id, act.now, len(staged), _digest(content)))
        try:
            for start in range(0, len(staged), BATCH):
                part = tuple(zip(staged[start : start + BATCH], hashes[start : start + BATCH], strict=True))
                self.desk.run(actor, lambda act, part=part: imports.stage(act.unit, number, part))
                if not progress(min(start + BATCH, len(staged)), len(staged)):
                    raise Stopped
            self.desk.run(actor, lambda act: self._switch(act, number, len(staged)))
        finally:
            self.desk.run(actor, lambda act: imports.sweep(act.unit, number))
        return Imported(tuple((one.login, one.name, word) for one, word in zip(staged, words, strict=True)))

    def report(self, problems: tuple[Problem, ...], say: Callable[[ConsoleError], str], heads: tuple[str, str, str, str]) -> bytes:
        """The problems as CSV: line, field, value, and what to do, in the words of the caller."""
        rows = [[str(one.line), one.field, one.value, say(one.refusal)] for one in problems]
        return people_file.write([list(heads), *rows])

    def _check(self, actor: Actor) -> None:
        if not roles.may(actor, "import"):
            raise Denied("role", kind="user", action="import")

    def _switch(self, act: Act, number: int, total: int) -> None:
        if imports.clashes(act.unit, number) or not imports.units_stand(act.unit, number):
            raise Refused("import_changed", "file")
        imports.switch(act.unit, number)
        act.note("import", "user", number, 1, {"people": total}, states=("", "active"))

    def _judge(self, actor: Actor, lines: tuple[Line, ...]) -> tuple[tuple[Staged, ...], tuple[Problem, ...]]:
        with self.desk.store.read() as unit:
            units = imports.open_units(unit, Scope(actor))
            taken = imports.taken(unit, [line.values["login"] for line in lines])
        judge = _Judge(self.desk.book.of(actor.centre_id), units, taken)
        staged = [judge.line(line) for line in lines]
        return tuple(one for one in staged if one is not None), tuple(judge.problems)


class _Judge:
    """Judges one line after the other, remembering the logins it has seen."""

    def __init__(self, codes: Codes, units: dict[str, tuple[OrgUnit, Centre]], taken: frozenset[str]) -> None:
        self._codes, self._units, self._taken = codes, units, taken
        self._names = {name: code for code, role in codes.roles.items() for name in (code, code.lower(), role.zh, role.en)}
        self._seen: dict[str, int] = {}
        self.problems: list[Problem] = []

    def line(self, line: Line) -> Staged | None:
        """The person of a line, or None when something is wrong; every wrong field is named."""
        before, values = len(self.problems), line.values
        given = tuple(self._roles(values["roles"], line))
        valid_to = self._try(line, lambda: people_file.day_end(values.get("valid_to", "")))
        employment = people_file.EMPLOYMENTS.get(values.get("employment", ""))
        if employment is None or employment not in EMPLOYMENTS:
            self._say(line, Invalid("employment", "unknown_code", value=values["employment"][:40]))
        self._login(line, values["login"])
        for name in ("name", "work_phone", "grid"):
            whole = {"name": "x", "work_phone": "", "grid": "", name: values.get(name, "")}
            self._try(line, lambda whole=whole: check_person(Person(whole["name"], whole["work_phone"], 0, whole["grid"])))
        place = self._units.get(values["unit"])
        if not values["unit"]:
            self._say(line, Invalid("unit", "needs_text"))
        elif place is None:
            self._say(line, Invalid("unit", "no_such_unit", value=values["unit"][:40]))
        else:
            self._try(line, lambda: roles.check_level(given, place[1].level, self._codes.roles))
        if len(self.problems) > before or place is None or not isinstance(valid_to, datetime | None):
            return None
        return Staged(
            line.number, values["login"], values["name"], values.get("work_phone", ""), place[0].id, place[0].centre_id, given,
            values.get("grid", ""), employment or "", valid_to,
        )  # fmt: skip

    def _login(self, line: Line, login: str) -> None:
        if isinstance(self._try(line, lambda: check_login(login)), Invalid):
            return
        if login in self._taken:
            self._say(line, Invalid("login", "login_taken", value=login[:60]))
        elif login in self._seen:
            self._say(line, Invalid("login", "login_twice", value=login[:60], line=self._seen[login]))
        self._seen.setdefault(login, line.number)

    def _roles(self, text: str, line: Line) -> Iterator[str]:
        found = []
        for word in text.replace("、", " ").replace(",", " ").replace("，", " ").replace(";", " ").replace("/", " ").split():
            code = self._names.get(word)
            if code is None:
                self._say(line, Invalid("roles", "unknown_code", value=word[:40]))
            elif code in roles.GUARDED:
                self._say(line, Invalid("roles", "import_guarded", role=code))
            else:
                found.append(code)
        if not text.strip():
            self._say(line, Invalid("roles", "needs_text"))
        yield from sorted(set(found))

    def _try(self, line: Line, check: Callable[[], object]) -> object:
        try:
            return check()
        except Invalid as wrong:
            self._say(line, wrong)
            return wrong

    def _say(self, line: Line, wrong: Invalid) -> None:
        self.problems.append(Problem(line.number, wrong, line.values.get(wrong.field or "", "")[:80]))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
