"""Views of the map that were kept under a name: place, zoom and layers, each officer's own."""

import json
from dataclasses import asdict, dataclass

from console.ui.memory import Memory

MOST = 9
NAME_MAX = 40


@dataclass(frozen=True)
class KeptView:
    """One kept view; x and y in the world square, `layers` in the words the layers remember themselves by."""

    name: str
    x: float
    y: float
    zoom: float
    layers: str = ""


class KeptViews:
    """The kept views of an officer, the newest last."""

    def __init__(self, memory: Memory | None) -> None:
        """Read them; what cannot be read is not there."""
        self._memory = memory
        self.views = read(memory.map_views()) if memory is not None else ()

    def keep(self, view: KeptView) -> bool:
        """Keep another one; one of the same name is replaced. False when there are too many already."""
        others = tuple(one for one in self.views if one.name != view.name)
        if len(others) >= MOST:
            return False
        self._write((*others, view))
        return True

    def forget(self, name: str) -> None:
        """Let one go."""
        self._write(tuple(one for one in self.views if one.name != name))

    def _write(self, views: tuple[KeptView, ...]) -> None:
        self.views = views
        if self._memory is not None:
            self._memory.keep_map_views(json.dumps([asdict(one) for one in views], ensure_ascii=False))


def read(words: str) -> tuple[KeptView, ...]:
    """Kept views as they were written; those that cannot be are left out."""
    try:
        said = json.loads(words or "[]")
    except ValueError:
        return ()
    return tuple(found for one in said[:MOST] if (found := _view(one)) is not None) if isinstance(said, list) else ()


def _view(said: object) -> KeptView | None:
    if not isinstance(said, dict):
        return None
    name, numbers = said.get("name"), [said.get(part) for part in ("x", "y", "zoom")]
    if not isinstance(name, str) or not name.strip() or not all(isinstance(one, int | float) for one in numbers):
        return None
    x, y, zoom = (float(one) for one in numbers)  # type: ignore[arg-type]
    if not (0 <= x <= 1 and 0 <= y <= 1 and 0 <= zoom <= 30):
        return None
    return KeptView(name[:NAME_MAX], x, y, zoom, str(said.get("layers", "")))
