"""Covering a picture with a coarse mosaic but for the parts that stay clear: numpy in, numpy out, for files and for the screen."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from console.domain.redaction import Clear

ACROSS = 24  # blocks in a row: a face or a plate is one or two of them

Pixels = NDArray[np.uint8]


def covered(picture: Pixels, clear: Iterable[Clear] = ()) -> Pixels:
    """A copy of `picture` (rows, columns, channels of 8 bits) as blocks of its mean colours; what lies inside `clear` stays as it is.

    A part stays clear to whole pixels inside its sides, never beyond them.
    """
    high, wide = picture.shape[:2]
    side = max(2, -(-wide // ACROSS))
    tops, lefts = np.arange(0, high, side), np.arange(0, wide, side)
    sums = np.add.reduceat(np.add.reduceat(picture, tops, axis=0, dtype=np.uint32), lefts, axis=1, dtype=np.uint32)
    count = np.outer(np.diff(tops, append=high), np.diff(lefts, append=wide))[..., np.newaxis]
    blocks = (sums // count).astype(np.uint8)
    found = np.repeat(np.repeat(blocks, side, axis=0)[:high], side, axis=1)[:, :wide]
    for one in clear:
        rows = slice(int(np.ceil(one.top * high)), int(one.bottom * high))
        columns = slice(int(np.ceil(one.left * wide)), int(one.right * wide))
        found[rows, columns] = picture[rows, columns]
    return found


def covered_rgb32(data: bytes | memoryview, size: tuple[int, int, int], clear: Iterable[Clear] = ()) -> bytes:
    """The same for a picture of 4 bytes a pixel; `size` is columns, rows and bytes of a row. The rows of what comes out have no margin."""
    wide, high, stride = size
    rows = np.frombuffer(data, np.uint8, high * stride).reshape(high, stride)
    return covered(rows[:, : wide * 4].reshape(high, wide, 4), clear).tobytes()
