"""A list leaves the hall masked, or plain with R17's leave; each time its record says why, for whom, how much (G5, G17)."""

import csv
import hashlib
import io
import stat
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale, Unavailable
from console.service.exports import HEAD, Exports
from console.store import tables

WHY, WHOM = "月度调度会材料", "县委政法委"
ADDRESS, TEXT = "仓颉路86号院3号楼2单元501", "=井盖缺失，联系 13800000099"


@pytest.fixture
def exports(town, tmp_path):
    return Exports(town.desk, tmp_path / "exports")


def read(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def granted(town, exports):
    asked = exports.ask(town.actor("duty"), WHY)
    return exports.grant(town.actor("director"), asked.id, asked.version)


def test_without_leave_everything_personal_is_masked(town, exports):
    town.report(address=ADDRESS, text=TEXT)

    record, path = exports.queue(town.actor("duty"), WHY, WHOM)

    (row,) = read(path)
    assert tuple(row) == HEAD
    assert (row["反映人"], row["电话"], row["地址"]) == ("网***", "138****0009", "仓颉路86号院3号楼***")
    assert row["内容"] == "'=井盖缺失，联系 138****0099"
    assert row["上报时间"] == "2026-11-23 10:00:00"
    assert record.masked


def test_the_record_says_why_for_whom_and_what(town, exports):
    town.report()

    record, path = exports.queue(town.actor("duty"), WHY, WHOM)

    (kept,) = exports.records(town.actor("director")).rows
    assert kept == record
    assert (kept.purpose, kept.receiver, kept.rows, kept.user_name, kept.at) == (WHY, WHOM, 1, "值班员甲", town.clock.now())
    assert kept.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with town.store.read() as unit:
        j = tables.journal.c
        line = unit.row(select(j.op, j.kind, j.ref, j.facts).order_by(j.id.desc()))
    assert (line[0], line[1], line[2]) == ("export", "export", record.id)
    assert line[3] == {"kind": "queue", "rows": 1, "masked": True, "sha256": kept.sha256, "approval": None}
    with pytest.raises(Denied):
        exports.records(town.actor("duty"))


def test_with_leave_it_is_plain_once(town, exports):
    town.report(address=ADDRESS, text=TEXT)
    leave = granted(town, exports)
    assert exports.leave(town.actor("duty")) == leave

    record, path = exports.queue_plain(town.actor("duty"), WHY, WHOM, leave.id)

    (row,) = read(path)
    assert (row["反映人"], row["电话"], row["地址"]) == ("网格员壬", "13800000009", ADDRESS)
    assert row["内容"] == "'" + TEXT
    assert (record.masked, record.approval_id) == (False, leave.id)
    assert exports.leave(town.actor("duty")) is None
    with pytest.raises(Denied):
        exports.queue_plain(town.actor("duty"), WHY, WHOM, leave.id)


def test_who_asked_for_protection_is_in_no_export(town, exports):
    town.report(protected=True)
    leave = granted(town, exports)

    _, path = exports.queue_plain(town.actor("duty"), WHY, WHOM, leave.id)

    assert (read(path)[0]["反映人"], read(path)[0]["电话"]) == ("", "")


def test_a_leave_ends_after_a_day_and_belongs_to_who_asked(town, exports):
    leave = granted(town, exports)
    with pytest.raises(Denied):
        exports.queue_plain(town.actor("leader"), WHY, WHOM, leave.id)
    town.wait(timedelta(hours=24, seconds=1).total_seconds())

    assert exports.leave(town.actor("duty")) is None
    with pytest.raises(Denied):
        exports.queue_plain(town.actor("duty"), WHY, WHOM, leave.id)
    with pytest.raises(Missing):
        exports.queue_plain(town.actor("duty"), WHY, WHOM, 999)


def test_the_director_of_the_own_area_decides_and_nobody_on_a_request_of_their_own(town, exports):
    asked = exports.ask(town.actor("duty"), WHY)
    own = exports.ask(town.actor("director"), WHY)

    assert exports.waiting(town.actor("director")) == (asked,)
    assert exports.waiting(town.actor("duty")) == ()
    assert exports.waiting(town.actor("stranger")) == ()
    for login, wanted, refusal in (("leader", asked, Denied), ("director", own, Denied), ("stranger", asked, Missing)):
        with pytest.raises(refusal):
            exports.grant(town.actor(login), wanted.id, wanted.version)
    with pytest.raises(Stale):
        exports.grant(town.actor("director"), asked.id, 7)
    with pytest.raises(Missing):
        exports.grant(town.actor("director"), 999, 1)


def test_a_refused_request_gives_no_leave_and_is_decided_once(town, exports):
    asked = exports.ask(town.actor("duty"), WHY)

    refused = exports.refuse(town.actor("director"), asked.id, asked.version)

    assert (refused.state, refused.valid_until) == ("refused", None)
    assert exports.leave(town.actor("duty")) is None
    with pytest.raises(Refused):
        exports.grant(town.actor("director"), asked.id, refused.version)
    for version in (refused.version, 7):  # of another county not even that it was decided is told
        with pytest.raises(Missing):
            exports.grant(town.actor("stranger"), asked.id, version)


@pytest.mark.parametrize(
    ("purpose", "receiver"), [("", WHOM), ("短", WHOM), ("长" * 201, WHOM), (WHY, " "), (WHY, "长" * 81), (WHY, "\x00")]
)
def test_purpose_and_receiver_must_be_said(town, exports, tmp_path, purpose, receiver):
    with pytest.raises(Invalid):
        exports.queue(town.actor("duty"), purpose, receiver)

    assert not (tmp_path / "exports").exists()
    assert exports.records(town.actor("director")).total == 0


@pytest.mark.parametrize("login", ["viewer", "checker", "d10", "grid001"])
def test_who_has_no_business_with_it_exports_nothing(town, exports, login):
    with pytest.raises(Denied):
        exports.queue(town.actor(login), WHY, WHOM)
    with pytest.raises(Denied):
        exports.ask(town.actor(login), WHY)


def test_only_the_own_area_is_in_it(town, exports):
    town.report()

    record, path = exports.queue(town.actor("stranger"), WHY, WHOM)

    assert (record.rows, read(path)) == (0, [])


def test_a_folder_that_cannot_be_written_is_said(town, tmp_path):
    (tmp_path / "exports").write_text("in the way")

    with pytest.raises(Unavailable):
        Exports(town.desk, tmp_path / "exports").queue(town.actor("duty"), WHY, WHOM)


def test_requests_that_wait_are_read_by_who_audits_and_name_who_asks(town, exports):
    asked = exports.ask(town.actor("duty"), WHY)
    auditor = replace(town.actor("viewer"), roles=frozenset({"R19"}))

    (row,) = exports.requests(auditor).rows
    assert (row.approval, row.asker) == (asked, "值班员甲")
    assert exports.requests(town.actor("stranger")).total == 0
    with pytest.raises(Denied):
        exports.requests(town.actor("duty"))
    with pytest.raises(Denied):
        exports.grant(auditor, asked.id, asked.version)


def test_the_log_shows_a_centre_what_its_own_people_took_out(town, exports):
    exports.queue(town.actor("duty"), WHY, WHOM)
    assert exports.records(town.actor("director")).total == 1
    assert exports.records(town.actor("city")).total == 1
    assert exports.records(town.actor("stranger")).total == 0


@pytest.mark.parametrize(("content", "ending"), [(b"\x89PNG\r\n\x1a\n...", "png"), (b"%PDF-1.4 ...", "pdf")])
def test_a_sheet_of_the_map_has_its_record_before_it_lies_there(town, exports, content, ending):
    record, path = exports.map_sheet(town.actor("viewer"), content, "把地图存成文件", 12)
    assert (path.suffix, path.read_bytes()) == (f".{ending}", content)
    assert (record.kind, record.rows, record.masked, record.receiver) == ("map", 12, True, town.actor("viewer").name)
    assert record.sha256 == hashlib.sha256(content).hexdigest()


def test_what_is_no_sheet_is_refused(town, exports):
    for content in (b"", b"<svg/>", b"GIF89a"):
        with pytest.raises(Invalid):
            exports.map_sheet(town.actor("duty"), content, "把地图存成文件", 0)
