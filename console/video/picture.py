"""What a decoded picture tells: the size to show it at, whether it stands still, whether it is dark."""

import zlib
from dataclasses import dataclass

# A covered lens or a camera without light: 16 is black in video range, 24 leaves room for noise.
DARK_BELOW = 24
FLAT_WITHIN = 8
_DARK = bytes(range(DARK_BELOW))
_MAX_SIDE = 4096
_SAMPLES = 2048


def fitted(source: tuple[int, int], shown: tuple[int, int], *, pixel_aspect: float = 1.0) -> tuple[int, int]:
    """The size with the source's shape that fills the tile; even, so at most a pixel over it, and at least 2 by 2."""
    width, height = source[0] * (pixel_aspect or 1.0), source[1]
    scale = min(min(shown[0], _MAX_SIDE) / width, min(shown[1], _MAX_SIDE) / height)
    return _even(width * scale), _even(height * scale)


def _even(length: float) -> int:
    return max(2, int(length + 0.5) + 1 & ~1)


@dataclass
class PictureWatch:
    """Looks at one picture a second; times are monotonic seconds, None when it is not so."""

    same_since: float | None = None
    dark_since: float | None = None
    _seen: tuple[int, int] = (0, 0)
    _looked_at: float = float("-inf")

    def look(self, picture: memoryview, now: float) -> None:
        """Judge a BGRA picture by a sample of its green bytes; at most once a second."""
        if now - self._looked_at < 1.0:
            return
        self._looked_at = now
        # An odd step walks through all columns instead of down one.
        step = 4 * (max(1, len(picture) // (4 * _SAMPLES)) | 1)
        sample = bytes(picture[1::step])
        seen = (len(picture), zlib.crc32(sample))
        if seen != self._seen:
            self._seen, self.same_since = seen, None
        elif self.same_since is None:
            self.same_since = now
        if not _is_dark(sample):
            self.dark_since = None
        elif self.dark_since is None:
            self.dark_since = now


def _is_dark(sample: bytes) -> bool:
    """Whether a sample is dark and flat, by percentiles: the camera's own burnt-in clock stays bright before a covered lens."""
    high_at = len(sample) * 9 // 10
    if len(sample.translate(None, _DARK)) >= len(sample) - high_at:
        return False  # most pictures are bright, and sorting costs forty times as much as counting
    levels = sorted(sample)
    return levels[high_at] - levels[len(sample) // 20] < FLAT_WITHIN
