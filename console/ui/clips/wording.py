"""How clips are told in words: periods, lengths, hashes; and times as people type them."""

import re
from datetime import datetime, timedelta

from console.domain.clip import VideoClip
from console.domain.errors import Invalid
from console.domain.limits import CHINA
from console.ui.base.words import tr

_TIME = re.compile(r"(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2}))?")


def span(start: datetime, end: datetime, now: datetime | None = None) -> str:
    """A period in the hall's time: 11-23 09:59:50 – 10:00:00; without the day when it is the same as that of `now`."""
    here, there = start.astimezone(CHINA), end.astimezone(CHINA)
    is_one_day = here.date() == there.date()
    last = f"{there:%H:%M:%S}" if is_one_day else f"{there:%m-%d %H:%M:%S}"
    is_today = is_one_day and now is not None and now.astimezone(CHINA).date() == here.date()
    return f"{here:%H:%M:%S} – {last}" if is_today else f"{here:%m-%d %H:%M:%S} – {last}"


def length(seconds: float) -> str:
    """How long something is: 10 s, 2 min 05 s, 1 h 03 min."""
    whole = round(seconds)
    if whole < 60:
        return tr("{n} s", n=whole)
    if whole < 3600:
        return tr("{m} min {s} s", m=whole // 60, s=f"{whole % 60:02d}")
    return tr("{h} h {m} min", h=whole // 3600, m=f"{whole % 3600 // 60:02d}")


def about(clip: VideoClip) -> str:
    """How a clip's hash begins, and who kept it."""
    return tr("SHA-256 {sha}… · {who}", who=clip.user_name, sha=clip.sha256[:8])


def in_full(clip: VideoClip) -> str:
    """Where a clip came from, when it was kept, and its whole hash."""
    origin = tr("cut from the live picture") if clip.source == "live" else tr("cut from a recording")
    return tr("{origin}, kept {at}\nSHA-256 {sha}", origin=origin, at=f"{clip.at.astimezone(CHINA):%m-%d %H:%M:%S}", sha=clip.sha256)


def clock(at: datetime) -> str:
    """A time as it is typed into a form."""
    return f"{at.astimezone(CHINA):%H:%M:%S}"


def read_time(text: str, earliest: datetime) -> datetime:
    """The first moment from `earliest` on at which the hall's clock shows what was typed. Raises Invalid for no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Invalid("period", "no_time_of_day", value=text.strip()[:20])
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:
        raise Invalid("period", "no_time_of_day", value=text.strip()[:20])
    here = earliest.astimezone(CHINA)
    wanted = here.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return wanted if wanted + timedelta(seconds=1) > here else wanted + timedelta(days=1)
