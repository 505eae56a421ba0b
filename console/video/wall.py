"""Which camera stands in which tile: layouts, the case's event tiles, the officer's choice. Rules only, no picture.

A camera stands in one tile at most. Event tiles never take a place the officer
filled by hand; hand tiles only ever change by the officer's own act.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Origin = Literal["hand", "event"]
StreamKind = Literal["sub", "main"]
Cell = tuple[int, int, int]  # column, row, and how many of both it spans


@dataclass(frozen=True)
class Layout:
    """A named way to hang tiles: an even grid, or with `cells` one large tile (the first) among small ones.

    From `column_from` on, if not 0, tiles are the event column: a case's cameras come there and nowhere else.
    """

    name: str
    count: int
    cells: tuple[Cell, ...] = ()
    column_from: int = 0

    @property
    def is_overview(self) -> bool:
        """Whether more stands here than one person can watch (ux.md W1)."""
        return self.count >= OVERVIEW_FROM


def _one_large(span: int) -> tuple[Cell, ...]:
    """A large tile at the upper left, small ones down its right side and along its foot."""
    side = tuple((span, row, 1) for row in range(span))
    return ((0, 0, span), *side, *((column, span, 1) for column in range(span + 1)))


OVERVIEW_FROM = 9
GRIDS = (1, 4, 9, 16, 25, 36, 49, 64)
COLUMN = "1+column"
LAYOUTS = {
    **{str(count): Layout(str(count), count) for count in GRIDS},
    "1+5": Layout("1+5", 6, _one_large(2)),
    "1+7": Layout("1+7", 8, _one_large(3)),
    COLUMN: Layout(COLUMN, 5, ((0, 0, 4), *((4, row, 1) for row in range(4))), column_from=1),
}
MOST = max(GRIDS)
DEFAULT = "4"
EVENT_CAMERAS = 4
GROWS_TO = (4, 9)  # what a case's cameras may make of a wall; more tiles are the officer's own wish
ASPECT = (16, 9)
# One large picture is worth the high stream; the gap between the limits keeps a slow resize from flapping.
MAIN_FROM_PX, SUB_BELOW_PX = 260, 230


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


Slots = tuple[Slot | None, ...]
Spread = Callable[[str, Sequence[int], Sequence[int]], Sequence[int]]  # layout, cameras, free tiles: a tile for each camera
NONE: Slots = (None,) * MOST


def in_order(layout: str, cameras: Sequence[int], free: Sequence[int]) -> Sequence[int]:
    """The plain spread: the first camera into the first free tile."""
    return free[: len(cameras)]


@dataclass(frozen=True)
class Wall:
    """Tiles in reading order; those past the layout's wait out of sight and come back when the wall grows."""

    layout: str = DEFAULT
    slots: Slots = NONE
    chosen: int = 0
    is_maximised: bool = False

    @property
    def count(self) -> int:
        """How many tiles the layout has."""
        return LAYOUTS[self.layout].count

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
    def large(self) -> int | None:
        """The tile that is seen so large that it is worth the high stream, or None."""
        return self.chosen if self.is_maximised else 0 if LAYOUTS[self.layout].cells or self.count == 1 else None

    @property
    def waiting(self) -> int:
        """How many cameras are open but not seen because the layout is too small."""
        return sum(slot is not None for slot in self.slots[self.count :])

    def place_of(self, camera_id: int) -> int | None:
        """The tile of a camera, or None."""
        return next((at for at, slot in enumerate(self.slots) if slot is not None and slot.camera_id == camera_id), None)

    def with_layout(self, name: str) -> "Wall":
        """Another layout. A smaller one closes the gaps first, so that as many cameras as possible stay in sight.

        Where one tile is large, the chosen camera comes into it.
        """
        shape, slots, held = LAYOUTS[name], self.slots, self.slots[self.chosen]
        if shape.count < self.count:
            kept = tuple(slot for slot in slots if slot is not None)
            slots = kept + NONE[len(kept) :]
        moved = Wall(name, slots)
        place = moved.place_of(held.camera_id) if held is not None else self.chosen
        if held is not None and place is not None and shape.cells:
            return moved._exchange(place, 0)
        return replace(moved, chosen=place if place is not None and place < shape.count else 0)

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
        place = open_at if open_at is not None and open_at < self.count else self._target()
        if open_at is not None and open_at != place:
            return replace(self._exchange(open_at, place)._put(place, Slot(camera_id, "hand")), chosen=place)
        return replace(self._put(place, Slot(camera_id, "hand")), chosen=place)

    def into(self, place: int, camera_id: int) -> "Wall":
        """The officer hangs a camera into a tile, whatever stood there; it leaves another tile if it had one."""
        before = self.place_of(camera_id)
        cleared = self._put(before, self.slots[place]) if before is not None and before != place else self
        return cleared._put(place, Slot(camera_id, "hand"))

    def swap(self, place: int, other: int) -> "Wall":
        """The officer moves a tile onto another: they change places, the moved one is chosen and is the officer's now."""
        slot = self.slots[place]
        moved = self._exchange(place, other).choose(other)
        return moved._put(other, replace(slot, origin="hand")) if slot is not None else moved

    def for_event(self, camera_ids: Sequence[int], spread: Spread = in_order) -> "Wall":
        """A case's cameras come, best first: old event tiles leave, hand tiles stay, and a small layout grows when there is no room.

        Cameras that stand in hand tiles stay there; what finds no tile is left out.
        """
        slots = [slot if slot is not None and slot.origin == "hand" else None for slot in self.slots]
        standing = {slot.camera_id for slot in slots if slot is not None}
        coming = [camera for camera in camera_ids if camera not in standing]
        grown = self._grown(sum(slot is not None for slot in slots) + len(coming))
        free = [at for at in range(grown.column_from, grown.count) if slots[at] is None]
        coming = coming[: len(free)]
        for camera, place in zip(coming, spread(grown.name, coming, free), strict=True):
            slots[place] = Slot(camera, "event")
        return Wall(grown.name, tuple(slots), self.chosen if self.chosen < grown.count else 0)

    def without(self, place: int) -> "Wall":
        """A tile becomes empty; a maximised one gives way to all tiles."""
        return replace(self._put(place, None), is_maximised=False)

    def _grown(self, needed: int) -> Layout:
        now = LAYOUTS[self.layout]
        if now.column_from or needed <= now.count:
            return now
        larger = [count for count in GROWS_TO if count > now.count]
        wanted = next((count for count in larger if count >= needed), larger[-1] if larger else 0)
        return LAYOUTS[str(wanted)] if wanted else now

    def _target(self) -> int:
        if self.slots[self.chosen] is None:
            return self.chosen
        return next((at for at in self.visible if self.slots[at] is None), self.chosen)

    def _exchange(self, one: int, other: int) -> "Wall":
        return self._put(one, self.slots[other])._put(other, self.slots[one])

    def _put(self, place: int, slot: Slot | None) -> "Wall":
        return replace(self, slots=(*self.slots[:place], slot, *self.slots[place + 1 :]))


