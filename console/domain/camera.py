"""A camera of the register, and the row that every look at it leaves (handbook 2.3, 7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

VILLAGE_WANTED = 6


@dataclass(frozen=True)
class Camera:
    """A camera as the register knows it; stream addresses are secrets and not part of it.

    `code` is the short hall number ("C301"), `direction_deg` clockwise from
    north, `fov_deg` the opening angle; positions WGS-84 degrees.
    `clock_offset_s` is the camera's clock minus true time: positive when it is fast.
    """

    id: int
    code: str
    gb_id: str
    name: str
    kind: str
    lon: float
    lat: float
    direction_deg: float
    fov_deg: float
    division: str
    grid: str
    centre_id: int
    clock_offset_s: float = 0.0

    def camera_time(self, true: datetime) -> datetime:
        """What the camera's own clock shows at a true time: what its recorder is asked for."""
        return true + timedelta(seconds=self.clock_offset_s)

    def true_time(self, shown: datetime) -> datetime:
        """When it truly was what the camera's own clock shows."""
        return shown - timedelta(seconds=self.clock_offset_s)


# Looks through which somebody sees moving pictures now: marks and stills are made from these.
LOOKS = ("live", "playback", "clip_view")


@dataclass(frozen=True)
class VideoAccess:
    """Who looked at which camera, why, from when to when (Video Regulation art. 16(3)).

    A look at recorded pictures also names the leave it used, who gave it for
    which time, and the period that was opened; `decision` is granted or broken.
    """

    id: int
    camera_id: int
    kind: str
    purpose: str
    case_id: int | None
    reason: str
    user_id: int
    user_name: str
    org_id: int
    seat: str
    opened_at: datetime
    closed_at: datetime | None = None
    leave_id: int | None = None
    approver: str = ""
    decision: str = ""
    granted_from: datetime | None = None
    granted_to: datetime | None = None
    period_from: datetime | None = None
    period_to: datetime | None = None


@dataclass(frozen=True)
class LiveView:
    """What opening a camera gives: the address exists only after its access row."""

    access_id: int
    camera: Camera
    sub_address: str
    main_address: str

    def __repr__(self) -> str:
        """Without the addresses: they may carry a password."""
        return f"LiveView({self.access_id}, {self.camera.code})"


@dataclass(frozen=True)
class VideoBatch:
    """Cameras somebody keeps connected without seeing them, for the next wall; showing one is a look of its own."""

    id: int
    cameras: tuple[int, ...]
    purpose: str
    case_id: int | None
    reason: str
    user_id: int
    user_name: str
    org_id: int
    seat: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class WarmViews:
    """What keeping cameras connected gives: addresses, and the one row that answers for them; the views have no row yet."""

    batch_id: int
    views: tuple[LiveView, ...]


@dataclass(frozen=True)
class Still:
    """A picture somebody took of a camera: into a case as an attachment, or without one into a file named here."""

    id: int
    access_id: int
    camera_id: int
    attachment_id: int | None
    file_name: str
    sha256: str
    size: int
    width: int
    height: int
    at: datetime
    delete_after: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True)
class CameraArea:
    """A division with cameras in it or below it: how many, how many can be opened, and how many stand in it directly."""

    code: str
    name: str
    parent: str
    total: int
    online: int
    own: int
