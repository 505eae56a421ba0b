"""Joining the parts: what is started is stopped again, in reverse, also when a later part refuses."""

import logging
import socket
import threading
from datetime import timedelta

import pytest

from console import app
from console.config import Config
from console.domain.errors import Invalid, Unavailable
from console.domain.words import LANGUAGES
from console.plugin.host import Host
from console.service.code_changes import Plan, Wish
from console.store.store import Store
from tests.make import ROOT, Town
from tests.plugins.halls import ADMIN
from tests.waiting import until


@pytest.fixture
def config(tmp_path):
    return Config(data=str(tmp_path / "data"), gateway_port=0)


def is_free(config):
    Store.open(config.database_url).close()
    return True


def test_an_empty_folder_becomes_a_databasemap_of_todays_schema(config):
    store = app.open_store(config)
    parts = app.build(config, store)
    assert parts.ground().grids == {}
    assert parts.codes.of(0).categories
    assert set(parts.words) == set(LANGUAGES)
    store.close()
    again = app.open_store(config)
    again.close()


def test_everything_that_runs_is_stopped(config):
    before = set(threading.enumerate())
    running = app.start(app.build(config, app.open_store(config)), gateway=True)
    port = running.gateway_port
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", port)) == 0
    running.stop()
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", port)) != 0
    assert set(threading.enumerate()) == before
    assert is_free(config)


def test_a_call_that_comes_before_the_gateway_answers_is_answered_then(config):
    running = app.start(app.build(config, app.open_store(config)), gateway=True)
    with socket.create_connection(("127.0.0.1", running.gateway_port), timeout=20) as line:
        line.sendall(b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        running.answer()
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    running.stop()
    assert is_free(config)


def test_a_program_without_a_gateway_has_none_to_answer(config):
    running = app.start(app.build(config, app.open_store(config)), gateway=False)
    before = set(threading.enumerate())
    running.answer()
    assert set(threading.enumerate()) == before
    running.stop()


def test_stopping_twice_is_harmless(config):
    running = app.start(app.build(config, app.open_store(config)), gateway=False)
    running.stop()
    running.stop()


def test_without_a_gateway_nobody_listens(config):
    running = app.start(app.build(config, app.open_store(config)), gateway=False)
    assert running.gateway_port == 0
    running.stop()


def test_a_gateway_that_refuses_takes_everything_down_with_it(config):
    before = set(threading.enumerate())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = Config(data=config.data, gateway_port=taken.getsockname()[1])
        parts = app.build(busy, app.open_store(busy))
        with pytest.raises(Unavailable) as refused:
            app.start(parts, gateway=True)
    assert refused.value.code == "port_taken"
    assert set(threading.enumerate()) == before
    assert is_free(config)


@pytest.mark.expects_errors("a part that cannot stop is written down")
def test_a_part_that_cannot_stop_does_not_keep_the_others_running(config, caplog):
    running = app.start(app.build(config, app.open_store(config)), gateway=False)
    running.add(lambda: 1 / 0)
    with caplog.at_level(logging.ERROR):
        running.stop()
    assert "did not stop cleanly" in caplog.text
    assert is_free(config)


def test_parts_are_stopped_in_reverse(config):
    running = app.start(app.build(config, app.open_store(config)), gateway=False)
    order = []
    for name in ("first", "second"):
        running.add(lambda name=name: order.append(name))
    running.stop()
    assert order == ["second", "first"]


def test_a_refused_migration_lets_go_of_the_database(config):
    store = app.open_store(config)
    with store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(Unavailable) as refused:
        app.open_store(config)
    assert refused.value.code == "schema_newer"
    assert is_free(config)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable) as refused:
        app.open_store(Config(data=str(tmp_path / "file" / "data")))
    assert refused.value.code == "no_data_folder"


def test_an_address_of_another_engine_is_refused(tmp_path):
    with pytest.raises(Invalid) as refused:
        app.open_store(Config(data=str(tmp_path), database="mysql://h/d"))
    assert refused.value.code == "unknown_engine"


def test_a_change_of_the_tables_comes_into_force_by_itself_while_the_program_runs(tmp_path):
    """Nobody restarts anything: at its instant every service reads the new row, and the journal says so."""
    config = Config(data=str(tmp_path / "data"), gateway_port=0)
    store = app.open_store(config)
    town = Town(store)
    running = app.start(app.build(config, store, town.clock), gateway=False)
    try:
        heard = []
        running.parts.feed.listen(lambda entries: heard.extend(entry.op for entry in entries))
        changes = running.parts.code_changes
        row = {"P1": "1M", "P2": "10M", "P3": "30WM", "P4": "60WM"}
        begins = town.clock.now() + timedelta(hours=1)
        wish = Wish("stage_limits", "accept", row)
        change = changes.propose(town.actor("leader"), [wish], Plan(begins, "试行"))[0]
        changes.approve(town.actor("director"), change.id, change.version)
        assert str(running.parts.codes.of(2).stage_limit("accept", "0601", "P1")) == "2M"
        town.clock.at = begins
        assert str(running.parts.codes.of(2).stage_limit("accept", "0601", "P1")) == "1M"
        until(lambda: "take_effect" in heard, what="the journal's line")
    finally:
        running.stop()


def test_the_pages_of_plugins_name_the_centre_of_each_that_was_set(tmp_path):
    """With the services as the program joins them: the ground is read when it is first asked for."""
    store = app.open_store(Config(data=str(tmp_path / "data"), gateway_port=0))
    town = Town(store)
    parts = app.build(Config(data=str(tmp_path / "data"), gateway_port=0), store, town.clock)
    host = Host(ROOT / "plugins", parts.plugins.told)
    parts.plugins.runner = host
    try:
        parts.plugins.save(ADMIN, "recorder_folder", 0, {"folder": str(tmp_path)})
        row = next(row for row in parts.plugins.listed(ADMIN) if row.found.id == "recorder_folder")
        assert row.centre == "南乐县综治中心"
    finally:
        host.stop_all()
        store.close()
