"""Colours: every text and every meaningful shape can be told from what lies behind it (ux.md C1-C7)."""

import pytest

from console.ui.base.colours import DAY, NIGHT, THEMES, contrast, luminance, shape_pairs, text_pairs


def grey(colour: str) -> int:
    """The grey a colour turns into on a black-and-white print."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def test_black_and_white_stand_apart_by_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert luminance("#FFFFFF") == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#1B1F23", "#D5D8DB", 11.6), ("#4A5058", "#D5D8DB", 5.7), ("#D6DADE", "#23272B", 10.7),
        ("#FFFFFF", "#C1121F", 6.2), ("#000000", "#E8710A", 6.8), ("#000000", "#F2C400", 12.7),
        ("#FFFFFF", "#1F5FBF", 6.1),
    ],
)  # fmt: skip
def test_contrasts_are_those_of_the_handbook(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_reaches_4_5(name):
    weak = {pair: round(contrast(*two), 2) for pair, two in text_pairs(THEMES[name]).items() if contrast(*two) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_meaningful_shape_reaches_3(name):
    weak = {pair: round(contrast(*two), 2) for pair, two in shape_pairs(THEMES[name]).items() if contrast(*two) < 3}
    assert weak == {}


def test_a_day_chip_needs_its_outline():
    assert contrast(DAY.chip("P2").ground, DAY.ground) < 3
    assert contrast(DAY.chip("P3").ground, DAY.ground) < 3


@pytest.mark.parametrize("tokens", [DAY, NIGHT])
def test_priorities_differ_in_shape_and_character_too(tokens):
    assert [chip.zh for chip in tokens.chips] == ["特", "急", "重", "常"]
    assert len({chip.shape for chip in tokens.chips}) == 4
    assert len({chip.en for chip in tokens.chips}) == 4
    assert len({grey(chip.ground) for chip in tokens.chips}) == 4


@pytest.mark.parametrize("tokens", [DAY, NIGHT])
def test_an_unknown_priority_or_lamp_looks_calm(tokens):
    assert tokens.chip("P9").priority == "P4"
    assert tokens.lamp("?").code == "S"


def test_normal_states_have_no_colour_of_an_alarm():
    for tokens in THEMES.values():
        calm = {tokens.bar, tokens.track, tokens.accent, tokens.selected}
        assert calm.isdisjoint({chip.ground for chip in tokens.chips} | {tokens.alarm, tokens.amber})
