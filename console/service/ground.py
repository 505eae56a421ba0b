"""The ground as intake needs it: which grid a point lies in, and which centre takes the case."""

from dataclasses import dataclass

from console.domain.journal import Entry
from console.domain.place import Centre, Division, Grid, Point
from console.geo.grid_index import GridIndex
from console.store import atlas
from console.store.store import Store


@dataclass(frozen=True)
class Ground:
    """Grids, divisions and centres in memory; boundaries change rarely and a reload swaps the whole."""

    index: GridIndex
    grids: dict[str, Grid]
    divisions: dict[str, Division]
    centres: dict[int, Centre]
    by_division: dict[str, Centre]

    @staticmethod
    def load(store: Store) -> "Ground":
        """Read it from the store."""
        with store.read() as unit:
            grids, divisions, centres = atlas.grids(unit), atlas.divisions(unit), atlas.centres(unit)
        return Ground(
            GridIndex(grids), {g.code: g for g in grids}, {d.code: d for d in divisions}, {c.id: c for c in centres},
            {c.division: c for c in centres},
        )  # fmt: skip

    def grid_at(self, spot: Point) -> str:
        """The code of the grid a point lies in; empty outside every grid."""
        return self.index.at(spot) or ""

    def intake_centre(self, division: str) -> Centre | None:
        """The nearest centre up the tree from a division whose officers take reports in."""
        at = self.divisions.get(division)
        while at is not None:
            centre = self.by_division.get(at.code)
            if centre is not None:
                return self._up_to_intake(centre)
            at = self.divisions.get(at.parent)
        return None

    def _up_to_intake(self, centre: Centre | None) -> Centre | None:
        while centre is not None and not centre.intake:
            centre = self.centres.get(centre.parent_id) if centre.parent_id is not None else None
        return centre

    def centre_for(self, grid: str, fallback: int) -> Centre:
        """The centre that takes a case in a grid; without a known grid, the reporter's own way up."""
        found = self.intake_centre(self.grids[grid].division) if grid in self.grids else None
        found = found or self._up_to_intake(self.centres.get(fallback)) or self.centres.get(fallback)
        if found is None:
            found = min(self.centres.values(), key=lambda centre: centre.level)
        return found


class LiveGround:
    """The ground as it stands: read when somebody first asks, and again after boundaries were changed, here or elsewhere."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ground: Ground | None = None

    def __call__(self) -> Ground:
        """The ground; whoever asks first waits until it is read."""
        ground = self._ground
        if ground is None:
            ground = self._ground = Ground.load(self._store)
        return ground

    def hear(self, entries: tuple[Entry, ...]) -> None:
        """News from the feed: after an approved change of boundaries the next who asks reads anew."""
        if any(entry.kind == "boundary" and entry.op == "approve" for entry in entries):
            self._ground = None
