"""Plugins that crash, hang, flood, fork and lie: each is off with its reason, the others go on, and no process is left."""

import os
import signal
import time

import pytest

from console.domain.errors import Missing, Refused, Unavailable
from console.plugin.host import Host
from tests.plugin.processes import Ear, group, plugin
from tests.waiting import until

GOOD = "def run(host):\n    host.note('ready', n=1)\n    host.answer('twice', lambda x: x * 2)\n    host.wait(600)\n"


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def host(tmp_path, ear):
    made = Host(tmp_path, ear, back_off_s=(0.05, 0.1, 30.0))
    yield made
    made.stop_all()


def state(host, name):
    return host.health(name).state


def test_a_plugin_is_found_before_it_runs_and_runs_when_started(tmp_path, host, ear):
    plugin(tmp_path, "good", "raise SystemExit('looked at, not run')")

    (found,) = host.found()

    assert (found.id, found.manifest.name.named("en"), found.health.state) == ("good", "Trial", "found")
    assert host.pid("good") == 0
    assert ear.heard == []


def test_it_starts_answers_and_stops_within_two_seconds_with_no_process_left(tmp_path, host, ear):
    plugin(tmp_path, "good", GOOD)
    host.start("good", {"a": 1})
    until(lambda: ear.notes() == ["ready"])
    pid = host.pid("good")

    assert host.ask("good", "twice", {"x": 21}, 2.0) == 42
    with pytest.raises(Unavailable) as refused:
        host.ask("good", "thrice", {}, 2.0)
    assert refused.value.code == "unknown_method"
    begun = time.monotonic()
    host.stop("good")

    assert time.monotonic() - begun < 2.0
    until(lambda: group(pid) == [], 0.5)  # a killed process takes a moment to be gone
    assert (state(host, "good"), host.pid("good")) == ("off", 0)


@pytest.mark.parametrize(
    "body",
    [
        "import time\ndef run(host):\n    host.note('deaf')\n    time.sleep(600)\n",
        "import signal, time\ndef run(host):\n    signal.signal(15, signal.SIG_IGN)\n    host.note('deaf')\n    time.sleep(600)\n",
        "def run(host):\n    host.note('deaf')\n    while True: pass\n",
        "import subprocess\ndef run(host):\n    subprocess.Popen(['sleep', '600'])\n    host.note('deaf')\n    host.wait(600)\n",
        "import threading as t\ndef run(host):\n    t.Thread(target=t.Event().wait).start()\n    host.note('deaf')\n    host.wait(600)\n",
    ],
    ids=["sleeps", "ignores", "spins", "forks", "thread"],
)
def test_whatever_it_does_it_is_gone_two_seconds_after_stop(tmp_path, host, ear, body):
    plugin(tmp_path, "deaf", body)
    host.start("deaf", {})
    until(lambda: ear.notes() == ["deaf"])
    pid = host.pid("deaf")
    begun = time.monotonic()
    host.stop("deaf")

    assert time.monotonic() - begun < 2.5
    until(lambda: group(pid) == [], 0.5)  # a killed process takes a moment to be gone


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("import os\ndef run(host): os.kill(os.getpid(), 11)\n", "plugin_crashed"),
        ("def run(host): raise ValueError('no such thing')\n", "plugin_error"),
        ("import nowhere_to_be_found\n", "plugin_error"),
        ("from console.plugin.api import Failure\ndef run(host): raise Failure('no_answer', problem='x')\n", "no_answer"),
        ("def run(host): pass\n", "plugin_ended"),
        ("def run(host):\n    held = bytearray(4 << 30)\n", "plugin_error"),
        ("import os\ndef run(host):\n    while True:\n        for fd in (3, 4, 5, 6, 7):\n            try: os.write(fd, b'garbage\\n')\n"
         "            except OSError: pass\n", "plugin_garbage"),
    ],
    ids=["segfault", "raises", "import", "failure", "returns", "memory", "garbage"],
)  # fmt: skip
def test_one_that_fails_says_why_and_is_tried_again_later_and_later(tmp_path, host, body, code):
    plugin(tmp_path, "bad", body)
    host.start("bad", {})

    health = until(lambda: (found := host.health("bad")).starts == 3 and found.state == "failed" and found, 20)

    assert (health.reason.code, health.wait_s) == (code, 30.0)
    with pytest.raises(Unavailable) as refused:
        host.ask("bad", "x", {}, 1.0)
    assert refused.value.code == "plugin_off"


def test_a_few_lines_of_garbage_are_counted_and_survived(tmp_path, host, ear):
    body = ("import os\ndef run(host):\n    for line in (b'{', b'[1]', b'\\xff\\xfe', b'{\"say\": \"cameras\"}'):\n"
            "        host._send.__self__._out.buffer.write(line + b'\\n')\n    host.note('after')\n    host.wait(600)\n")  # fmt: skip
    plugin(tmp_path, "odd", body)
    host.start("odd", {})

    until(lambda: ear.notes() == ["after"])
    until(lambda: host.health("odd").garbage == 3)
    assert state(host, "odd") == "running"


