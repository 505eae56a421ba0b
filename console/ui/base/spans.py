"""Times and spans as the hall writes them: China's clock on the wall, `0:58`, `1小时23分`, `超 4:05`.

Short forms for rows and cards; whole sentences about limits live in `domain/limits.py`.
"""

from datetime import datetime, timedelta

from console.domain.limits import CHINA, Limit
from console.ui.base.words import tr


def time_of(at: datetime) -> str:
    """The hall's time of an instant with seconds: 14:21:08."""
    return f"{at.astimezone(CHINA):%H:%M:%S}"


def moment(at: datetime, now: datetime) -> str:
    """When something was, in the room of five letters: 14:21 today, else the day, 11-22."""
    here, today = at.astimezone(CHINA), now.astimezone(CHINA)
    return f"{here:%H:%M}" if here.date() == today.date() else f"{here:%m-%d}"


def until(at: datetime, now: datetime) -> str:
    """The hall's time something ends: 16:21 today, 11-25 09:00 on another day."""
    here, today = at.astimezone(CHINA), now.astimezone(CHINA)
    return f"{here:%H:%M}" if here.date() == today.date() else f"{here:%m-%d %H:%M}"


def span(length: timedelta) -> str:
    """A length with at most two units; below an hour as minutes:seconds."""
    seconds = max(0, round(length.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if not days and not hours:
        return f"{minutes}:{seconds:02}"
    units = (("{n} d", days), ("{n} h", hours)) if days else (("{n} h", hours), ("{n} min", minutes))
    parts = [tr(source, n=n) for source, n in units if n]
    return tr("{larger} {smaller}", larger=parts[0], smaller=parts[1]) if len(parts) > 1 else parts[0]


def left(due: datetime, now: datetime) -> str:
    """How long until an instant, or how long since, in the room of a column."""
    gap = due - now
    if gap > timedelta():
        return span(gap)
    hours, rest = divmod(-gap, timedelta(hours=1))
    if not hours:
        return tr("over {span}", span=span(rest))
    days, hours = divmod(hours, 24)
    return tr("over {span}", span=tr("{n} d", n=days) if days else tr("{n} h", n=hours))


def limit_words(limit: Limit) -> str:
    """A limit in words: 2小时, 3个工作日."""
    unit = {
        "M": "{n} min", "H": "{n} h", "ND": "{n} d", "WM": "{n} work min", "WH": "{n} work h", "WD": "{n} workdays",
    }[limit.unit]  # fmt: skip
    return tr(unit, n=limit.amount)
