"""The making processes: they make what one process would, and none outlives the block, whatever ends it."""

import os
import signal

import pytest

from console.demo import making
from console.demo.year import PARTS, stretches
from console.domain.errors import Unavailable
from tests.demo import years


def test_processes_of_their_own_make_the_same_year(whole_city):
    plan = years.plan_of(whole_city, "sqlite", 60)
    with making.making(plan) as coming:
        assert list(coming) == list(stretches(plan))


def test_a_making_process_that_dies_is_said_and_leaves_nothing(whole_city, monkeypatch):
    plan = years.plan_of(whole_city, "sqlite", 60_000)
    started = []
    popen = making.subprocess.Popen
    monkeypatch.setattr(making.subprocess, "Popen", lambda *given, **more: started.append(popen(*given, **more)) or started[-1])
    with pytest.raises(Unavailable) as refused, making.making(plan) as coming:
        next(coming)
        os.kill(started[0].pid, signal.SIGKILL)
        list(coming)
    assert refused.value.code == "year_failed"
    assert len(started) == PARTS
    assert all(each.poll() is not None for each in started)


def test_leaving_in_the_middle_ends_the_process_at_once(whole_city, monkeypatch):
    started = []
    popen = making.subprocess.Popen
    monkeypatch.setattr(making.subprocess, "Popen", lambda *given, **more: started.append(popen(*given, **more)) or started[-1])
    with pytest.raises(KeyboardInterrupt), making.making(years.plan_of(whole_city, "sqlite", 60_000)) as coming:
        next(coming)
        raise KeyboardInterrupt
    assert len(started) == PARTS
    assert all(each.poll() is not None for each in started)
