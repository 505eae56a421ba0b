"""A GB/T 28181 platform through WVP: its channels reported and watched, played, turned, searched for recordings, and its alarms."""

import re
import time
from collections.abc import Mapping
from functools import partial

from console.plugin.api import Failure, Host, Motion
from plugins.gb28181_wvp.channels import KINDS, best_address, command_of, is_camera, row_of
from plugins.gb28181_wvp.client import PLAY_S, Wvp

CHANNEL, FRONT = "/common/channel", "/common/channel/front-end"
ALARM_S = 5.0
ALARM_PAGE = 50
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


class Platform:
    """The platform's channels by the console's names for them, and what may be asked of each."""

    def __init__(self, host: Host, wvp: Wvp) -> None:
        self.host, self.wvp = host, wvp
        self._channels: dict[str, Mapping[str, object]] = {}
        self._motions: dict[str, Motion] = {}
        self._alarms_at = "/alarm/list"
        self._has_alarms = True
        self._is_first = True

    def read(self) -> None:
        """Read every channel and report those that look."""
        rows, found = [], {}
        for channel in self.wvp.pages(f"{CHANNEL}/list"):
            if is_camera(channel):
                row = row_of(channel)
                found[str(row["ref"])] = channel
                rows.append(row)
        self._channels = found
        self.host.cameras(rows)
        self.host.online({str(row["ref"]): bool(row["online"]) for row in rows})
        self.host.note("wvp_found", channels=len(rows), online=sum(bool(row["online"]) for row in rows))

    def hear(self) -> None:
        """Report alarms that are new; those of before the start are known, not told."""
        if not self._has_alarms:
            return
        for alarm in reversed(self._alarms()):
            kind = KINDS.get((str(alarm.get("alarmMethod")), str(alarm.get("alarmType"))))
            if kind is not None and not self._is_first:
                ref, at = str(alarm.get("channelId") or alarm.get("deviceId") or ""), str(alarm.get("alarmTime") or "")
                self.host.alarm(f"wvp {alarm.get('id') or ref + at}", ref, kind, at=at)
        self._is_first = False

    def stream(self, ref: str) -> dict[str, str]:
        """Ask for a channel to be played; after a silence it is stopped first, so that a second try finds it free."""
        number = self._number(ref)
        try:
            address = best_address(self.wvp.get(f"{CHANNEL}/play", PLAY_S, channelId=number))
        except Failure as said:
            if said.code == "wvp_no_answer":
                self.wvp.get(f"{CHANNEL}/play/stop", channelId=number)
            raise
        return {"main": address, "sub": address}

    def end_stream(self, ref: str) -> None:
        """Nobody looks any more."""
        self.wvp.get(f"{CHANNEL}/play/stop", channelId=self._number(ref))

    def move(self, ref: str, pan: float, tilt: float, zoom: float) -> None:
        """Turn until `stop`, or until nobody has asked for three seconds."""
        self._motion(ref).move(pan, tilt, zoom)

    def stop(self, ref: str) -> None:
        """Stand still."""
        self._motion(ref).stop()

    def presets(self, ref: str) -> list[dict[str, str]]:
        """A camera's presets."""
        found = self.wvp.get(f"{FRONT}/preset/query", channelId=self._number(ref))
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        return [{"id": str(row.get("presetId")), "name": str(row.get("presetName") or row.get("presetId"))} for row in rows]

    def goto_preset(self, ref: str, preset: str) -> None:
        """Turn to a preset."""
        self._motion(ref).forget()
        self.wvp.get(f"{FRONT}/preset/call", channelId=self._number(ref), presetId=preset)

    def home(self, ref: str) -> None:
        """GB/T 28181 has a home that is returned to, none that is gone to."""
        raise Failure("wvp_cannot", what="home")

    def records(self, ref: str, start: str, end: str) -> list[dict[str, str]]:
        """Recordings between two times, written as 2026-11-24 10:00:00 in China."""
        found = self.wvp.get(f"{CHANNEL}/playback/query", PLAY_S, channelId=self._number(ref), startTime=_time(start), endTime=_time(end))
        rows = found if isinstance(found, list) else []
        return [{"start": str(row.get("startTime")), "end": str(row.get("endTime"))} for row in rows if isinstance(row, dict)]

    def playback(self, ref: str, start: str, end: str) -> dict[str, str]:
        """Play a recording: its address, and the name it is steered by."""
        found = self.wvp.get(f"{CHANNEL}/playback", PLAY_S, channelId=self._number(ref), startTime=_time(start), endTime=_time(end))
        return {"main": best_address(found), "stream": str(found.get("stream", "")) if isinstance(found, dict) else ""}

    def steer(self, ref: str, stream: str, act: str, value: float = 0.0) -> None:
        """Steer a playback: pause, resume, stop, seek (milliseconds), speed (times)."""
        more = {"seek": {"seekTime": round(value)}, "speed": {"speed": value}}.get(act, {})
        if act not in ("pause", "resume", "stop", "seek", "speed"):
            raise Failure("wvp_cannot", what=act[:20])
        self.wvp.get(f"{CHANNEL}/playback/{act}", channelId=self._number(ref), stream=stream, **more)

    def stand_still(self) -> None:
        """Stop whatever turns."""
        for motion in self._motions.values():
            if motion.is_moving:
                motion.stop()

    def _number(self, ref: str) -> object:
        if ref not in self._channels:
            raise Failure("wvp_unknown_channel", ref=ref[:60])
        return self._channels[ref].get("gbId")

    def _motion(self, ref: str) -> Motion:
        number = self._number(ref)
        if ref not in self._motions:
            self._motions[ref] = Motion(partial(self._turn, number), lambda: self._turn(number, 0.0, 0.0, 0.0))
        return self._motions[ref]

    def _turn(self, number: object, pan: float, tilt: float, zoom: float) -> None:
        command, pan_speed, tilt_speed, zoom_speed = command_of(pan, tilt, zoom)
        self.wvp.get(
            f"{FRONT}/ptz", channelId=number, command=command, panSpeed=pan_speed, tiltSpeed=tilt_speed, zoomSpeed=zoom_speed,
        )  # fmt: skip

    def _alarms(self) -> list[Mapping[str, object]]:
        for path in (self._alarms_at, "/alarm/all"):  # older platforms call it so
            try:
                found = self.wvp.get(path, page=1, count=ALARM_PAGE)
            except Failure as said:
                if said.code != "wvp_refused":
                    raise
                continue
            self._alarms_at = path
            rows = found.get("list") if isinstance(found, dict) else None
            return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        self._has_alarms = False
        return []


def run(host: Host) -> None:
    """Sign in, read the channels every few minutes, ask for alarms every few seconds, answer."""
    settings = {name: str(host.settings.get(name) or "") for name in ("address", "user", "password", "api_key")}
    platform = Platform(host, Wvp(**settings))
    for method in ("stream", "end_stream", "move", "stop", "presets", "goto_preset", "home", "records", "playback", "steer"):
        host.answer(method, getattr(platform, method))
    again_s = max(60.0, float(str(host.settings.get("refresh_min") or 10)) * 60)
    due = 0.0
    while not host.wait():
        try:
            if time.monotonic() >= due:
                platform.read()
                due = time.monotonic() + again_s
            platform.hear()
        except Failure as said:
            host.warn(said.code, **said.facts)
            if host.wait(30.0):
                break
        host.wait(ALARM_S)
    platform.stand_still()


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        raise Failure("wvp_refused", said=text[:40], number=0)
    return text
