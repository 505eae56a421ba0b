"""HTTP of cameras: read as it comes, with their login, refused by name, and never waited for longer than allowed."""

import time
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from console.video.fetch import Failed, Patience, authorisation, fetch
from console.video.source import parse
from tests.video.odd_cameras import GARBAGE, OddCamera
from tests.video.web_cameras import Page, WebCamera

LOGIN = "admin:p%40ss"


def certificate(path):
    """What a camera makes for itself at its first start."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "camera")])
    first, last = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, first, last).sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


def refused(url, seconds=5.0):
    with pytest.raises(Failed) as said:
        fetch(parse(url), Patience.of(seconds, seconds))
    return said.value


def test_an_answer_is_read_to_its_end():
    with WebCamera({"/live.ts?x=1": Page(b"pictures")}) as camera:
        answer = fetch(parse(camera.url("/live.ts?x=1")), Patience.of(5, 5))
        assert answer.read1(100) == b"pictures"
        assert answer.read1(100) == b""


def test_a_camera_may_have_made_its_certificate_itself(tmp_path):
    with WebCamera({"/a": Page(b"x")}, own_certificate=certificate(tmp_path / "own.pem")) as camera:
        assert fetch(parse(camera.url("/a")), Patience.of(5, 5)).read1(9) == b"x"


@pytest.mark.parametrize("is_digest", [False, True])
def test_a_camera_gets_its_login_in_the_way_it_asks_for(is_digest):
    with WebCamera({"/a": Page(b"x")}, login="admin:p@ss", is_digest=is_digest) as camera:
        assert fetch(parse(camera.url("/a", login=LOGIN)), Patience.of(5, 5)).read1(9) == b"x"
        assert camera.logins[0] == ""  # it is asked first, so that no password goes to who did not ask


@pytest.mark.parametrize("is_digest", [False, True])
def test_a_wrong_password_is_tried_once(is_digest):
    with WebCamera({"/a": Page(b"x")}, login="admin:other", is_digest=is_digest) as camera:
        assert refused(camera.url("/a", login=LOGIN)).reason == "unauthorised"
        assert len([login for login in camera.logins if login]) == 1


def test_without_a_login_nothing_is_tried():
    with WebCamera({"/a": Page(b"x")}, login="admin:other") as camera:
        assert refused(camera.url("/a")).reason == "unauthorised"
        assert len(camera.asked) == 1


def test_a_digest_is_the_example_of_rfc_2069():
    """RFC 2617 gives no example without qop; its 3.5 with the cnonce left out, reckoned by hand."""
    address = parse("http://Mufasa:Circle%20Of%20Life@h/dir/index.html")
    said = authorisation(address, ['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'])
    assert 'response="670fd8c2df070c60b045671b8b24ff02"' in said


def test_a_way_to_log_in_that_nobody_knows_is_a_wrong_login():
    with pytest.raises(Failed):
        authorisation(parse("http://u:p@h/"), ["NTLM", 'Digest realm="a", nonce="b", algorithm="SHA-512"'])


@pytest.mark.parametrize(
    ("status", "reason"), [(403, "forbidden"), (404, "not_found"), (410, "not_found"), (500, "lost"), (204, "lost"), (304, "lost")]
)
def test_a_refusal_has_its_name(status, reason):
    with WebCamera({"/a": Page(status=status)}) as camera:
        assert refused(camera.url("/a")).reason == reason


def test_a_redirect_is_told_and_not_followed():
    with WebCamera({"/a": Page(status=302, headers={"Location": "/b?x"}), "/b?x": Page(b"x")}) as camera:
        said = refused(camera.url("/a", login=LOGIN))
        assert (said.reason, said.to) == ("redirected", camera.url("/b?x"))
        assert camera.asked == ["/a"]


@pytest.mark.parametrize(
    "answer",
    [
        GARBAGE, b"RTSP/1.0 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101, b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
        b"HTTP/1.1 abc\r\n\r\n", b"",
    ],
)  # fmt: skip
def test_nonsense_and_headers_without_end_are_refused(answer):
    with OddCamera(answer, closes=True) as camera:
        assert refused(f"http://127.0.0.1:{camera.port}/").reason == "lost"


def test_silence_ends_with_the_patience():
    with OddCamera() as camera, pytest.raises(TimeoutError):
        fetch(parse(f"http://127.0.0.1:{camera.port}/"), Patience.of(0.3, 5))


def test_patience_counts_for_the_whole_answer_until_something_came():
    patience = Patience.of(0.0, 60.0)
    with pytest.raises(TimeoutError):
        patience.left_s()
    patience.renew()
    assert 59 < patience.left_s() <= 60
    assert Patience.of(5.0, 1.0).until - time.monotonic() > 4
