"""Kept views: written, replaced, forgotten, and read back whatever lies there."""

import json

import pytest

from console.ui.map.views import MOST, KeptView, KeptViews, read


def test_views_are_there_at_the_next_start(memory):
    first = KeptViews(memory)
    assert first.keep(KeptView("城区", 0.8, 0.4, 13.0, "x")) and first.keep(KeptView("南乐", 0.81, 0.41, 11.0))
    assert first.keep(KeptView("城区", 0.82, 0.4, 14.0))
    memory.write()
    again = KeptViews(memory)
    assert [(one.name, one.zoom) for one in again.views] == [("南乐", 11.0), ("城区", 14.0)]
    again.forget("南乐")
    assert [one.name for one in KeptViews(memory).views] == ["城区"]


def test_there_is_a_most(memory):
    views = KeptViews(memory)
    assert [views.keep(KeptView(str(number), 0.5, 0.5, 9.0)) for number in range(MOST + 1)] == [True] * MOST + [False]
    assert views.keep(KeptView("3", 0.6, 0.5, 9.0))
    assert KeptViews(None).keep(KeptView("a", 0.5, 0.5, 9.0))


@pytest.mark.parametrize(
    "words",
    ["{", "3", "{}", '["a"]', json.dumps([{"name": "", "x": 0, "y": 0, "zoom": 1}]), json.dumps([{"name": "a", "x": 2, "y": 0, "zoom": 1}]),
     json.dumps([{"name": "a", "x": "0", "y": 0, "zoom": 1}])],
)  # fmt: skip
def test_what_is_no_view_is_left_out(words):
    assert read(words) == ()
