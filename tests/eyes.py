"""Reading painted pixels as a person would: which camera is it, which second does it show."""

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageOps


class Picture(Protocol):
    """Anything with BGRA bytes, as `console.video.frames.Frame` has them."""

    data: memoryview
    width: int
    height: int
    stride: int


def image_of(picture: Picture) -> Image.Image:
    """A frame's pixels as an image of their own."""
    size = (picture.width, picture.height)
    return Image.frombuffer("RGB", size, bytes(picture.data), "raw", "BGRX", picture.stride, 1)


def read_name(image: Image.Image | Path) -> str:
    """The name burnt into the plate at the top left of a demo camera's picture.

    `image` is one tile's picture, from its first painted pixel to its last, at least 240 px wide.
    """
    opened = Image.open(image) if isinstance(image, Path) else image
    grey = opened.convert("L")
    width, height = grey.size
    # The plate ends where the row above the letters is no longer black.
    brow = int(height * 0.03)
    right = next((x for x in range(width // 2) if grey.getpixel((x, brow)) > 48), width // 2)
    return _read(grey.crop((0, 0, right, int(height * 0.172))), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def read_names(screen: Path, boxes: list[list[int]]) -> list[str]:
    """The names burnt into the pictures that stand in these boxes (x, y, width, height) of a screen."""
    with Image.open(screen) as whole:
        return [read_name(whole.crop((x, y, x + wide, y + high))) for x, y, wide, high in boxes]


def read_clock(image: Image.Image | Path) -> str:
    """The clock burnt in at the bottom right, "2026-03-01 03:00:07"; the picture should be 480 px wide or more."""
    opened = Image.open(image) if isinstance(image, Path) else image
    grey = opened.convert("L")
    width, height = grey.size
    sole = int(height * 0.985)
    left = next((x for x in range(width - 1, width // 3, -1) if grey.getpixel((x, sole)) > 48), width // 3)
    read = _read(grey.crop((left + 2, int(height * 0.912), width, height)), "0123456789-:")
    return f"{read[:10]} {read[10:]}"


def _read(plate: Image.Image, letters: str) -> str:
    # Black on white and large: tesseract was taught on paper.
    paper = ImageOps.invert(plate)
    size = (paper.width * 120 // paper.height, 120)
    paper = ImageOps.expand(ImageOps.autocontrast(paper.resize(size, Image.Resampling.LANCZOS)), 40, 255)
    told = subprocess.run(
        ["tesseract", "stdin", "stdout", "--psm", "7", "-c", f"tessedit_char_whitelist={letters}"],
        input=_png(paper),
        capture_output=True,
        check=True,
        timeout=30,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    )
    return "".join(told.stdout.decode().split())


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
