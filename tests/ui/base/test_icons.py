"""Icons: every meaning has one, in the colour of its token."""

from typing import get_args

import pytest

from console.ui.base.icons import Meaning, icon, pixmap


@pytest.mark.parametrize("meaning", get_args(Meaning))
def test_every_meaning_has_an_icon(look, meaning):
    assert not icon(meaning).isNull()
    assert pixmap(meaning, size=20).width() >= 20


def test_an_icon_wears_its_token(look):
    image = pixmap("menu", "alarm", 24).toImage()
    seen = {image.pixelColor(x, y).name().upper() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255}
    assert "#C1121F" in seen
