"""Settings: the file, the environment over it, what was given over both; every wrong one is named with what it may be."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from console.config import Config, home_folder, load
from console.domain.errors import Invalid
from console.domain.words import LANGUAGES, Words
from tests.make import ROOT

WORDS = {language: Words.load(ROOT / "resources" / "i18n", language) for language in LANGUAGES}


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "console.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(path, environment=None, **given):
    with pytest.raises(Invalid) as refused:
        load(path, environment or {}, **given)
    for words in WORDS.values():
        sentence = words.of(refused.value)
        assert sentence != str(refused.value), "the code has no words"
        assert not re.search(r"\{[a-z_]+\}", sentence)
    return refused.value


def test_nothing_said_is_the_defaults():
    assert load(None, {}) == Config()
    assert (Config().language, Config().look, Config().gateway_port) == ("zh_CN", "day", 8080)
    assert Config().recall == {"P1": 3.0, "P2": 8.0, "P3": 8.0, "P4": 8.0}


def test_the_environment_beats_the_file_and_the_command_line_beats_both(written):
    path = written('seat = "B1"\nlook = "night"\ngateway_port = 9000\n')
    found = load(path, {"CONSOLE_SEAT": "B2", "CONSOLE_GATEWAY_PORT": "9001"}, gateway_port=9002, seat=None)
    assert (found.look, found.seat, found.gateway_port) == ("night", "B2", 9002)


def test_every_setting_can_come_from_the_file_and_from_the_environment(written):
    values = {
        "data": "d", "database": "sqlite:///x.db", "language": "en", "look": "night", "seat": "C3", "gateway": False, "gateway_host": "::1",
        "gateway_port": 0, "recall_urgent_s": 1.5, "recall_s": 20.0, "video_workers": 2,
        "seal_database": "postgresql://h/d", "seal_key": "keyring",
        "password_least": 12, "password_days": 90, "lock_after": 4, "lock_min": 30,
    }  # fmt: skip
    assert set(values) == {field.name for field in fields(Config)}
    text = "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())
    environment = {f"CONSOLE_{name.upper()}": str(value) for name, value in values.items()}
    assert load(written(text), {}) == load(None, environment) == Config(**values)


@pytest.mark.parametrize("name", [field.name for field in fields(Config) if not isinstance(field.default, str)])
@pytest.mark.parametrize("wrong", ['"much"', "[1]", "{a = 1}", '""', "2026-11-23"])
def test_a_wrong_type_is_named_with_the_right_one(written, name, wrong):
    said = refusal(written(f"{name} = {wrong}"))
    assert (said.field, said.code) == (name, "setting_type")
    assert said.facts["known"]


@pytest.mark.parametrize("name", [field.name for field in fields(Config) if isinstance(field.default, str)])
@pytest.mark.parametrize("wrong", ["5", "true", "[1]", '"a\\u0000b"'])
def test_a_text_must_be_text(written, name, wrong):
    said = refusal(written(f"{name} = {wrong}"))
    assert (said.field, said.code) in ((name, "setting_type"), (name, "setting_choice"))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("gateway_port", "-1"), ("gateway_port", "65536"), ("recall_urgent_s", "-0.1"), ("recall_urgent_s", "60.5"), ("recall_s", "121"),
        ("recall_s", "nan"), ("recall_s", "inf"), ("video_workers", "0"), ("video_workers", "9"),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_named_with_its_range(written, name, wrong):
    for said in (refusal(written(f"{name} = {wrong}")), refusal(None, {f"CONSOLE_{name.upper()}": wrong})):
        assert (said.field, said.code) == (name, "setting_range")
        assert {"least", "most"} <= set(said.facts)


@pytest.mark.parametrize(("name", "wrong"), [("gateway_port", "8080.5"), ("gateway_port", "true"), ("video_workers", "1.0")])
def test_half_a_port_is_not_rounded(written, name, wrong):
    assert refusal(written(f"{name} = {wrong}")).code == "setting_type"


@pytest.mark.parametrize(("name", "wrong"), [("language", '"de"'), ("look", '"dark"'), ("look", '""')])
def test_a_choice_is_named_with_what_there_is(written, name, wrong):
    said = refusal(written(f"{name} = {wrong}"))
    assert (said.field, said.code) == (name, "setting_choice")
    assert "," in said.facts["known"]


@pytest.mark.parametrize(("said", "is_on"), [("1", True), ("true", True), ("YES", True), ("0", False), ("False", False), ("no", False)])
def test_a_switch_reads_what_people_write(said, is_on):
    assert load(None, {"CONSOLE_GATEWAY": said}).gateway is is_on


def test_an_unknown_setting_is_named_with_the_known_ones(written):
    said = refusal(written("gatway_port = 1"))
    assert (said.field, said.code) == ("gatway_port", "unknown_setting")
    assert "gateway_port" in said.facts["known"]
    assert "gatway_port" in WORDS["zh_CN"].of(said)


def test_variables_of_others_are_left_alone():
    assert load(None, {"CONSOLE_LOG_LEVEL": "9", "HOME": "x"}) == Config()


@pytest.mark.parametrize("text", ["seat = ", "[", 'seat = "a"\nseat = "b"'])
def test_a_broken_file_is_named_with_the_place(written, text):
    said = refusal(written(text))
    assert (said.field, said.code) == ("config", "broken_file")
    assert "console.toml" in said.facts["problem"]


def test_a_file_that_is_no_text_or_a_folder_is_named(tmp_path):
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    assert refusal(tmp_path / "bytes.toml").code == "broken_file"
    assert refusal(tmp_path).code == "broken_file"


def test_a_missing_file_is_named(tmp_path):
    said = refusal(tmp_path / "none.toml")
    assert said.code == "no_settings_file"
    assert "none.toml" in WORDS["zh_CN"].of(said)


def test_data_lie_in_the_users_folder_or_where_it_was_said(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert home_folder() == Config().folder == tmp_path / "command-console"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert Config().folder == Path.home() / ".local" / "share" / "command-console"
    assert Config(data="~/hall").folder == Path.home() / "hall"


def test_the_database_lies_in_the_home_folder_unless_it_was_said(tmp_path):
    assert Config(data=str(tmp_path)).database_url == f"sqlite:///{tmp_path}/console.db"
    assert Config(data=str(tmp_path), database="postgresql://db/hall").database_url == "postgresql://db/hall"


def test_every_setting_says_what_it_means():
    assert all(field.metadata["label"] for field in fields(Config))
