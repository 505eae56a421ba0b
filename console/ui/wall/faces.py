"""What a tile says, as plain words: name, clock, age, and the veil over a picture that is not live. No painting.

A picture older than five seconds is veiled with its age; one that stands still or is
black is veiled at once, however young it is.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from console.domain.limits import CHINA
from console.ui.base.words import refusal, tr
from console.ui.wall.looks import Look
from console.video.facts import Facts
from console.video.frames import Frame
from console.video.health import Health
from console.video.wall import Slot

LATE_S, DAY_S = 2.0, 86_400
_VEILED_BY_AGE = frozenset({"live", "connecting", "stalled-network", "stalled-decoder"})


@dataclass(frozen=True)
class Veil:
    """What covers a picture: a headline, what is wrong, what to do, and when it tries again."""

    headline: str
    words: str = ""
    next_step: str = ""
    retry: str = ""
    is_offline: bool = False


@dataclass(frozen=True)
class Face:
    """Everything written on a tile; two equal faces need no new painting."""

    number: int
    code: str = ""
    name: str = ""
    is_event: bool = False
    is_chosen: bool = False
    clock: str = ""
    age: str = ""
    is_late: bool = False
    warning: str = ""
    note: str = ""  # a warning that may be left out where it does not fit: its mark says it shorter
    veil: Veil | None = None
    hint: str = ""
    mark: str = ""
    why: tuple[str, ...] = ()  # why it hangs on a case's wall, longest first
    facts: tuple[str, ...] = ()


def face(place: int, slot: Slot | None, look: Look | None, *, frame: Frame | None, health: Health | None, is_chosen: bool) -> Face:
    """The face of a tile now."""
    if slot is None or look is None:
        return Face(place + 1, is_chosen=is_chosen, hint=tr("Number and Enter, or choose from the list"))
    age = health.age_s if health is not None else None
    return Face(
        place + 1, look.camera.code, look.camera.name, slot.origin == "event", is_chosen,
        clock=clock(frame.wall_ns) if frame is not None else "",
        age=age_words(age),
        is_late=age is not None and age >= LATE_S,
        warning=tr(health.words) if health is not None and health.state.startswith("stalled") else "",
        note=tr(health.lowered) if health is not None and health.heat == "keys" else "",
        mark=_lowered(health),
        veil=veil(look, health, has_picture=frame is not None),
    )  # fmt: skip


def _lowered(health: Health | None) -> str:
    if health is None or health.heat == "live":
        return ""
    return tr("half rate") if health.heat == "half" else tr("key frames")


def fact_words(facts: Facts, look: Look) -> tuple[str, ...]:
    """What a camera really sends, line by line; what is not known yet is a dash. A clock that is off has a line of its own."""
    size = f"{facts.width}×{facts.height}" if facts.width else "—"
    rates = tr("{fps} fps  {kbit} kbit/s", fps=f"{facts.fps:.0f}", kbit=f"{facts.kbit_s:.0f}") if facts.fps else "—"
    kind = tr("high stream") if look.stream == "main" else tr("low stream")
    behind = tr("some {n} s behind", n=round(facts.behind_s)) if facts.behind_s else ""
    return tuple(filter(None, (f"{size}  {facts.codec or '—'}", rates, kind, behind, clock_words(look.camera.clock_offset_s))))


def clock_words(offset_s: float) -> str:
    """By how much a camera's clock is fast or slow; nothing while it is right to the second."""
    seconds = round(abs(offset_s))
    if not seconds:
        return ""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    by = f"{hours}:{minutes:02}:{seconds % 60:02}" if seconds < 2 * DAY_S else tr("{n} days", n=seconds // DAY_S)
    return tr("clock {by} fast", by=by) if offset_s > 0 else tr("clock {by} slow", by=by)


def clock(wall_ns: int) -> str:
    """The time of day a picture came, in China."""
    return _clock(wall_ns // 1_000_000_000)


@lru_cache(maxsize=8)
def _clock(second: int) -> str:
    return f"{datetime.fromtimestamp(second, CHINA):%H:%M:%S}"  # a whole wall asks for the same second


def age_words(age_s: float | None) -> str:
    """A picture's age as a short number: tenths below two seconds, whole seconds, then minutes."""
    if age_s is None:
        return "—"
    if age_s < LATE_S:
        return f"{age_s:.1f} s"
    return f"{int(age_s)} s" if age_s < 120 else f"{int(age_s) // 60} min"


def veil(look: Look, health: Health | None, *, has_picture: bool) -> Veil | None:
    """What covers the picture; None while it is to be taken for live."""
    if look.refusal is not None:
        return Veil(tr("Not opened"), refusal(look.refusal))
    if health is None:
        return Veil(tr("Registering the look"))
    words, step, retry = tr(health.words), tr(health.next_step) if health.next_step else "", _retry(health)
    is_offline = health.state in ("offline", "refused", "broken-off")
    if not has_picture or health.age_s is None:
        return Veil(words, "", step, retry, is_offline)
    if health.is_veiled:
        return Veil(_stopped(health.age_s), "" if health.state in ("live", "connecting") else words, step, retry, is_offline)
    if health.state not in _VEILED_BY_AGE:
        return Veil(words, "", step, retry, is_offline)
    return None


def _stopped(age_s: float) -> str:
    if age_s < 120:
        return tr("Picture stopped {n} s", n=int(age_s))
    return tr("Picture stopped {n} min", n=int(age_s) // 60)


def _retry(health: Health) -> str:
    if health.retry_in_s is None or health.state == "connecting":
        return ""
    seconds = int(health.retry_in_s) + 1
    return tr("trying again in {n} s", n=seconds) if health.retry_in_s > 0 else tr("trying again")
