"""Who lives in the demo's field, and how fast; apart from the field itself, which loads what calls over HTTP."""

from dataclasses import dataclass, field

from console.domain.place import Grid


@dataclass(frozen=True)
class Account:
    """Somebody of the demo who signs in by himself, or holds a device token already.

    `grid` is a worker's own, `area` the village it lies in.
    """

    login: str
    password: str = field(repr=False)
    grid: Grid | None = None
    area: str = ""
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Pace:
    """How busy the demo is: reports a minute, and how long a department takes for each step, in seconds.

    What lay on a desk before the demo began is worked off `backlog` times
    slower, so that the morning does not vanish in a minute. Every desk is
    looked at once in `look_s`, one after the other.
    """

    reports_per_min: float = 2.0
    step_s: float = 25.0
    backlog: float = 20.0
    look_s: float = 10.0
