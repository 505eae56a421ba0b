"""With the clock set forward personal rows and files are gone, the report lists hashes, what is held stays, the journal stays whole."""

import hashlib
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.task import Order
from console.net.signing import SealKey
from console.service.applications import Wish
from console.service.cases import Closing
from console.service.endings import Held
from console.service.retention import Holds, Retention
from console.service.sealer import Sealer
from console.service.verify import Verify
from console.store import retention, tables, uploads
from console.store.files import Files
from console.store.uploads import Upload
from tests.retold import check
from tests.service.halls import CodeHall
from tests.store.test_search import is_kept
from tests.waiting import until

PHOTO = b"not a real picture"
NAME = hashlib.sha256(PHOTO).hexdigest()
CATEGORY = "0501"  # P4: finished without a picture
WORDS = "电话 13800000000，住 3 号楼 2 单元 501"


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path / "files")


@pytest.fixture
def job(town, files):
    return Retention(town.desk, files)


def photographed(town, files, name=NAME, content=PHOTO):
    """A picture the grid worker has sent in."""
    files.put(name, content)
    with town.store.write() as unit:
        uploads.remember(unit, Upload(name, town.actor("grid001").user_id, len(content), 1, 1, town.clock.now()))
    return name


def closed(town, **more):
    """A case from its report to its closing."""
    receipt = town.report(CATEGORY, text=WORDS, **more)
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead", WORDS)])
    town.wait(10)
    town.sweep.round()
    task = town.ask.case_desk(town.actor("duty"), receipt.case_id).tasks[0].task
    task = town.answer("d10", task, "sign")
    town.answer("d10", task, "finish", text=WORDS, solved="yes")
    case = town.case(receipt.case_id)
    case = town.cases.check(town.actor("checker"), case.id, case.version, WORDS)
    return town.cases.close(town.actor("leader"), case.id, case.version, Closing("done", WORDS, WORDS))


def rows(town, table, case_id):
    column = table.c.id if table is tables.case else table.c.case_id
    with town.store.read() as unit:
        return [row._mapping for row in unit.rows(select(table).where(column == case_id))]


def test_closing_sets_class_and_day(town):
    case = closed(town)

    assert (case.retention_class, case.delete_after) == ("B", town.clock.now() + timedelta(days=365))


def test_before_its_day_nothing_happens(town, job):
    case = closed(town)
    town.wait(364 * 86_400)

    assert job.round().cases == 0
    assert town.case(case.id).content == WORDS


def test_after_its_day_words_persons_and_files_are_gone(town, files, job):
    photographed(town, files)
    case = closed(town, photos=(NAME,))
    town.wait(366 * 86_400)

    report = job.round()

    (left,) = rows(town, tables.case, case.id)
    for table in (tables.report, tables.reply, tables.remark, tables.attachment):
        assert rows(town, table, case.id) == []
    kept = {"number": case.number, "category": CATEGORY, "grid": case.grid, "reported_at": case.reported_at, "done_close": case.done_close}
    assert {name: left[name] for name in kept} == kept
    assert (left["content"], left["address"], left["lon"], left["reporter_id"], left["close_text"]) == ("", "", None, 0, "")
    assert [task["instruction"] for task in rows(town, tables.task, case.id)] == [""]
    assert WORDS not in repr([rows(town, table, case.id) for table in (tables.case, tables.task)])
    assert (report.cases, report.files) == (1, 1)
    with pytest.raises(Missing):
        files.path(NAME)


