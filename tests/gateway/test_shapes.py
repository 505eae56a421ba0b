"""What may come in: types, names, cleaning."""

import pytest

from console.gateway.shapes import clean
from tests.gateway.hall import Hall


def test_control_characters_are_taken_out_and_lines_end_alike():
    assert clean("井盖\x00缺失\x1b[31m\r\n第二行\t完") == "井盖缺失[31m\n第二行\t完"
    assert clean(7) == 7


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"lon": "115.2"}, "lon", "wrong_type"), ({"lon": True}, "lon", "wrong_type"), ({"text": 5}, "text", "wrong_type"),
        ({"photos": "x"}, "photos", "wrong_type"), ({"photos": [1]}, "photos", "wrong_type"), ({"urgent": "yes"}, "urgent", "wrong_type"),
        ({"urgent": 1}, "urgent", "wrong_type"), ({"priority": "P1"}, "priority", "unknown_field"), ({"key": None}, "key", "wrong_type"),
        ({"device_at": 1700000000}, "device_at", "not_a_time"), ({"device_at": "yesterday"}, "device_at", "not_a_time"),
        ({"device_at": "9999-12-31T23:59:59-12:00"}, "device_at", "out_of_range"), ({"device_at": "1" * 300}, "device_at", "not_a_time"),
        ({"device_at": "2026-11-23T10:00:00"}, "device_at", "needs_zone"),
        ({"accuracy_m": -1}, "accuracy_m", "out_of_range"), ({"key": "no-uuid"}, "key", "needs_uuid"),
        ({"key": "1" * 200}, "key", "too_long"),
        ({"lon": 200.0}, "lon", "bad_coordinate"), ({"lat": None}, "lat", "half_position"), ({"datum": ""}, "datum", "needs_datum"),
        ({"source": "77"}, "source", "unknown_code"), ({"text": "", "photos": []}, "text", "needs_text_or_photo"),
        ({"text": "长" * 2_001}, "text", "too_long"), ({"address": "长" * 201}, "address", "too_long"),
        ({"photos": ["0" * 64]}, "photos", "unknown_photo"), ({"photos": ["../../etc/passwd"]}, "photos", "unknown_photo"),
        ({"photos": ["0" * 64] * 10}, "photos", "too_many"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_its_field(door: Hall, more, field, code):
    answer = door.program("grid001").report(**more)
    assert answer.status_code == 422, answer.text
    told = answer.json()["error"]
    assert (told["field"], told["code"]) == (field, code)
    assert told["message"]
    assert told["message_en"]


@pytest.mark.parametrize(
    ("more", "flag"),
    [
        ({"category": "没有的类别"}, "unknown_category"), ({"lon": 2.35, "lat": 48.85}, "outside_city"), ({"lon": 115.215}, "outside_grid"),
        ({"device_at": "2026-11-23T11:00:00+00:00"}, "future_time"), ({"device_at": "1970-01-01T00:00:00+00:00"}, "late"),
        ({"lon": None, "lat": None, "datum": ""}, "no_position"), ({"grid": "410923102204999", "lon": None, "lat": None}, "no_grid"),
    ],
)  # fmt: skip
def test_what_is_odd_is_taken_and_flagged(door: Hall, more, flag):
    answer = door.program("grid001").report(**more)
    assert answer.status_code == 201, answer.text
    assert flag in answer.json()["flags"]


def test_a_nul_in_the_text_does_not_lose_the_report(hall: Hall):
    answer = hall.program("grid001").report(text="井\x00盖", address="路\x07口", category="06\x0001")
    assert (answer.status_code, answer.json()["flags"]) == (201, [])
