"""Judging what a plugin tells of cameras: each row becomes a camera of the register, or a list of what is wrong in it.

A camera is known again by what its plugin calls it, then by its GB id, then by its
hall number. Every position names its datum and is kept as WGS-84; an address passes the
one parser. A camera whose plugin knows no position stands at 0, 0, where no case is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from console.domain.camera import Camera
from console.domain.codes import Codes
from console.domain.datum import DATUMS, to_wgs84
from console.domain.errors import Invalid
from console.domain.people_file import Problem
from console.domain.place import Centre, Point, check_device_id
from console.domain.plugin import Plugin
from console.domain.texts import check_text
from console.service.camera_duties import DUTIES, duties
from console.service.ground import Ground
from console.store.register import Known, Source
from console.video.source import parse

CAMERA_TYPES = ("121", "131", "132")  # CT-19: what looks; recorders and alarm inputs do not
MOVING = frozenset({"1", "4", "5"})  # CT-18: dome, remote box, remote half dome
DOMES = frozenset({"1", "2", "5"})
ATTRIBUTES = ("ptz_type", "position_type", "room_type", "use_type", "light")
# CT-18: which way a camera looks, by its number there and by its name.
DIRECTIONS = {"东": 90, "西": 270, "南": 180, "北": 0, "东南": 135, "东北": 45, "西南": 225, "西北": 315}
FOV_DEG, ADDRESS_MAX, STORAGE_MAX = 60.0, 400, 3_650
CLOCK_MAX_S = 100 * 365 * 86_400  # a camera without a battery begins in 1970
READ_WITHIN_S = 2.0  # a clock that was read over the network is known no better
MARGIN_DEG = 0.05  # a camera at the border may stand a few kilometres beyond it
_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,19}")
_HALL = re.compile(r"C(\d{1,6})")


@dataclass(frozen=True)
class Incoming:
    """A camera that waits to be taken in; its id is 0 when the register does not know it."""

    line: int
    camera: Camera
    source: Source
    streams: tuple[str, str]
    is_changed: bool

    @property
    def is_placed(self) -> bool:
        """Whether anybody knows where it stands."""
        return (self.camera.lon, self.camera.lat) != (0.0, 0.0)

    def __repr__(self) -> str:
        """Without the addresses: they may carry a password."""
        return f"Incoming({self.line}, {self.camera.code})"


class Judge:
    """Judges one row after the other, remembering what it has seen."""

    def __init__(self, codes: Codes, ground: Ground, known: Known, plugin: Plugin) -> None:
        self._codes, self._ground, self._known, self._plugin = codes, ground, known, plugin
        self._owner = ground.centres[plugin.centre_id]
        self._area = _area(ground, self._owner)
        self._by_gb = {one.gb_id: number for number, one in known.by_id.items() if one.gb_id}
        self._by_code = {one.code: number for number, one in known.by_id.items()}
        self._centres = {one.code: one for one in ground.centres.values() if one.path.startswith(self._owner.path)}
        self._prefixes = {code[:6] for code, area in ground.divisions.items() if area.level <= 3}
        self._seen: dict[tuple[str, str], int] = {}
        self._next = max((int(found[1]) for code in self._by_code if (found := _HALL.fullmatch(code))), default=0)
        self.problems: list[Problem] = []

    def rows(self, rows: Iterable[object]) -> Iterator[Incoming]:
        """The sound ones of many rows."""
        for number, row in enumerate(rows, start=1):
            line = row.get("line") if isinstance(row, dict) else None
            if (found := self._row(line if isinstance(line, int) else number, row)) is not None:
                yield found

    def _row(self, line: int, row: object) -> Incoming | None:
        before = len(self.problems)
        if not isinstance(row, Mapping):
            self.problems.append(Problem(line, Invalid("file", "not_a_row")))
            return None
        values = {str(key): value for key, value in row.items()}
        told: dict[str, object] = {}
        for name, read in self._readers(line):
            try:
                told[name] = read(values)
            except Invalid as wrong:
                self.problems.append(Problem(line, wrong, _text(values, wrong.field or "")[:80]))
        if len(self.problems) > before:
            return None
        return self._incoming(line, values, told)

    def _readers(self, line: int) -> tuple[tuple[str, Callable[[Mapping[str, object]], object]], ...]:
        return (
            ("name", _name), ("gb_id", lambda row: self._gb_id(row, line)), ("known", lambda row: self._identity(row, line)),
            ("spot", self._spot), ("direction", _direction), ("fov", _fov), ("clock", _clock), ("attributes", self._attributes),
            ("duties", self._duties), ("centre", self._centre), ("grid", self._grid), ("sub", lambda row: _address(row, "sub")),
            ("main", lambda row: _address(row, "main")),
        )  # fmt: skip

    def _incoming(self, line: int, row: Mapping[str, object], told: Mapping[str, object]) -> Incoming:
        number, spot, attributes, stated = told["known"], told["spot"], told["attributes"], told["duties"]
        assert isinstance(number, int) and isinstance(attributes, dict) and isinstance(stated, dict)
        attributes = {**attributes, **self._stated_before(number), **stated}
        old = self._known.by_id.get(number)
        code, gb_id = _text(row, "code").upper() or (old.code if old else self._free_code()), str(told["gb_id"])
        place = spot if isinstance(spot, Point) else Point(old.lon, old.lat) if old else Point(0.0, 0.0)
        grid = str(told["grid"]) or (self._ground.grid_at(place) if spot else old.grid if old else "")
        centre = told["centre"] if isinstance(told["centre"], Centre) else self._centre_of(grid, old)
        facing, fov = told["direction"], told["fov"]
        camera = Camera(
            number, code, gb_id or (old.gb_id if old else ""), str(told["name"]), _kind(attributes, row, old), place.lon, place.lat,
            facing if isinstance(facing, float) else old.direction_deg if old else 0.0,
            fov if isinstance(fov, float) else old.fov_deg if old else FOV_DEG, grid[:12] or (old.division if old else ""), grid, centre.id,
            _kept_clock(told["clock"], row, old),
        )  # fmt: skip
        ptz, online = row.get("ptz"), row.get("online")
        moves = ptz is True or (ptz is None and attributes.get("ptz_type") in MOVING)
        state = online if isinstance(online, bool) else None
        source = Source(number, self._plugin.name, _text(row, "ref")[:120] or code, moves, attributes, state)
        streams = (str(told["sub"]) or str(told["main"]), str(told["main"]))
        return Incoming(line, camera, source, streams, old is None or self._differs(camera, old, source))

    def _differs(self, camera: Camera, old: Camera, source: Source) -> bool:
        before = self._known.sources.get(old.id)
        if before is None:
            return True
        told = replace(source, is_online=before.is_online, seen_at=before.seen_at, camera_id=old.id)
        return camera != old or told != before

    def _free_code(self) -> str:
        self._next += 1
        return f"C{self._next}"

    def _gb_id(self, row: Mapping[str, object], line: int) -> str:
        gb_id = _text(row, "gb_id")
        if gb_id:
            check_device_id(gb_id, self._prefixes, CAMERA_TYPES)
            self._once("gb_id", gb_id, line)
        return gb_id

    def _identity(self, row: Mapping[str, object], line: int) -> int:
        ref, gb_id, code = _text(row, "ref"), _text(row, "gb_id"), _text(row, "code").upper()
        if code and not _CODE.fullmatch(code):
            raise Invalid("code", "bad_camera_code", value=code[:40])
        if code:
            self._once("code", code, line)
        self._once("ref", ref, line)
        same_code = self._by_code.get(code, 0)
        number = self._known.by_ref.get(ref, 0) or self._by_gb.get(gb_id, 0) or same_code
        holder = self._known.by_id.get(same_code)
        if holder is not None and (same_code != number or (gb_id and holder.gb_id and gb_id != holder.gb_id)):
            raise Invalid("code", "camera_code_taken", value=code, name=holder.name)
        if number and number not in self._known.inside:
            raise Invalid("code" if code else "gb_id", "camera_elsewhere", value=code or gb_id)
        return number

    def _once(self, field: str, value: str, line: int) -> None:
        first = self._seen.setdefault((field, value), line)
        if first != line:
            raise Invalid(field, "camera_twice", value=value[:40], line=first)

    def _spot(self, row: Mapping[str, object]) -> Point | None:
        if not _text(row, "lon") and not _text(row, "lat"):
            if row.get("needs_position") is True:
                raise Invalid("lon", "needs_position")
            return None
        spot = Point(_degrees(row, "lon", 180), _degrees(row, "lat", 90))
        datum = _text(row, "datum").lower().replace("-", "").replace("cgcs2000", "wgs84")
        if not datum:
            raise Invalid("datum", "no_datum", known=", ".join(DATUMS))
        found = to_wgs84(spot, datum)
        west, south, east, north = self._area
        if not (west <= found.lon <= east and south <= found.lat <= north):
            raise Invalid("lon", "outside_area")
        return Point(round(found.lon, 7), round(found.lat, 7))

    def _attributes(self, row: Mapping[str, object]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name in ATTRIBUTES:
            if said := _text(row, name):
                known = self._codes.cameras[name]
                code = next((code for code, entry in known.items() if said in (code, entry.zh, entry.en)), None)
                if code is None:
                    raise Invalid(name, "unknown_code", value=said[:40])
                found[name] = code
        if said := _text(row, "storage_days"):
            if not said.isdecimal() or int(said) > STORAGE_MAX:
                raise Invalid("storage_days", "not_a_number", value=said[:40])
            found["storage_days"] = int(said)
        return found

    def _duties(self, row: Mapping[str, object]) -> dict[str, object]:
        said = _text(row, "room_type")
        known = self._codes.cameras["room_type"]
        room = next((code for code, entry in known.items() if said in (code, entry.zh, entry.en)), "") if said else ""
        return duties({name: _text(row, name) for name in (*DUTIES, "name", "site")}, room)

    def _stated_before(self, number: int) -> dict[str, object]:
        """What was stated once stays stated until it is stated otherwise."""
        before = self._known.sources.get(number)
        return {name: before.attributes[name] for name in DUTIES if name in before.attributes} if before is not None else {}

    def _centre(self, row: Mapping[str, object]) -> Centre | None:
        code = _text(row, "centre")
        if code and code not in self._centres:
            raise Invalid("centre", "no_such_centre", value=code[:40])
        return self._centres[code] if code else None

    def _grid(self, row: Mapping[str, object]) -> str:
        code = _text(row, "grid")
        if code and code not in self._ground.grids:
            raise Invalid("grid", "unknown_grid", value=code[:40])
        return code

    def _centre_of(self, grid: str, old: Camera | None) -> Centre:
        """The centre of the smallest division around it, inside the plugin's own area; a camera keeps the one it has."""
        if old is not None:
            return self._ground.centres[old.centre_id]
        at = self._ground.divisions.get(grid[:12])
        while at is not None:
            centre = self._ground.by_division.get(at.code)
            if centre is not None and centre.path.startswith(self._owner.path):
                return centre
            at = self._ground.divisions.get(at.parent)
        return self._owner


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _name(row: Mapping[str, object]) -> str:
    name = check_text("name", _text(row, "name"), 80)
    if not name:
        raise Invalid("name", "needs_text")
    return name


