"""Many cameras written at once: new ones, changed ones, their sources and addresses; the same on both engines."""

from dataclasses import replace

from sqlalchemy import select

from console.domain.camera import Camera
from console.domain.people import Actor
from console.store import register, tables, video
from console.store.register import Source
from console.store.scope import Scope
from tests.make import CAMERAS, START

ADMIN = Actor(20, "", 1, 2, "/1/2/", frozenset({"R22"}))
FRESH = Camera(0, "C9", "", "新装'“\\n”\t", "dome", 115.2, 36.1, 0.0, 60.0, "410923102204", "", 5)
SOURCE = Source(0, "trial", "a", True, {"ptz_type": "1", "中": [1]}, None, START)


def test_new_and_changed_cameras_are_written_together(town):
    changed = replace(CAMERAS[0], name="改名", lon=115.3, centre_id=5, clock_offset_s=-75.5)
    with town.store.write() as unit:
        ids = register.write(
            unit, [FRESH, changed, replace(FRESH, code="C10")], [SOURCE, replace(SOURCE, ref="b"), replace(SOURCE, ref="c", attributes={})],
            [("rtsp://h/s", "rtsp://h/m"), ("", ""), ("rtsp://h/2", "")],
        )  # fmt: skip

    assert ids == (3, 1, 4)
    with town.store.read() as unit:
        known = register.known(unit, Scope(ADMIN), "trial")
        assert [video.addresses(unit, number) for number in ids] == [
            ("rtsp://h/s", "rtsp://h/m"), ("rtsp://127.0.0.1/C301/sub", "rtsp://127.0.0.1/C301/main"), ("rtsp://h/2", ""),
        ]  # fmt: skip
        assert register.source_of(unit, 3) == replace(SOURCE, camera_id=3)
        assert register.source_of(unit, 2) is None
    assert (known.by_id[3], known.by_id[1]) == (replace(FRESH, id=3), changed)
    assert (known.by_ref, known.inside) == ({"a": 3, "b": 1, "c": 4}, frozenset({1, 2, 3, 4}))


def test_a_camera_of_another_area_is_known_but_not_inside(town):
    with town.store.write() as unit:
        register.write(unit, [replace(FRESH, centre_id=3)], [SOURCE], [("", "")])
    with town.store.read() as unit:
        known = register.known(unit, Scope(ADMIN), "other")

    assert (set(known.by_id), known.inside, known.by_ref) == ({1, 2, 3}, frozenset({1, 2}), {})


def test_states_are_noted_and_only_a_change_counts(town):
    with town.store.write() as unit:
        register.write(unit, [FRESH, CAMERAS[0]], [replace(SOURCE, seen_at=None), replace(SOURCE, ref="b")], [("", ""), ("", "")])
    for states, changed in (({"a": True, "b": False, "z": True}, 2), ({"a": True}, 0), ({"a": False}, 1)):
        with town.store.write() as unit:
            assert register.see(unit, "trial", states, START) == changed
    with town.store.read() as unit:
        s = tables.camera_source.c
        rows = [tuple(row) for row in unit.rows(select(s.ref, s.is_online, s.seen_at).order_by(s.ref))]
    assert rows == [("a", False, START), ("b", False, START)]


def test_the_stamp_changes_with_the_register(town):
    with town.store.write() as unit:
        before = register.stamp(unit)
        register.write(unit, [FRESH], [SOURCE], [("", "")])
        assert register.stamp(unit) != before
