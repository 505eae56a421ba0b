"""Small facts about a database."""

import pytest

from console.store import settings


@pytest.mark.parametrize("value", ["a word", 7, {"seed": 1, "list": [1, 2]}, True])
def test_a_value_is_kept_until_another_takes_its_place(store, value):
    with store.write() as unit:
        settings.keep(unit, "demo", "before")
        settings.keep(unit, "demo", value)

    with store.read() as unit:
        assert settings.value(unit, "demo") == value
        assert settings.value(unit, "other") is None
