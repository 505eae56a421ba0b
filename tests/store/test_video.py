"""Camera addresses beside the register, and the ends of looks."""

from datetime import timedelta

from console.domain.camera import VideoAccess
from console.store import tables, video
from tests.make import START


def test_an_address_is_replaced_whole(town):
    with town.store.write() as unit:
        video.set_addresses(unit, {1: ("rtsp://127.0.0.1/new", "")})

    with town.store.read() as unit:
        assert video.addresses(unit, 1) == ("rtsp://127.0.0.1/new", "")
        assert video.addresses(unit, 2) == ("rtsp://127.0.0.1/C302/sub", "")
        assert video.addresses(unit, 99) == ("", "")


def test_a_look_ends_once_and_by_its_own_person(town):
    later = START + timedelta(minutes=1)
    with town.store.write() as unit:
        row = unit.add(tables.video_access, VideoAccess(0, 1, "live", "V3", None, "日常巡查一遍", 1, "值班员甲", 1, "A1", START))
        ends = [video.close(unit, row.id, user_id, later) for user_id in (2, 1, 1)]

    assert ends == [False, True, False]
    with town.store.read() as unit:
        assert unit.get(tables.video_access, VideoAccess, row.id).closed_at == later


def test_a_host_is_known_only_when_an_address_has_it_exactly(town):
    with town.store.write() as unit:
        video.set_addresses(unit, {1: ("rtsp://u:media.example@cam_1.example:554/a", "http://10.1.2.30/x?to=other.example")})
    with town.store.read() as unit:
        known = [host for host in ("cam_1.example", "10.1.2.30", "127.0.0.1") if video.knows_host(unit, host)]
        strange = ("camx1.example", "10.1.2.3", "media.example", "other.example", "example", "", "%")
        assert known == ["cam_1.example", "10.1.2.30", "127.0.0.1"]
        assert not any(video.knows_host(unit, host) for host in strange)
