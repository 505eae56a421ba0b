"""Settings of plugins: taken in the kinds a manifest asks for, or refused by name."""

import pytest

from console.domain.errors import Invalid
from console.domain.plugin import Manifest, Named, Setting, check_values, lacking

NAME = Named("名", "name")
MANIFEST = Manifest(
    "trial", 1, NAME, ("cameras",),
    settings=(
        Setting("address", NAME, "text", "", True), Setting("password", NAME, "secret"), Setting("wait_s", NAME, "number", 5),
        Setting("is_deep", NAME, "flag", False), Setting("datum", NAME, "choice", "a", choices=(("a", NAME), ("b", NAME))),
    ),
)  # fmt: skip


def test_values_come_in_their_kinds_and_what_is_left_out_by_default():
    found = check_values(MANIFEST, {"address": "  http://x ", "wait_s": "7.5", "is_deep": "yes", "datum": "b"})

    assert found == {"address": "http://x", "password": "", "wait_s": 7.5, "is_deep": True, "datum": "b"}
    assert check_values(MANIFEST, {}) == {"address": "", "password": "", "wait_s": 5, "is_deep": False, "datum": "a"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("wait_s", "soon", "not_a_number"), ("wait_s", "1e12", "not_a_number"), ("wait_s", "nan", "not_a_number"),
     ("datum", "c", "unknown_code"),
     ("address", "x" * 501, "too_long"), ("address", "a\x00", "bad_characters"), ("other", "x", "unknown_field")],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name(name, value, code):
    with pytest.raises(Invalid) as refused:
        check_values(MANIFEST, {name: value})

    assert (refused.value.field, refused.value.code) == (name, code)


def test_what_is_lacking_is_named_and_secrets_are_known():
    assert [one.name for one in lacking(MANIFEST, {"address": ""})] == ["address"]
    assert lacking(MANIFEST, {"address": "x"}) == ()
    assert MANIFEST.secrets == {"password"}
    assert (NAME.named("en"), NAME.named("zh_CN")) == ("name", "名")
