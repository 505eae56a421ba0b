"""When to open a stream again: pure rules, so that a switch's reboot brings no stampede."""

from collections.abc import Iterable
from dataclasses import dataclass

IN_FLIGHT = 6
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


def pause_s(failures: int, reason: str, *, visible: bool, roll: float) -> float:
    """Seconds to wait after the given number of failures in a row (1 = the first).

    `roll` is a random number in 0..1: the pause lies within 20 % of the table,
    so that cameras lost together do not come back together.
    """
    table = _PATIENT_S if reason in _PATIENT else _VISIBLE_S if visible else _HIDDEN_S
    step = table[min(max(failures, 1), len(table)) - 1]
    return step * (1.0 + _JITTER * (2.0 * roll - 1.0))


def to_open(waiting: Iterable[Waiting], in_flight: int, now: float, *, limit: int = IN_FLIGHT) -> tuple[str, ...]:
    """The cameras to open now: visible ones first, the longest due first, never over the limit."""
    due = sorted((one for one in waiting if one.due_at <= now), key=lambda one: (not one.visible, one.due_at))
    return tuple(one.camera_id for one in due[: max(0, limit - in_flight)])
