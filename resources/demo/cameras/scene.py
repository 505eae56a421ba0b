"""A street as a camera sees it, drawn with cairo: houses, trees, moving cars, name and running clock.

The name decides everything (the look of the street, its hour, its traffic), so
the same camera shows the same street on every run; only the clock is real.
"""

import math
import random
import time
import zlib
from datetime import datetime, timedelta, timezone

import cairo

CHINA = timezone(timedelta(hours=8))  # the clocks of the hall and of its cameras
WIDTH, HEIGHT = 640, 360
ROAD_TOP, ROAD_FOOT = 228, 330

# Sky above, sky below, ground, road, kerb, lamps lit. One hour of the day for each camera.
HOURS = (
    ((0.45, 0.66, 0.90), (0.82, 0.90, 0.97), (0.47, 0.60, 0.36), (0.36, 0.37, 0.39), (0.75, 0.75, 0.72), False),
    ((0.20, 0.18, 0.36), (0.90, 0.50, 0.30), (0.24, 0.26, 0.22), (0.20, 0.20, 0.23), (0.45, 0.43, 0.42), True),
    ((0.62, 0.66, 0.70), (0.80, 0.82, 0.83), (0.42, 0.47, 0.40), (0.30, 0.31, 0.33), (0.66, 0.66, 0.66), False),
    ((0.03, 0.05, 0.12), (0.10, 0.13, 0.24), (0.09, 0.11, 0.11), (0.13, 0.13, 0.15), (0.30, 0.30, 0.33), True),
)
WALLS = ((0.78, 0.62, 0.50), (0.85, 0.80, 0.70), (0.62, 0.66, 0.72), (0.72, 0.48, 0.42), (0.90, 0.86, 0.80))
PAINTS = ((0.80, 0.13, 0.15), (0.93, 0.93, 0.93), (0.13, 0.27, 0.58), (0.13, 0.14, 0.16), (0.85, 0.68, 0.12))


