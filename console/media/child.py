"""The decoding child: reads pictures on stdin, writes clean JPEGs on stdout, knows nothing else."""

import io
import resource
import struct
import sys

from PIL import Image, ImageOps, UnidentifiedImageError

PIXELS = 60_000_000
SIDE = 1_600
MEMORY = 1 << 30
FORMATS = ("JPEG", "PNG", "WEBP")  # a phone's double picture (MPO) opens as the JPEG it begins with
# Ours is the stricter check, made before a pixel is unpacked; Pillow's own would only warn in between.
Image.MAX_IMAGE_PIXELS = None


def encode(content: bytes) -> tuple[int, int, int, bytes]:
    """Status (0 good, 1 broken, 2 too many pixels), width, height and the JPEG."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                return 2, 0, 0, b""
            image.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE))
            flat = Image.new("RGB", upright.size, "white")
            mask = upright.convert("RGBA").getchannel("A") if upright.mode in ("RGBA", "LA", "P") else None
            flat.paste(upright.convert("RGB"), mask=mask)
    except (OSError, ValueError, SyntaxError, MemoryError, UnidentifiedImageError, struct.error, IndexError):
        return 1, 0, 0, b""
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, optimize=True)
    return 0, flat.width, flat.height, out.getvalue()


def main() -> None:
    """Serve until stdin closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(4)) == 4:
        status, width, height, jpeg = encode(source.read(struct.unpack("<I", head)[0]))
        sink.write(struct.pack("<IIII", 12 + len(jpeg), status, width, height) + jpeg)
        sink.flush()


if __name__ == "__main__":
    main()
