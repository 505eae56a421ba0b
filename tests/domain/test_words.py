"""One catalogue: English source strings, Chinese beside them, refusals as sentences."""

from pathlib import Path

import pytest

from console.domain.errors import Invalid, Refused
from console.domain.words import Words, pick

ROOT = Path(__file__).parent.parent.parent


def load(folder: Path, **files: str) -> Words:
    (folder / "zh_CN").mkdir()
    for name, text in files.items():
        (folder / "zh_CN" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Words.load(folder, "zh_CN")


def test_a_source_is_found_in_any_file_and_filled_in(tmp_path):
    words = load(tmp_path, one='"{n} new" = "{n} 件新"', two='"Sign in" = "登录"')
    assert (words("Sign in"), words("{n} new", n=3)) == ("登录", "3 件新")


def test_a_source_without_entry_stands_for_itself(tmp_path):
    assert load(tmp_path)("Not yet translated {n}", n=1) == "Not yet translated 1"


def test_a_refusal_is_a_sentence_naming_the_field(tmp_path):
    words = load(tmp_path, errors='"error.too_long" = "{field}太长：{length}/{most}"\n"field.text" = "内容"')
    assert words.of(Invalid("text", "too_long", length=2001, most=2000)) == "内容太长：2001/2000"


def test_a_refusal_without_words_is_shown_with_its_facts_and_not_swallowed(tmp_path):
    assert "never_heard_of" in load(tmp_path).of(Refused("never_heard_of", count=3))


def test_one_source_translated_in_two_ways_is_refused_by_file(tmp_path):
    with pytest.raises(Invalid, match="translated_twice") as refused:
        load(tmp_path, a='"Case" = "案件"', b='"Case" = "事件"')
    assert refused.value.field == "b.toml"


def test_a_broken_file_is_refused_by_name(tmp_path):
    with pytest.raises(Invalid) as refused:
        load(tmp_path, a='"Case" = ')
    assert (refused.value.field, refused.value.code) == ("a.toml", "broken_file")


def test_an_unknown_language_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(Invalid) as refused:
        Words.load(tmp_path, "fr")
    assert refused.value.facts["known"] == "zh_CN, en"


def test_the_shipped_catalogues_can_be_read_and_hold_the_same_refusals():
    zh, en = (Words.load(ROOT / "resources" / "i18n", language) for language in ("zh_CN", "en"))
    refusals = {key for key in zh.entries if key.startswith("error.")}
    assert refusals
    assert refusals == {key for key in en.entries if key.startswith("error.")}


def test_a_code_is_called_by_the_language():
    assert (pick("zh_CN", "公安", "Police"), pick("en", "公安", "Police")) == ("公安", "Police")
