"""Outgoing calls against real servers that answer well, badly, slowly or not at all."""

import json
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from console.domain.errors import Unavailable
from console.net import http
from console.net.http import Client

QUICK = (0.5, 0.5)


class Remote(BaseHTTPRequestHandler):
    """Answers what the test put under the path; keeps what was asked."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        answers = self.server.answers[self.path]
        status, headers, content = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if callable(content):
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            with suppress(OSError):  # the caller may hang up; that is what is tried
                content(self.wfile)
            return
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def remote():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Remote)
    server.asked, server.answers = [], {}
    server.base = f"http://127.0.0.1:{server.server_port}"
    server.gone = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.gone.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(remote):
    found = Client(remote.base, wait_s=QUICK, whole_s=1.0)
    yield found
    found.close()


def answering(remote, path, *answers):
    remote.answers[path] = [
        (status, headers, json.dumps(body).encode() if isinstance(body, dict | list) else body) for status, headers, body in answers
    ]


def refusal(call, *given):
    began = time.monotonic()
    with pytest.raises(Unavailable) as refused:
        call(*given)
    assert time.monotonic() - began < 8
    return refused.value


def test_json_goes_out_and_comes_back(remote, client):
    answering(remote, "/api/reports", (201, {}, {"number": "SJ410923-20261123-000001"}))
    client.use_token("abc")
    assert client.post("/api/reports", {"text": "井盖缺失"}) == {"number": "SJ410923-20261123-000001"}
    method, _, headers, body = remote.asked[0]
    assert (method, json.loads(body)) == ("POST", {"text": "井盖缺失"})
    assert headers["Authorization"] == "Bearer abc"


def test_a_list_comes_back_as_items(remote, client):
    answering(remote, "/list", (200, {}, [1, 2]))
    assert client.get("/list") == {"items": [1, 2]}


def test_a_file_goes_out_as_a_form(remote, client):
    answering(remote, "/api/photos", (201, {}, {"sha256": "00"}))
    client.send_file("/api/photos", "photo", "井盖.jpg", b"\xff\xd8\xff")
    _, _, headers, body = remote.asked[0]
    assert headers["Content-Type"].startswith("multipart/form-data")
    assert b'name="photo"' in body
    assert b"\xff\xd8\xff" in body


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429])
def test_a_refusal_is_told_with_its_words_and_not_repeated(remote, client, status):
    answering(remote, "/x", (status, {}, "账号或密码不对".encode()))
    said = refusal(client.post, "/x", {})
    assert (said.code, said.facts) == ("refused_there", {"status": status, "said": "账号或密码不对"})
    assert len(remote.asked) == 1


def test_what_passes_is_tried_again_and_then_taken(remote, client):
    answering(remote, "/x", (503, {}, b""), (502, {}, b""), (200, {}, {"ok": True}))
    assert client.get("/x") == {"ok": True}
    assert len(remote.asked) == 3


def test_what_stays_is_told_after_two_more_tries(remote, client):
    answering(remote, "/x", (503, {}, b"busy"))
    assert refusal(client.post, "/x", {}).facts == {"status": 503, "said": "busy"}
    assert len(remote.asked) == 3


@pytest.mark.parametrize("status", [429, 503])
def test_nobody_is_made_to_wait_an_hour(remote, client, status):
    answering(remote, "/x", (status, {"Retry-After": "3600"}, b""))
    assert refusal(client.get, "/x").facts["status"] == status


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_json_is_said(remote, client, body):
    answering(remote, "/x", (200, {}, body))
    assert refusal(client.get, "/x").code == "not_json"


def test_a_redirect_is_not_followed(remote, client):
    answering(remote, "/x", (302, {"Location": "http://127.0.0.1:9/elsewhere"}, b""))
    assert refusal(client.get, "/x").facts["status"] == 302
    assert len(remote.asked) == 1


def test_a_silent_server_does_not_hold_the_caller(remote):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client = Client(f"http://127.0.0.1:{silent.getsockname()[1]}", retries=1, wait_s=QUICK)
        assert refusal(client.get, "/x").code == "no_answer"
        client.close()


def test_nobody_at_the_address_is_said():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        client = Client(f"http://127.0.0.1:{free.getsockname()[1]}", wait_s=QUICK)
        assert refusal(client.get, "/x").code == "no_answer"
        client.close()


def test_an_answer_that_drips_is_given_up(remote, client):
    def drip(out):
        while not remote.gone.wait(0.1):
            out.write(b" ")

    answering(remote, "/x", (200, {}, drip))
    assert refusal(client.get, "/x").facts == {"problem": "too slow"}
    remote.gone.set()


def test_an_answer_without_end_is_given_up(remote, client, monkeypatch):
    monkeypatch.setattr(http, "MOST_BYTES", 1_000_000)

    def flood(out):
        for _ in range(1_000):
            out.write(b" " * 10_000)

    answering(remote, "/x", (200, {}, flood))
    assert refusal(client.get, "/x").facts == {"problem": "too large"}


def test_a_broken_line_is_said(remote, client):
    answering(remote, "/x", (200, {"Content-Length": "1000"}, lambda out: out.write(b'{"a"')))
    assert refusal(client.get, "/x").code == "no_answer"


def test_a_proxy_of_the_desktop_is_not_asked(remote, client, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    answering(remote, "/x", (200, {}, {}))
    assert client.get("/x") == {}
