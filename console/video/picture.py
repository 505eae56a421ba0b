"""What a decoded picture tells: the size to show it at, whether it stands still, whether it is dark or shows nothing."""

import zlib
from dataclasses import dataclass

# A covered lens or a camera without light: 16 is black in video range, 24 leaves room for noise.
DARK_BELOW = 24
FLAT_WITHIN = 8
_MAX_SIDE = 4096
_SAMPLES, _FEW = 2048, 64


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
    flat_since: float | None = None
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
        low, high = _range(sample[:: max(1, len(sample) // _FEW)])
        if high - low < 2 * FLAT_WITHIN:  # a few bytes rule most pictures out, sorting them all costs forty times as much
            low, high = _range(sample)
        is_flat = high - low < FLAT_WITHIN
        self.flat_since = _since(self.flat_since, now, holds=is_flat and high >= DARK_BELOW)
        self.dark_since = _since(self.dark_since, now, holds=is_flat and high < DARK_BELOW)


def _since(before: float | None, now: float, *, holds: bool) -> float | None:
    return (now if before is None else before) if holds else None


def _range(sample: bytes) -> tuple[int, int]:
    """The darkest and brightest level but for a few: the camera's own burnt-in clock stays bright before a covered lens."""
    levels = sorted(sample)
    return levels[len(levels) // 20], levels[len(levels) * 9 // 10]
