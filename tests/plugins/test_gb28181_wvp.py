"""The WVP connector against a server of WVP's shape: channels, play, turning, recordings, alarms, and its bad days."""

import pytest

from console.domain.errors import Unavailable
from console.plugin.api import Failure, Host
from plugins.gb28181_wvp import Platform
from plugins.gb28181_wvp.channels import best_address, command_of, is_camera, row_of
from plugins.gb28181_wvp.client import Wvp
from tests.plugins.halls import ADMIN, plugins_of
from tests.plugins.platforms import KEY, PASSWORD, USER, channel, platform
from tests.waiting import until

FRONT = "/common/channel/front-end"
REF = "41092301001320000001"


def row(service):
    return next(row for row in service.listed(ADMIN) if row.found.id == "gb28181_wvp")


def started(service, address, **settings):
    given = {"address": address, "user": USER, "password": PASSWORD, **settings}
    version = service.save(ADMIN, "gb28181_wvp", row(service).plugin.version if row(service).plugin else 0, given).version
    service.turn_on(ADMIN, "gb28181_wvp", version)
    service.sync()
    return until(lambda: (found := row(service)).notes and found, 30)


def test_its_channels_become_cameras_and_what_does_not_look_is_left_out(town, tmp_path):
    with platform() as (address, known), plugins_of(town, tmp_path) as service:
        known.channels += [
            {**channel(9), "gbDeviceId": "41092301001340000009"}, {**channel(8), "gbDeviceId": "41092301002160000008"},
            {**channel(7), "gbDeviceId": "123", "gbName": "错号"}, {**channel(6), "gbLongitude": 0, "gbLatitude": None},
        ]  # fmt: skip
        started(service, address)
        found = service.preview(ADMIN, "gb28181_wvp")
        assert (found.total, found.fresh, found.placeless) == (5, 4, 1)
        assert [(one.line, one.field, one.refusal.code) for one in found.problems] == [(4, "gb_id", "bad_device_id")]
        done = service.take_in(ADMIN, "gb28181_wvp", found.digest)

    assert (done.fresh, done.left_out) == (4, 1)
    cameras = {one.gb_id: one for one in town.ask.cameras(town.actor("duty"), "国标")}
    one = cameras[REF]
    assert (one.kind, one.direction_deg, one.lon, one.grid) == ("dome", 90.0, 115.2, "410923102204001")


def test_five_thousand_channels_come_page_by_page(sqlite_town, tmp_path):
    with platform() as (address, known), plugins_of(sqlite_town, tmp_path) as service:
        known.channels = [channel(number) for number in range(1, 5_001)]
        until(lambda: started(service, address).reported == 5_000, 30)

    assert [values["page"] for values in known.of("/common/channel/list")] == [str(page) for page in range(1, 12)]


def test_a_stream_is_asked_for_when_somebody_looks_and_the_best_address_is_taken(sqlite_town, tmp_path):
    with platform() as (address, known), plugins_of(sqlite_town, tmp_path) as service:
        started(service, address)
        assert known.of("/common/channel/play") == []
        told = service.ask("gb28181_wvp", "stream", {"ref": REF}, 15.0)
        service.ask("gb28181_wvp", "end_stream", {"ref": REF})

    assert told == {"main": "http://127.0.0.1:8080/s1.live.ts", "sub": "http://127.0.0.1:8080/s1.live.ts"}
    assert known.of("/common/channel/play/stop") == [{"channelId": "1"}]


def test_after_a_silence_the_channel_is_stopped_before_anybody_tries_again(monkeypatch):
    monkeypatch.setattr("plugins.gb28181_wvp.PLAY_S", 0.3)
    with platform() as (address, known):
        known.silent.add("/common/channel/play")
        connector = connected(address, [])
        with pytest.raises(Failure) as said:
            connector.stream(REF)

    assert said.value.code == "wvp_no_answer"
    assert [path for path, _ in known.asked][-2:] == ["/common/channel/play", "/common/channel/play/stop"]