def test_words_of_applications_plates_and_meetings_go_too(town, job):
    """What others wrote around a case: the answer to a plate, an application with its decision, the minutes of a meeting."""
    _, tasks = town.worked(CATEGORY)
    case_id = tasks[0].case_id
    town.supervisions.supervise(town.actor("director"), case_id, town.case(case_id).version, "1", WORDS)
    (plate,) = town.ask.case_desk(town.actor("duty"), case_id).supervisions
    town.supervisions.answer(town.actor("d10"), plate.id, plate.version, WORDS)
    town.endings.meet(town.actor("director"), case_id, town.case(case_id).version, Held(town.clock.now(), WORDS, WORDS, (2,), ()))
    town.applications.ask_on_case(town.actor("duty"), case_id, town.case(case_id).version, "ask_void", Wish("2", WORDS))
    (wish,) = town.ask.case_desk(town.actor("duty"), case_id).applications
    town.applications.decide(town.actor("leader"), wish.id, wish.version, grant=True, advice=WORDS)
    assert town.case(case_id).state == "92"
    words = (tables.remark, tables.task, tables.application, tables.supervision, tables.meeting)
    assert all(WORDS in repr(rows(town, table, case_id)) for table in words[2:])
    town.wait(31 * 86_400)

    assert job.round().cases == 1

    assert [WORDS in repr(rows(town, table, case_id)) for table in words] == [False] * 5
    assert [len(rows(town, table, case_id)) for table in words] == [0, 1, 1, 1, 1], "what stays: who asked whom, when, with which end"


def test_the_search_finds_it_by_its_number_alone(town, job):
    case, duty = closed(town), town.actor("duty")
    typed = ("3 号楼", "井盖", "仓颉路", "2 单元 501", "仓颉路小学")
    found = [[hit.id for hit in town.ask.search.find(duty, words).cases] for words in typed]
    assert found == [[case.id], [], [case.id], [case.id], [case.id]], "there is something that can go"
    town.wait(366 * 86_400)

    job.round()

    assert [town.ask.search.find(duty, words).cases for words in typed] == [()] * 5 and not is_kept(town, "仓颉路小学")
    assert [hit.id for hit in town.ask.search.find(duty, case.number[-6:]).cases] == [case.id]


def test_what_is_left_is_called_as_its_own_centre_calls_it(town, job):
    """The job belongs to no centre; the county has another name for the category than the shipped tables."""
    hall = CodeHall(town)
    case = closed(town)
    row = {"zh": "本县叫法", "en": "As the county says", "priority": "P4", "limit": "5WD", "lead": "D10", "co": [], "active": True}
    hall.decided(hall.leader, "categories", CATEGORY, row)
    town.wait(366 * 86_400)

    job.round()

    assert town.case(case.id).title == "本县叫法"
    assert [hit.id for hit in town.ask.search.find(town.actor("duty"), "本县叫法").cases] == [case.id]


def test_the_journal_tells_of_days_and_deletions_whole(town, job):
    """Invariant 5 of the flow: class and day of every case are in its lines, and so is that they were taken away."""
    kept, gone = closed(town), closed(town)
    town.wait(10)
    Holds(town.desk).place(town.actor("director"), kept.id, kept.version, "法院调取，案号 123", town.clock.now() + timedelta(days=400))
    check(town)
    town.wait(366 * 86_400)

    assert job.round().cases == 1

    assert (town.case(gone.id).delete_after, town.case(gone.id).handler_ids) == (None, ())
    check(town)


def test_the_report_lists_the_hash_of_everything_that_went(town, files, job):
    photographed(town, files)
    case = closed(town, photos=(NAME,))
    town.wait(366 * 86_400)

    report = job.round()

    items = Holds(town.desk).items(town.actor("director"), report.id).rows
    # A signature is a reply too; the remark is the checker's note.
    assert sorted(item.kind for item in items) == sorted(["report", "reply", "reply", "remark", "attachment", "file", "case"])
    assert {item.number for item in items} == {case.number}
    assert all(len(item.sha256) == 64 for item in items)
    assert NAME in {item.sha256 for item in items if item.kind == "file"}
    mine = replace(report, rows=5)  # the sixth is the picture's way in, and of no case
    assert Holds(town.desk).nights(town.actor("director")).rows == (mine,)
    with pytest.raises(Denied):
        Holds(town.desk).items(town.actor("duty"), report.id)
    with pytest.raises(Denied):
        Holds(town.desk).nights(town.actor("duty"))