def _number(row: Mapping[str, object], name: str) -> float:
    try:
        return float(_text(row, name))
    except ValueError as wrong:
        raise Invalid(name, "not_a_number", value=_text(row, name)[:40]) from wrong


def _degrees(row: Mapping[str, object], name: str, most: int) -> float:
    number = _number(row, name)
    if not -most <= number <= most:
        raise Invalid(name, "bad_coordinate", value=_text(row, name)[:40], most=most)
    return number


def _direction(row: Mapping[str, object]) -> float | None:
    said = _text(row, "direction")
    if not said:
        return None
    if said in DIRECTIONS:
        return float(DIRECTIONS[said])
    try:
        number = float(said)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 360:
        raise Invalid("direction", "bad_direction", value=said[:40])
    return number % 360


def _fov(row: Mapping[str, object]) -> float | None:
    if not _text(row, "fov_deg"):
        return None
    number = _number(row, "fov_deg")
    if not 1 <= number <= 360:
        raise Invalid("fov_deg", "bad_angle", value=_text(row, "fov_deg")[:40])
    return number


def _clock(row: Mapping[str, object]) -> float | None:
    """How far the camera's clock is off: as somebody wrote it, or as a plugin read it."""
    name = next((name for name in ("clock_offset_s", "clock_read_s") if _text(row, name)), "")
    if not name:
        return None
    number = _number(row, name)
    if not -CLOCK_MAX_S <= number <= CLOCK_MAX_S:
        raise Invalid(name, "bad_clock_offset", value=_text(row, name)[:40])
    return number


