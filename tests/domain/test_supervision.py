"""Plates: who may hang up which, who answers, which is heavier."""

from dataclasses import replace

import pytest

from console.domain.errors import Denied, Refused
from console.domain.supervision import SUPERVISION_FLOW, Supervision, heavier, plate_allowed
from tests.domain.test_flow import AT, an_actor

PLATE = Supervision(1, 1, "2", "1", 4, 2, 2, "", AT, False, "open", AT)


@pytest.mark.parametrize(("level", "role", "plates"), [(4, "R17", "1"), (3, "R17", "12"), (2, "R17", "123"), (5, "R17", ""),
                                                       (4, "R18", "123"), (3, "SYSTEM", "123")])  # fmt: skip
def test_towns_hang_up_yellow_counties_red_and_the_city_all(level, role, plates):
    assert "".join(plate for plate in "123" if plate_allowed(plate, level, an_actor(frozenset({role})))) == plates


@pytest.mark.parametrize("role", ["R08", "R09", "R10", "R16"])
def test_the_unit_that_was_pressed_answers_in_writing(role):
    actor = an_actor(frozenset({role}))

    assert SUPERVISION_FLOW.step(PLATE, actor, "answer", {"text": "已派人"}).target == "answered"
    with pytest.raises(Refused):
        SUPERVISION_FLOW.step(PLATE, actor, "answer", {"text": " "})
    with pytest.raises(Denied):
        SUPERVISION_FLOW.step(replace(PLATE, to_org=3), actor, "answer", {"text": "已派人"})
    with pytest.raises(Denied):
        SUPERVISION_FLOW.step(replace(PLATE, by_user=50), actor, "answer", {"text": "已派人"})
    with pytest.raises(Refused):
        SUPERVISION_FLOW.step(replace(PLATE, state="answered"), actor, "answer", {"text": "已派人"})


def test_where_no_unit_leads_the_owner_centre_answers():
    to_hall = replace(PLATE, to_org=None)

    assert SUPERVISION_FLOW.verbs(to_hall, an_actor(frozenset({"R16"})))
    assert not SUPERVISION_FLOW.verbs(replace(to_hall, to_centre=3), an_actor(frozenset({"R16"})))


def test_the_heaviest_plate_stays():
    assert [heavier("", "1"), heavier("2", "1"), heavier("1", "3"), heavier("", "")] == ["1", "2", "3", ""]