def test_a_flood_waits_in_its_pipe_and_is_stopped_all_the_same(tmp_path, host, ear):
    plugin(tmp_path, "flood", "def run(host):\n    while True:\n        host.note('again')\n")
    host.start("flood", {})
    begun = time.monotonic()
    until(lambda: len(ear.notes()) >= 500)

    assert time.monotonic() - begun > 1.5, "two hundred lines a second"
    pid, begun = host.pid("flood"), time.monotonic()
    host.stop("flood")
    assert time.monotonic() - begun < 2.5
    until(lambda: group(pid) == [], 0.5)  # a killed process takes a moment to be gone


def test_print_does_not_break_a_line(tmp_path, host, ear):
    plugin(tmp_path, "loud", "def run(host):\n    print('{\"say\":', flush=True)\n    host.note('ready')\n    host.wait(600)\n")
    host.start("loud", {})

    until(lambda: ear.notes() == ["ready"])
    assert host.health("loud").garbage == 0


def test_a_stopped_process_is_found_out_and_started_again(tmp_path, host, ear, monkeypatch):
    monkeypatch.setattr("console.plugin.process.BEAT_S", 0.1)
    monkeypatch.setattr("console.plugin.process.SILENCE_S", 0.8)
    plugin(tmp_path, "frozen", GOOD)
    host.start("frozen", {})
    until(lambda: ear.notes() == ["ready"])
    os.kill(host.pid("frozen"), signal.SIGSTOP)

    until(lambda: host.health("frozen").starts == 2 and state(host, "frozen") == "running")
    assert ear.notes() == ["ready", "ready"]


def test_a_slow_answer_is_given_up_and_the_plugin_goes_on(tmp_path, host, ear):
    body = ("import time\ndef run(host):\n    host.answer('slow', lambda: time.sleep(3))\n    host.answer('quick', lambda: 1)\n"
            "    host.note('ready')\n    host.wait(600)\n")  # fmt: skip
    plugin(tmp_path, "slow", body)
    host.start("slow", {})
    until(lambda: ear.notes() == ["ready"])

    with pytest.raises(Unavailable) as refused:
        host.ask("slow", "slow", {}, 0.2)
    assert refused.value.code == "plugin_silent"
    assert host.ask("slow", "quick", {}, 2.0) == 1


def test_when_the_console_dies_its_plugins_end(tmp_path, host, ear):
    body = "def run(host):\n    host.note('ready')\n    host.wait(600)\n    open(host.settings['mark'], 'w').write('put back')\n"
    plugin(tmp_path, "left", body)
    mark = tmp_path / "mark"
    host.start("left", {"mark": str(mark)})
    until(lambda: ear.notes() == ["ready"])
    connector = host._running["left"]

    connector._process._child.stdin.close()  # what a dead console leaves

    until(lambda: mark.exists() and mark.read_text() == "put back")


def test_one_that_runs_once_is_off_when_done(tmp_path, host, ear):
    plugin(tmp_path, "once", "def run(host):\n    host.cameras([{'ref': str(n)} for n in range(1_203)])\n", life="once")
    host.start("once", {})

    until(lambda: state(host, "once") == "off")
    assert [len(message["rows"]) for _, message in ear.heard] == [500, 500, 203]
    assert [(message["is_first"], message["is_last"]) for _, message in ear.heard] == [(True, False), (False, False), (False, True)]
    assert host.health("once").starts == 1


def test_too_new_broken_and_missing_ones_do_not_start(tmp_path, host):
    plugin(tmp_path, "later", GOOD, api=2)
    broken = plugin(tmp_path, "broken", GOOD)
    (broken / "plugin.toml").write_text("id = ")

    assert {one.id: one.health.state for one in host.found()} == {"later": "too_new", "broken": "failed"}
    with pytest.raises(Refused) as refused:
        host.start("later", {})
    assert refused.value.code == "plugin_too_new"
    with pytest.raises(Exception, match="broken_manifest"):
        host.start("broken", {})
    with pytest.raises(Missing):
        host.start("nowhere", {})


def test_a_plugin_gets_no_address_of_the_database(tmp_path, host, ear, monkeypatch):
    monkeypatch.setenv("CONSOLE_DATABASE", "postgresql://secret")
    plugin(tmp_path, "nosy", "import os\ndef run(host):\n    host.note('saw', names=' '.join(os.environ))\n    host.wait(600)\n")
    host.start("nosy", {})

    until(lambda: ear.notes() == ["saw"])
    assert "CONSOLE_DATABASE" not in ear.heard[0][1]["facts"]["names"]
