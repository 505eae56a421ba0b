"""Limits, work time, due instants and lamps against the vectors of handbook 3.3 and CT-11."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import Invalid
from console.domain.limits import (
    CHINA,
    Limit,
    StageLimits,
    WorkCalendar,
    countdown,
    due,
    edges,
    lamp,
    next_edge,
    parse_limit,
    resumed,
    rework_due,
)
from console.domain.words import Words

WORDS = Path(__file__).parents[2] / "resources" / "i18n"
ORDINARY = WorkCalendar()
NATIONAL_DAY = WorkCalendar(
    off=frozenset(date(2023, 9, 29) + timedelta(days=n) for n in range(8)),
    worked=frozenset({date(2023, 10, 7), date(2023, 10, 8)}),
)

instants = st.datetimes(datetime(2023, 1, 1), datetime(2025, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
limits = st.one_of(
    st.builds(Limit, st.integers(1, 600), st.sampled_from(["M", "WM"])),
    st.builds(Limit, st.integers(1, 72), st.sampled_from(["H", "WH"])),
    st.builds(Limit, st.integers(1, 30), st.sampled_from(["ND", "WD"])),
)
calendars = st.sampled_from([ORDINARY, NATIONAL_DAY])


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(("text", "amount", "unit"), [
    ("4H", 4, "H"), ("30M", 30, "M"), ("4WH", 4, "WH"), ("3WD", 3, "WD"), ("30ND", 30, "ND"), ("30WM", 30, "WM"),
])
def test_a_limit_reads_as_it_is_written(text, amount, unit):
    assert parse_limit(text) == Limit(amount, unit)
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize("text", ["", "4", "H", "0H", "-4H", "4h", "4 H", "1.5H", "４H", "4HH", "4H\n", "999999M"])
def test_what_is_no_limit_is_refused_by_name(text):
    with pytest.raises(Invalid) as refusal:
        parse_limit(text, "sla")
    assert (refusal.value.field, refusal.value.code) == ("sla", "bad_limit")


@pytest.mark.parametrize(("start", "limit", "calendar", "end"), [
    ("2023-11-06 09:00", "4WH", ORDINARY, "2023-11-06 15:30"),
    ("2023-11-03 17:00", "2WH", ORDINARY, "2023-11-06 09:30"),
    ("2023-11-04 10:00", "1WH", ORDINARY, "2023-11-06 09:30"),
    ("2023-11-03 17:00", "5WD", ORDINARY, "2023-11-10 23:59:59"),
    ("2023-09-28 09:00", "3WD", NATIONAL_DAY, "2023-10-09 23:59:59"),
])
def test_due_follows_the_vectors_of_the_handbook(start, limit, calendar, end):
    assert due(china(start), parse_limit(limit), calendar) == china(end)


@pytest.mark.parametrize(("start", "limit", "end"), [
    ("2023-11-06 09:00", "3WH", "2023-11-06 12:00"),  # lands on the end of the morning, not on 14:30
    ("2023-11-06 12:00", "1WM", "2023-11-06 14:31"),  # the midday break does not count
    ("2023-11-06 07:00", "30WM", "2023-11-06 09:00"),  # before the office opens
    ("2023-11-06 18:00", "60WM", "2023-11-07 09:30"),  # at the minute it closes
    ("2023-11-06 23:59", "2H", "2023-11-07 01:59"),  # natural time runs through the night
    ("2023-11-04 10:00", "30M", "2023-11-04 10:30"),  # and on a Saturday
    ("2023-11-06 09:00", "30ND", "2023-12-06 09:00"),
    ("2023-11-04 10:00", "1WD", "2023-11-06 23:59:59"),  # from a Saturday the next work day is Monday
    ("2023-11-06 00:30", "1WD", "2023-11-07 23:59:59"),  # 00:30 in China is still Sunday in UTC
])
def test_due_counts_only_its_own_time(start, limit, end):
    assert due(china(start), parse_limit(limit), ORDINARY) == china(end)


def test_due_is_given_in_utc():
    end = due(china("2023-11-06 09:00"), Limit(4, "WH"), ORDINARY)
    assert (end.tzinfo, end) == (UTC, datetime(2023, 11, 6, 7, 30, tzinfo=UTC))


def test_an_instant_without_zone_is_refused():
    with pytest.raises(Invalid) as refusal:
        due(datetime(2023, 11, 6, 9), Limit(1, "H"), ORDINARY)  # noqa: DTZ001
    assert refusal.value.code == "naive_instant"


def test_a_calendar_without_work_days_is_named_and_not_searched_for_ever():
    sundays = frozenset(date(2023, 11, 5) + timedelta(days=7 * n) for n in range(1000))
    never = WorkCalendar(weekdays=frozenset({7}), off=sundays)
    for limit in (Limit(1, "WH"), Limit(1, "WD")):
        with pytest.raises(Invalid) as refusal:
            due(china("2023-11-06 09:00"), limit, never)
        assert refusal.value.code == "no_work_days"


@pytest.mark.parametrize("hours", [(), ((time(12), time(8)),), ((time(8), time(12)), (time(11), time(18)))])
def test_work_hours_that_are_empty_or_overlap_are_refused(hours):
    with pytest.raises(Invalid) as refusal:
        WorkCalendar(hours=hours)
    assert refusal.value.code == "bad_work_hours"


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({0}), frozenset({8})])
def test_weekdays_outside_monday_to_sunday_are_refused(weekdays):
    with pytest.raises(Invalid) as refusal:
        WorkCalendar(weekdays=weekdays)
    assert refusal.value.code == "bad_weekdays"


def test_a_work_day_has_420_minutes():
    assert ORDINARY.day_length == timedelta(minutes=420)


def test_a_make_up_sunday_is_worked_and_a_holiday_is_not():
    assert NATIONAL_DAY.is_workday(date(2023, 10, 8))
    assert not NATIONAL_DAY.is_workday(date(2023, 10, 3))
    assert not ORDINARY.is_workday(date(2023, 10, 8))


def test_exceptions_replace_one_another():
    free = ORDINARY.with_days(frozenset({date(2023, 11, 6)}), frozenset())
    assert due(china("2023-11-06 09:00"), Limit(1, "WH"), free) == china("2023-11-07 09:30")


@given(instants, limits, calendars)
def test_a_limit_always_ends_after_it_starts(start, limit, calendar):
    assert due(start, limit, calendar) > start


@given(instants, st.timedeltas(timedelta(), timedelta(days=20)), limits, calendars)
def test_who_starts_later_is_never_due_earlier(start, wait, limit, calendar):
    assert due(start + wait, limit, calendar) >= due(start, limit, calendar)


@given(instants, limits, calendars)
def test_a_longer_limit_never_ends_earlier(start, limit, calendar):
    assert due(start, Limit(limit.amount + 1, limit.unit), calendar) > due(start, limit, calendar)


@given(instants, st.integers(1, 20_000), calendars)
def test_adding_work_time_and_measuring_it_agree(start, minutes, calendar):
    length = timedelta(minutes=minutes)
    assert calendar.between(start, calendar.add(start, length)) == length


@given(instants, instants, calendars)
def test_work_time_between_two_instants_is_never_negative(a, b, calendar):
    assert calendar.between(a, b) >= timedelta()


@st.composite
def odd_calendars(draw: st.DrawFn) -> WorkCalendar:
    """A calendar as an editor lets it through, within two years: other weekdays, hours, holidays, make-up days.

    At least an hour a week is worked: with less, the longest lengths tried here end beyond the ten years a calendar is looked through.
    """
    edges = sorted(draw(st.sets(st.integers(0, 23), min_size=2, max_size=6)))
    edges, quarter = edges[: len(edges) // 2 * 2], draw(st.sampled_from((0, 15, 30, 45)))
    hours = tuple((time(a, quarter), time(b, quarter)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    days = st.sets(st.dates(date(2023, 1, 1), date(2025, 1, 1)), max_size=40)
    return WorkCalendar(frozenset(draw(st.sets(st.integers(1, 7), min_size=1))), hours, frozenset(draw(days)), frozenset(draw(days)))


lengths = st.integers(1, 6_000).map(lambda minutes: timedelta(minutes=minutes))


@given(instants, lengths, lengths, odd_calendars())
def test_work_time_adds_up(start, first, second, calendar):
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(instants, st.timedeltas(timedelta(), timedelta(days=20)), st.timedeltas(timedelta(), timedelta(days=20)), odd_calendars())
def test_work_time_between_instants_adds_up(start, first, second, calendar):
    middle, end = start + first, start + first + second
    assert calendar.between(start, middle) + calendar.between(middle, end) == calendar.between(start, end)


@given(instants, lengths, odd_calendars())
def test_work_time_never_ends_inside_rest_time(start, length, calendar):
    end = calendar.add(start, length)
    assert any(opens < end <= closes for opens, closes in calendar.spans(end.astimezone(CHINA).date()))


@given(instants, st.integers(1, 60), odd_calendars())
def test_work_days_end_on_a_work_day_at_its_last_second(start, count, calendar):
    end = due(start, Limit(count, "WD"), calendar).astimezone(CHINA)
    assert calendar.is_workday(end.date())
    assert end.time() == time(23, 59, 59)


@given(instants, st.integers(0, 365))
def test_china_has_no_summer_time(start, days):
    """A natural day is 24 hours, and office hours stand at the same distance from UTC, on every day of the year."""
    day = (start + timedelta(days=days)).astimezone(CHINA)
    assert day.utcoffset() == timedelta(hours=8)
    assert due(day, Limit(1, "ND"), ORDINARY) - day == timedelta(hours=24)
    assert all(opens.astimezone(UTC).time() in (time(0, 30), time(6, 30)) for opens, _ in ORDINARY.spans(day.date()))


@pytest.mark.parametrize(("limit", "due_at", "now", "code"), [
    # 4H: a third is 80 minutes.
    ("4H", "2023-11-06 13:00", "2023-11-06 11:39:59", "G"),
    ("4H", "2023-11-06 13:00", "2023-11-06 11:40:00", "Y"),
    ("4H", "2023-11-06 13:00", "2023-11-06 12:59:59", "Y"),
    ("4H", "2023-11-06 13:00", "2023-11-06 13:00:00", "R"),
    ("4H", "2023-11-06 13:00", "2023-11-06 16:59:59", "R"),
    ("4H", "2023-11-06 13:00", "2023-11-06 17:00:00", "K"),
    # 30ND: a third is ten days, so one day of 24 h decides; 5 WD overdue come before 30 days.
    ("30ND", "2023-12-06 09:00", "2023-12-05 08:59:59", "G"),
    ("30ND", "2023-12-06 09:00", "2023-12-05 09:00:00", "Y"),
    ("30ND", "2023-12-06 09:00", "2023-12-13 08:59:59", "R"),
    ("30ND", "2023-12-06 09:00", "2023-12-13 09:00:00", "K"),
    # 3WH from 08:30: a third is one work hour; the night does not count.
    ("3WH", "2023-11-07 09:00", "2023-11-06 17:29:59", "G"),
    ("3WH", "2023-11-07 09:00", "2023-11-06 17:30:00", "Y"),
    ("3WH", "2023-11-07 09:00", "2023-11-07 11:59:59", "R"),
    ("3WH", "2023-11-07 09:00", "2023-11-07 12:00:00", "K"),
    # 15WD: one work day decides, then five work days of 420 minutes.
    ("15WD", "2023-11-24 23:59:59", "2023-11-24 08:29:59", "Y"),
    ("15WD", "2023-11-24 23:59:59", "2023-11-23 17:59:59", "G"),
    ("15WD", "2023-11-24 23:59:59", "2023-11-24 23:00:00", "Y"),
    ("15WD", "2023-11-24 23:59:59", "2023-12-01 17:59:59", "R"),
    ("15WD", "2023-11-24 23:59:59", "2023-12-01 18:00:00", "K"),
])
def test_the_lamp_turns_where_the_rule_says(limit, due_at, now, code):
    assert lamp(china(due_at), china(now), parse_limit(limit), ORDINARY) == code


def test_a_suspended_stage_shows_s_and_a_finished_one_d_however_late():
    due_at, late = china("2023-11-06 13:00"), china("2023-12-06 13:00")
    assert lamp(due_at, late, Limit(4, "H"), ORDINARY, suspended=True) == "S"
    assert lamp(due_at, late, Limit(4, "H"), ORDINARY, done=True) == "D"


@given(instants, limits, calendars, st.lists(st.timedeltas(timedelta(), timedelta(days=60)), min_size=2, max_size=6))
def test_a_running_lamp_never_turns_back(start, limit, calendar, waits):
    due_at = due(start, limit, calendar)
    shown = [lamp(due_at, start + wait, limit, calendar) for wait in sorted(waits)]
    assert shown == sorted(shown, key="GYRK".index)


@pytest.mark.parametrize(("limit", "now", "end"), [
    ("15WD", "2023-11-06 08:30", "2023-11-15 12:00"),  # 7.5 work days of 420 minutes
    ("4WH", "2023-11-06 09:00", "2023-11-06 15:30"),  # half is two hours, four work hours are the least
    ("2H", "2023-11-04 10:00", "2023-11-06 15:00"),  # the least is work time for natural limits too
    ("24H", "2023-11-06 09:00", "2023-11-06 21:00"),
])
def test_rework_gets_half_the_limit_but_four_work_hours_at_least(limit, now, end):
    assert rework_due(china(now), parse_limit(limit), ORDINARY) == china(end)


@pytest.mark.parametrize(("seconds", "zh", "en"), [
    (3 * 3600 + 12 * 60, "剩余 3小时12分", "3 h 12 min left"),
    (-86400, "超期 1天", "1 d overdue"),
    (90, "剩余 1分30秒", "1 min 30 s left"),
    (45, "剩余 45秒", "45 s left"),
    (0, "超期 0秒", "0 s overdue"),
    (-(2 * 86400 + 5 * 3600 + 59 * 60), "超期 2天5小时", "2 d 5 h overdue"),
    (3600, "剩余 1小时", "1 h left"),
])
def test_a_countdown_speaks_both_languages(seconds, zh, en):
    now = china("2023-11-06 09:00")
    left = countdown(now + timedelta(seconds=seconds), now)
    assert left.text(Words.load(WORDS, "zh_CN")) == zh
    assert left.text(Words.load(WORDS, "en")) == en


def test_a_stage_without_row_is_named():
    table = StageLimits({("sign", "P1"): Limit(5, "M")})
    assert table.of("sign", "P1") == Limit(5, "M")
    with pytest.raises(Invalid) as refusal:
        table.of("sign", "P9")
    assert refusal.value.facts == {"stage": "sign", "priority": "P9"}


@given(start=instants, limit=limits, calendar=calendars)
def test_a_lamp_turns_at_its_edge_and_not_a_second_before(start, limit, calendar):
    end = due(start, limit, calendar)
    yellow, red, black = edges(end, limit, calendar)
    second = timedelta(seconds=1)

    assert [lamp(at, moment, limit, calendar) for at, moment in ((end, yellow), (end, red), (end, black))] == ["Y", "R", "K"]
    assert lamp(end, yellow - second, limit, calendar) == "G"
    assert lamp(end, red - second, limit, calendar) == "Y"
    assert lamp(end, black - second, limit, calendar) == "R"
    assert [next_edge(end, moment, limit, calendar) for moment in (yellow - second, yellow, red, black)] == [yellow, red, black, None]


# Mon 2023-11-06; work hours 08:30-12:00, 14:30-18:00.
@pytest.mark.parametrize(("limit", "end", "frozen", "now", "new"), [
    ("24H", "06 20:00", "06 10:00", "08 10:00", "08 20:00"),  # ten hours were left, ten are left
    ("4WH", "06 15:30", "06 11:00", "07 17:00", "08 09:30"),  # two work hours were left: one until 18:00, one from 08:30
    ("3WD", "09 23:59:59", "07 10:00", "20 10:00", "22 23:59:59"),  # 2 h 00 + 3 h 30 of Tuesday and two days; ends with a day
    ("4WH", "06 11:00", "06 12:00", "06 15:00", "06 14:00"),  # overdue by an hour stays so
])  # fmt: skip
def test_a_clock_that_stood_still_goes_on_with_what_was_left(limit, end, frozen, now, new):
    def at(text: str) -> datetime:
        day, _, hour = text.partition(" ")
        return datetime.fromisoformat(f"2023-11-{day}T{hour}+08:00")

    assert resumed(at(end), at(frozen), at(now), parse_limit(limit), WorkCalendar()) == at(new)
