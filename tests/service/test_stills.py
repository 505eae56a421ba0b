"""Pictures of cameras: into the case or into a file, never without an open look of one's own."""

import hashlib

import pytest
from sqlalchemy import select, update

from console.domain.attachment import Attachment
from console.domain.camera import Still, VideoAccess
from console.domain.errors import Invalid, Missing
from console.service.stills import Picture, Stills
from console.store import tables
from console.store.files import Files

REASON = "查看井盖现场"
PICTURE = Picture(b"\xff\xd8\xff" + b"street" * 20, 1280, 748)
DIGEST = hashlib.sha256(PICTURE.content).hexdigest()


@pytest.fixture
def stills(town, tmp_path):
    return Stills(town.desk, Files(tmp_path / "files"), tmp_path / "exports")


def look(town, login="duty", purpose="V3", case_id=None):
    return town.video.open_live(town.actor(login), (1,), purpose, REASON, case_id)[0].access_id


def accesses(town):
    with town.store.read() as unit:
        return unit.records(VideoAccess, unit.rows(select(tables.video_access).order_by(tables.video_access.c.id)))


def test_a_picture_goes_into_the_case_with_hash_camera_time_operator_and_purpose(stills, town, tmp_path):
    duty, case_id = town.actor("duty"), town.report().case_id
    kept = stills.keep(duty, look(town), PICTURE, case_id)
    row = accesses(town)[-1]
    told = (row.kind, row.camera_id, row.purpose, row.reason, row.case_id, row.user_name)
    assert told == ("snapshot", 1, "V3", REASON, case_id, "值班员甲")
    assert row.opened_at == row.closed_at == town.clock.now()
    size = (len(PICTURE.content), 1280, 748)
    assert kept.still == Still(kept.still.id, row.id, 1, kept.still.attachment_id, "", DIGEST, *size, town.clock.now())
    assert kept.case_number == town.case(case_id).number
    with town.store.read() as unit:
        attached = unit.get(tables.attachment, Attachment, kept.still.attachment_id)
    assert (attached.owner_kind, attached.case_id, attached.kind, attached.sha256) == ("case", case_id, "snapshot", DIGEST)
    assert (tmp_path / "files" / DIGEST[:2] / DIGEST).read_bytes() == PICTURE.content
    assert DIGEST in [one.sha256 for one in town.ask.case_desk(duty, case_id).attachments]


def test_without_a_case_it_is_a_file_for_its_owner_s_eyes_and_stands_in_the_register_of_exports(stills, town, tmp_path):
    kept = stills.keep(town.actor("duty"), look(town), PICTURE, None)
    assert kept.path.parent == tmp_path / "exports"
    assert kept.path.name == f"C301-20261123-100000-{kept.still.access_id}.jpg"
    assert kept.path.read_bytes() == PICTURE.content
    assert kept.path.stat().st_mode & 0o777 == 0o600
    with town.store.read() as unit:
        x = tables.export_log.c
        exported = unit.rows(select(x.kind, x.purpose, x.sha256, x.user_name))
    assert [tuple(row) for row in exported] == [("snapshot", REASON, DIGEST, "值班员甲")]


def test_the_journal_tells_of_it_without_words(stills, town):
    kept = stills.keep(town.actor("duty"), look(town), PICTURE, None)
    j = tables.journal.c
    with town.store.read() as unit:
        rows = unit.rows(select(j.op, j.ref, j.facts).where(j.kind == "still"))
    facts = {"camera": 1, "purpose": "V3", "case": None, "sha256": DIGEST, "access": kept.still.access_id}
    assert [tuple(row) for row in rows] == [("snapshot", kept.still.id, facts)]


def test_who_does_not_look_takes_no_picture(stills, town, tmp_path):
    duty = town.actor("duty")
    theirs, ended = look(town, "leader"), look(town)
    town.video.close_live(duty, (ended,))
    for access_id in (theirs, ended, 999):
        with pytest.raises(Missing):
            stills.keep(duty, access_id, PICTURE, None)
    assert not (tmp_path / "exports").exists()
    assert {row.kind for row in accesses(town)} == {"live"}


def test_a_case_one_may_not_know_of_takes_none(stills, town):
    with pytest.raises(Missing):
        stills.keep(town.actor("duty"), look(town), PICTURE, 777)
    assert [row.kind for row in accesses(town)] == ["live"]


def test_what_is_no_picture_is_not_kept(stills, town):
    with pytest.raises(Invalid):
        stills.keep(town.actor("duty"), look(town), Picture(b"MZ", 1, 1), None)


def test_a_picture_of_a_recording_is_kept_through_its_open_playback(stills, town):
    access_id = look(town)
    with town.store.write() as unit:
        unit.run(update(tables.video_access).values(kind="playback"))
    kept = stills.keep(town.actor("duty"), access_id, PICTURE, town.report().case_id)
    assert [row.kind for row in accesses(town)] == ["playback", "snapshot"]
    assert kept.still.camera_id == 1
