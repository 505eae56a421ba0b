"""WS-Discovery: one question to the whole segment (and to devices named by hand), and the addresses that answer."""

import re
import socket
import time
import uuid
from urllib.parse import urlsplit

from console.plugin.api import Failure
from plugins.onvif.soap import parse

GROUP, PORT = "239.255.255.250", 3702
MOST = 2_000
PROBE = (
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header>'
    "<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>urn:uuid:{number}</a:MessageID>"
    "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body>"
    '<d:Probe xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><d:Types xmlns:dn="http://www.onvif.org/ver10/network/wsdl">'
    "dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>"
)
_PLACE = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::(?P<port>\d{1,5}))?")


def search(interface: str, wait_s: float) -> tuple[str, ...]:
    """Device services that answer within `wait_s`, each once; twice asked, because datagrams get lost."""
    found: dict[str, None] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 2)
        try:
            if interface:
                way.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(interface))
            way.bind((interface, 0))
            for _ in range(2):
                way.sendto(PROBE.format(number=uuid.uuid4()).encode(), (GROUP, PORT))
        except OSError as fault:
            raise Failure("onvif_no_answer", place=interface or GROUP, problem=fault.strerror or str(fault)) from fault
        until = time.monotonic() + wait_s
        while (left := until - time.monotonic()) > 0 and len(found) < MOST:
            way.settimeout(left)
            try:
                content, (sender, _) = way.recvfrom(65_535)
            except TimeoutError:
                break
            for address in answers(content, sender):
                found[address] = None
    return tuple(found)


def answers(content: bytes, sender: str) -> tuple[str, ...]:
    """The device service of a ProbeMatch: the one at the sender's own address; none for anything else."""
    try:
        node = parse(content, sender)
    except Failure:
        return ()
    found = []
    for match in node.every("ProbeMatch"):
        told = [word for word in match.said("XAddrs").split() if urlsplit(word).scheme in ("http", "https")]
        own = [word for word in told if urlsplit(word).hostname == sender]
        found += own[:1]  # who answers for others would send us anywhere
    return tuple(found)


def service_of(place: str) -> str:
    """The device service of a place written by hand. Raises Failure("onvif_bad_setting")."""
    found = _PLACE.fullmatch(place)
    if found is None or int(found["port"] or 80) > 65_535:
        raise Failure("onvif_bad_setting", place=place[:60])
    return f"http://{place}/onvif/device_service"
