"""The share of time a stream was at work, reckoned by hand."""

from console.video.busy import Busy


def test_the_share_is_of_the_time_since_it_was_asked_last():
    busy = Busy(100.0)
    busy.add(0.25)
    busy.add(0.25)
    assert busy.share(101.0) == 0.5
    busy.add(0.2)
    assert round(busy.share(102.0), 6) == 0.2
    assert busy.share(103.0) == 0.0


def test_work_begun_before_the_last_question_is_no_more_than_all_the_time():
    busy = Busy(0.0)
    busy.add(3.0)
    assert busy.share(1.0) == 1.0
    assert busy.share(1.0) == 0.0