def connected(address, said):
    """The platform as the plugin sees it, in this process."""
    made = Platform(Host({}, said.append), Wvp(address, USER, PASSWORD, ""))
    made.read()
    return made


def test_it_is_turned_stopped_and_called_to_presets(sqlite_town, tmp_path):
    with platform() as (address, known), plugins_of(sqlite_town, tmp_path) as service:
        started(service, address)

        def ask(method, **values):
            return service.ask("gb28181_wvp", method, {"ref": REF, **values})

        ask("move", pan=-0.5, tilt=1.0, zoom=0.0)
        ask("stop")
        ask("move", pan=0.0, tilt=0.0, zoom=0.3)
        assert ask("presets") == [{"id": "1", "name": "门口"}, {"id": "2", "name": "2"}]
        ask("goto_preset", preset="2")
        with pytest.raises(Unavailable) as refused:
            ask("home")
    turns = [(one["command"], one["panSpeed"], one["tiltSpeed"], one["zoomSpeed"]) for one in known.of(f"{FRONT}/ptz")]
    assert turns[:3] == [("upleft", "50", "100", "0"), ("stop", "0", "0", "0"), ("zoomin", "0", "0", "30")]
    assert known.of(f"{FRONT}/preset/call") == [{"channelId": "1", "presetId": "2"}]
    assert (refused.value.code, refused.value.facts["zh"]) == ("plugin_said", "国标平台没有“home”这个功能。")


def test_a_camera_that_turns_stands_still_when_nobody_renews_and_when_the_plugin_ends(sqlite_town, tmp_path):
    with platform() as (address, known), plugins_of(sqlite_town, tmp_path) as service:
        started(service, address)
        service.ask("gb28181_wvp", "move", {"ref": REF, "pan": 1.0, "tilt": 0.0, "zoom": 0.0})
        until(lambda: known.of(f"{FRONT}/ptz")[-1]["command"] == "stop", 6)
        service.ask("gb28181_wvp", "move", {"ref": REF, "pan": 1.0, "tilt": 0.0, "zoom": 0.0})
        service.runner.stop("gb28181_wvp")
        assert known.of(f"{FRONT}/ptz")[-1]["command"] == "stop"


def test_recordings_are_found_and_played(sqlite_town, tmp_path):
    with platform() as (address, known), plugins_of(sqlite_town, tmp_path) as service:
        started(service, address)
        span = {"ref": REF, "start": "2026-11-24 09:00:00", "end": "2026-11-24 10:00:00"}
        assert service.ask("gb28181_wvp", "records", span) == [{"start": "2026-11-24 09:00:00", "end": "2026-11-24 10:00:00"}]
        assert service.ask("gb28181_wvp", "playback", span) == {"main": "http://127.0.0.1:8080/p1.live.mp4", "stream": "p1"}
        for act, value in (("seek", 60_000), ("speed", 4.0), ("pause", 0), ("resume", 0), ("stop", 0)):
            service.ask("gb28181_wvp", "steer", {"ref": REF, "stream": "p1", "act": act, "value": value})
        with pytest.raises(Unavailable):
            service.ask("gb28181_wvp", "records", {**span, "start": "yesterday"})

    assert known.of("/common/channel/playback/seek") == [{"channelId": "1", "stream": "p1", "seekTime": "60000"}]
    assert known.of("/common/channel/playback/speed") == [{"channelId": "1", "stream": "p1", "speed": "4.0"}]


