"""Between the pool and its budget: what is told of each shown camera once a second, and whose heat changes."""

from collections.abc import Mapping
from dataclasses import replace

from console.video.budget import Budget, Load, free_mb
from console.video.health import Status

LOOK_S = 1.0
SETTLED_S = 3.0  # whoever was just shown first catches up

Size = tuple[int, int]


class Heats:
    """Asks the budget when it is time."""

    def __init__(self) -> None:
        self.budget = Budget()
        self._look_at = 0.0

    def changes(self, shown: Mapping[str, tuple[Status, Size]], now: float) -> dict[str, Status]:
        """The new status of each open, shown camera that is lowered or raised from now on."""
        if now < self._look_at:
            return {}
        self._look_at = now + LOOK_S
        loads = {camera: _load(status, size, now) for camera, (status, size) in shown.items()}
        heats, full = self.budget.look(loads, now, free_mb=free_mb()), self.budget.full
        become = {camera: replace(status, heat=heats[camera], full=full) for camera, (status, _) in shown.items()}
        return {camera: status for camera, status in become.items() if status != shown[camera][0]}


def _load(status: Status, size: Size, now: float) -> Load:
    is_settled = now - max(status.opened_at, status.shown_since or now) >= SETTLED_S
    return Load(status.counters.late_s if is_settled else 0.0, status.counters.busy_share, size[0] * size[1])
