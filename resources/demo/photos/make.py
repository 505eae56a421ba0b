"""Draws the demo's photos: what a phone would send, invented and ours. Run with the system's Python: make.py [FOLDER]."""

import math
import random
import sys
from pathlib import Path

import cairo

WIDTH, HEIGHT = 960, 720


def asphalt(paper: cairo.Context, hand: random.Random, tone: float) -> None:
    """A road seen from above the knee: grain, cracks, a kerb."""
    paper.set_source_rgb(tone, tone, tone + 0.01)
    paper.paint()
    for _ in range(26_000):
        shade = tone + hand.uniform(-0.09, 0.09)
        paper.set_source_rgba(shade, shade, shade, 0.7)
        paper.rectangle(hand.uniform(0, WIDTH), hand.uniform(0, HEIGHT), hand.uniform(1, 3.5), hand.uniform(1, 3))
        paper.fill()
    for _ in range(5):
        x, y, heading = hand.uniform(0, WIDTH), hand.uniform(0, HEIGHT), hand.uniform(0, 2 * math.pi)
        paper.set_source_rgba(tone - 0.17, tone - 0.17, tone - 0.16, 0.8)
        paper.set_line_width(hand.uniform(1.2, 3))
        paper.move_to(x, y)
        for _ in range(22):
            heading += hand.uniform(-0.6, 0.6)
            x, y = x + 18 * math.cos(heading), y + 18 * math.sin(heading)
            paper.line_to(x, y)
        paper.stroke()


def kerb(paper: cairo.Context) -> None:
    """The edge of the pavement, upper right."""
    paper.set_source_rgb(0.66, 0.64, 0.6)
    paper.move_to(WIDTH * 0.55, 0)
    paper.line_to(WIDTH, HEIGHT * 0.3)
    paper.line_to(WIDTH, 0)
    paper.fill()
    paper.set_source_rgb(0.5, 0.49, 0.47)
    paper.set_line_width(16)
    paper.move_to(WIDTH * 0.55, 0)
    paper.line_to(WIDTH, HEIGHT * 0.3)
    paper.stroke()


def oval(paper: cairo.Context, centre: tuple[float, float], radius: float, flat: float = 0.62) -> None:
    """A circle lying on the road."""
    paper.save()
    paper.translate(*centre)
    paper.scale(1, flat)
    paper.arc(0, 0, radius, 0, 2 * math.pi)
    paper.restore()


def cone(paper: cairo.Context, x: float, y: float, size: float) -> None:
    """A traffic cone standing at a spot."""
    paper.set_source_rgb(0.85, 0.33, 0.1)
    paper.move_to(x - size * 0.4, y)
    paper.line_to(x, y - size)
    paper.line_to(x + size * 0.4, y)
    paper.fill()
    paper.set_source_rgb(0.94, 0.93, 0.9)
    paper.move_to(x - size * 0.27, y - size * 0.33)
    paper.line_to(x - size * 0.18, y - size * 0.55)
    paper.line_to(x + size * 0.18, y - size * 0.55)
    paper.line_to(x + size * 0.27, y - size * 0.33)
    paper.fill()


def manhole(paper: cairo.Context, hand: random.Random) -> None:
    """A hole where the cover should be, and two cones."""
    asphalt(paper, hand, 0.42)
    kerb(paper)
    middle = (WIDTH * 0.46, HEIGHT * 0.56)
    for radius, tone in ((190, 0.3), (172, 0.52), (158, 0.05)):
        oval(paper, middle, radius)
        paper.set_source_rgb(tone, tone, tone)
        paper.fill()
    cone(paper, WIDTH * 0.2, HEIGHT * 0.62, 190)
    cone(paper, WIDTH * 0.77, HEIGHT * 0.74, 220)


def covered(paper: cairo.Context, hand: random.Random) -> None:
    """The same spot with a new cover."""
    asphalt(paper, hand, 0.42)
    kerb(paper)
    middle = (WIDTH * 0.46, HEIGHT * 0.56)
    for radius, tone in ((190, 0.32), (172, 0.2), (160, 0.27)):
        oval(paper, middle, radius)
        paper.set_source_rgb(tone, tone, tone + 0.01)
        paper.fill()
    for ring in range(30, 150, 24):
        oval(paper, middle, ring)
        paper.set_source_rgb(0.18, 0.18, 0.19)
        paper.set_line_width(7)
        paper.stroke()


