"""The newest picture of each camera of a wall, wrapped for painting where it lies; to ask for a newer one costs next to nothing."""

from collections.abc import Collection

from PySide6.QtGui import QImage

from console.ui.wall.looks import Looks
from console.video.frames import Frame


class Pictures:
    """What a wall paints of its cameras."""

    def __init__(self, looks: Looks) -> None:
        """Make it over the open looks; nothing was taken yet."""
        self._looks = looks
        # The frame beside its image: the image lies in the frame's memory and must not outlive it.
        self._kept: dict[int, tuple[Frame, QImage]] = {}

    def __contains__(self, camera_id: int) -> bool:
        """Whether anything was ever taken of a camera."""
        return camera_id in self._kept

    def image(self, camera_id: int) -> QImage | None:
        """The picture taken last; good until `take` is asked for this camera again."""
        kept = self._kept.get(camera_id)
        return kept[1] if kept is not None else None

    def taken(self, camera_id: int) -> Frame | None:
        """The frame taken last."""
        kept = self._kept.get(camera_id)
        return kept[0] if kept is not None else None

    def has_news(self, camera_id: int) -> bool:
        """Whether there is another picture than the one taken last."""
        kept = self._kept.get(camera_id)
        return self._looks.sequence(camera_id) != (kept[0].sequence if kept is not None else 0)

    def take(self, camera_id: int, ratio: float) -> tuple[Frame | None, bool]:
        """The newest frame, for a screen of `ratio` pixels a point, and whether it was not there before."""
        look = self._looks.get(camera_id)
        frame = self._looks.frame(look) if look is not None else None
        if frame is None:
            return None, False
        kept = self._kept.get(camera_id)
        if kept is not None and kept[0] is frame:
            return frame, False
        image = QImage(frame.data, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32)
        if ratio != 1.0:
            image.setDevicePixelRatio(ratio)
        self._kept[camera_id] = (frame, image)
        return frame, True

    def keep(self, cameras: Collection[int]) -> None:
        """Forget what was taken of any other camera."""
        self._kept = {camera: kept for camera, kept in self._kept.items() if camera in cameras}
