"""With the clock set forward clips and stills of archived cases vanish, and the night's report lists their hashes (handbook G2)."""

import hashlib
from datetime import timedelta

import pytest

from console.domain.errors import Missing
from console.domain.paging import Turn
from console.service.clip_holds import ClipHolds
from console.service.retention import Holds, Retention
from console.service.stills import Picture, Stills
from tests.retold import check
from tests.service.filming import Filming
from tests.service.test_retention import closed

DAY = 86_400
PICTURE = Picture(b"\xff\xd8\xff" + b"street" * 20, 1280, 748)
DIGEST = hashlib.sha256(PICTURE.content).hexdigest()


@pytest.fixture
def filming(town, tmp_path):
    return Filming(town, tmp_path)


@pytest.fixture
def job(town, filming):
    return Retention(town.desk, filming.files)


def archived(town, filming, monkeypatch):
    """A case with a clip and a still, from its report to the archive."""
    kept = []

    def film(case_id):
        clip = filming.kept(case_id)
        still = Stills(town.desk, filming.files, filming.folder / "exports").keep(
            town.actor("duty"), filming.look(case_id), PICTURE, case_id
        )
        kept.extend((clip, still.still))

    send = town.cases.send
    monkeypatch.setattr(town.cases, "send", lambda actor, case_id, *more: (film(case_id), send(actor, case_id, *more))[1])
    case = closed(town)
    case = town.endings.evaluate(town.actor("duty"), case.id, case.version, "5")
    return case, *kept


def items(town, report):
    return [(item.kind, item.ref, item.sha256) for item in Holds(town.desk).items(town.actor("director"), report.id, Turn()).rows]


def there(filming, clip):
    try:
        return filming.files.path(clip.sha256).exists()
    except Missing:
        return False


def test_thirty_days_after_the_archive_clip_and_still_vanish_and_the_report_lists_their_hashes(town, filming, job, monkeypatch):
    case, clip, still = archived(town, filming, monkeypatch)
    town.wait(30 * DAY - 60)
    job.round()
    assert there(filming, clip)
    town.wait(DAY)
    report = job.round()
    told = items(town, report)
    assert ("clip", clip.id, clip.sha256) in told
    assert ("still", still.id, DIGEST) in told
    assert {sha for kind, _, sha in told if kind == "file"} == {clip.sha256, clip.picture, DIGEST}
    assert report.files == 3
    assert filming.left() == set()
    assert filming.clips.of_case(town.actor("duty"), case.id) == ()
    assert [one for one in town.ask.case_desk(town.actor("duty"), case.id).attachments if one.kind in ("clip", "snapshot")] == []
    assert {entry.op for entry in filming.entries("clip")} == {"clip", "delete"}
    check(town)


def test_a_hold_on_the_clip_keeps_it_past_the_case_s_own_day(town, filming, job, monkeypatch):
    _, clip, _ = archived(town, filming, monkeypatch)
    until = town.clock.now() + timedelta(days=400)
    ClipHolds(town.desk).place(town.actor("director"), clip.id, clip.version, "法院调取，案件审理中", until)
    town.wait(370 * DAY)
    assert job.round().cases == 1
    assert there(filming, clip)
    town.wait(31 * DAY)
    job.round()
    assert not there(filming, clip)


def test_a_hold_on_the_case_keeps_all_of_it(town, filming, job, monkeypatch):
    case, clip, _ = archived(town, filming, monkeypatch)
    until = town.clock.now() + timedelta(days=60)
    Holds(town.desk).place(town.actor("director"), case.id, town.case(case.id).version, "法院调取案卷", until)
    town.wait(40 * DAY)
    job.round()
    assert there(filming, clip)
    town.wait(21 * DAY)
    job.round()
    assert not there(filming, clip)


def test_a_case_that_came_back_keeps_its_clips(town, filming, job, monkeypatch):
    case, clip, _ = archived(town, filming, monkeypatch)
    town.wait(10 * DAY)
    town.endings.reopen(town.actor("leader"), case.id, town.case(case.id).version, "又发现新情况")
    town.wait(60 * DAY)
    job.round()
    assert there(filming, clip)


def test_clips_of_a_merged_case_live_as_long_as_the_case_it_went_into(town, filming, job):
    duty = town.actor("duty")
    case_id, other = town.report().case_id, town.report().case_id
    clip = filming.kept(case_id)
    town.intake.merge(duty, case_id, town.case(case_id).version, other)
    town.wait(60 * DAY)
    job.round()
    assert there(filming, clip)
    town.intake.withdraw(town.actor("grid001"), other, town.case(other).version, "误报")
    town.wait(31 * DAY)
    job.round()
    assert not there(filming, clip)
