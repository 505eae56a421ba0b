"""Ground cut from the outline: only what is wanted, the same whether alone or within the city. The city's is in tests/demo/test_land.py."""

from console.geo.gazetteer import CITY_CODE, FILE, read_names
from console.geo.land import build_land
from tests.make import ROOT

GEO = ROOT / "resources" / "geo"


def test_only_the_wanted_county_is_cut_and_the_city_keeps_its_drawn_outline():
    codes = {name.code for name in read_names(GEO / FILE)}
    wanted = {code for code in codes if code.startswith("410922")} | {CITY_CODE}

    land = build_land(GEO, 1, wanted)

    assert {area.code for area in land.divisions} == wanted
    assert {grid.division[:6] for grid in land.grids} == {"410922"}
    assert all(area.rings for area in land.divisions)