def clean(paper: cairo.Context, hand: random.Random) -> None:
    """The road as it should be."""
    asphalt(paper, hand, 0.47)
    kerb(paper)


def rubbish(paper: cairo.Context, hand: random.Random) -> None:
    """Bags and cartons at the roadside."""
    asphalt(paper, hand, 0.5)
    kerb(paper)
    for _ in range(46):
        x, y, size = hand.uniform(180, 780), hand.uniform(260, 600), hand.uniform(24, 90)
        paper.set_source_rgb(*hand.choice(((0.12, 0.13, 0.15), (0.7, 0.68, 0.62), (0.55, 0.42, 0.28), (0.25, 0.4, 0.55), (0.75, 0.2, 0.2))))
        oval(paper, (x, y), size, hand.uniform(0.5, 0.9))
        paper.fill()


def puddle(paper: cairo.Context, hand: random.Random) -> None:
    """Water over the road."""
    asphalt(paper, hand, 0.38)
    kerb(paper)
    for step in range(14):
        oval(paper, (WIDTH * 0.45 + hand.uniform(-120, 120), HEIGHT * 0.6 + hand.uniform(-60, 60)), 260 - step * 8, 0.4)
        paper.set_source_rgba(0.52, 0.58, 0.63, 0.16)
        paper.fill()


def lamp(paper: cairo.Context, hand: random.Random) -> None:
    """A dark street with one lamp out of three burning."""
    sky = cairo.LinearGradient(0, 0, 0, HEIGHT)
    sky.add_color_stop_rgb(0, 0.03, 0.04, 0.1)
    sky.add_color_stop_rgb(1, 0.12, 0.12, 0.16)
    paper.set_source(sky)
    paper.paint()
    for place, lit in ((0.22, False), (0.5, False), (0.8, True)):
        x, top = WIDTH * place, 150 + hand.uniform(-12, 12)
        paper.set_source_rgb(0.3, 0.3, 0.32)
        paper.set_line_width(12)
        paper.move_to(x, HEIGHT)
        paper.line_to(x, top)
        paper.line_to(x + 70, top - 20)
        paper.stroke()
        if lit:
            glow = cairo.RadialGradient(x + 80, top - 16, 4, x + 80, top + 80, 330)
            glow.add_color_stop_rgba(0, 1, 0.93, 0.7, 0.95)
            glow.add_color_stop_rgba(1, 1, 0.9, 0.6, 0)
            paper.set_source(glow)
            paper.paint()


def lane(paper: cairo.Context, hand: random.Random) -> None:
    """Cars where the fire engine should pass."""
    asphalt(paper, hand, 0.46)
    paper.set_source_rgb(0.86, 0.68, 0.12)
    paper.set_line_width(10)
    for x in range(-HEIGHT, WIDTH, 120):
        paper.move_to(x, HEIGHT)
        paper.line_to(x + HEIGHT, 0)
        paper.stroke()
    for place, paint in ((0.18, (0.85, 0.86, 0.88)), (0.62, (0.16, 0.2, 0.3))):
        x, y = WIDTH * place, HEIGHT * 0.32
        paper.set_source_rgb(*paint)
        paper.rectangle(x, y, 250, 300)
        paper.fill()
        paper.set_source_rgb(0.1, 0.12, 0.14)
        paper.rectangle(x + 26, y + 40, 198, 70)
        paper.fill()
        paper.rectangle(x + 26, y + 220, 198, 44)
        paper.fill()


PICTURES = {"manhole": manhole, "covered": covered, "clean": clean, "rubbish": rubbish, "puddle": puddle, "lamp": lamp, "lane": lane}


def main() -> None:
    """Draw all of them as PNG."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for name, draw in PICTURES.items():
        surface = cairo.ImageSurface(cairo.FORMAT_RGB24, WIDTH, HEIGHT)
        draw(cairo.Context(surface), random.Random(name))
        surface.write_to_png(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main()
