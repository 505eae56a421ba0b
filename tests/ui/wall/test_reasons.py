"""A reason is asked for once, holds for the session, and ends with its case."""

WHY = "夜间例行巡查"


def test_what_waits_for_a_reason_is_done_once_it_is_given(panel):
    done = []
    panel.reasons.with_reason("为什么", done.append)
    assert done == []
    panel.reasons.take("V3", WHY)
    panel.reasons.with_reason("为什么", done.append)
    assert [(why.purpose, why.reason) for why in done] == [("V3", WHY)] * 2


def test_what_was_refused_is_not_done_later(panel):
    done = []
    panel.reasons.offer("打开？", done.append)
    panel.reason.refuse.click()
    panel.reasons.take("V3", WHY)
    assert done == []


def test_a_reason_for_a_case_ends_with_it(panel, hall):
    hall.seat.take(hall.town.report().case_id)
    panel.reasons.take("V1", WHY)
    done = []
    panel.reasons.with_reason("为什么", done.append)
    hall.seat.take(0)
    panel.reasons.with_reason("为什么", done.append)
    assert len(done) == 1
    assert not panel.reason.isHidden()
