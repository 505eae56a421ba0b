"""Base maps of the hall: set by its administrator (R22), used by every map; a service's key lies sealed."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from console.domain.basemap import MAPS_MAX, Basemap, check_basemap, is_file, wants_key
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.people import Actor
from console.domain.plugin import ADMINISTRATOR
from console.net.vault import Vault
from console.service.desk import Act, Desk
from console.store import settings
from console.store.unit import Unit

SETTING = "basemaps"
KEY_MAX = 200
_KEY = "key"


@dataclass(frozen=True)
class KeptMap:
    """A base map as it is kept: its number, what was set, and the key of its service under seal."""

    id: int
    basemap: Basemap
    sealed: str = ""

    @property
    def lacks_key(self) -> bool:
        """Whether its service wants a key and none was given."""
        return wants_key(self.basemap) and not self.sealed


@dataclass(frozen=True)
class Shelf:
    """All base maps in the order they are offered, and the version of the whole."""

    maps: tuple[KeptMap, ...] = ()
    version: int = 0


class Basemaps:
    """What may be done with base maps."""

    def __init__(self, desk: Desk, vault: Vault) -> None:
        self._desk, self._vault = desk, vault

    def may(self, actor: Actor) -> bool:
        """Whether the actor sets base maps (3.5: the system administrator)."""
        return ADMINISTRATOR in actor.roles

    def listed(self, actor: Actor) -> Shelf:
        """Every base map there is; anybody who sees a map may know them, nobody learns a key by it."""
        with self._desk.store.read() as unit:
            return _read(unit)

    def key_of(self, actor: Actor, kept: KeptMap) -> str:
        """The key to ask a base map's service with, for the process that asks; empty where there is none. Raises Unavailable."""
        return self._vault.open(kept.sealed).get(_KEY, "") if kept.sealed else ""

    def save(self, actor: Actor, version: int, kept: KeptMap, key: str) -> Shelf:
        """Set a base map; number 0 is a new one, an empty key stays what it is.

        Raises Denied, Invalid naming the field, Stale, Missing, Refused("too_many_maps").
        """
        basemap = check_basemap(kept.basemap)
        for layer in basemap.layers:
            if is_file(layer) and not Path(layer).is_file():
                raise Invalid("map_layers", "no_map_file", value=layer[-80:], problem="")
        if len(key) > KEY_MAX or any(not 32 < ord(letter) < 127 for letter in key):
            raise Invalid("map_key", "plain_letters")

        def change(shelf: Shelf) -> tuple[tuple[KeptMap, ...], int]:
            others = [one for one in shelf.maps if one.id != kept.id]
            if any(one.basemap.name == basemap.name for one in others):
                raise Invalid("map_name", "name_taken", value=basemap.name)
            if not kept.id:
                if len(shelf.maps) >= MAPS_MAX:
                    raise Refused("too_many_maps", most=MAPS_MAX)
                sealed = (self._sealed(key) or kept.sealed) if wants_key(basemap) else ""  # one that was removed comes back with its key
                fresh = KeptMap(max((one.id for one in shelf.maps), default=0) + 1, basemap, sealed)
                return (*shelf.maps, fresh), fresh.id
            old = _own(shelf, kept.id)
            sealed = (self._sealed(key) if key else old.sealed) if wants_key(basemap) else ""
            fresh = KeptMap(old.id, basemap, sealed)
            return tuple(fresh if one.id == old.id else one for one in shelf.maps), old.id

        return self._write(actor, version, "set", change)

    def remove(self, actor: Actor, version: int, map_id: int) -> Shelf:
        """Take a base map away; maps that show it fall back to the outlines. Raises Denied, Stale, Missing."""

        def change(shelf: Shelf) -> tuple[tuple[KeptMap, ...], int]:
            old = _own(shelf, map_id)
            return tuple(one for one in shelf.maps if one.id != old.id), old.id

        return self._write(actor, version, "remove", change)

    def _sealed(self, key: str) -> str:
        return self._vault.seal({_KEY: key}) if key else ""

    def _write(self, actor: Actor, version: int, op: str, change: Callable[[Shelf], tuple[tuple[KeptMap, ...], int]]) -> Shelf:
        if not self.may(actor):
            raise Denied("role", kind="basemap", action="edit")

        def work(act: Act) -> Shelf:
            shelf = _read(act.unit, to_change=True)
            if shelf.version != version:
                raise act.unit.stale("basemap", 0)
            maps, changed = change(shelf)
            fresh = Shelf(maps, shelf.version + 1)
            said = [{"id": one.id, "sealed": one.sealed, **asdict(one.basemap)} for one in maps]
            settings.keep(act.unit, SETTING, {"version": fresh.version, "maps": said})
            name = next((one.basemap.name for one in (*maps, *shelf.maps) if one.id == changed), "")
            act.note(op, "basemap", changed, fresh.version, {"name": name})
            return fresh

        return self._desk.run(actor, work)


def _own(shelf: Shelf, map_id: int) -> KeptMap:
    found = next((one for one in shelf.maps if one.id == map_id), None)
    if found is None:
        raise Missing("basemap", map_id)
    return found


def _read(unit: Unit, *, to_change: bool = False) -> Shelf:
    said = settings.value(unit, SETTING, to_change=to_change)
    if not isinstance(said, Mapping):
        return Shelf()
    return Shelf(tuple(_kept(one) for one in said["maps"]), int(said["version"]))


def _kept(said: Mapping[str, object]) -> KeptMap:
    values = {name: value for name, value in said.items() if name not in ("id", "sealed")}
    layers = values.pop("layers")
    assert isinstance(layers, list)
    return KeptMap(int(str(said["id"])), replace(Basemap("", tuple(layers)), **values), str(said["sealed"]))  # type: ignore[arg-type]
