"""The look: palette and sizes change at run time, text is never below 14 px, fonts are named."""

import pytest
from PySide6.QtGui import QFont, QFontInfo, QPalette

from console.ui.base import theme
from console.ui.base.colours import DAY, NIGHT


def test_a_key_changes_day_to_night_and_back(look, qapp):
    assert look.toggle() == "night"
    assert theme.tokens() is NIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == NIGHT.panel
    assert look.toggle() == "day"
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DAY.panel


def test_the_style_sheet_has_no_token_left_open(look, qapp):
    for name in ("day", "night"):
        look.wear(name)
        assert "$" not in qapp.styleSheet()
        assert len(qapp.styleSheet().splitlines()) <= 80


@pytest.mark.parametrize("scale", [90, 100, 150, 200])
def test_no_text_is_below_14_px_at_any_scale(look, scale):
    look.wear("day", scale)
    sizes = (theme.CLOCK, theme.TITLE, theme.BODY, theme.SMALL)
    assert min(theme.font(size).pixelSize() for size in sizes) >= 14
    assert theme.px(100) == scale


def test_the_scale_stays_between_90_and_200(look):
    look.wear("day", 10)
    assert look.scale == 90
    look.wear("day", 500)
    assert look.scale == 200
    assert look.zoom(1) == 200
    assert look.zoom(-1) == 175


def test_the_chinese_font_is_named_and_comes_first():
    families = theme.font().families()
    assert families[0] == "Noto Sans CJK SC"
    assert QFontInfo(QFont(theme.font())).family() == "Noto Sans CJK SC"
