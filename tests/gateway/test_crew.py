"""Several gateway processes behind one address: all of them answer, a dead one is replaced, none outlives its parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.make import ROOT
from tests.servers import free_port, stop
from tests.waiting import until


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/api/health", timeout=2).status_code == 200
    except requests.RequestException:  # the socket is open before anybody answers on it
        return False


@pytest.fixture
def crew(postgres, tmp_path):
    """A gateway of two workers on PostgreSQL, and its port."""
    port = free_port()
    command = [sys.executable, "-m", "console", "gateway", "--workers", "2", "--port", str(port), "--data", str(tmp_path)]
    address = postgres.fresh()
    given = {**os.environ, "CONSOLE_DATABASE": address}
    parent = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)
    try:
        until(lambda: answers(port), 60, what="an answer")
        until(lambda: len(children(parent.pid)) == 2, 30, what="both workers")
        yield parent, port
    finally:
        stop(parent)
        postgres.drop(address)


def test_a_worker_that_dies_is_replaced_and_callers_are_served(crew):
    parent, port = crew
    first, second = children(parent.pid)
    os.kill(first, signal.SIGKILL)
    until(lambda: len(set(children(parent.pid)) - {first, second}) == 1, 30, what="a new worker")
    os.kill(second, signal.SIGKILL)

    until(lambda: answers(port), 60, what="an answer of the new worker")


def test_stopping_the_parent_stops_every_worker(crew):
    parent, port = crew
    workers = children(parent.pid)
    stop(parent)

    assert parent.returncode == 0
    assert not any(is_alive(pid) for pid in workers)
    assert not answers(port)


def test_no_worker_outlives_a_parent_that_was_killed(crew):
    parent, _ = crew
    workers = children(parent.pid)
    parent.kill()
    parent.wait()

    until(lambda: not any(is_alive(pid) for pid in workers), 30, what="the end of the workers")


def test_no_password_stands_on_a_command_line(crew):
    parent, _ = crew
    said = [Path(f"/proc/{pid}/cmdline").read_text() for pid in children(parent.pid)]

    assert said
    assert not [line for line in said if "postgresql" in line]


def test_a_file_database_belongs_to_one_process(tmp_path):
    command = [sys.executable, "-m", "console", "gateway", "--workers", "2", "--data", str(tmp_path), "--language", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 2
    assert "PostgreSQL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_told_before_any_worker_starts(crew, tmp_path):
    _, port = crew
    parent, _ = crew
    environment = dict(item.split("=", 1) for item in Path(f"/proc/{parent.pid}/environ").read_text().split("\0") if "=" in item)
    command = [sys.executable, "-m", "console", "gateway", "--workers", "2", "--port", str(port), "--data", str(tmp_path)]
    command += ["--language", "en"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 2
    assert str(port) in done.stderr