def test_the_journal_stays_whole_and_tells_of_the_deletion(town, files, job):
    case = closed(town)
    sealer = Sealer(town.store, town.clock, lambda: SealKey(b"\1" * 32))
    sealer.round()
    with town.store.read() as unit:
        before = unit.scalar(select(func.count()).select_from(tables.journal))
    town.wait(366 * 86_400)
    job.round()
    sealer.round()

    with town.store.read() as unit:
        j = tables.journal.c
        last = unit.row(select(j.op, j.ref, j.from_state, j.to_state, j.facts).order_by(j.id.desc()))
        after = unit.scalar(select(func.count()).select_from(tables.journal))
    assert (last[0], last[1], last[2], last[3]) == ("anonymise", case.id, "80", "80")
    assert after == before + 1
    assert Verify(town.store).all().is_whole


def test_a_file_another_case_shows_stays(town, files, job):
    photographed(town, files)
    closed(town, photos=(NAME,))
    other = town.report(photos=(NAME,), text="另一件")
    town.wait(366 * 86_400)

    assert job.round().files == 0
    assert files.path(NAME).exists()
    assert len(rows(town, tables.attachment, other.case_id)) == 1


def test_pictures_that_belong_to_nothing_go_after_thirty_days(town, files, job):
    photographed(town, files)
    town.wait(29 * 86_400)
    assert job.round().files == 0
    town.wait(2 * 86_400)

    assert job.round().files == 1


def test_a_held_case_stays_until_the_hold_ends(town, job):
    case = closed(town)
    holds, director = Holds(town.desk), town.actor("director")
    held = holds.place(director, case.id, case.version, "法院调取，案号 123", town.clock.now() + timedelta(days=400))
    assert held.retention_class == "D"
    town.wait(366 * 86_400)
    assert job.round().cases == 0
    assert town.case(case.id).content == WORDS
    town.wait(40 * 86_400)

    assert job.round().cases == 1


def test_a_hold_can_be_lifted_and_says_who_did_both(town, job):
    case = closed(town)
    holds, director = Holds(town.desk), town.actor("director")
    held = holds.place(director, case.id, case.version, "法院调取，案号 123", town.clock.now() + timedelta(days=400))
    free = holds.lift(director, case.id, held.version, "法院已退回案卷")

    (hold,) = holds.of(town.actor("duty"), case.id)
    assert (hold.held_by, hold.lifted_by, hold.reason) == (director.user_id, director.user_id, "法院调取，案号 123")
    assert free.retention_class == "B"
    with pytest.raises(Refused):
        holds.lift(director, case.id, free.version, "法院已退回案卷")
    town.wait(366 * 86_400)
    assert job.round().cases == 1


def test_lifting_keeps_its_reason_beside_the_journal(town, job):
    case = closed(town)
    holds, director = Holds(town.desk), town.actor("director")
    held = holds.place(director, case.id, case.version, "法院调取，案号 123", town.clock.now() + timedelta(days=400))

    with pytest.raises(Invalid):
        holds.lift(director, case.id, held.version, "短")
    holds.lift(director, case.id, held.version, "法院已退回案卷")

    with town.store.read() as unit:
        kept = unit.rows(select(tables.remark.c.text).where(tables.remark.c.action == "unhold"))
        told = unit.scalar(select(tables.journal.c.facts).where(tables.journal.c.op == "unhold"))
    assert [row[0] for row in kept] == ["法院已退回案卷"]
    assert "法院" not in str(told)


def test_holds_in_force_are_those_of_the_area_until_they_end(town):
    case = closed(town)
    holds, director = Holds(town.desk), town.actor("director")
    held = holds.place(director, case.id, case.version, "法院调取，案号 123", town.clock.now() + timedelta(days=10))

    (row,) = holds.in_force(director).rows
    assert (row.number, row.category, row.version, row.holder) == (case.number, CATEGORY, held.version, "主任丁")
    assert row.hold.reason == "法院调取，案号 123"
    assert holds.in_force(replace(town.actor("viewer"), roles=frozenset({"R19"}))).total == 1
    assert holds.in_force(town.actor("stranger")).total == 0
    with pytest.raises(Denied):
        holds.in_force(town.actor("duty"))
    town.wait(11 * 86_400)
    assert holds.in_force(director).total == 0


