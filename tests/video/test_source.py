"""Camera addresses: what is taken, what is refused, and that no password shows."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import Invalid
from console.video.source import AV_OPTIONS, SCHEMES, Address, parse, parse_file, parse_footage

HOSTS = frozenset({"10.1.2.3", "cam.example", "fe80::1"})


def test_an_address_comes_apart_into_its_parts():
    address = parse("RTSP://admin:p%40ss%3A1@Cam.Example:8554/Streaming/Channels/101?transportmode=unicast", hosts=HOSTS)
    assert (address.scheme, address.host, address.port) == ("rtsp", "cam.example", 8554)
    assert (address.path, address.query) == ("/Streaming/Channels/101", "transportmode=unicast")
    assert (address.user, address.password) == ("admin", "p@ss:1")


@pytest.mark.parametrize(
    "text",
    [
        "rtsp://10.1.2.3/Streaming/Channels/102",
        "rtsp://admin:secret@10.1.2.3:554/cam/realmonitor?channel=1&subtype=1",
        "rtsp://10.1.2.3/unicast/c1/s0/live",
        "rtsps://10.1.2.3:322/a%20b",
        "https://10.1.2.3/live/34020000001320000001.live.ts?callId=1",
        "rtsp://[fe80::1]:8554/C301/sub",
        "rtsp://10.1.2.3/Streaming/tracks/101?starttime=20260301T030000Z",
        "rtsp://10.1.2.3/user=admin&password=&channel=1&stream=0.sdp",
    ],
)
def test_an_address_of_a_known_vendor_is_written_as_it_was_read(text):
    assert parse(text, hosts=HOSTS).for_player() == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_address"),
        ("10.1.2.3/live", "unknown_address_scheme"),
        ("file:///etc/passwd", "unknown_address_scheme"),
        ("concat://a", "unknown_address_scheme"),
        ("rtsp:/10.1.2.3/", "unknown_address_scheme"),
        ("javascript://10.1.2.3/", "unknown_address_scheme"),
        ("rtsp://10.1.2.3/a :sout=#file{dst=x}", "blank_in_address"),
        ("rtsp://10.1.2.3/a\n", "blank_in_address"),
        ("rtsp://10.1.2.3/\u3000a", "blank_in_address"),
        ("rtsp://10.1.2.3/\x00a", "control_in_address"),
        ("rtsp://10.1.2.3/\u202ea", "control_in_address"),
        ("rtsp://10.1.2.3/a#b", "bad_address_character"),
        ("rtsp://10.1.2.3/a|b", "bad_address_character"),
        ("rtsp://10.1.2.3/a\\b", "bad_address_character"),
        ("rtsp://10.1.2.3/a:sout=x", "option_in_address"),
        ("rtsp://10.1.2.3/a%3Asout%3Dx", "option_in_address"),
        ("rtsp://10.1.2.3/a?udp", "option_in_address"),
        ("rtsp://10.1.2.3/a?x=1&MULTICAST", "option_in_address"),
        ("rtsp://10.1.2.3/a%0d%0aTEARDOWN", "bad_address_path"),
        ("rtsp://10.1.2.3/a%zz", "bad_address_path"),
        ("rtsp://a%0a:b@10.1.2.3/", "bad_address_login"),
        ("rtsp://10.1.2.3:0/", "bad_address_port"),
        ("rtsp://10.1.2.3:65536/", "bad_address_port"),
        ("rtsp://10.1.2.3:５５４/", "bad_address_port"),
        ("rtsp://10.1.2.3:/", "bad_address_port"),
        ("rtsp:///nohost", "bad_address_host"),
        ("rtsp://127.1/", "bad_address_host"),
        ("rtsp://2130706433/", "bad_address_host"),
        ("rtsp://0x7f000001/", "bad_address_host"),
        ("rtsp://[fe80::1%25eth0]/", "bad_address_host"),
        ("rtsp://[fe80::1/", "bad_address_host"),
        ("rtsp://摄像机/", "bad_address_host"),
        ("rtsp://admin:a/b@10.1.2.3/", "bad_address_port"),
        ("rtsp://elsewhere.example/", "unknown_camera_host"),
        ("rtsp://10.1.2.3@elsewhere.example/", "unknown_camera_host"),
        ("rtsp://10.1.2.3/" + "a" * 1024, "address_too_long"),
    ],
)
def test_a_hostile_or_mistyped_address_is_refused_by_name(text, code):
    with pytest.raises(Invalid) as refused:
        parse(text, hosts=HOSTS)
    assert (refused.value.field, refused.value.code) == ("address", code)


def test_a_chinese_path_is_percent_encoded():
    assert parse("rtsp://10.1.2.3/路口").for_player() == "rtsp://10.1.2.3/%E8%B7%AF%E5%8F%A3"


def test_neither_user_nor_password_nor_token_shows_when_an_address_is_printed(caplog):
    address = parse("rtsp://chief:hunter2@10.1.2.3/user=chief2&password=hunter3&x=1?token=hunter4", hosts=HOSTS)
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("opening %s, %r, %s", address, address, [address])
    for secret in ("chief:", "hunter2", "hunter3", "hunter4"):
        assert secret not in caplog.text
    assert "rtsp://10.1.2.3/user=" in caplog.text


def test_a_refusal_does_not_repeat_the_password():
    with pytest.raises(Invalid) as refused:
        parse("rtsp://admin:hunter2@elsewhere.example/a", hosts=HOSTS)
    assert "hunter2" not in str(refused.value)


@given(st.text(max_size=80))
def test_any_text_is_refused_or_written_anew_the_same_way_twice(text):
    for candidate in (text, "rtsp://" + text, "rtsp://10.1.2.3/" + text, f"rtsp://{text}@10.1.2.3/"):
        try:
            address = parse(candidate)
        except Invalid:
            continue
        written = address.for_player()
        assert written.isascii() and written.isprintable() and " " not in written
        assert parse(written) == address


@given(user=st.text(min_size=1, max_size=12), password=st.text(max_size=12))
def test_every_login_survives_being_written_and_read(user, password):
    written = Address("rtsp", "10.1.2.3", None, "/a", "", user, password).for_player()
    try:
        read = parse(written)
    except Invalid as refused:
        assert refused.code == "bad_address_login" and any(ord(letter) < 32 or ord(letter) == 127 for letter in user + password)
        return
    assert (read.user, read.password, read.host) == (user, password, "10.1.2.3")


def test_a_clip_is_taken_from_its_folder_and_nowhere_else(tmp_path):
    folder = tmp_path / "clips"
    folder.mkdir()
    clip = folder / "crossing 1.mp4"
    clip.write_bytes(b"x")
    (tmp_path / "secret.mp4").write_bytes(b"x")
    (folder / "link.mp4").symlink_to(tmp_path / "secret.mp4")
    address = parse_file(f"file://{folder}/crossing%201.mp4", folder=folder)
    assert address.for_player() == f"file://{folder}/crossing%201.mp4"
    for name in ("../secret.mp4", "%2e%2e/secret.mp4", "link.mp4"):
        with pytest.raises(Invalid) as refused:
            parse_file(f"file://{folder}/{name}", folder=folder)
        assert refused.value.code == "clip_outside_folder"
    with pytest.raises(Invalid) as refused:
        parse_file(f"file://{folder}/gone.mp4", folder=Path(folder))
    assert refused.value.code == "no_such_clip"


def test_every_scheme_has_its_constant_options_and_no_player_may_leave_the_network():
    for scheme in SCHEMES:
        assert "file" not in AV_OPTIONS[scheme]["protocol_whitelist"].split(",")
        with pytest.raises(TypeError):
            AV_OPTIONS[scheme]["probesize"] = "1"


def test_a_recording_is_a_file_here_or_comes_over_http(tmp_path):
    clip = tmp_path / "东门 1.mp4"
    clip.write_bytes(b"x")
    assert parse_footage(str(clip)).for_player() == clip.as_uri()
    assert parse_footage("https://recorder/a.mp4").for_player() == "https://recorder/a.mp4"
    for wrong in ("rtsp://recorder/a", "file:///etc/passwd", "clip.mp4", str(tmp_path / "gone.mp4"), "http://recorder/a b.mp4"):
        with pytest.raises(Invalid):
            parse_footage(wrong)
