"""One worker process: it starts, answers, ends when asked and is known to be gone when it dies."""

import os
import signal
import threading
import time

import pytest

from console.video.link import HANGS_AFTER_S, Link
from tests.waiting import until


@pytest.fixture
def heard():
    return []


@pytest.fixture
def link(tmp_path, heard):
    started = Link(tmp_path, lambda _, event: heard.append(event["event"]))
    yield started
    started.kill()
    started.stop(1.0)


def test_a_worker_says_ready_and_then_beats(link, heard):
    until(lambda: heard.count("beat") >= 2, 20)
    assert heard[0] == "ready"
    assert not link.hangs(time.monotonic())


def test_a_worker_ends_when_asked(link, heard):
    until(lambda: "ready" in heard, 20)
    link.stop(5.0)
    assert heard[-1] == "gone"


def test_a_killed_worker_is_gone_and_its_commands_go_nowhere(link, heard):
    until(lambda: "ready" in heard, 20)
    os.kill(link.process_id, signal.SIGKILL)
    until(lambda: "gone" in heard, 5)
    link.send({"do": "open", "number": 1, "address": "rtsp://127.0.0.1:9/a"})


def test_a_stopped_worker_hangs_and_takes_commands_without_blocking_anybody(link, heard):
    until(lambda: "beat" in heard, 20)
    os.kill(link.process_id, signal.SIGSTOP)
    began = time.monotonic()
    for number in range(5000):  # far more than a pipe holds
        link.send({"do": "hide", "number": number})
    assert time.monotonic() - began < 1.0
    until(lambda: link.hangs(time.monotonic()), HANGS_AFTER_S + 2)


def test_a_worker_stopped_while_it_starts_hangs_no_later_than_one_that_works(link, heard):
    os.kill(link.process_id, signal.SIGSTOP)
    assert "ready" not in heard, "it was started too fast for this test"
    began = time.monotonic()
    assert not link.hangs(began)
    until(lambda: link.hangs(began + HANGS_AFTER_S + 1), 2)
    os.kill(link.process_id, signal.SIGCONT)
    until(lambda: "ready" in heard, 20)


def test_a_worker_whose_console_dies_ends_by_itself(tmp_path):
    gone = threading.Event()
    link = Link(tmp_path, lambda _, event: gone.set() if event["event"] == "gone" else None)
    link._process.stdin.close()  # what the system does when the console is killed
    assert gone.wait(20)


def test_what_is_no_event_becomes_a_line_of_the_log(link, heard, caplog):
    until(lambda: "ready" in heard, 20)
    link.send({"no": "such command"})
    until(lambda: "KeyError" in caplog.text, 5)
