"""Where the map stood and which cameras hung on the wall, written down per officer for the next start and the next window.

Which cameras, not why: a reason to look belongs to the one who looks now, and is asked for again.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSettings, QTimer

from console.video.wall import LAYOUTS, MOST, Slot, Wall

WRITE_AFTER_MS = 1000
SCREENS_MAX = 8
SIDE_MAX = 8192
Place = tuple[float, float, float]  # x and y in the world square, zoom


class Memory(QObject):
    """Reads and writes one officer's places in the settings file of the seat."""

    def __init__(self, settings: QSettings, login: str, parent: QObject | None = None) -> None:
        """Remember for an officer; nothing is read before it is asked for."""
        super().__init__(parent)
        self._settings = settings
        self._root = f"places/{login.replace('/', '_')}"
        self._soon = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._soon.timeout.connect(self.write)
        self._pending: dict[str, str] = {}

    def map_place(self) -> Place | None:
        """Where the map stood; None when that was never written or cannot be read."""
        parts = self._value("map").split()
        try:
            x, y, zoom = (float(part) for part in parts)
        except ValueError:
            return None
        return (x, y, zoom) if 0 <= x <= 1 and 0 <= y <= 1 and 0 <= zoom <= 30 else None

    def keep_map(self, place: Place) -> None:
        """Note where the map stands."""
        self._keep("map", " ".join(f"{value:.9f}" for value in place))

    def map_layers(self) -> str:
        """Which layers the map showed, in the map's own words; empty when that was never written."""
        return self._value("map_layers")

    def keep_map_layers(self, words: str) -> None:
        """Note which layers the map shows."""
        self._keep("map_layers", words)

    def map_views(self) -> str:
        """The views of the map kept under a name, in the map's own words."""
        return self._value("map_views")

    def keep_map_views(self, words: str) -> None:
        """Note the kept views."""
        self._keep("map_views", words)

    def size(self, window: str) -> tuple[int, int] | None:
        """How large a window was when it was closed, in pixels; None when that was never written or cannot be read."""
        parts = self._value(f"size_{window}").split()
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
            return None
        wide, high = (min(int(part), SIDE_MAX) for part in parts)
        return (wide, high) if wide and high else None

    def keep_size(self, window: str, size: tuple[int, int]) -> None:
        """Note how large a window is."""
        self._keep(f"size_{window}", f"{size[0]} {size[1]}")

    def wall(self) -> Wall:
        """The tiles as they hung; empty when never written or unreadable. What is there counts as the officer's own."""
        return _wall_of(self._value("wall"))

    def keep_wall(self, wall: Wall) -> None:
        """Note which camera hangs where."""
        self._keep("wall", _words_of(wall))

    def screens(self) -> dict[int, Wall]:
        """The walls that hung on other screens, by the screen's number."""
        found = (part.partition("=") for part in self._value("screens").split(";")[:SCREENS_MAX])
        walls = {int(number): _wall_of(words) for number, _, words in found if number.isascii() and number.isdigit()}
        return {number: wall for number, wall in walls.items() if wall.cameras}

    def keep_screens(self, walls: Mapping[int, Wall]) -> None:
        """Note what hangs on other screens."""
        self._keep("screens", ";".join(f"{number}={_words_of(wall)}" for number, wall in sorted(walls.items())))

    def write(self) -> None:
        """Write what waits, at once."""
        self._soon.stop()
        for name, value in self._pending.items():
            self._settings.setValue(f"{self._root}/{name}", value)
        if self._pending:
            self._pending = {}
            self._settings.sync()

    def _keep(self, name: str, value: str) -> None:
        self._pending[name] = value
        self._soon.start()

    def _value(self, name: str) -> str:
        return self._pending[name] if name in self._pending else str(self._settings.value(f"{self._root}/{name}", ""))


def _wall_of(text: str) -> Wall:
    head, _, rest = text.partition(":")
    slots: list[Slot | None] = []
    for word in rest.split()[:MOST]:
        number = int(word) if word.isascii() and word.isdigit() else 0
        slots.append(Slot(number, "hand") if number and all(slot is None or slot.camera_id != number for slot in slots) else None)
    slots += [None] * (MOST - len(slots))
    return Wall(head, tuple(slots)) if head in LAYOUTS else Wall()


def _words_of(wall: Wall) -> str:
    last = max((at for at, slot in enumerate(wall.slots) if slot is not None), default=-1)
    numbers = " ".join(str(slot.camera_id) if slot is not None else "0" for slot in wall.slots[: last + 1])
    return f"{wall.layout}:{numbers}"
