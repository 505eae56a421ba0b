"""Foreign map pictures become plain pixels, or are named."""

import io

import pytest
from PIL import Image

from console.domain.errors import Invalid
from console.media.tile import laid, read
from tests.tiles.hosts import pixel, png


def palette():
    out = io.BytesIO()
    Image.new("RGB", (256, 256), (10, 200, 30)).convert("P", palette=Image.Palette.ADAPTIVE).save(out, "PNG")
    return out.getvalue()


def form(name, mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, (256, 256), (10, 200, 30) if mode == "RGB" else 77).save(out, name)
    return out.getvalue()


def test_pictures_lie_on_one_another_by_their_transparency():
    below, above = read(png((200, 0, 0))), read(png((0, 0, 200), alpha=0))
    assert pixel(laid([below, above])) == (200, 0, 0)
    half = pixel(laid([below, read(png((0, 0, 200), alpha=128))]))
    assert half == pytest.approx((100, 0, 100), abs=1)  # half of each
    assert len(laid([below])) == 256 * 256 * 4


@pytest.mark.parametrize("content", [palette(), form("PNG"), form("WEBP"), form("GIF"), form("BMP"), form("JPEG")])
def test_every_common_form_is_read(content):
    assert pixel(laid([read(content)])) == pytest.approx((10, 200, 30), abs=6)
    assert pixel(laid([read(form("PNG", "L"))])) == (77, 77, 77)


def test_a_large_picture_is_made_small():
    assert read(png((1, 2, 3), size=512)).size == (256, 256)


@pytest.mark.parametrize(
    ("content", "seems"),
    [(b"<!DOCTYPE html><p>", "HTML"), (b"  <html>", "HTML"), (b'<?xml version="1.0"?><e/>', "XML"), (b'{"code": 301020}', "JSON"),
     (b"\x1a\x10\x0a\x05", "MVT"), (b"", "0 B"), (png((1, 2, 3))[:60], "60 B"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "107 B")],
)  # fmt: skip
def test_what_is_no_picture_is_named(content, seems):
    with pytest.raises(Invalid) as said:
        read(content)
    assert (said.value.code, said.value.facts["value"]) == ("map_no_picture", seems)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    head = png((0, 0, 0), size=1)
    bomb = head[:16] + (30_000).to_bytes(4, "big") * 2 + head[24:]
    with pytest.raises(Invalid):
        read(bomb)
    with pytest.raises(Invalid) as said:
        read(png((0, 0, 0), size=1025))
    assert said.value.code == "map_picture_too_large"


def test_at_night_light_and_dark_change_places_and_colours_keep_their_kind():
    white, black = pixel(laid([read(png((255, 255, 255)))], "turn")), pixel(laid([read(png((0, 0, 0)))], "turn"))
    assert max(white) < 25 and min(black) > 215
    red, green, blue = pixel(laid([read(png((60, 90, 255)))], "turn"))
    assert blue > red and blue > green  # water stays blue
    assert pixel(laid([read(png((200, 100, 50)))], "dim")) == (120, 60, 30)
