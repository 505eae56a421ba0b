"""Colours as tokens, day and night, and the contrast every pair of them must keep.

Saturated colour means that something needs a person; nothing else on a screen may use it,
so there is no red button and no coloured toolbar. Priority is shape + character + colour.
"""

from dataclasses import dataclass, field, fields
from typing import Literal

Shape = Literal["diamond", "triangle", "square", "circle"]


@dataclass(frozen=True)
class Chip:
    """How one priority looks: four codes at once, so that no eye and no lamp depends on colour."""

    priority: str
    shape: Shape
    zh: str
    en: str
    ground: str
    ink: str


@dataclass(frozen=True)
class Lamp:
    """How one time lamp (CT-11) looks: a letter and a colour, always drawn with an outline."""

    code: str
    ground: str
    ink: str


def _chips(p1: tuple[str, str], p2: tuple[str, str], p3: tuple[str, str], p4: tuple[str, str]) -> tuple[Chip, ...]:
    return (
        Chip("P1", "diamond", "特", "1", *p1),
        Chip("P2", "triangle", "急", "2", *p2),
        Chip("P3", "square", "重", "3", *p3),
        Chip("P4", "circle", "常", "4", *p4),
    )


@dataclass(frozen=True)
class Tokens:
    """Every colour a screen may use, by what it is for."""

    name: Literal["day", "night"]
    ground: str  # behind and between panels
    panel: str  # a panel's own surface
    head: str  # heads, cards, buttons, the command line
    line: str  # hairlines between things
    edge: str  # outline of what can be operated or must be found (>= 3:1)
    text: str
    dim: str  # secondary text
    selected: str
    accent: str  # the one next action, focus
    on_accent: str
    strip: str
    on_strip: str
    on_strip_dim: str
    field: str  # where one types
    track: str  # empty part of a bar
    bar: str  # filled part of a bar in the normal state
    alarm: str
    on_alarm: str
    amber: str  # late, but not yet an alarm
    on_amber: str
    outline: str  # around chips and lamps
    water: str
    chips: tuple[Chip, ...] = field(repr=False, default=())
    lamps: tuple[Lamp, ...] = field(repr=False, default=())

    def chip(self, priority: str) -> Chip:
        """The chip of a priority; an unknown priority looks like the lowest."""
        return next((chip for chip in self.chips if chip.priority == priority), self.chips[-1])

    def lamp(self, code: str) -> Lamp:
        """The lamp of a CT-11 letter; an unknown letter looks suspended."""
        return next((lamp for lamp in self.lamps if lamp.code == code), self.lamps[-1])

    def colours(self) -> dict[str, str]:
        """All plain colours by name, for the style sheet."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, str) and value.startswith("#")}


LAMPS = (
    Lamp("G", "#2E9E4F", "#000000"),
    Lamp("Y", "#E6A700", "#000000"),
    Lamp("R", "#D93026", "#FFFFFF"),
    Lamp("K", "#6B1F7A", "#FFFFFF"),
    Lamp("S", "#8A8F98", "#000000"),
)

DAY = Tokens(
    name="day",
    ground="#D5D8DB",
    panel="#E6E8EA",
    head="#F1F2F3",
    line="#B9BDC3",
    edge="#6F757D",
    text="#1B1F23",
    dim="#4A5058",
    selected="#C9D5E5",
    accent="#2B4C7E",
    on_accent="#FFFFFF",
    strip="#3A4048",
    on_strip="#F1F2F3",
    on_strip_dim="#C3C8CE",
    field="#FAFBFB",
    track="#B9BDC3",
    bar="#464E58",
    alarm="#C1121F",
    on_alarm="#FFFFFF",
    amber="#E8710A",
    on_amber="#000000",
    outline="#1B1F23",
    water="#B5C6D2",
    chips=_chips(
        ("#C1121F", "#FFFFFF"), ("#E8710A", "#000000"), ("#F2C400", "#000000"), ("#1F5FBF", "#FFFFFF"),
    ),
    lamps=LAMPS,
)

NIGHT = Tokens(
    name="night",
    ground="#23272B",
    panel="#2A3034",
    head="#343A40",
    line="#444B53",
    edge="#8A929B",
    text="#D6DADE",
    dim="#A6AEB6",
    selected="#2F4058",
    accent="#8EB3E2",
    on_accent="#101316",
    strip="#15181B",
    on_strip="#D6DADE",
    on_strip_dim="#A6AEB6",
    field="#1D2125",
    track="#444B53",
    bar="#99A2AB",
    alarm="#FF4D4D",
    on_alarm="#000000",
    amber="#FF9A3C",
    on_amber="#000000",
    outline="#D6DADE",
    water="#213549",
    chips=_chips(
        ("#FF4D4D", "#000000"), ("#FF9A3C", "#000000"), ("#FFE066", "#000000"), ("#6CB2FF", "#000000"),
    ),
    lamps=LAMPS,
)

THEMES = {"day": DAY, "night": NIGHT}


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 black to 1 white (WCAG 2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 to 21 (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    """Every pair of text and ground that occurs on a screen; each must reach 4.5."""
    grounds = ("ground", "panel", "head", "selected", "field")
    pairs = {f"{ink} on {on}": (getattr(tokens, ink), getattr(tokens, on)) for ink in ("text", "dim") for on in grounds}
    filled = ("accent", "strip", "alarm", "amber")
    pairs |= {f"on_{on} on {on}": (getattr(tokens, f"on_{on}"), getattr(tokens, on)) for on in filled}
    pairs["on_strip_dim on strip"] = (tokens.on_strip_dim, tokens.strip)
    pairs |= {f"chip {chip.priority}": (chip.ink, chip.ground) for chip in tokens.chips}
    pairs |= {f"lamp {lamp.code}": (lamp.ink, lamp.ground) for lamp in tokens.lamps}
    return pairs


def shape_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    """Every shape that carries meaning against what lies behind it; each must reach 3.

    Chips and lamps are found by their outline, since orange and yellow are too near to grey.
    """
    grounds = ("ground", "panel", "head", "selected")
    pairs = {f"outline on {on}": (tokens.outline, getattr(tokens, on)) for on in grounds}
    pairs |= {f"alarm on {on}": (tokens.alarm, getattr(tokens, on)) for on in grounds}
    pairs |= {f"accent on {on}": (tokens.accent, getattr(tokens, on)) for on in grounds}
    pairs |= {f"edge on {on}": (tokens.edge, getattr(tokens, on)) for on in ("ground", "panel", "head", "field")}
    pairs["bar on track"] = (tokens.bar, tokens.track)
    pairs["bar on panel"] = (tokens.bar, tokens.panel)
    return pairs
