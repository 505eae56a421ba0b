"""One row of a report: what it becomes, and every way it can be wrong."""

import pytest

from console.domain.plugin import Plugin
from console.service.camera_rows import Judge
from console.store import register
from console.store.scope import Scope
from tests.make import CODES, START
from tests.plugins.halls import ADMIN

PLUGIN = Plugin(1, "trial", 2, True, {}, "", 20, START)
GOOD = {"ref": "a", "name": "一号", "lon": 115.2, "lat": 36.1, "datum": "wgs84"}


@pytest.fixture
def judged(sqlite_town):
    def judge(*rows):
        with sqlite_town.store.read() as unit:
            known = register.known(unit, Scope(ADMIN), "trial")
        one = Judge(CODES, sqlite_town.ground, known, PLUGIN)
        return tuple(one.rows(rows)), [(problem.line, problem.field, problem.refusal.code) for problem in one.problems]

    return judge


def test_a_row_becomes_a_camera_of_its_grid_and_centre(judged):
    (one,), problems = judged({**GOOD, "ptz": True, "sub": "rtsp://h/s", "main": "rtsp://h/m", "online": False, "storage_days": "30"})

    assert problems == []
    camera = one.camera
    assert (camera.id, camera.code, camera.kind, camera.grid, camera.division) == (0, "C303", "dome", "410923102204001", "410923102204")
    assert (camera.centre_id, camera.fov_deg, camera.direction_deg) == (5, 60.0, 0.0)
    assert (one.source.plugin, one.source.ref, one.source.ptz, one.source.is_online) == ("trial", "a", True, False)
    assert (one.streams, one.source.attributes, one.is_placed) == (("rtsp://h/s", "rtsp://h/m"), {"storage_days": 30}, True)
    assert "rtsp" not in repr(one)


def test_without_a_position_it_belongs_to_the_plugin_s_centre_and_stands_nowhere(judged):
    (one,), problems = judged({"ref": "a", "name": "一号"})

    assert (problems, one.is_placed, one.camera.centre_id, one.camera.grid) == ([], False, 2, "")


def test_free_numbers_follow_one_another(judged):
    found, _ = judged(GOOD, {**GOOD, "ref": "b"}, {**GOOD, "ref": "c", "code": "X1"}, {**GOOD, "ref": "d"})

    assert [one.camera.code for one in found] == ["C303", "C304", "X1", "C305"]


@pytest.mark.parametrize(("said", "degrees"), [("东", 90), ("西北", 315), ("360", 0), (12.5, 12.5)])
def test_a_direction_is_degrees_from_north(judged, said, degrees):
    assert judged({**GOOD, "direction": said})[0][0].camera.direction_deg == degrees


@pytest.mark.parametrize(
    ("row", "offset_s"), [({}, 0), ({"clock_offset_s": "-75.5"}, -75.5), ({"clock_read_s": 182}, 182), ({"clock_read_s": 2}, 0)]
)
def test_a_clock_s_offset_is_what_was_written_or_read(judged, row, offset_s):
    assert judged({**GOOD, **row})[0][0].camera.clock_offset_s == offset_s


@pytest.mark.parametrize(
    ("row", "offset_s", "is_changed"),
    [
        ({}, 60, False), ({"clock_read_s": 62}, 60, False), ({"clock_read_s": 58}, 60, False), ({"clock_read_s": 63}, 63, True),
        ({"clock_offset_s": "61"}, 61, True), ({"clock_offset_s": 0}, 0, True),
    ],
)  # fmt: skip
def test_a_kept_offset_stays_until_another_is_written_or_clearly_read(sqlite_town, judged, row, offset_s, is_changed):
    (first,), _ = judged({**GOOD, "clock_offset_s": 60})
    with sqlite_town.store.write() as unit:
        register.write(unit, [first.camera], [first.source], [first.streams])

    (again,), problems = judged({**GOOD, **row})

    assert (problems, again.camera.clock_offset_s, again.is_changed) == ([], offset_s, is_changed)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": None}, "name", "needs_text"), ({"name": "x" * 81}, "name", "too_long"), ({"name": "a\x00"}, "name", "bad_characters"),
        ({"lon": "nan"}, "lon", "bad_coordinate"), ({"lon": 116.5}, "lon", "outside_area"), ({"lat": ""}, "lat", "not_a_number"),
        ({"datum": ""}, "datum", "no_datum"), ({"fov_deg": "0"}, "fov_deg", "bad_angle"),
        ({"fov_deg": "weit"}, "fov_deg", "not_a_number"),
        ({"clock_offset_s": "vor"}, "clock_offset_s", "not_a_number"), ({"clock_offset_s": "1e10"}, "clock_offset_s", "bad_clock_offset"),
        ({"clock_read_s": "inf"}, "clock_read_s", "bad_clock_offset"),
        ({"direction": "-1"}, "direction", "bad_direction"), ({"ptz_type": "9"}, "ptz_type", "unknown_code"),
        ({"storage_days": "-3"}, "storage_days", "not_a_number"), ({"centre": "ZZ410922"}, "centre", "no_such_centre"),
        ({"grid": "410923102204999"}, "grid", "unknown_grid"), ({"sub": "rtsp://h/ x"}, "sub", "blank_in_address"),
        ({"main": "rtsp://h/" + "x" * 500}, "main", "address_too_long"), ({"code": "3C"}, "code", "bad_camera_code"),
        ({"code": "C301", "gb_id": "41092301001323000302"}, "code", "camera_code_taken"), ({"needs_position": True, "lon": "", "lat": ""},
                                                                                          "lon", "needs_position"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(judged, change, field, code):
    found, problems = judged({**GOOD, **change})

    assert found == ()
    assert problems == [(1, field, code)]


@pytest.mark.parametrize("row", [None, 3, "x", [GOOD]])
def test_what_is_no_row_is_a_mistake(judged, row):
    assert judged(row) == ((), [(1, "file", "not_a_row")])
