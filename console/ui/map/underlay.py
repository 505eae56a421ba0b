"""The pictures of a base map under the outlines: what has come is shown at once, what has not is stood in for.

Where a picture has not come yet, a part of a coarser one or the finer ones stand there, else the schematic
ground below shows. No thread but the screen's touches anything here: what the link's thread hears waits in a
queue that is looked into while pictures are awaited.
"""

import json
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap

from console.domain.basemap import LEAST_LEVEL, Basemap, Tile, box_of, tiles_in
from console.domain.errors import ConsoleError, Invalid, Unavailable
from console.tiles.link import Frame, Heard, Link
from console.tiles.process import FAILED, NONE, NOTE, PART
from console.ui.map.view import Box, View

SIDE = 256
MOST = 400  # pictures held, of a quarter of a megabyte each
LOOK_MS, AT_ONCE = 15, 24
AGAIN_MS = 3_000
COARSER = 5
OVERSCAN = 0.25

_box = lru_cache(16_384)(box_of)


class Underlay(QObject):
    """Holds the pictures of one base map and asks for those a view wants."""

    changed = Signal()  # a picture came
    emptied = Signal()  # nothing is awaited any more
    noted = Signal(object)  # a ConsoleError: pictures cannot be had; None: they can again

    def __init__(self, make_link: Callable[[Heard], Link], parent: QObject | None = None) -> None:
        """Show nothing yet; the process of `make_link` begins with the first base map."""
        super().__init__(parent)
        self.basemap: Basemap | None = None
        self._make_link = make_link
        self._link: Link | None = None
        self._heard: deque[Frame] = deque()
        self._held: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._parts: set[Tile] = set()  # of those, a layer is missing
        self._empty: set[Tile] = set()
        self._failed: set[Tile] = set()
        self._asked: set[Tile] = set()
        self._number = 0
        self._view: View | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._ask_again)

    @property
    def awaited(self) -> int:
        """How many pictures have been asked for and have not come."""
        return len(self._asked)

    def show(self, basemap: Basemap | None, key: str = "", *, is_night: bool = False) -> None:
        """Show another base map, or none."""
        self.basemap = basemap
        self._number += 1
        for known in (self._held, self._parts, self._empty, self._failed, self._asked):
            known.clear()
        self._again.stop()
        if basemap is None:
            self._look.stop()
        else:
            if self._link is None:
                self._link = self._make_link(self._heard.append)
                # The link's own method: of a Qt object that goes, nothing of ours may be asked any more.
                self.destroyed.connect(self._link.leave)
            self._link.open(self._number, basemap, key, is_night=is_night)
            self._look.start()
            if self._view is not None:
                self.want(self._view)
        self.changed.emit()

    def stop(self) -> None:
        """Ask for nothing more, and let the process end."""
        self._look.stop()
        self._again.stop()
        if self._link is not None:
            self._link.leave()
            self._link = None

    def want(self, view: View) -> None:
        """Ask for what a view lacks: its own pictures from the middle outwards, then coarser ones, then a rim round it."""
        self._view = view
        if self.basemap is None or self._link is None:
            return
        level = self._level(view)
        if level is None:
            return
        own = self._tiles(view.box, level)
        coarse = self._tiles(view.box, level - 2) if level - 2 >= max(LEAST_LEVEL, self.basemap.least) else ()
        rim = self._tiles(_wider(view.box), level)
        known = self._failed | self._empty | (self._held.keys() - self._parts)
        wanted = [tile for tile in dict.fromkeys((*own, *coarse, *rim)) if tile not in known]
        if self._asked != set(wanted):
            self._asked = set(wanted)
            self._link.want(wanted)
            self._look.start()

    def paint(self, painter: QPainter, view: View, *, is_smooth: bool) -> None:
        """Paint what is there of a view."""
        level = self._level(view) if self.basemap is not None else None
        if level is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        for tile in self._tiles(view.box, level):
            if tile in self._held:
                self._held.move_to_end(tile)
                painter.drawPixmap(self._place(view, tile), self._held[tile], QRect(0, 0, SIDE, SIDE))
            else:
                self._paint_coarser(painter, view, tile)
                self._paint_finer(painter, view, tile)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def covers(self, view: View) -> bool:
        """Whether every picture of a view is there."""
        level = self._level(view) if self.basemap is not None else None
        return level is not None and all(tile in self._held for tile in self._tiles(view.box, level))

    @Slot()
    def look(self) -> None:
        """Take in what was heard, not more than a frame has time for."""
        has_come = False
        for _ in range(min(AT_ONCE, len(self._heard))):
            what, tile, number, content = self._heard.popleft()
            if number == self._number:
                has_come = self._take(what, tile, content) or has_come
        if has_come:
            self.changed.emit()
        if not self._asked and not self._heard:
            self._look.stop()
            self.emptied.emit()

    def _take(self, what: int, tile: Tile, content: bytes) -> bool:
        if what == NOTE:
            self.noted.emit(_fault(content))
            return False
        self._asked.discard(tile)
        if what == NONE:
            self._empty.add(tile)
            return False
        if what in (FAILED, PART):
            self._failed.add(tile)
            if not self._again.isActive():
                self._again.start()
        if what == FAILED:
            return False
        self._held[tile] = QPixmap.fromImage(QImage(content, SIDE, SIDE, SIDE * 4, QImage.Format.Format_RGB32))
        self._held.move_to_end(tile)
        (self._parts.add if what == PART else self._parts.discard)(tile)
        while len(self._held) > MOST:
            gone, _ = self._held.popitem(last=False)
            self._parts.discard(gone)
        return True

    @Slot()
    def _ask_again(self) -> None:
        self._failed.clear()
        if self._view is not None:
            self.want(self._view)

    def _level(self, view: View) -> int | None:
        """The level whose pictures stand nearest to their own size; none where the map has none so coarse."""
        assert self.basemap is not None
        level = min(self.basemap.most, round(view.zoom))
        return level if level >= self.basemap.least else None

    def _tiles(self, box: Box, level: int) -> tuple[Tile, ...]:
        assert self.basemap is not None
        return tiles_in(box, level, self.basemap.matrix, self.basemap.datum)

    def _place(self, view: View, tile: Tile) -> QRect:
        """The pixels of a picture; edges fall on whole ones, so that neighbours meet without a seam."""
        assert self.basemap is not None
        west, north, east, south = _box(tile, self.basemap.matrix, self.basemap.datum)
        (left, top), (right, bottom) = view.to_pixel(west, north), view.to_pixel(east, south)
        return QRect(round(left), round(top), round(right) - round(left), round(bottom) - round(top))

    def _paint_coarser(self, painter: QPainter, view: View, tile: Tile) -> None:
        level, column, row = tile
        for up in range(1, min(COARSER, level) + 1):
            found = self._held.get((level - up, column >> up, row >> up))
            if found is not None:
                side = SIDE / 2**up
                part = QRect(round((column % 2**up) * side), round((row % 2**up) * side), max(1, round(side)), max(1, round(side)))
                painter.drawPixmap(self._place(view, tile), found, part)
                return

    def _paint_finer(self, painter: QPainter, view: View, tile: Tile) -> None:
        level, column, row = tile
        for across in (0, 1):
            for down in (0, 1):
                finer = (level + 1, 2 * column + across, 2 * row + down)
                if finer in self._held:
                    painter.drawPixmap(self._place(view, finer), self._held[finer], QRect(0, 0, SIDE, SIDE))


def _wider(box: Box) -> Box:
    west, north, east, south = box
    across, down = (east - west) * OVERSCAN, (south - north) * OVERSCAN
    return west - across, north - down, east + across, south + down


def _fault(content: bytes) -> ConsoleError | None:
    said = json.loads(content)
    if not said:
        return None
    if said["field"]:
        return Invalid(said["field"], said["code"], **said["facts"])
    return Unavailable(said["code"], **said["facts"])
