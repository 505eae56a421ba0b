"""Times and spans in the room of a column, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest

from console.domain.limits import parse_limit
from console.ui.base.spans import left, limit_words, moment, span, time_of, until

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in China


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (58, "0:58"), (662, "11:02"), (3599, "59:59"), (3600, "1小时"), (4980, "1小时23分"), (86400 * 3 + 18000, "3天5小时")],
)
def test_a_span_has_two_units_at_most(seconds, words):
    assert span(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(58, "0:58"), (0, "超 0:00"), (-245, "超 4:05"), (-18_500, "超 5小时"), (-200_000, "超 2天")]
)
def test_what_is_past_says_so(seconds, words):
    assert left(NOON + timedelta(seconds=seconds), NOON) == words


def test_english_has_its_own_words(english):
    assert left(NOON - timedelta(hours=5), NOON) == "over 5 h"
    assert span(timedelta(minutes=83)) == "1 h 23 min"


def test_times_are_those_of_china_and_other_days_say_their_date():
    assert time_of(NOON) == "12:00:00"
    assert (moment(NOON, NOON), moment(NOON - timedelta(days=1), NOON)) == ("12:00", "11-22")
    assert (until(NOON, NOON), until(NOON + timedelta(days=2), NOON)) == ("12:00", "11-25 12:00")


@pytest.mark.parametrize(
    ("limit", "words"), [("30M", "30分"), ("2H", "2小时"), ("4WH", "4个工作小时"), ("2WD", "2个工作日"), ("3ND", "3天")]
)
def test_a_limit_reads_as_the_handbook_says_it(limit, words):
    assert limit_words(parse_limit(limit)) == words
