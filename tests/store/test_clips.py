"""Clips as rows: their day goes with their case, whatever was merged into it; what a letter was given is counted."""

from datetime import timedelta

from sqlalchemy import select, update

from console.domain.clip import ClipRequest, VideoClip
from console.domain.video_leave import EXPORT, VideoLeave
from console.store import clips, tables
from tests.make import START
from tests.service.filming import Filming

HOUR = timedelta(hours=1)


def days(town):
    with town.store.read() as unit:
        return [row[0] for row in unit.rows(select(tables.video_clip.c.delete_after).order_by(tables.video_clip.c.id))]


def test_a_day_is_set_for_all_that_was_merged_and_taken_back(town, tmp_path):
    filming = Filming(town, tmp_path)
    first, second, third = (town.report().case_id for _ in range(3))
    for case_id in (first, second):
        filming.kept(case_id)
    with town.store.write() as unit:
        for one, other in ((first, second), (second, third)):
            unit.run(update(tables.case).where(tables.case.c.id == one).values(merged_into=other))
        assert clips.with_merged(unit, third) == (third, second, first)
        clips.set_day(unit, clips.with_merged(unit, third), START + HOUR)
    assert days(town) == [START + HOUR, START + HOUR]
    with town.store.write() as unit:
        clips.set_day(unit, (first,), None)
    assert days(town) == [None, START + HOUR]


def test_a_letter_s_periods_count_once_they_left_the_hall(town, tmp_path):
    clip = Filming(town, tmp_path).kept(town.report().case_id)
    with town.store.write() as unit:
        asked = VideoLeave(
            0, EXPORT, "协助调查", 1, 2, START, cameras=(1,), starts_at=START, ends_at=START + HOUR, purpose="V7", case_id=clip.case_id,
        )  # fmt: skip
        leave = unit.add(tables.video_leave, asked)
        words = ("南乐县公安局", "12号", "民警甲", "刑事诉讼法第五十四条", "")
        made = unit.add(tables.clip_request, ClipRequest(0, clip.id, leave.id, *words, START, START + HOUR, 1, START))
        assert clips.given(unit, "12号") == ()
        clips.use_request(unit, made.id, 5)
        assert clips.given(unit, "12号") == ((START, START + HOUR),)
        assert clips.given(unit, "13号") == ()
        assert clips.request_by_id(unit, made.id).export_id == 5
        assert clips.request_by_id(unit, 999) is None


def test_files_of_clips_that_are_there_are_kept(town, tmp_path):
    clip: VideoClip = Filming(town, tmp_path).kept(town.report().case_id)
    with town.store.write() as unit:
        assert clips.is_kept(unit, clip.sha256)
        assert clips.is_kept(unit, clip.picture)
        assert not clips.is_kept(unit, "0" * 64)
        assert [(one.id, number, code) for one, number, code in clips.after(unit, 0)] == [(clip.id, town.case(clip.case_id).number, "C301")]
        assert clips.after(unit, clip.id) == ()
