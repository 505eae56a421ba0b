"""Which camera stands in which tile: layouts, the case's event tiles, the officer's choice. Rules only, no picture.

A camera stands in one tile at most. Event tiles never take a place the officer
filled by hand; hand tiles only ever change by the officer's own act.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Origin = Literal["hand", "event"]
StreamKind = Literal["sub", "main"]

COUNTS = (1, 4, 9)
DEFAULT_COUNT = 4
EVENT_CAMERAS = 4
ASPECT = (16, 9)
# One large picture is worth the high stream; the gap between the limits keeps a slow resize from flapping.
MAIN_FROM_PX, SUB_BELOW_PX = 260, 230

# Columns and rows a count may take; the panel's shape decides which shows the larger pictures.
_SHAPES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((1, 1),),
    4: ((2, 2), (4, 1), (1, 4)),
    9: ((3, 3), (5, 2), (2, 5), (9, 1), (1, 9)),
}


@dataclass(frozen=True)
class Slot:
    """A camera in a tile, and whose act put it there."""

    camera_id: int
    origin: Origin


@dataclass(frozen=True)
class Box:
    """A rectangle in whole pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Wall:
    """Tiles in reading order; those past `count` wait out of sight and come back when the wall grows."""

    count: int = DEFAULT_COUNT
    slots: tuple[Slot | None, ...] = (None,) * COUNTS[-1]
    chosen: int = 0
    is_maximised: bool = False

    @property
    def visible(self) -> tuple[int, ...]:
        """The tiles that are seen now."""
        return (self.chosen,) if self.is_maximised else tuple(range(self.count))

    @property
    def cameras(self) -> frozenset[int]:
        """Every camera that is open, seen or waiting."""
        return frozenset(slot.camera_id for slot in self.slots if slot is not None)

    @property
    def seen(self) -> frozenset[int]:
        """The cameras that are seen now."""
        return frozenset(slot.camera_id for at in self.visible if (slot := self.slots[at]) is not None)

    @property
    def waiting(self) -> int:
        """How many cameras are open but not seen because the layout is too small."""
        return sum(slot is not None for slot in self.slots[self.count :])

    def place_of(self, camera_id: int) -> int | None:
        """The tile of a camera, or None."""
        return next((at for at, slot in enumerate(self.slots) if slot is not None and slot.camera_id == camera_id), None)

    def with_count(self, count: int) -> "Wall":
        """Another layout. A smaller one closes the gaps first, so that as many cameras as possible stay in sight."""
        slots = self.slots
        if count < self.count:
            kept = [slot for slot in slots if slot is not None]
            slots = (*kept, *(None,) * (len(slots) - len(kept)))
        moved = Wall(count, slots, 0)
        held = self.slots[self.chosen]
        place = moved.place_of(held.camera_id) if held is not None else self.chosen
        return replace(moved, chosen=place if place is not None and place < count else 0)

    def choose(self, place: int) -> "Wall":
        """Choose a tile; one that is not seen changes nothing."""
        return replace(self, chosen=place) if 0 <= place < self.count else self

    def toggle_maximised(self) -> "Wall":
        """Let the chosen tile fill the wall, or all tiles come back."""
        return replace(self, is_maximised=not self.is_maximised)

    def by_hand(self, camera_id: int) -> "Wall":
        """The officer calls a camera: into the chosen tile if it is empty, else into the first empty one, else over the chosen.

        A camera that is open already is chosen and from now on counts as the officer's.
        """
        open_at = self.place_of(camera_id)
        if open_at is not None and open_at >= self.count:
            free = self._target()
            slots = list(self.slots)
            slots[free], slots[open_at] = Slot(camera_id, "hand"), slots[free]
            return replace(self, slots=tuple(slots), chosen=free)
        place = open_at if open_at is not None else self._target()
        return replace(self._put(place, Slot(camera_id, "hand")), chosen=place)

    def into_chosen(self, camera_id: int) -> "Wall":
        """A camera called by its number stands in the chosen tile, whatever stood there; it leaves another tile if it had one."""
        before = self.place_of(camera_id)
        cleared = self._put(before, self.slots[self.chosen]) if before is not None and before != self.chosen else self
        return cleared._put(self.chosen, Slot(camera_id, "hand"))

    def for_event(self, camera_ids: Sequence[int]) -> "Wall":
        """A case's cameras come: old event tiles leave, hand tiles stay, and the layout grows when there is no room.

        Cameras that stand in hand tiles stay there; what finds no tile even in the largest layout is left out.
        """
        slots = [slot if slot is None or slot.origin == "hand" or slot.camera_id in camera_ids else None for slot in self.slots]
        standing = {slot.camera_id for slot in slots if slot is not None}
        coming = [camera for camera in camera_ids if camera not in standing]
        needed = sum(slot is not None for slot in slots) + len(coming)
        count = next((count for count in COUNTS if count >= max(needed, self.count)), COUNTS[-1])
        for camera in coming:
            free = next((at for at in range(count) if slots[at] is None), None)
            if free is None:
                break
            slots[free] = Slot(camera, "event")
        return Wall(count, tuple(slots), self.chosen if self.chosen < count else 0)

    def without(self, place: int) -> "Wall":
        """A tile becomes empty; a maximised one gives way to all tiles."""
        return replace(self._put(place, None), is_maximised=False)

    def _target(self) -> int:
        if self.slots[self.chosen] is None:
            return self.chosen
        return next((at for at in self.visible if self.slots[at] is None), self.chosen)

    def _put(self, place: int, slot: Slot | None) -> "Wall":
        return replace(self, slots=(*self.slots[:place], slot, *self.slots[place + 1 :]))


def arrange(count: int, size: tuple[int, int], *, band: int = 0, gap: int = 2) -> tuple[Box, ...]:
    """Where the tiles stand in an area: as large as it allows, all alike, in the middle.

    A tile is a picture of 16:9 with a band of `band` pixels on top.
    """
    best = max((_fit(shape, size, band, gap) for shape in _SHAPES[count]), key=lambda fit: (fit[2], -fit[0]))
    columns, rows, wide = best
    high = wide * ASPECT[1] // ASPECT[0] + band
    left = (size[0] - columns * wide - (columns - 1) * gap) // 2
    top = (size[1] - rows * high - (rows - 1) * gap) // 2
    places = [(at % columns, at // columns) for at in range(count)]
    return tuple(Box(left + x * (wide + gap), top + y * (high + gap), wide, high) for x, y in places)


def _fit(shape: tuple[int, int], size: tuple[int, int], band: int, gap: int) -> tuple[int, int, int]:
    columns, rows = shape
    by_width = (size[0] - (columns - 1) * gap) // columns
    by_height = ((size[1] - (rows - 1) * gap) // rows - band) * ASPECT[0] // ASPECT[1]
    # Sixteenths make the height whole too: the worker's picture fits to the pixel and is copied, never stretched.
    return columns, rows, max(1, min(by_width, by_height) // ASPECT[0]) * ASPECT[0]


def stream_for(height_px: int, *, seen: int, now: StreamKind) -> StreamKind:
    """Which of a camera's streams a tile wants: the high one only where a single picture is large enough for it."""
    if seen > 1 or height_px < SUB_BELOW_PX:
        return "sub"
    return "main" if height_px >= MAIN_FROM_PX else now
