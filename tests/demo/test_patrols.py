"""The demo has a patrol for every shift that can be walked at once."""

from console.demo.city import build_city
from console.demo.patrols import patrol_plans
from console.domain.patrol import check_route
from tests.make import CODES, ROOT, START


def test_every_shift_has_a_patrol_over_cameras_of_the_county():
    city = build_city(ROOT / "resources", CODES, 7, "county")
    plans = patrol_plans(city.centres, city.users, city.cameras, START)
    own = {camera.id for camera in city.cameras if camera.centre_id == plans[0].centre_id}
    assert [plan.shift for plan in plans] == list(CODES.shifts)
    for plan in plans:
        check_route(plan.route)
        assert {stop.camera_id for stop in plan.route} <= own