def chosen_camera(wall: Wall) -> int | None:
    """The camera in the chosen tile; None when it is empty."""
    slot = wall.slots[wall.chosen]
    return slot.camera_id if slot is not None else None


def turned(wall: Wall, cameras: Collection[int], spread: Spread) -> Wall:
    """The event tiles of these cameras spread anew among themselves, after the area changed its shape; nothing else moves."""
    held = {at: slot for at in range(wall.count) if (slot := wall.slots[at]) is not None}
    there = {slot.camera_id: at for at, slot in held.items() if slot.origin == "event" and slot.camera_id in cameras}
    coming = [camera for camera in cameras if camera in there]
    slots, chosen = list(wall.slots), held.get(wall.chosen)
    for camera, place in zip(coming, spread(wall.layout, coming, sorted(there.values())), strict=True):
        slots[place] = Slot(camera, "event")
    made = replace(wall, slots=tuple(slots))
    return replace(made, chosen=made.place_of(chosen.camera_id)) if chosen is not None else made


def _larger(wall: Wall) -> str:
    """The layout a case's cameras may make of one that is full."""
    return wall._grown(wall.count + 1).name


def one_more(wall: Wall, camera_id: int, kept: Collection[int]) -> Wall:
    """One more camera comes for a case and is chosen: into a free tile, else over the last event tile that is not `kept`.

    Only when there is neither, a small layout grows; a wall full of what must stay is given back as it is.
    """
    before = wall.place_of(camera_id)
    if before is not None and before < wall.count:
        return replace(wall, chosen=before, is_maximised=False)
    for name in (wall.layout, _larger(wall)):
        tiles = range(LAYOUTS[name].column_from, LAYOUTS[name].count)
        free = [at for at in tiles if wall.slots[at] is None]
        spent = [at for at in tiles if (slot := wall.slots[at]) is not None and slot.origin == "event" and slot.camera_id not in kept]
        place = free[0] if free else spent[-1] if spent else None
        if place is not None:
            slots = list(wall.slots)
            if before is not None:
                slots[before] = slots[place]
            slots[place] = Slot(camera_id, "event")
            return Wall(name, tuple(slots), place)
    return wall


