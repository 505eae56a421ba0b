"""What a plugin may use: reports in lines the console takes, questions answered, an end that is heard."""

import json

from console.plugin.api import LINE_MAX, Host, Motion
from tests.waiting import until


def test_rows_go_out_in_parts_no_longer_than_a_line_may_be():
    said = []
    host = Host({}, said.append)

    count = host.cameras({"ref": str(n), "name": "长" * 2_000} for n in range(700))

    assert count == 700
    assert [row["ref"] for message in said for row in message["rows"]] == [str(n) for n in range(700)]
    assert all(len(json.dumps(message, ensure_ascii=False).encode()) < LINE_MAX for message in said)
    assert [message["is_first"] for message in said] == [True] + [False] * (len(said) - 1)
    assert [message["is_last"] for message in said] == [False] * (len(said) - 1) + [True]


def test_no_camera_is_a_report_too():
    said = []
    assert Host({}, said.append).cameras([]) == 0
    assert said == [{"say": "cameras", "rows": [], "is_first": True, "is_last": True}]


def test_notes_alarms_and_states_are_plain_lines():
    said = []
    host = Host({}, said.append)
    host.note("read", n=1)
    host.warn("odd", n=2)
    host.online({"a": True})
    host.alarm("k1", "a", "K06", at="2026-11-24T00:00:00Z")

    assert said == [
        {"say": "note", "code": "read", "facts": {"n": 1}}, {"say": "note", "code": "odd", "facts": {"n": 2}, "is_warning": True},
        {"say": "online", "states": {"a": True}},
        {"say": "alarm", "key": "k1", "ref": "a", "kind": "K06", "facts": {"at": "2026-11-24T00:00:00Z"}},
    ]  # fmt: skip


def test_waiting_ends_when_the_plugin_is_to_end():
    host = Host({}, lambda _message: None)
    assert host.wait(0.0) is False
    host.stop()
    assert host.wait(600) is True


class Camera:
    """Notes what it is told, and when."""

    def __init__(self):
        self.told = []

    def send(self, *speed):
        self.told.append(speed)

    def halt(self):
        self.told.append("halt")


def test_a_move_that_is_not_renewed_ends_after_three_seconds(monkeypatch):
    monkeypatch.setattr("console.plugin.api.AGAIN_S", 0.02)
    monkeypatch.setattr("console.plugin.api.DEAD_MAN_S", 0.1)
    camera = Camera()
    motion = Motion(camera.send, camera.halt)

    motion.move(0.5, -3.0, 0.0)
    until(lambda: "halt" in camera.told)

    assert camera.told == [(0.5, -1.0, 0.0), "halt"]
    assert not motion.is_moving


def test_where_a_device_turns_for_a_second_it_is_told_again_until_it_stops(monkeypatch):
    monkeypatch.setattr("console.plugin.api.AGAIN_S", 0.02)
    camera = Camera()
    motion = Motion(camera.send, camera.halt, is_resent=True)

    motion.move(0.5, 0.0, 0.0)
    until(lambda: len(camera.told) > 3)
    motion.stop()

    assert set(camera.told[:-1]) == {(0.5, 0.0, 0.0)}
    assert camera.told[-1] == "halt"
