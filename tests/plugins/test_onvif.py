"""ONVIF against a real device in software: found, shown, moved, preset called; and against servers that misbehave."""

import av
import pytest

from console.domain.errors import Refused, Unavailable
from console.domain.ptz import Move
from console.plugin.api import Failure
from console.service.ptz import Ptz, Purpose
from plugins.onvif import discovery, soap
from plugins.onvif.device import Device
from tests.plugins.halls import ADMIN, plugins_of
from tests.plugins.ipycams import IpCamera
from tests.waiting import until

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def ipcam(tmp_path_factory):
    camera = IpCamera(tmp_path_factory.mktemp("ipycam"), name="Gate", serial_number="PY-7", username="admin", password="p@ss: 密")
    yield camera
    camera.end()


@pytest.fixture
def device(ipcam):
    made = Device(f"http://{ipcam.place}/onvif/device_service", "admin", "p@ss: 密")
    made.open()
    return made


def started(service, **settings):
    given = {"user": "admin", "password": "p@ss: 密", "interface": "127.0.0.1", **settings}
    row = next(row for row in service.listed(ADMIN) if row.found.id == "onvif")
    version = service.save(ADMIN, "onvif", row.plugin.version if row.plugin else 0, given).version
    service.turn_on(ADMIN, "onvif", version)
    service.sync()
    return until(lambda: (found := next(row for row in service.listed(ADMIN) if row.found.id == "onvif")).reported_at and found, 30)


def test_it_is_discovered_on_its_segment(ipcam):
    assert f"http://{ipcam.place}/onvif/device_service" in discovery.search("127.0.0.1", 2.0)


def test_profiles_streams_and_snapshot_are_told_with_the_login(ipcam, device):
    (channel,) = device.channels()

    assert (channel.profiles, channel.has_ptz) == (("Profile_Main", "Profile_Sub"), True)
    login = "admin:p%40ss%3A%20%E5%AF%86@"
    assert device.stream("Profile_Main") == f"rtsp://{login}127.0.0.1:{ipcam.rtsp_port}/video_main"
    assert device.stream("Profile_Sub") == f"rtsp://{login}127.0.0.1:{ipcam.rtsp_port}/video_sub"
    assert device.snapshot("Profile_Main") == f"http://{login}127.0.0.1:{ipcam.onvif_port}/snapshot.jpg"
    assert (device.model, device.serial) == ("PythonCam VirtualCam-1", "PY-7")
    assert abs(device.offset_s) < 2


def test_a_wrong_password_is_said(ipcam):
    with pytest.raises(Failure) as said:
        Device(f"http://{ipcam.place}/onvif/device_service", "admin", "wrong").open()
    assert (said.value.code, said.value.facts) == ("onvif_login", {"place": ipcam.place})


