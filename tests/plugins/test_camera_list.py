"""A list of cameras, from its file through the plugin's process into the register: whole or not at all, every mistake named."""

import json
import time

import pytest
from sqlalchemy import func, select

from console.domain.camera import Camera
from console.domain.errors import Denied, Refused
from console.domain.words import Words
from console.plugin.api import Failure
from console.store import register, tables, video
from plugins.camera_list.reading import read
from tests.make import ROOT
from tests.plugins.halls import ADMIN, CITY_ADMIN, plugins_of
from tests.waiting import until

HEAD = "编号,国标编码,名称,经度,纬度,坐标系,朝向,摄像机类型,取流地址\n"


def lines(count: int) -> list[list[str]]:
    return [
        [f"N{number}", f"4109230100132{number:07d}", f"路口{number}", f"{115.2 + number % 100 / 10_000:.4f}", "36.1010", "wgs84", "东",
         "球机" if number % 2 else "固定枪机", f"rtsp://user:p%40ss@10.0.0.{number % 250}/Streaming/Channels/101"]
        for number in range(count)
    ]  # fmt: skip


def written(tmp_path, rows, name="list.csv"):
    path = tmp_path / name
    path.write_text(HEAD + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def count(town) -> int:
    with town.store.read() as unit:
        return int(unit.scalar(select(func.count()).select_from(tables.camera)))


def reported(service, path, *, datum="none", admin=ADMIN):
    """Run the plugin over a file and wait for its report."""
    row = state(service)
    service.save(admin, "camera_list", row.plugin.version if row.plugin else 0, {"file": str(path), "datum": datum})
    service.run_once(admin, "camera_list")
    until(lambda: state(service).found.health.state in ("off", "failed") and state(service).found.health.starts == 1, 30)
    return state(service)


def state(service):
    return next(row for row in service.listed(ADMIN) if row.found.id == "camera_list")


def camera(town, code) -> Camera:
    with town.store.read() as unit:
        return unit.record(Camera, unit.row(select(tables.camera).where(tables.camera.c.code == code)))


WRONG = {
    # field, column in the file, what stands there, the refusal
    0: ("name", 2, "", "needs_text"), 1: ("gb_id", 1, "4109230100132", "bad_device_id"),
    2: ("gb_id", 1, "41092301001180000007", "device_of_unknown_type"), 3: ("gb_id", 1, "99092301001320000007", "device_of_unknown_centre"),
    4: ("lon", 3, "东经", "not_a_number"), 5: ("lat", 4, "115.2", "bad_coordinate"), 6: ("datum", 5, "", "no_datum"),
    7: ("datum", 5, "gps84", "unknown_datum"), 8: ("lon", 3, "120.5", "outside_area"), 9: ("direction", 6, "里面", "bad_direction"),
    10: ("ptz_type", 7, "无人机", "unknown_code"), 11: ("main", 8, "file:///etc/passwd", "unknown_address_scheme"),
    12: ("main", 8, "rtsp://10.0.0.1/x:sout=#file", "bad_address_character"), 13: ("code", 0, "N 7", "bad_camera_code"),
    14: ("code", 0, "N50", "camera_twice"), 15: ("code", 0, "C301", "camera_code_taken"),
}  # fmt: skip


def test_ten_thousand_lines_with_mistakes_name_every_one_and_take_nothing(town, tmp_path):
    rows, want = lines(10_000), []
    for number in range(32):
        field, column, value, code = WRONG[number % len(WRONG)]
        at = 200 + number * 300
        rows[at][column] = value
        want.append((at + 2, field, code))
    want[31] = (200 + 31 * 300 + 2, "code", "camera_twice")  # C301 stood in line 4702 already
    before = count(town)
    with plugins_of(town, tmp_path) as service:
        row = reported(service, written(tmp_path, rows))
        found = service.preview(ADMIN, "camera_list")

        assert (row.reported, found.total, len(found.first)) == (10_000, 10_000, 200)
        assert [(one.line, one.field, one.refusal.code) for one in found.problems] == want
        with pytest.raises(Refused) as refused:
            service.take_in(ADMIN, "camera_list", found.digest)
    assert (refused.value.code, refused.value.facts, count(town)) == ("list_has_mistakes", {"count": 32}, before)


def test_every_mistake_has_its_remedy_in_both_languages(sqlite_town, tmp_path):
    rows = lines(60)
    for number, (_, column, value, _) in WRONG.items():
        rows[number][column] = value
    with plugins_of(sqlite_town, tmp_path) as service:
        reported(service, written(tmp_path, rows))
        problems = service.preview(ADMIN, "camera_list").problems

    assert len(problems) == len(WRONG)
    for language in ("zh_CN", "en"):
        words = Words.load(ROOT / "resources" / "i18n", language)
        for problem in problems:
            said = words.of(problem.refusal)
            assert "error." not in said and "{" not in said, said
            assert problem.refusal.code not in said


def test_ten_thousand_right_lines_come_in_at_once(town, tmp_path):
    before = count(town)
    with plugins_of(town, tmp_path) as service:
        reported(service, written(tmp_path, lines(10_000)))
        found = service.preview(ADMIN, "camera_list")
        assert (found.fresh, found.changed, found.problems) == (10_000, 0, ())
        begun = time.monotonic()
        done = service.take_in(ADMIN, "camera_list", found.digest)
        print(f"{town.store.dialect}: 10,000 cameras taken in within {time.monotonic() - begun:.2f} s")

        assert (done.fresh, done.changed, count(town) - before) == (10_000, 0, 10_000)
        again = service.preview(ADMIN, "camera_list")
        assert (again.fresh, again.changed) == (0, 0), "the same list again changes nothing"
    one = camera(town, "N7")
    assert (one.gb_id, one.kind, one.direction_deg, one.grid, one.centre_id) == (
        "41092301001320000007", "dome", 90.0, "410923102204001", 5,
    )  # fmt: skip
    duty = town.actor("duty")
    assert [found.code for found in town.ask.cameras(duty, "N7777")] == ["N7777"]
    view = town.video.open_live(duty, (one.id,), "V3", "日常巡查一遍")[0]
    assert view.main_address == "rtsp://user:p%40ss@10.0.0.7/Streaming/Channels/101"
    with town.store.read() as unit:
        source = register.source_of(unit, one.id)
        j = tables.journal.c
        stated = {"ptz_type": "1", "registered_on": "2026-11-23"}
        assert (source.plugin, source.ref, source.ptz, source.attributes) == ("camera_list", "N7", True, stated)
        assert unit.rows(select(j.actor, j.facts).where(j.op == "take_in")) == [
            (20, {"plugin": "camera_list", "new": 10_000, "changed": 0}),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("datum", "lon", "lat"),
    # The same spot in three datums (handbook 6.2).
    [("wgs84", "115.03", "35.77"), ("GCJ-02", "115.03589377", "35.77000128"), ("bd09", "115.04247557", "35.77577190")],
)
def test_a_position_is_kept_as_wgs84_whatever_datum_it_came_in(sqlite_town, tmp_path, datum, lon, lat):
    row = lines(1)[0]
    row[3:6] = [lon, lat, datum]
    with plugins_of(sqlite_town, tmp_path) as service:
        reported(service, written(tmp_path, [row]), admin=CITY_ADMIN)
        service.take_in(CITY_ADMIN, "camera_list", service.preview(CITY_ADMIN, "camera_list").digest)

    found = camera(sqlite_town, "N0")
    assert (found.lon, found.lat) == (pytest.approx(115.03, abs=2e-7), pytest.approx(35.77, abs=2e-7))


def test_the_datum_of_the_settings_counts_where_the_file_names_none(sqlite_town, tmp_path):
    row = lines(1)[0]
    row[3:6] = ["115.03589377", "35.77000128", ""]
    with plugins_of(sqlite_town, tmp_path) as service:
        reported(service, written(tmp_path, [row]), datum="gcj02", admin=CITY_ADMIN)
        service.take_in(CITY_ADMIN, "camera_list", service.preview(CITY_ADMIN, "camera_list").digest)

    assert camera(sqlite_town, "N0").lon == pytest.approx(115.03, abs=2e-7)


def test_geojson_comes_in_too(sqlite_town, tmp_path):
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [115.2005, 36.1011]},
         "properties": {"名称": "校门", "code": "G1", "坐标系": "wgs84", "direction": 270, "roomType": "1"}},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": []}, "properties": {"名称": "线", "坐标系": "wgs84"}},
        {"type": "Feature", "properties": None}, 3,
    ]  # fmt: skip
    path = tmp_path / "list.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    with plugins_of(sqlite_town, tmp_path) as service:
        reported(service, path)
        found = service.preview(ADMIN, "camera_list")

    (one,) = found.first
    assert (one.camera.code, one.camera.direction_deg, one.source.attributes) == ("G1", 270.0, {"room_type": "1"})
    assert {(one.line, one.field) for one in found.problems} == {(2, "lon"), (3, "name"), (3, "lon"), (4, "name"), (4, "lon")}


