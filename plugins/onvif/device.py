"""One ONVIF device: its clock first, then its services, its cameras, their streams, and the way to turn them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit, urlunsplit
from xml.sax.saxutils import escape

from console.plugin.api import Failure
from plugins.onvif.soap import Login, Node, beside, call

DEVICE, MEDIA = "http://www.onvif.org/ver10/device/wsdl", "http://www.onvif.org/ver10/media/wsdl"
PTZ, EVENTS = "http://www.onvif.org/ver20/ptz/wsdl", "http://www.onvif.org/ver10/events/wsdl"
MOVE_S = 1  # the device stops by itself when nothing follows
NO_SERVICE = "onvif_cannot"


@dataclass(frozen=True)
class Channel:
    """One camera of a device: its profiles, the largest picture first."""

    source: str
    name: str
    profiles: tuple[str, ...]
    has_ptz: bool


class Device:
    """A device at an address; `open` must come first. Every method raises Failure."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self.place = urlsplit(url).netloc
        self.login = Login(user, password)
        self.services: dict[str, str] = {}
        self.serial = self.model = ""
        self.offset_s = 0.0

    def open(self) -> None:
        """Read clock, services and identity."""
        self.offset_s = self.login.offset_s = self._clock_offset()
        wanted = "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>"
        found = call(self.url, f"{DEVICE}/GetServices", wanted, self.login)
        self.services = {one.said("Namespace"): beside(self.url, one.said("XAddr")) for one in found.every("Service")}
        told = call(self.url, f"{DEVICE}/GetDeviceInformation", "<tds:GetDeviceInformation/>", self.login)
        self.serial = told.said("SerialNumber")
        self.model = " ".join(word for word in (told.said("Manufacturer"), told.said("Model")) if word)

    def is_there(self) -> bool:
        """Whether it answers now."""
        try:
            self._clock_offset()
        except Failure:
            return False
        return True

    def channels(self) -> tuple[Channel, ...]:
        """Its cameras: profiles of one video source together."""
        found = self._media("GetProfiles", "<trt:GetProfiles/>")
        by_source: dict[str, list[Node]] = {}
        for profile in found.every("Profiles"):
            source = profile.first("VideoSourceConfiguration")
            if source is not None and profile.attributes.get("token"):
                by_source.setdefault(source.said("SourceToken") or "0", []).append(profile)
        made = []
        for source, profiles in by_source.items():
            tokens = [profile.attributes["token"] for profile in sorted(profiles, key=_pixels, reverse=True)]
            has_ptz = PTZ in self.services and any(profile.first("PTZConfiguration") for profile in profiles)
            name = profiles[0].first("VideoSourceConfiguration")
            made.append(Channel(source, name.said("Name") if name is not None else "", tuple(tokens), bool(has_ptz)))
        return tuple(made)

    def stream(self, profile: str) -> str:
        """A profile's RTSP address, with the login in it."""
        setup = ("<trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>RTSP</tt:Protocol></tt:Transport>"
                 f"</trt:StreamSetup><trt:ProfileToken>{escape(profile)}</trt:ProfileToken>")  # fmt: skip
        told = self._media("GetStreamUri", f"<trt:GetStreamUri>{setup}</trt:GetStreamUri>")
        return self._signed(told.said("Uri"), ("rtsp", "rtsps"))

    def snapshot(self, profile: str) -> str:
        """A profile's picture address, with the login in it."""
        body = f"<trt:GetSnapshotUri><trt:ProfileToken>{escape(profile)}</trt:ProfileToken></trt:GetSnapshotUri>"
        return self._signed(self._media("GetSnapshotUri", body).said("Uri"), ("http", "https"))

    def move(self, profile: str, pan: float, tilt: float, zoom: float) -> None:
        """Turn for a second; ask again to go on."""
        speed = f'<tt:PanTilt x="{pan:.3f}" y="{tilt:.3f}"/><tt:Zoom x="{zoom:.3f}"/>'
        self._ptz("ContinuousMove", profile, f"<tptz:Velocity>{speed}</tptz:Velocity><tptz:Timeout>PT{MOVE_S}S</tptz:Timeout>")

    def halt(self, profile: str) -> None:
        """Stand still."""
        self._ptz("Stop", profile, "<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>")

    def presets(self, profile: str) -> tuple[tuple[str, str], ...]:
        """Its presets: token and name."""
        found = self._ptz("GetPresets", profile, "")
        named = [(one.attributes.get("token", ""), one.said("Name")) for one in found.every("Preset")]
        return tuple((token, name or token) for token, name in named if token)

    def goto_preset(self, profile: str, preset: str) -> None:
        """Turn to a preset."""
        self._ptz("GotoPreset", profile, f"<tptz:PresetToken>{escape(preset)}</tptz:PresetToken>")

    def home(self, profile: str) -> None:
        """Turn to where it belongs."""
        self._ptz("GotoHomePosition", profile, "")

    def _clock_offset(self) -> float:
        try:
            told = self._clock(None)
        except Failure as said:
            if said.code != "onvif_login":
                raise
            told = self._clock(self.login)  # some ask for a login even here, against the standard
        clock = told.first("UTCDateTime")
        if clock is None:
            return 0.0
        try:
            numbers = [int(clock.said(name)) for name in ("Year", "Month", "Day", "Hour", "Minute", "Second")]
            there = datetime(*numbers[:5], min(numbers[5], 59), tzinfo=UTC)  # type: ignore[misc]
        except (ValueError, OverflowError) as wrong:
            raise Failure("onvif_garbage", place=self.place, problem="UTCDateTime") from wrong
        return (there - datetime.now(UTC)).total_seconds()

    def _clock(self, login: Login | None) -> Node:
        return call(self.url, f"{DEVICE}/GetSystemDateAndTime", "<tds:GetSystemDateAndTime/>", login)

    def _media(self, name: str, body: str) -> Node:
        if MEDIA not in self.services:
            raise Failure(NO_SERVICE, what="media")
        return call(self.services[MEDIA], f"{MEDIA}/{name}", body, self.login)

    def _ptz(self, name: str, profile: str, more: str) -> Node:
        if PTZ not in self.services:
            raise Failure(NO_SERVICE, what="PTZ")
        body = f"<tptz:{name}><tptz:ProfileToken>{escape(profile)}</tptz:ProfileToken>{more}</tptz:{name}>"
        return call(self.services[PTZ], f"{PTZ}/{name}", body, self.login)

    def _signed(self, told: str, schemes: tuple[str, ...]) -> str:
        if urlsplit(told).scheme not in schemes:
            raise Failure("onvif_garbage", place=self.place, problem=f"uri {told[:40]}")
        parts = urlsplit(beside(self.url, told))
        login = f"{quote(self.login.user, safe='')}:{quote(self.login.password, safe='')}@" if self.login.user else ""
        return urlunsplit((parts.scheme, login + parts.netloc, parts.path, parts.query, ""))


def _pixels(profile: Node) -> int:
    width, height = profile.said("Resolution", "Width"), profile.said("Resolution", "Height")
    return int(width) * int(height) if width.isdecimal() and height.isdecimal() else 0

