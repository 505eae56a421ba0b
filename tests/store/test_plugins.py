"""What was set for plugins, kept by name."""

import pytest

from console.domain.errors import Stale
from console.domain.plugin import Plugin
from console.store import plugins, tables
from tests.make import START

ROW = Plugin(0, "trial", 2, True, {"address": "http://x", "wait_s": 5}, "sealed", 20, START)


def test_a_plugin_is_kept_and_found_by_name(town):
    with town.store.write() as unit:
        stored = unit.add(tables.plugin, ROW)
        assert plugins.named(unit, "trial") == stored
        assert plugins.named(unit, "other") is None
    with town.store.read() as unit:
        assert plugins.every(unit) == {"trial": stored}
    with pytest.raises(Stale), town.store.write() as unit:
        unit.save(tables.plugin, Plugin(**{**vars(stored), "version": 7}), stored)


def test_its_settings_are_in_no_words_of_it():
    assert "http" not in repr(ROW)
