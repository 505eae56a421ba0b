"""Intake: what can be understood is taken and flagged, what cannot be read names its field, nothing is taken twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from console.domain.errors import Denied, Invalid, KeyReused
from console.domain.people import Actor
from console.domain.report import Draft, Receipt, Report
from console.service.reports import Post
from console.store import tables, uploads
from console.store.uploads import Upload
from tests.make import START, VILLAGE, Town

FIRST, SECOND = f"{VILLAGE}001", f"{VILLAGE}002"
PHOTO = "ab" * 32


def stored(town: Town, report_id: int) -> Report:
    with town.store.read() as unit:
        report = unit.get(tables.report, Report, report_id)
    assert report is not None
    return report


def count(town: Town, table) -> int:
    with town.store.read() as unit:
        return int(str(unit.scalar(select(func.count()).select_from(table))))


def keep_photo(town: Town, login: str, sha256: str = PHOTO) -> None:
    with town.store.write() as unit:
        uploads.remember(unit, Upload(sha256, town.actor(login).user_id, 10, 4, 3, town.clock.now()))


def test_a_report_becomes_a_case_in_its_county_with_its_first_limit(town):
    receipt = town.report("0601")

    case = town.case(receipt.case_id)
    assert receipt.number == case.number == "SJ410923-20261123-000001"
    assert (case.state, case.category, case.priority, case.owner_centre) == ("10", "0601", "P1", 2)
    assert (case.grid, case.division) == (FIRST, VILLAGE)
    assert case.due_accept == START + timedelta(minutes=2)
    assert (case.title, case.content) == ("井盖缺失/破损", "井盖缺失，已围挡")
    assert receipt.flags == case.flags == ()


def test_a_report_leaves_two_lines_in_the_journal(town):
    receipt = town.report()

    with town.store.read() as unit:
        j = tables.journal.c
        rows = unit.rows(select(j.op, j.kind, j.ref, j.from_state, j.to_state, j.version, j.actor).order_by(j.id))
    assert rows == [("submit", "case", receipt.case_id, "00", "10", 1, 9), ("receive", "report", receipt.report_id, "", "received", 1, 9)]


def test_the_same_report_twice_is_one_and_gets_the_same_receipt(town):
    draft = town.draft()
    first = town.reports.receive(town.actor("grid001"), draft)
    second = town.reports.receive(town.actor("grid001"), draft)

    assert first == second
    assert (count(town, tables.case), count(town, tables.report)) == (1, 1)


def test_a_key_is_one_key_however_it_is_spelt(sqlite_town):
    town = sqlite_town
    draft = town.draft()
    spellings = [draft.key, draft.key.upper(), draft.key.replace("-", ""), f"{{{draft.key}}}", f"urn:uuid:{draft.key}"]

    receipts = {town.reports.receive(town.actor("grid001"), replace(draft, key=key)) for key in spellings}

    assert len(receipts) == 1
    assert stored(town, receipts.pop().report_id).key == draft.key


def test_the_same_key_with_another_body_is_refused(town):
    draft = town.draft()
    town.reports.receive(town.actor("grid001"), draft)

    with pytest.raises(KeyReused):
        town.reports.receive(town.actor("grid001"), replace(draft, text="井盖又丢了"))

    assert count(town, tables.report) == 1


def test_two_senders_may_have_the_same_key(sqlite_town):
    town = sqlite_town
    draft = town.draft()

    first = town.reports.receive(town.actor("grid001"), draft)
    second = town.reports.receive(town.actor("grid002"), draft)

    assert first.case_id != second.case_id


def test_the_same_report_from_many_connections_at_once_is_one(town):
    draft = town.draft()

    with ThreadPoolExecutor(8) as pool:
        receipts = set(pool.map(lambda _: town.reports.receive(town.actor("grid001"), draft), range(8)))

    assert len(receipts) == 1
    assert (count(town, tables.case), count(town, tables.report), count(town, tables.seen)) == (1, 1, 1)


def test_many_reports_at_once_are_all_there_with_numbers_of_their_own(town):
    drafts = [town.draft() for _ in range(60)]

    with ThreadPoolExecutor(12) as pool:
        receipts = list(pool.map(lambda draft: town.reports.receive(town.actor("grid001"), draft), drafts))

    assert len({receipt.number for receipt in receipts}) == 60
    with town.store.read() as unit:
        assert {row[0] for row in unit.rows(select(tables.report.c.key))} == {draft.key for draft in drafts}


def test_a_lot_of_reports_is_answered_one_by_one(town):
    one, two = town.actor("grid001"), town.actor("grid002")
    known, good, other = town.draft(), town.draft("0602"), town.draft()
    before = town.reports.receive(one, known)

    answers = town.reports.receive_all([
        Post(one, known), Post(one, replace(known, text="井盖又丢了")), Post(one, replace(good, key="x")), Post(one, good),
        Post(town.actor("d10"), other), Post(one, replace(town.draft(), photos=(PHOTO,))), Post(two, good),
    ])  # fmt: skip

    assert answers[0] == before
    assert [type(answer) for answer in answers] == [Receipt, KeyReused, Invalid, Receipt, Denied, Invalid, Receipt]
    assert (count(town, tables.case), count(town, tables.report), count(town, tables.seen)) == (3, 3, 3)
    mine, theirs = town.case(answers[3].case_id), stored(town, answers[6].report_id)
    assert (mine.category, mine.number, mine.reporter_id) == ("0602", answers[3].number, one.user_id)
    assert (theirs.reporter_id, theirs.case_id) == (two.user_id, answers[6].case_id)


def test_a_key_that_comes_twice_in_a_lot_is_taken_in_once(town):
    worker, draft = town.actor("grid001"), town.draft()

    first, other, again = town.reports.receive_all([Post(worker, draft), Post(worker, replace(draft, text="另一处")), Post(worker, draft)])

    assert first == again
    assert isinstance(other, KeyReused)
    assert (count(town, tables.case), count(town, tables.report)) == (1, 1)


def test_a_lot_tells_the_journal_who_brought_what(town):
    posts = [Post(town.actor(login), town.draft()) for login in ("grid001", "grid002")]

    receipts = town.reports.receive_all(posts)

    with town.store.read() as unit:
        j = tables.journal.c
        rows = unit.rows(select(j.actor, j.op, j.ref).order_by(j.id))
    assert sorted(rows) == sorted(
        (post.actor.user_id, op, ref)
        for post, receipt in zip(posts, receipts, strict=True)
        for op, ref in (("submit", receipt.case_id), ("receive", receipt.report_id))
    )


def test_pictures_of_a_lot_go_to_their_own_cases(town):
    keep_photo(town, "grid001")
    keep_photo(town, "grid002", "cd" * 32)

    brought = (("grid001", PHOTO), ("grid002", "cd" * 32))
    posts = [Post(town.actor(login), replace(town.draft(), photos=(photo,))) for login, photo in brought]
    first, second = town.reports.receive_all(posts)

    with town.store.read() as unit:
        a = tables.attachment.c
        assert sorted(unit.rows(select(a.case_id, a.owner_id, a.sha256))) == [
            (first.case_id, first.report_id, PHOTO), (second.case_id, second.report_id, "cd" * 32),
        ]  # fmt: skip


def test_the_id_of_a_draft_thrown_away_is_not_given_again(town):
    worker = town.actor("grid001")
    thrown = town.reports.keep(worker, town.draft())
    town.reports.delete(worker, thrown.id, 1)

    assert town.reports.receive(worker, town.draft()).case_id > thrown.id


def test_numbers_begin_anew_each_day_of_the_county(sqlite_town):
    town = sqlite_town
    first = town.report().number
    town.clock.at = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in China
    second = town.report().number
    town.clock.at += timedelta(seconds=1)

    assert [first, second, town.report().number] == [
        "SJ410923-20261123-000001", "SJ410923-20261123-000002", "SJ410923-20261124-000001",
    ]  # fmt: skip


BEIJING = {"lon": 116.39, "lat": 39.91}
FIELDS_NEARBY = {"lon": 115.26, "lat": 36.15}  # in the city's box, in no grid


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ({}, ()),
        ({"lon": None, "lat": None, "datum": ""}, ("no_position",)),
        (BEIJING, ("outside_city", "outside_grid")),
        (FIELDS_NEARBY, ("outside_grid",)),
        ({"lon": 115.215}, ("outside_grid",)),  # the neighbour's grid
        ({"grid": "410923102204777"}, ("outside_grid",)),
        ({"category": "8888"}, ("unknown_category",)),
        ({"device_at": START + timedelta(minutes=2)}, ()),
        ({"device_at": START + timedelta(minutes=2, seconds=1)}, ("future_time",)),
        ({"device_at": START - timedelta(hours=24)}, ()),
        ({"device_at": START - timedelta(hours=24, seconds=1)}, ("late",)),
        ({"device_at": datetime(1970, 1, 1, tzinfo=UTC)}, ("late",)),
        ({"device_at": None}, ()),
        ({"lon": None, "lat": None, "datum": "", "grid": "410923102204777", "category": "", "device_at": START + timedelta(days=300)},
         ("no_position", "no_grid", "unknown_category", "future_time")),
    ],
)  # fmt: skip
def test_what_is_odd_is_taken_and_flagged(sqlite_town, values, flags):
    town = sqlite_town
    draft = replace(town.draft(), **values)

    receipt = town.reports.receive(town.actor("grid001"), draft)

    assert receipt.flags == flags
    assert town.case(receipt.case_id).flags == flags, "the officer's row carries the flags"
    assert stored(town, receipt.report_id).flags == flags


def test_a_reporter_without_a_grid_and_a_spot_outside_all_has_no_grid(sqlite_town):
    town = sqlite_town
    receipt = town.reports.receive(town.actor("duty"), replace(town.draft(), **FIELDS_NEARBY))

    assert receipt.flags == ("no_grid",)
    assert town.case(receipt.case_id).owner_centre == 2


def test_an_unknown_category_goes_to_other_with_its_word_kept(sqlite_town):
    town = sqlite_town
    receipt = town.report("张三家的狗")

    assert town.case(receipt.case_id).category == "9999"
    assert stored(town, receipt.report_id).category == "张三家的狗"
    with town.store.read() as unit:
        assert "张三" not in repr(unit.rows(select(tables.journal.c.facts)))


@pytest.mark.parametrize(
    ("datum", "lon", "lat"),
    # The test town's spot 115.201, 36.101 in each system (handbook 6.2; the GCJ-02 offset here is about 600 m).
    [("wgs84", 115.201, 36.101), ("cgcs2000", 115.201, 36.101), ("gcj02", 115.2067, 36.1012), ("bd09", 115.2132, 36.1073)],
)
def test_a_position_of_any_system_falls_into_the_right_grid(sqlite_town, datum, lon, lat):
    town = sqlite_town
    receipt = town.reports.receive(town.actor("grid001"), replace(town.draft(), lon=lon, lat=lat, datum=datum))

    report = stored(town, receipt.report_id)
    assert (report.grid, receipt.flags) == (FIRST, ())
    assert (report.raw_lon, report.raw_lat, report.datum) == (lon, lat, datum)
    assert report.lon == pytest.approx(115.201, abs=0.0005)
    assert report.lat == pytest.approx(36.101, abs=0.0005)


def test_a_raw_position_taken_for_another_system_would_miss_the_grid(sqlite_town):
    """The GCJ-02 reading of a spot at the grid's east edge lies in the neighbour's grid if taken as WGS-84."""
    town = sqlite_town
    edge = {"lon": 115.2135, "lat": 36.1012}

    right = town.reports.receive(town.actor("grid001"), replace(town.draft(), datum="gcj02", **edge))
    wrong = town.reports.receive(town.actor("grid001"), replace(town.draft(), datum="wgs84", **edge))

    assert stored(town, right.report_id).grid == FIRST
    assert stored(town, wrong.report_id).grid == SECOND


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"key": "not a uuid"}, "key", "needs_uuid"),
        ({"key": ""}, "key", "needs_uuid"),
        ({"text": " \n "}, "text", "needs_text_or_photo"),
        ({"text": "字" * 2_001}, "text", "too_long"),
        ({"text": "井盖\x00缺失"}, "text", "bad_characters"),
        ({"address": "字" * 201}, "address", "too_long"),
        ({"category": "x" * 41}, "category", "too_long"),
        ({"source": "77"}, "source", "unknown_code"),
        ({"photos": ("x",)}, "photos", "unknown_photo"),
        ({"photos": ("AB" * 32,)}, "photos", "unknown_photo"),
        ({"photos": (PHOTO,) * 10}, "photos", "too_many"),
        ({"lat": None}, "lat", "half_position"),
        ({"lon": None}, "lon", "half_position"),
        ({"lon": 181.0}, "lon", "bad_coordinate"),
        ({"lat": float("nan")}, "lat", "bad_coordinate"),
        ({"datum": ""}, "datum", "needs_datum"),
        ({"datum": "mars"}, "datum", "needs_datum"),
        ({"accuracy_m": -1.0}, "accuracy_m", "out_of_range"),
        ({"accuracy_m": float("nan")}, "accuracy_m", "out_of_range"),
        ({"device_at": datetime(2026, 11, 23, 10, 0)}, "device_at", "needs_zone"),  # noqa: DTZ001  # that is what is wrong with it
        ({"device_at": datetime.min.replace(tzinfo=UTC)}, "device_at", "out_of_range"),
    ],
)
def test_what_cannot_be_read_names_its_field(sqlite_town, values, field, code):
    town = sqlite_town
    with pytest.raises(Invalid) as refused:
        town.reports.receive(town.actor("grid001"), replace(town.draft(), **values))

    assert (refused.value.field, refused.value.code) == (field, code)
    assert count(town, tables.report) == 0


def test_an_urgent_report_is_critical_whatever_its_category(sqlite_town):
    receipt = sqlite_town.report("0602", urgent=True)

    assert sqlite_town.case(receipt.case_id).priority == "P1"


def test_photos_belong_to_the_report_that_brings_them(town):
    keep_photo(town, "grid001")
    receipt = town.report(photos=(PHOTO, PHOTO), text="")

    desk = town.ask.case_desk(town.actor("duty"), receipt.case_id)
    assert [(one.sha256, one.owner_kind, one.owner_id, one.stage) for one in desk.attachments] == [
        (PHOTO, "report", receipt.report_id, "before")
    ]


def test_a_photo_of_somebody_else_cannot_be_claimed(town):
    keep_photo(town, "grid002")

    with pytest.raises(Invalid) as refused:
        town.report(photos=(PHOTO,))

    assert (refused.value.field, refused.value.code) == ("photos", "unknown_photo")
    assert (count(town, tables.report), count(town, tables.case), count(town, tables.journal)) == (0, 0, 0)


def test_a_report_that_failed_may_be_sent_again_with_its_key(town):
    draft = replace(town.draft(), photos=(PHOTO,))
    with pytest.raises(Invalid):
        town.reports.receive(town.actor("grid001"), draft)
    keep_photo(town, "grid001")

    receipt = town.reports.receive(town.actor("grid001"), draft)

    assert stored(town, receipt.report_id).key == draft.key


@pytest.mark.parametrize("role", ["R09", "R10", "R17", "R23"])
def test_who_may_not_report_is_denied(sqlite_town, role):
    actor = Actor(13, "观摩员", 1, 2, "/1/2/", frozenset({role}))

    with pytest.raises(Denied):
        sqlite_town.reports.receive(actor, sqlite_town.draft())


def test_a_protected_reporter_is_named_to_nobody(town):
    receipt = town.report(protected=True)

    desk = town.ask.case_desk(town.actor("duty"), receipt.case_id)
    mine = town.ask.my_reports(town.actor("grid001"))

    assert "网格员壬" not in repr(desk)
    assert [row.actor for row in desk.timeline if row.op == "submit"] == [""]
    assert [one.report.reporter_name for one in mine] == ["网格员壬"]


def test_an_ordinary_reporter_is_known_to_intake_masked_and_to_departments_not_at_all(town):
    case, _ = town.sent()

    hall = town.ask.case_desk(town.actor("duty"), case.id)
    department = town.ask.case_desk(town.actor("d10"), case.id)

    assert "网***" in repr(hall)
    assert "网格员壬" not in repr(hall)
    assert "网格员壬" not in repr(department)
    assert department.reports == ()


def test_a_draft_without_options_is_complete():
    assert Draft("k", "0601", "t").source == "01"
