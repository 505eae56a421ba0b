"""JSON with one meaning."""

import json

import pytest

from tests.gateway.hall import Hall, draft

HEAD = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body", [b"{", b"", b"[1", b'{"key": NaN}', b'{"key": Infinity}', b"\xff\xfe", b"[" * 30_000, b'{"a":' * 9_000, b'"\xed\xa0\x80"'],
)  # fmt: skip
def test_what_is_no_json_is_refused_as_such(door: Hall, body):
    answer = door.program("grid001").post("/api/reports", data=body, headers=HEAD)
    assert answer.status_code == (422 if body == b"" else 400), answer.text
    assert answer.json()["error"]["field"] == "body"


def test_a_name_given_twice_is_refused_by_its_name(door: Hall):
    answer = door.program("grid001").post("/api/reports", data=b'{"key":"a","category":"0601","key":"b"}', headers=HEAD)
    assert (answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["field"]) == (400, "name_twice", "key")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"])
def test_another_kind_of_body_is_refused(door: Hall, kind):
    answer = door.program("grid001").post("/api/reports", data=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "needs_json")


def test_a_half_character_is_left_out_and_loses_nothing(hall: Hall):
    phone = hall.program("grid001")
    body = json.dumps(draft(text="井盖\ud83d缺失", address="\udc00路口", category="06\ud80001"))
    assert phone.post("/api/reports", data=body, headers=HEAD).status_code == 201
    assert phone.get("/api/reports").json()["reports"][0]["text"] == "井盖缺失"
    assert hall.stranger().sign_in("grid001", "\ud800").status_code == 401


def test_json_with_its_charset_named_is_read(door: Hall):
    phone = door.program("grid001")
    phone.line.headers["Content-Type"] = "Application/JSON; charset=utf-8"
    assert phone.report().status_code == 201
    assert phone.post("/api/reports", draft()).status_code == 201
