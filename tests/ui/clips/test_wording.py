"""Periods, lengths and times as people read and type them."""

from datetime import UTC, datetime, timedelta

import pytest

from console.domain.errors import Invalid
from console.ui.clips.wording import clock, length, read_time, span

NINE = datetime(2026, 11, 23, 1, 59, 50, 250_000, tzinfo=UTC)


def test_a_period_names_its_day_once():
    assert span(NINE, NINE + timedelta(seconds=10)) == "11-23 09:59:50 – 10:00:00"
    assert span(NINE, NINE + timedelta(seconds=10), NINE) == "09:59:50 – 10:00:00"
    assert span(NINE, NINE + timedelta(hours=15), NINE) == "11-23 09:59:50 – 11-24 00:59:50"


@pytest.mark.parametrize(("seconds", "words"), [(9.6, "10秒"), (60, "1 分 00 秒"), (125, "2 分 05 秒"), (3780, "1 小时 03 分")])
def test_lengths_in_words(seconds, words):
    assert length(seconds) == words


@pytest.mark.parametrize("typed", ["09:59:50", " 9:59:50 ", "09：59：50"])
def test_a_time_is_typed_as_the_clock_shows_it(typed):
    assert read_time(typed, NINE) == NINE.replace(microsecond=0)


def test_a_time_before_the_beginning_is_the_next_day_s():
    assert read_time("00:10", NINE) == datetime(2026, 11, 23, 16, 10, tzinfo=UTC)
    assert clock(read_time("00:10", NINE)) == "00:10:00"


@pytest.mark.parametrize("typed", ["", "noon", "25:00:00", "10:60", "10:00:61"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(Invalid) as wrong:
        read_time(typed, NINE)
    assert wrong.value.code == "no_time_of_day"