def _kept_clock(told: object, row: Mapping[str, object], old: Camera | None) -> float:
    kept = old.clock_offset_s if old else 0.0
    if not isinstance(told, float):
        return kept
    is_read = not _text(row, "clock_offset_s")
    return kept if is_read and abs(told - kept) <= READ_WITHIN_S else told


def _address(row: Mapping[str, object], name: str) -> str:
    said = _text(row, name)
    if not said:
        return ""
    try:
        written = parse(said).for_player()
    except Invalid as wrong:
        raise Invalid(name, wrong.code, **wrong.facts) from wrong
    if len(written) > ADDRESS_MAX:
        raise Invalid(name, "address_too_long", limit=ADDRESS_MAX)
    return written


def _kind(attributes: Mapping[str, object], row: Mapping[str, object], old: Camera | None) -> str:
    told = attributes.get("ptz_type")
    if told is None and old is not None:
        return old.kind
    return "dome" if told in DOMES or row.get("ptz") is True else "fixed"


def _area(ground: Ground, owner: Centre) -> tuple[float, float, float, float]:
    """West, south, east, north of a centre's division with a margin; the whole world where no outline is known."""
    rings = ground.divisions[owner.division].rings if owner.division in ground.divisions else ()
    spots = [spot for ring in rings for spot in ring]
    if not spots:
        return -180.0, -90.0, 180.0, 90.0
    lons, lats = [spot.lon for spot in spots], [spot.lat for spot in spots]
    return min(lons) - MARGIN_DEG, min(lats) - MARGIN_DEG, max(lons) + MARGIN_DEG, max(lats) + MARGIN_DEG
