"""The whole demo without its screen: it lives by itself on both engines, and ends whole or not at all."""

import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from console.config import Config
from console.demo import cameras, play
from console.demo.pace import Pace
from console.demo.play import Demo, Wishes
from console.domain.errors import ConsoleError, Invalid, Refused, Unavailable
from console.store import migrate, tables
from console.store.store import Store
from tests.make import Town
from tests.waiting import until

LIVELY = Wishes(7, Pace(240, 0.05, backlog=1, look_s=0.1), morning=8)
SILENT = Wishes(7, Pace(0, 0), morning=0)


def children() -> set[int]:
    """Processes whose parent is this one."""
    me = Path("/proc/self/task")
    return {int(pid) for task in me.iterdir() for pid in (task / "children").read_text().split()}


def answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def config(tmp_path):
    return Config(data=str(tmp_path / "data"), gateway_port=0)


def test_the_field_reports_departments_sign_cameras_answer_and_all_ends_fast(engine_url, tmp_path):
    before = children(), {thread.name for thread in threading.enumerate()}
    config = Config(data=str(tmp_path / "data"), database=engine_url, gateway_port=0)
    with Demo(config, LIVELY, lambda text: None) as demo:
        demo.live()
        parts, duty = demo.running.parts, demo.sign_in().actor
        morning = parts.ask.inbox(duty, datetime.now(UTC)).counts.today
        signed = sum(row.task.signed_at is not None for row in parts.ask.board(duty))
        until(lambda: parts.ask.inbox(duty, datetime.now(UTC)).counts.today >= morning + 2, 60, what="two reports of the field")
        until(lambda: sum(row.task.signed_at is not None for row in parts.ask.board(duty)) > signed, 90, what="a department signs")
        with parts.store.read() as unit:
            ports = {int(row.sub.split(":")[2].split("/")[0]) for row in unit.rows(select(tables.camera_address))}
        assert all(answers(port) for port in ports)
        assert ports
        gateway = demo.running.gateway_port
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert not answers(gateway)
    assert not any(answers(port) for port in ports)
    assert (children(), {thread.name for thread in threading.enumerate()}) == before


def test_an_opened_demo_opens_again_with_the_same_people(config):
    said, done = [], []
    with Demo(config, SILENT, said.append, lambda text, share: done.append(share)) as demo:
        first = demo.sign_in().actor
    assert done[-1] == 100
    done.clear()
    with Demo(config, SILENT, said.append, lambda text, share: done.append(share)) as demo:
        assert demo.sign_in().actor.name == first.name
    assert done == []
    assert len(said) == 4, "each time where it is reached, and with which second factor"


def test_only_this_machine_reaches_a_demo(tmp_path):
    with Demo(Config(data=str(tmp_path), gateway_port=0, gateway_host="0.0.0.0"), SILENT, lambda text: None) as demo:
        assert demo.running.parts.config.gateway_host == "127.0.0.1"
        assert demo.base.startswith("http://127.0.0.1:")


def refused(config, wishes=SILENT) -> ConsoleError:
    """What a demo that cannot start says; nothing of it may be left running, and its database is free again."""
    before = children(), threading.active_count()
    with pytest.raises(ConsoleError) as caught, Demo(config, wishes, lambda text: None):
        pass
    assert (children(), threading.active_count()) == before
    return caught.value


def opens(config) -> bool:
    Store.open(config.database_url).close()
    return True


def test_a_taken_port_ends_it_whole(config, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(Config(data=config.data, gateway_port=port))
    assert (type(said), said.code, said.facts["port"]) == (Unavailable, "port_taken", port)
    assert opens(config)


def test_missing_gstreamer_ends_it_whole(config, monkeypatch, tmp_path):
    monkeypatch.setattr(cameras, "SYSTEM_PYTHON", str(tmp_path / "none"))
    assert refused(config).code == "demo_cameras_missing"
    assert opens(config)


def test_a_real_halls_database_ends_it_whole(config):
    Path(config.data).mkdir()
    store = Store.open(config.database_url)
    migrate.upgrade(store)
    Town(store)
    store.close()
    said = refused(config)
    assert (type(said), said.code) == (Refused, "not_a_demo")
    assert opens(config)


def test_a_database_in_use_ends_it_whole(config):
    Path(config.data).mkdir()
    store = Store.open(config.database_url)
    assert refused(config).code == "database_in_use"
    store.close()


def test_broken_texts_end_it_whole(config, monkeypatch):
    def broken(path):
        raise Invalid(path.name, "broken_file", problem="")

    with Demo(config, SILENT, lambda text: None):
        pass
    monkeypatch.setattr(play.Texts, "load", staticmethod(broken))
    assert refused(config).code == "broken_file"
    assert opens(config)


def test_the_city_opens_with_sixteen_live_cameras_and_reports_from_the_county_it_opens_in(config):
    with Demo(config, Wishes(7, Pace(600, 0), morning=0, scale="city", cases=30), lambda text: None) as demo:
        demo.live()
        parts, duty = demo.running.parts, demo.sign_in().actor
        assert len(parts.ground().grids) == 16_385
        assert len(parts.ground().centres) == 3_051
        with parts.store.read() as unit:
            assert len(unit.rows(select(tables.camera_address))) == 16
        until(lambda: parts.ask.inbox(duty, datetime.now(UTC)).counts.unacked >= 3, 60, what="three reports of the field")
        assert all(row.grid.startswith("410923") for row in parts.ask.inbox(duty, datetime.now(UTC), "unacked").rows)
