"""A key site (重点部位, CT-20): a place that is inspected in a cycle, with its incidents by year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class KeySite:
    """A place of the register (handbook SYS-27). `contact` is a person at work with a telephone at work, nothing private.

    `incidents` counts cases at the site by year ("2026"); positions WGS-84
    degrees; `centre_id` is the centre that inspects it.
    """

    id: int
    code: str
    name: str
    kind: str
    lon: float
    lat: float
    division: str
    grid: str
    centre_id: int
    unit: str
    contact: str
    contact_phone: str
    risk_note: str
    cycle_days: int
    last_inspected: datetime | None = None
    incidents: Mapping[str, int] = field(default_factory=dict, hash=False)

    def due(self) -> datetime | None:
        """When the next inspection is due; None for a site never inspected, which is due at once."""
        return self.last_inspected + timedelta(days=self.cycle_days) if self.last_inspected else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether an inspection is due."""
        due = self.due()
        return due is None or due < now

    def change(self, year: int) -> float | None:
        """Incidents of a year against the year before, as a share (−0.25 is a quarter fewer); None where there were none before."""
        before, now = self.incidents.get(str(year - 1), 0), self.incidents.get(str(year), 0)
        return (now - before) / before if before else None
