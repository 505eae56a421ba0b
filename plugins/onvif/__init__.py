"""ONVIF cameras: searched for, reported with their streams, watched, turned, and heard."""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from console.plugin.api import Failure, Host, Motion
from plugins.onvif import discovery
from plugins.onvif.device import EVENTS, Channel, Device
from plugins.onvif.events import Subscription

SEARCH_S, LOOK_S = 3.0, 30.0
LOOKS = 20  # a search every so many looks: ten minutes
CLOCK_S = 60.0
AT_ONCE = 8


@dataclass
class Camera:
    """A camera that was found, with what it does now."""

    device: Device
    channel: Channel
    ref: str
    motion: Motion = field(init=False)

    def __post_init__(self) -> None:
        profile = self.channel.profiles[0]
        self.motion = Motion(
            lambda pan, tilt, zoom: self.device.move(profile, pan, tilt, zoom), lambda: self.device.halt(profile), is_resent=True,
        )  # fmt: skip


class Connector:
    """Everything found in this run."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.cameras: dict[str, Camera] = {}
        self._heard: set[str] = set()  # devices whose events are being pulled

    def search(self) -> None:
        """Find devices, ask each for its cameras, report all."""
        devices = self._opened(self._addresses())
        found: dict[str, Camera] = {}
        rows = []
        for device, channels in devices:
            for channel in channels:
                camera = Camera(device, channel, _ref(device, channel, found))
                found[camera.ref] = self.cameras.get(camera.ref, camera) if self._is_same(camera) else camera
                rows.append(self._row(camera, len(channels)))
        self.cameras = found
        if not devices:
            self.host.warn("onvif_none")
        self.host.cameras(rows)
        self.host.note("onvif_found", devices=len(devices), cameras=len(rows))
        for device, _ in devices:
            self._hear(device)

    def look(self) -> None:
        """Tell which cameras answer now."""
        devices = {camera.device.url: camera.device for camera in self.cameras.values()}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            there = dict(zip(devices, pool.map(Device.is_there, devices.values()), strict=True))
        self.host.online({ref: there[camera.device.url] for ref, camera in self.cameras.items()})

    def camera(self, ref: str) -> Camera:
        """A camera that was found. Raises Failure."""
        if ref not in self.cameras:
            raise Failure("onvif_unknown_camera", ref=ref[:60])
        return self.cameras[ref]

    def _is_same(self, camera: Camera) -> bool:
        before = self.cameras.get(camera.ref)
        return before is not None and (before.device.url, before.channel) == (camera.device.url, camera.channel)

    def _addresses(self) -> tuple[str, ...]:
        settings, found = self.host.settings, {}
        if settings.get("is_searching", True):
            try:
                found.update(dict.fromkeys(discovery.search(str(settings.get("interface", "")), SEARCH_S)))
            except Failure as said:
                self.host.warn(said.code, **said.facts)
        for place in str(settings.get("devices", "")).split():
            try:
                found[discovery.service_of(place)] = None
            except Failure as said:
                self.host.warn(said.code, **said.facts)
        return tuple(found)

    def _opened(self, addresses: tuple[str, ...]) -> list[tuple[Device, tuple[Channel, ...]]]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return [one for one in pool.map(self._open, addresses) if one is not None]

    def _open(self, address: str) -> tuple[Device, tuple[Channel, ...]] | None:
        device = Device(address, str(self.host.settings.get("user", "")), str(self.host.settings.get("password", "")))
        try:
            device.open()
            channels = device.channels()
        except Failure as said:
            self.host.warn(said.code, **said.facts)
            return None
        if abs(device.offset_s) > CLOCK_S:
            self.host.warn("onvif_clock", place=device.place, seconds=round(device.offset_s))
        return device, channels

    def _row(self, camera: Camera, of_device: int) -> Mapping[str, object]:
        device, channel = camera.device, camera.channel
        streams = []
        for profile in (channel.profiles[0], channel.profiles[-1]):
            try:
                streams.append(device.stream(profile))
            except Failure as said:
                self.host.warn(said.code, **said.facts)
                streams.append("")
        name = f"{device.model or 'ONVIF'} {device.place}" + (f" {channel.name or channel.source}" if of_device > 1 else "")
        return {
            "ref": camera.ref, "name": name[:80], "ptz": channel.has_ptz, "main": streams[0], "sub": streams[1], "online": True,
            "clock_read_s": round(device.offset_s),
        }  # fmt: skip

    def _hear(self, device: Device) -> None:
        if EVENTS in device.services and device.url not in self._heard:
            self._heard.add(device.url)
            threading.Thread(target=self._pull, args=(device,), name="events", daemon=True).start()

    def _pull(self, device: Device) -> None:
        while not self.host.wait():
            try:
                subscription = Subscription(device)
                while not self.host.wait():
                    for kind, source, at, topic in subscription.pull():
                        ref = self._ref_of(device, source)
                        self.host.alarm(f"{ref} {at} {topic}"[:80], ref, kind, at=at)
            except Failure:
                if self.host.wait(LOOK_S):
                    return

    def _ref_of(self, device: Device, source: str) -> str:
        own = [camera for camera in self.cameras.values() if camera.device.url == device.url]
        named = [camera for camera in own if source in (camera.channel.source, *camera.channel.profiles)]
        return next((camera.ref for camera in (*named, *own)), device.place)


def run(host: Host) -> None:
    """Search, report, answer; look every half minute and search anew every ten."""
    connector = Connector(host)
    for method, function in _answers(connector):
        host.answer(method, function)
    while not host.wait():
        connector.search()
        for _ in range(LOOKS):
            if host.wait(LOOK_S):
                break
            connector.look()
    for camera in connector.cameras.values():
        if camera.motion.is_moving:
            camera.motion.stop()


def _answers(connector: Connector) -> Iterator[tuple[str, Callable[..., object]]]:
    def first(ref: str) -> tuple[Device, str]:
        camera = connector.camera(ref)
        return camera.device, camera.channel.profiles[0]

    def stream(ref: str) -> dict[str, str]:
        camera = connector.camera(ref)
        return {"main": camera.device.stream(camera.channel.profiles[0]), "sub": camera.device.stream(camera.channel.profiles[-1])}

    def presets(ref: str) -> list[dict[str, str]]:
        device, profile = first(ref)
        return [{"id": token, "name": name} for token, name in device.presets(profile)]

    def goto_preset(ref: str, preset: str) -> None:
        device, profile = first(ref)
        connector.camera(ref).motion.forget()
        device.goto_preset(profile, preset)

    def home(ref: str) -> None:
        device, profile = first(ref)
        connector.camera(ref).motion.forget()
        device.home(profile)

    yield "stream", stream
    yield "snapshot", lambda ref: first(ref)[0].snapshot(first(ref)[1])
    yield "move", lambda ref, pan, tilt, zoom: connector.camera(ref).motion.move(pan, tilt, zoom)
    yield "stop", lambda ref: connector.camera(ref).motion.stop()
    yield "presets", presets
    yield "goto_preset", goto_preset
    yield "home", home


def _ref(device: Device, channel: Channel, taken: Mapping[str, object]) -> str:
    """What a camera is known again by: its serial number, for addresses change; where several share one, its place."""
    ref = f"{device.model} {device.serial}/{channel.source}"[:120]
    return ref if device.serial and ref not in taken else f"{device.place}/{channel.source}"[:120]
