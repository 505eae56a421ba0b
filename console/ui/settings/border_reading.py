"""What the pages of boundaries read and reckon away from the screen's thread: the ground, changed outlines, their check."""

from dataclasses import dataclass

from console.domain.boundary import Checked, Columns, guess_columns
from console.domain.boundary_change import BoundaryRow
from console.domain.people import Actor
from console.service.boundaries import Boundaries, Survey
from console.ui.map.ground import Ground, survey
from console.ui.seat import Seat
from console.ui.settings.border_map import Borders, borders
from console.ui.settings.border_words import Line, lines_of


@dataclass(frozen=True)
class Answer:
    """A check, with its findings as they are said and its changes as they are drawn."""

    survey: Survey
    lines: tuple[Line, ...]
    borders: Borders


@dataclass(frozen=True)
class Listed:
    """Changes as they were read, and what was asked for."""

    only: str
    rows: tuple[BoundaryRow, ...]


def read_ground(seat: Seat) -> Ground:
    """The ground as the seat's officer sees it, to draw changes over."""
    atlas = seat.services.ask.atlas(seat.actor)
    own = next((centre.division for centre in atlas.centres if centre.id == seat.actor.centre_id), "")
    return survey(atlas, (), own)


def answered(found: Survey) -> Answer:
    """A check with its findings as they are said and its changes as they are drawn."""
    return Answer(found, lines_of(found.checked.findings), borders(found.checked.changes, found.checked.kept_back))


def read_borders(boundaries: Boundaries, actor: Actor, change_id: int) -> Borders:
    """The outlines of a change as they are drawn."""
    return borders(boundaries.areas(actor, change_id))


def columns_for(checked: Checked, code: str, name: str, parent: str) -> dict[str, Columns]:
    """What each checked file's columns hold: the ones named by hand where the file has them, else the guessed ones."""
    found = {}
    for file, columns in checked.columns.items():
        guess = guess_columns(columns)
        chosen = (word if word in columns else "" for word in (code, name, parent))
        found[file] = Columns(*(word or kept for word, kept in zip(chosen, (guess.code, guess.name, guess.parent), strict=True)))
    return found
