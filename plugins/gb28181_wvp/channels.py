"""What a WVP channel means to the console, and which of a stream's many addresses is the best."""

from collections.abc import Mapping

from console.plugin.api import Failure

CAMERAS = ("121", "131", "132")  # CT-19, places 11 to 13: what looks
# The fastest to the first picture first (video.md, fact 7); what players here cannot open is not in it.
RANKS = ("ts", "fmp4", "rtsp", "hls", "https_ts", "https_fmp4", "https_hls")
DIRECTIONS = {1: "东", 2: "西", 3: "南", 4: "北", 5: "东南", 6: "东北", 7: "西南", 8: "西北"}
CODES = {"ptz_type": ("gbPtzType", range(1, 8)), "room_type": ("gbRoomType", range(1, 3)), "use_type": ("gbUseType", range(1, 4)),
         "light": ("gbSupplyLightType", (1, 2, 3, 4, 9))}  # fmt: skip
# GB/T 28181 alarm method and type, and the console's kind (CT-17). Loitering, density, flow and plain movement have none.
KINDS = {
    ("2", "1"): "K09", ("2", "2"): "K99", ("2", "3"): "K99", ("2", "4"): "K99", ("2", "5"): "K99", ("5", "1"): "K08", ("5", "3"): "K99",
    ("5", "4"): "K99", ("5", "5"): "K06", ("5", "6"): "K06", ("5", "11"): "K11", ("5", "13"): "K11", ("6", "1"): "K99", ("6", "2"): "K99",
}  # fmt: skip


def is_camera(channel: Mapping[str, object]) -> bool:
    """Whether a channel looks; an id of another form is let through, so that the console can name what is wrong with it."""
    gb_id = str(channel.get("gbDeviceId") or "")
    return len(gb_id) != 20 or gb_id[10:13] in CAMERAS


def row_of(channel: Mapping[str, object]) -> dict[str, object]:
    """A channel as a row of a report; a position of 0, 0 is none."""
    gb_id = str(channel.get("gbDeviceId") or "")
    row: dict[str, object] = {
        "ref": gb_id or f"channel {channel.get('gbId')}", "gb_id": gb_id, "name": str(channel.get("gbName") or gb_id),
        "online": channel.get("gbStatus") == "ON",
    }  # fmt: skip
    lon, lat = channel.get("gbLongitude"), channel.get("gbLatitude")
    if lon and lat:
        row |= {"lon": lon, "lat": lat, "datum": "wgs84"}
    for name, (told, known) in CODES.items():
        value = channel.get(told)
        if isinstance(value, int) and value in known:
            row[name] = str(value)
    facing = channel.get("gbDirectionType")
    if isinstance(facing, int) and facing in DIRECTIONS:
        row["direction"] = DIRECTIONS[facing]
    return row


def best_address(streams: object) -> str:
    """The address to play. Raises Failure("wvp_no_stream")."""
    told = streams if isinstance(streams, dict) else {}
    for name in RANKS:
        found = told.get(name)
        address = found.get("url") if isinstance(found, dict) else found
        if isinstance(address, str) and address.startswith(("http://", "https://", "rtsp://")):
            return address
    raise Failure("wvp_no_stream")


def command_of(pan: float, tilt: float, zoom: float) -> tuple[str, int, int, int]:
    """The command and its speeds from 0 to 100; the platform turns or zooms, not both."""
    if max(abs(pan), abs(tilt)) < 0.01:
        way = "stop" if abs(zoom) < 0.01 else "zoomin" if zoom > 0 else "zoomout"
        return way, 0, 0, round(abs(zoom) * 100)
    upward = "" if abs(tilt) < 0.01 else "up" if tilt > 0 else "down"
    sideways = "" if abs(pan) < 0.01 else "right" if pan > 0 else "left"
    return upward + sideways, round(abs(pan) * 100), round(abs(tilt) * 100), 0
