"""Refusals: the right number, the field's name, words in both languages for every code of the program."""

import re

import pytest

from console.domain.errors import Denied, Invalid, KeyReused, Missing, Refused, Stale, Unavailable
from console.gateway.refusals import Bounced, body_of, status_of, understood
from tests.gateway.hall import WORDS
from tests.make import ROOT

# Codes chosen from a table or made by a class of its own, which the search below cannot see.
MADE_ELSEWHERE = {
    "missing", "stale", "key_reused", "too_many_pixels", "broken_picture", "port_taken", "port_forbidden", "address_unusable",
    "no_such_page", "method_not_allowed", "needs_json", "bad_request", "database_locked", "disk_full", "database_readonly",
    "database_busy", "database_gone", "try_again", "half_position", "bad_limit",
}  # fmt: skip


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Denied("bad_sign_in", "password"), 401), (Denied("signed_out"), 401), (Denied("role"), 403), (Denied("csrf"), 403),
        (Missing("task", 1), 404), (Refused("needs_photo", "photos"), 409), (Stale("task", 1), 409), (Invalid("text", "too_long"), 422),
        (KeyReused("k"), 422), (Invalid("photo", "too_large"), 413), (Unavailable("database_gone"), 503), (Bounced(400, "bad_json"), 400),
    ],
)  # fmt: skip
def test_a_refusal_has_its_number(error, status):
    assert status_of(error) == status


def test_a_refusal_names_field_and_words_in_both_languages():
    told = body_of(Refused("needs_photo", "photos", priority="P1"), WORDS)["error"]
    assert told["field"] == "photos"
    assert told["message"] == "P1 级任务完成时至少要一张现场照片。请拍照后再提交。"
    assert told["message_en"] == "A P1 task is finished with at least one photo. Take one first."


def test_what_is_only_for_our_own_eyes_is_not_told():
    told = body_of(Unavailable("database_gone", problem="host=10.0.0.7 password=x"), WORDS)["error"]
    assert told["facts"] == {}
    assert "10.0.0.7" not in str(told)


def test_an_unknown_field_is_refused_by_its_name():
    refusal = understood({"type": "extra_forbidden", "loc": ("body", "priority"), "msg": "", "input": "P1"})
    assert (refusal.code, refusal.field) == ("unknown_field", "priority")


def test_a_wrong_type_says_what_is_wanted():
    refusal = understood({"type": "float_type", "loc": ("body", "lon"), "msg": "", "input": "x"})
    assert WORDS["zh_CN"].of(refusal) == "经度的类型不对，应为数字。请改正后重发。"


@pytest.mark.parametrize("kind", ["datetime_type", "datetime_from_date_parsing", "timezone_aware"])
def test_what_is_no_time_is_told_with_an_example_in_the_readers_language(kind):
    refusal = understood({"type": kind, "loc": ("body", "device_at"), "msg": "Value error", "input": 7})
    assert WORDS["zh_CN"].of(refusal) == "手机时间“7”不是时间。请按 2026-11-23T10:00:00+08:00 的格式填写。"
    assert WORDS["en"].of(refusal) == "Phone time “7” is no time. Write it like 2026-11-23T10:00:00+08:00."


def raised() -> set[tuple[str, str]]:
    """Every code and field that stands literally in a raise under console/."""
    found = set()
    by_code = re.compile(r'(?:Refused|Denied|Unavailable)\(\s*"([a-z_]+)"(?:,\s*"([a-z_-]+)")?')
    by_field = re.compile(r'Invalid\(\s*(?:"([\w-]+)"|[\w.]+),\s*"([a-z_]+)"')
    bounced = re.compile(r'Bounced\(\s*\d+,\s*"([a-z_]+)"(?:,\s*"([a-z-]+)")?')
    for path in sorted((ROOT / "console").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found |= set(by_code.findall(text)) | set(bounced.findall(text)) | {(code, field) for field, code in by_field.findall(text)}
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_code_and_field_of_the_program_has_its_words(language):
    entries = WORDS[language].entries
    codes = {code for code, _ in raised()} | MADE_ELSEWHERE
    fields = {field for _, field in raised() if field}
    assert sorted(code for code in codes if f"error.{code}" not in entries) == []
    assert sorted(field for field in fields if f"field.{field}" not in entries) == []