def test_only_the_director_holds_with_a_reason_and_a_day(town):
    case = closed(town)
    holds, until_then = Holds(town.desk), town.clock.now() + timedelta(days=10)

    with pytest.raises(Denied):
        holds.place(town.actor("duty"), case.id, case.version, "法院调取，案号 123", until_then)
    with pytest.raises(Denied):
        holds.lift(town.actor("duty"), case.id, case.version, "法院已退回案卷")
    why = "法院调取，案号 123"
    for reason, day in (("短", until_then), (why, town.clock.now()), (why, until_then + timedelta(days=1_200))):
        with pytest.raises(Invalid):
            holds.place(town.actor("director"), case.id, case.version, reason, day)
    with pytest.raises(Stale):
        holds.place(town.actor("director"), case.id, 1, "法院调取，案号 123", until_then)


def test_once_a_night_is_enough_for_all_consoles(town, files, job):
    closed(town)
    town.wait(366 * 86_400)

    assert job.round() is not None
    assert Retention(town.desk, files).round() is None
    town.wait(86_400)
    assert Retention(town.desk, files).round().cases == 0


def test_a_job_that_was_interrupted_goes_on(town, files, job, monkeypatch):
    monkeypatch.setattr(retention, "LOT", 1)
    first, second = closed(town), closed(town)
    town.wait(366 * 86_400)
    real, count = job._lot, iter(range(100))

    def lot(*given):
        if next(count) == 4:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(job, "_lot", lot)
    with pytest.raises(KeyboardInterrupt):
        job.round()

    report = Retention(town.desk, files).round()

    assert (report.cases, report.rows) == (2, 8), "of each: one report, the signature and the answer, the checker's note"
    assert [town.case(case.id).content for case in (first, second)] == ["", ""]


def test_lots_are_small(town, files, job, monkeypatch):
    case = closed(town)
    with town.store.write() as unit:
        row = dict(rows(town, tables.reply, case.id)[0])
        del row["id"]
        unit.run(tables.reply.insert(), [row] * 1_000)
    town.wait(366 * 86_400)
    sizes, real = [], retention.take_away
    monkeypatch.setattr(retention, "take_away", lambda *given: sizes.append(real(*given)) or sizes[-1])

    job.round()

    assert max(sizes) <= 500
    assert sum(sizes) == 1_004, "a report, a signature, an answer and a note, and a thousand more"


def test_cases_that_ended_before_there_were_days_get_one(town, job):
    case = closed(town)
    with town.store.write() as unit:
        unit.run(tables.case.update().values(delete_after=None))

    job.round()

    assert town.case(case.id).delete_after == case.done_close + timedelta(days=365)


def test_old_reports_go_after_three_years(town, job):
    closed(town)
    town.wait(366 * 86_400)
    first = job.round()
    town.wait(3 * 365 * 86_400 + 86_400)

    last = job.round()

    assert Holds(town.desk).nights(town.actor("director")).rows == (last,)
    assert Holds(town.desk).items(town.actor("director"), first.id).total == 0


def test_the_thread_does_it_by_itself_and_stops(town, files):
    case = closed(town)
    town.wait(366 * 86_400)
    job = Retention(town.desk, files)
    job.start()
    until(lambda: town.case(case.id).content == "", what="the case is anonymised")
    job.stop()


@pytest.mark.expects_errors("one case that refuses is logged")
def test_a_case_that_refuses_does_not_keep_the_others(town, job, monkeypatch, caplog):
    first, second = closed(town), closed(town)
    town.wait(366 * 86_400)
    real = job._lot

    def lot(act, report, case_id, now):
        if case_id == first.id:
            raise Refused("wrong_state")
        return real(act, report, case_id, now)

    monkeypatch.setattr(job, "_lot", lot)
    with caplog.at_level(logging.ERROR):
        job.round()

    assert town.case(second.id).content == ""
    assert f"case {first.id} cannot be anonymised" in caplog.text
