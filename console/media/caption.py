"""Lines of text to be laid over pictures: whole in a margin below, so that nothing of the picture is covered; faint across its middle.

The margin can be read and cut off; what stands across the middle cannot be cut off without the picture showing it.
"""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from console.domain.errors import Unavailable

FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "wqy-microhei.ttc", "msyh.ttc")
BAND, INK = (0, 0, 0, 255), (255, 255, 255, 255)
FAINT, SHADOW = (255, 255, 255, 64), (0, 0, 0, 64)
LEAST_PX, PER_WIDTH = 12, 54


def caption(lines: tuple[str, ...], size: tuple[int, int]) -> bytes:
    """A PNG for pictures of this size: as wide, and higher by its margin. Raises Unavailable("no_font").

    The first line also stands across the middle. A line that is too long is set smaller.
    """
    width, height = size
    letter = max(LEAST_PX, width // PER_WIDTH)
    pad = letter // 2
    fonts = [_fitting(line, letter, width - 2 * pad) for line in lines]
    heights = [round(font.size * 1.4) for font in fonts]
    image = Image.new("RGBA", (width, height + sum(heights) + pad))
    draw, top = ImageDraw.Draw(image), height + pad // 2
    draw.rectangle((0, height, width, image.height), fill=BAND)
    for line, font, high in zip(lines, fonts, heights, strict=True):
        draw.text((pad, top), line, font=font, fill=INK)
        top += high
    for shift, ink in ((1, SHADOW), (0, FAINT)):
        draw.text((width // 2 + shift, height // 2 + shift), lines[0], font=fonts[0], fill=ink, anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _fitting(line: str, size: int, width: int) -> ImageFont.FreeTypeFont:
    font = _font(size)
    length = font.getlength(line)
    return font if length <= width else _font(max(6, int(size * width / length)))


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise Unavailable("no_font", names=", ".join(FONTS))
