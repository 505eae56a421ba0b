"""Reads a list of cameras, CSV or GeoJSON, and reports every line; what a line means the console judges."""

from pathlib import Path

from console.plugin.api import Failure, Host
from plugins.camera_list.reading import read

MOST_BYTES = 64 * 1024 * 1024


def run(host: Host) -> None:
    """Report the list of the settings' file, once."""
    path = Path(str(host.settings.get("file", "")))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Failure("list_too_large", most=20_000)
        content = path.read_bytes()
    except (OSError, ValueError) as fault:
        raise Failure("list_unreadable", problem=getattr(fault, "strerror", None) or str(fault)) from fault
    datum = str(host.settings.get("datum", "none"))
    count = host.cameras(read(content, "" if datum == "none" else datum))
    host.note("list_read", name=path.name, count=count)
