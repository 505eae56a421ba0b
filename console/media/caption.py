"""Lines of text as a picture to be laid over others: white on a dark band, as wide as what it is for."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from console.domain.errors import Unavailable

FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "wqy-microhei.ttc", "msyh.ttc")
BAND, INK = (0, 0, 0, 150), (255, 255, 255, 235)
LEAST_PX, PER_WIDTH = 12, 54


def caption(lines: tuple[str, ...], width: int) -> bytes:
    """A PNG of these lines, `width` pixels wide; a line that is too long is set smaller. Raises Unavailable("no_font")."""
    size = max(LEAST_PX, width // PER_WIDTH)
    pad = size // 2
    fonts = [_fitting(line, size, width - 2 * pad) for line in lines]
    heights = [round(font.size * 1.4) for font in fonts]
    image = Image.new("RGBA", (width, sum(heights) + pad), BAND)
    draw, top = ImageDraw.Draw(image), pad // 2
    for line, font, height in zip(lines, fonts, heights, strict=True):
        draw.text((pad, top), line, font=font, fill=INK)
        top += height
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
