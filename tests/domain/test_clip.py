"""What the law wants to know before video leaves the hall (handbook G5), and the least period that serves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.clip import ClipWish, VideoClip, around, check_clip_wish
from console.domain.errors import Invalid, Refused
from tests.domain.test_flow import a_case
from tests.make import START

HOUR = timedelta(hours=1)
CLIP = VideoClip(1, 1, 1, 1, 1, START, START + 3 * HOUR, "recording", "0" * 64, "1" * 64, "", False, 1, "值班员甲", START)
REQUEST = ClipWish("南乐县公安局", "南公调字〔2026〕12号", "民警甲", "刑事诉讼法第五十四条", START, START + HOUR)


def matter(at):
    return replace(a_case("50", "P1"), occurred_at=at, reported_at=at)


@pytest.mark.parametrize("field", ["organ", "letter_no", "officer"])
def test_who_asks_by_which_letter_must_be_said(field):
    with pytest.raises(Invalid) as wrong:
        check_clip_wish(replace(REQUEST, **{field: " "}), CLIP, ())
    assert (wrong.value.field, wrong.value.code) == (field, "needs_text")


@pytest.mark.parametrize(("use", "needed"), [("inside", {"officer"}), ("public", {"organ", "officer"})])
def test_what_needs_no_letter_still_says_who_and_why(use, needed):
    check_clip_wish(replace(REQUEST, use=use, letter_no="", **{} if "organ" in needed else {"organ": ""}), CLIP, ())
    for field in ("organ", "officer"):
        if field in needed:
            with pytest.raises(Invalid) as wrong:
                check_clip_wish(replace(REQUEST, use=use, **{field: ""}), CLIP, ())
            assert (wrong.value.field, wrong.value.code) == (field, "needs_text")
    with pytest.raises(Invalid) as wrong:
        check_clip_wish(replace(REQUEST, use=use, basis=""), CLIP, ())
    assert wrong.value.field == "basis"


def test_a_use_nobody_knows_is_refused():
    with pytest.raises(Invalid) as wrong:
        check_clip_wish(replace(REQUEST, use="sale"), CLIP, ())
    assert wrong.value.field == "use"


def test_the_basis_has_six_letters_at_least():
    with pytest.raises(Invalid) as wrong:
        check_clip_wish(replace(REQUEST, basis="要用"), CLIP, ())
    assert wrong.value.field == "basis"


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (0, 181), (60, 60), (90, 30)])
def test_a_period_lies_inside_the_clip(start, end):
    minutes = (START + timedelta(minutes=start), START + timedelta(minutes=end))
    with pytest.raises(Invalid) as wrong:
        check_clip_wish(replace(REQUEST, starts_at=minutes[0], ends_at=minutes[1]), CLIP, ())
    assert wrong.value.code == "outside_clip"


def test_two_hours_pass_and_a_second_more_asks_again():
    check_clip_wish(replace(REQUEST, ends_at=START + 2 * HOUR), CLIP, ())
    longer = replace(REQUEST, ends_at=START + 2 * HOUR + timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        check_clip_wish(longer, CLIP, ())
    assert refused.value.code == "long_video"
    check_clip_wish(replace(longer, why_long="嫌疑人在此停留三小时"), CLIP, ())


def test_what_a_letter_was_given_before_counts():
    with pytest.raises(Refused) as refused:
        check_clip_wish(REQUEST, CLIP, ((START, START + HOUR), (START + HOUR, START + HOUR + timedelta(minutes=30))))
    assert refused.value.facts["hours"] == 2.5


def test_half_an_hour_around_the_matter_is_proposed():
    assert around(matter(START + 2 * HOUR), CLIP) == (START + timedelta(minutes=90), START + timedelta(minutes=150))
    assert around(matter(START), CLIP) == (START, START + timedelta(minutes=30))
    assert around(matter(START + 9 * HOUR), CLIP) == (CLIP.starts_at, CLIP.ends_at)
