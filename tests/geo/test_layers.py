"""Map files by their ending, and a file of a million points read in a few seconds without holding anybody up."""

import json
import sys
import threading
import time

import numpy as np
import pytest
import shapefile

from console.domain.errors import Invalid
from console.geo.layers import read_layer

MILLION = 1_000_000


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """One outline of a million points, as GeoJSON and as a shapefile."""
    folder = tmp_path_factory.mktemp("huge")
    turn = np.linspace(0, 2 * np.pi, MILLION, endpoint=False)
    ring = np.column_stack((115.2 + 0.05 * np.cos(turn), 36.1 + 0.05 * np.sin(turn))).tolist()
    ring.append(ring[0])
    feature = {"type": "Feature", "properties": {"code": "1"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (folder / "huge.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with shapefile.Writer(str(folder / "huge.shp"), shapeType=shapefile.POLYGON) as writer:
        writer.field("code", "C")
        writer.poly([ring])
        writer.record("1")
    return folder


@pytest.mark.parametrize("name", ["huge.geojson", "huge.shp"])
def test_a_million_points_are_read_in_a_few_seconds_and_no_other_thread_waits_long(huge, name):
    late, before, stop = [0.0], sys.getswitchinterval(), threading.Event()

    def beat():
        last = time.perf_counter()
        while not stop.wait(0.005):
            now = time.perf_counter()
            late[0], last = max(late[0], now - last), now

    sys.setswitchinterval(0.0005)  # as the program does
    thread = threading.Thread(target=beat)
    thread.start()
    try:
        began = time.perf_counter()
        layer = read_layer(huge / name)
        took = time.perf_counter() - began
    finally:
        sys.setswitchinterval(before)
        stop.set()
        thread.join()

    assert layer.drawn[0].numbers.shape == (MILLION + 1, 2)
    assert took < 10
    assert late[0] < 1.0


def test_reading_may_be_stopped(huge):
    class Enough(Exception):
        pass

    def stop(share):
        raise Enough

    for name in ("huge.geojson", "huge.shp"):
        with pytest.raises(Enough):
            read_layer(huge / name, stop)


@pytest.mark.parametrize("name", ["grids.kml", "grids.dbf", "grids"])
def test_another_kind_of_file_is_refused_with_the_kinds_there_are(tmp_path, name):
    with pytest.raises(Invalid) as refused:
        read_layer(tmp_path / name)
    assert (refused.value.field, refused.value.code) == (name, "unknown_format")
    assert ".shp" in refused.value.facts["known"]
