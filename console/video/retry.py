"""When to open a stream again: pure rules, so that a switch's reboot brings no stampede."""

from collections.abc import Iterable
from dataclasses import dataclass

IN_FLIGHT, IN_ALL = 6, 16
SLOW_AFTER_S = 2.0  # a call that hangs so long is no stampede, and must not keep sound cameras waiting
_VISIBLE_S = (1.0, 2.0, 4.0)
_HIDDEN_S = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
# A wrong password tried every 4 s locks the account of many cameras; only the register can mend it.
_PATIENT = frozenset({"unauthorised", "forbidden", "not_found", "wrong_codec", "redirected", "elsewhere"})
_PATIENT_S = (4.0, 15.0, 60.0)
_JITTER = 0.2


@dataclass(frozen=True)
class Waiting:
    """A stream that wants to be opened: when it may, and whether somebody looks at it."""

    camera_id: str
    due_at: float
    visible: bool
    has_failed: bool = False


def pause_s(failures: int, reason: str, *, visible: bool, roll: float) -> float:
    """Seconds to wait after the given number of failures in a row (1 = the first).

    `roll` is a random number in 0..1: the pause lies within 20 % of the table,
    so that cameras lost together do not come back together.
    """
    table = _PATIENT_S if reason in _PATIENT else _VISIBLE_S if visible else _HIDDEN_S
    step = table[min(max(failures, 1), len(table)) - 1]
    return step * (1.0 + _JITTER * (2.0 * roll - 1.0))


def to_open(waiting: Iterable[Waiting], asked_at: Iterable[float], now: float, *, limit: int = IN_FLIGHT) -> tuple[str, ...]:
    """The cameras to open now: visible ones first, then those that did not fail last time, the longest due first.

    `asked_at` is when each opening in flight began. Never over the limit, beside it some that hang.
    """
    ages = [now - at for at in asked_at]
    room = min(limit - sum(age < SLOW_AFTER_S for age in ages), max(limit, IN_ALL) - len(ages))
    due = sorted((one for one in waiting if one.due_at <= now), key=lambda one: (not one.visible, one.has_failed, one.due_at))
    return tuple(one.camera_id for one in due[: max(0, room)])
