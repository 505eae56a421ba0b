"""Looking is an act: no address without its row, and the row says who, why, which case and from when to when."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from console.domain.camera import VideoAccess, VideoBatch
from console.domain.errors import Invalid, Missing
from console.store import tables

REASON = "查看井盖现场"  # six characters


def rows(town) -> tuple[VideoAccess, ...]:
    with town.store.read() as unit:
        return unit.records(VideoAccess, unit.rows(select(tables.video_access).order_by(tables.video_access.c.id)))


def test_a_look_leaves_its_row_before_it_gives_the_address(town):
    case_id = town.report().case_id
    duty = town.actor("duty")
    views = town.video.open_live(duty, (2, 1), "V1", f"  {REASON} ", case_id)

    assert [(view.camera.code, view.sub_address) for view in views] == [
        ("C302", "rtsp://127.0.0.1/C302/sub"), ("C301", "rtsp://127.0.0.1/C301/sub"),
    ]  # fmt: skip
    first = rows(town)[0]
    assert first == VideoAccess(views[0].access_id, 2, "live", "V1", case_id, REASON, 1, "值班员甲", 1, "A1", town.clock.now())
    with town.store.read() as unit:
        j = tables.journal.c
        entries = unit.rows(select(j.op, j.ref, j.facts).where(j.kind == "video").order_by(j.id))
    assert entries == [("look", 1, {"camera": 2, "purpose": "V1", "case": case_id}), ("look", 2, {"camera": 1, "purpose": "V1",
                                                                                              "case": case_id})]  # fmt: skip


def test_an_address_is_in_no_words_of_a_look(town):
    view = town.video.open_live(town.actor("duty"), (1,), "V3", REASON)[0]

    assert "rtsp" not in repr(view)
    assert "rtsp" not in str(view)


@pytest.mark.parametrize(
    ("purpose", "reason", "case", "field", "code"),
    [
        ("V9", REASON, None, "purpose", "unknown_code"),
        ("", REASON, None, "purpose", "unknown_code"),
        ("V6", REASON, None, "purpose", "residents_see_recordings"),
        ("V3", "五个字吧了"[:5], None, "reason", "reason_length"),
        ("V3", "  短  ", None, "reason", "reason_length"),
        ("V3", "字" * 201, None, "reason", "reason_length"),
        ("V1", REASON, None, "case", "purpose_needs_case"),
        ("V3", REASON + "\x00", None, "reason", "bad_characters"),
    ],
)
def test_a_look_without_a_reason_is_refused_and_leaves_nothing(sqlite_town, purpose, reason, case, field, code):
    with pytest.raises(Invalid) as refused:
        sqlite_town.video.open_live(sqlite_town.actor("duty"), (1,), purpose, reason, case)

    assert (refused.value.field, refused.value.code) == (field, code)
    assert rows(sqlite_town) == ()


@pytest.mark.parametrize("login", ["d10", "grid001", "stranger", "checker", "viewer"])
def test_who_may_not_look_finds_no_camera(sqlite_town, login):
    with pytest.raises(Missing):
        sqlite_town.video.open_live(sqlite_town.actor(login), (1,), "V3", REASON)


def test_one_camera_that_is_not_there_opens_none(town):
    with pytest.raises(Missing):
        town.video.open_live(town.actor("duty"), (1, 99), "V3", REASON)

    assert rows(town) == ()


def test_a_look_for_a_case_the_actor_may_not_know_of_is_missing(town):
    case_id = town.report().case_id
    with town.store.write() as unit:
        unit.run(update(tables.case).values(shield="检举"))

    with pytest.raises(Missing):
        town.video.open_live(town.actor("duty"), (1,), "V1", REASON, case_id)


def test_the_end_of_a_look_is_noted_once(town):
    duty = town.actor("duty")
    view = town.video.open_live(duty, (1,), "V3", REASON)[0]
    town.wait(60)
    town.video.close_live(duty, (view.access_id, view.access_id, 99))
    town.wait(60)
    town.video.close_live(duty, (view.access_id,))
    town.video.close_live(duty, ())

    assert [row.closed_at - row.opened_at for row in rows(town)] == [timedelta(seconds=60)]
    with town.store.read() as unit:
        j = tables.journal.c
        assert unit.rows(select(j.op, j.version).where(j.kind == "video").order_by(j.id)) == [("look", 1), ("look_away", 2)]


def test_cameras_kept_ready_have_one_row_together_and_no_look(town):
    duty = town.actor("duty")
    warm = town.video.open_warm(duty, (2, 1), "V3", REASON)
    assert [(view.access_id, view.camera.code, view.sub_address) for view in warm.views] == [
        (0, "C302", "rtsp://127.0.0.1/C302/sub"), (0, "C301", "rtsp://127.0.0.1/C301/sub"),
    ]  # fmt: skip
    assert rows(town) == ()
    town.wait(30)
    town.video.close_warm(duty, warm.batch_id)
    town.video.close_warm(duty, warm.batch_id)
    with town.store.read() as unit:
        batch = unit.get(tables.video_batch, VideoBatch, warm.batch_id)
        j = tables.journal.c
        told = unit.rows(select(j.op, j.ref, j.version).where(j.kind == "video_batch").order_by(j.id))
    assert (batch.cameras, batch.purpose, batch.reason, batch.user_id) == ((2, 1), "V3", REASON, 1)
    assert batch.closed_at - batch.opened_at == timedelta(seconds=30)
    assert [tuple(row) for row in told] == [("keep_ready", warm.batch_id, 1), ("let_go", warm.batch_id, 2)]


def test_nothing_is_kept_ready_without_a_reason_or_outside_the_area(town):
    with pytest.raises(Invalid):
        town.video.open_warm(town.actor("duty"), (1,), "V3", "短")
    with pytest.raises(Missing):
        town.video.open_warm(town.actor("stranger"), (1,), "V3", REASON)


def test_a_host_of_any_camera_is_known_for_those_that_send_us_on(town):
    assert town.video.knows_host("127.0.0.1")
    assert not town.video.knows_host("elsewhere.example")
