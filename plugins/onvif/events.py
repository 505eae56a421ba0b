"""Events by pull-point: a subscription is opened, asked, and opened anew; only what the console has a kind for goes on."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from console.plugin.api import Failure
from plugins.onvif.device import EVENTS, Device
from plugins.onvif.soap import Node, beside, call

PULL_S = 5
# What a topic ends with, and the console's kind. Faces, loitering and crowds have none and are dropped here.
KINDS = {
    "VideoLoss": "K09", "SignalLoss": "K09", "ImageTooBlurry": "K11", "ImageTooDark": "K11", "ImageTooBright": "K11",
    "GlobalSceneChange": "K11", "Tamper": "K11", "Crossed": "K06", "ObjectsInside": "K06", "FireAlarm": "K01", "SmokeAlarm": "K02",
}  # fmt: skip


class Subscription:
    """A pull-point of a device."""

    def __init__(self, device: Device) -> None:
        """Open it. Raises Failure."""
        if EVENTS not in device.services:
            raise Failure("onvif_cannot", what="events")
        self._device = device
        lasting = "<tev:InitialTerminationTime>PT60S</tev:InitialTerminationTime>"
        body = f"<tev:CreatePullPointSubscription>{lasting}</tev:CreatePullPointSubscription>"
        told = call(device.services[EVENTS], f"{EVENTS}/EventPortType/CreatePullPointSubscriptionRequest", body, device.login)
        address = told.said("SubscriptionReference", "Address")
        if not urlsplit(address).scheme:
            raise Failure("onvif_garbage", place=device.place, problem="SubscriptionReference")
        self._url = beside(device.url, address)

    def pull(self) -> Iterator[tuple[str, str, str, str]]:
        """Events that came: kind, source token, time as the device tells it, topic. Waits up to five seconds."""
        action = f"{EVENTS}/PullPointSubscription/PullMessagesRequest"
        body = f"<tev:PullMessages><tev:Timeout>PT{PULL_S}S</tev:Timeout><tev:MessageLimit>50</tev:MessageLimit></tev:PullMessages>"
        to = f"<wsa:Action>{action}</wsa:Action><wsa:To>{self._url.replace('&', '&amp;')}</wsa:To>"
        for message in call(self._url, action, body, self._device.login, header=to, wait_s=PULL_S + 5.0).every("NotificationMessage"):
            if (event := _event(message)) is not None:
                yield event


def _event(message: Node) -> tuple[str, str, str, str] | None:
    topic = message.said("Topic")
    inner = message.first("Message", "Message") or message.first("Message")
    kind = next((kind for end, kind in KINDS.items() if topic.rpartition("/")[2].startswith(end) or f"/{end}/" in topic), None)
    if kind is None or inner is None or inner.attributes.get("PropertyOperation") == "Initialized":
        return None
    source, state = inner.first("Source", "SimpleItem"), inner.first("Data", "SimpleItem")
    if state is not None and state.attributes.get("Value", "").lower() in ("false", "0"):
        return None
    return kind, source.attributes.get("Value", "") if source is not None else "", inner.attributes.get("UtcTime", ""), topic
