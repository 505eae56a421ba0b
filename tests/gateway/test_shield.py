"""The outer wall: hosts, sizes, headers."""

import socket
import time

import pytest
import requests

from console.gateway.shield import cap_of, is_own_host
from tests.gateway.hall import Hall, draft

MEGABYTE = b"x" * (1024 * 1024)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "[::1]:8080", "192.168.3.4:80", "LOCALHOST"])
def test_our_own_names_and_addresses_in_digits_are_ours(host):
    assert is_own_host(host, frozenset({"localhost"}))


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:8080:1", "a@127.0.0.1"]
)
def test_another_name_is_not_ours(host):
    assert not is_own_host(host, frozenset({"localhost"}))


def test_a_call_by_a_foreign_name_is_refused(door: Hall):
    answer = door.stranger().get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_host")


@pytest.mark.parametrize("path", ["/", "/phone.html", "/console.css", "/api/me", "/api/nothing", "/nothing", "/api/openapi.json"])
def test_every_answer_carries_the_strict_headers(door: Hall, path):
    headers = door.stranger().get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    if path.startswith("/api/"):
        assert headers["Cache-Control"] == "no-store"
    assert "server" not in headers


def test_a_picture_of_twenty_megabytes_is_refused_with_words(door: Hall):
    phone = door.program("grid001")
    answer = phone.post("/api/photos", data=MEGABYTE * 20, headers={"Content-Type": "image/jpeg"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")
    assert "太大" in answer.json()["error"]["message"]


def test_a_body_of_unknown_length_is_cut_at_the_cap_and_not_gathered(door: Hall):
    phone = door.program("grid001")
    answer = phone.post("/api/photos", data=(MEGABYTE for _ in range(20)), headers={"Content-Type": "image/jpeg"})
    assert answer.status_code == 413
    answer = phone.post("/api/reports", data=(b" " * 1000 for _ in range(100)), headers={"Content-Type": "application/json"})
    assert (answer.status_code, cap_of("/api/reports")) == (413, 65_536)


def test_a_declared_gigabyte_is_refused_before_a_byte_of_it_came(door: Hall):
    with socket.create_connection(("127.0.0.1", door.gateway.port), timeout=10) as line:
        began = time.monotonic()
        head = "POST /api/photos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(12) == b"HTTP/1.1 413"
    assert time.monotonic() - began < 5


def test_an_encoded_body_is_refused(door: Hall):
    answer = door.stranger().post("/api/sign-in", data=b"x", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "no_encoding")


def test_an_unknown_path_and_method_are_refused_as_json(door: Hall):
    stranger = door.stranger()
    for answer, status in ((stranger.get("/api/nothing/at/all"), 404), (requests.delete(door.base + "/api/reports", timeout=5), 405)):
        assert (answer.status_code, set(answer.json()["error"])) == (status, {"code", "field", "message", "message_en", "facts"})


@pytest.mark.expects_errors("a service that fails is provoked")
def test_a_failure_inside_is_logged_and_told_without_its_inside(door: Hall, monkeypatch):
    phone = door.program("grid001")

    def fail(*_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(door.town.reports, "_brought", fail)
    answer = phone.post("/api/reports", draft())
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "secret" not in answer.text


def test_https_is_demanded_only_where_it_is_spoken(door: Hall):
    assert "Strict-Transport-Security" not in door.stranger().get("/").headers
    door.again(secure=True)
    assert door.stranger().get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    door.knows("grid001")
    answer = door.stranger().sign_in("grid001")
    assert "Secure" in answer.headers["Set-Cookie"]
    door.again(secure=False)
