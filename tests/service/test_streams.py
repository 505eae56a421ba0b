"""Addresses that exist only when somebody looks: given by the plugin, to who has the row, checked before any player sees them."""

from dataclasses import replace

import pytest

from console.domain.errors import Missing, Refused, Unavailable
from console.service.streams import Streams
from console.store import tables
from tests.service.turning import turning

REASON = "日常巡查一遍"


@pytest.fixture
def hall(town, tmp_path):
    with turning(town, tmp_path) as (plugins, _):
        with town.store.write() as unit:
            unit.run(tables.camera_address.delete())
        yield town, Streams(town.desk, plugins)


def looked(town, camera_id):
    return town.video.open_live(town.actor("duty"), (camera_id,), "V3", REASON)[0]


def test_a_look_gets_its_address_from_the_plugin(hall):
    town, streams = hall
    duty, view = town.actor("duty"), looked(town, 1)
    assert (view.sub_address, streams.is_lazy(duty, 1), streams.is_lazy(duty, 2)) == ("", True, False)

    found = streams.stream_address(duty, view)

    assert (found.access_id, found.sub_address, found.main_address) == (view.access_id, "http://127.0.0.1/a.ts", "")
    assert "http" not in repr(found)


def test_an_address_the_register_has_is_asked_of_nobody(hall):
    town, streams = hall
    known = replace(looked(town, 1), sub_address="rtsp://h/s")
    assert streams.stream_address(town.actor("duty"), known) is known


def test_without_an_open_look_there_is_no_address(hall):
    town, streams = hall
    duty, view = town.actor("duty"), looked(town, 1)
    with pytest.raises(Missing):
        streams.stream_address(town.actor("stranger"), view)
    for actor, look in ((town.actor("leader"), view), (duty, replace(view, camera=looked(town, 4).camera))):
        with pytest.raises(Refused) as refused:
            streams.stream_address(actor, look)
        assert refused.value.code == "look_over"
    town.video.close_live(duty, (view.access_id,))
    with pytest.raises(Refused):
        streams.stream_address(duty, view)
    assert not streams.is_lazy(town.actor("stranger"), 1)


def test_what_no_player_may_see_and_what_nobody_knows_is_no_address(hall):
    town, streams = hall
    for camera_id in (2, 4):
        with pytest.raises(Unavailable) as refused:
            streams.stream_address(town.actor("duty"), looked(town, camera_id))
        assert refused.value.code == "no_live_address"