@pytest.mark.parametrize("is_old", [False, True])
def test_new_alarms_with_a_kind_are_told_once_and_old_ones_not(is_old):
    said = []
    with platform() as (address, known):
        known.old_alarms = is_old
        if is_old:
            known.instead["/alarm/list"] = (404, b"<html>")
        known.alarms.append({"id": 1, "channelId": REF, "alarmMethod": "5", "alarmType": "5", "alarmTime": "2026-11-24 08:00:00"})
        connector = connected(address, said)
        connector.hear()
        known.alarms += [
            {"id": 2, "channelId": REF, "alarmMethod": "5", "alarmType": "6", "alarmTime": "2026-11-24 09:00:00"},
            {"id": 3, "channelId": REF, "alarmMethod": "5", "alarmType": "8"}, {"id": 4, "alarmMethod": "5", "alarmType": "10"}, {},
        ]  # fmt: skip
        connector.hear()

    alarms = [(one["key"], one["ref"], one["kind"]) for one in said if one["say"] == "alarm"]
    assert ("wvp 2", REF, "K06") in alarms
    assert not {key for key, _, _ in alarms} & {"wvp 3", "wvp 4"}


def test_a_key_serves_instead_of_a_user(sqlite_town, tmp_path):
    with platform() as (address, _known), plugins_of(sqlite_town, tmp_path) as service:
        started(service, address, user="", password="", api_key=KEY)
        assert until(lambda: row(service).reported) == 3


def test_an_outdated_token_is_fetched_anew():
    with platform() as (address, known):
        wvp = Wvp(address + "/api/", USER, PASSWORD, "")
        wvp.get("/common/channel/list", page=1, count=1)
        known.token = "t2"
        assert wvp.get("/common/channel/list", page=1, count=1)["total"] == 3


def test_a_wrong_password_is_a_warning_and_no_secret_is_in_it(sqlite_town, tmp_path):
    with platform() as (address, _known), plugins_of(sqlite_town, tmp_path) as service:
        found = started(service, address, password="wrong")

    assert [(note.code, note.is_warning, dict(note.facts)) for note in found.notes] == [("wvp_login", True, {})]


@pytest.mark.parametrize(
    ("answer", "code"),
    [((500, b""), "wvp_refused"), ((200, b"<html>"), "wvp_garbage"), ((200, b"[]"), "wvp_garbage"), ((302, b""), "wvp_refused"),
     ((200, '{"code": 100, "msg": "忙"}'.encode()), "wvp_refused"), ((200, b'{"code": 0, "data": 3}'), "wvp_garbage"),
     ((200, b"[" * 100_000), "wvp_garbage"), ((200, b"x" * (17 << 20)), "wvp_garbage")],
)  # fmt: skip
def test_a_bad_answer_is_said_by_its_kind(answer, code):
    with platform() as (address, known):
        known.instead["/common/channel/list"] = answer
        with pytest.raises(Failure) as said:
            list(Wvp(address, USER, PASSWORD, "").pages("/common/channel/list"))
    assert said.value.code == code


@pytest.mark.parametrize("address", ["", "10.0.0.5", "ftp://h", "http://user:p@h", "file:///x", "http://h/?a=1"])
def test_what_is_no_address_of_a_platform_is_refused(address):
    with pytest.raises(Failure):
        Wvp(address, "", "", "")


def test_the_best_address_is_the_quickest_that_plays():
    assert best_address({"hls": "http://h/x.m3u8", "fmp4": {"url": "http://h/x.mp4"}, "flv": "http://h/x.flv"}) == "http://h/x.mp4"
    for told in ({"flv": "http://h/x.flv"}, {"ts": "file:///etc/passwd"}, {}, None, {"rtsp": 3}):
        with pytest.raises(Failure):
            best_address(told)


def test_commands_and_rows():
    assert command_of(0, 0, 0) == ("stop", 0, 0, 0)
    assert command_of(1, -1, 0.5) == ("downright", 100, 100, 0)
    assert command_of(0, 0, -0.5) == ("zoomout", 0, 0, 50)
    assert is_camera({"gbDeviceId": "short"})
    assert not is_camera({"gbDeviceId": "41092301001340000009"})
    assert row_of({"gbId": 5, "gbPtzType": 99, "gbDirectionType": "x"}) == {"ref": "channel 5", "gb_id": "", "name": "", "online": False}
