"""The demo's roster: the hall it opens in is manned round the clock for a week to come, by the operation a leader uses."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from console.domain.duty import LEADS
from console.domain.errors import Refused
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.service.administration import Administration

DAYS = 7
SHIFTS = (time(0), time(8), time(16))  # CT-27: night, early, middle
LASTS = timedelta(hours=8)
Turns = Mapping[str, tuple[str, ...]]
TURNS: Turns = {LEADS: ("leader", "director"), "officer": ("duty", "duty2", "intake"), "video": ("video",)}


def fill(admin: Administration, leader: Actor, now: datetime, turns: Turns = TURNS) -> None:
    """Put people on the shifts that have nobody yet; who stands there stays."""
    first, last = next(_begins(now)), now + timedelta(days=DAYS)
    known = {(row.duty.part, row.duty.starts_at) for row in admin.on_duty(leader, leader.centre_id, first, last)}
    for begins in _begins(now):
        turn = begins.toordinal() * len(SHIFTS) + SHIFTS.index(begins.time())
        for part, logins in turns.items():
            if (part, begins) not in known:
                _put(admin, leader, logins[turn % len(logins)], begins, part)


def _begins(now: datetime) -> Iterator[datetime]:
    """The beginnings of shifts from the running one on."""
    day = now.astimezone(CHINA).date()
    for days in range(DAYS):
        for begin in SHIFTS:
            begins = datetime.combine(day + timedelta(days=days), begin, CHINA)
            if begins + LASTS > now:
                yield begins


def _put(admin: Administration, leader: Actor, login: str, begins: datetime, part: str) -> None:
    try:
        admin.roster.put(leader, login, begins, begins + LASTS, part)
    except Refused as taken:
        if taken.code != "duty_twice":
            raise
