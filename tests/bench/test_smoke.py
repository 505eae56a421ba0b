"""Every benchmark runs: it measures, prints one line of numbers for each engine, and leaves nothing running."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import names
from tests.stage import ROOT
from tests.waiting import until

ENGINES = {"sqlite", "postgresql"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", names())
def test_a_short_run_measures_on_each_engine_and_ends_what_it_started(name):
    command = [sys.executable, "-m", "tests.bench", name, "--json", "--smoke"]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, problems = run.communicate(timeout=280)
        assert run.returncode == 0, problems
        figures = json.loads(said.strip().splitlines()[-1])
        assert set(figures) in (ENGINES, {"run"})
        for found in figures.values():
            assert {"n", "cores", "seed"} <= set(found)
            assert all(isinstance(value, int | float) and not isinstance(value, bool) for value in found.values()), found
        until(lambda: not _of_session(run.pid), 20, what="everything it started has ended")
    finally:
        for pid in _of_session(run.pid):
            os.kill(pid, signal.SIGKILL)


def _of_session(leader: int) -> list[int]:
    """Processes of the run's session that still live; its children keep the session they were born in."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat[3]) == leader and stat[0] != "Z":
            found.append(int(path.name))
    return found
