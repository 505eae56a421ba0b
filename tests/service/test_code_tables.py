"""What an editor of code tables is shown, and who may look."""

from datetime import timedelta

import pytest

from console.domain.errors import Denied, Invalid, Missing
from console.service.code_tables import CodeTables
from tests.make import Town
from tests.service.halls import CITY, COUNTY, MANHOLE, OTHER, TOMORROW, TOWN, VILLAGE, CodeHall


@pytest.fixture
def hall(sqlite_town: Town) -> CodeHall:
    made = CodeHall(sqlite_town)
    made.tables = CodeTables(made.changes)
    return made


def test_a_table_shows_every_row_with_what_is_own_waiting_and_ahead(hall):
    hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    hall.propose(hall.leader, "categories", "0602", {**hall.book.rows(0)["categories"]["0602"], "limit": "1WD", "active": True})
    rows = {row.code: row for row in hall.tables.rows(hall.director, "categories", COUNTY)}

    assert len(rows) == 93
    assert (rows["0601"].values["limit"], rows["0601"].ahead.after["limit"], rows["0601"].is_own) == ("4H", "2H", False)
    assert (rows["0602"].waiting.after["limit"], rows["0602"].ahead, rows["0603"].waiting) == ("1WD", None, None)

    hall.town.clock.at = TOMORROW
    after = {row.code: row for row in hall.tables.rows(hall.director, "categories", COUNTY)}
    assert (after["0601"].values["limit"], after["0601"].ahead, after["0601"].is_own) == ("2H", None, True)


def test_a_row_that_is_only_proposed_is_shown_without_values(hall):
    hall.propose(hall.leader, "reasons", "return.7", {"zh": "不在辖区", "en": "Outside our area", "active": True})
    row = next(row for row in hall.tables.rows(hall.leader, "reasons", COUNTY) if row.code == "return.7")
    assert (row.values, row.waiting.after["zh"]) == ({}, "不在辖区")


def test_one_centre_does_not_show_anothers_proposals(hall):
    hall.propose(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    assert not [row for row in hall.tables.rows(hall.city_director, "categories", CITY) if row.waiting]
    assert [row.code for row in hall.tables.rows(hall.city_director, "categories", COUNTY) if row.waiting] == ["0601"]


def test_a_month_tells_work_rest_holiday_and_make_up_days(hall):
    october = hall.tables.month(hall.leader, COUNTY, 2026, 10)
    kinds = {day.day.day: day.kind for day in october.days}

    # The State Council's notice for 2026: 1 to 7 October off, Saturday 10 October worked.
    assert [kinds[n] for n in (1, 4, 7, 8, 9, 10, 11, 12)] == ["off", "off", "off", "work", "work", "worked", "rest", "work"]
    assert (len(october.days), october.days[0].name, october.days[9].name, october.days[11].name) == (31, "国庆节", "国庆节", "")
    assert october.week.values["hours"] == ["08:30-12:00", "14:30-18:00"]


def test_a_month_of_a_year_nobody_entered_is_shown_and_says_so(hall):
    january = hall.tables.month(hall.leader, COUNTY, 2027, 1)
    assert january.years_missing == (2027,)
    assert {day.kind for day in january.days} == {"work", "rest"}
    assert hall.tables.month(hall.leader, COUNTY, 2028, 2).days[-1].day.day == 29


def test_a_day_shows_what_is_proposed_for_it(hall):
    hall.propose(hall.leader, "work_calendar", "2026-12-25", {"day": "off"})
    december = hall.tables.month(hall.leader, COUNTY, 2026, 12)
    assert december.days[24].kind == "work"
    assert december.days[24].row.waiting.after == {"day": "off"}
    hall.decided(hall.director, "work_calendar", "2026-12-24", {"day": "off"})
    hall.town.clock.at = TOMORROW + timedelta(hours=1)
    assert [(day.kind, day.row.is_own) for day in hall.tables.month(hall.leader, COUNTY, 2026, 12).days[23:25]] == [
        ("off", True), ("work", False)]


def test_a_city_reads_the_tables_of_its_counties_and_towns_but_not_of_villages(hall):
    assert [centre.id for centre in hall.tables.centres(hall.city_director)] == [CITY, OTHER, COUNTY, TOWN]
    assert [centre.id for centre in hall.tables.centres(hall.director)] == [COUNTY, TOWN]


@pytest.mark.parametrize("centre", [OTHER, CITY, 777])
def test_other_centres_are_not_told_of(hall, centre):
    for ask in (lambda: hall.tables.rows(hall.director, "reasons", centre), lambda: hall.tables.month(hall.director, centre, 2026, 1),
                lambda: hall.tables.tables(hall.director, centre)):  # fmt: skip
        with pytest.raises(Missing):
            ask()


@pytest.mark.parametrize("login", ["duty", "d10", "grid001", "viewer"])
def test_who_has_nothing_to_do_with_tables_is_not_let_in(hall, login):
    with pytest.raises(Denied):
        hall.tables.centres(hall.town.actor(login))


def test_only_local_tables_have_rows_to_edit(hall):
    with pytest.raises(Invalid) as refused:
        hall.tables.rows(hall.leader, "roles", COUNTY)
    assert refused.value.code == "not_local"
    assert VILLAGE not in [centre.id for centre in hall.tables.centres(hall.leader)]
