"""Leave to play or take out recorded video: asked for, decided by others, broken into in an emergency (handbook G1, G5, G6, G26, Q6)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.approval import Approval
from console.domain.camera import VideoAccess
from console.domain.errors import Denied, Invalid, Refused
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.rights import allows

# Played here, taken out unchanged, taken out covered for everybody to see (handbook G7).
PLAYBACK, EXPORT, PUBLISH = "playback", "export", "publish"
VALID = {PLAYBACK: timedelta(hours=2), EXPORT: timedelta(hours=24), PUBLISH: timedelta(hours=24)}
REVIEW_WITHIN = timedelta(hours=24)
LONGEST, MOST_CAMERAS = timedelta(hours=24), 32
LETTER_MAX = 120
TRAINING_LASTS = timedelta(days=366)
# Who uses recorded video, who decides on a hall's cameras, who on those of the police, and who looks back at an emergency.
ASKERS = frozenset({"R05", "R06", "R07", "R08", "R14", "R16", "R17"})
DECIDERS, POLICE, REVIEWERS = frozenset({"R15", "R17"}), frozenset({"R21"}), frozenset({"R17"})
FOR_CASE, RESIDENT, ORGAN = "V1", "V6", "V7"
WITH_CASE = frozenset({FOR_CASE, "V4"})
RELATIONS = ("self", "relative", "guardian")
OPEN, BROKEN = "granted", "broken"  # states in which a leave may be used: given by somebody, or taken in an emergency
VERDICTS = ("fit", "unfit")


@dataclass(frozen=True)
class VideoLeave(Approval):
    """One request to see recorded pictures of some cameras between two times; `kind` says played or taken out.

    `state` is asked, granted, refused, or broken: used without leave in an
    emergency, to be reviewed until `review_due`. Of a resident's request (V6)
    only the relation is kept, never who showed which paper.
    """

    cameras: tuple[int, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    purpose: str = ""
    case_id: int | None = None
    is_police: bool = False
    relation: str = ""
    letter: str = ""
    org_id: int = 0
    asker: str = ""
    decider: str = ""
    review_due: datetime | None = None
    reviewed_by: int | None = None
    reviewed_at: datetime | None = None
    verdict: str = ""
    suspended_at: datetime | None = None

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether a period lies inside the one this leave is for."""
        return self.starts_at is not None and self.ends_at is not None and self.starts_at <= start and end <= self.ends_at

    def is_live(self, now: datetime) -> bool:
        """Whether it may be used now."""
        return self.state in (OPEN, BROKEN) and self.valid_until is not None and now < self.valid_until

    def is_unreviewed(self) -> bool:
        """Whether somebody still has to look at what was done without leave."""
        return self.state == BROKEN and self.reviewed_at is None


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of recorded video, and why; `relation` for V6, `letter` (number, officer, basis) for V7."""

    cameras: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime
    purpose: str
    reason: str
    case_id: int | None = None
    relation: str = ""
    is_identity_seen: bool = False
    letter: str = ""


def under(access: VideoAccess, leave: VideoLeave, start: datetime, end: datetime) -> VideoAccess:
    """The row of a look, with the leave it is opened under and the time of the pictures (art. 16: who allowed it, until when)."""
    return replace(
        access, leave_id=leave.id, approver=leave.decider, decision=leave.state, granted_from=leave.decided_at,
        granted_to=leave.valid_until, period_from=start, period_to=end,
    )  # fmt: skip


def check_keeping(look: VideoAccess) -> None:
    """Pictures shown to a resident are seen under a cover and nothing of them is kept (handbook G6). Raises Refused."""
    if look.purpose == RESIDENT:
        raise Refused("resident_look")


def check_trained(trained_at: datetime | None, now: datetime) -> None:
    """Recorded video is for people trained within a year (handbook G8; the year is ours); `trained_at` is the end of that day.

    Raises Refused: "training_missing" where no day is kept, "training_over".
    """
    if trained_at is None:
        raise Refused("training_missing")
    if now - trained_at > TRAINING_LASTS:
        raise Refused("training_over", last=f"{trained_at.astimezone(CHINA) - timedelta(seconds=1):%Y-%m-%d}")


def may_ask(actor: Actor) -> bool:
    """Whether the actor's role and level use recorded video at all (3.5: village and town ask, county and city do and approve)."""
    return any(allows("playback", role, actor.level) for role in actor.roles & ASKERS)


def check_wish(wish: Wish) -> None:
    """Refuse a request that does not say what the law wants to know. Raises Invalid."""
    if not 1 <= len(set(wish.cameras)) <= MOST_CAMERAS:
        raise Invalid("cameras", "camera_count", most=MOST_CAMERAS)
    if not timedelta(0) < wish.ends_at - wish.starts_at <= LONGEST:
        raise Invalid("period", "video_period", hours=LONGEST // timedelta(hours=1))
    if wish.purpose in WITH_CASE and wish.case_id is None:
        raise Invalid("case", "purpose_needs_case", purpose=wish.purpose)
    if wish.purpose == RESIDENT and wish.relation not in RELATIONS:
        raise Invalid("relation", "needs_relation")
    if wish.purpose == RESIDENT and not wish.is_identity_seen:
        raise Invalid("identity", "identity_unseen")
    if wish.purpose == ORGAN and not wish.letter.strip():
        raise Invalid("letter", "needs_letter")


def may_decide(actor: Actor, leave: VideoLeave) -> bool:
    """Whether deciding is the actor's: never on a request of one's own; police cameras are the police's (Q6)."""
    if actor.user_id == leave.asked_by:
        return False
    deciders = POLICE if leave.is_police else DECIDERS
    return any(allows("playback_approve", role, actor.level) for role in actor.roles & deciders)


def check_decider(actor: Actor, leave: VideoLeave) -> None:
    """Refuse who may not decide, and deciding twice. Raises Denied, Refused."""
    if actor.user_id == leave.asked_by:
        raise Denied("own_request")
    if not may_decide(actor, leave):
        raise Denied("police_decide" if leave.is_police else "role")
    if leave.state != "asked":
        raise Refused("decided_already")


def check_reviewer(actor: Actor, leave: VideoLeave) -> None:
    """Only a director reviews an emergency, not the own one, and once. Raises Denied, Refused."""
    if actor.user_id == leave.asked_by:
        raise Denied("own_request")
    if not actor.holds_any(REVIEWERS):
        raise Denied("role")
    if not leave.is_unreviewed():
        raise Refused("decided_already")
