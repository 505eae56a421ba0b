"""Foreign map pictures laid on one another and made plain pixels; only for a process that may die of them."""

import io
import struct
from collections.abc import Sequence

from PIL import Image, UnidentifiedImageError

from console.domain.basemap import Night
from console.domain.errors import Invalid

SIDE = 256
SIDE_MAX = 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# Light and dark change places and every colour keeps its kind: inverted, turned by half a circle of hues,
# and softened so that white becomes a dark grey (18) and black a light one (222).
_TURNED = (
    0.4592, -1.144, -0.1152, 222,
    -0.3408, -0.344, -0.1152, 222,
    -0.3408, -1.144, 0.6848, 222,
)  # fmt: skip
_DIMMED = (0.6, 0, 0, 0, 0, 0.6, 0, 0, 0, 0, 0.6, 0)
_BROKEN = (OSError, ValueError, SyntaxError, MemoryError, UnidentifiedImageError, struct.error, IndexError, EOFError)


def laid(pictures: Sequence[Image.Image], night: Night = "as_it_is") -> bytes:
    """Read pictures laid on one another, the first lowest, as 256 × 256 pixels of blue, green, red and a spare byte."""
    whole = Image.new("RGBA", (SIDE, SIDE), (242, 242, 240, 255))
    for picture in pictures:
        whole.alpha_composite(picture)
    flat = whole.convert("RGB")
    if night != "as_it_is":
        flat = flat.convert("RGB", _TURNED if night == "turn" else _DIMMED)
    return flat.tobytes("raw", "BGRX")


def read(content: bytes) -> Image.Image:
    """A foreign picture, 256 × 256 with its transparency.

    Raises Invalid("picture", "map_no_picture") naming what came instead, or "map_picture_too_large".
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width > SIDE_MAX or image.height > SIDE_MAX:
                raise Invalid("picture", "map_picture_too_large", width=image.width, height=image.height, most=SIDE_MAX)
            found = image.convert("RGBA")
    except _BROKEN as wrong:
        raise Invalid("picture", "map_no_picture", value=_kind(content)) from wrong
    return found if found.size == (SIDE, SIDE) else found.resize((SIDE, SIDE), Image.Resampling.BILINEAR)


def _kind(content: bytes) -> str:
    """What bytes that are no picture seem to be."""
    head = content[:200].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if head.startswith((b"<?xml", b"<serviceexception", b"<ows")):
        return "XML"
    if head.startswith((b"{", b"[")):
        return "JSON"
    if head.startswith(b"\x1f\x8b") or head[:1] == b"\x1a":
        return "MVT"
    return f"{len(content)} B"
