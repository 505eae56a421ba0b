"""Starting and stopping: taken ports, open streams, signals."""

import socket
import threading
import time

import pytest

from console.domain.errors import Invalid, Unavailable
from console.gateway.serve import Gateway
from tests.gateway.hall import WORDS, Hall


def test_a_taken_port_is_said_with_its_remedy(door: Hall):
    second = Gateway(door.app, port=door.gateway.port)
    with pytest.raises(Unavailable) as refused:
        second.start()
    assert refused.value.code == "port_taken"
    assert f"端口 {door.gateway.port} 已被其他程序占用" in WORDS["zh_CN"].of(refused.value)
    assert "gateway_port" in WORDS["zh_CN"].of(refused.value)
    assert door.stranger().get("/api/health").status_code == 200
    second.stop()  # nothing was started, nothing to stop


def test_an_address_of_another_machine_is_said(door: Hall):
    with pytest.raises(Unavailable) as refused:
        Gateway(door.app, host="192.0.2.1", port=0).start()
    assert refused.value.code == "address_unusable"


def test_a_port_out_of_range_is_said(door: Hall):
    with pytest.raises(Invalid) as refused:
        Gateway(door.app, port=70_000).start()
    assert (refused.value.field, refused.value.code) == ("gateway_port", "setting_range")


def test_it_stops_in_time_with_streams_open_and_frees_its_port(door: Hall):
    programs = [door.program(login) for login in ("grid001", "d10", "d10")]
    streams = [program.line.get(door.base + "/api/live", stream=True, timeout=20) for program in programs]
    firsts = [next(stream.iter_lines()) for stream in streams]
    assert firsts == [b"event: hello"] * 3
    port = door.gateway.port
    began = time.monotonic()
    door.gateway.stop()
    assert time.monotonic() - began < 5
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))
    for stream in streams:
        stream.close()
    assert "gateway" not in {thread.name for thread in threading.enumerate()}
    door.again()


def test_it_can_stop_twice(door: Hall):
    door.gateway.stop()
    door.gateway.stop()
    door.again()
    assert door.stranger().get("/api/health").json() == {"ok": True}