def test_from_discovery_to_a_picture_on_the_wall(sqlite_town, ipcam, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        row = started(service)
        found = service.preview(ADMIN, "onvif")
        assert (row.reported, found.fresh, found.problems, found.placeless) == (1, 1, (), 1)
        service.take_in(ADMIN, "onvif", found.digest)
    duty = sqlite_town.actor("duty")
    (camera,) = sqlite_town.ask.cameras(duty, "VirtualCam")
    view = sqlite_town.video.open_live(duty, (camera.id,), "V3", "日常巡查一遍")[0]

    with av.open(view.sub_address, options={"rtsp_transport": "tcp"}, timeout=20) as stream:
        frame = next(stream.decode(video=0))
    assert (frame.width, frame.height) == (320, 180)


def test_it_is_moved_stopped_and_called_to_a_preset_and_home(sqlite_town, ipcam, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        started(service)
        ref = service.preview(ADMIN, "onvif").first[0].source.ref
        service.ask("onvif", "home", {"ref": ref})
        until(lambda: ipcam.looks()["pan"] == 0)
        service.ask("onvif", "move", {"ref": ref, "pan": 0.5, "tilt": 0.0, "zoom": 0.2})
        until(lambda: ipcam.looks()["pan"] > 0.02 and ipcam.looks()["moving"])
        service.ask("onvif", "stop", {"ref": ref})
        until(lambda: not ipcam.looks()["moving"])
        there = ipcam.looks()["pan"]
        ipcam.set_preset("gate", "门口", soap.Login("admin", "p@ss: 密"))
        assert {"id": "gate", "name": "门口"} in service.ask("onvif", "presets", {"ref": ref})

        service.ask("onvif", "home", {"ref": ref})
        until(lambda: ipcam.looks()["pan"] == 0)
        service.ask("onvif", "goto_preset", {"ref": ref, "preset": "gate"})
        until(lambda: ipcam.looks()["pan"] == pytest.approx(there, abs=0.01))


def test_an_officer_turns_it_by_a_lease_and_it_stands_still_when_taken_over(sqlite_town, ipcam, tmp_path):
    duty, leader = sqlite_town.actor("duty"), sqlite_town.actor("leader")
    with plugins_of(sqlite_town, tmp_path) as service:
        started(service)
        service.take_in(ADMIN, "onvif", service.preview(ADMIN, "onvif").digest)
        (camera,) = sqlite_town.ask.cameras(duty, "VirtualCam")
        ptz = Ptz(sqlite_town.desk, service)
        ptz.hold(duty, camera.id, Purpose("V3", "跟看路口车流情况"))
        ptz.home(duty, camera.id)
        until(lambda: ipcam.looks()["pan"] == 0)
        ptz.move(duty, camera.id, Move(pan=0.05))
        until(lambda: ipcam.looks()["moving"])
        ptz.take_over(leader, camera.id, Purpose("V3", "处置现场需要看另一侧"))
        until(lambda: not ipcam.looks()["moving"], 2)
        with pytest.raises(Refused):
            ptz.move(duty, camera.id, Move(pan=0.05))


def test_a_move_nobody_renews_ends_by_itself(sqlite_town, ipcam, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        started(service)
        ref = service.preview(ADMIN, "onvif").first[0].source.ref
        service.ask("onvif", "move", {"ref": ref, "pan": 0.05, "tilt": 0.0, "zoom": 0.0})
        until(lambda: ipcam.looks()["moving"])

        until(lambda: not ipcam.looks()["moving"], 6)


def test_a_move_ends_when_the_plugin_is_stopped(sqlite_town, ipcam, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        started(service)
        ref = service.preview(ADMIN, "onvif").first[0].source.ref
        service.ask("onvif", "move", {"ref": ref, "pan": -0.05, "tilt": 0.0, "zoom": 0.0})
        until(lambda: ipcam.looks()["moving"])
    until(lambda: not ipcam.looks()["moving"], 2)


def test_a_wrong_password_is_a_warning_with_its_place_and_reports_no_camera(sqlite_town, ipcam, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        row = started(service, password="wrong")

    assert ("onvif_login", {"place": ipcam.place}, True) in [(note.code, dict(note.facts), note.is_warning) for note in row.notes]
    assert row.reported == 0


def test_an_unknown_camera_is_said(sqlite_town, ipcam, tmp_path):
    with plugins_of(sqlite_town, tmp_path) as service:
        started(service)
        with pytest.raises(Unavailable) as refused:
            service.ask("onvif", "move", {"ref": "nowhere", "pan": 0, "tilt": 0, "zoom": 0})
    assert refused.value.code == "plugin_said"
    assert refused.value.facts["en"] == "There is no such camera now (nowhere). Wait for the next search."


def test_a_frozen_device_is_named_and_holds_nothing_up(sqlite_town, tmp_path):
    frozen = IpCamera(tmp_path, name="Frozen")
    try:
        frozen.freeze()
        with plugins_of(sqlite_town, tmp_path) as service:
            row = started(service, is_searching=False, devices=f"{frozen.place} nonsense/x")
    finally:
        frozen.end()

    warned = {(note.code, note.facts.get("place")) for note in row.notes if note.is_warning}
    assert warned == {("onvif_no_answer", frozen.place), ("onvif_bad_setting", "nonsense/x"), ("onvif_none", None)}
