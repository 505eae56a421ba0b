"""Pictures for tests, good and bad, made on the spot."""

import io
import struct
import zipfile
import zlib

from PIL import Image

RED = (200, 30, 30)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), *, mode: str = "RGB", colour: object = RED, **more: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def two_halves(kind: str = "JPEG", size: tuple[int, int] = (80, 40), **more: object) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, (0, 0, 200))
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, quality=95, **more)
    return out.getvalue()


def exif(orientation: int) -> Image.Exif:
    """EXIF as a phone writes it: turned, with its maker and its place."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "PhoneMaker"
    found.get_ifd(0x8825).update({1: "N", 2: (36.0, 6.0, 3.6), 3: "E", 4: (115.0, 12.0, 3.6)})
    return found


def bomb(side: int) -> bytes:
    """A small PNG file of side x side pixels, all black."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    row = bytes(side // 8 + 2)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def archive() -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("a.txt", "a")
    return out.getvalue()