class Scene:
    """One camera's street; `picture` gives it as it is now, BGRx."""

    def __init__(self, name: str, width: int, height: int) -> None:
        self._name = name
        self._random = random.Random(zlib.crc32(name.encode()))
        # Neighbours in a list of cameras get different hours: the last digits choose.
        digits = "".join(letter for letter in name if letter.isdigit()) or "0"
        self._hour = HOURS[(int(digits) - 1) % len(HOURS)]
        self._surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
        self._scale = width / WIDTH
        self._street = self._painted_street(width, height)
        self._cars = [
            (self._random.random(), self._random.uniform(40, 110), self._random.choice(PAINTS), lane)
            for lane in (0, 0, 1, 1)
        ]
        self._walkers = [(self._random.random(), self._random.uniform(8, 16)) for _ in range(3)]

    def picture(self, now: float | None = None) -> bytes:
        """The street with its cars, the plate and the clock at a moment, in seconds since 1970; without one, now."""
        paper = cairo.Context(self._surface)
        paper.set_source_surface(self._street)
        paper.paint()
        paper.scale(self._scale, self._scale)
        now = time.time() if now is None else now
        for walker in self._walkers:
            self._walker(paper, now, *walker)
        for car in self._cars:
            self._car(paper, now, *car)
        self._plates(paper, now)
        self._surface.flush()
        return bytes(self._surface.get_data())

    def _painted_street(self, width: int, height: int) -> cairo.ImageSurface:
        surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
        paper = cairo.Context(surface)
        paper.scale(self._scale, self._scale)
        above, below, ground, road, kerb, lit = self._hour
        sky = cairo.LinearGradient(0, 0, 0, ROAD_TOP)
        sky.add_color_stop_rgb(0, *above)
        sky.add_color_stop_rgb(1, *below)
        _box(paper, sky, 0, 0, WIDTH, ROAD_TOP)
        _box(paper, ground, 0, ROAD_TOP - 34, WIDTH, HEIGHT)
        left = -self._random.randint(0, 30)
        while left < WIDTH:
            wide = self._random.randint(64, 130)
            self._house(paper, left, wide, self._random.randint(70, 136), lit)
            left += wide + self._random.choice((2, 2, 26))
        _box(paper, kerb, 0, ROAD_TOP - 6, WIDTH, 6)
        _box(paper, road, 0, ROAD_TOP, WIDTH, ROAD_FOOT - ROAD_TOP)
        _box(paper, kerb, 0, ROAD_FOOT, WIDTH, 5)
        for left in range(10, WIDTH, 60):
            _box(paper, (0.85, 0.85, 0.80), left, (ROAD_TOP + ROAD_FOOT) / 2 - 2, 32, 4)
        for place in self._random.sample(range(20, WIDTH, 70), 4):
            self._tree(paper, place)
        for place in range(self._random.randint(40, 120), WIDTH, 190):
            self._lamp(paper, place, lit)
        return surface

    def _house(self, paper: cairo.Context, left: int, wide: int, tall: int, lit: bool) -> None:
        dim = 0.34 if lit else 1.0
        wall = tuple(level * dim for level in self._random.choice(WALLS))
        top = ROAD_TOP - 30 - tall
        _box(paper, wall, left, top, wide, tall)
        _box(paper, tuple(level * 0.6 for level in wall), left - 3, top - 7, wide + 6, 8)
        for row in range(int(top) + 12, ROAD_TOP - 62, 26):
            for column in range(left + 10, left + wide - 16, 24):
                bright = lit and self._random.random() < 0.55
                _box(paper, (1.0, 0.86, 0.50) if bright else (0.22 * dim, 0.30 * dim, 0.40 * dim), column, row, 13, 15)
        _box(paper, (0.16, 0.12, 0.10), left + wide // 2 - 8, ROAD_TOP - 54, 16, 24)

    def _tree(self, paper: cairo.Context, place: int) -> None:
        dim = 0.4 if self._hour[5] else 1.0
        _box(paper, (0.32 * dim, 0.22 * dim, 0.14 * dim), place - 3, ROAD_TOP - 42, 6, 38)
        for dx, dy, radius in ((0, -60, 22), (-14, -50, 16), (14, -50, 16)):
            paper.set_source_rgb(0.16 * dim, 0.42 * dim + 0.004 * radius, 0.18 * dim)
            paper.arc(place + dx, ROAD_TOP + dy, radius, 0, 2 * math.pi)
            paper.fill()

    def _lamp(self, paper: cairo.Context, place: int, lit: bool) -> None:
        _box(paper, (0.25, 0.26, 0.28), place - 2, ROAD_TOP - 104, 4, 100)
        _box(paper, (0.25, 0.26, 0.28), place - 2, ROAD_TOP - 106, 26, 4)
        paper.set_source_rgba(1.0, 0.90, 0.60, 0.9 if lit else 0.35)
        paper.arc(place + 22, ROAD_TOP - 99, 6, 0, 2 * math.pi)
        paper.fill()

    def _car(self, paper: cairo.Context, now: float, start: float, speed: float, paint: tuple, lane: int) -> None:
        path = WIDTH + 140
        along = (start * path + now * speed) % path - 70
        left = along - 35 if lane else WIDTH - along - 35
        foot = (ROAD_TOP + 44, ROAD_FOOT - 8)[lane]
        size = (0.85, 1.15)[lane]
        paper.save()
        paper.translate(left, foot)
        paper.scale(size, size)
        _box(paper, paint, 0, -26, 70, 17)
        _box(paper, paint, 14, -40, 40, 16)
        _box(paper, (0.62, 0.74, 0.82), 18, -37, 14, 11)
        _box(paper, (0.62, 0.74, 0.82), 36, -37, 14, 11)
        for wheel in (15, 55):
            paper.set_source_rgb(0.05, 0.05, 0.05)
            paper.arc(wheel, -8, 8, 0, 2 * math.pi)
            paper.fill()
        front = 67 if lane else 0
        _box(paper, (1.0, 0.96, 0.75), front, -22, 4, 6)
        paper.restore()

    def _walker(self, paper: cairo.Context, now: float, start: float, speed: float) -> None:
        left = (start * WIDTH + now * speed) % (WIDTH + 20) - 10
        sway = math.sin(now * 5 + start * 9) * 3
        paper.set_source_rgb(0.20, 0.20, 0.26)
        paper.arc(left, ROAD_TOP - 31, 4, 0, 2 * math.pi)
        paper.fill()
        _box(paper, (0.60, 0.24, 0.20), left - 4, ROAD_TOP - 27, 8, 13)
        _box(paper, (0.18, 0.18, 0.24), left - 3 + sway / 2, ROAD_TOP - 14, 3, 11)
        _box(paper, (0.18, 0.18, 0.24), left + 1 - sway / 2, ROAD_TOP - 14, 3, 11)

    def _plates(self, paper: cairo.Context, now: float) -> None:
        paper.select_font_face("DejaVu Sans", cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_BOLD)
        paper.set_font_size(44)
        wide = paper.text_extents(self._name).x_advance
        _box(paper, (0, 0, 0), 0, 0, wide + 36, 64)
        _text(paper, self._name, 18, 48)
        clock = datetime.fromtimestamp(now, CHINA).strftime("%Y-%m-%d %H:%M:%S")
        paper.set_font_size(26)
        wide = paper.text_extents(clock).x_advance
        _box(paper, (0, 0, 0), WIDTH - wide - 20, HEIGHT - 34, wide + 20, 34)
        _text(paper, clock, WIDTH - wide - 10, HEIGHT - 8)


def _box(paper: cairo.Context, paint: tuple | cairo.Pattern, left: float, top: float, wide: float, tall: float) -> None:
    if isinstance(paint, cairo.Pattern):
        paper.set_source(paint)
    else:
        paper.set_source_rgb(*paint)
    paper.rectangle(left, top, wide, tall)
    paper.fill()


def _text(paper: cairo.Context, text: str, left: float, base: float) -> None:
    paper.set_source_rgb(1, 1, 1)
    paper.move_to(left, base)
    paper.show_text(text)
