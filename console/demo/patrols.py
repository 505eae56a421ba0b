"""The demo's patrol plans: one for each shift of 南乐县's centre, over its live cameras."""

from collections.abc import Sequence
from datetime import datetime

from console.demo.land import COUNTY_CODE
from console.domain.camera import Camera
from console.domain.patrol import PatrolPlan
from console.domain.people import User
from console.domain.place import Centre

LEADER = "leader"
# Name, shift, which of the centre's live cameras, seconds each.
ROUTES = (("校园和主街", "1", slice(0, 6), 15), ("商圈和车站", "2", slice(-8, None), 15), ("夜间重点", "3", slice(None), 20))
LIVE = 16


def patrol_plans(centres: Sequence[Centre], users: Sequence[User], cameras: Sequence[Camera], at: datetime) -> tuple[PatrolPlan, ...]:
    """The plans, written by the shift leader."""
    centre = next(one.id for one in centres if one.division == COUNTY_CODE)
    leader = next(user.id for user in users if user.login == LEADER)
    own = [camera.id for camera in cameras if camera.centre_id == centre][:LIVE]
    return tuple(
        PatrolPlan(number, centre, name, shift, tuple((camera, dwell_s, "") for camera in own[part]), leader, at)
        for number, (name, shift, part, dwell_s) in enumerate(ROUTES, 1)
    )
