"""ONVIF devices that keep no rule: wrong clocks, digest only, faults, hostile XML, addresses elsewhere; and events by pull-point."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from console.plugin.api import Failure, Host
from plugins.onvif import Connector, discovery, soap
from plugins.onvif.device import Device
from plugins.onvif.events import Subscription
from tests.plugins.devices import odd_device

LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def opened(place: str, user: str = "admin", password: str = "digest") -> Device:
    made = Device(f"http://{place}/onvif/device_service", user, password)
    made.open()
    return made


def test_the_digest_is_that_of_the_standard():
    """ONVIF Application Programmer's Guide, the example of WS-UsernameToken."""
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")

    header = soap.token(soap.Login("user", "userpassword"), nonce, datetime(2010, 9, 16, 7, 50, 45, tzinfo=UTC))

    assert ">tuOSpGlFlIXsozq4HFNeeGeFLEI=<" in header
    assert "<wsu:Created>2010-09-16T07:50:45Z</wsu:Created>" in header


def test_tokens_are_made_with_the_device_s_clock_and_its_clock_is_told():
    with odd_device(offset_s=182 * 86_400) as (place, odd):
        device = opened(place)
        said = []
        connector = Connector(Host({"is_searching": False, "devices": place, "user": "u", "password": "p"}, said.append))
        connector.search()

    assert device.offset_s == pytest.approx(182 * 86_400, abs=2)
    created = next(text for action, text in odd.asked if action == "GetServices").partition("<wsu:Created>")[2][:10]
    assert created == (datetime.now(UTC) + timedelta(days=182)).strftime("%Y-%m-%d")
    assert any(message.get("code") == "onvif_clock" for message in said)
    (row,) = next(message["rows"] for message in said if message["say"] == "cameras")
    assert row["clock_read_s"] == pytest.approx(182 * 86_400, abs=2)


def test_a_device_that_takes_http_digest_only_is_asked_so():
    with odd_device() as (place, odd):
        odd.digest_only = True
        assert opened(place).serial == "7"
        with pytest.raises(Failure) as said:
            opened(place, password="wrong")
    assert said.value.code == "onvif_login"


def test_a_device_sends_nobody_elsewhere():
    with odd_device() as (place, _odd):
        device = opened(place, user="a b", password="@:/")
        assert set(device.services.values()) == {f"http://{place}/svc"}
        assert device.stream("a") == "rtsp://a%20b:%40%3A%2F@127.0.0.1:554/live"


@pytest.mark.parametrize("uri", ["", "file:///etc/passwd", "rtmp://h/x", "javascript:1"])
def test_a_stream_of_another_kind_is_refused(uri):
    with odd_device() as (place, odd):
        odd.answers["GetStreamUri"] = f"<Uri>{uri}</Uri>"
        with pytest.raises(Failure) as said:
            opened(place).stream("a")
    assert said.value.code == "onvif_garbage"


@pytest.mark.parametrize(
    ("answer", "code"),
    [(LAUGHS, "onvif_garbage"), (OUTSIDE, "onvif_garbage"), ("{}", "onvif_garbage"), ("", "onvif_garbage"),
     ((302, "<x/>"), "onvif_no_answer"),
     ("<x>" * 500 + "</x>" * 500, "onvif_garbage"), ("<x>" + "a" * (2 << 20) + "</x>", "onvif_garbage"),
     ((400, "<Fault><Code><Value>s:Sender</Value><Subcode><Value>ter:NotAuthorized</Value></Subcode></Code></Fault>"), "onvif_login"),
     ((500, "<Fault><Reason><Text>Optional Action Not Implemented</Text></Reason></Fault>"), "onvif_cannot"),
     ("<UTCDateTime><Year>0</Year></UTCDateTime>", "onvif_garbage")],
)  # fmt: skip
def test_a_bad_answer_is_said_by_its_kind(answer, code):
    with odd_device() as (place, odd):
        odd.answers["GetSystemDateAndTime"] = answer
        with pytest.raises(Failure) as said:
            opened(place)
    assert said.value.code == code


def test_nobody_there_is_said():
    with pytest.raises(Failure) as said:
        opened("127.0.0.1:9")
    assert said.value.code == "onvif_no_answer"


def event(topic: str, value: str = "true", operation: str = "Changed") -> str:
    return (f"<NotificationMessage><Topic>{topic}</Topic><Message><Message UtcTime='2026-11-24T00:00:00Z' "
            f"PropertyOperation='{operation}'><Source><SimpleItem Name='VideoSourceToken' Value='v1'/></Source><Data>"
            f"<SimpleItem Name='State' Value='{value}'/></Data></Message></Message></NotificationMessage>")  # fmt: skip


def test_events_come_by_pull_point_and_only_those_with_a_kind():
    with odd_device() as (place, odd):
        subscription = Subscription(opened(place))
        odd.events += [
            event("tns1:VideoSource/GlobalSceneChange/ImagingService"), event("tns1:RuleEngine/LineDetector/Crossed"),
            event("tns1:RuleEngine/FieldDetector/ObjectsInside", "false"), event("tns1:VideoSource/SignalLoss", operation="Initialized"),
            event("tns1:RuleEngine/LoiteringDetector/ObjectIsLoitering"), event("tns1:RuleEngine/FaceRecognition/Face"),
        ]  # fmt: skip
        found = list(subscription.pull())

    assert [(kind, source, at) for kind, source, at, _ in found] == [
        ("K11", "v1", "2026-11-24T00:00:00Z"), ("K06", "v1", "2026-11-24T00:00:00Z"),
    ]  # fmt: skip
    assert any("b=2" in text for action, text in odd.asked if action == "PullMessages")


MATCH = ('<E xmlns:d="u"><d:ProbeMatches><d:ProbeMatch><d:XAddrs>{}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></E>')


@pytest.mark.parametrize(
    ("content", "found"),
    [(MATCH.format("http://10.0.0.7/a http://[fe80::1]/a"), ("http://10.0.0.7/a",)), (MATCH.format("http://10.0.0.8/a"), ()),
     (MATCH.format("file:///x"), ()), ("<E/>", ()), ("\x00", ()), (LAUGHS, ())],
)  # fmt: skip
def test_only_a_device_s_own_address_is_taken_from_its_answer(content, found):
    assert discovery.answers(content.encode(), "10.0.0.7") == found


@pytest.mark.parametrize("place", ["", "a b", "http://x", "x:99999", "x/y", "x:80:90"])
def test_a_place_that_is_none_is_refused(place):
    with pytest.raises(Failure):
        discovery.service_of(place)
