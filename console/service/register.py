"""Taking cameras into the register: what a plugin reported is judged, shown, and taken in by one act of an administrator."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from console.domain.errors import ConsoleError, Refused
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.people_file import Problem, write
from console.domain.plugin import Plugin
from console.service.camera_rows import Incoming, Judge
from console.service.desk import Act, Desk
from console.service.ground import Ground
from console.store import register
from console.store.register import Source
from console.store.scope import Scope

SHOWN = 200


@dataclass(frozen=True)
class Preview:
    """What taking a report in would do: how many cameras, which of them are new or changed, what is wrong, and the first ones."""

    total: int
    fresh: int
    changed: int
    placeless: int
    problems: tuple[Problem, ...]
    first: tuple[Incoming, ...]
    digest: str


@dataclass(frozen=True)
class TakenIn:
    """How many cameras came in, how many were told anew, how many were left out for what is wrong in them."""

    fresh: int
    changed: int
    left_out: int


class Register:
    """Fills the camera register."""

    def __init__(self, desk: Desk, ground: Callable[[], Ground]) -> None:
        self.desk = desk
        self._ground = ground

    def preview(self, actor: Actor, plugin: Plugin, rows: Sequence[object]) -> Preview:
        """Judge a report and write nothing."""
        found, problems, _ = self._judge(actor, plugin, rows)
        return Preview(
            len(rows), sum(one.camera.id == 0 for one in found), sum(one.camera.id != 0 and one.is_changed for one in found),
            sum(not one.is_placed for one in found), problems, tuple(found[:SHOWN]), digest_of(rows),
        )  # fmt: skip

    def take_all(self, actor: Actor, plugin: Plugin, rows: Sequence[object]) -> TakenIn:
        """Take a list in whole. Raises Refused("list_has_mistakes") with anything wrong in it, Refused("register_changed")."""
        found, problems, stamp = self._judge(actor, plugin, rows)
        if problems:
            raise Refused("list_has_mistakes", "file", count=len(problems))
        return self._take(actor, plugin, found, stamp)

    def take_sound(self, actor: Actor, plugin: Plugin, rows: Sequence[object]) -> TakenIn:
        """Take in what is right of a report: a platform's one wrong channel does not keep the others out."""
        found, problems, stamp = self._judge(actor, plugin, rows)
        return replace(self._take(actor, plugin, found, stamp), left_out=len({one.line for one in problems}))

    def mistakes(self, problems: Sequence[Problem], say: Callable[[ConsoleError], str], heads: tuple[str, str, str, str]) -> bytes:
        """The problems as CSV: line, field, value, and what to do, in the words of the caller."""
        return write([list(heads), *([str(one.line), one.field, one.value, say(one.refusal)] for one in problems)])

    def _judge(self, actor: Actor, plugin: Plugin, rows: Sequence[object]) -> tuple[list[Incoming], tuple[Problem, ...], register.Stamp]:
        with self.desk.store.read() as unit:
            stamp = register.stamp(unit)
            known = register.known(unit, Scope(actor), plugin.name)
        judge = Judge(self.desk.book.of(plugin.centre_id), self._ground(), known, plugin)
        found = list(judge.rows(rows))
        return found, tuple(judge.problems), stamp

    def _take(self, actor: Actor, plugin: Plugin, found: Sequence[Incoming], stamp: register.Stamp) -> TakenIn:
        wanted = [one for one in found if one.is_changed or any(one.streams)]
        fresh = sum(one.camera.id == 0 for one in wanted)
        changed = sum(one.camera.id != 0 and one.is_changed for one in wanted)

        def work(act: Act) -> None:
            if register.stamp(act.unit) != stamp:
                raise Refused("register_changed", "file")
            register.write(
                act.unit, [one.camera for one in wanted], [_known_since(one.source, act) for one in wanted],
                [one.streams for one in wanted],
            )  # fmt: skip
            act.note("take_in", "camera", plugin.id, 1, {"plugin": plugin.name, "new": fresh, "changed": changed})

        if wanted:
            self.desk.run(actor, work)
        return TakenIn(fresh, changed, 0)


def _known_since(source: Source, act: Act) -> Source:
    """The source as it is kept: seen now, and known since the day it first came in, from which its filing is due."""
    since = {"registered_on": act.now.astimezone(CHINA).date().isoformat()}
    return replace(source, seen_at=act.now, attributes={**since, **source.attributes})


def digest_of(rows: Sequence[object]) -> str:
    """SHA-256 of a report, by which it is known again."""
    digest = hashlib.sha256()
    for row in rows:  # one by one: ten thousand at once would hold the screen up
        digest.update(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode() + b"\n")
    return digest.hexdigest()
