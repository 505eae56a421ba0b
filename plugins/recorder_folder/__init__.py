"""Recordings written as files into a folder: what there is of a camera, and playing it, cut to the time that is asked for."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from console.plugin.api import Failure, Host
from plugins.recorder_folder.cutting import cut
from plugins.recorder_folder.segments import CHINA, Segment, Shelf
from plugins.recorder_folder.serving import Served

LOOK_S = 60.0
ROOM_BYTES = 2 << 30  # for pieces that were cut; the oldest go first


class Recorder:
    """The folder, and what of it may be fetched."""

    def __init__(self, shelf: Shelf, served: Served, room: Path) -> None:
        """`room` takes the pieces that are cut."""
        self._shelf, self._served, self._room = shelf, served, room
        self._count = 0

    def records(self, ref: str, start: str, end: str) -> list[dict[str, str]]:
        """Recordings between two times, written as 2026-11-24 10:00:00 in China."""
        return [_told(one) for one in self._between(ref, start, end)]

    def playback(self, ref: str, start: str, end: str) -> dict[str, object]:
        """The same, each with the address it is played from; what lies outside the times is cut away."""
        since, until = _time(start), _time(end)
        parts = []
        for one in self._between(ref, start, end):
            shown = one if since <= one.starts_at and one.ends_at <= until else self._cut(one, since, until)
            if shown is not None:
                parts.append({"main": self._served.offer(shown.path), **_told(shown)})
        return {"parts": parts}

    def _between(self, ref: str, start: str, end: str) -> list[Segment]:
        if self._shelf.folder_of(ref) is None:
            raise Failure("folder_no_camera", ref=ref[:60])
        return self._shelf.between(ref, _time(start), _time(end))

    def _cut(self, segment: Segment, since: datetime, until: datetime) -> Segment | None:
        self._count += 1
        target = self._room / f"{self._count:06}{segment.path.suffix.lower()}"
        self._make_room()
        try:
            return cut(segment, since, until, target)
        except OSError as fault:
            target.unlink(missing_ok=True)
            raise Failure("folder_no_room", problem=fault.strerror or str(fault)) from fault

    def _make_room(self) -> None:
        pieces = sorted(self._room.iterdir())
        size = sum(one.stat().st_size for one in pieces)
        while pieces and size > ROOM_BYTES:
            oldest = pieces.pop(0)
            size -= oldest.stat().st_size
            oldest.unlink()


def run(host: Host) -> None:
    """Answer for the folder, and tell when it cannot be read."""
    folder, clock = Path(str(host.settings.get("folder") or "")), str(host.settings.get("clock") or "utc")
    shelf = Shelf(folder, clock, _names(str(host.settings.get("names") or "")))
    served = Served()
    with tempfile.TemporaryDirectory(prefix="recorder-") as room:
        recorder = Recorder(shelf, served, Path(room))
        for method in ("records", "playback"):
            host.answer(method, getattr(recorder, method))
        told: object = None
        while not host.wait():
            told = _look(host, shelf, told)
            host.wait(LOOK_S)
        served.stop()


def _look(host: Host, shelf: Shelf, told: object) -> object:
    """Tell how many cameras there are, or what keeps the folder closed, whenever that has changed."""
    try:
        found: object = shelf.cameras()
    except OSError as fault:
        problem = fault.strerror or str(fault)
        if problem != told:
            host.warn("folder_unreadable", problem=problem)
        return problem
    if found != told:
        host.note("folder_found", cameras=found)
    return found


def _names(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines())
    return {number.strip(): folder.strip() for number, sign, folder in pairs if sign and number.strip() and folder.strip()}


def _time(said: str) -> datetime:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=CHINA).astimezone(UTC)
    except ValueError as wrong:
        raise Failure("folder_bad_time", said=said[:40]) from wrong


def _told(segment: Segment) -> dict[str, str]:
    starts, ends = (f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S.%f}" for at in (segment.starts_at, segment.ends_at))
    return {"start": starts, "end": ends}
