"""Clips of cameras kept with a case, and what a state organ must say before it is given one (handbook 2.3, G2, G5, G8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from console.domain.camera import Camera
from console.domain.case import Case
from console.domain.errors import Invalid, Refused
from console.domain.texts import check_text

KEPT_AFTER = timedelta(days=30)  # after the case was archived
HOLD_MOST = timedelta(days=3 * 365)
LONGEST = timedelta(hours=4)
MOST_BYTES = 2_000_000_000
AROUND = timedelta(minutes=30)  # before and after the matter: what AC-1 plays back
ASKS_AGAIN = timedelta(hours=2)  # of one letter
BASIS_MIN, BASIS_MAX, ORGAN_MAX, LETTER_MAX, OFFICER_MAX = 6, 200, 60, 40, 40

Source = Literal["live", "recording"]
# What a clip leaves the hall for: a state organ by its letter (G5), the case itself, unchanged, or everybody, covered (G7).
Use = Literal["organ", "inside", "public"]
USES: tuple[Use, ...] = ("organ", "inside", "public")
Period = tuple[datetime, datetime]
NEEDED: dict[Use, frozenset[str]] = {
    "organ": frozenset({"organ", "letter_no", "officer"}), "inside": frozenset({"officer"}), "public": frozenset({"organ", "officer"}),
}  # fmt: skip


@dataclass(frozen=True)
class VideoClip:
    """Some seconds of a camera in a case, unchanged, under the SHA-256 of its bytes; `picture` is that of its first picture.

    `watermark` is what stands over it wherever it is shown, and is burnt in when it leaves the hall.
    """

    id: int
    access_id: int
    camera_id: int
    case_id: int
    attachment_id: int | None
    starts_at: datetime
    ends_at: datetime
    source: str
    sha256: str
    picture: str
    watermark: str
    masked: bool
    user_id: int
    user_name: str
    at: datetime
    hold_until: datetime | None = None
    hold_reason: str = ""
    held_by: str = ""
    delete_after: datetime | None = None
    deleted_at: datetime | None = None
    version: int = 1

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.ends_at - self.starts_at).total_seconds()


@dataclass(frozen=True)
class ClipRow:
    """A clip with its camera and the size of its pictures, as a case's evidence lists it."""

    clip: VideoClip
    camera: Camera
    width: int
    height: int
    size: int


@dataclass(frozen=True)
class ClipWish:
    """What is said when a clip shall leave the hall: for whom, by which letter, on which basis, and which part of it.

    `organ` and `letter_no` are the state organ's and its letter's; what is used inside has neither, what is published has the place
    where as `organ`. `officer` is who receives it or answers for it. `why_long` is needed when one letter comes to more than two hours.
    """

    organ: str
    letter_no: str
    officer: str
    basis: str
    starts_at: datetime
    ends_at: datetime
    why_long: str = ""
    use: Use = "organ"


@dataclass(frozen=True)
class ClipRequest:
    """A request as it was put before whoever decides; what is exported is exactly this."""

    id: int
    clip_id: int
    leave_id: int
    organ: str
    letter_no: str
    officer: str
    basis: str
    why_long: str
    starts_at: datetime
    ends_at: datetime
    asked_by: int
    at: datetime
    export_id: int | None = None


def around(case: Case, clip: VideoClip) -> Period:
    """The least that serves: the part of a clip within half an hour of the matter; all of it when it lies elsewhere."""
    moment = case.occurred_at or case.reported_at
    start, end = max(clip.starts_at, moment - AROUND), min(clip.ends_at, moment + AROUND)
    return (start, end) if start < end else (clip.starts_at, clip.ends_at)


def check_clip_wish(request: ClipWish, clip: VideoClip, before: Sequence[Period]) -> None:
    """Refuse what does not say what the law asks for. Raises Invalid, Refused("long_video") with the hours of the letter.

    `before` are the periods the same letter was given already.
    """
    if request.use not in USES:
        raise Invalid("use", "unknown_code", value=str(request.use)[:20])
    for field, most in (("organ", ORGAN_MAX), ("letter_no", LETTER_MAX), ("officer", OFFICER_MAX)):
        words = str(getattr(request, field)).strip()
        if not words and field in NEEDED[request.use]:
            raise Invalid(field, "needs_text")
        check_text(field, words, most)
    for field, words in (("basis", request.basis), ("why_long", request.why_long)):
        if (field == "basis" or words.strip()) and not BASIS_MIN <= len(words.strip()) <= BASIS_MAX:
            raise Invalid(field, "reason_length", least=BASIS_MIN, most=BASIS_MAX)
        check_text(field, words, BASIS_MAX)
    if not clip.starts_at <= request.starts_at < request.ends_at <= clip.ends_at:
        raise Invalid("period", "outside_clip")
    together = sum(((end - start) for start, end in before), request.ends_at - request.starts_at)
    if together > ASKS_AGAIN and not request.why_long.strip():
        raise Refused("long_video", "why_long", hours=round(together / timedelta(hours=1), 1))
