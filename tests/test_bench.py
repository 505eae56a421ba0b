"""Every benchmark runs: a short run ends well, and its last line is one JSON object of numbers for each engine."""

import json
import subprocess
import sys

import pytest

from tests.bench.__main__ import names
from tests.bench.frame import percentile
from tests.stage import ROOT

QUICK = ("search", "intake")  # those that need neither a screen nor a browser


@pytest.mark.parametrize("name", QUICK)
def test_a_short_run_tells_numbers(name):
    command = [sys.executable, "-m", "tests.bench", name, "--json", "--smoke", "--engine", "sqlite"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == {"sqlite"}
    assert all(isinstance(value, int | float) for value in told["sqlite"].values()), told


def test_the_benchmarks_are_known_by_name():
    assert {"road", *QUICK} <= set(names())
    assert not {"frame", "haystack", "field"} & set(names())


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (1.0, 4), (0.0, 1)])
def test_a_percentile_is_the_nearest_rank(share, value):
    assert percentile([3, 1, 4, 2], share) == value
