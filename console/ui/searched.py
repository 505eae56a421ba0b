"""Where Enter leads from the search: a case into the hand, a place onto the map, a camera into its tile, a command to its act."""

from collections.abc import Callable

from console.domain.camera import Camera
from console.domain.search import CaseHit, PersonHit, PlaceHit
from console.domain.spot_text import SpotHit
from console.ui.base.keys import shown
from console.ui.base.reaching import call_note
from console.ui.found import Deed, Item
from console.ui.seat import Seat
from console.ui.shell import Shell
from console.ui.typed import verb_words

# Where a panel stands when the screen that is open has no room for it.
HOME = "Duty"


def deeds(shell: Shell) -> tuple[Deed, ...]:
    """The commands of this seat now: every key that does something, and the typed verbs, which go on in the command line."""
    acts = tuple(
        Deed(name, action.text().replace("&&", "&"), shown(name), action.trigger)
        for name, action in shell.actions_by_name.items() if name != "search" and action.isEnabled()
    )  # fmt: skip
    verbs = tuple(Deed(word.action, word.label, word.spellings[0], _begin(shell, word.spellings[0])) for word in verb_words())
    known = {deed.label for deed in acts}
    return (*acts, *(verb for verb in verbs if verb.label not in known))


def go_to_found(item: Item, seat: Seat, shell: Shell, reveal: Callable[[int], None]) -> None:
    """Go where a chosen line leads."""
    thing = item.thing
    if isinstance(thing, CaseHit):
        _bring(shell, "case")
        seat.take(thing.id)
        reveal(thing.id)
    elif isinstance(thing, PlaceHit):
        _bring(shell, "map")
        seat.placed.emit(thing.code)
    elif isinstance(thing, SpotHit):
        _bring(shell, "map")
        seat.spotted.emit(thing.spot)
    elif isinstance(thing, Camera):
        _bring(shell, "wall")
        seat.called.emit(thing)
    elif isinstance(thing, PersonHit):
        seat.said.emit(call_note(thing))
    else:
        thing.run()


def _begin(shell: Shell, spelling: str) -> Callable[[], None]:
    def begin() -> None:
        shell.command.take_focus()
        shell.command.line.setText(f"{spelling} ")

    return begin


def _bring(shell: Shell, name: str) -> None:
    """Open the screen where a panel stands, unless it stands on the one that is open."""
    if not shell.shows(name):
        shell.open(HOME)
