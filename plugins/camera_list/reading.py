"""The lines of a list of cameras as the console takes them: fields by name, values as written, the line's number."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from console.plugin.api import Failure

MOST_LINES = 20_000
# Field and the heads it may stand under; catalogue names of GB/T 28181 and GA/T 1400 among them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编号", "厅内编号", "code", "number"),
    "gb_id": ("国标编码", "设备编码", "国标id", "gb_id", "deviceid", "gb28181"),
    "name": ("名称", "设备名称", "name"),
    "lon": ("经度", "longitude", "lon", "lng"),
    "lat": ("纬度", "latitude", "lat"),
    "datum": ("坐标系", "datum"),
    "direction": ("朝向", "方位", "direction", "direction_deg"),
    "fov_deg": ("视角", "视场角", "fov", "fov_deg"),
    "ptz_type": ("摄像机类型", "云台类型", "ptztype", "ptz_type"),
    "position_type": ("位置类型", "positiontype", "position_type"),
    "room_type": ("室内外", "roomtype", "room_type"),
    "use_type": ("用途", "usetype", "use_type"),
    "light": ("补光", "supplylighttype", "light"),
    "centre": ("综治中心编码", "centre", "center"),
    "grid": ("网格编码", "grid"),
    "sub": ("子码流", "低码流地址", "sub"),
    "main": ("主码流", "取流地址", "地址", "main", "url"),
    "clock_offset_s": ("时钟偏差", "时钟偏差秒", "clock_offset_s"),
    "storage_days": ("存储天数", "storage_days"),
    "notice_sign": ("提示标识", "notice_sign"),
    "filing_no": ("备案号", "公安备案号", "filing_no"),
    "owner": ("所属单位", "权属", "owner"),
    "site": ("安装场所", "场所", "site"),
    "basis": ("书面依据", "安装依据", "basis"),
    "approved_by": ("批准人", "approved_by"),
}
NEEDED = ("name", "lon", "lat")


def read(content: bytes, datum: str) -> Iterator[dict[str, object]]:
    """Every camera of a list; `datum` where the list names none. Raises Failure for what is no list."""
    text = decode(content)
    rows = _features(text) if text.lstrip().startswith("{") else _lines(text)
    for count, row in enumerate(rows, start=1):
        if count > MOST_LINES:
            raise Failure("list_too_large", most=MOST_LINES)
        ref = row.get("code") or row.get("gb_id") or f"line {row['line']}"
        yield {**row, "needs_position": True, "datum": row.get("datum") or datum, "ref": ref}


def decode(content: bytes) -> str:
    """The text in UTF-8 (with or without mark), UTF-16 with mark, or GBK."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Failure("list_encoding")


def _lines(text: str) -> Iterator[dict[str, object]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    between = next((sign for sign in (",", "\t", ";") if sign in first), ",")
    rows = csv.reader(io.StringIO(text), delimiter=between)
    found = 0
    try:
        places = _places([cell.strip().lower() for cell in next(rows, [])])
        for row in rows:
            if any(cell.strip() for cell in row):
                found += 1
                yield {"line": rows.line_num} | {field: row[at].strip() if at < len(row) else "" for field, at in places.items()}
    except csv.Error as broken:
        raise Failure("list_broken", kind="CSV", problem=str(broken)) from broken
    if not found:
        raise Failure("list_empty")


def _places(head: list[str]) -> dict[str, int]:
    found = {}
    for field, names in COLUMNS.items():
        at = next((head.index(name) for name in names if name in head), None)
        if at is not None:
            found[field] = at
    absent = [COLUMNS[field][0] for field in NEEDED if field not in found]
    if absent:
        raise Failure("list_header", known="、".join(absent))
    return found


def _features(text: str) -> Iterator[dict[str, object]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise Failure("list_broken", kind="GeoJSON", problem=str(broken)) from broken
    features = whole.get("features")
    if not isinstance(features, list):
        raise Failure("list_broken", kind="GeoJSON", problem="features")
    if not features:
        raise Failure("list_empty")
    for number, feature in enumerate(features, start=1):
        yield _feature(number, feature if isinstance(feature, dict) else {})


def _feature(number: int, feature: Mapping[str, object]) -> dict[str, object]:
    """One feature; its datum has to be named too: RFC 7946 says WGS-84, and files are full of others."""
    properties, shape = feature.get("properties"), feature.get("geometry")
    given = {str(key).lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    row: dict[str, object] = {"line": number}
    for field, names in COLUMNS.items():
        value = next((given[name] for name in names if given.get(name) is not None), "")
        row[field] = str(value).strip() if isinstance(value, str | int | float) else ""
    spot = shape.get("coordinates") if isinstance(shape, dict) and shape.get("type") == "Point" else None
    if isinstance(spot, list) and len(spot) >= 2:
        row["lon"], row["lat"] = spot[0], spot[1]
    return row