def arrange(name: str, size: tuple[int, int], *, band: int = 0, gap: int = 2) -> tuple[Box, ...]:
    """Where a layout's tiles stand in an area: as large as it allows, in the middle.

    A tile is a picture of 16:9 with a band of `band` pixels on top.
    """
    layout = LAYOUTS[name]
    best = max((_fit(shape, size, band, gap) for shape in _shapes(layout)), key=lambda fit: (fit[2], -fit[0]))
    columns, rows, wide = best
    high = _height(wide, band)
    left = (size[0] - columns * wide - (columns - 1) * gap) // 2
    top = (size[1] - rows * high - (rows - 1) * gap) // 2
    cells = layout.cells or tuple((at % columns, at // columns, 1) for at in range(layout.count))
    return tuple(_box(cell, (left, top, wide, high), band, gap) for cell in cells)


def _box(cell: Cell, first: tuple[int, int, int, int], band: int, gap: int) -> Box:
    """A cell's tile: of a large one the largest picture of its shape, in the middle of what it spans."""
    (column, row, span), (left, top, wide, high) = cell, first
    room, depth = span * wide + (span - 1) * gap, span * high + (span - 1) * gap
    fitted = _whole(min(room, (depth - band) * ASPECT[0] // ASPECT[1]))
    x, y = left + column * (wide + gap), top + row * (high + gap)
    return Box(x + (room - fitted) // 2, y + (depth - _height(fitted, band)) // 2, fitted, _height(fitted, band))


def _shapes(layout: Layout) -> list[tuple[int, int]]:
    """Columns and rows a layout may take; the area's shape decides. Of a grid at most an eighth of the places stays empty."""
    if layout.cells:
        return [(max(column + span for column, _, span in layout.cells), max(row + span for _, row, span in layout.cells))]
    grids = [(columns, -(-layout.count // columns)) for columns in range(1, layout.count + 1)]
    return [(columns, rows) for columns, rows in grids if columns * rows - layout.count <= max(1, layout.count // 8)]


def _fit(shape: tuple[int, int], size: tuple[int, int], band: int, gap: int) -> tuple[int, int, int]:
    columns, rows = shape
    by_width = (size[0] - (columns - 1) * gap) // columns
    by_height = ((size[1] - (rows - 1) * gap) // rows - band) * ASPECT[0] // ASPECT[1]
    return columns, rows, _whole(min(by_width, by_height))


def _whole(width: int) -> int:
    # Sixteenths make the height whole too: the worker's picture fits to the pixel and is copied, never stretched.
    return max(1, width // ASPECT[0]) * ASPECT[0]


def _height(width: int, band: int) -> int:
    return width * ASPECT[1] // ASPECT[0] + band


def stream_for(height_px: int, *, is_large: bool, now: StreamKind) -> StreamKind:
    """Which of a camera's streams a tile wants: the high one only where one picture is so large that it is worth it."""
    if not is_large or height_px < SUB_BELOW_PX:
        return "sub"
    return "main" if height_px >= MAIN_FROM_PX else now