def test_a_camera_is_known_again_and_keeps_what_the_list_does_not_name(sqlite_town, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("国标编码,名称,经度,纬度,坐标系\n41092301001323000301,仓颉路西口,115.2006,36.1012,wgs84\n", encoding="utf-8")
    with plugins_of(sqlite_town, tmp_path) as service:
        reported(service, path)
        found = service.preview(ADMIN, "camera_list")
        done = service.take_in(ADMIN, "camera_list", found.digest)

    assert (done.fresh, done.changed) == (0, 1)
    one = camera(sqlite_town, "C301")
    assert (one.id, one.name, one.direction_deg, one.lon) == (1, "仓颉路西口", 90.0, 115.2006)
    with sqlite_town.store.read() as unit:
        assert video.addresses(unit, 1)[0] == "rtsp://127.0.0.1/C301/sub", "addresses the list does not name stay"


def test_another_report_between_looking_and_taking_stops_all(sqlite_town, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        reported(service, written(tmp_path, lines(3)))
        digest = service.preview(ADMIN, "camera_list").digest
        reported(service, written(tmp_path, lines(4), "other.csv"))

        with pytest.raises(Refused) as refused:
            service.take_in(ADMIN, "camera_list", digest)
    assert refused.value.code == "report_changed"


def test_a_file_that_is_gone_fails_with_its_reason(sqlite_town, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        row = reported(service, tmp_path / "nowhere.csv")
        with pytest.raises(Refused) as refused:
            service.preview(ADMIN, "camera_list")

    assert (row.found.health.state, row.found.health.reason.code) == ("failed", "list_unreadable")
    assert refused.value.code == "nothing_reported"


def test_only_the_system_administrator_takes_cameras_in(sqlite_town, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        for login in ("duty", "leader", "director", "clerk"):
            with pytest.raises(Denied):
                service.preview(sqlite_town.actor(login), "camera_list")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "list_header"), ("名称,经度\n".encode(), "list_header"), ("名称,经度,纬度\n".encode(), "list_empty"),
     (b"\x81\x00\xff\xfe\x00", "list_encoding"),
     (b'{"features": []}', "list_empty"), (b'{"type": 1}', "list_broken"), (b"{", "list_broken"), (b'{"features": {}}', "list_broken"),
     ("名称,经度,纬度\n\"".encode() + b"x" * 200_000 + b"\n", "list_broken")],
)  # fmt: skip
def test_what_is_no_list_is_said(content, code):
    with pytest.raises(Failure) as said:
        list(read(content, ""))
    assert said.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_every_spreadsheet_s_way_of_saving_is_read(encoding, between):
    text = between.join(("名称", "经度", "纬度")) + "\r\n" + between.join(("一号", "115.2", "36.1")) + "\r\n\r\n"

    (row,) = read(text.encode(encoding), "wgs84")
    assert (row["name"], row["lon"], row["lat"], row["datum"], row["line"]) == ("一号", "115.2", "36.1", "wgs84", 2)
