"""The roster: who is on duty at a centre, from when to when, in which part."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.errors import Invalid

LEADS = "leader"
# Who may stand on a roster as what; anybody of the centre may be on call.
PARTS: dict[str, frozenset[str]] = {
    LEADS: frozenset({"R16", "R17"}), "officer": frozenset({"R05", "R06", "R07", "R08"}), "video": frozenset({"R14"}),
    "on_call": frozenset(),
}  # fmt: skip
LONGEST = timedelta(hours=36)


@dataclass(frozen=True)
class Duty:
    """One person's duty."""

    id: int
    centre_id: int
    user_id: int
    starts_at: datetime
    ends_at: datetime
    part: str
    version: int = 1


@dataclass(frozen=True)
class DutyRow:
    """A line of the roster, with what people call the one on duty."""

    duty: Duty
    name: str
    work_phone: str


def check_span(starts_at: datetime, ends_at: datetime) -> None:
    """A duty ends after it began, and within a day and a half. Raises Invalid."""
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise Invalid("ends_at", "duty_span", most=int(LONGEST / timedelta(hours=1)))


def may_stand(part: str, roles: tuple[str, ...]) -> bool:
    """Whether somebody with these roles may be on duty in a part."""
    return not PARTS[part] or not PARTS[part].isdisjoint(roles)
