"""The life of a plugin: the waits between its starts, and a stop at any moment of it."""

from console.plugin.connector import BACK_OFF_S, Connector
from console.plugin.manifest import read
from tests.plugin.processes import plugin
from tests.waiting import until


def test_the_waits_are_those_of_the_handbook():
    assert BACK_OFF_S == (1.0, 5.0, 30.0, 300.0)


def test_each_failure_waits_longer_up_to_the_longest(tmp_path):
    folder, waits = plugin(tmp_path, "bad", "raise ValueError\n"), []
    connector = Connector(
        folder, read(folder), {}, lambda _message: None, back_off_s=(0.01, 0.02, 0.03),
        changed=lambda health: waits.append(health.wait_s) if health.state == "failed" else None,
    )  # fmt: skip

    until(lambda: len(waits) >= 4, 20)
    connector.stop()
    assert waits[:4] == [0.01, 0.02, 0.03, 0.03]
    assert connector.health.state == "off"


def test_a_stop_while_it_waits_to_start_again_is_heard_at_once(tmp_path):
    folder = plugin(tmp_path, "bad", "raise ValueError\n")
    connector = Connector(folder, read(folder), {}, lambda _message: None, back_off_s=(600.0,))
    until(lambda: connector.health.state == "failed")

    connector.stop()

    assert (connector.health.state, connector.pid) == ("off", 0)


def test_one_that_runs_once_is_not_tried_again_by_itself(tmp_path):
    folder = plugin(tmp_path, "bad", "raise ValueError\n", life="once")
    connector = Connector(folder, read(folder), {}, lambda _message: None, back_off_s=(0.01,))

    health = until(lambda: connector.health.state == "failed" and connector.health)
    assert (health.starts, health.wait_s) == (1, 0.0)
    connector.stop()
