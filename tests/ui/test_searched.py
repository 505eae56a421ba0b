"""Where Enter leads: every key that does something is a command, and a hidden panel is brought first."""

import pytest

from console.ui.found import items
from console.ui.searched import deeds
from tests.make import CODES

pytest_plugins = ("tests.ui.stage",)


def test_every_act_with_a_key_is_a_command_but_the_search_itself(stage):
    stage.sit()
    known = {deed.name for deed in deeds(stage.shell)}

    assert set(stage.shell.actions_by_name) - {"search"} <= known
    assert "search" not in known


def test_a_command_that_cannot_be_done_now_is_not_offered(stage):
    stage.sit()
    stage.shell.actions_by_name["larger"].setEnabled(False)

    assert "larger" not in {deed.name for deed in deeds(stage.shell)}


def test_a_typed_position_is_shown_on_the_map(stage):
    hall = stage.sit()
    shown = []
    hall._seat.spotted.connect(shown.append)
    (item, *_) = items(stage.town.ask.search.find(hall._seat.actor, "高德 115.03488943,35.76199555"), (), CODES)
    hall._go_to_found(item)

    assert (shown[0].lon, shown[0].lat) == pytest.approx((115.029, 35.762), abs=1e-7)


def test_the_screen_is_changed_only_when_the_panel_does_not_stand_on_it(stage):
    hall = stage.sit()
    stage.shell.open("Dispatch board")
    before = stage.shell.shows("inbox")
    case_id = stage.town.report("0601").case_id
    (item, *_) = items(stage.town.ask.search.find(hall._seat.actor, "井盖"), (), CODES)
    hall._go_to_found(item)

    assert (before, stage.shell.perspective, hall._seat.case_id) == (False, "Dispatch board", case_id)
