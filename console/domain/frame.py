"""What a file's coordinates mean: degrees of a datum, or metres of a survey belt; read from `.prj` and `crs` texts.

Survey data here comes in CGCS2000 three-degree Gauss-Krüger belts (EPSG:4513-4554), with
or without the number of the zone before the easting. Maps of the web speak GCJ-02 and
BD-09, which no standard names: somebody has to say so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.datum import DATUMS, Datum
from console.domain.errors import Invalid

FIRST_MERIDIAN, LAST_MERIDIAN, FIRST_ZONE = 75, 135, 25
WITH_ZONE, WITHOUT_ZONE = 4513, 4534  # the EPSG codes of the belt at 75 degrees
MILLION = 1_000_000
FALSE_EASTING = 500_000.0
_DEGREES = {"4326": "wgs84", "4979": "wgs84", "4490": "wgs84", "4480": "wgs84", "CRS84": "wgs84"}
_EPSG = re.compile(r"(?:EPSG[:/]*(?:[\d.]*[:/])?|OGC[:/]*[\d.]*[:/]*)(CRS84|\d{4,5})$", re.IGNORECASE)
_OWN = {"gcj02": "gcj02", "gcj-02": "gcj02", "gcj_02": "gcj02", "bd09": "bd09", "bd-09": "bd09", "bd_09": "bd09", "bd09ll": "bd09"}
_NAME = re.compile(r'^\s*(PROJCS|PROJCRS|GEOGCS|GEOGCRS|GEODCRS|GEODETICCRS)\s*[\[(]\s*"([^"]*)"', re.IGNORECASE)
_PARAMETER = re.compile(r'PARAMETER\s*[\[(]\s*"([^"]*)"\s*,\s*(-?[\d.]+(?:e[+-]?\d+)?)', re.IGNORECASE)
_DATUM = re.compile(r'(?:DATUM|ENSEMBLE|TRF)\s*[\[(]\s*"([^"]*)"', re.IGNORECASE)
_CURVED = re.compile(r"gauss[ _-]*kr(?:u|ü|ue)ger|transverse[ _-]*mercator", re.IGNORECASE)
_KNOWN_DATUMS = ("cgcs2000", "china2000", "chinageodeticcoordinatesystem2000", "wgs1984", "wgs84", "worldgeodeticsystem1984")
LONGEST = 20_000


@dataclass(frozen=True)
class Frame:
    """Degrees of a datum, or with a central meridian metres of its belt; `zone` is the number before each easting, 0 for none."""

    datum: Datum = "wgs84"
    meridian: int = 0
    zone: int = 0

    @property
    def is_metres(self) -> bool:
        """Whether its numbers are metres east and north."""
        return self.meridian != 0

    @property
    def code(self) -> str:
        """What it is called in short: a datum, or "epsg:4547"."""
        if not self.is_metres:
            return self.datum
        first = WITH_ZONE if self.zone else WITHOUT_ZONE
        return f"epsg:{first + (self.meridian - FIRST_MERIDIAN) // 3}"


WGS84 = Frame()
DEGREES = tuple(Frame(datum) for datum in DATUMS)


def belt(meridian: int, *, with_zone: bool = False) -> Frame:
    """The three-degree belt round a central meridian in degrees east. Raises Invalid("unknown_frame")."""
    if not FIRST_MERIDIAN <= meridian <= LAST_MERIDIAN or meridian % 3:
        raise Invalid("datum", "unknown_frame", value=f"{meridian}°E")
    return Frame(meridian=meridian, zone=meridian // 3 if with_zone else 0)


def belts(meridian: int = 0) -> tuple[Frame, ...]:
    """Every belt without and with its zone, those near a meridian first when one is named."""
    found = [belt(at, with_zone=zoned) for at in range(FIRST_MERIDIAN, LAST_MERIDIAN + 1, 3) for zoned in (False, True)]
    return tuple(sorted(found, key=lambda one: (abs(one.meridian - meridian), one.zone) if meridian else (one.zone, one.meridian)))


def frame_of(code: str) -> Frame:
    """The frame a short name or an EPSG or URN name stands for. Raises Invalid("unknown_frame")."""
    words = code.strip()
    own = _OWN.get(words.lower(), words.lower())
    if own in DATUMS:
        return next(frame for frame in DEGREES if frame.datum == own)
    found = _EPSG.search(words)
    number = found.group(1).upper() if found else ""
    if number in _DEGREES:
        return WGS84
    for first, with_zone in ((WITH_ZONE, True), (WITHOUT_ZONE, False)):
        if number.isdigit() and first <= int(number) <= first + (LAST_MERIDIAN - FIRST_MERIDIAN) // 3:
            return belt(FIRST_MERIDIAN + 3 * (int(number) - first), with_zone=with_zone)
    raise Invalid("datum", "unknown_frame", value=words[:80])


def frame_of_crs(crs: object) -> Frame | None:
    """The frame a GeoJSON `crs` member names; None where there is none. Raises Invalid("unknown_frame")."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not isinstance(name, str):
        raise Invalid("datum", "unknown_frame", value=str(crs)[:80])
    return frame_of(name)


def frame_of_prj(text: str) -> Frame:
    """The frame a `.prj` file describes (WKT of either age). Raises Invalid("unknown_frame"), naming what it says.

    Taken are degrees of WGS-84 and CGCS2000 (the same to a few centimetres), and the
    three-degree belts of scale 1 on them. Xi'an 1980, Beijing 1954 and UTM are not: their
    conversion needs local parameters, or is nobody's practice here.
    """
    head = _NAME.match(text[:LONGEST])
    if head is None:
        raise Invalid("datum", "unknown_frame", value=" ".join(text.split())[:80])
    kind, name = head.group(1).upper(), head.group(2)
    unknown = Invalid("datum", "unknown_frame", value=name[:80])
    for word, datum in _OWN.items():
        if word in name.lower():
            return frame_of(datum)
    datum_name = _DATUM.search(text)
    spoken = re.sub(r"[^a-z0-9]", "", (datum_name.group(1) if datum_name else name).lower()).removeprefix("d")
    if not any(known in spoken for known in _KNOWN_DATUMS):
        raise unknown
    if not kind.startswith("PROJ"):
        return WGS84
    values = {re.sub(r"[^a-z]", "", key.lower()): float(value) for key, value in _PARAMETER.findall(text)}
    return _belt_of(values, is_curved=_CURVED.search(text) is not None, unknown=unknown)


def _belt_of(values: Mapping[str, float], *, is_curved: bool, unknown: Invalid) -> Frame:
    meridian = values.get("centralmeridian", values.get("longitudeofnaturalorigin", 0.0))
    scale = values.get("scalefactor", values.get("scalefactoratnaturalorigin", 1.0))
    start = values.get("latitudeoforigin", values.get("latitudeofnaturalorigin", 0.0))
    zone, east = divmod(values.get("falseeasting", 0.0), MILLION)
    if not is_curved or scale != 1.0 or start or values.get("falsenorthing", 0.0) or east != FALSE_EASTING or meridian % 3:
        raise unknown
    if not FIRST_MERIDIAN <= meridian <= LAST_MERIDIAN or zone not in (0, meridian // 3):
        raise unknown
    return belt(int(meridian), with_zone=bool(zone))
