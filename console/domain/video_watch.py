"""What is watched of the use of video: looks with whose they are, a week's sample, cameras that lack what the law wants (G1-G4, G27)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from console.domain.camera import Camera, VideoAccess
from console.domain.video_leave import VideoLeave

LOOK_KINDS = ("live", "playback", "export", "snapshot", "PTZ", "mark")
# A week's sample (G27): looks off duty, too many cameras in ten minutes, one camera again and again without a case, taking out at night.
SAMPLES = ("off_duty", "many", "again", "night")
WEEK, TEN_MINUTES = timedelta(days=7), timedelta(minutes=10)
MANY, AGAIN = 30, 5
NIGHT_FROM_H, NIGHT_TO_H = 22, 6
# What a camera may lack (G2-G4), and those of which nobody has said anything.
LACKS = ("storage", "guarded", "sign", "filing", "unstated")
STORAGE_DAYS, FILED_WITHIN = 30, timedelta(days=30)
INDOOR = "2"  # CT-18
Sample = Literal["off_duty", "many", "again", "night"]
_PRIVATE = ("客房", "宿舍", "浴", "厕", "卫生间", "洗手间", "更衣", "试衣", "哺乳", "母婴", "月子", "病房", "诊室")
# Before its door or beside it is not inside it.
_GUARDED = re.compile(rf"(?:{'|'.join(_PRIVATE)})(?!\w{{0,2}}(?:门|外|旁|口|侧|对面|附近|楼下))")


@dataclass(frozen=True)
class Look:
    """A look with whose it was, through what and for which case, in words."""

    access: VideoAccess
    unit: str
    code: str
    camera: str
    number: str


@dataclass(frozen=True)
class LookFilter:
    """Which looks are wanted: their kind, words of who, unit, camera, case or reason, and a time."""

    kind: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Sampled:
    """Something of a week that deserves a question: whose, since when, how often, through which camera where it is one."""

    user_id: int
    user: str
    unit: str
    at: datetime
    count: int
    code: str = ""
    camera: str = ""


@dataclass(frozen=True)
class Lacking:
    """A camera that lacks something, with what was stated about it."""

    camera: Camera
    centre: str
    stated: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class LeaveRow:
    """A request for recorded video with its unit, its case's number, and its cameras in words."""

    leave: VideoLeave
    unit: str
    number: str
    cameras: tuple[str, ...]


def is_guarded(name: str, room_type: str) -> bool:
    """Whether a camera looks where nobody may be watched without a written basis: indoors, or a place of art. 8 by its name."""
    return room_type == INDOOR or _GUARDED.search(name) is not None
