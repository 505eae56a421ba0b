"""Which part of the ground a demo is made of: the whole city, or 南乐县 alone beside its neighbour."""

from pathlib import Path
from typing import Literal

from console.geo.gazetteer import CITY_CODE, FILE, read_names
from console.geo.land import Land, Tick, build_land

Scale = Literal["city", "county"]
COUNTY_CODE, NEIGHBOUR = "410923000000", "410922000000"


def demo_land(geo: Path, seed: int, scale: Scale = "city", tick: Tick = lambda share: None) -> Land:
    """The ground of a demo. Raises Invalid for broken files."""
    if scale == "city":
        return build_land(geo, seed, tick=tick)
    codes = [name.code for name in read_names(geo / FILE)]
    wanted = {code for code in codes if code in (CITY_CODE, NEIGHBOUR) or code.startswith(COUNTY_CODE[:6])}
    return build_land(geo, seed, wanted, tick)
