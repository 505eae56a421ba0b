"""Looking closer into one tile: the wheel, a drag and keys move the part that is seen. Knows tiles by their boxes only."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Signal, Slot

from console.video.zoom import Zoom

PAN = 0.2  # of the tile, for one press of an arrow


class Lens(QObject):
    """Holds the one zoom of a wall; `camera_at` and `picture_at` say what a tile shows and where its picture stands."""

    changed = Signal()

    def __init__(
        self, parent: QObject, camera_at: Callable[[int], int | None], picture_at: Callable[[int], QRect | None],
    ) -> None:
        """Nothing is looked into closely."""
        super().__init__(parent)
        self._camera_at, self._picture_at = camera_at, picture_at
        self.zoom: Zoom | None = None

    def of(self, place: int) -> Zoom | None:
        """The zoom of a tile, or None."""
        return self.zoom if self.zoom is not None and self._camera_at(place) == self.zoom.camera_id else None

    def turn(self, place: int, steps: float, spot: QPoint | None = None) -> None:
        """Look closer into a tile, or less closely; the point under the pointer stays where it is."""
        camera, inside = self._camera_at(place), self._picture_at(place)
        if camera is None or inside is None:
            return
        at = (0.5, 0.5)
        if spot is not None:
            at = ((spot.x() - inside.x()) / inside.width(), max(0.0, (spot.y() - inside.y()) / inside.height()))
        closer = (self.of(place) or Zoom(camera)).closer(steps, at)
        self._put(None if closer.is_whole else closer)

    @Slot(int, QPoint)
    def pull(self, place: int, way: QPoint) -> None:
        """Move the part under the pointer with it."""
        inside = self._picture_at(place)
        if self.zoom is not None and inside is not None:
            self._put(self.zoom.moved(-way.x() / inside.width(), -way.y() / inside.height()))

    def pan(self, dx: int, dy: int) -> None:
        """Move the part by keys."""
        if self.zoom is not None:
            self._put(self.zoom.moved(PAN * dx, PAN * dy))

    def end(self) -> None:
        """See the whole picture again."""
        self._put(None)

    def _put(self, zoom: Zoom | None) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self.changed.emit()
