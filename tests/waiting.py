"""Waiting for something real to happen: a condition and a deadline, never a fixed sleep."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_PAUSE_S = 0.02


def until(condition: Callable[[], T], timeout_s: float = 10.0, *, what: str = "") -> T:
    """Ask until the answer is true and return it; fail with `what` when the time is over."""
    asleep = threading.Event()  # nobody sets it: waiting on it is a pause
    deadline = time.monotonic() + timeout_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_s:g} s: {what or condition}; last answer {answer!r}")
        asleep.wait(_PAUSE_S)


def played(scene: Coroutine[object, object, T], timeout_s: float = 30.0) -> T:
    """What a scene ends with, on a loop of its own; a browser of another test may keep one in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, scene).result(timeout_s)
