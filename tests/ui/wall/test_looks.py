"""Looks: the row before the address, rows closed with the look, and answers that come too late."""

import pytest

from console.ui.wall.looks import Looks, Why

PATROL = Why("V3", "夜间例行巡查")


@pytest.fixture
def looks(hall):
    return Looks(hall.seat)


def opened(looks, qtbot, *cameras):
    looks.open(cameras, PATROL)
    qtbot.waitUntil(lambda: all(looks.get(camera.id) and looks.get(camera.id).view is not None for camera in cameras))


def test_every_look_has_its_row_before_the_pool_hears_the_address(looks, hall, qtbot, monkeypatch):
    rows_when_opened = []
    monkeypatch.setattr(hall.pool, "open", lambda key, address: rows_when_opened.append((key, len(hall.looks()))))
    cameras = hall.cameras()
    opened(looks, qtbot, cameras["C301"], cameras["C302"])
    assert rows_when_opened == [("1", 2), ("2", 2)]
    assert hall.looks() == [(1, "V3", "夜间例行巡查", None, False), (2, "V3", "夜间例行巡查", None, False)]


def test_a_closed_look_closes_its_row(looks, hall, qtbot):
    cameras = hall.cameras()
    opened(looks, qtbot, cameras["C301"], cameras["C302"])
    looks.keep({2})
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [True, False])
    assert looks.cameras == {2}
    assert hall.pool.frame("1") is None


def test_a_look_closed_while_its_row_is_written_is_closed_in_the_register_too(looks, hall, qtbot):
    camera = hall.cameras()["C301"]
    looks.open((camera,), PATROL)
    looks.keep(())
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [True])
    assert looks.get(1) is None


def test_a_camera_closed_and_called_again_at_once_is_open_once(looks, hall, qtbot):
    camera = hall.cameras()["C301"]
    looks.open((camera,), PATROL)
    looks.keep(())
    opened(looks, qtbot, camera)
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [True, False])


def test_a_refusal_is_told_once_and_stands_on_every_tile(looks, hall, qtbot):
    told = []
    looks.refused.connect(told.append)
    cameras = hall.cameras()
    looks.open((cameras["C301"], cameras["C302"]), Why("V3", "短"))
    qtbot.waitUntil(lambda: bool(told))
    assert [error.code for error in told] == ["reason_length"]
    assert looks.get(1).refusal is looks.get(2).refusal is told[0]
    assert hall.looks() == []
    assert looks.health(looks.get(1)) is None


def test_a_camera_without_an_address_is_refused_in_its_tile(looks, hall, qtbot):
    camera = hall.cameras()["C303"]
    opened(looks, qtbot, camera)
    assert looks.get(3).refusal.code == "empty_address"
    assert looks.frame(looks.get(3)) is None


def test_cameras_are_shown_at_their_size_and_hidden_when_they_are_not_seen(looks, hall, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(hall.pool, "show", lambda key, width, height: told.append((key, width, height)))
    monkeypatch.setattr(hall.pool, "hide", lambda key: told.append((key, "hide")))
    cameras = hall.cameras()
    looks.show({1: (320, 180), 2: (320, 180)})
    opened(looks, qtbot, cameras["C301"], cameras["C302"])
    assert told == [("1", 320, 180), ("2", 320, 180)]
    looks.show({1: (320, 180), 2: (240, 135)})
    looks.show({1: (320, 180)})
    assert told[2:] == [("2", 240, 135), ("2", "hide")]


def test_one_large_picture_changes_to_the_high_stream_and_back(looks, hall, qtbot, monkeypatch):
    addresses = []
    monkeypatch.setattr(hall.pool, "open", lambda key, address: addresses.append(address.path))
    looks.show({1: (480, 270), 2: (480, 270)})
    opened(looks, qtbot, hall.cameras()["C301"])
    looks.show({1: (1280, 720)}, {1})
    looks.show({1: (480, 270), 2: (480, 270)})
    assert addresses == ["/C301/sub", "/C301/main", "/C301/sub"]


def test_a_camera_with_one_stream_keeps_it(looks, hall, qtbot, monkeypatch):
    addresses = []
    monkeypatch.setattr(hall.pool, "open", lambda key, address: addresses.append(address.path))
    opened(looks, qtbot, hall.cameras()["C302"])
    looks.show({2: (1280, 720)}, {2})
    assert addresses == ["/C302/sub"]


def test_nothing_of_an_address_is_in_a_look_s_words(looks, hall, qtbot):
    opened(looks, qtbot, hall.cameras()["C301"])
    assert "rtsp" not in repr(looks.get(1))
