"""One count for every process of a machine: tries at one gateway are tries at all of them."""

import subprocess
import sys
from itertools import count

import pytest

from console.gateway import slots
from console.gateway.refusals import Bounced
from console.gateway.slots import Slots
from console.gateway.throttle import Throttle

OTHER = """
import sys
from pathlib import Path
from console.gateway.refusals import Bounced
from console.gateway.slots import Slots
from console.gateway.throttle import Throttle
bucket, passed = Throttle(burst=5, every_s=3600, kept=Slots(Path(sys.argv[1])), label="both"), 0
for _ in range(int(sys.argv[2])):
    try:
        bucket.take(("duty", "10.0.0.7"))
        passed += 1
    except Bounced:
        pass
print(passed)
"""


def of(file, label="both", clock=None):
    more = {"clock": clock} if clock else {}
    return Throttle(burst=5, every_s=3600, kept=Slots(file), label=label, **more)


def passed(bucket, name, tries):
    done = 0
    for _ in range(tries):
        try:
            bucket.take(name)
        except Bounced:
            continue
        done += 1
    return done


def test_tries_at_one_process_count_at_the_others(tmp_path):
    file = tmp_path / "tries.map"
    assert passed(of(file), ("duty", "10.0.0.7"), 3) == 3

    told = subprocess.run([sys.executable, "-c", OTHER, str(file), "9"], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "2"
    assert passed(of(file), ("duty", "10.0.0.7"), 1) == 0
    assert file.stat().st_mode & 0o077 == 0


def test_two_processes_at_once_lose_no_try(tmp_path):
    file = tmp_path / "tries.map"
    command = [sys.executable, "-c", OTHER, str(file), "400"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    assert sum(int(one.communicate(timeout=60)[0]) for one in both) == 5


def test_labels_keep_names_apart_and_a_good_try_is_given_back(tmp_path):
    address, account = of(tmp_path / "tries.map", "address"), of(tmp_path / "tries.map", "account")
    for _ in range(20):
        address.take("127.0.0.1")
        address.give_back("127.0.0.1")
    assert passed(address, "127.0.0.1", 9) == 5
    assert passed(account, "127.0.0.1", 9) == 5


def test_a_clock_that_began_anew_forgives_nobody_at_once(tmp_path):
    late, early = of(tmp_path / "tries.map", clock=lambda: 50_000.0), of(tmp_path / "tries.map", clock=lambda: 10.0)
    assert passed(late, "duty", 9) == 5
    assert passed(early, "duty", 9) == 0


def test_a_flood_of_names_forgets_the_one_unseen_longest_and_stays_small(tmp_path, monkeypatch):
    monkeypatch.setattr(slots, "PLACES", 16)
    ticks = count(1)
    bucket = of(tmp_path / "tries.map", clock=lambda: float(next(ticks)))
    for number in range(500):
        bucket.take(f"stranger{number}")
    assert (tmp_path / "tries.map").stat().st_size == 16 * 32
    assert passed(bucket, "stranger499", 9) == 4


@pytest.mark.parametrize("name", ["值班员\ud800", ("a", 1), ""])
def test_any_name_has_a_place(tmp_path, name):
    assert passed(of(tmp_path / "tries.map"), name, 9) == 5
