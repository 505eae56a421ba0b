"""Texts from outside: their length, and characters no database keeps."""

import pytest

from console.domain.errors import Invalid
from console.domain.texts import check_text


@pytest.mark.parametrize("text", ["", "井盖缺失，已围挡", "two\nlines\tand tab\r\n", "𠮷野 👍🏽", "a" * 20])
def test_words_pass_as_they_are(text):
    assert check_text("text", text, 20) == text


@pytest.mark.parametrize("text", ["\x00", "a\x07b", "\ud83d", "x\udc4d", "\x7f"])
def test_what_a_database_cannot_keep_is_refused_by_name(text):
    with pytest.raises(Invalid) as refused:
        check_text("reason", text, 20)

    assert (refused.value.field, refused.value.code) == ("reason", "bad_characters")


def test_too_long_says_how_long_and_how_long_it_may_be():
    with pytest.raises(Invalid) as refused:
        check_text("reason", "a" * 21, 20)

    assert refused.value.facts == {"length": 21, "most": 20}
