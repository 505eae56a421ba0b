"""Cameras whose platform makes an address only when somebody looks: asked for after the row, two at a time, refused in its words."""

from dataclasses import replace

import pytest

from console.service.streams import Streams
from console.store import tables
from console.store.register import Source
from console.ui.seat import Seat
from console.ui.wall.looks import Looks, Why
from tests.plugin.processes import plugin
from tests.plugins.halls import ADMIN, plugins_of
from tests.waiting import until

PATROL = Why("V3", "夜间例行巡查")
BODY = '''
from console.plugin.api import Failure
import time
def stream(ref):
    if ref == "slow":
        time.sleep(0.5)
    if ref == "dead":
        raise Failure("no_answer")
    return {"main": "http://127.0.0.1:9/" + ref + ".ts", "sub": "http://127.0.0.1:9/" + ref + ".ts"}
def run(host):
    host.answer("stream", stream)
    host.note("ready")
    host.wait(600)
'''


@pytest.fixture
def looks(hall, tmp_path):
    plugin(tmp_path / "plugins", "trial", BODY)
    with hall.town.store.write() as unit:
        for number, ref in ((3, "three"), (4, "dead")):
            unit.add(tables.camera_source, Source(number, "trial", ref, is_online=True))
    with plugins_of(hall.town, tmp_path, tmp_path / "plugins") as service:
        version = service.save(ADMIN, "trial", 0, {}).version
        service.turn_on(ADMIN, "trial", version)
        service.sync()
        until(lambda: service.listed(ADMIN)[0].notes)
        services = replace(hall.seat.services, streams=Streams(hall.town.desk, service))
        yield Looks(Seat(hall.seat.actor, services, hall.seat.work))


def test_an_address_is_asked_for_after_the_row_and_connected(looks, hall, qtbot, monkeypatch):
    connected = []
    monkeypatch.setattr(hall.pool, "open", lambda key, address: connected.append((key, str(address), len(hall.looks()))))
    cameras = hall.cameras()
    looks.open([cameras[code] for code in ("C303", "C304", "C320", "C301")], PATROL)
    looks.show({3: (640, 360)})

    qtbot.waitUntil(lambda: len(connected) == 2 and all(looks.get(number).refusal for number in (4, 5)))
    assert sorted(connected) == [("1", "rtsp://127.0.0.1/C301/sub", 4), ("3", "http://127.0.0.1:9/three.ts", 4)]
    assert (looks.get(4).refusal.code, looks.get(5).refusal.code) == ("no_answer", "no_live_address")


def test_a_look_closed_while_its_address_is_asked_for_is_not_connected(looks, hall, qtbot, monkeypatch):
    connected = []
    monkeypatch.setattr(hall.pool, "open", lambda key, address: connected.append(key))
    with hall.town.store.write() as unit:
        unit.run(tables.camera_source.update().where(tables.camera_source.c.camera_id == 3).values(ref="slow"))
    looks.open([hall.cameras()["C303"]], PATROL)
    qtbot.waitUntil(lambda: looks.get(3) is None or looks.get(3).view is not None)
    looks.keep(())

    qtbot.waitUntil(lambda: not hall.seat.work.busy)
    assert connected == []


def test_cameras_of_a_platform_count_among_those_that_open(looks, hall):
    assert [camera.code for camera in hall.town.ask.cameras(hall.seat.actor)] == ["C301", "C302", "C303", "C304", "C320"]
