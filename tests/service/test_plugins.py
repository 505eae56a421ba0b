"""Plugins as an administrator handles them: set, on, off, known everywhere, their passwords sealed, their processes really run."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale, Unavailable
from console.domain.people import Actor
from console.net.vault import Vault
from console.service.plugins import Plugins
from console.store import plugins as store
from console.store import register, tables
from tests.make import START
from tests.plugin.processes import plugin
from tests.plugins.halls import ADMIN, CITY_ADMIN, plugins_of
from tests.waiting import until

MORE = ('[settings.address]\nlabel = {zh = "地址", en = "Address"}\ntype = "text"\nneeded = true\n'
        '[settings.password]\nlabel = {zh = "密码", en = "Password"}\ntype = "secret"\n')  # fmt: skip
BODY = ("def run(host):\n    host.note('ready', address=host.settings['address'], password=host.settings['password'])\n"
        "    host.cameras([{'ref': 'a', 'name': '一号', 'online': True}, {'ref': 'b', 'name': ''}])\n"
        "    host.answer('echo', lambda x: x)\n    host.wait(600)\n")  # fmt: skip
SIBLING = Actor(10, "外县管理员", 5, 3, "/1/3/", frozenset({"R22"}), "A1", "person", "x", level=3)


@pytest.fixture
def service(town, tmp_path):
    root = tmp_path / "plugins"
    plugin(root, "trial", BODY, more=MORE)
    plugin(root, "later", "", api=2)
    with plugins_of(town, tmp_path, root) as made:
        made.start()
        town.desk.wake = made._wake.set  # what the feed does in the program
        yield made


def row(service, name="trial"):
    return next(row for row in service.listed(ADMIN) if row.found.id == name)


def on(service, **values):
    version = service.save(ADMIN, "trial", 0, {"address": "http://h", "password": "s3cret", **values}).version
    service.turn_on(ADMIN, "trial", version)
    until(lambda: row(service).reported == 2)
    return row(service)


def test_a_plugin_that_is_on_runs_with_its_settings_and_reports(service):
    found = on(service)

    assert (found.found.health.state, found.is_on, found.centre) == ("running", True, "南乐县综治中心")
    assert [(note.code, dict(note.facts), note.at) for note in found.notes] == [
        ("ready", {"address": "http://h", "password": "s3cret"}, START),
    ]  # fmt: skip
    assert service.ask("trial", "echo", {"x": [1]}) == [1]


def test_its_password_lies_sealed_and_an_empty_one_stays_what_it_is(service, town):
    on(service)
    with town.store.read() as unit:
        kept = store.every(unit)["trial"]
    assert "s3cret" not in kept.sealed and kept.settings == {"address": "http://h"}

    service.save(ADMIN, "trial", kept.version, {"address": "http://other", "password": ""})

    until(lambda: [dict(note.facts) for note in row(service).notes] == [{"address": "http://other", "password": "s3cret"}])


def test_what_is_turned_off_stops_and_says_so(service):
    found = on(service)
    service.turn_off(ADMIN, "trial", found.plugin.version)

    until(lambda: row(service).found.health.state == "off")
    with pytest.raises(Unavailable) as refused:
        service.ask("trial", "echo", {"x": 1})
    assert refused.value.code == "plugin_off"
    with pytest.raises(Refused) as refused:
        service.turn_off(ADMIN, "trial", row(service).plugin.version)
    assert refused.value.code == "plugin_not_on"


def test_what_was_never_set_comes_by_default(service):
    on(service, password="")

    assert dict(row(service).notes[0].facts) == {"address": "http://h", "password": ""}


def test_each_act_leaves_its_journal_line_without_a_setting(service, town):
    found = on(service)
    service.turn_off(ADMIN, "trial", found.plugin.version)

    with town.store.read() as unit:
        j = tables.journal.c
        lines = unit.rows(select(j.op, j.actor, j.version, j.from_state, j.to_state, j.facts).where(j.kind == "plugin").order_by(j.id))
    assert [tuple(line) for line in lines] == [
        ("set", 20, 1, "off", "off", {"plugin": "trial"}), ("turn_on", 20, 2, "off", "on", {"plugin": "trial"}),
        ("turn_off", 20, 3, "on", "off", {"plugin": "trial"}),
    ]  # fmt: skip


def test_of_a_report_what_is_right_is_taken_in_and_its_cameras_are_seen(service, town):
    on(service)
    found = service.preview(ADMIN, "trial")
    assert (found.total, found.fresh, found.placeless, [one.field for one in found.problems]) == (2, 1, 1, ["name"])

    done = service.take_in(ADMIN, "trial", found.digest)

    assert (done.fresh, done.left_out) == (1, 1)
    (one,) = town.ask.cameras(town.actor("duty"), "一号")
    assert (one.code, one.lon, one.lat, one.centre_id) == ("C303", 0.0, 0.0, 2)
    with town.store.read() as unit:
        assert register.source_of(unit, one.id).is_online is True
    service.told("trial", {"say": "online", "states": {"a": False}})
    with town.store.read() as unit:
        assert register.source_of(unit, one.id).is_online is False


def test_alarms_are_kept_once(service):
    on(service)
    for key in ("1", "1", "2"):
        service.told("trial", {"say": "alarm", "key": key, "ref": "a", "kind": "K06", "facts": {}})

    assert [alarm["key"] for alarm in service._told["trial"].alarms] == ["1", "2"]
    assert [(note.code, dict(note.facts)) for note in row(service).notes][1:] == [("plugin_alarm", {"kind": "K06", "ref": "a"})] * 2


@pytest.mark.parametrize(
    "message", [{"say": "note"}, {"say": "cameras", "rows": 3, "is_first": True, "is_last": True}, {"say": "online", "states": []}, {}],
)
def test_what_is_no_message_is_refused(service, message):
    with pytest.raises((KeyError, ValueError)):
        service.told("trial", message)


def test_who_is_no_system_administrator_may_nothing(service, town):
    for number in sorted(set(range(1, 24)) - {22}):
        actor = replace(ADMIN, roles=frozenset({f"R{number:02d}"}))
        for act in (lambda a: service.listed(a), lambda a: service.save(a, "trial", 0, {}), lambda a: service.turn_on(a, "trial", 0),
                    lambda a: service.turn_off(a, "trial", 0), lambda a: service.preview(a, "trial"),
                    lambda a: service.run_once(a, "trial"), lambda a: service.take_in(a, "trial", "")):  # fmt: skip
            with pytest.raises(Denied):
                act(actor)


def test_another_county_s_administrator_keeps_off_and_the_city_s_may(service):
    found = on(service)

    with pytest.raises(Refused) as refused:
        service.turn_off(SIBLING, "trial", found.plugin.version)
    assert (refused.value.code, refused.value.facts["centre"]) == ("plugin_elsewhere", "南乐县综治中心")
    assert not service.turn_off(CITY_ADMIN, "trial", found.plugin.version).is_on


def test_what_cannot_be_is_refused_by_its_reason(service):
    with pytest.raises(Refused) as refused:
        service.turn_on(ADMIN, "trial", 0)
    assert (refused.value.code, refused.value.field) == ("plugin_lacks", "address")
    with pytest.raises(Refused) as refused:
        service.turn_on(ADMIN, "later", 0)
    assert refused.value.code == "plugin_too_new"
    with pytest.raises(Missing):
        service.turn_on(ADMIN, "nowhere", 0)
    with pytest.raises(Invalid):
        service.save(ADMIN, "trial", 0, {"shoe": 43})
    with pytest.raises(Stale):
        service.save(ADMIN, "trial", 5, {"address": "x"})


def test_a_password_of_another_machine_s_key_is_a_fault_that_is_shown(service, town, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    found = on(service)
    with town.store.write() as unit:
        sealed = Vault.in_file(other).seal({"password": "x"})
        unit.save(tables.plugin, found.plugin, replace(found.plugin, sealed=sealed))
    service._wake.set()

    until(lambda: row(service).found.health.state == "failed")
    assert row(service).found.health.reason.code == "foreign_secret"


def test_without_a_host_there_are_no_plugins(town, tmp_path):
    with pytest.raises(Unavailable) as refused:
        Plugins(town.desk, lambda: town.ground, Vault.in_file(tmp_path)).listed(ADMIN)
    assert refused.value.code == "no_plugin_host"


def test_no_thread_of_it_stays(town, tmp_path):
    root = tmp_path / "more"
    plugin(root, "trial", BODY, more=MORE)
    with plugins_of(town, tmp_path, root) as made:
        made.start()
    assert not [thread.name for thread in threading.enumerate() if thread.name == "plugins"]
