"""Redirects: followed on the same host and to hosts of the register, three times, and the password stays at home."""

import pytest

from console.domain.errors import Unavailable
from console.video.onward import Onward
from console.video.source import parse

HOME = parse("http://admin:secret@10.1.2.3/live.ts")
ONWARD = Onward(lambda host: host == "media.example")


@pytest.mark.parametrize(
    ("told", "gone"),
    [
        ("http://10.1.2.3:8080/other.ts", "http://admin:secret@10.1.2.3:8080/other.ts"),
        ("https://10.1.2.3/live.ts", "https://admin:secret@10.1.2.3/live.ts"),
        ("http://media.example/live.ts", "http://media.example/live.ts"),
        ("http://MEDIA.example/live.ts", "http://media.example/live.ts"),
    ],
)
def test_a_redirect_is_followed_at_home_and_to_hosts_of_the_register(told, gone):
    assert ONWARD.follow(HOME, told, 0).for_player() == gone


@pytest.mark.parametrize(
    "told",
    [
        "", "http://elsewhere.example/live.ts", "http://media.example@elsewhere.example/", "file:///etc/passwd", "rtsp://10.1.2.3/live",
        "http://2130706433/", "gopher://10.1.2.3/", "http://10.1.2.3/a b", "//media.example",
    ],
)  # fmt: skip
def test_nobody_follows_elsewhere(told):
    assert ONWARD.follow(HOME, told, 0) is None


def test_a_camera_that_sends_in_circles_is_followed_three_times():
    assert [ONWARD.follow(HOME, "http://10.1.2.3/", hops) is not None for hops in range(5)] == [True, True, True, False, False]


def test_an_encrypted_address_is_not_left_for_an_open_one():
    assert ONWARD.follow(parse("https://10.1.2.3/"), "http://10.1.2.3/", 0) is None


def test_without_the_register_nobody_is_known():
    def knows(_host):
        raise Unavailable("store_gone")

    assert Onward(knows).follow(HOME, "http://media.example/", 0) is None
