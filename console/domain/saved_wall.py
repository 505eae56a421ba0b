"""Walls that are kept: what hangs in which tile, whose they are, and tours that lead from one to the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import quote, unquote

from console.domain.errors import Invalid
from console.domain.people import Actor
from console.domain.ptz import PRESET_MAX

Audience = Literal["self", "centre", "shift"]
NAME_MAX, TILES_MAX, STEPS_MAX = 40, 64, 20
DWELL_MIN, DWELL_MAX, DWELL = 3, 600, 15  # seconds a step of a carousel or a tour may stay, and stays as a rule
HANDED_FOR = timedelta(hours=8)  # a shift (CT-27): an older wall is no news to whoever sits down


@dataclass(frozen=True)
class Step:
    """A camera in a carousel, or a wall in a tour, and how long it stays; 0 for one that stays.

    A camera that turns may be sent to a `preset` when its turn comes.
    """

    ref: int
    dwell_s: int = 0
    preset: str = ""


Steps = tuple[Step, ...]


@dataclass(frozen=True)
class SavedWall:
    """A wall as it is kept. `hung` is one word a tile, as `write_tiles` spells it.

    `audience` is the owner alone, the centre, or the next shift at the same
    `seat`; one that is `locked` only its owner changes.
    """

    id: int
    centre_id: int
    owner_id: int
    owner_name: str
    name: str
    audience: Audience
    seat: str
    locked: bool
    layout: str
    hung: str
    at: datetime
    taken_by: int | None = None
    version: int = 1

    @property
    def tiles(self) -> tuple[Steps, ...]:
        """What hangs in each tile: nothing, one camera, or a carousel."""
        return read_tiles(self.hung)

    @property
    def cameras(self) -> frozenset[int]:
        """Every camera that hangs here."""
        return frozenset(step.ref for steps in self.tiles for step in steps)

    def may_change(self, actor: Actor) -> bool:
        """Whether somebody may write another wall over this one."""
        return actor.user_id == self.owner_id or (self.audience == "centre" and not self.locked and actor.centre_id == self.centre_id)


@dataclass(frozen=True)
class WallTour:
    """Walls one after the other; `steps` is one word a wall."""

    id: int
    centre_id: int
    owner_id: int
    name: str
    steps: str
    version: int = 1

    @property
    def walls(self) -> Steps:
        """The walls, and how long each stays."""
        return read_steps(self.steps.replace(" ", ","))


def write_tiles(tiles: tuple[Steps, ...]) -> str:
    """Tiles as words: 0 for an empty one, a camera's id, or a carousel as id:seconds@preset joined by commas."""
    return " ".join(write_steps(steps) or "0" for steps in tiles)


def write_steps(steps: Steps) -> str:
    """Steps as one word."""
    return ",".join(_word(step) for step in steps)


def _word(step: Step) -> str:
    seconds = f":{step.dwell_s}" if step.dwell_s else ""
    return f"{step.ref}{seconds}" + (f"@{quote(step.preset, safe='')}" if step.preset else "")


def read_tiles(text: str) -> tuple[Steps, ...]:
    """The tiles some words mean; what cannot be read is an empty tile, and a camera hangs once."""
    tiles: list[Steps] = []
    known: set[int] = set()
    for word in text.split()[:TILES_MAX]:
        steps = tuple(step for step in read_steps(word) if step.ref not in known)
        known |= {step.ref for step in steps}
        tiles.append(steps)
    return tuple(tiles)


def read_steps(word: str) -> Steps:
    """The steps of a word; empty for 0 and for what is none."""
    steps = []
    for part in word.split(",")[:STEPS_MAX]:
        stay, _, preset = part.partition("@")
        ref, _, dwell = stay.partition(":")
        if ref.isascii() and ref.isdigit() and int(ref):
            steps.append(Step(int(ref), int(dwell) if dwell.isascii() and dwell.isdigit() else 0, unquote(preset)[:PRESET_MAX]))
    return tuple(steps)


def check_dwell(steps: Steps) -> None:
    """Whether the steps of a carousel or a tour stay as long as they may. Raises Invalid."""
    if len(steps) > STEPS_MAX:
        raise Invalid("steps", "too_many", count=len(steps), most=STEPS_MAX)
    for step in steps:
        if not DWELL_MIN <= step.dwell_s <= DWELL_MAX:
            raise Invalid("dwell", "dwell_seconds", least=DWELL_MIN, most=DWELL_MAX)
