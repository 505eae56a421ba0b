"""Which cameras of the register to open for a place, and which ones come next on a way."""

from collections.abc import Mapping

from console.domain.camera import Camera
from console.domain.datum import box_around
from console.domain.outlook import REACH_M, Health, Vantage, best
from console.domain.people import Actor
from console.domain.place import Point
from console.domain.sighting import Ahead, ahead
from console.store.find import places
from console.store.scope import Scope
from console.store.store import Store


class Outlook:
    """Questions about cameras round a spot, each inside the actor's scope."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def around(self, actor: Actor, spot: Point, count: int, health: Mapping[int, Health]) -> tuple[Vantage, ...]:
        """The cameras that tell most about a spot, best first; `health` is what the seat knows of some of them."""
        opens, others = self._cameras(actor, spot)
        known = {**{camera.id: health.get(camera.id, "untried") for camera in opens}, **{camera.id: "absent" for camera in others}}
        return best(spot, (*opens, *others), count, known)  # type: ignore[arg-type]

    def ahead(self, actor: Actor, spot: Point, heading_deg: float | None) -> tuple[Ahead, ...]:
        """The next cameras on the way somebody left a spot."""
        opens, others = self._cameras(actor, spot)
        return ahead(spot, heading_deg, (*opens, *others), {camera.id for camera in others})

    def _cameras(self, actor: Actor, spot: Point) -> tuple[tuple[Camera, ...], tuple[Camera, ...]]:
        """Those near a spot that can be opened, and those the register knows no address of."""
        low, high = box_around(spot, REACH_M)
        box = (low.lon, low.lat, high.lon, high.lat)
        with self._store.read() as unit:
            scope = Scope(actor)
            opens = places.cameras_in(unit, scope, box, opens=True)
            known = {camera.id for camera in opens}
            return opens, tuple(camera for camera in places.cameras_in(unit, scope, box, opens=False) if camera.id not in known)
